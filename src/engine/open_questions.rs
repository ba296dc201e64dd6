//! The open questions that could move a line of the ranking to another place, and how far.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::Idx;

use crate::engine::bounds::Bounds;
use crate::engine::evaluation::{Evaluation, is_unsure};
use crate::engine::naming::named;
use crate::engine::ranking::Ranking;
use crate::engine::reachability::{FreeQuestions, Reachability};
use crate::questionnaire::{Answer, Cause, Kind, Question, Topic};

/// A question without a clear answer that could move a line of the ranking to another place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpenQuestion {
    /// The question.
    pub question: Idx<Question>,
    /// The lowest probability that its answer could give the line; 0 when an answer could remove the line.
    pub low: f64,
    /// The highest probability that its answer could give the line.
    pub high: f64,
}

/// The lowest and the highest probability of each line, that of its most probable member.
type LineRanges = BTreeMap<Topic, (f64, f64)>;

/// The shown questions that are unanswered or *not sure* and could, each alone, move the line of a cause to another
/// place. Those that could move its probability most come first.
#[must_use]
pub fn open_questions(evaluation: &Evaluation<'_>, cause: Idx<Cause>) -> Vec<OpenQuestion> {
    let questionnaire = evaluation.questionnaire();
    let now = highest(evaluation);
    let place = |line: &Topic| now.get(line).copied().unwrap_or(0.0);
    let line = Topic::for_cause(cause, questionnaire);
    if !now.contains_key(&line) {
        return Vec::new();
    }
    let mut open: Vec<OpenQuestion> = evaluation
        .shown_questions()
        .filter(|question| evaluation.answer(*question).is_none_or(is_unsure))
        .filter_map(|question| {
            let mut ranges = line_ranges(evaluation, question);
            let (low, high) = ranges.remove(&line)?;
            let passes = |(other, range): (&Topic, &(f64, f64))| {
                if place(other) > place(&line) { high > range.0 } else { low < range.1 }
            };
            (moves(low, high) && ranges.iter().any(passes)).then_some(OpenQuestion { question, low, high })
        })
        .collect();
    open.sort_by(|a, b| (b.high - b.low).total_cmp(&(a.high - a.low)));
    open
}

/// Whether the difference is large enough to mention.
fn moves(low: f64, high: f64) -> bool {
    const LEAST: f64 = 0.005;
    high - low >= LEAST
}

/// The probability of each line.
fn highest(evaluation: &Evaluation<'_>) -> BTreeMap<Topic, f64> {
    let ranking = Ranking::new(evaluation);
    let named = named(&ranking, evaluation);
    let mut highest = BTreeMap::new();
    for ranked in ranking.ranked().filter(|ranked| named.contains(&ranked.cause)) {
        highest.entry(Topic::for_cause(ranked.cause, evaluation.questionnaire())).or_insert(ranked.probability);
    }
    highest
}

/// How far an answer to one question could move each line: exact where every answer can be tried, otherwise a bound.
fn line_ranges(evaluation: &Evaluation<'_>, question: Idx<Question>) -> LineRanges {
    let questionnaire = evaluation.questionnaire();
    let Kind::One(options) = &questionnaire.questions[question].kind else {
        let reachability = Reachability::new(evaluation, FreeQuestions::Only(question));
        return Bounds::within(&reachability).lines(&reachability);
    };
    let tried: Vec<BTreeMap<Topic, f64>> = options
        .iter()
        .map(|(option, _)| {
            let mut answers = evaluation.answers().clone();
            answers.set(question, Answer::One(option));
            highest(&Evaluation::new(questionnaire, &answers))
        })
        .collect();
    let lines: BTreeSet<Topic> = tried.iter().flat_map(BTreeMap::keys).copied().collect();
    let range = |line: Topic| {
        // An answer that removes a line from the results gives it 0.
        let each = || tried.iter().map(|highest| highest.get(&line).copied().unwrap_or(0.0));
        (line, (each().fold(f64::INFINITY, f64::min), each().fold(0.0, f64::max)))
    };
    lines.into_iter().map(range).collect()
}
