//! Everything in the question files that come with the program can come out, and `twinge test` can replay the proofs.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use twinge::authoring::cases::{self, from_proofs};
use twinge::authoring::check::{Checked, ProofOptions, check_and_prove};
use twinge::authoring::proof::{Goal, Verdict};
use twinge::diagnostic::{Source, render};

#[track_caller]
fn proven(name: &str) -> Checked {
    let bytes = fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)).expect("it can be read");
    let options = ProofOptions { stop: Arc::new(|| false), on_progress: &mut |_, _| {} };
    let checked = check_and_prove(&bytes, options);
    checked.unwrap_or_else(|problems| panic!("{}", render(Source { name, bytes: &bytes }, &problems)))
}

/// Everything about a question file is decided, and the case for each goal that can be reached passes.
#[track_caller]
fn check(name: &str) {
    let Checked { questionnaire, warnings, proofs, .. } = proven(name);
    let proofs = proofs.expect("it was to be proven");
    assert!(proofs.is_whole(), "{:?}", proofs.outcomes);
    let told: Vec<_> = warnings.iter().map(|warning| (warning.rule, &warning.message)).collect();
    assert!(told.is_empty(), "{told:?}");

    let file = from_proofs::cases_file(&questionnaire, &proofs.outcomes);
    let cases = cases::parse(file.as_bytes(), &questionnaire)
        .unwrap_or_else(|problems| panic!("{}", render(Source { name: "cases", bytes: file.as_bytes() }, &problems)));
    let reachable = proofs.outcomes.iter().filter(|proof| matches!(proof.verdict, Verdict::Reachable(_))).count();
    assert_eq!(cases.len(), reachable);
    for case in &cases {
        assert_eq!(case.failures(&questionnaire), Vec::<String>::new(), "{}", case.name);
    }

    let is_reachable =
        |goal| proofs.outcomes.iter().any(|it| it.goal == goal && matches!(it.verdict, Verdict::Reachable(_)));
    assert!(questionnaire.causes.iter().all(|(cause, _)| is_reachable(Goal::First(cause))));
    assert!(questionnaire.alarms.iter().all(|(alarm, _)| is_reachable(Goal::Raised(alarm))));
    assert!(questionnaire.urgencies.iter().all(|(level, _)| is_reachable(Goal::Urgency(level))));
    assert!(is_reachable(Goal::LongestInterview));
}

#[test]
fn everything_in_the_built_in_questionnaire_can_come_out() {
    check("questions.toml");
}

#[test]
fn everything_in_the_home_network_can_come_out() {
    check("tests/trees/home-network.toml");
}
