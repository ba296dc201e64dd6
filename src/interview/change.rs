//! What a new or changed answer did.

use std::collections::BTreeMap;

use la_arena::Idx;
use serde::Serialize;

use crate::engine::outcome::Outcome;
use crate::interview::Derived;
use crate::questionnaire::{Alarm, Questionnaire, Topic};

/// What an answer did to the other answers, to the alarms and to the ranking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// How many answers no longer apply because their question is hidden now.
    pub dropped: usize,
    /// How many answers apply again because their question is shown again.
    pub restored: usize,
    /// The alarms that are raised now and were not before, in file order.
    pub raised: Vec<Idx<Alarm>>,
    /// The alarms that were raised before and now are neither raised nor open, in file order.
    pub withdrawn: Vec<Idx<Alarm>>,
    /// The lines of the ranking that moved, the largest move first.
    pub moves: Vec<Move>,
}

/// A line of the ranking that moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    /// The name of the cause or family.
    pub name: String,
    /// Its place before, from 1; `None` when it was not ranked.
    pub from: Option<usize>,
    /// Its place now, from 1; `None` when it is not ranked.
    pub to: Option<usize>,
}

impl Change {
    /// What is different from one set of answers to another, to the same questionnaire.
    pub(super) fn between(before: &Derived<'_>, after: &Derived<'_>) -> Change {
        let questionnaire = before.evaluation.questionnaire();
        let is_answered = |derived: &Derived<'_>, question| derived.evaluation.answer(question).is_some();
        let questions = || questionnaire.questions.iter().map(|(question, _)| question);
        let dropped = questions().filter(|q| is_answered(before, *q) && !after.evaluation.is_shown(*q)).count();
        let was_hidden = |q| before.evaluation.was_answered(q) && !before.evaluation.is_shown(q);
        let restored = questions().filter(|q| was_hidden(*q) && is_answered(after, *q)).count();
        let (before, after) = (before.outcome(), after.outcome());
        let only_in = |these: &Outcome, others: &Outcome| -> Vec<Idx<Alarm>> {
            these.alarms.iter().filter(|alarm| !others.alarms.contains(alarm)).copied().collect()
        };
        Change {
            dropped,
            restored,
            raised: only_in(after, before),
            withdrawn: only_in(before, after).into_iter().filter(|alarm| !after.is_open(*alarm)).collect(),
            moves: moves(questionnaire, &topics(questionnaire, before), &topics(questionnaire, after)),
        }
    }

    /// Whether there is nothing to report.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Change::default()
    }
}

/// The lines that have another place in the second order, the largest move first.
fn moves(questionnaire: &Questionnaire, before: &[Topic], after: &[Topic]) -> Vec<Move> {
    let places = |topics: &[Topic]| -> BTreeMap<Topic, usize> { topics.iter().copied().zip(0..).collect() };
    let (was, is) = (places(before), places(after));
    let gone = before.iter().filter(|topic| !is.contains_key(topic));
    let mut moves: Vec<Move> = after
        .iter()
        .chain(gone)
        .map(|topic| (*topic, was.get(topic).copied(), is.get(topic).copied()))
        .filter(|(_, from, to)| from != to)
        .map(|(topic, from, to)| Move {
            name: topic.name(questionnaire).to_owned(),
            from: from.map(|at| at + 1),
            to: to.map(|at| at + 1),
        })
        .collect();
    let unranked = before.len().max(after.len()) + 1;
    let distance = |m: &Move| m.from.unwrap_or(unranked).abs_diff(m.to.unwrap_or(unranked));
    moves.sort_by_key(|m| std::cmp::Reverse(distance(m)));
    moves
}

fn topics(questionnaire: &Questionnaire, outcome: &Outcome) -> Vec<Topic> {
    outcome.lines(questionnaire).iter().map(|line| line.topic).collect()
}
