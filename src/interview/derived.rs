//! What follows from the answers of an interview, kept up to date answer by answer. Nothing else remembers any of it.

use std::cell::RefCell;
use std::collections::BTreeSet;

use la_arena::Idx;

use crate::engine::evaluation::{Situation, Touched};
use crate::engine::live_outcome::{Prospects, Turned};
use crate::engine::open_questions::StillOpen;
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
    pub(super) still_open: RefCell<Option<(Idx<Cause>, Vec<StillOpen>)>>,
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
    pub(super) fn new(situation: &Situation<'_>) -> Known {
        let shown: BTreeSet<_> = situation.shown_questions().collect();
        let unanswered = shown.iter().copied().filter(|question| situation.answer(*question).is_none()).collect();
        let course = Course { shown, unanswered };
        let mut fates = Fates::new(situation);
        let prospects = Prospects::new(situation, &fates);
        let progress = Progress::of(situation, &course, &mut fates);
        Known { course, fates, prospects, progress, still_open: RefCell::default() }
    }

    /// Follows a change of the situation. Gives what it did to the alarms.
    pub(super) fn follow(&mut self, situation: &Situation<'_>, touched: &Touched) -> Turned {
        for was in &touched.questions {
            self.course.follow(situation, was.question);
        }
        let changed = self.fates.follow(situation, touched);
        let turned = self.prospects.follow(situation, &self.fates, &changed);
        self.progress = Progress::of(situation, &self.course, &mut self.fates);
        self.still_open = RefCell::default();
        turned
    }
}

impl Course {
    fn follow(&mut self, situation: &Situation<'_>, question: Idx<Question>) {
        let is_shown = situation.is_shown(question);
        for (list, is_in) in
            [(&mut self.shown, is_shown), (&mut self.unanswered, is_shown && situation.answer(question).is_none())]
        {
            if is_in {
                list.insert(question);
            } else {
                list.remove(&question);
            }
        }
    }
}
