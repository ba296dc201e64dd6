//! What the answers amount to: which questions are shown, what each counts as, and which conditions hold.
//!
//! An evaluation is computed from the answers in one pass in file order, because a question looks only back. One more
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
pub struct Evaluation<'a> {
    questionnaire: &'a Questionnaire,
    answers: Cow<'a, Answers>,
    questions: Vec<QuestionState>,
    facts: Vec<FactState>,
}

/// How a question stands.
#[derive(Debug, Clone, PartialEq)]
struct QuestionState {
    /// Whether the question is shown: only when this is *yes*.
    shown: Truth,
    /// What the question counts as.
    value: EffectiveAnswer,
    /// Whether an open test of it is open for want of an answer that could still be given.
    awaits_answer: bool,
}

/// What a question counts as.
#[derive(Debug, Clone, PartialEq)]
enum EffectiveAnswer {
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
struct FactState {
    truth: Truth,
    awaits_answer: bool,
}

/// Two evaluations in one questionnaire.
impl PartialEq for Evaluation<'_> {
    fn eq(&self, other: &Evaluation<'_>) -> bool {
        (&self.answers, &self.questions, &self.facts) == (&other.answers, &other.questions, &other.facts)
    }
}

impl<'a> Evaluation<'a> {
    /// Works out what the answers amount to.
    #[must_use]
    pub fn new(questionnaire: &'a Questionnaire, answers: &'a Answers) -> Evaluation<'a> {
        Evaluation::evaluate(questionnaire, Cow::Borrowed(answers))
    }

    /// Works out what answers amount to, and keeps them.
    #[must_use]
    pub fn owning(questionnaire: &'a Questionnaire, answers: Answers) -> Evaluation<'a> {
        Evaluation::evaluate(questionnaire, Cow::Owned(answers))
    }

    fn evaluate(questionnaire: &'a Questionnaire, answers: Cow<'a, Answers>) -> Evaluation<'a> {
        let mut evaluation = Evaluation {
            questionnaire,
            answers,
            questions: Vec::with_capacity(questionnaire.questions.len()),
            facts: vec![FactState { truth: Truth::Open, awaits_answer: false }; questionnaire.facts.len()],
        };
        for subject in questionnaire.dependents.order() {
            match subject {
                Subject::Question(question) => {
                    let standing = evaluation.evaluate_question(*question);
                    evaluation.questions.push(standing);
                }
                Subject::Fact(fact) => {
                    evaluation.evaluate_fact(*fact);
                }
            }
        }
        evaluation
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
        self.question_state(question).map_or(Truth::No, |standing| standing.shown)
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
        match &self.question_state(question)?.value {
            EffectiveAnswer::Open => None,
            EffectiveAnswer::Given => self.answers.get(question),
            EffectiveAnswer::Narrowed(answer) => Some(answer),
            EffectiveAnswer::Otherwise => self.questionnaire.questions[question].otherwise.as_ref(),
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
        self.fact_state(fact).truth
    }

    /// Whether a condition is open for want of a question that is unasked or *not sure*, itself or one it hangs on.
    /// A question hidden for certain keeps nothing open.
    #[must_use]
    pub fn awaits_answer(&self, condition: &Condition) -> bool {
        self.truth(condition) == Truth::Open
            && self.open_subjects(condition).any(|subject| self.subject_awaits_answer(subject))
    }

    /// The questions whose answers wanting conditions wait for: shown ones that are unanswered or *not sure*.
    #[must_use]
    pub fn questions_awaited<'c>(&self, conditions: impl Iterator<Item = &'c Condition>) -> BTreeSet<Idx<Question>> {
        let mut wanted = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<Subject> = conditions.flat_map(|condition| self.open_subjects(condition)).collect();
        while let Some(subject) = waiting.pop() {
            if !self.subject_awaits_answer(subject) || !seen.insert(subject) {
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
    pub fn question_awaits_answer(&self, question: Idx<Question>) -> bool {
        self.subject_awaits_answer(Subject::Question(question))
    }

    fn subject_awaits_answer(&self, subject: Subject) -> bool {
        match subject {
            Subject::Question(question) => self.question_state(question).is_some_and(|standing| standing.awaits_answer),
            Subject::Fact(fact) => self.fact_state(fact).awaits_answer,
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
    fn evaluate_fact(&mut self, fact: Idx<Fact>) -> bool {
        let when = &self.questionnaire.facts[fact].when;
        let settled = FactState { truth: self.truth(when), awaits_answer: self.awaits_answer(when) };
        let slot = self.facts.get_mut(position(fact));
        slot.is_some_and(|slot| std::mem::replace(slot, settled) != settled)
    }

    fn evaluate_question(&self, question: Idx<Question>) -> QuestionState {
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
                    EffectiveAnswer::Given => self.answers.get(question).is_none_or(is_unsure),
                    EffectiveAnswer::Narrowed(answer) => is_unsure(answer),
                    EffectiveAnswer::Open | EffectiveAnswer::Otherwise => true,
                };
                QuestionState { shown, value, awaits_answer: wanting }
            }
            Truth::Open => {
                let source_wanting =
                    asked.from().is_some_and(|from| self.subject_awaits_answer(Subject::Question(from)));
                let wanting = self.awaits_answer(&asked.when) || (ticked == Truth::Open && source_wanting);
                QuestionState { shown, value: EffectiveAnswer::Open, awaits_answer: wanting }
            }
            Truth::No => QuestionState { shown, value: EffectiveAnswer::Otherwise, awaits_answer: false },
        }
    }

    /// What the answer to a shown question counts as. With `from`, only what is on offer counts, and what is *not sure*
    /// there is *not sure* here.
    fn counted(&self, question: Idx<Question>, source: Option<&Answer>) -> EffectiveAnswer {
        let Some(given) = self.answers.given(question) else { return EffectiveAnswer::Open };
        let Some(Answer::Many { ticked: on_offer, unsure: doubted }) = source else {
            let mut options = self.questionnaire.questions[question].options().into_iter().flat_map(Arena::iter);
            let is_covered = |offered: &BTreeSet<_>| options.all(|(option, _)| offered.contains(&option));
            return if given.offered.as_ref().is_none_or(is_covered) {
                EffectiveAnswer::Given
            } else {
                EffectiveAnswer::Open
            };
        };
        if given.offered.as_ref().is_some_and(|offered| !on_offer.is_subset(offered)) {
            return EffectiveAnswer::Open;
        }
        let Answer::Many { ticked, unsure } = &given.answer else { return EffectiveAnswer::Given };
        let narrowed = Answer::Many { ticked: ticked & on_offer, unsure: &(unsure & on_offer) | doubted };
        EffectiveAnswer::Narrowed(Box::new(narrowed))
    }

    fn question_state(&self, question: Idx<Question>) -> Option<&QuestionState> {
        self.questions.get(position(question))
    }

    fn fact_state(&self, fact: Idx<Fact>) -> FactState {
        let unknown = FactState { truth: Truth::Open, awaits_answer: false };
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
