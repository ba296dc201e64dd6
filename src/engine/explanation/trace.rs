//! On what grounds a condition is what it is: the tests that decide it, through facts and hidden questions too.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::engine::evaluation::Situation;
use crate::questionnaire::{Answer, Condition, Fact, FactTest, Form, Question, Test, Truth};

/// A test that decides a condition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ground<'q> {
    /// A test of an answer.
    Question(Idx<Question>, &'q Form),
    /// A test of a fact that was not looked into.
    Fact(Idx<Fact>, FactTest),
}

/// The tests that decide a condition: those that are what it is itself, in the tables that are. They come in file
/// order, each fact is looked into once, and those at which `stops` says so are not.
#[must_use]
pub fn grounds<'q>(
    condition: &'q Condition,
    situation: &Situation<'q>,
    stops: impl Fn(Idx<Fact>, FactTest) -> bool,
) -> Vec<Ground<'q>> {
    grounds_in(deciding(condition, situation).collect(), situation, stops)
}

/// The same, of tests of a condition that decide it.
#[must_use]
pub fn grounds_in<'q>(
    deciders: Vec<&'q Test>,
    situation: &Situation<'q>,
    stops: impl Fn(Idx<Fact>, FactTest) -> bool,
) -> Vec<Ground<'q>> {
    let mut grounds = Vec::new();
    let mut seen = BTreeSet::new();
    let mut seen_questions = BTreeSet::new();
    let mut waiting: Vec<&'q Test> = deciders.into_iter().rev().collect();
    while let Some(test) = waiting.pop() {
        match test {
            // What is said to count while a question is hidden rests on what hides it.
            Test::Question { question, .. } if !situation.is_shown(*question) => {
                let hidden = &situation.questionnaire().questions[*question];
                if !seen_questions.insert(*question) {
                    continue;
                }
                match hidden.from() {
                    Some(from) if situation.truth(&hidden.when) != Truth::No => {
                        grounds.push(Ground::Question(from, &Form::Nothing));
                    }
                    _ => waiting.extend(deciding(&hidden.when, situation).rev()),
                }
            }
            Test::Question { question, form } => grounds.push(Ground::Question(*question, form)),
            Test::Fact { fact, is } if stops(*fact, *is) => grounds.push(Ground::Fact(*fact, *is)),
            Test::Fact { fact, .. } => {
                if seen.insert(*fact) {
                    let when = &situation.questionnaire().facts[*fact].when;
                    waiting.extend(deciding(when, situation).rev());
                }
            }
        }
    }
    grounds
}

/// The questions on which a condition that is decided stands, with their answers, in file order.
#[must_use]
pub fn answers_behind(condition: &Condition, situation: &Situation<'_>) -> Vec<(Idx<Question>, Answer)> {
    let questions: BTreeSet<Idx<Question>> = grounds(condition, situation, |_, _| false)
        .into_iter()
        .filter_map(|ground| if let Ground::Question(question, _) = ground { Some(question) } else { None })
        .collect();
    questions.into_iter().filter_map(|question| Some((question, situation.answer(question)?.clone()))).collect()
}

fn deciding<'q>(
    condition: &'q Condition,
    situation: &Situation<'q>,
) -> impl DoubleEndedIterator<Item = &'q Test> + use<'q> {
    let truth = situation.truth(condition);
    let tables = condition.tables.iter().filter(|table| situation.table(table) == truth);
    let tests: Vec<&Test> = tables.flatten().filter(|test| situation.test(test) == truth).collect();
    tests.into_iter()
}
