//! What could still become of everything: which questions could be asked, which conditions could hold or fail.
//!
//! It is a bound: whatever is answered, nothing else comes of it. More may seem possible than is.

mod fates;

use std::borrow::Cow;

use la_arena::Idx;

use crate::questionnaire::{Answer, Condition, FactTest, Question, Test, Truth};
use crate::situation::{Situation, holds, is_unsure};

use fates::Fate;
pub use fates::Fates;

/// The questions that could still be answered, in whatever way.
#[derive(Debug, Clone, Copy)]
pub enum Free<'a> {
    /// Every one that has no answer, hidden ones too.
    Unanswered,
    /// The same, but for one that is answered so.
    UnansweredBut(Idx<Question>, &'a Answer),
    /// What was answered *not sure*, as far as it was.
    Unsure,
    /// This one alone, as far as it has no answer or is *not sure*.
    Only(Idx<Question>),
}

impl Free<'_> {
    /// Whether a question that has this answer now could be answered otherwise.
    fn opens(self, question: Idx<Question>, answer: Option<&Answer>) -> bool {
        match self {
            Free::Unanswered | Free::UnansweredBut(..) => answer.is_none(),
            Free::Unsure => answer.is_some_and(is_unsure),
            Free::Only(only) => only == question && answer.is_none_or(is_unsure),
        }
    }
}

/// What could still become of the questions, the facts and the conditions.
#[derive(Debug)]
pub struct Outlook<'a, 's> {
    situation: &'a Situation<'s>,
    free: Free<'a>,
    fates: Cow<'a, Fates>,
}

/// What a condition could still become. It could stay open too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Possible {
    /// It is *yes*, or could become that.
    pub yes: bool,
    /// It is *no*, or could become that.
    pub no: bool,
}

const EITHER: Possible = Possible { yes: true, no: true };

impl From<Truth> for Possible {
    fn from(truth: Truth) -> Possible {
        Possible { yes: truth == Truth::Yes, no: truth == Truth::No }
    }
}

impl Possible {
    fn and(self, other: Possible) -> Possible {
        Possible { yes: self.yes && other.yes, no: self.no || other.no }
    }

    fn or(self, other: Possible) -> Possible {
        Possible { yes: self.yes || other.yes, no: self.no && other.no }
    }

    /// It could become whatever either could.
    fn also(self, other: Possible) -> Possible {
        Possible { yes: self.yes || other.yes, no: self.no || other.no }
    }
}

impl<'a, 's> Outlook<'a, 's> {
    /// What could still become of everything when these questions are answered in whatever way.
    #[must_use]
    pub fn new(situation: &'a Situation<'s>, free: Free<'a>) -> Self {
        let mut outlook = Outlook { situation, free, fates: Cow::Owned(Fates::unknown(situation.questionnaire())) };
        for subject in situation.questionnaire().dependents.order() {
            outlook.settle(*subject);
        }
        outlook
    }

    /// How many questions that are hidden now could be asked.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.fates.waiting()
    }

    fn fate(&self, question: Idx<Question>) -> Fate {
        match self.situation.shown(question) {
            Truth::Yes => {
                let answer = self.situation.answer(question);
                Fate { asked: self.free.opens(question, answer), ..Fate::default() }
            }
            Truth::No => Fate::default(),
            Truth::Open => {
                let hidden = &self.situation.questionnaire().questions[question];
                let possible = self.condition(&hidden.when).and(self.has_options(hidden));
                // What was answered before it was hidden comes back with it, whether or not it may be answered now.
                let comes_back = self.free.opens(question, None) || self.situation.was_answered(question);
                let asked = possible.yes && comes_back;
                Fate { asked, waits: asked, hidden: possible.no }
            }
        }
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
                    FactTest::Fails => Possible { yes: fact.no, no: fact.yes },
                    FactTest::Known => Possible { yes: fact.yes || fact.no, no: false },
                }
            }
        }
    }

    /// What could still be true of the value of a question.
    fn value(&self, question: Idx<Question>, truth: &dyn Fn(&Answer) -> Truth) -> Possible {
        if let Free::UnansweredBut(assumed, answer) = self.free
            && assumed == question
        {
            return Possible::from(truth(answer));
        }
        let fate = self.fates.question(question);
        let value = self.situation.value(question);
        let now = value.map_or(Possible::default(), |value| truth(value).into());
        // Of an answer that is not sure in part, the rest is known.
        let is_known = value.is_some_and(|value| *value != Answer::NotSure && truth(value) != Truth::Open);
        let if_asked = if fate.asked && !is_known { EITHER } else { now };
        match &self.situation.questionnaire().questions[question].otherwise {
            Some(otherwise) if fate.hidden => if_asked.also(truth(otherwise).into()),
            _ => if_asked,
        }
    }
}
