//! The answers evaluated: which questions are shown, the effective answer to each, and which conditions are yes, no or
//! open.
//!
//! One pass computes everything, in an order in which each question and fact comes after all that it tests
//! ([`DependencyGraph::evaluation_order`](crate::questionnaire::DependencyGraph::evaluation_order)).

mod forms;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use la_arena::{Arena, Idx};

use crate::engine::answers::{Answers, Given};
use crate::questionnaire::{
    Answer, Choice, Condition, Fact, Form, Kind, OptionSet, Question, Questionnaire, Subject, Test, Truth, position,
};
pub(crate) use forms::holds;
use forms::holds_of_many;

/// The answers to a questionnaire, evaluated.
#[derive(Debug, Clone)]
pub struct Evaluation<'a> {
    questionnaire: &'a Questionnaire,
    answers: Cow<'a, Answers>,
    questions: Vec<QuestionState>,
    facts: Vec<ConditionState>,
}

#[derive(Debug, Clone)]
struct QuestionState {
    /// The question is shown while this is *yes*, and hidden for certain while it is *no*.
    shown: Truth,
    value: EffectiveAnswer,
    /// Whether conditions on this question are undecided because a question that can still be answered has no answer,
    /// or *not sure*.
    awaits_answer: bool,
}

/// The answer that conditions see.
#[derive(Debug, Clone)]
enum EffectiveAnswer {
    /// None: conditions on it are open.
    Open,
    /// The answer that was given.
    Given,
    /// That answer, cut down to the options on offer, with the ones that are *not sure* in the source question added.
    Narrowed(Box<Answer>),
    /// The `otherwise` of the question, which is hidden for certain.
    Otherwise,
}

/// What a condition is, and while it is open, why.
#[derive(Debug, Clone, Copy)]
pub(super) struct ConditionState {
    pub(super) truth: Truth,
    /// See [`Evaluation::awaits_answer`].
    pub(super) awaits_answer: bool,
    /// See [`Evaluation::is_doubtful`].
    pub(super) is_doubtful: bool,
}

impl ConditionState {
    fn of(truth: Truth) -> ConditionState {
        ConditionState { truth, awaits_answer: false, is_doubtful: false }
    }
}

impl<'a> Evaluation<'a> {
    /// Evaluates answers.
    #[must_use]
    pub fn new(questionnaire: &'a Questionnaire, answers: &'a Answers) -> Evaluation<'a> {
        Evaluation::evaluate(questionnaire, Cow::Borrowed(answers))
    }

    /// Evaluates answers and keeps them.
    #[must_use]
    pub fn owning(questionnaire: &'a Questionnaire, answers: Answers) -> Evaluation<'a> {
        Evaluation::evaluate(questionnaire, Cow::Owned(answers))
    }

    fn evaluate(questionnaire: &'a Questionnaire, answers: Cow<'a, Answers>) -> Evaluation<'a> {
        let mut evaluation = Evaluation {
            questionnaire,
            answers,
            questions: Vec::with_capacity(questionnaire.questions.len()),
            facts: vec![ConditionState::of(Truth::Open); questionnaire.facts.len()],
        };
        for subject in questionnaire.dependency_graph.evaluation_order() {
            match subject {
                Subject::Question(question) => {
                    let state = evaluation.evaluate_question(*question);
                    evaluation.questions.push(state);
                }
                Subject::Fact(fact) => {
                    let state = evaluation.evaluate_fact(*fact);
                    if let Some(slot) = evaluation.facts.get_mut(position(*fact)) {
                        *slot = state;
                    }
                }
            }
        }
        evaluation
    }

    /// Gives an answer, or takes it back, and evaluates again what depends on it: `dependents`, all questions and facts
    /// that do, in the order of evaluation. What stood there before comes back.
    pub(super) fn put(
        &mut self,
        question: Idx<Question>,
        given: Option<Given>,
        dependents: &[Subject],
    ) -> Option<Given> {
        let before = self.answers.to_mut().put(question, given);
        self.reevaluate(Subject::Question(question));
        for subject in dependents {
            self.reevaluate(*subject);
        }
        before
    }

    fn reevaluate(&mut self, subject: Subject) {
        match subject {
            Subject::Question(question) => {
                let state = self.evaluate_question(question);
                if let Some(slot) = self.questions.get_mut(position(question)) {
                    *slot = state;
                }
            }
            Subject::Fact(fact) => {
                let state = self.evaluate_fact(fact);
                if let Some(slot) = self.facts.get_mut(position(fact)) {
                    *slot = state;
                }
            }
        }
    }

    /// The questionnaire that the answers belong to.
    #[must_use]
    pub fn questionnaire(&self) -> &'a Questionnaire {
        self.questionnaire
    }

    /// The answers that were evaluated, including those to hidden questions.
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
        self.question_state(question).map_or(Truth::No, |state| state.shown)
    }

    /// The answer to a shown question; `None` when it has none, or when options were added since it was given.
    #[must_use]
    pub fn answer(&self, question: Idx<Question>) -> Option<&Answer> {
        if !self.is_shown(question) {
            return None;
        }
        self.effective_answer(question)
    }

    /// Whether a question has an answer, even one that is ignored now because the question is hidden.
    #[must_use]
    pub fn was_answered(&self, question: Idx<Question>) -> bool {
        self.answers.get(question).is_some()
    }

    /// The effective answer, which conditions see: the one given, or `otherwise` while the question is hidden for
    /// certain.
    #[must_use]
    pub fn effective_answer(&self, question: Idx<Question>) -> Option<&Answer> {
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
            Kind::Many { from: Some(from), .. } => match self.effective_answer(*from) {
                Some(Answer::Many { ticked, .. }) => all.filter(|option| ticked.contains(option)).collect(),
                _ => Vec::new(),
            },
            Kind::One(_) | Kind::Many { from: None, .. } | Kind::Number { .. } => all.collect(),
        }
    }

    /// Whether a condition is *yes*, *no* or *open*.
    #[must_use]
    pub fn truth(&self, condition: &Condition) -> Truth {
        let mut truth = Truth::No;
        for table in &condition.tables {
            truth = truth.or(self.table(table));
            if truth == Truth::Yes {
                break;
            }
        }
        truth
    }

    /// Whether one table of a condition is *yes*, *no* or *open*.
    #[must_use]
    pub fn table(&self, table: &[Test]) -> Truth {
        let mut truth = Truth::Yes;
        for test in table {
            truth = truth.and(self.test(test));
            if truth == Truth::No {
                break;
            }
        }
        truth
    }

    /// Whether one test of a condition is *yes*, *no* or *open*.
    #[must_use]
    pub fn test(&self, test: &Test) -> Truth {
        match test {
            Test::Question { question, form } => {
                self.effective_answer(*question).map_or(Truth::Open, |value| holds(form, value))
            }
            Test::Fact { fact, is } => is.truth(self.fact(*fact)),
        }
    }

    /// Whether a fact is *yes*, *no* or *open*.
    #[must_use]
    pub fn fact(&self, fact: Idx<Fact>) -> Truth {
        self.fact_state(fact).truth
    }

    /// Whether a condition is open because a question that can still be answered has no answer or *not sure*: one that
    /// it tests, or one that those depend on. A question hidden for certain keeps no condition open.
    #[must_use]
    pub fn awaits_answer(&self, condition: &Condition) -> bool {
        self.condition_state(condition).awaits_answer
    }

    /// Whether a condition is open because of doubt, not of silence: one of its open tables has an open test of a shown
    /// question that is answered (so *not sure*, as a whole or about what is tested), or of a fact that is doubtful.
    #[must_use]
    pub fn is_doubtful(&self, condition: &Condition) -> bool {
        self.condition_state(condition).is_doubtful
    }

    /// What a condition is, and while it is open, why: all in one walk through it.
    pub(super) fn condition_state(&self, condition: &Condition) -> ConditionState {
        let mut state = ConditionState::of(Truth::No);
        for table in &condition.tables {
            let table = self.table_state(table);
            match table.truth {
                Truth::Yes => return table,
                Truth::No => {}
                Truth::Open => {
                    state.truth = Truth::Open;
                    state.awaits_answer |= table.awaits_answer;
                    state.is_doubtful |= table.is_doubtful;
                }
            }
        }
        state
    }

    fn table_state(&self, table: &[Test]) -> ConditionState {
        let mut state = ConditionState::of(Truth::Yes);
        for test in table {
            match self.test(test) {
                Truth::Yes => {}
                Truth::No => return ConditionState::of(Truth::No),
                Truth::Open => {
                    state.truth = Truth::Open;
                    state.awaits_answer |= self.subject_awaits_answer(test.subject());
                    state.is_doubtful |= self.is_doubtful_test(test);
                }
            }
        }
        state
    }

    /// Whether an open test makes its table doubtful.
    fn is_doubtful_test(&self, test: &Test) -> bool {
        match test {
            Test::Question { question, .. } => self.answer(*question).is_some(),
            Test::Fact { fact, .. } => self.fact_state(*fact).is_doubtful,
        }
    }

    /// The tests that make an open condition doubtful.
    fn doubtful_tests<'c>(&self, condition: &'c Condition) -> impl Iterator<Item = &'c Test> + use<'_, 'c, 'a> {
        self.open_tests(condition).filter(|test| self.is_doubtful_test(test))
    }

    /// The *not sure* answers that make a condition doubtful, directly or through facts, in file order: each question with
    /// the tested options that are *not sure*, or with none when the whole answer is.
    #[must_use]
    pub fn doubts(&self, condition: &Condition) -> BTreeMap<Idx<Question>, BTreeSet<Idx<Choice>>> {
        let mut doubts: BTreeMap<Idx<Question>, BTreeSet<Idx<Choice>>> = BTreeMap::new();
        let mut facts = BTreeSet::new();
        let mut waiting: Vec<&Test> = self.doubtful_tests(condition).collect();
        while let Some(test) = waiting.pop() {
            match test {
                Test::Question { question, form } => {
                    let doubted = doubts.entry(*question).or_default();
                    if let Some(Answer::Many { unsure, .. }) = self.effective_answer(*question) {
                        doubted.extend(
                            unsure.iter().filter(|option| form.options().is_empty() || form.options().contains(option)),
                        );
                    }
                }
                Test::Fact { fact, .. } if facts.insert(*fact) => {
                    waiting.extend(self.doubtful_tests(&self.questionnaire.facts[*fact].when));
                }
                Test::Fact { .. } => {}
            }
        }
        doubts
    }

    /// The questions that keep these conditions open: shown ones without an answer, or with *not sure*.
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

    /// The open tests of a condition, in those of its tables that are open.
    fn open_tests<'c>(&self, condition: &'c Condition) -> impl Iterator<Item = &'c Test> + use<'_, 'c, 'a> {
        let open_tables = condition.tables.iter().filter(|table| self.table(table) == Truth::Open);
        open_tables.flatten().filter(|test| self.test(test) == Truth::Open)
    }

    fn open_subjects<'c>(&self, condition: &'c Condition) -> impl Iterator<Item = Subject> + use<'_, 'c, 'a> {
        self.open_tests(condition).map(Test::subject)
    }

    /// Whether conditions on a question are open because it, or a question that it depends on, can still be answered and
    /// has no answer or *not sure*.
    #[must_use]
    pub fn question_awaits_answer(&self, question: Idx<Question>) -> bool {
        self.subject_awaits_answer(Subject::Question(question))
    }

    fn subject_awaits_answer(&self, subject: Subject) -> bool {
        match subject {
            Subject::Question(question) => self.question_state(question).is_some_and(|state| state.awaits_answer),
            Subject::Fact(fact) => self.fact_state(fact).awaits_answer,
        }
    }

    /// The source question (`from`) when only its *not sure* marks make the answer to this one unsure.
    fn inherits_doubt(&self, question: Idx<Question>) -> Option<Idx<Question>> {
        let from = self.questionnaire.questions[question].from()?;
        let (Some(Answer::Many { ticked: on_offer, .. }), Some(value)) =
            (self.effective_answer(from), self.effective_answer(question))
        else {
            return None;
        };
        let own_doubt = match value {
            Answer::Many { unsure, .. } => !unsure.is_disjoint(on_offer),
            Answer::NotSure | Answer::One(_) | Answer::Number(_) => is_unsure(value),
        };
        (!own_doubt).then_some(from)
    }

    fn evaluate_fact(&self, fact: Idx<Fact>) -> ConditionState {
        self.condition_state(&self.questionnaire.facts[fact].when)
    }

    fn evaluate_question(&self, question: Idx<Question>) -> QuestionState {
        let asked = &self.questionnaire.questions[question];
        let source = asked.from().map(|from| self.effective_answer(from));
        let ticked = match (asked.from(), source.flatten()) {
            (None, _) => Truth::Yes,
            (Some(_), Some(Answer::Many { ticked, unsure })) => !holds_of_many(&Form::Nothing, ticked, unsure),
            (Some(from), None) if self.shown(from) == Truth::No => Truth::No,
            (Some(_), _) => Truth::Open,
        };
        let shown = self.truth(&asked.when).and(ticked);
        match shown {
            Truth::Yes => {
                let value = self.effective_answer_to_shown(question, source.flatten());
                let awaits_answer = match &value {
                    EffectiveAnswer::Given => self.answers.get(question).is_none_or(is_unsure),
                    EffectiveAnswer::Narrowed(answer) => is_unsure(answer),
                    EffectiveAnswer::Open | EffectiveAnswer::Otherwise => true,
                };
                QuestionState { shown, value, awaits_answer }
            }
            Truth::Open => {
                let source_awaits_answer =
                    asked.from().is_some_and(|from| self.subject_awaits_answer(Subject::Question(from)));
                let awaits_answer = self.awaits_answer(&asked.when) || (ticked == Truth::Open && source_awaits_answer);
                QuestionState { shown, value: EffectiveAnswer::Open, awaits_answer }
            }
            Truth::No => QuestionState { shown, value: EffectiveAnswer::Otherwise, awaits_answer: false },
        }
    }

    /// The effective answer to a shown question. With `from`, it is cut down to the options on offer, and an option
    /// that is *not sure* in the source question is *not sure* here.
    fn effective_answer_to_shown(&self, question: Idx<Question>, source: Option<&Answer>) -> EffectiveAnswer {
        let Some(given) = self.answers.given(question) else { return EffectiveAnswer::Open };
        let Some(Answer::Many { ticked: on_offer, unsure: doubted }) = source else {
            let mut options = self.questionnaire.questions[question].options().into_iter().flat_map(Arena::iter);
            let is_covered = |offered: &OptionSet| options.all(|(option, _)| offered.contains(&option));
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

    fn fact_state(&self, fact: Idx<Fact>) -> ConditionState {
        self.facts.get(position(fact)).copied().unwrap_or(ConditionState::of(Truth::Open))
    }
}

/// Whether an answer is *not sure*, as a whole or about an option.
#[must_use]
pub fn is_unsure(answer: &Answer) -> bool {
    match answer {
        Answer::NotSure => true,
        Answer::Many { unsure, .. } => !unsure.is_empty(),
        Answer::One(_) | Answer::Number(_) => false,
    }
}
