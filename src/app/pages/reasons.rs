//! Conditions in the person's own words: which answers make a condition hold, or fail.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::questionnaire::{Answer, Choice, Condition, Fact, FactTest, Form, Question, Test, Truth};
use crate::situation::Situation;
use crate::wording;

/// A reason: what was said, and to which question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    /// The answer, or the words of a fact.
    pub(super) said: String,
    /// The question; a fact that has words of its own needs none.
    pub(super) ask: Option<String>,
}

/// The answers that make a condition *yes* or *no*, whichever it is.
pub(super) fn reasons(condition: &Condition, situation: &Situation<'_>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for test in deciding(condition, situation) {
        for reason in of_test(test, situation) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
    }
    reasons
}

/// What was said to one question, as far as a condition that holds looks at it.
pub(super) fn said_to(condition: &Condition, question: Idx<Question>, situation: &Situation<'_>) -> String {
    let mut said = Vec::new();
    let mut waiting = vec![condition];
    while let Some(condition) = waiting.pop() {
        for test in deciding(condition, situation) {
            match test {
                Test::Question { question: tested, form } if *tested == question => {
                    let text = of_form(form, question, situation);
                    if !said.contains(&text) {
                        said.push(text);
                    }
                }
                Test::Question { .. } => {}
                Test::Fact { fact, .. } => waiting.push(&situation.questionnaire().facts[*fact].when),
            }
        }
    }
    said.join("; ")
}

/// The tests that decide a condition: those that are what it is itself, in the tables that are.
fn deciding<'c>(condition: &'c Condition, situation: &Situation<'_>) -> Vec<&'c Test> {
    let truth = situation.truth(condition);
    let tables = condition.tables.iter().filter(|table| situation.table(table) == truth);
    tables.flatten().filter(|test| situation.test(test) == truth).collect()
}

fn of_test(test: &Test, situation: &Situation<'_>) -> Vec<Reason> {
    let questionnaire = situation.questionnaire();
    match test {
        Test::Question { question, form } => {
            let said = of_form(form, *question, situation);
            vec![Reason { said, ask: Some(questionnaire.questions[*question].ask.clone()) }]
        }
        Test::Fact { fact, is } => of_fact(*fact, *is, situation),
    }
}

fn of_fact(fact: Idx<Fact>, is: FactTest, situation: &Situation<'_>) -> Vec<Reason> {
    let stated = &situation.questionnaire().facts[fact];
    match (&stated.say, is, situation.fact(fact)) {
        (Some(say), FactTest::Holds, Truth::Yes) => vec![Reason { said: capitalized(say), ask: None }],
        _ => reasons(&stated.when, situation),
    }
}

/// What was said to a question, as far as a form looks at it.
fn of_form(form: &Form, question: Idx<Question>, situation: &Situation<'_>) -> String {
    let asked = &situation.questionnaire().questions[question];
    let Some(value) = situation.value(question) else { return wording::NOT_SURE.into() };
    match (form, value) {
        (
            Form::Any(options) | Form::All(options) | Form::Count { of: Some(options), .. },
            Answer::Many { ticked, .. },
        ) => of_ticks(asked, options, ticked, &situation.offered(question)),
        (Form::Not(option), Answer::Many { ticked, .. }) => {
            of_ticks(asked, &[*option], ticked, &situation.offered(question))
        }
        _ => wording::answer(asked, value),
    }
}

fn of_ticks(
    asked: &Question,
    options: &[Idx<Choice>],
    ticked: &BTreeSet<Idx<Choice>>,
    offered: &[Idx<Choice>],
) -> String {
    let say = |option: &Idx<Choice>| asked.options().map_or("", |choices| choices[*option].say.as_str());
    let found: Vec<&str> = options.iter().filter(|option| ticked.contains(option)).map(say).collect();
    if found.is_empty() {
        // What was not on offer could not be ticked either.
        let passed_over = options.iter().filter(|option| offered.contains(option)).map(say);
        format!("Not ticked: {}", passed_over.collect::<Vec<_>>().join("; "))
    } else {
        found.join("; ")
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
