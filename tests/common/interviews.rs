//! Random unfinished interviews.

use twinge::interview::{InView, Interview};
use twinge::questionnaire::Questionnaire;

use crate::generate::{Picks, answer};

/// An interview after a few answers. Some of them were changed later, so that some answers are to hidden questions, and some
/// are about fewer options than their question offers now.
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
