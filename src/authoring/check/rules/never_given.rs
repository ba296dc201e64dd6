//! `never-given`: a piece of advice that nobody gets, because no answers make its `when` *yes* while its cause is
//! ranked.

use la_arena::Idx;

use crate::authoring::check::with_prover::ProvenFile;
use crate::diagnostic::{Diagnostic, Rule};
use crate::questionnaire::{Advice, Cause, FilePart};

pub(in crate::authoring::check) fn warning(file: &ProvenFile<'_>, cause: Idx<Cause>, row: usize) -> Diagnostic {
    let questionnaire = &file.parsed.questionnaire;
    let advice = questionnaire.causes[cause].advice.get(row);
    let tested = advice.map(|advice| questionnaire.questions_behind(advice.when.tests())).unwrap_or_default();
    let leads = questionnaire.urgencies.values().any(|level| level.leads);
    let yields = leads && advice.is_some_and(Advice::yields_to_alarms);
    let silenced =
        yields.then(|| "while an alarm leads, only advice with `beside` is given, and what to avoid".to_owned());
    let span = file.parsed.spans.value(FilePart::Advice(cause, row), "when");
    Diagnostic::new(Rule::NeverGiven, span, "this advice is never given, whatever is answered")
        .with_notes(file.notes_on_unasked(tested).into_iter().chain(silenced).collect())
        .with_help("mend its `when`, which must hold while something speaks on the cause")
}
