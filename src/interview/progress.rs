//! How far an interview is: how many questions are answered, and how many can still come. Those that are passed over are
//! neither.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::engine::evaluation::Evaluation;
use crate::engine::reachability::{FreeQuestions, Reachability};
use crate::questionnaire::{Answer, Kind, Question};

/// How many questions are answered, and how many can still come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How many shown questions are answered.
    pub answered: usize,
    /// The fewest questions that can still come.
    pub fewest: usize,
    /// The most that can still come: a bound, exact where one question decides which others follow.
    pub most: usize,
}

/// The most unanswered questions that are tried out, each option in turn, to see how many others they can bring.
const TRIED: usize = 6;

impl Progress {
    /// How far an interview with these answers is.
    pub(super) fn new(evaluation: &Evaluation<'_>, passed_over: &BTreeSet<Idx<Question>>) -> Progress {
        let shown: Vec<_> = evaluation.shown_questions().collect();
        let unanswered = || shown.iter().copied().filter(|question| evaluation.answer(*question).is_none());
        // Shown questions stay shown, and hidden ones may stay hidden, whatever is answered.
        let fewest = unanswered().count();
        let hidden_if = |free: FreeQuestions<'_>| Reachability::new(evaluation, free).hidden();
        let mut hidden = hidden_if(FreeQuestions::Unanswered);
        for question in unanswered().take(TRIED) {
            let Kind::One(options) = &evaluation.questionnaire().questions[question].kind else { continue };
            let answers = options.iter().map(|(option, _)| Answer::One(option)).chain([Answer::NotSure]);
            let best = answers.map(|answer| hidden_if(FreeQuestions::UnansweredBut(question, &answer))).max();
            hidden = hidden.min(best.unwrap_or(hidden));
        }
        let answered = shown.len() - fewest;
        let fewest = fewest - passed_over.len();
        Progress { answered, fewest, most: fewest + hidden }
    }

    /// About how many are left: those that come in any case, and one in ten of the others, since most of what a question
    /// can open stays closed for most people.
    #[must_use]
    pub fn left(&self) -> usize {
        const OPENED: usize = 10;
        self.fewest + (self.most - self.fewest).div_ceil(OPENED)
    }
}
