//! `never-asked`: a question that is shown after no answers, so that nothing that tests it can come true.

use crate::authoring::check::with_prover::ProvenFile;
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::FilePart;

pub(in crate::authoring::check) fn check(file: &mut ProvenFile<'_>) {
    let questionnaire = &file.parsed.questionnaire;
    for (id, question) in questionnaire.questions.iter() {
        let can_be_asked = file.prover.can_be_asked(id);
        if file.is_never(can_be_asked) {
            let tested = questionnaire.questions_behind(question.when.tests()).into_iter().chain(question.from());
            let notes = file.notes_on_unasked(tested);
            file.unasked.insert(id);
            let span = file.parsed.spans.value(FilePart::Question(id), "when");
            let message = format!("nobody is ever asked {}", quote(&question.id));
            let warning = Diagnostic::new(Rule::NeverAsked, span, message).with_notes(notes);
            file.warnings.push(warning.with_help("mend its `when`, or take the question out"));
        }
    }
}
