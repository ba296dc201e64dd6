//! `never-raised`: an alarm that no answers raise, so that whoever is in that danger is not told.

use la_arena::Idx;

use crate::authoring::check::with_prover::ProvenFile;
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Alarm, FilePart};

pub(in crate::authoring::check) fn warning(file: &ProvenFile<'_>, id: Idx<Alarm>) -> Diagnostic {
    let questionnaire = &file.parsed.questionnaire;
    let alarm = &questionnaire.alarms[id];
    let span = file.parsed.spans.value(FilePart::Alarm(id), "when");
    let message = format!("{} is never raised, whatever is answered", quote(&alarm.id));
    Diagnostic::new(Rule::NeverRaised, span, message)
        .with_notes(file.notes_on_unasked(questionnaire.questions_behind(alarm.when.tests())))
        .with_help("mend its `when`, and what the questions in it hang on")
}
