//! On what grounds a condition is what it is: the tests that decide it, through facts and hidden questions too.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::engine::evaluation::Evaluation;
use crate::questionnaire::{Answer, Condition, Fact, FactTest, Form, Question, Test, Truth};

/// A test that decides a condition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DecidingTest<'q> {
    /// A test of an answer.
    Question(Idx<Question>, &'q Form),
    /// A test of a fact that was not looked into.
    Fact(Idx<Fact>, FactTest),
}

/// The tests that decide a condition: those that are what it is itself, in the tables that are. They come in file
/// order, each fact is looked into once, and those at which `stops` says so are not.
#[must_use]
pub fn deciding_tests<'q>(
    condition: &'q Condition,
    evaluation: &Evaluation<'q>,
    stops: impl Fn(Idx<Fact>, FactTest) -> bool,
) -> Vec<DecidingTest<'q>> {
    trace_tests(deciding(condition, evaluation).collect(), evaluation, stops)
}

/// The same, of tests of a condition that decide it.
#[must_use]
pub fn trace_tests<'q>(
    deciders: Vec<&'q Test>,
    evaluation: &Evaluation<'q>,
    stops: impl Fn(Idx<Fact>, FactTest) -> bool,
) -> Vec<DecidingTest<'q>> {
    let mut grounds = Vec::new();
    let mut seen = BTreeSet::new();
    let mut seen_questions = BTreeSet::new();
    let mut waiting: Vec<&'q Test> = deciders.into_iter().rev().collect();
    while let Some(test) = waiting.pop() {
        match test {
            // What is said to count while a question is hidden rests on what hides it.
            Test::Question { question, .. } if !evaluation.is_shown(*question) => {
                let hidden = &evaluation.questionnaire().questions[*question];
                if !seen_questions.insert(*question) {
                    continue;
                }
                match hidden.from() {
                    Some(from) if evaluation.truth(&hidden.when) != Truth::No => {
                        grounds.push(DecidingTest::Question(from, &Form::Nothing));
                    }
                    _ => waiting.extend(deciding(&hidden.when, evaluation).rev()),
                }
            }
            Test::Question { question, form } => grounds.push(DecidingTest::Question(*question, form)),
            Test::Fact { fact, is } if stops(*fact, *is) => grounds.push(DecidingTest::Fact(*fact, *is)),
            Test::Fact { fact, .. } => {
                if seen.insert(*fact) {
                    let when = &evaluation.questionnaire().facts[*fact].when;
                    waiting.extend(deciding(when, evaluation).rev());
                }
            }
        }
    }
    grounds
}

/// The questions on which a condition that is decided stands, with their answers, in file order.
#[must_use]
pub fn answers_behind(condition: &Condition, evaluation: &Evaluation<'_>) -> Vec<(Idx<Question>, Answer)> {
    let questions: BTreeSet<Idx<Question>> = deciding_tests(condition, evaluation, |_, _| false)
        .into_iter()
        .filter_map(|ground| if let DecidingTest::Question(question, _) = ground { Some(question) } else { None })
        .collect();
    questions.into_iter().filter_map(|question| Some((question, evaluation.answer(question)?.clone()))).collect()
}

fn deciding<'q>(
    condition: &'q Condition,
    evaluation: &Evaluation<'q>,
) -> impl DoubleEndedIterator<Item = &'q Test> + use<'q> {
    let truth = evaluation.truth(condition);
    let tables = condition.tables.iter().filter(|table| evaluation.table(table) == truth);
    let tests: Vec<&Test> = tables.flatten().filter(|test| evaluation.test(test) == truth).collect();
    tests.into_iter()
}
