//! Reasons in words: the answer, and the question that it belongs to.

use la_arena::Idx;

use crate::engine::evaluation::Evaluation;
use crate::engine::explanation::trace::{DecidingTest, deciding_tests};
use crate::engine::explanation::{self, StatedAnswer};
use crate::questionnaire::{Answer, Cause, Condition, Finding, Form, Question, Questionnaire, Test, Truth};
use crate::text::{each_once, wording};

/// A reason: what was said, and to which question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    /// The answer, or the text of a fact.
    pub(super) said: String,
    /// The question; `None` for a fact.
    pub(super) ask: Option<String>,
}

const NOT_TICKED: &str = "Not ticked: ";

/// Reasons in words.
pub(super) fn in_words(reasons: &[explanation::Reason<'_>], questionnaire: &Questionnaire) -> Vec<Reason> {
    let told = |reason: &explanation::Reason<'_>| match reason {
        explanation::Reason::Fact(say) => Reason { said: wording::capitalized(say), ask: None },
        explanation::Reason::Said(question, said) => {
            let asked = &questionnaire.questions[*question];
            match said {
                // A bare number means nothing without its question.
                StatedAnswer::Whole(Answer::Number(number)) => {
                    Reason { said: format!("{} {number}", asked.ask), ask: None }
                }
                _ => Reason { said: words(said, asked), ask: Some(asked.ask.clone()) },
            }
        }
    };
    reasons.iter().map(told).collect()
}

/// What would raise the cause and was asked, but was not said; the largest likelihood ratio first, and at most so many.
/// Findings with an `lr_no` are left out: they count against the cause and are listed there.
pub(super) fn expected(cause: &Cause, most: usize, evaluation: &Evaluation<'_>) -> Vec<Reason> {
    let missing = |finding: &&Finding| {
        finding.lr > 1.0 && finding.lr_no.is_none() && evaluation.truth(&finding.when) == Truth::No
    };
    let mut findings: Vec<&Finding> = cause.findings.iter().filter(missing).collect();
    findings.sort_by(|a, b| b.lr.total_cmp(&a.lr));
    let mut reasons = Vec::new();
    for reason in findings.into_iter().filter_map(|finding| unsaid(&finding.when, evaluation)) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
        if reasons.len() == most {
            break;
        }
    }
    reasons
}

/// The options that were not chosen, if choosing one would alone make the condition *yes*.
fn unsaid(condition: &Condition, evaluation: &Evaluation<'_>) -> Option<Reason> {
    condition.tables.iter().find_map(|table| {
        let mut failing = table.iter().filter(|test| evaluation.test(test) != Truth::Yes);
        let (Some(Test::Question { question, form: Form::Any(options) }), None) = (failing.next(), failing.next())
        else {
            return None;
        };
        let asked = &evaluation.questionnaire().questions[*question];
        let offered = evaluation.offered(*question);
        let said: Vec<&str> =
            options.iter().filter(|it| offered.contains(it)).map(|it| asked.option_text(*it)).collect();
        let is_told = evaluation.is_shown(*question) && !said.is_empty();
        is_told.then(|| Reason { said: said.join("; "), ask: Some(asked.ask.clone()) })
    })
}

/// The part of the answer to one question that a condition tests, in words.
pub(in crate::app) fn said_to(condition: &Condition, question: Idx<Question>, evaluation: &Evaluation<'_>) -> String {
    let asked = &evaluation.questionnaire().questions[question];
    let mut told: Vec<String> = Vec::new();
    for ground in deciding_tests(condition, evaluation, |_, _| false) {
        match ground {
            DecidingTest::Question(tested, form) if tested == question => {
                let text = words(&explanation::stated_answer(form, question, evaluation), asked);
                if !told.contains(&text) {
                    told.push(text);
                }
            }
            DecidingTest::Question(..) | DecidingTest::Fact(..) => {}
        }
    }
    // What was ticked says it; after "not ticked" it would read as if it were not.
    if told.iter().any(|text| !text.starts_with(NOT_TICKED)) {
        told.retain(|text| !text.starts_with(NOT_TICKED));
    }
    each_once(&told.join("; "))
}

fn words(said: &StatedAnswer<'_>, question: &Question) -> String {
    match said {
        StatedAnswer::Ticked(options) => options.join("; "),
        StatedAnswer::Unticked(options) => format!("{NOT_TICKED}{}", options.join("; ")),
        StatedAnswer::Counted { answer, is_too_few: true } => format!("Only {}", wording::answer(question, answer)),
        StatedAnswer::Counted { answer, is_too_few: false } | StatedAnswer::Whole(answer) => {
            wording::answer(question, answer)
        }
    }
}
