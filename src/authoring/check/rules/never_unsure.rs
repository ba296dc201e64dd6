//! `never-unsure`: an alarm with an `unsure` level that no *not sure* answer makes unsure, so that the level means nothing.

use la_arena::Idx;

use crate::authoring::check::with_prover::ProvenFile;
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Alarm, FilePart};

pub(in crate::authoring::check) fn warning(file: &ProvenFile<'_>, id: Idx<Alarm>) -> Diagnostic {
    let questionnaire = &file.parsed.questionnaire;
    let alarm = &questionnaire.alarms[id];
    let span = file.parsed.spans.value(FilePart::Alarm(id), "unsure");
    let message = format!("{} is never unsure, whatever is answered", quote(&alarm.id));
    Diagnostic::new(Rule::NeverUnsure, span, message)
        .with_notes(file.notes_on_unasked(questionnaire.questions_behind(alarm.when.tests())))
        .with_help("take out `unsure`, or mend the `when` so that a *not sure* answer leaves it open")
}
