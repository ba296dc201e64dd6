//! Checks a question file: its errors, and warnings about what may not do what its author means.
//!
//! [`check`] runs the rules in `RULES`, [`check_and_prove`] also those in `with_prover::RULES`. Each rule has a file below
//! `rules/`. The warnings are put in file order, and those that the file allows are set apart.

mod rules;
mod suppression;
mod references;
mod overlap;
mod with_prover;

use crate::authoring::proof::{Proof, Stop, Verdict};
use crate::diagnostic::{Diagnostic, Rule};
use crate::questionnaire::{Parsed, Questionnaire, parse_with_spans};

/// A question file that can be used, with its warnings.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What the file means.
    pub questionnaire: Questionnaire,
    /// The warnings, in file order.
    pub warnings: Vec<Diagnostic>,
    /// The warnings that the file allows, each with the author's reason, in file order.
    pub silenced: Vec<(Diagnostic, String)>,
    /// What was proven; `None` if nothing was to be.
    pub proofs: Option<Proofs>,
}

/// How to prove what can come out of a question file.
pub struct ProofOptions<'a> {
    /// When to give up.
    pub stop: Stop,
    /// Called after each search with how many of the goals at hand are decided, and how many there are.
    pub on_progress: &'a mut dyn FnMut(usize, usize),
}

/// What was proven of a questionnaire.
#[derive(Debug, Clone)]
pub struct Proofs {
    /// Of everything that could come out, whether it can.
    pub outcomes: Vec<Proof>,
    /// How many questions about conditions stayed open because the time was up.
    pub conditions_left_out: usize,
    /// How many pairs of causes were not compared because there are too many. One of each pair never comes first.
    pub pairs_left_out: usize,
}

/// Finds every violation of one rule.
type Check = fn(&Parsed) -> Vec<Diagnostic>;

/// The rules that need no prover.
const RULES: [(Rule, Check); 12] = [
    (Rule::IdleQuestion, rules::idle_question::check),
    (Rule::LateAlarm, rules::late_alarm::check),
    (Rule::ToldNotRuled, rules::told_not_ruled::check),
    (Rule::NoEffect, rules::no_effect::check),
    (Rule::SameSide, rules::same_side::check),
    (Rule::CountedTwice, rules::counted_twice::check),
    (Rule::NoSource, rules::no_source::check),
    (Rule::UnusedSource, rules::unused_source::check),
    (Rule::BadDoi, rules::bad_doi::check),
    (Rule::SameText, rules::same_text::check),
    (Rule::CommandLabel, rules::command_label::check),
    (Rule::NumberGap, rules::number_gap::check),
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
pub fn check_and_prove(bytes: &[u8], options: ProofOptions<'_>) -> Result<Checked, Vec<Diagnostic>> {
    check_all(bytes, Some(options))
}

fn check_all(bytes: &[u8], options: Option<ProofOptions<'_>>) -> Result<Checked, Vec<Diagnostic>> {
    let parsed = parse_with_spans(bytes)?;
    let mut found: Vec<Diagnostic> = RULES.iter().flat_map(|(_, check)| check(&parsed)).collect();
    found.extend(rules::newer_toml::check(bytes));
    let proofs = options.map(|options| {
        let (proofs, warnings) = with_prover::check(&parsed, options);
        found.extend(warnings);
        proofs
    });
    // When something was left out, a warning may be missing, and an `allow` for it is not unused.
    let is_proven = proofs.as_ref().is_some_and(Proofs::is_whole);
    let was_checked = |rule| {
        rule == Rule::NewerToml
            || RULES.iter().any(|(checked, _)| *checked == rule)
            || (is_proven && with_prover::RULES.contains(&rule))
    };
    let (warnings, silenced) = suppression::apply_allows(found, &parsed, was_checked);
    Ok(Checked { questionnaire: parsed.questionnaire, warnings, silenced, proofs })
}

impl Proofs {
    /// Whether nothing was left out, for want of time or because it was too much.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.conditions_left_out == 0
            && self.pairs_left_out == 0
            && self.outcomes.iter().all(|proof| proof.verdict != Verdict::Undecided)
    }
}
