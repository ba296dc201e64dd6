//! Proves what can come out of a questionnaire: for every cause, alarm, level of urgency and conditional advice, a shortest
//! set of answers that leads to it, or that none does.
//!
//! [`Prover`] encodes all conditions as a logic circuit, which a SAT solver searches for all answers at once. The ranking is
//! arithmetic, and not part of the circuit: the solver guesses which cause comes first, the engine checks the guess, and
//! where it is wrong, the solver learns a clause that explains why (lazy explanation, as in solvers of satisfiability modulo
//! theories). Answers are reported only once the engine has confirmed them. That there are none rests on the bounds of
//! [`crate::engine::bounds`].
//!
//! From the bottom up: `circuit` wraps the solver, `encoding` makes a circuit of the conditions, `cause_bounds` and
//! `conflict_clauses` explain the ranking, `prover` searches, and `goals` says what for.

mod prover;
mod goals;
mod circuit;
mod encoding;
mod cause_bounds;
mod conflict_clauses;
mod dominance;
mod longest_interview;
mod satisfiable;

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::engine::answers::Answers;
use crate::questionnaire::{Alarm, Cause, Question, Questionnaire, Urgency};

pub use circuit::Stop;
pub use prover::Prover;

/// Something that can come out of a questionnaire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// This cause comes first.
    First(Idx<Cause>),
    /// This alarm is raised.
    Raised(Idx<Alarm>),
    /// This alarm is unsure.
    Unsure(Idx<Alarm>),
    /// An alarm is raised together with one that its `worse` names.
    Worse(Idx<Alarm>, Idx<Alarm>),
    /// The result has this level of urgency.
    Urgency(Idx<Urgency>),
    /// A cause is ranked, and its advice at this place, from 0, is given.
    Advised(Idx<Cause>, usize),
    /// A question is not asked, although every question that decides about it is answered or not asked itself.
    NotAsked(Idx<Question>, WhyNotAsked),
    /// The first of two causes is ranked, and the second is not or is below it.
    Above(Idx<Cause>, Idx<Cause>),
    /// An interview has as many questions as any can have.
    LongestInterview,
}

/// Why a question is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyNotAsked {
    /// The answers say that it need not be.
    RuledOut,
    /// It is open whether it should be, because some answers are *not sure*.
    NotSure,
}

/// How long to search for one goal before it is left undecided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Until this many guesses about the ranking were wrong.
    WrongGuesses(usize),
    /// Until it is decided, or the prover is stopped.
    Unlimited,
}

/// Whether a goal can be reached.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// These answers reach it, and no fewer do. Those of [`Goal::LongestInterview`] are the most that can be given.
    Reachable(Answers),
    /// No answers reach it.
    Unreachable,
    /// There was no time to decide it.
    Undecided,
}

/// A goal, and whether it can be reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// What was to be proven.
    pub goal: Goal,
    /// Whether it can be reached.
    pub verdict: Verdict,
}

/// Every goal that a check tries to reach, except [`Goal::Above`], which it tries only for causes that never come first.
#[must_use]
pub fn all_goals(questionnaire: &Questionnaire) -> Vec<Goal> {
    let mut goals: Vec<Goal> = Vec::new();
    goals.extend(questionnaire.alarms.iter().map(|(alarm, _)| Goal::Raised(alarm)));
    let can_be_unsure = questionnaire.alarms.iter().filter(|(_, alarm)| alarm.unsure.is_some());
    goals.extend(can_be_unsure.map(|(alarm, _)| Goal::Unsure(alarm)));
    let worse = questionnaire.alarms.iter().flat_map(|(id, alarm)| alarm.worse.iter().map(move |worse| (id, *worse)));
    goals.extend(worse.map(|(alarm, worse)| Goal::Worse(alarm, worse)));
    goals.extend(questionnaire.urgencies.iter().map(|(level, _)| Goal::Urgency(level)));
    goals.extend(questionnaire.causes.iter().map(|(cause, _)| Goal::First(cause)));
    for (id, cause) in questionnaire.causes.iter() {
        let conditional = cause.advice.iter().enumerate().filter(|(_, advice)| !advice.when.is_always());
        goals.extend(conditional.map(|(at, _)| Goal::Advised(id, at)));
    }
    let dangerous: BTreeSet<Idx<Question>> =
        questionnaire.alarms.values().flat_map(|alarm| questionnaire.questions_behind(alarm.when.tests())).collect();
    let is_gated = |id: &Idx<Question>| {
        let question = &questionnaire.questions[*id];
        !question.when.is_always() || question.from().is_some()
    };
    for question in dangerous.into_iter().filter(is_gated) {
        goals.extend([WhyNotAsked::RuledOut, WhyNotAsked::NotSure].map(|why| Goal::NotAsked(question, why)));
    }
    goals.push(Goal::LongestInterview);
    goals
}

#[cfg(test)]
fn read(rest: &str) -> Questionnaire {
    let file = format!("format = 1\ntitle = \"T\"\n{rest}");
    crate::questionnaire::parse(file.as_bytes()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[cfg(test)]
fn prover(questionnaire: &Questionnaire) -> Prover<'_> {
    Prover::new(questionnaire, std::sync::Arc::new(|| false))
}
