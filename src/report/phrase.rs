//! What makes a condition what it is, in the shortest words of the person's own answers.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::grounds::{Ground, grounds};
use crate::questionnaire::{Answer, Choice, Condition, Fact, FactTest, Form, Question, Truth};
use crate::situation::Situation;
use crate::wording;

/// So many options that were not ticked are named; the rest are counted.
const UNTICKED: usize = 3;

/// The answers that make a condition *yes* or *no*, whichever it is: a phrase each.
pub(super) fn phrases<'q>(condition: &'q Condition, situation: &Situation<'q>) -> Vec<String> {
    let facts = &situation.questionnaire().facts;
    let words = |fact: Idx<Fact>, is: FactTest| {
        let says_so = is == FactTest::Holds && situation.fact(fact) == Truth::Yes;
        facts[fact].say.as_deref().filter(|_| says_so)
    };
    let mut found: Vec<(String, bool)> = Vec::new();
    for ground in grounds(condition, situation, |fact, is| words(fact, is).is_some()) {
        let phrase = match ground {
            Ground::Question(question, form) => of_answer(form, question, situation),
            Ground::Fact(fact, is) => (words(fact, is).unwrap_or_default().to_owned(), false),
        };
        if !found.contains(&phrase) {
            found.push(phrase);
        }
    }
    // What was said tells more than what was not.
    if situation.truth(condition) == Truth::Yes && found.iter().any(|(_, is_absence)| !is_absence) {
        found.retain(|(_, is_absence)| !is_absence);
    }
    found.into_iter().map(|(phrase, _)| phrase).collect()
}

/// What was said to a question as far as a form looks at it, and whether it is that something was not ticked.
fn of_answer(form: &Form, question: Idx<Question>, situation: &Situation<'_>) -> (String, bool) {
    let asked = &situation.questionnaire().questions[question];
    let ask = &asked.ask;
    let Some(value) = situation.value(question) else { return (format!("{ask} {}", wording::NOT_SURE), false) };
    match (form, value) {
        (
            Form::Any(options) | Form::All(options) | Form::Count { of: Some(options), .. },
            Answer::Many { ticked, .. },
        ) => of_ticks(asked, options, ticked, &situation.offered(question)),
        (Form::Not(option), Answer::Many { ticked, .. }) => {
            of_ticks(asked, std::slice::from_ref(option), ticked, &situation.offered(question))
        }
        (Form::Count { of: None, count }, Answer::Many { ticked, .. }) if !ticked.is_empty() => {
            let only = if count.wants_more_than(ticked.len()) { "only " } else { "" };
            (format!("{only}{}", wording::answer(asked, value)), false)
        }
        (_, Answer::One(_)) if !asked.is_yes_no() => (wording::answer(asked, value), false),
        _ => (format!("{ask} {}", wording::answer(asked, value)), false),
    }
}

fn of_ticks(
    asked: &Question,
    options: &[Idx<Choice>],
    ticked: &BTreeSet<Idx<Choice>>,
    offered: &[Idx<Choice>],
) -> (String, bool) {
    let say = |option: &Idx<Choice>| asked.options().map_or("", |choices| choices[*option].say.as_str());
    let found: Vec<&str> = options.iter().filter(|option| ticked.contains(option)).map(say).collect();
    if !found.is_empty() {
        return (found.join("; "), false);
    }
    // What was not on offer could not be ticked either.
    let passed_over: Vec<&str> = options.iter().filter(|option| offered.contains(option)).map(say).collect();
    let named = passed_over.iter().take(UNTICKED).copied().collect::<Vec<_>>().join("; ");
    let more = match passed_over.len().saturating_sub(UNTICKED) {
        0 => String::new(),
        1 => ", nor 1 other".to_owned(),
        more => format!(", nor {more} others"),
    };
    (format!("not ticked: {named}{more}"), true)
}
