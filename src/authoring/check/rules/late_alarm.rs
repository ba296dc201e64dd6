//! `late-alarm`: a question that an alarm needs, behind one that no alarm needs. Whoever is in danger should not have to
//! answer anything else first.

use crate::authoring::check::references::needed_by_alarms;
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{FilePart, Parsed};

pub(in crate::authoring::check) fn check(file: &Parsed) -> Vec<Diagnostic> {
    let needed = needed_by_alarms(&file.questionnaire);
    let questions = &file.questionnaire.questions;
    let Some((first_harmless, harmless)) = questions.iter().find(|(question, _)| !needed.contains_key(question)) else {
        return Vec::new();
    };
    let late = needed.range(first_harmless..).map(|(question, alarm)| {
        let alarm = quote(&file.questionnaire.alarms[*alarm].id);
        let (late, harmless) = (quote(&questions[*question].id), quote(&harmless.id));
        let message = format!("the alarm {alarm} needs {late}, which is asked behind {harmless}");
        let line = file.spans.line(FilePart::Question(first_harmless));
        Diagnostic::new(Rule::LateAlarm, file.spans.span(FilePart::Question(*question)), message)
            .with_notes(vec![format!("no alarm needs {harmless}, on line {line}")])
            .with_help(format!("move {late} before {harmless}"))
    });
    late.collect()
}
