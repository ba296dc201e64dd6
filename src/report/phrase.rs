//! Reasons in as few words as possible, taken from the person's own answers, in clinicians' words.

use crate::engine::evaluation::Evaluation;
use crate::engine::explanation::trace::{DecidingTest, deciding_tests};
use crate::engine::explanation::{Reason, StatedAnswer, stated_answer};
use crate::questionnaire::{Answer, Question, Truth};
use crate::report::terms;
use crate::text::wording;

/// This many options are named; the others are only counted.
const NAMED: usize = 3;
/// A fact is told by the answers behind it, if they are at most so many.
const BEHIND: usize = 3;

/// The reasons in phrases, each once.
pub(super) fn phrases<'q>(reasons: &[Reason<'q>], evaluation: &Evaluation<'q>) -> Vec<String> {
    let mut phrases = Vec::new();
    for reason in reasons {
        let told = match reason {
            Reason::Fact(say) => behind(say, evaluation),
            Reason::Said(question, said) => vec![phrase(&evaluation.questionnaire().questions[*question], said)],
        };
        for phrase in told {
            if !phrases.contains(&phrase) {
                phrases.push(phrase);
            }
        }
    }
    phrases
}

/// The answers behind a fact, whose own words speak to the person.
fn behind<'q>(say: &'q str, evaluation: &Evaluation<'q>) -> Vec<String> {
    let questionnaire = evaluation.questionnaire();
    let mut facts = questionnaire.facts.values();
    let is_told = |when| evaluation.truth(when) == Truth::Yes;
    let fact = facts.find(|fact| fact.say.as_deref() == Some(say) && is_told(&fact.when));
    let tests = fact.map(|fact| deciding_tests(&fact.when, evaluation, |_, _| false)).unwrap_or_default();
    let mut reasons: Vec<Reason<'q>> = Vec::new();
    for test in tests {
        if let DecidingTest::Question(question, form) = test {
            if questionnaire.questions[question].from().is_some() {
                // What was ticked again says nothing without the question.
                return vec![quoted(say)];
            }
            reasons.push(Reason::Said(question, stated_answer(form, question, evaluation)));
        }
    }
    if !reasons.iter().all(Reason::is_absence) {
        reasons.retain(|reason| !reason.is_absence());
    }
    let phrases = phrases(&reasons, evaluation);
    if (1..=BEHIND).contains(&phrases.len()) { phrases } else { vec![quoted(say)] }
}

fn quoted(say: &str) -> String {
    format!("“{say}”")
}

fn phrase(question: &Question, said: &StatedAnswer<'_>) -> String {
    match said {
        StatedAnswer::Ticked(options) => listed(question, options, "and"),
        StatedAnswer::Unticked(options) => format!("no: {}", listed(question, options, "nor")),
        StatedAnswer::Counted { answer, is_too_few } => {
            let only = if *is_too_few { "only " } else { "" };
            format!("{only}{}", terms::of_answer(question, answer))
        }
        StatedAnswer::Whole(answer) if speaks_alone(question, answer) => terms::of_answer(question, answer),
        StatedAnswer::Whole(answer) => format!("{} {}", question.ask, wording::answer(question, answer)),
    }
}

/// Whether an answer needs no question to be understood.
fn speaks_alone(question: &Question, answer: &Answer) -> bool {
    match answer {
        Answer::NotSure => false,
        Answer::One(_) => !question.is_yes_no(),
        Answer::Number(_) => true,
        Answer::Many { ticked, .. } => !ticked.is_empty(),
    }
}

fn listed(question: &Question, options: &[&str], last: &str) -> String {
    let named: Vec<&str> = options.iter().take(NAMED).map(|say| terms::of_words(question, say)).collect();
    let more = match options.len() - named.len() {
        0 => String::new(),
        1 => format!(", {last} 1 other"),
        more => format!(", {last} {more} others"),
    };
    format!("{}{more}", named.join("; "))
}
