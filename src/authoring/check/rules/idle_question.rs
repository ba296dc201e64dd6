//! Questions that are asked for nothing: no cause and no alarm depends on them.

use crate::authoring::check::references::{conditions_of_causes, needed, needed_by_alarms};
use crate::authoring::check::{Checking, Room};
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::FilePart;

pub(in crate::authoring::check) const ROOM: Room = Room { looks_for: &[Rule::IdleQuestion], look };

fn look(file: Checking<'_>, found: &mut Vec<Diagnostic>) {
    let by_alarms = needed_by_alarms(file.questionnaire);
    let by_causes =
        needed(file.questionnaire, conditions_of_causes(file.questionnaire).map(|condition| ((), condition)));
    for (question, asked) in file.questionnaire.questions.iter() {
        if by_alarms.contains_key(&question) || by_causes.contains_key(&question) {
            continue;
        }
        let message = format!("no answer to {} changes a cause or an alarm", quote(&asked.id));
        let help = Some("test it in a finding or an alarm, or do not ask it".into());
        let span = file.spans.span(FilePart::Question(question));
        found.push(Diagnostic { help, ..Diagnostic::new(Rule::IdleQuestion, span, message) });
    }
}
