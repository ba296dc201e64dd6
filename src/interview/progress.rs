//! How far an interview is: how many questions are behind, and how many can still come.

use la_arena::Idx;

use crate::questionnaire::{Answer, Condition, FactTest, Kind, Question, Test, Truth, position};
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
        // What is shown stays shown, and what is hidden may stay hidden, whatever is answered to the rest.
        let fewest = unanswered.len();
        let mut hidden = Outlook::new(situation, None).hidden();
        for question in unanswered.into_iter().take(TRIED) {
            let Kind::One(options) = &situation.questionnaire().questions[question].kind else { continue };
            let answers = options.iter().map(|(option, _)| Answer::One(option)).chain([Answer::NotSure]);
            let best = answers.map(|answer| Outlook::new(situation, Some((question, &answer))).hidden());
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

/// What could still become of everything, given one more answer, say.
struct Outlook<'a, 's> {
    situation: &'a Situation<'s>,
    assumed: Option<(Idx<Question>, &'a Answer)>,
    questions: Vec<Fate>,
    facts: Vec<Possible>,
}

/// What could still become of a question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Fate {
    /// It could be asked, and answered in any way.
    asked: bool,
    /// It is hidden for now, and could be hidden for certain.
    hidden: bool,
}

/// What a condition could still become.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Possible {
    yes: bool,
    no: bool,
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
    fn new(situation: &'a Situation<'s>, assumed: Option<(Idx<Question>, &'a Answer)>) -> Self {
        let questionnaire = situation.questionnaire();
        let mut outlook = Outlook {
            situation,
            assumed,
            questions: Vec::with_capacity(questionnaire.questions.len()),
            facts: vec![Possible::default(); questionnaire.facts.len()],
        };
        let mut facts = questionnaire.facts_by_settling().into_iter().peekable();
        for (question, _) in questionnaire.questions.iter() {
            while let Some((fact, _)) = facts.next_if(|(_, settled_by)| *settled_by <= outlook.questions.len()) {
                let possible = outlook.condition(&questionnaire.facts[fact].when);
                if let Some(slot) = outlook.facts.get_mut(position(fact)) {
                    *slot = possible;
                }
            }
            let fate = outlook.fate(question);
            outlook.questions.push(fate);
        }
        outlook
    }

    /// How many questions that are hidden now could be asked.
    fn hidden(&self) -> usize {
        let questions = self.situation.questionnaire().questions.iter();
        questions.filter(|(question, _)| self.fate_of(*question).asked && !self.situation.is_shown(*question)).count()
    }

    fn fate(&self, question: Idx<Question>) -> Fate {
        match self.situation.shown(question) {
            Truth::Yes => Fate { asked: self.situation.answer(question).is_none(), hidden: false },
            Truth::No => Fate::default(),
            Truth::Open => {
                let hidden = &self.situation.questionnaire().questions[question];
                let possible = self.condition(&hidden.when).and(self.has_options(hidden));
                Fate { asked: possible.yes, hidden: possible.no }
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

    fn condition(&self, condition: &Condition) -> Possible {
        let table = |table: &Vec<Test>| {
            table.iter().map(|test| self.test(test)).fold(Possible::from(Truth::Yes), Possible::and)
        };
        condition.tables.iter().map(table).fold(Possible::from(Truth::No), Possible::or)
    }

    fn test(&self, test: &Test) -> Possible {
        match test {
            Test::Question { question, form } => self.value(*question, &|value| holds(form, value)),
            Test::Fact { fact, is } => {
                let fact = self.facts.get(position(*fact)).copied().unwrap_or_default();
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
        if let Some((assumed, answer)) = self.assumed
            && assumed == question
        {
            return Possible::from(truth(answer));
        }
        let fate = self.fate_of(question);
        let now = self.situation.value(question).map_or(Possible::default(), |value| truth(value).into());
        let if_asked = if fate.asked { EITHER } else { now };
        match &self.situation.questionnaire().questions[question].otherwise {
            Some(otherwise) if fate.hidden => if_asked.also(truth(otherwise).into()),
            _ => if_asked,
        }
    }

    fn fate_of(&self, question: Idx<Question>) -> Fate {
        self.questions.get(position(question)).copied().unwrap_or_default()
    }
}
