//! Conditions in the person's own words: which answers make a condition hold, or fail.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::grounds::{Ground, grounds};
use crate::questionnaire::{Answer, Choice, Condition, Fact, FactTest, Form, Question, Truth};
use crate::situation::Situation;
use crate::wording;

/// A reason: what was said, and to which question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    /// The answer, or the words of a fact.
    pub(super) said: String,
    /// The question; a fact that has words of its own needs none.
    pub(super) ask: Option<String>,
    /// Whether it is that something was not ticked.
    is_absence: bool,
}

impl Reason {
    /// What was not ticked, if the reason is that.
    pub(super) fn unticked(&self) -> Option<&str> {
        self.said.strip_prefix(NOT_TICKED)
    }
}

/// What stands before that which was not ticked.
const NOT_TICKED: &str = "Not ticked: ";

/// The answers that make a condition *yes* or *no*, whichever it is.
pub(super) fn reasons<'q>(condition: &'q Condition, situation: &Situation<'q>) -> Vec<Reason> {
    let questionnaire = situation.questionnaire();
    let words = |fact: Idx<Fact>, is: FactTest| {
        let says_so = is == FactTest::Holds && situation.fact(fact) == Truth::Yes;
        questionnaire.facts[fact].say.as_ref().filter(|_| says_so)
    };
    let mut reasons = Vec::new();
    for ground in grounds(condition, situation, |fact, is| words(fact, is).is_some()) {
        let reason = match ground {
            Ground::Question(question, form) => Reason {
                said: of_form(form, question, situation),
                ask: Some(questionnaire.questions[question].ask.clone()),
                is_absence: is_absence(form, question, situation),
            },
            Ground::Fact(fact, is) => Reason {
                said: words(fact, is).map(|say| capitalized(say)).unwrap_or_default(),
                ask: None,
                is_absence: false,
            },
        };
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    // What was said tells more than what was not; that it was not is only a condition beside it.
    if situation.truth(condition) == Truth::Yes && reasons.iter().any(|reason| !reason.is_absence) {
        reasons.retain(|reason| !reason.is_absence);
    }
    reasons
}

/// What was said to one question, as far as a condition looks at it.
pub(super) fn said_to<'q>(condition: &'q Condition, question: Idx<Question>, situation: &Situation<'q>) -> String {
    let mut said: Vec<String> = Vec::new();
    for ground in grounds(condition, situation, |_, _| false) {
        match ground {
            Ground::Question(tested, form) if tested == question => {
                let text = of_form(form, question, situation);
                if !said.contains(&text) {
                    said.push(text);
                }
            }
            Ground::Question(..) | Ground::Fact(..) => {}
        }
    }
    said.join("; ")
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

/// Whether all that a form asks about was left unticked.
fn is_absence(form: &Form, question: Idx<Question>, situation: &Situation<'_>) -> bool {
    match (form, situation.value(question)) {
        (
            Form::Any(options) | Form::All(options) | Form::Count { of: Some(options), .. },
            Some(Answer::Many { ticked, .. }),
        ) => !options.iter().any(|option| ticked.contains(option)),
        (Form::Not(option), Some(Answer::Many { ticked, .. })) => !ticked.contains(option),
        _ => false,
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
        format!("{NOT_TICKED}{}", passed_over.collect::<Vec<_>>().join("; "))
    } else {
        found.join("; ")
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
