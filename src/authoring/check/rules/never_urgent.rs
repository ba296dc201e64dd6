//! `never-urgent`: a level of urgency that no result has.

use la_arena::Idx;

use crate::authoring::check::with_prover::ProvenFile;
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Alarm, FilePart, Urgency};

pub(in crate::authoring::check) fn warning(file: &ProvenFile<'_>, level: Idx<Urgency>) -> Diagnostic {
    let questionnaire = &file.parsed.questionnaire;
    let has_level = |alarm: &&Alarm| alarm.urgency == level || alarm.unsure == Some(level);
    let alarms = questionnaire.alarms.values().filter(has_level).map(|alarm| &alarm.id);
    let causes = questionnaire.causes.values().filter(|cause| cause.urgency == Some(level)).map(|cause| &cause.id);
    let ids: Vec<String> = alarms.chain(causes).map(|id| quote(id)).collect();
    let never = "never raised, never probable enough, or never without something more urgent";
    let notes = if ids.is_empty() { Vec::new() } else { vec![format!("it belongs to {}: {never}", ids.join(", "))] };
    let id = quote(&questionnaire.urgencies[level].id);
    let message = format!("no result has the urgency {id}, whatever is answered");
    Diagnostic::new(Rule::NeverUrgent, file.parsed.spans.span(FilePart::Urgency(level)), message)
        .with_notes(notes)
        .with_help("give it to an alarm or a cause that can bring it, or take it out")
}
