//! What is proven of the trees that come with the program, and that `twinge test` can replay it.

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
    let proving = ProofOptions { stop: Arc::new(|| false), on_progress: &mut |_, _| {} };
    let checked = check_and_prove(&bytes, proving);
    checked.unwrap_or_else(|problems| panic!("{}", render(Source { name, bytes: &bytes }, &problems)))
}

/// Every proof of a tree is whole, and everything that comes is replayed by its cases.
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
    let come = proofs.outcomes.iter().filter(|proof| matches!(proof.verdict, Verdict::Reachable(_))).count();
    assert_eq!(cases.len(), come);
    for case in &cases {
        assert_eq!(case.failures(&questionnaire), Vec::<String>::new(), "{}", case.name);
    }

    let comes =
        |subject| proofs.outcomes.iter().any(|it| it.goal == subject && matches!(it.verdict, Verdict::Reachable(_)));
    assert!(questionnaire.causes.iter().all(|(cause, _)| comes(Goal::First(cause))));
    assert!(questionnaire.alarms.iter().all(|(alarm, _)| comes(Goal::Raised(alarm))));
    assert!(questionnaire.urgencies.iter().all(|(level, _)| comes(Goal::Urgency(level))));
    assert!(comes(Goal::LongestInterview));
}

#[test]
fn everything_in_the_built_in_questionnaire_can_come_out() {
    check("questions.toml");
}

#[test]
fn everything_in_the_home_network_can_come_out() {
    check("tests/trees/home-network.toml");
}
