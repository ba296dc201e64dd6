//! What can come out of a questionnaire: for every cause, alarm, level and advice a shortest set of answers from which
//! it comes, or the proof that there is none.
//!
//! All answers are looked at together, as a circuit whose values a SAT solver searches. The ranking is arithmetic, and
//! stays where it is: the solver guesses which cause comes first, the guess is tried with the real ranking, and where
//! it is wrong the solver learns why (lazy explanation, as in solvers of satisfiability modulo theories). An answer
//! counts only when the ranking itself confirms it. That there is none rests on bounds in which a cause only rises with
//! each weight (see [`crate::engine::bounds`]).

mod prover;
mod goals;
mod circuit;
mod encoding;
mod cause_bounds;
mod conflict_clauses;
mod dominance;
mod longest_interview;
mod satisfiable;

use la_arena::Idx;

use crate::engine::answers::Answers;
use crate::questionnaire::{Alarm, Cause, Question, Questionnaire, Urgency};

pub use circuit::Stop;
pub use prover::Prover;

/// What can be proven of a questionnaire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// That this cause comes first.
    First(Idx<Cause>),
    /// That this alarm is raised.
    Raised(Idx<Alarm>),
    /// That the result has this urgency.
    Urgency(Idx<Urgency>),
    /// That the advice of a cause at this place, from 0, is given while the cause is ranked.
    Advised(Idx<Cause>, usize),
    /// That a question is not asked, though all that it hangs on has been answered.
    NotAsked(Idx<Question>, WhyNotAsked),
    /// That the first of two causes stands above the second.
    Above(Idx<Cause>, Idx<Cause>),
    /// That so many questions come, and no more.
    LongestInterview,
}

/// Why a question is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyNotAsked {
    /// What was answered says that it need not be.
    RuledOut,
    /// What is *not sure* leaves open whether it should be.
    NotSure,
}

/// How long to search for one thing before it is left undecided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Until so many guesses about the ranking were wrong.
    WrongGuesses(usize),
    /// As long as it takes, or until stopped.
    Unlimited,
}

/// Whether something can come.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It comes from these answers, and from no fewer. For [`Goal::LongestInterview`]: of no more questions.
    Reachable(Answers),
    /// It never comes.
    Unreachable,
    /// There was no time to find out.
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

/// Everything that is to be proven of a questionnaire.
#[must_use]
pub fn all_goals(questionnaire: &Questionnaire) -> Vec<Goal> {
    let mut subjects: Vec<Goal> = Vec::new();
    subjects.extend(questionnaire.alarms.iter().map(|(alarm, _)| Goal::Raised(alarm)));
    subjects.extend(questionnaire.urgencies.iter().map(|(level, _)| Goal::Urgency(level)));
    subjects.extend(questionnaire.causes.iter().map(|(cause, _)| Goal::First(cause)));
    for (id, cause) in questionnaire.causes.iter() {
        let conditional = cause.advice.iter().enumerate().filter(|(_, advice)| !advice.when.is_always());
        subjects.extend(conditional.map(|(at, _)| Goal::Advised(id, at)));
    }
    let mut dangerous: Vec<Idx<Question>> =
        questionnaire.alarms.values().flat_map(|alarm| questionnaire.questions_behind(&alarm.when)).collect();
    dangerous.sort_unstable();
    dangerous.dedup();
    let is_gated = |question: &Idx<Question>| {
        let asked = &questionnaire.questions[*question];
        !asked.when.is_always() || asked.from().is_some()
    };
    for question in dangerous.into_iter().filter(is_gated) {
        subjects.extend([WhyNotAsked::RuledOut, WhyNotAsked::NotSure].map(|held| Goal::NotAsked(question, held)));
    }
    subjects.push(Goal::LongestInterview);
    subjects
}
