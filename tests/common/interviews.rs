//! Random interviews, as far as they went.

use twinge::interview::{InView, Interview};
use twinge::questionnaire::Questionnaire;

use crate::generate::{Picks, answer};

/// An interview after a few answers. Earlier ones were changed too, so that some are hidden, and some are about fewer
/// options than there are now.
pub(crate) fn begun<'q>(picks: &mut Picks, questionnaire: &'q Questionnaire) -> Interview<'q> {
    let mut interview = Interview::new(questionnaire);
    for _ in 0..picks.below(25) {
        let shown: Vec<_> = interview.evaluation().shown_questions().collect();
        let question = if picks.once_in(4) { shown.get(picks.below(shown.len())).copied() } else { None };
        let Some(question) = question.or(match interview.next() {
            InView::Question(question) => Some(question),
            InView::End => None,
        }) else {
            continue;
        };
        let given = answer(picks, &questionnaire.questions[question]);
        interview.answer(question, given);
    }
    interview
}
