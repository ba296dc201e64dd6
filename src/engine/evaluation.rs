//! The answers evaluated: which questions are shown, the effective answer to each, and which conditions are yes, no or
//! open.
//!
//! One pass computes everything, in an order in which each question and fact comes after all that it tests
//! ([`DependencyGraph::evaluation_order`](crate::questionnaire::DependencyGraph::evaluation_order)).

mod awaited;
mod forms;
mod state;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use la_arena::{Arena, Idx};

use crate::engine::answers::{Answers, Given};
use crate::questionnaire::{
    Answer, Choice, Condition, Entry, Fact, FactTest, Form, Kind, OptionSet, Question, Questionnaire, Subject, Test,
    TestsOn, Truth, fact_test, position,
};
pub(crate) use forms::holds;
use forms::holds_of_many;
use state::State;

/// The answers to a questionnaire, evaluated.
#[derive(Debug, Clone)]
pub struct Evaluation<'a> {
    questionnaire: &'a Questionnaire,
    answers: Cow<'a, Answers>,
    questions: Vec<QuestionState>,
    /// By the numbers of the tests. A fact is what the test is whether it is *yes*.
    tests: Vec<State>,
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
            tests: vec![State::open(false, false); questionnaire.test_table.count()],
        };
        for subject in questionnaire.dependency_graph.evaluation_order() {
            evaluation.reevaluate(*subject);
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
                match self.questions.get_mut(position(question)) {
                    Some(slot) => *slot = state,
                    None => self.questions.push(state),
                }
                self.judge_tests_on(question);
            }
            Subject::Fact(fact) => {
                let state = self.condition_state(&self.questionnaire.facts[fact].when);
                for is in [FactTest::Holds, FactTest::Fails, FactTest::Known] {
                    if let Some(test) = self.tests.get_mut(fact_test(fact, is)) {
                        *test = state.or_known(is.truth(state.truth()));
                    }
                }
            }
        }
    }

    fn judge_tests_on(&mut self, question: Idx<Question>) {
        let table = &self.questionnaire.test_table;
        let TestsOn { first, any, not, others } = table.tests_on(question);
        let mut tests = std::mem::take(&mut self.tests);
        let open = State::open(self.question_awaits_answer(question), self.answer(question).is_some());
        let answer = self.effective_answer(question);
        let is_known = answer.is_some_and(|answer| *answer != Answer::NotSure);
        let mut states = tests.get_mut(first..).unwrap_or_default().iter_mut();
        for (count, unticked) in [(any, State::NO), (not, State::YES)] {
            let state = if is_known { unticked } else { open };
            states.by_ref().take(count).for_each(|test| *test = state);
        }
        for (form, state) in others.iter().zip(states) {
            *state = open.or_known(judge(form, answer));
        }
        let mut mark = |option, truth: Truth| {
            for name in table.names(question, option) {
                if let Some(test) = tests.get_mut(name.test()) {
                    *test = open.or_known(if name.is_not() { !truth } else { truth });
                }
            }
        };
        match answer {
            Some(Answer::One(option)) => mark(*option, Truth::Yes),
            Some(Answer::Many { ticked, unsure }) => {
                // One tick is enough, whatever else is not sure.
                unsure.iter().for_each(|option| mark(option, Truth::Open));
                ticked.iter().for_each(|option| mark(option, Truth::Yes));
            }
            None | Some(Answer::NotSure | Answer::Number(_)) => {}
        }
        self.tests = tests;
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
        self.condition_state(condition).truth()
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
            Test::Question { question, form } => judge(form, self.effective_answer(*question)),
            Test::Fact { fact, is } => is.truth(self.fact(*fact)),
        }
    }

    /// Whether a fact is *yes*, *no* or *open*.
    #[must_use]
    pub fn fact(&self, fact: Idx<Fact>) -> Truth {
        self.fact_state(fact).truth()
    }

    /// Whether a condition is open because a question that can still be answered has no answer or *not sure*: one that
    /// it tests, or one that those depend on. A question hidden for certain keeps no condition open.
    #[must_use]
    pub fn awaits_answer(&self, condition: &Condition) -> bool {
        self.condition_state(condition).awaits_answer()
    }

    /// Whether a condition is open because of doubt, not of silence: one of its open tables has an open test of a shown
    /// question that is answered (so *not sure*, as a whole or about what is tested), or of a fact that is doubtful.
    #[must_use]
    pub fn is_doubtful(&self, condition: &Condition) -> bool {
        self.condition_state(condition).is_doubtful()
    }

    /// What a condition is, and while it is open, why.
    pub(super) fn condition_state(&self, condition: &Condition) -> State {
        let state = |entry: &Entry| self.tests.get(entry.test()).copied().unwrap_or(State::YES);
        match self.questionnaire.test_table.entries(condition) {
            [] => State::YES,
            [only] => state(only),
            entries => State::of_condition(entries.iter().map(|entry| (state(entry), entry.ends_table()))),
        }
    }

    /// Whether an open test of this makes its table doubtful.
    fn is_doubtful_while_open(&self, tested: Subject) -> bool {
        match tested {
            Subject::Question(question) => self.answer(question).is_some(),
            Subject::Fact(fact) => self.fact_state(fact).is_doubtful(),
        }
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
            Subject::Fact(fact) => self.fact_state(fact).awaits_answer(),
        }
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
                let source_awaits_answer = asked.from().is_some_and(|from| self.question_awaits_answer(from));
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
            return if given.offered.as_deref().is_none_or(is_covered) {
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

    fn fact_state(&self, fact: Idx<Fact>) -> State {
        self.tests.get(fact_test(fact, FactTest::Holds)).copied().unwrap_or(State::open(false, false))
    }
}

/// Whether the effective answer to a question has a form.
fn judge(form: &Form, answer: Option<&Answer>) -> Truth {
    answer.map_or(Truth::Open, |answer| holds(form, answer))
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
