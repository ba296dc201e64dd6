//! How likely each answer to a question is, estimated from the figures of the ranking.
//!
//! A finding with the ratios `a` = `lr` and `b` = `lr_no` is there with the chance a (1 − b) / (a − b) when its cause is, and
//! (1 − b) / (a − b) when it is not: that solves p / q = a and (1 − p) / (1 − q) = b. Mixed by how probable the cause is now,
//! that is the chance of each option that the finding tests; what several findings say of one option is averaged.

use std::collections::BTreeMap;

use la_arena::Idx;

use crate::engine::evaluation::Evaluation;
use crate::engine::passed_over::Touched;
use crate::engine::passed_over::board::Board;
use crate::questionnaire::{
    Answer, Choice, Condition, FactTest, Finding, Form, Kind, Question, Questionnaire, Subject, Test, as_number,
};

/// What stands for `lr_no` where there is none, and for `lr` below 1 its counterpart: a finding whose absence says nothing
/// is rare.
const LR_NO: f64 = 0.95;
/// The chance of a tick that no finding tests.
const UNTESTED: f64 = 0.1;
/// How many numbers stand for all that a question takes.
const NUMBERS: u8 = 16;

/// The answers to a shown question with the chance of each, the likeliest first. Of a `many`, they are *none* and each
/// option alone; options that nothing tests count as one.
pub(super) fn likely_answers(
    question: Idx<Question>,
    touched: &Touched,
    evaluation: &Evaluation<'_>,
    board: &Board<'_>,
) -> Vec<(Answer, f64)> {
    let asked = &evaluation.questionnaire().questions[question];
    let offered = || evaluation.offered(question).into_iter();
    let mut answers: Vec<(Answer, f64)> = match &asked.kind {
        Kind::Number { min, max, decimals } => numbers(*min, *max, *decimals),
        Kind::One(_) => {
            let chances = option_chances(question, touched, evaluation, board);
            let claimed: f64 = offered().filter_map(|option| chances.get(&option)).sum();
            let others = offered().filter(|option| !chances.contains_key(option)).map(|_| 1.0).sum::<f64>();
            let rest = (1.0 - claimed).max(0.0) / others;
            let all = claimed.max(if others > 0.0 { 1.0 } else { claimed });
            let chance = |option| chances.get(&option).map_or(rest, |chance| chance / all);
            offered().map(|option| (Answer::One(option), chance(option))).collect()
        }
        Kind::Many { .. } => {
            let chances = option_chances(question, touched, evaluation, board);
            let chance = |option| chances.get(&option).copied().unwrap_or(UNTESTED);
            let many =
                |ticked: &[Idx<Choice>]| Answer::Many { ticked: ticked.iter().copied().collect(), unsure: [].into() };
            let none = offered().map(|option| 1.0 - chance(option)).product();
            let (tested, others): (Vec<_>, Vec<_>) = offered().partition(|option| touched.options.contains(option));
            let ticks = tested.iter().map(|option| (many(&[*option]), chance(*option)));
            let other = others.first().map(|option| (many(&[*option]), UNTESTED));
            ticks.chain(other).chain([(many(&[]), none)]).collect()
        }
    };
    answers.sort_by(|a, b| b.1.total_cmp(&a.1));
    answers
}

/// Numbers from the least to the greatest, at equal distances and equally likely.
fn numbers(min: f64, max: f64, decimals: u8) -> Vec<(Answer, f64)> {
    let unit = 10_f64.powi(i32::from(decimals));
    let at = |step: u8| ((min + (max - min) * f64::from(step) / f64::from(NUMBERS - 1)) * unit).round() / unit;
    (0..NUMBERS).map(|step| (Answer::Number(at(step)), 1.0 / f64::from(NUMBERS))).collect()
}

/// The chance of each option that a condition tests.
fn option_chances(
    question: Idx<Question>,
    touched: &Touched,
    evaluation: &Evaluation<'_>,
    board: &Board<'_>,
) -> BTreeMap<Idx<Choice>, f64> {
    let questionnaire = evaluation.questionnaire();
    let mut estimates: BTreeMap<Idx<Choice>, (f64, f64)> = BTreeMap::new();
    for id in &touched.causes {
        let Some(standing) = board.standing(*id) else { continue };
        for finding in &questionnaire.causes[*id].findings {
            let chance = chance_of(finding, standing.probability);
            for mark in touched.marks(question, &finding.when, questionnaire) {
                let (sum, count) = estimates.entry(mark.option).or_default();
                *sum += if mark.is_for { chance * mark.share } else { 1.0 - chance };
                *count += 1.0;
            }
        }
    }
    estimates.into_iter().map(|(option, (sum, count))| (option, sum / count)).collect()
}

/// An option that a condition tests.
struct Mark {
    option: Idx<Choice>,
    /// Whether the condition is for having it, rather than for not having it.
    is_for: bool,
    /// Its part of the chance of the condition, which any of several options can meet.
    share: f64,
}

impl Touched {
    /// The options of a question that a condition tests, directly or through facts.
    fn marks(&self, question: Idx<Question>, condition: &Condition, questionnaire: &Questionnaire) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut waiting: Vec<(&Test, bool)> = condition.tests().map(|test| (test, true)).collect();
        while let Some((test, is_for)) = waiting.pop() {
            match test {
                Test::Question { question: tested, form } if *tested == question => {
                    let is_for = is_for != matches!(form, Form::Not(_));
                    let share = if let Form::Any(options) = form { 1.0 / as_number(options.len()) } else { 1.0 };
                    marks.extend(form.options().iter().map(|option| Mark { option: *option, is_for, share }));
                }
                Test::Fact { fact, is } if self.dependents.contains(&Subject::Fact(*fact)) => {
                    let is_for = is_for != (*is == FactTest::Fails);
                    waiting.extend(questionnaire.facts[*fact].when.tests().map(|test| (test, is_for)));
                }
                Test::Question { .. } | Test::Fact { .. } => {}
            }
        }
        marks
    }
}

/// The chance that a finding is there, given how probable its cause is.
pub(super) fn chance_of(finding: &Finding, probability: f64) -> f64 {
    let with = finding.lr;
    let without = finding.lr_no.unwrap_or(if with > 1.0 { LR_NO } else { 1.0 / LR_NO });
    let absent = (1.0 - without) / (with - without);
    (absent * (probability * with + 1.0 - probability)).clamp(0.0, 1.0)
}
