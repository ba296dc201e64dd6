//! What follows from the answers of an interview, kept up to date answer by answer. Nothing else remembers any of it.

use std::cell::RefCell;
use std::collections::BTreeSet;

use la_arena::Idx;

use crate::engine::evaluation::{Evaluation, Touched};
use crate::engine::live_outcome::{Prospects, Turned};
use crate::engine::open_questions::OpenQuestion;
use crate::engine::reachability::Fates;
use crate::interview::progress::Progress;
use crate::questionnaire::{Cause, Question};

/// What follows from the answers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    pub(super) course: Course,
    fates: Fates,
    pub(super) prospects: Prospects,
    pub(super) progress: Progress,
    /// The open questions of the cause that was asked about last.
    pub(super) still_open: RefCell<Option<(Idx<Cause>, Vec<OpenQuestion>)>>,
}

/// Which questions are on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Course {
    pub(super) shown: BTreeSet<Idx<Question>>,
    /// Those of them without an answer.
    pub(super) unanswered: BTreeSet<Idx<Question>>,
}

impl Known {
    /// Works out what follows from the answers.
    pub(super) fn new(evaluation: &Evaluation<'_>) -> Known {
        let shown: BTreeSet<_> = evaluation.shown_questions().collect();
        let unanswered = shown.iter().copied().filter(|question| evaluation.answer(*question).is_none()).collect();
        let course = Course { shown, unanswered };
        let mut fates = Fates::new(evaluation);
        let prospects = Prospects::new(evaluation, &fates);
        let progress = Progress::of(evaluation, &course, &mut fates);
        Known { course, fates, prospects, progress, still_open: RefCell::default() }
    }

    /// Follows a change of the evaluation. Gives what it did to the alarms.
    pub(super) fn follow(&mut self, evaluation: &Evaluation<'_>, touched: &Touched) -> Turned {
        for was in &touched.questions {
            self.course.follow(evaluation, was.question);
        }
        let changed = self.fates.follow(evaluation, touched);
        let turned = self.prospects.follow(evaluation, &self.fates, &changed);
        self.progress = Progress::of(evaluation, &self.course, &mut self.fates);
        self.still_open = RefCell::default();
        turned
    }
}

impl Course {
    fn follow(&mut self, evaluation: &Evaluation<'_>, question: Idx<Question>) {
        let is_shown = evaluation.is_shown(question);
        for (list, is_in) in
            [(&mut self.shown, is_shown), (&mut self.unanswered, is_shown && evaluation.answer(question).is_none())]
        {
            if is_in {
                list.insert(question);
            } else {
                list.remove(&question);
            }
        }
    }
}
