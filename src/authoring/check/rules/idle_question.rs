//! `idle-question`: a question on which no cause and no alarm depends. It costs time and changes nothing.

use crate::authoring::check::references::{conditions_of_causes, needed, needed_by_alarms};
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{FilePart, Parsed};

pub(in crate::authoring::check) fn check(file: &Parsed) -> Vec<Diagnostic> {
    let by_alarms = needed_by_alarms(&file.questionnaire);
    let by_causes =
        needed(&file.questionnaire, conditions_of_causes(&file.questionnaire).map(|condition| ((), condition)));
    let questions = file.questionnaire.questions.iter();
    let idle = questions.filter(|(id, _)| !by_alarms.contains_key(id) && !by_causes.contains_key(id));
    let warnings = idle.map(|(id, question)| {
        let message = format!("no answer to {} changes a cause or an alarm", quote(&question.id));
        Diagnostic::new(Rule::IdleQuestion, file.spans.span(FilePart::Question(id)), message)
            .with_help("test it in a finding or an alarm, or do not ask it")
    });
    warnings.collect()
}
