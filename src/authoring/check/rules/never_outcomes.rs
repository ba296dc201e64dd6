//! What can come out of a questionnaire, and the warnings about what never does.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::authoring::check::Checking;
use crate::authoring::proof::{Effort, Goal, Prover, Verdict, all_goals};
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Cause, Condition, FilePart, Question, Truth};

/// What this part looks for.
pub(in crate::authoring::check) const LOOKS_FOR: &[Rule] =
    &[Rule::NeverRaised, Rule::NeverUrgent, Rule::NeverFirst, Rule::NeverApart, Rule::NeverGiven];

/// In the first round each search may go so far, so that a hard one does not take the time of all others.
const FIRST_ROUND: Effort = Effort::WrongGuesses(300);

/// Something that was to be proven, and whether it can come.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// What was to be proven.
    pub goal: Goal,
    /// Whether it can come.
    pub verdict: Verdict,
}

/// Proves everything, and warns of what never comes. `on` hears of each search that has come to an end, with how many
/// are known and how many there are.
pub(in crate::authoring::check) fn look(
    file: Checking<'_>,
    prover: &mut Prover<'_>,
    on: &mut dyn FnMut(usize, usize),
    found: &mut Vec<Diagnostic>,
) -> Vec<Proof> {
    let mut proofs = prove_all(prover, &all_goals(file.questionnaire), on);
    let never = |proof: &Proof| proof.verdict == Verdict::Unreachable;
    let hopeless: Vec<Idx<Cause>> = proofs.iter().filter(|proof| never(proof)).filter_map(first).collect();
    // Where nothing speaks on a cause, there is nothing that could tell it from others.
    let (silent, hopeless): (Vec<_>, Vec<_>) =
        hopeless.into_iter().partition(|cause| prover.can_be_ranked(*cause) == Some(false));
    let pairs = hopeless.iter().flat_map(|cause| {
        let others = file.questionnaire.causes.iter().map(|(other, _)| other).filter(move |other| other != cause);
        others.map(|other| Goal::Above(*cause, other))
    });
    let pairs: Vec<Goal> = pairs.collect();
    proofs.extend(prove_all(prover, &pairs, on));
    let mut told = BTreeSet::new();
    for proof in proofs.iter().filter(|proof| never(proof)) {
        if let Goal::Above(cause, _) = proof.goal
            && !told.insert(cause)
        {
            continue;
        }
        let notes = because(file, prover, proof, &silent);
        let warning = warning(file, proof.goal, &proofs);
        found.extend(warning.map(|warning| Diagnostic { notes, ..warning }));
    }
    proofs
}

/// What is behind it that something never comes, as far as that is plain.
fn because(file: Checking<'_>, prover: &mut Prover<'_>, proof: &Proof, silent: &[Idx<Cause>]) -> Vec<String> {
    let questionnaire = file.questionnaire;
    match proof.goal {
        Goal::First(cause) if silent.contains(&cause) => {
            let named = &questionnaire.causes[cause];
            let why = if prover.can_be(&named.when, Truth::Yes) == Some(false) {
                "it is never in play: its own `when` is never yes"
            } else if named.findings.is_empty() {
                "nothing speaks on it: it has no findings and no `when` of its own"
            } else {
                "nothing speaks on it: none of its findings is ever yes, or no with an `lr_no`, while it is in play"
            };
            vec![why.to_owned()]
        }
        Goal::Urgency(level) => {
            let alarms = questionnaire.alarms.values().filter(|alarm| alarm.urgency == level);
            let causes = questionnaire.causes.values().filter(|cause| cause.urgency == Some(level));
            let ids: Vec<String> =
                alarms.map(|alarm| quote(&alarm.id)).chain(causes.map(|cause| quote(&cause.id))).collect();
            let never = "never raised, never probable enough, or never without something more urgent";
            if ids.is_empty() { Vec::new() } else { vec![format!("it belongs to {}: {never}", ids.join(", "))] }
        }
        Goal::Raised(alarm) => never_asked(file, prover, &questionnaire.alarms[alarm].when),
        Goal::Advised(cause, at) => {
            let advice = questionnaire.causes[cause].advice.get(at);
            advice.map(|advice| never_asked(file, prover, &advice.when)).unwrap_or_default()
        }
        Goal::First(_) | Goal::NotAsked(..) | Goal::Above(..) | Goal::LongestInterview => Vec::new(),
    }
}

fn never_asked(file: Checking<'_>, prover: &mut Prover<'_>, condition: &Condition) -> Vec<String> {
    let questions = file.questionnaire.questions_behind(condition).into_iter();
    let never = questions.filter(|question| prover.can_be_asked(*question) == Some(false));
    let id = |question: Idx<Question>| quote(&file.questionnaire.questions[question].id);
    never.map(|question| format!("it looks at {}, which nobody is ever asked", id(question))).collect()
}

fn prove_all(prover: &mut Prover<'_>, subjects: &[Goal], on: &mut dyn FnMut(usize, usize)) -> Vec<Proof> {
    let mut known = 0;
    let mut tell = |verdict: &Verdict| {
        known += usize::from(*verdict != Verdict::Undecided);
        on(known, subjects.len());
    };
    let mut proofs: Vec<Proof> = Vec::with_capacity(subjects.len());
    for subject in subjects {
        let verdict = prover.prove(*subject, FIRST_ROUND);
        tell(&verdict);
        proofs.push(Proof { goal: *subject, verdict });
    }
    for proof in proofs.iter_mut().filter(|proof| proof.verdict == Verdict::Undecided) {
        proof.verdict = prover.prove(proof.goal, Effort::Unlimited);
        tell(&proof.verdict);
    }
    proofs
}

fn first(proof: &Proof) -> Option<Idx<Cause>> {
    match proof.goal {
        Goal::First(cause) => Some(cause),
        Goal::Raised(_)
        | Goal::Urgency(_)
        | Goal::Advised(..)
        | Goal::NotAsked(..)
        | Goal::Above(..)
        | Goal::LongestInterview => None,
    }
}

/// The causes that another one never stands above.
fn always_above(proofs: &[Proof], cause: Idx<Cause>) -> Vec<Idx<Cause>> {
    let above =
        proofs.iter().filter(|proof| proof.verdict == Verdict::Unreachable).filter_map(|proof| match proof.goal {
            Goal::Above(behind, ahead) if behind == cause => Some(ahead),
            Goal::Above(..)
            | Goal::First(_)
            | Goal::Raised(_)
            | Goal::Urgency(_)
            | Goal::Advised(..)
            | Goal::NotAsked(..)
            | Goal::LongestInterview => None,
        });
    above.collect()
}

fn warning(file: Checking<'_>, subject: Goal, proofs: &[Proof]) -> Option<Diagnostic> {
    let questionnaire = file.questionnaire;
    let name = |cause: Idx<Cause>| quote(&questionnaire.causes[cause].id);
    let (rule, span, message, help) = match subject {
        Goal::Raised(alarm) => {
            let message = format!("{} is never raised, whatever is answered", quote(&questionnaire.alarms[alarm].id));
            (
                Rule::NeverRaised,
                file.spans.value(FilePart::Alarm(alarm), "when"),
                message,
                "mend its `when`, and what the questions in it hang on",
            )
        }
        Goal::Urgency(level) => {
            let id = quote(&questionnaire.urgencies[level].id);
            let message = format!("no result has the urgency {id}, whatever is answered");
            (
                Rule::NeverUrgent,
                file.spans.span(FilePart::Urgency(level)),
                message,
                "give it to an alarm or a cause that can bring it, or take it out",
            )
        }
        Goal::First(cause) => {
            let message = format!("{} never comes first, whatever is answered", name(cause));
            (
                Rule::NeverFirst,
                file.spans.span(FilePart::Cause(cause)),
                message,
                "give it findings that set it apart, or take it out",
            )
        }
        Goal::Above(behind, _) => {
            let above: Vec<String> = always_above(proofs, behind).into_iter().map(name).collect();
            let message = format!("no answers put {} above {}", name(behind), above.join(", or above "));
            (
                Rule::NeverApart,
                file.spans.span(FilePart::Cause(behind)),
                message,
                "ask what tells them apart, or make one cause of them",
            )
        }
        Goal::Advised(cause, at) => {
            let message = "this advice is never given, whatever is answered".to_owned();
            let help = "mend its `when`, which must hold while something speaks on the cause";
            (Rule::NeverGiven, file.spans.value(FilePart::Advice(cause, at), "when"), message, help)
        }
        Goal::NotAsked(..) | Goal::LongestInterview => return None,
    };
    Some(Diagnostic { help: Some(help.into()), ..Diagnostic::new(rule, span, message) })
}
