//! How far an interview is: how many questions are behind, and how many can still come.

use crate::engine::evaluation::Evaluation;
use crate::engine::reachability::Fates;
use crate::interview::derived::Course;
use crate::questionnaire::{Answer, Kind};

/// How far an interview is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How many shown questions are answered.
    pub answered: usize,
    /// The fewest questions that can still come.
    pub fewest: usize,
    /// The most that can still come: a bound, exact where one question decides which others follow.
    pub most: usize,
}

/// How many unanswered questions are tried out, each option in turn, to see how many others it can bring.
const TRIED: usize = 6;

impl Progress {
    /// How far the interview is that came to this evaluation.
    pub(super) fn of(evaluation: &Evaluation<'_>, course: &Course, fates: &mut Fates) -> Progress {
        // What is shown stays shown, and what is hidden may stay hidden, whatever is answered to the rest.
        let fewest = course.unanswered.len();
        let mut hidden = fates.waiting();
        for question in course.unanswered.iter().take(TRIED) {
            let Kind::One(options) = &evaluation.questionnaire().questions[*question].kind else { continue };
            let answers = options.iter().map(|(option, _)| Answer::One(option)).chain([Answer::NotSure]);
            let best = answers.map(|answer| fates.waiting_if(evaluation, *question, &answer)).max();
            hidden = hidden.min(best.unwrap_or(hidden));
        }
        Progress { answered: course.shown.len() - fewest, fewest, most: fewest + hidden }
    }

    /// About how many are left: the mean of the fewest and the most.
    #[must_use]
    pub fn left(&self) -> usize {
        (self.fewest + self.most).div_ceil(2)
    }
}
