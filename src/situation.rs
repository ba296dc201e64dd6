//! What the answers amount to: which questions are shown, what each counts as, and which conditions hold.
//!
//! A situation is computed from the answers in one pass in file order, because a question looks only back. Nothing in
//! it is stored elsewhere.

use std::borrow::Cow;
use std::collections::BTreeSet;

use la_arena::{Arena, Idx};

use crate::questionnaire::{
    Answer, Choice, Condition, Fact, Form, Kind, Question, Questionnaire, Subject, Test, Truth, position,
};

/// The answers given so far, also those to questions that are hidden now.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    given: Vec<Option<Given>>,
}

/// An answer, and to what it was given.
#[derive(Debug, Clone, PartialEq)]
struct Given {
    answer: Answer,
    /// The options that were on offer; `None` where they never change.
    offered: Option<BTreeSet<Idx<Choice>>>,
}

impl Answers {
    /// No answers.
    #[must_use]
    pub fn new() -> Answers {
        Answers::default()
    }

    /// The answer to a question, whether or not the question is shown now.
    #[must_use]
    pub fn get(&self, question: Idx<Question>) -> Option<&Answer> {
        self.given(question).map(|given| &given.answer)
    }

    /// The options that an answer is about; `None` when it is about all of them.
    #[must_use]
    pub fn offered(&self, question: Idx<Question>) -> Option<&BTreeSet<Idx<Choice>>> {
        self.given(question)?.offered.as_ref()
    }

    /// Gives an answer about everything that the question could ever offer.
    pub fn set(&mut self, question: Idx<Question>, answer: Answer) {
        self.put(question, Given { answer, offered: None });
    }

    /// Gives an answer about the options on offer; options that are offered later make it unanswered again.
    pub fn set_offered(&mut self, question: Idx<Question>, answer: Answer, offered: BTreeSet<Idx<Choice>>) {
        self.put(question, Given { answer, offered: Some(offered) });
    }

    /// Takes an answer back.
    pub fn unset(&mut self, question: Idx<Question>) {
        if let Some(slot) = self.given.get_mut(position(question)) {
            *slot = None;
        }
    }

    /// Whether nothing has been answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.given.iter().all(Option::is_none)
    }

    fn put(&mut self, question: Idx<Question>, given: Given) {
        let at = position(question);
        if self.given.len() <= at {
            self.given.resize(at + 1, None);
        }
        if let Some(slot) = self.given.get_mut(at) {
            *slot = Some(given);
        }
    }

    fn given(&self, question: Idx<Question>) -> Option<&Given> {
        self.given.get(position(question))?.as_ref()
    }
}

/// What the answers amount to.
#[derive(Debug, Clone)]
pub struct Situation<'a> {
    questionnaire: &'a Questionnaire,
    answers: &'a Answers,
    questions: Vec<Standing<'a>>,
    facts: Vec<Settled>,
}

/// How a question stands.
#[derive(Debug, Clone)]
struct Standing<'a> {
    /// Whether the question is shown: only when this is *yes*.
    shown: Truth,
    /// What the question counts as; `None` while that is open.
    value: Option<Cow<'a, Answer>>,
    /// Whether an open test of it is open for want of an answer that could still be given.
    wanting: bool,
}

#[derive(Debug, Clone, Copy)]
struct Settled {
    truth: Truth,
    wanting: bool,
}

impl<'a> Situation<'a> {
    /// Works out what the answers amount to.
    #[must_use]
    pub fn new(questionnaire: &'a Questionnaire, answers: &'a Answers) -> Situation<'a> {
        let mut situation = Situation {
            questionnaire,
            answers,
            questions: Vec::with_capacity(questionnaire.questions.len()),
            facts: vec![Settled { truth: Truth::Open, wanting: false }; questionnaire.facts.len()],
        };
        // Each fact is settled as soon as the questions that it tests are, so that later questions may test it.
        let mut facts = questionnaire.facts_by_settling().into_iter().peekable();
        for (question, _) in questionnaire.questions.iter() {
            while let Some((fact, _)) = facts.next_if(|(_, settled_by)| *settled_by <= position(question)) {
                situation.settle(fact);
            }
            let standing = situation.standing(question);
            situation.questions.push(standing);
        }
        for (fact, _) in facts {
            situation.settle(fact);
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
    pub fn answers(&self) -> &'a Answers {
        self.answers
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
        self.of(question)?.value.as_deref()
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

    /// The questions whose answers a wanting condition waits for: shown ones that are unanswered or *not sure*.
    #[must_use]
    pub fn wanted(&self, condition: &Condition) -> BTreeSet<Idx<Question>> {
        let mut wanted = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<Subject> = self.open_subjects(condition).collect();
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
    fn open_subjects<'s>(&'s self, condition: &'s Condition) -> impl Iterator<Item = Subject> + 's {
        condition
            .tables
            .iter()
            .filter(|table| self.table(table) == Truth::Open)
            .flatten()
            .filter(|test| self.test(test) == Truth::Open)
            .map(Test::subject)
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

    fn settle(&mut self, fact: Idx<Fact>) {
        let when = &self.questionnaire.facts[fact].when;
        let settled = Settled { truth: self.truth(when), wanting: self.is_wanting(when) };
        if let Some(slot) = self.facts.get_mut(position(fact)) {
            *slot = settled;
        }
    }

    fn standing(&self, question: Idx<Question>) -> Standing<'a> {
        let asked = &self.questionnaire.questions[question];
        let source = asked.from().map(|from| self.value(from));
        let ticked = source.map_or(Truth::Yes, |value| match value {
            Some(Answer::Many { ticked, unsure }) => !holds_of_many(&Form::Nothing, ticked, unsure),
            _ => Truth::Open,
        });
        let shown = self.truth(&asked.when).and(ticked);
        match shown {
            Truth::Yes => {
                let value = self.given(question, source.flatten());
                let wanting = value.as_deref().is_none_or(is_unsure);
                Standing { shown, value, wanting }
            }
            Truth::Open => {
                let source_wanting = asked.from().is_some_and(|from| self.wants(Subject::Question(from)));
                let wanting = self.is_wanting(&asked.when) || (ticked == Truth::Open && source_wanting);
                Standing { shown, value: None, wanting }
            }
            Truth::No => Standing { shown, value: asked.otherwise.as_ref().map(Cow::Borrowed), wanting: false },
        }
    }

    /// The answer to a shown question. With `from`, only what is on offer counts, and what is *not sure* there is
    /// *not sure* here.
    fn given(&self, question: Idx<Question>, source: Option<&Answer>) -> Option<Cow<'a, Answer>> {
        let given = self.answers.given(question)?;
        let Some(Answer::Many { ticked: on_offer, unsure: doubted }) = source else {
            let mut options = self.questionnaire.questions[question].options().into_iter().flat_map(Arena::iter);
            let is_covered = |offered: &BTreeSet<_>| options.all(|(option, _)| offered.contains(&option));
            return given.offered.as_ref().is_none_or(is_covered).then_some(Cow::Borrowed(&given.answer));
        };
        if given.offered.as_ref().is_some_and(|offered| !on_offer.is_subset(offered)) {
            return None;
        }
        let Answer::Many { ticked, unsure } = &given.answer else {
            return Some(Cow::Borrowed(&given.answer));
        };
        Some(Cow::Owned(Answer::Many { ticked: ticked & on_offer, unsure: &(unsure & on_offer) | doubted }))
    }

    fn of(&self, question: Idx<Question>) -> Option<&Standing<'a>> {
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
