//! What could still become of every question and fact, kept up to date answer by answer.

use std::borrow::Cow;

use la_arena::Idx;

use crate::engine::evaluation::{Evaluation, Touched};
use crate::engine::reachability::{FreeQuestions, Possible, Reachability};
use crate::questionnaire::{Answer, Fact, Question, Questionnaire, Subject, position};

/// What could still become of every question and fact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fates {
    questions: Vec<ReachableQuestion>,
    facts: Vec<Possible>,
    /// How many questions wait.
    waiting: usize,
}

/// What could still become of a question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ReachableQuestion {
    /// Whether it could be shown, hidden for certain, or hidden for now.
    pub(super) shown: Possible,
    /// What could be answered to it while it is shown.
    pub(super) answer: ReachableAnswer,
    /// It is hidden now, and could be asked.
    pub(super) waits: bool,
}

/// How far an answer could become another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum ReachableAnswer {
    /// It stays what it is; and where there is none, none comes.
    #[default]
    Same,
    /// As far as it is *not sure*, or not given.
    Unsure,
    /// In any way. It could also stop counting, because more is on offer.
    Any,
}

/// What something was before.
#[derive(Debug, Clone, Copy)]
pub(super) enum Old {
    Question(Idx<Question>, ReachableQuestion),
    Fact(Idx<Fact>, Possible),
}

impl Fates {
    /// What could become of everything when every question that has no answer is answered in whatever way.
    #[must_use]
    pub fn new(evaluation: &Evaluation<'_>) -> Fates {
        Reachability::new(evaluation, FreeQuestions::Unanswered).fates.into_owned()
    }

    pub(super) fn unknown(questionnaire: &Questionnaire) -> Fates {
        Fates {
            questions: vec![ReachableQuestion::default(); questionnaire.questions.len()],
            facts: vec![Possible::default(); questionnaire.facts.len()],
            waiting: 0,
        }
    }

    /// How many questions that are hidden now could be asked.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// The reachability that it is part of.
    #[must_use]
    pub fn reachability<'a, 's>(&'a self, evaluation: &'a Evaluation<'s>) -> Reachability<'a, 's> {
        Reachability { evaluation, free: FreeQuestions::Unanswered, fates: Cow::Borrowed(self) }
    }

    /// Follows a change of the evaluation. Gives what stands otherwise now, or could become something else.
    pub fn follow(&mut self, evaluation: &Evaluation<'_>, touched: &Touched) -> Vec<Subject> {
        let mut changed: Vec<Subject> = touched.subjects().collect();
        let dependents = &evaluation.questionnaire().dependents;
        // What looks at something touched looks at its value too, which is no fate.
        let near: Vec<Subject> = changed.iter().flat_map(|subject| dependents.on(*subject)).collect();
        let start: Vec<Subject> = changed.iter().copied().chain(near).collect();
        let mut reachability =
            Reachability { evaluation, free: FreeQuestions::Unanswered, fates: Cow::Owned(std::mem::take(self)) };
        dependents.carry(start, |subject| {
            let is_other = reachability.settle(subject).is_some();
            changed.extend(is_other.then_some(subject));
            is_other
        });
        *self = reachability.fates.into_owned();
        changed.sort_unstable();
        changed.dedup();
        changed
    }

    /// How many hidden questions could be asked if an unanswered one were answered so.
    #[must_use]
    pub fn waiting_if(&mut self, evaluation: &Evaluation<'_>, question: Idx<Question>, answer: &Answer) -> usize {
        let free = FreeQuestions::UnansweredBut(question, answer);
        let mut reachability = Reachability { evaluation, free, fates: Cow::Owned(std::mem::take(self)) };
        let mut before = Vec::new();
        let dependents = &evaluation.questionnaire().dependents;
        dependents.carry(dependents.on(Subject::Question(question)), |subject| {
            let old = reachability.settle(subject);
            before.extend(old);
            old.is_some()
        });
        *self = reachability.fates.into_owned();
        let waiting = self.waiting;
        for old in before {
            self.put(old);
        }
        waiting
    }

    pub(super) fn question(&self, question: Idx<Question>) -> ReachableQuestion {
        self.questions.get(position(question)).copied().unwrap_or_default()
    }

    pub(super) fn fact(&self, fact: Idx<Fact>) -> Possible {
        self.facts.get(position(fact)).copied().unwrap_or_default()
    }

    fn put(&mut self, old: Old) {
        match old {
            Old::Question(question, fate) => {
                if let Some(slot) = self.questions.get_mut(position(question)) {
                    let before = std::mem::replace(slot, fate);
                    self.waiting = self.waiting + usize::from(fate.waits) - usize::from(before.waits);
                }
            }
            Old::Fact(fact, possible) => {
                if let Some(slot) = self.facts.get_mut(position(fact)) {
                    *slot = possible;
                }
            }
        }
    }
}

impl Reachability<'_, '_> {
    /// Looks at a question or fact again; gives what it was if it is something else now.
    pub(super) fn settle(&mut self, subject: Subject) -> Option<Old> {
        let (old, new) = match subject {
            Subject::Question(question) => {
                let (before, fate) = (self.fates.question(question), self.fate(question));
                ((before != fate).then_some(Old::Question(question, before)), Old::Question(question, fate))
            }
            Subject::Fact(fact) => {
                let before = self.fates.fact(fact);
                let possible = self.condition(&self.evaluation.questionnaire().facts[fact].when);
                ((before != possible).then_some(Old::Fact(fact, before)), Old::Fact(fact, possible))
            }
        };
        if old.is_some() {
            self.fates.to_mut().put(new);
        }
        old
    }
}
