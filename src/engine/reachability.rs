//! What could still become of everything: which questions could be asked, which conditions could hold or fail.
//!
//! It is a bound: whatever is answered, nothing else comes of it. More may seem possible than is.

mod cache;

use std::borrow::Cow;

use la_arena::Idx;

use crate::engine::evaluation::{Evaluation, holds, is_unsure};
use crate::questionnaire::{Answer, Condition, FactTest, Question, Test, Truth};

pub use cache::Fates;
use cache::{ReachableAnswer, ReachableQuestion};

/// The questions that could still be answered, in whatever way.
#[derive(Debug, Clone, Copy)]
pub enum FreeQuestions<'a> {
    /// Every one that has no answer, hidden ones too.
    Unanswered,
    /// The same, but for one that is answered so.
    UnansweredBut(Idx<Question>, &'a Answer),
    /// What was answered *not sure*, as far as it was.
    Unsure,
    /// This one alone, as far as it has no answer or is *not sure*.
    Only(Idx<Question>),
}

impl FreeQuestions<'_> {
    /// Whether a question that has this answer now could be answered otherwise.
    fn opens(self, question: Idx<Question>, answer: Option<&Answer>) -> bool {
        match self {
            FreeQuestions::Unanswered | FreeQuestions::UnansweredBut(..) => answer.is_none(),
            FreeQuestions::Unsure => answer.is_some_and(is_unsure),
            FreeQuestions::Only(only) => only == question && answer.is_none_or(is_unsure),
        }
    }
}

/// What could still become of the questions, the facts and the conditions.
#[derive(Debug)]
pub struct Reachability<'a, 's> {
    evaluation: &'a Evaluation<'s>,
    free: FreeQuestions<'a>,
    fates: Cow<'a, Fates>,
}

/// The truths that a condition could have: what it is, and what it could become.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Possible {
    /// It could be *yes*.
    pub yes: bool,
    /// It could be *no*.
    pub no: bool,
    /// It could be open.
    pub open: bool,
}

const ANYTHING: Possible = Possible { yes: true, no: true, open: true };

impl From<Truth> for Possible {
    fn from(truth: Truth) -> Possible {
        Possible { yes: truth == Truth::Yes, no: truth == Truth::No, open: truth == Truth::Open }
    }
}

impl Possible {
    /// Whether it is *yes*, whatever is answered.
    #[must_use]
    pub fn is_certain(self) -> bool {
        self == Possible::from(Truth::Yes)
    }

    fn and(self, other: Possible) -> Possible {
        let open = (self.open && (other.open || other.yes)) || (other.open && self.yes);
        Possible { yes: self.yes && other.yes, no: self.no || other.no, open }
    }

    fn or(self, other: Possible) -> Possible {
        !((!self).and(!other))
    }

    /// It could be whatever either could.
    fn also(self, other: Possible) -> Possible {
        Possible { yes: self.yes || other.yes, no: self.no || other.no, open: self.open || other.open }
    }
}

impl std::ops::Not for Possible {
    type Output = Possible;

    fn not(self) -> Possible {
        Possible { yes: self.no, no: self.yes, open: self.open }
    }
}

impl<'a, 's> Reachability<'a, 's> {
    /// What could still become of everything when these questions are answered in whatever way.
    #[must_use]
    pub fn new(evaluation: &'a Evaluation<'s>, free: FreeQuestions<'a>) -> Self {
        let mut reachability =
            Reachability { evaluation, free, fates: Cow::Owned(Fates::unknown(evaluation.questionnaire())) };
        for subject in evaluation.questionnaire().dependents.order() {
            reachability.settle(*subject);
        }
        reachability
    }

    /// How many questions that are hidden now could be asked.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.fates.waiting()
    }

    fn fate(&self, question: Idx<Question>) -> ReachableQuestion {
        let asked = &self.evaluation.questionnaire().questions[question];
        let shown = self.condition(&asked.when).and(self.has_options(asked));
        if self.evaluation.is_shown(question) {
            let opens = self.free.opens(question, self.evaluation.answer(question));
            // What was answered on other options is part of another answer, or of none.
            let is_on_offer = asked.from().is_some_and(|from| self.could_change(from));
            let answer = match (is_on_offer, opens) {
                (true, _) => ReachableAnswer::Any,
                (false, true) => ReachableAnswer::Unsure,
                (false, false) => ReachableAnswer::Same,
            };
            return ReachableQuestion { shown, answer, waits: false };
        }
        // What was answered before it was hidden comes back with it, whether or not it may be answered now.
        let comes_back = self.free.opens(question, None) || self.evaluation.was_answered(question);
        let answer = if comes_back { ReachableAnswer::Any } else { ReachableAnswer::Same };
        ReachableQuestion { shown, answer, waits: shown.yes && comes_back }
    }

    /// Whether a question could count as something else than it does now.
    fn could_change(&self, question: Idx<Question>) -> bool {
        let fate = self.fates.question(question);
        let stays = fate.shown == Possible::from(self.evaluation.shown(question));
        !stays || (fate.shown.yes && fate.answer != ReachableAnswer::Same)
    }

    /// Whether something could be ticked where a question takes its options from.
    fn has_options(&self, question: &Question) -> Possible {
        let Some(from) = question.from() else { return Possible::from(Truth::Yes) };
        self.value(from, &|value| match value {
            Answer::Many { ticked, unsure } if ticked.is_empty() && !unsure.is_empty() => Truth::Open,
            Answer::Many { ticked, .. } => Truth::from(!ticked.is_empty()),
            Answer::NotSure | Answer::One(_) | Answer::Number(_) => Truth::Open,
        })
    }

    /// What could still become of a condition.
    #[must_use]
    pub fn condition(&self, condition: &Condition) -> Possible {
        let table = |table: &Vec<Test>| {
            table.iter().map(|test| self.test(test)).fold(Possible::from(Truth::Yes), Possible::and)
        };
        condition.tables.iter().map(table).fold(Possible::from(Truth::No), Possible::or)
    }

    fn test(&self, test: &Test) -> Possible {
        match test {
            Test::Question { question, form } => self.value(*question, &|value| holds(form, value)),
            Test::Fact { fact, is } => {
                let fact = self.fates.fact(*fact);
                match is {
                    FactTest::Holds => fact,
                    FactTest::Fails => !fact,
                    FactTest::Known => Possible { yes: fact.yes || fact.no, no: false, open: fact.open },
                }
            }
        }
    }

    /// What could still be true of the value of a question.
    fn value(&self, question: Idx<Question>, truth: &dyn Fn(&Answer) -> Truth) -> Possible {
        if let FreeQuestions::UnansweredBut(assumed, answer) = self.free
            && assumed == question
        {
            return Possible::from(truth(answer));
        }
        let fate = self.fates.question(question);
        let mut could = Possible::default();
        if fate.shown.yes {
            could = could.also(self.if_shown(question, fate.answer, truth));
        }
        if fate.shown.no {
            let otherwise = self.evaluation.questionnaire().questions[question].otherwise.as_ref();
            could = could.also(otherwise.map_or(Truth::Open, truth).into());
        }
        if fate.shown.open {
            could = could.also(Truth::Open.into());
        }
        could
    }

    /// What could be true of the answer to a question while it is shown.
    fn if_shown(&self, question: Idx<Question>, scope: ReachableAnswer, truth: &dyn Fn(&Answer) -> Truth) -> Possible {
        let answer = self.evaluation.answer(question);
        let now = answer.map_or(Truth::Open, truth);
        // Of an answer that is not sure in part, the rest is known.
        let is_known = answer.is_some_and(|answer| *answer != Answer::NotSure) && now != Truth::Open;
        match scope {
            ReachableAnswer::Same => now.into(),
            ReachableAnswer::Unsure if is_known => now.into(),
            ReachableAnswer::Unsure | ReachableAnswer::Any => ANYTHING,
        }
    }
}
