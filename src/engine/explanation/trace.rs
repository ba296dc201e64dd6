//! The tests that decide a condition, traced through facts and hidden questions down to the answers.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::engine::evaluation::Evaluation;
use crate::questionnaire::{Answer, Condition, Fact, FactTest, Form, Question, Test, Truth};

/// A test that decides a condition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DecidingTest<'q> {
    /// A test of an answer.
    Question(Idx<Question>, &'q Form),
    /// A test of a fact at which the trace was told to stop.
    Fact(Idx<Fact>, FactTest),
}

/// The tests that decide a condition: in the tables that have the same truth value as the whole, the tests that have it
/// too. They come in file order; each fact is followed once, and not at all where `stops` is true for it.
#[must_use]
pub fn deciding_tests<'q>(
    condition: &'q Condition,
    evaluation: &Evaluation<'q>,
    stops: impl Fn(Idx<Fact>, FactTest) -> bool,
) -> Vec<DecidingTest<'q>> {
    trace_tests(deciding(condition, evaluation).collect(), evaluation, stops)
}

/// The same, starting from the deciding tests of a condition.
#[must_use]
pub fn trace_tests<'q>(
    deciders: Vec<&'q Test>,
    evaluation: &Evaluation<'q>,
    stops: impl Fn(Idx<Fact>, FactTest) -> bool,
) -> Vec<DecidingTest<'q>> {
    let mut deciding_tests = Vec::new();
    let mut seen = BTreeSet::new();
    let mut seen_questions = BTreeSet::new();
    let mut waiting: Vec<&'q Test> = deciders.into_iter().rev().collect();
    while let Some(test) = waiting.pop() {
        match test {
            // A hidden question has its `otherwise` because of what hides it.
            Test::Question { question, .. } if !evaluation.is_shown(*question) => {
                let mut hidden = *question;
                while seen_questions.insert(hidden) {
                    let question = &evaluation.questionnaire().questions[hidden];
                    match question.from() {
                        Some(from) if evaluation.truth(&question.when) != Truth::No => {
                            if evaluation.is_shown(from) {
                                deciding_tests.push(DecidingTest::Question(from, &Form::Nothing));
                                break;
                            }
                            hidden = from;
                        }
                        _ => {
                            waiting.extend(deciding(&question.when, evaluation).rev());
                            break;
                        }
                    }
                }
            }
            Test::Question { question, form } => deciding_tests.push(DecidingTest::Question(*question, form)),
            Test::Fact { fact, is } if stops(*fact, *is) => deciding_tests.push(DecidingTest::Fact(*fact, *is)),
            Test::Fact { fact, .. } => {
                if seen.insert(*fact) {
                    let when = &evaluation.questionnaire().facts[*fact].when;
                    waiting.extend(deciding(when, evaluation).rev());
                }
            }
        }
    }
    deciding_tests
}

/// The questions behind a decided condition, with their answers, in file order.
#[must_use]
pub fn answers_behind(condition: &Condition, evaluation: &Evaluation<'_>) -> Vec<(Idx<Question>, Answer)> {
    let questions: BTreeSet<Idx<Question>> = deciding_tests(condition, evaluation, |_, _| false)
        .into_iter()
        .filter_map(|test| if let DecidingTest::Question(question, _) = test { Some(question) } else { None })
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
