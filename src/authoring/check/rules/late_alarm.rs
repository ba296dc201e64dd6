//! Danger questions that come late: whoever has a red flag should not have to answer anything else first.

use crate::authoring::check::references::needed_by_alarms;
use crate::authoring::check::{Checking, Room};
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::FilePart;

pub(in crate::authoring::check) const ROOM: Room = Room { looks_for: &[Rule::LateAlarm], look };

fn look(file: Checking<'_>, found: &mut Vec<Diagnostic>) {
    let needed = needed_by_alarms(file.questionnaire);
    let questions = &file.questionnaire.questions;
    let Some((before, harmless)) = questions.iter().find(|(question, _)| !needed.contains_key(question)) else {
        return;
    };
    for (question, alarm) in needed.range(before..) {
        let alarm = quote(&file.questionnaire.alarms[*alarm].id);
        let (late, harmless) = (quote(&questions[*question].id), quote(&harmless.id));
        let message = format!("the alarm {alarm} needs {late}, which is asked behind {harmless}");
        let line = file.spans.line(FilePart::Question(before));
        let notes = vec![format!("no alarm needs {harmless}, on line {line}")];
        let help = Some(format!("move {late} before {harmless}"));
        let span = file.spans.span(FilePart::Question(*question));
        found.push(Diagnostic { notes, help, ..Diagnostic::new(Rule::LateAlarm, span, message) });
    }
}
