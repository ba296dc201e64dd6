//! What the answers amount to: which questions are shown, what each counts as, and which conditions hold.
//!
//! A situation is computed from the answers in one pass in file order, because a question looks only back. One more
//! answer is carried only to what looks at it, and comes to the same. Nothing in it is stored elsewhere.

mod delta;

use std::borrow::Cow;
use std::collections::BTreeSet;

use la_arena::{Arena, Idx};

use crate::questionnaire::{
    Answer, Choice, Condition, Fact, Form, Kind, Question, Questionnaire, Subject, Test, Truth, position,
};

pub use crate::engine::answers::Answers;
pub(crate) use delta::Before;
pub use delta::{Touched, Was};

/// What the answers amount to.
#[derive(Debug, Clone)]
pub struct Situation<'a> {
    questionnaire: &'a Questionnaire,
    answers: Cow<'a, Answers>,
    questions: Vec<Standing>,
    facts: Vec<Settled>,
}

/// How a question stands.
#[derive(Debug, Clone, PartialEq)]
struct Standing {
    /// Whether the question is shown: only when this is *yes*.
    shown: Truth,
    /// What the question counts as.
    value: Value,
    /// Whether an open test of it is open for want of an answer that could still be given.
    wanting: bool,
}

/// What a question counts as.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    /// That is open.
    Open,
    /// The answer that was given.
    Given,
    /// What is left of that answer, or was added to it, where its options come from.
    Narrowed(Box<Answer>),
    /// What it is said to be while it is hidden for certain.
    Otherwise,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Settled {
    truth: Truth,
    wanting: bool,
}

/// Two situations in one questionnaire.
impl PartialEq for Situation<'_> {
    fn eq(&self, other: &Situation<'_>) -> bool {
        (&self.answers, &self.questions, &self.facts) == (&other.answers, &other.questions, &other.facts)
    }
}

impl<'a> Situation<'a> {
    /// Works out what the answers amount to.
    #[must_use]
    pub fn new(questionnaire: &'a Questionnaire, answers: &'a Answers) -> Situation<'a> {
        Situation::of_answers(questionnaire, Cow::Borrowed(answers))
    }

    /// Works out what answers amount to, and keeps them.
    #[must_use]
    pub fn owning(questionnaire: &'a Questionnaire, answers: Answers) -> Situation<'a> {
        Situation::of_answers(questionnaire, Cow::Owned(answers))
    }

    fn of_answers(questionnaire: &'a Questionnaire, answers: Cow<'a, Answers>) -> Situation<'a> {
        let mut situation = Situation {
            questionnaire,
            answers,
            questions: Vec::with_capacity(questionnaire.questions.len()),
            facts: vec![Settled { truth: Truth::Open, wanting: false }; questionnaire.facts.len()],
        };
        for subject in questionnaire.dependents.order() {
            match subject {
                Subject::Question(question) => {
                    let standing = situation.standing(*question);
                    situation.questions.push(standing);
                }
                Subject::Fact(fact) => {
                    situation.settle(*fact);
                }
            }
        }
        situation
    }

    /// The questionnaire that the answers belong to.
    #[must_use]
    pub fn questionnaire(&self) -> &'a Questionnaire {
        self.questionnaire
    }

    /// The answers that it is worked out from, those to hidden questions too.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Whether a question is shown.
    #[must_use]
    pub fn is_shown(&self, question: Idx<Question>) -> bool {
        self.shown(question) == Truth::Yes
    }

    /// Whether a question is shown (*yes*), hidden for certain (*no*), or hidden for now (*open*).
    #[must_use]
    pub fn shown(&self, question: Idx<Question>) -> Truth {
        self.of(question).map_or(Truth::No, |standing| standing.shown)
    }

    /// The answer to a shown question, if it has one that still covers everything on offer.
    #[must_use]
    pub fn answer(&self, question: Idx<Question>) -> Option<&Answer> {
        if !self.is_shown(question) {
            return None;
        }
        self.value(question)
    }

    /// Whether a question was ever answered, though the answer may not count now.
    #[must_use]
    pub fn was_answered(&self, question: Idx<Question>) -> bool {
        self.answers.get(question).is_some()
    }

    /// What a question counts as: its answer, or what it is said to be while it is hidden for certain.
    #[must_use]
    pub fn value(&self, question: Idx<Question>) -> Option<&Answer> {
        match &self.of(question)?.value {
            Value::Open => None,
            Value::Given => self.answers.get(question),
            Value::Narrowed(answer) => Some(answer),
            Value::Otherwise => self.questionnaire.questions[question].otherwise.as_ref(),
        }
    }

    /// The questions that are shown, in file order.
    #[must_use]
    pub fn shown_questions(&self) -> impl DoubleEndedIterator<Item = Idx<Question>> {
        self.questionnaire.questions.iter().map(|(question, _)| question).filter(|question| self.is_shown(*question))
    }

    /// The options that a shown question offers, in file order.
    #[must_use]
    pub fn offered(&self, question: Idx<Question>) -> Vec<Idx<Choice>> {
        let asked = &self.questionnaire.questions[question];
        let all = asked.options().into_iter().flat_map(|options| options.iter().map(|(option, _)| option));
        match &asked.kind {
            Kind::Many { from: Some(from), .. } => match self.value(*from) {
                Some(Answer::Many { ticked, .. }) => all.filter(|option| ticked.contains(option)).collect(),
                _ => Vec::new(),
            },
            Kind::One(_) | Kind::Many { from: None, .. } | Kind::Number { .. } => all.collect(),
        }
    }

    /// Whether a condition holds.
    #[must_use]
    pub fn truth(&self, condition: &Condition) -> Truth {
        condition.tables.iter().map(|table| self.table(table)).fold(Truth::No, Truth::or)
    }

    /// Whether one table of a condition holds.
    #[must_use]
    pub fn table(&self, table: &[Test]) -> Truth {
        table.iter().map(|test| self.test(test)).fold(Truth::Yes, Truth::and)
    }

    /// Whether one test of a condition holds.
    #[must_use]
    pub fn test(&self, test: &Test) -> Truth {
        match test {
            Test::Question { question, form } => self.value(*question).map_or(Truth::Open, |value| holds(form, value)),
            Test::Fact { fact, is } => is.of(self.fact(*fact)),
        }
    }

    /// Whether a fact holds.
    #[must_use]
    pub fn fact(&self, fact: Idx<Fact>) -> Truth {
        self.settled(fact).truth
    }

    /// Whether a condition is open for want of a question that is unasked or *not sure*, itself or one it hangs on.
    /// A question hidden for certain keeps nothing open.
    #[must_use]
    pub fn is_wanting(&self, condition: &Condition) -> bool {
        self.truth(condition) == Truth::Open && self.open_subjects(condition).any(|subject| self.wants(subject))
    }

    /// The questions whose answers wanting conditions wait for: shown ones that are unanswered or *not sure*.
    #[must_use]
    pub fn wanted<'c>(&self, conditions: impl Iterator<Item = &'c Condition>) -> BTreeSet<Idx<Question>> {
        let mut wanted = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<Subject> = conditions.flat_map(|condition| self.open_subjects(condition)).collect();
        while let Some(subject) = waiting.pop() {
            if !self.wants(subject) || !seen.insert(subject) {
                continue;
            }
            match subject {
                Subject::Fact(fact) => {
                    waiting.extend(self.open_subjects(&self.questionnaire.facts[fact].when));
                }
                Subject::Question(question) if self.is_shown(question) => match self.inherits_doubt(question) {
                    Some(source) => waiting.push(Subject::Question(source)),
                    None => {
                        wanted.insert(question);
                    }
                },
                Subject::Question(question) => {
                    let hidden = &self.questionnaire.questions[question];
                    waiting.extend(self.open_subjects(&hidden.when));
                    waiting.extend(hidden.from().map(Subject::Question));
                }
            }
        }
        wanted
    }

    /// What the open tests of a condition look at, in the tables that are open themselves.
    fn open_subjects<'c>(&self, condition: &'c Condition) -> impl Iterator<Item = Subject> + use<'_, 'c, 'a> {
        condition
            .tables
            .iter()
            .filter(|table| self.table(table) == Truth::Open)
            .flatten()
            .filter(|test| self.test(test) == Truth::Open)
            .map(Test::subject)
    }

    /// Whether it is open what a question counts as, for want of an answer to it or to one it hangs on: one that is
    /// unasked or *not sure*.
    #[must_use]
    pub fn is_question_wanting(&self, question: Idx<Question>) -> bool {
        self.wants(Subject::Question(question))
    }

    fn wants(&self, subject: Subject) -> bool {
        match subject {
            Subject::Question(question) => self.of(question).is_some_and(|standing| standing.wanting),
            Subject::Fact(fact) => self.settled(fact).wanting,
        }
    }

    /// The question whose *not sure* marks are all that is unsure about an answered one.
    fn inherits_doubt(&self, question: Idx<Question>) -> Option<Idx<Question>> {
        let from = self.questionnaire.questions[question].from()?;
        let (Some(Answer::Many { ticked: on_offer, .. }), Some(value)) = (self.value(from), self.value(question))
        else {
            return None;
        };
        let own_doubt = match value {
            Answer::Many { unsure, .. } => !unsure.is_disjoint(on_offer),
            Answer::NotSure | Answer::One(_) | Answer::Number(_) => is_unsure(value),
        };
        (!own_doubt).then_some(from)
    }

    /// Whether a fact is otherwise than before.
    fn settle(&mut self, fact: Idx<Fact>) -> bool {
        let when = &self.questionnaire.facts[fact].when;
        let settled = Settled { truth: self.truth(when), wanting: self.is_wanting(when) };
        let slot = self.facts.get_mut(position(fact));
        slot.is_some_and(|slot| std::mem::replace(slot, settled) != settled)
    }

    fn standing(&self, question: Idx<Question>) -> Standing {
        let asked = &self.questionnaire.questions[question];
        let source = asked.from().map(|from| self.value(from));
        let ticked = source.map_or(Truth::Yes, |value| match value {
            Some(Answer::Many { ticked, unsure }) => !holds_of_many(&Form::Nothing, ticked, unsure),
            _ => Truth::Open,
        });
        let shown = self.truth(&asked.when).and(ticked);
        match shown {
            Truth::Yes => {
                let value = self.counted(question, source.flatten());
                let wanting = match &value {
                    Value::Given => self.answers.get(question).is_none_or(is_unsure),
                    Value::Narrowed(answer) => is_unsure(answer),
                    Value::Open | Value::Otherwise => true,
                };
                Standing { shown, value, wanting }
            }
            Truth::Open => {
                let source_wanting = asked.from().is_some_and(|from| self.wants(Subject::Question(from)));
                let wanting = self.is_wanting(&asked.when) || (ticked == Truth::Open && source_wanting);
                Standing { shown, value: Value::Open, wanting }
            }
            Truth::No => Standing { shown, value: Value::Otherwise, wanting: false },
        }
    }

    /// What the answer to a shown question counts as. With `from`, only what is on offer counts, and what is *not sure*
    /// there is *not sure* here.
    fn counted(&self, question: Idx<Question>, source: Option<&Answer>) -> Value {
        let Some(given) = self.answers.given(question) else { return Value::Open };
        let Some(Answer::Many { ticked: on_offer, unsure: doubted }) = source else {
            let mut options = self.questionnaire.questions[question].options().into_iter().flat_map(Arena::iter);
            let is_covered = |offered: &BTreeSet<_>| options.all(|(option, _)| offered.contains(&option));
            return if given.offered.as_ref().is_none_or(is_covered) { Value::Given } else { Value::Open };
        };
        if given.offered.as_ref().is_some_and(|offered| !on_offer.is_subset(offered)) {
            return Value::Open;
        }
        let Answer::Many { ticked, unsure } = &given.answer else { return Value::Given };
        let narrowed = Answer::Many { ticked: ticked & on_offer, unsure: &(unsure & on_offer) | doubted };
        Value::Narrowed(Box::new(narrowed))
    }

    fn of(&self, question: Idx<Question>) -> Option<&Standing> {
        self.questions.get(position(question))
    }

    fn settled(&self, fact: Idx<Fact>) -> Settled {
        let unknown = Settled { truth: Truth::Open, wanting: false };
        self.facts.get(position(fact)).copied().unwrap_or(unknown)
    }
}

/// Whether an answer leaves anything *not sure*.
#[must_use]
pub fn is_unsure(answer: &Answer) -> bool {
    match answer {
        Answer::NotSure => true,
        Answer::Many { unsure, .. } => !unsure.is_empty(),
        Answer::One(_) | Answer::Number(_) => false,
    }
}

/// Whether an answer is what a form asks for.
pub(crate) fn holds(form: &Form, value: &Answer) -> Truth {
    match (form, value) {
        (Form::NotSure, value) => Truth::from(*value == Answer::NotSure),
        (_, Answer::NotSure) => Truth::Open,
        (Form::Any(options), Answer::One(chosen)) => Truth::from(options.contains(chosen)),
        (Form::Not(option), Answer::One(chosen)) => Truth::from(option != chosen),
        (Form::Number(comparison), Answer::Number(number)) => Truth::from(comparison.holds(*number)),
        (form, Answer::Many { ticked, unsure }) => holds_of_many(form, ticked, unsure),
        // A form that its question cannot answer is refused when the file is read.
        (_, Answer::One(_) | Answer::Number(_)) => Truth::Open,
    }
}

fn holds_of_many(form: &Form, ticked: &BTreeSet<Idx<Choice>>, unsure: &BTreeSet<Idx<Choice>>) -> Truth {
    let tick = |option: &Idx<Choice>| {
        if unsure.contains(option) { Truth::Open } else { Truth::from(ticked.contains(option)) }
    };
    match form {
        Form::Any(options) => options.iter().map(tick).fold(Truth::No, Truth::or),
        Form::Not(option) => !tick(option),
        Form::All(options) => options.iter().map(tick).fold(Truth::Yes, Truth::and),
        Form::Count { of: Some(options), count } => {
            let certain = options.iter().filter(|option| tick(option) == Truth::Yes).count();
            let possible = options.iter().filter(|option| tick(option) != Truth::No).count();
            count.holds_within(certain, possible)
        }
        Form::Count { of: None, count } => count.holds_within(ticked.len(), ticked.len() + unsure.len()),
        Form::Nothing if !ticked.is_empty() => Truth::No,
        Form::Nothing if !unsure.is_empty() => Truth::Open,
        Form::Nothing => Truth::Yes,
        Form::NotSure | Form::Number(_) => Truth::Open,
    }
}
