//! Which open questions could move a line of the ranking to another place, and how far.

use std::collections::BTreeMap;

use la_arena::Idx;

use crate::bounds::Bounds;
use crate::outcome::Outcome;
use crate::outlook::Free;
use crate::questionnaire::{Answer, Cause, Kind, Question};
use crate::ranking::{Ranked, Ranking};
use crate::situation::{Situation, is_unsure};

/// A question without a clear answer that could move a line of the ranking to another place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StillOpen {
    /// The question.
    pub question: Idx<Question>,
    /// The least probable that its answer could make the line.
    pub low: f64,
    /// The most probable that its answer could make the line.
    pub high: f64,
}

/// How probable a line is, at least and at most.
type Span = (f64, f64);

/// The shown questions that are unanswered or *not sure* and could, by themselves, move the line of a cause to another
/// place: those that could move it most first.
#[must_use]
pub fn still_open(situation: &Situation<'_>, cause: Idx<Cause>) -> Vec<StillOpen> {
    let outcome = Outcome::new(situation);
    let now: BTreeMap<Idx<Cause>, f64> =
        outcome.ranking.ranked().map(|ranked| (ranked.cause, ranked.probability)).collect();
    let line = line_of(situation, cause);
    let Some(here) = highest(&now, situation, line).filter(|_| now.contains_key(&cause)) else { return Vec::new() };
    let mut open: Vec<StillOpen> = situation
        .shown_questions()
        .filter(|question| situation.answer(*question).is_none_or(is_unsure))
        .filter_map(|question| {
            let reach = reach(situation, question);
            let mut lines: BTreeMap<Idx<Cause>, Span> = BTreeMap::new();
            for (cause, span) in &reach {
                let of = lines.entry(line_of(situation, *cause)).or_insert(*span);
                *of = (of.0.max(span.0), of.1.max(span.1));
            }
            let (low, high) = lines.get(&line).copied()?;
            let passes = |(other, span): (&Idx<Cause>, &Span)| {
                let there = highest(&now, situation, *other).unwrap_or(0.0);
                *other != line && if there > here { high > span.0 } else { low < span.1 }
            };
            (moves(low, high) && lines.iter().any(passes)).then_some(StillOpen { question, low, high })
        })
        .collect();
    open.sort_by(|a, b| (b.high - b.low).total_cmp(&(a.high - a.low)));
    open
}

/// Whether what a question could do is worth a word.
fn moves(low: f64, high: f64) -> bool {
    const LEAST: f64 = 0.005;
    high - low >= LEAST
}

/// The first cause of the line that a cause is shown in.
fn line_of(situation: &Situation<'_>, cause: Idx<Cause>) -> Idx<Cause> {
    let causes = &situation.questionnaire().causes;
    let family = causes[cause].family;
    let first = causes.iter().find(|(_, other)| family.is_some() && other.family == family);
    first.map_or(cause, |(first, _)| first)
}

fn highest(now: &BTreeMap<Idx<Cause>, f64>, situation: &Situation<'_>, line: Idx<Cause>) -> Option<f64> {
    let members = now.iter().filter(|(cause, _)| line_of(situation, **cause) == line);
    members.map(|(_, probability)| *probability).reduce(f64::max)
}

/// How far an answer to one question could move every cause that it could rank: exactly, where every answer can be
/// tried, and else a bound.
fn reach(situation: &Situation<'_>, question: Idx<Question>) -> BTreeMap<Idx<Cause>, Span> {
    let mut reach: BTreeMap<Idx<Cause>, Span> = BTreeMap::new();
    let Kind::One(options) = &situation.questionnaire().questions[question].kind else {
        let bounds = Bounds::new(situation, Free::Only(question));
        return bounds
            .all()
            .filter(|(_, reach)| reach.may_rank)
            .map(|(id, reach)| (id, (reach.low, reach.high)))
            .collect();
    };
    let mut tried = 0;
    let mut seen: BTreeMap<Idx<Cause>, usize> = BTreeMap::new();
    for (option, _) in options.iter() {
        let mut answers = situation.answers().clone();
        answers.set(question, Answer::One(option));
        tried += 1;
        let ranking = Ranking::new(&Situation::new(situation.questionnaire(), &answers));
        for Ranked { cause, probability, .. } in ranking.ranked() {
            let span = reach.entry(*cause).or_insert((*probability, *probability));
            *span = (span.0.min(*probability), span.1.max(*probability));
            *seen.entry(*cause).or_default() += 1;
        }
    }
    for (cause, span) in &mut reach {
        // Some answer takes it out of the ranking.
        if seen.get(cause).is_some_and(|seen| *seen < tried) {
            span.0 = 0.0;
        }
    }
    reach
}
