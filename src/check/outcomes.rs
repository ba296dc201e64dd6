//! What can come out of a questionnaire, and the warnings about what never does.

use std::collections::BTreeSet;

use la_arena::Idx;

use super::Checking;
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::proof::{Effort, Prover, Subject, Verdict, subjects};
use crate::questionnaire::{Cause, Place};

/// What this part looks for.
pub(super) const LOOKS_FOR: &[Rule] =
    &[Rule::NeverRaised, Rule::NeverUrgent, Rule::NeverFirst, Rule::NeverApart, Rule::NeverGiven];

/// In the first round each search may go so far, so that a hard one does not take the time of all others.
const FIRST_ROUND: Effort = Effort::Guesses(300);

const NOTHING_SPEAKS: &str = "no answer speaks on it: none of its findings is ever yes, or no with an `lr_no`";

/// Something that was to be proven, and whether it can come.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// What was to be proven.
    pub subject: Subject,
    /// Whether it can come.
    pub verdict: Verdict,
}

/// Proves everything, and warns of what never comes. `on` hears of each search that has come to an end, with how many
/// are known and how many there are.
pub(super) fn look(
    file: Checking<'_>,
    prover: &mut Prover<'_>,
    on: &mut dyn FnMut(usize, usize),
    found: &mut Vec<Diagnostic>,
) -> Vec<Proof> {
    let mut proofs = prove_all(prover, &subjects(file.questionnaire), on);
    let never = |proof: &Proof| proof.verdict == Verdict::Never;
    let hopeless: Vec<Idx<Cause>> = proofs.iter().filter(|proof| never(proof)).filter_map(first).collect();
    // Where nothing speaks on a cause, there is nothing that could tell it from others.
    let (silent, hopeless): (Vec<_>, Vec<_>) =
        hopeless.into_iter().partition(|cause| prover.can_be_ranked(*cause) == Some(false));
    let pairs = hopeless.iter().flat_map(|cause| {
        let others = file.questionnaire.causes.iter().map(|(other, _)| other).filter(move |other| other != cause);
        others.map(|other| Subject::Ahead(*cause, other))
    });
    let pairs: Vec<Subject> = pairs.collect();
    proofs.extend(prove_all(prover, &pairs, on));
    let mut told = BTreeSet::new();
    for proof in proofs.iter().filter(|proof| never(proof)) {
        if let Subject::Ahead(cause, _) = proof.subject
            && !told.insert(cause)
        {
            continue;
        }
        let notes = first(proof).filter(|cause| silent.contains(cause)).map(|_| NOTHING_SPEAKS.to_owned());
        let warning = warning(file, proof.subject, &proofs);
        found.extend(warning.map(|warning| Diagnostic { notes: notes.into_iter().collect(), ..warning }));
    }
    proofs
}

fn prove_all(prover: &mut Prover<'_>, subjects: &[Subject], on: &mut dyn FnMut(usize, usize)) -> Vec<Proof> {
    let mut known = 0;
    let mut tell = |verdict: &Verdict| {
        known += usize::from(*verdict != Verdict::Undecided);
        on(known, subjects.len());
    };
    let mut proofs: Vec<Proof> = Vec::with_capacity(subjects.len());
    for subject in subjects {
        let verdict = prover.prove(*subject, FIRST_ROUND);
        tell(&verdict);
        proofs.push(Proof { subject: *subject, verdict });
    }
    for proof in proofs.iter_mut().filter(|proof| proof.verdict == Verdict::Undecided) {
        proof.verdict = prover.prove(proof.subject, Effort::Whatever);
        tell(&proof.verdict);
    }
    proofs
}

fn first(proof: &Proof) -> Option<Idx<Cause>> {
    match proof.subject {
        Subject::First(cause) => Some(cause),
        Subject::Raised(_)
        | Subject::Level(_)
        | Subject::Advice(..)
        | Subject::NotAsked(..)
        | Subject::Ahead(..)
        | Subject::Longest => None,
    }
}

/// The causes that another one never stands above.
fn always_above(proofs: &[Proof], cause: Idx<Cause>) -> Vec<Idx<Cause>> {
    let above = proofs.iter().filter(|proof| proof.verdict == Verdict::Never).filter_map(|proof| match proof.subject {
        Subject::Ahead(behind, ahead) if behind == cause => Some(ahead),
        Subject::Ahead(..)
        | Subject::First(_)
        | Subject::Raised(_)
        | Subject::Level(_)
        | Subject::Advice(..)
        | Subject::NotAsked(..)
        | Subject::Longest => None,
    });
    above.collect()
}

fn warning(file: Checking<'_>, subject: Subject, proofs: &[Proof]) -> Option<Diagnostic> {
    let questionnaire = file.questionnaire;
    let name = |cause: Idx<Cause>| quote(&questionnaire.causes[cause].id);
    let (rule, place, message, help) = match subject {
        Subject::Raised(alarm) => {
            let message = format!("{} is never raised, whatever is answered", quote(&questionnaire.alarms[alarm].id));
            (
                Rule::NeverRaised,
                Place::AlarmWhen(alarm),
                message,
                "mend its `when`, and what the questions in it hang on",
            )
        }
        Subject::Level(level) => {
            let id = quote(&questionnaire.urgencies[level].id);
            let message = format!("no result has the urgency {id}, whatever is answered");
            (Rule::NeverUrgent, Place::Urgency(level), message, "give it to an alarm or a cause, or take it out")
        }
        Subject::First(cause) => {
            let message = format!("{} never comes first, whatever is answered", name(cause));
            (Rule::NeverFirst, Place::Cause(cause), message, "give it findings that set it apart, or take it out")
        }
        Subject::Ahead(behind, _) => {
            let above: Vec<String> = always_above(proofs, behind).into_iter().map(name).collect();
            let message = format!("no answers put {} above {}", name(behind), above.join(", or above "));
            (Rule::NeverApart, Place::Cause(behind), message, "ask what tells them apart, or make one cause of them")
        }
        Subject::Advice(cause, at) => {
            let message = "this advice is never given, whatever is answered".to_owned();
            let help = "mend its `when`, which must hold while something speaks on the cause";
            (Rule::NeverGiven, Place::AdviceWhen(cause, at), message, help)
        }
        Subject::NotAsked(..) | Subject::Longest => return None,
    };
    Some(Diagnostic { help: Some(help.into()), ..Diagnostic::new(rule, file.places.span(place), message) })
}
