//! What is worth a second look in a question file that can be used: its warnings.
//!
//! Each part of the check has a room of its own, and says which rules it looks for. What is found is put in file order,
//! and what the file itself allows is set apart.

pub(crate) mod rules;
mod suppression;
mod references;
mod overlap;

use crate::authoring::proof::{Prover, Stop, Verdict};
use crate::diagnostic::{Diagnostic, Rule};
use crate::questionnaire::{Questionnaire, Spans, parse_with_spans};

pub use rules::never_outcomes::Proof;

/// A question file that can be used, and what is odd about it.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What the file means.
    pub questionnaire: Questionnaire,
    /// What may not do what the author means, in file order.
    pub warnings: Vec<Diagnostic>,
    /// The warnings that the file allows, each with the author's reason, in file order.
    pub silenced: Vec<(Diagnostic, String)>,
    /// What can come out of it, if that was to be proven.
    pub proofs: Option<Proofs>,
}

/// How to prove what can come out.
pub struct Proving<'a> {
    /// When to give up.
    pub stop: Stop,
    /// Hears of each search that has come to an end: how many are known, of how many.
    pub on: &'a mut dyn FnMut(usize, usize),
}

/// What was proven of a questionnaire.
#[derive(Debug, Clone)]
pub struct Proofs {
    /// What can come out, and from which answers; and what never does.
    pub outcomes: Vec<Proof>,
    /// Of how many conditions there was no time to find out whether they can be yes or no.
    pub conditions_left_out: usize,
}

/// What every part of the check looks at.
#[derive(Debug, Clone, Copy)]
struct Checking<'a> {
    questionnaire: &'a Questionnaire,
    spans: &'a Spans,
}

/// A part of the check.
struct Room {
    /// The rules whose breaches it finds.
    looks_for: &'static [Rule],
    look: fn(Checking<'_>, &mut Vec<Diagnostic>),
}

/// Every part of the check.
const ROOMS: [Room; 5] = [
    rules::idle_question::ROOM,
    rules::late_alarm::ROOM,
    rules::no_effect::ROOM,
    rules::findings::ROOM,
    rules::sources::ROOM,
];

/// Checks a question file, without proving anything.
///
/// # Errors
///
/// Every problem in a file that cannot be used, in file order. Warnings are found only in one that can.
pub fn check(bytes: &[u8]) -> Result<Checked, Vec<Diagnostic>> {
    check_all(bytes, None)
}

/// Checks a question file, and proves what can come out of it.
///
/// # Errors
///
/// As those of [`check`].
pub fn check_and_prove(bytes: &[u8], proving: Proving<'_>) -> Result<Checked, Vec<Diagnostic>> {
    check_all(bytes, Some(proving))
}

fn check_all(bytes: &[u8], proving: Option<Proving<'_>>) -> Result<Checked, Vec<Diagnostic>> {
    let parsed = parse_with_spans(bytes)?;
    let checking = Checking { questionnaire: &parsed.questionnaire, spans: &parsed.spans };
    let mut found = Vec::new();
    for room in &ROOMS {
        (room.look)(checking, &mut found);
    }
    let proofs = proving.map(|proving| prove(checking, proving, &mut found));
    // What there was no time for was not looked for.
    let is_proven = proofs.as_ref().is_some_and(Proofs::is_whole);
    let proven = [rules::never_conditions::LOOKS_FOR, rules::never_outcomes::LOOKS_FOR];
    let is_looked_for = |rule| {
        ROOMS.iter().any(|room| room.looks_for.contains(&rule))
            || (is_proven && proven.iter().any(|rules| rules.contains(&rule)))
    };
    let (warnings, silenced) = suppression::apply_allows(found, &parsed, is_looked_for);
    Ok(Checked { questionnaire: parsed.questionnaire, warnings, silenced, proofs })
}

fn prove(checking: Checking<'_>, proving: Proving<'_>, found: &mut Vec<Diagnostic>) -> Proofs {
    let mut prover = Prover::new(checking.questionnaire, proving.stop);
    let conditions_left_out = rules::never_conditions::look(checking, &mut prover, found);
    let outcomes = rules::never_outcomes::look(checking, &mut prover, proving.on, found);
    Proofs { outcomes, conditions_left_out }
}

impl Proofs {
    /// Whether nothing was left out for want of time.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.conditions_left_out == 0 && self.outcomes.iter().all(|proof| proof.verdict != Verdict::Undecided)
    }
}
