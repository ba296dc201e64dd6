//! What a changed answer did.

use la_arena::Idx;

use crate::outcome::{Line, Outcome};
use crate::questionnaire::{Alarm, Cause, Family, Questionnaire};
use crate::situation::Situation;

/// What a changed answer did to the other answers and to the ranking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// How many answers no longer apply.
    pub dropped: usize,
    /// How many answers apply again.
    pub restored: usize,
    /// The alarms that hold now and did not before, in file order.
    pub raised: Vec<Idx<Alarm>>,
    /// The alarms that held before and do not now, nor could any more, in file order.
    pub withdrawn: Vec<Idx<Alarm>>,
    /// The lines of the ranking that moved, the farthest first.
    pub moves: Vec<Move>,
}

/// A line of the ranking that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The name of the cause or family.
    pub name: String,
    /// Its place before, from 1; `None` when it was not ranked.
    pub from: Option<usize>,
    /// Its place now, from 1; `None` when it is not ranked.
    pub to: Option<usize>,
}

/// What a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    Cause(Idx<Cause>),
    Family(Idx<Family>),
}

impl Change {
    /// What happened from one situation to another of the same questionnaire.
    #[must_use]
    pub fn between(before: &Situation<'_>, after: &Situation<'_>) -> Change {
        let questionnaire = before.questionnaire();
        let counts = |situation: &Situation<'_>, question| situation.answer(question).is_some();
        let questions = || questionnaire.questions.iter().map(|(question, _)| question);
        let dropped = questions().filter(|q| counts(before, *q) && !after.is_shown(*q)).count();
        let comes_back = |q| before.was_answered(q) && !before.is_shown(q) && counts(after, q);
        let restored = questions().filter(|q| comes_back(*q)).count();
        let (before, after) = (Outcome::new(before), Outcome::new(after));
        let only_in = |these: &Outcome, others: &Outcome| -> Vec<Idx<Alarm>> {
            these.alarms.iter().filter(|alarm| !others.alarms.contains(alarm)).copied().collect()
        };
        Change {
            dropped,
            restored,
            raised: only_in(&after, &before),
            withdrawn: only_in(&before, &after).into_iter().filter(|alarm| !after.is_open(*alarm)).collect(),
            moves: moves(questionnaire, &before, &after),
        }
    }

    /// What is told of an answer that was none before: that it moves the ranking goes without saying.
    #[must_use]
    pub fn of_new_answer(self) -> Change {
        Change { moves: Vec::new(), ..self }
    }

    /// Whether nothing happened that is worth a word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Change::default()
    }
}

fn moves(questionnaire: &Questionnaire, before: &Outcome, after: &Outcome) -> Vec<Move> {
    let (before, after) = (places(questionnaire, before), places(questionnaire, after));
    let mut moves: Vec<Move> = after
        .iter()
        .enumerate()
        .map(|(at, subject)| (*subject, before.iter().position(|other| other == subject), Some(at)))
        .chain(
            before
                .iter()
                .enumerate()
                .filter(|(_, subject)| !after.contains(subject))
                .map(|(at, subject)| (*subject, Some(at), None)),
        )
        .filter(|(_, from, to)| from != to)
        .map(|(subject, from, to)| Move {
            name: match subject {
                Subject::Cause(cause) => questionnaire.causes[cause].name.clone(),
                Subject::Family(family) => questionnaire.families[family].name.clone(),
            },
            from: from.map(|at| at + 1),
            to: to.map(|at| at + 1),
        })
        .collect();
    let unranked = before.len().max(after.len()) + 1;
    let distance = |m: &Move| m.from.unwrap_or(unranked).abs_diff(m.to.unwrap_or(unranked));
    moves.sort_by_key(|m| std::cmp::Reverse(distance(m)));
    moves
}

fn places(questionnaire: &Questionnaire, outcome: &Outcome) -> Vec<Subject> {
    let subject = |line: &Line<'_>| match line.family {
        Some(family) => Some(Subject::Family(family)),
        None => line.highest().map(|ranked| Subject::Cause(ranked.cause)),
    };
    outcome.lines(questionnaire).iter().filter_map(subject).collect()
}
