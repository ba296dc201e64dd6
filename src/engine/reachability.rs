//! Which conditions can still become yes, no or open, and which questions can still be asked, whatever is answered
//! next.
//!
//! It is a sound bound, not a tight one: nothing outside it can come true, but not everything inside it can.

use la_arena::Idx;

use crate::engine::evaluation::{Evaluation, holds, is_unsure};
use crate::questionnaire::{Answer, Condition, Fact, FactTest, Question, Subject, Test, Truth, position};

/// The questions that may still be answered, with any answer; all others keep the answer that they have.
#[derive(Debug, Clone, Copy)]
pub enum FreeQuestions<'a> {
    /// Every question without an answer, hidden ones included.
    Unanswered,
    /// The same, but this one gets this answer.
    UnansweredBut(Idx<Question>, &'a Answer),
    /// Every question answered *not sure*, as far as it was: the options that are sure stay.
    Unsure,
    /// This one alone, as far as it has no answer or *not sure*.
    Only(Idx<Question>),
}

impl FreeQuestions<'_> {
    /// Whether a question that has this answer now may get another one.
    fn includes(self, question: Idx<Question>, answer: Option<&Answer>) -> bool {
        match self {
            FreeQuestions::Unanswered | FreeQuestions::UnansweredBut(..) => answer.is_none(),
            FreeQuestions::Unsure => answer.is_some_and(is_unsure),
            FreeQuestions::Only(only) => only == question && answer.is_none_or(is_unsure),
        }
    }
}

/// What every question, fact and condition can still become.
#[derive(Debug)]
pub struct Reachability<'a, 's> {
    evaluation: &'a Evaluation<'s>,
    free: FreeQuestions<'a>,
    questions: Vec<ReachableQuestion>,
    facts: Vec<Possible>,
    hidden: usize,
}

/// What a question can still become.
#[derive(Debug, Clone, Copy, Default)]
struct ReachableQuestion {
    /// Whether it can be shown (yes), hidden for certain (no), or hidden for now (open).
    shown: Possible,
    /// What its answer can become while it is shown.
    answer: ReachableAnswer,
}

/// What an answer can still become.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum ReachableAnswer {
    /// It stays as it is; where there is none, none comes.
    #[default]
    Same,
    /// Its *not sure* parts can become anything; the rest stays.
    Unsure,
    /// Anything, or nothing when options are added.
    Any,
}

/// The truth values that a condition can have: the present one, and those that it can still get.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Possible {
    /// It can be *yes*.
    pub yes: bool,
    /// It can be *no*.
    pub no: bool,
    /// It can be open.
    pub open: bool,
}

impl From<Truth> for Possible {
    fn from(truth: Truth) -> Possible {
        Possible { yes: truth == Truth::Yes, no: truth == Truth::No, open: truth == Truth::Open }
    }
}

impl Possible {
    /// Every truth value.
    pub(crate) const ANYTHING: Possible = Possible { yes: true, no: true, open: true };

    /// Whether it can be this.
    #[must_use]
    pub fn contains(self, truth: Truth) -> bool {
        match truth {
            Truth::Yes => self.yes,
            Truth::No => self.no,
            Truth::Open => self.open,
        }
    }

    /// Whether it is *yes* whatever is answered.
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

    /// Every value that either can have.
    fn union(self, other: Possible) -> Possible {
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
    /// What everything can become when the free questions get any answers.
    #[must_use]
    pub fn new(evaluation: &'a Evaluation<'s>, free: FreeQuestions<'a>) -> Self {
        let questionnaire = evaluation.questionnaire();
        let mut reachability = Reachability {
            evaluation,
            free,
            questions: Vec::with_capacity(questionnaire.questions.len()),
            facts: vec![Possible::default(); questionnaire.facts.len()],
            hidden: 0,
        };
        for subject in questionnaire.dependency_graph.evaluation_order() {
            match subject {
                Subject::Question(question) => {
                    let reachable = reachability.reachable_question(*question);
                    reachability.questions.push(reachable);
                }
                Subject::Fact(fact) => {
                    let possible = reachability.condition(&questionnaire.facts[*fact].when);
                    if let Some(slot) = reachability.facts.get_mut(position(*fact)) {
                        *slot = possible;
                    }
                }
            }
        }
        reachability
    }

    /// The evaluation that it starts from.
    #[must_use]
    pub fn evaluation(&self) -> &'a Evaluation<'s> {
        self.evaluation
    }

    /// How many questions that are hidden now can still be asked.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    fn reachable_question(&mut self, question: Idx<Question>) -> ReachableQuestion {
        let asked = &self.evaluation.questionnaire().questions[question];
        let shown = self.condition(&asked.when).and(self.has_options(asked));
        if self.evaluation.is_shown(question) {
            let answer = if asked.from().is_some_and(|from| self.can_change(from)) {
                // With other options on offer, the same ticks can amount to another answer, or to none.
                ReachableAnswer::Any
            } else if self.free.includes(question, self.evaluation.answer(question)) {
                ReachableAnswer::Unsure
            } else {
                ReachableAnswer::Same
            };
            return ReachableQuestion { shown, answer };
        }
        // An answer given before the question was hidden comes back with it, even when no new one may be given.
        let comes_back = self.free.includes(question, None) || self.evaluation.was_answered(question);
        self.hidden += usize::from(shown.yes && comes_back);
        ReachableQuestion { shown, answer: if comes_back { ReachableAnswer::Any } else { ReachableAnswer::Same } }
    }

    /// Whether the effective answer to a question can change.
    fn can_change(&self, question: Idx<Question>) -> bool {
        let reachable = self.question(question);
        let stays = reachable.shown == Possible::from(self.evaluation.shown(question));
        !stays || (reachable.shown.yes && reachable.answer != ReachableAnswer::Same)
    }

    /// Whether the question that this one takes its options from can have ticks.
    fn has_options(&self, question: &Question) -> Possible {
        let Some(from) = question.from() else { return Possible::from(Truth::Yes) };
        let has_ticks = |value: &Answer| match value {
            Answer::Many { ticked, unsure } if ticked.is_empty() && !unsure.is_empty() => Truth::Open,
            Answer::Many { ticked, .. } => Truth::from(!ticked.is_empty()),
            Answer::NotSure | Answer::One(_) | Answer::Number(_) => Truth::Open,
        };
        self.value(from, &has_ticks, Truth::No)
    }

    fn question(&self, question: Idx<Question>) -> ReachableQuestion {
        self.questions.get(position(question)).copied().unwrap_or_default()
    }

    fn fact(&self, fact: Idx<Fact>) -> Possible {
        self.facts.get(position(fact)).copied().unwrap_or_default()
    }

    /// What a condition can become.
    #[must_use]
    pub fn condition(&self, condition: &Condition) -> Possible {
        let table = |table: &Vec<Test>| {
            table.iter().map(|test| self.test(test)).fold(Possible::from(Truth::Yes), Possible::and)
        };
        condition.tables.iter().map(table).fold(Possible::from(Truth::No), Possible::or)
    }

    fn test(&self, test: &Test) -> Possible {
        match test {
            Test::Question { question, form } => self.value(*question, &|value| holds(form, value), Truth::Open),
            Test::Fact { fact, is } => {
                let fact = self.fact(*fact);
                match is {
                    FactTest::Holds => fact,
                    FactTest::Fails => !fact,
                    FactTest::Known => Possible { yes: fact.yes || fact.no, no: false, open: fact.open },
                }
            }
        }
    }

    /// What a test of the effective answer to a question can become. While the question is hidden for certain and has no
    /// `otherwise`, the test is `without`.
    fn value(&self, question: Idx<Question>, truth: &dyn Fn(&Answer) -> Truth, without: Truth) -> Possible {
        if let FreeQuestions::UnansweredBut(assumed, answer) = self.free
            && assumed == question
        {
            return Possible::from(truth(answer));
        }
        let reachable = self.question(question);
        let mut possible = Possible::default();
        if reachable.shown.yes {
            possible = possible.union(self.if_shown(question, reachable.answer, truth));
        }
        if reachable.shown.no {
            let otherwise = self.evaluation.questionnaire().questions[question].otherwise.as_ref();
            possible = possible.union(otherwise.map_or(without, truth).into());
        }
        if reachable.shown.open {
            possible = possible.union(Truth::Open.into());
        }
        possible
    }

    /// What a test of the answer to a question can become while the question is shown.
    fn if_shown(&self, question: Idx<Question>, scope: ReachableAnswer, truth: &dyn Fn(&Answer) -> Truth) -> Possible {
        let answer = self.evaluation.answer(question);
        let now = answer.map_or(Truth::Open, truth);
        // Of an answer that is *not sure* in part, the other part is known.
        let is_known = answer.is_some_and(|answer| *answer != Answer::NotSure) && now != Truth::Open;
        match scope {
            ReachableAnswer::Same => now.into(),
            ReachableAnswer::Unsure if is_known => now.into(),
            ReachableAnswer::Unsure | ReachableAnswer::Any => Possible::ANYTHING,
        }
    }
}
