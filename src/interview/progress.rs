//! How far an interview is: how many questions are behind, and how many can still come.

use la_arena::Idx;

use crate::questionnaire::{Answer, Condition, Fact, FactTest, Kind, Question, Test, Truth};
use crate::situation::{Situation, holds};

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
    /// How far the interview is that came to this situation.
    #[must_use]
    pub fn of(situation: &Situation<'_>) -> Progress {
        let answered = situation.shown_questions().filter(|question| situation.answer(*question).is_some()).count();
        let unanswered: Vec<_> =
            situation.shown_questions().filter(|question| situation.answer(*question).is_none()).collect();
        // Whoever is not sure of anything is asked nothing more than what is shown already.
        let fewest = unanswered.len();
        let mut hidden = Outlook::new(situation, None).hidden();
        for question in unanswered.into_iter().take(TRIED) {
            let Kind::One(options) = &situation.questionnaire().questions[question].kind else { continue };
            let best = options.iter().map(|(option, _)| {
                let answer = Answer::One(option);
                Outlook::new(situation, Some((question, &answer))).hidden()
            });
            hidden = hidden.min(best.max().unwrap_or(hidden));
        }
        Progress { answered, fewest, most: fewest + hidden }
    }

    /// About how many are left: the mean of the fewest and the most.
    #[must_use]
    pub fn left(&self) -> usize {
        (self.fewest + self.most).div_ceil(2)
    }
}

/// What could still become of hidden questions, given one more answer, say.
struct Outlook<'a, 's> {
    situation: &'a Situation<'s>,
    assumed: Option<(Idx<Question>, &'a Answer)>,
    /// Of each question, whether it could still be asked.
    questions: Vec<bool>,
    /// Of each fact, what it could still be.
    facts: Vec<Possible>,
}

/// What a condition could still become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Possible {
    yes: bool,
    no: bool,
}

impl From<Truth> for Possible {
    fn from(truth: Truth) -> Possible {
        Possible { yes: truth == Truth::Yes, no: truth == Truth::No }
    }
}

impl<'a, 's> Outlook<'a, 's> {
    fn new(situation: &'a Situation<'s>, assumed: Option<(Idx<Question>, &'a Answer)>) -> Self {
        let questionnaire = situation.questionnaire();
        let mut outlook = Outlook {
            situation,
            assumed,
            questions: Vec::with_capacity(questionnaire.questions.len()),
            facts: vec![Possible { yes: false, no: false }; questionnaire.facts.len()],
        };
        let mut facts: Vec<(Idx<Fact>, usize)> =
            questionnaire.facts.iter().map(|(id, fact)| (id, fact.settled_by)).collect();
        facts.sort_by_key(|(_, settled_by)| *settled_by);
        let mut facts = facts.into_iter().peekable();
        for (question, _) in questionnaire.questions.iter() {
            while let Some((fact, _)) = facts.next_if(|(_, settled_by)| *settled_by <= outlook.questions.len()) {
                let possible = outlook.condition(&questionnaire.facts[fact].when);
                if let Some(slot) = outlook.facts.get_mut(place(fact.into_raw())) {
                    *slot = possible;
                }
            }
            let can_be_asked = outlook.can_be_asked(question);
            outlook.questions.push(can_be_asked);
        }
        outlook
    }

    /// How many questions that are hidden now could be asked.
    fn hidden(&self) -> usize {
        let questions = self.situation.questionnaire().questions.iter();
        questions.filter(|(question, _)| self.is_possible(*question) && !self.situation.is_shown(*question)).count()
    }

    fn can_be_asked(&self, question: Idx<Question>) -> bool {
        match self.situation.shown(question) {
            Truth::Yes => self.situation.answer(question).is_none(),
            Truth::No => false,
            Truth::Open => {
                let asked = &self.situation.questionnaire().questions[question];
                let from = match &asked.kind {
                    Kind::Many { from, .. } => *from,
                    Kind::One(_) | Kind::Number { .. } => None,
                };
                let has_options = from.is_none_or(|from| {
                    self.is_possible(from)
                        || matches!(self.situation.value(from), Some(Answer::Many { ticked, .. }) if !ticked.is_empty())
                });
                has_options && self.condition(&asked.when).yes
            }
        }
    }

    fn is_possible(&self, question: Idx<Question>) -> bool {
        self.questions.get(place(question.into_raw())).copied().unwrap_or(false)
    }

    fn condition(&self, condition: &Condition) -> Possible {
        let tables = condition.tables.iter().map(|table| {
            table.iter().map(|test| self.test(test)).fold(Possible::from(Truth::Yes), |all, test| Possible {
                yes: all.yes && test.yes,
                no: all.no || test.no,
            })
        });
        tables.fold(Possible::from(Truth::No), |any, table| Possible {
            yes: any.yes || table.yes,
            no: any.no && table.no,
        })
    }

    fn test(&self, test: &Test) -> Possible {
        match test {
            Test::Question { question, form } => match self.assumed {
                Some((assumed, answer)) if assumed == *question => Possible::from(holds(form, answer)),
                _ if self.is_possible(*question) => Possible { yes: true, no: true },
                _ => Possible::from(self.situation.test(test)),
            },
            Test::Fact { fact, is } => {
                let fact =
                    self.facts.get(place(fact.into_raw())).copied().unwrap_or(Possible { yes: false, no: false });
                match is {
                    FactTest::Holds => fact,
                    FactTest::Fails => Possible { yes: fact.no, no: fact.yes },
                    FactTest::Known => Possible { yes: fact.yes || fact.no, no: false },
                }
            }
        }
    }
}

fn place(index: la_arena::RawIdx) -> usize {
    usize::try_from(index.into_u32()).unwrap_or(usize::MAX)
}
