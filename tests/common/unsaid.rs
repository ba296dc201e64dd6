//! Interviews in which something was not said, and the causes that only follow from that.

use twinge::interview::{InView, Interview};
use twinge::questionnaire::{Answer, Finding, Questionnaire, Truth};

/// An interview in which every question was answered with *not sure*.
pub(crate) fn not_sure_of_anything(questionnaire: &Questionnaire) -> Interview<'_> {
    let mut interview = Interview::new(questionnaire);
    while let InView::Question(question) = interview.next() {
        interview.answer(question, Answer::NotSure);
    }
    interview
}

/// The names of the ranked causes that are not ranked for anything that is so: they have no `when`, and none of their
/// findings is *yes*.
pub(crate) fn without_reason<'q>(interview: &Interview<'q>) -> Vec<&'q str> {
    let (questionnaire, evaluation) = (interview.questionnaire(), interview.evaluation());
    let ranked = interview.outcome().ranking.ranked().map(|ranked| &questionnaire.causes[ranked.cause]);
    let holds = |finding: &Finding| evaluation.truth(&finding.when) == Truth::Yes;
    let without = ranked.filter(|cause| cause.when.is_always() && !cause.findings.iter().any(holds));
    without.map(|cause| cause.name.as_str()).collect()
}
