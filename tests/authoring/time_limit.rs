//! What `check` does when its time is up, or there is too much to compare. No test here measures time: each counts.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use twinge::authoring::check::{Checked, ProofOptions, Proofs, check_and_prove};
use twinge::authoring::proof::{Goal, Verdict};

/// A file with so many causes that differ only in their ids.
fn identical_causes(causes: usize) -> String {
    let mut file =
        "format = 1\ntitle = \"T\"\nversion = \"1\"\nquestion = [{ id = \"q\", ask = \"Q?\", kind = \"one\" }]\n\
        urgency = [{ id = \"later\", say = \"Later.\" }]\n"
            .to_owned();
    for at in 0..causes {
        let _ = write!(
            file,
            "[[cause]]\nid = \"c{at}\"\nname = \"C{at}\"\nbase = [{{ p = 0.1 }}]\n\
             findings = [{{ lr = 2, when = {{ q = \"yes\" }}, grade = \"C\" }}]\n"
        );
    }
    file
}

fn proofs_of(checked: Result<Checked, Vec<twinge::diagnostic::Diagnostic>>) -> Proofs {
    checked.expect("a valid file").proofs.expect("they were wanted")
}

fn compared(proofs: &Proofs) -> usize {
    proofs.outcomes.iter().filter(|proof| matches!(proof.goal, Goal::Above(..))).count()
}

/// How often the prover of so many causes asks whether its time is up, once it is.
fn asked_once_time_is_up(causes: usize) -> usize {
    let asked = Arc::new(AtomicUsize::new(0));
    let counting = Arc::clone(&asked);
    let stop = Arc::new(move || {
        counting.fetch_add(1, Ordering::Relaxed);
        true
    });
    let options = ProofOptions { stop, on_progress: &mut |_, _| {} };
    let proofs = proofs_of(check_and_prove(identical_causes(causes).as_bytes(), options));
    assert!(proofs.outcomes.iter().all(|proof| proof.verdict == Verdict::Undecided), "there was no time for any");
    asked.load(Ordering::Relaxed)
}

#[test]
fn once_time_is_up_what_is_left_to_do_grows_no_faster_than_the_file() {
    let (few, many) = (asked_once_time_is_up(50), asked_once_time_is_up(200));
    assert!(many < 5 * few, "{few} times for 50 causes, {many} times for 200");
}

#[test]
fn of_millions_of_pairs_of_causes_ten_thousand_are_compared_and_the_others_counted() {
    let is_up = Arc::new(AtomicBool::new(false));
    let stop = Arc::clone(&is_up);
    // Pairs come last. To compare them would take long, and how many there are is known when the first one is.
    let mut goals = None;
    let mut on_progress = |_, of| is_up.store(*goals.get_or_insert(of) != of, Ordering::Relaxed);
    let options = ProofOptions { stop: Arc::new(move || stop.load(Ordering::Relaxed)), on_progress: &mut on_progress };
    let proofs = proofs_of(check_and_prove(identical_causes(300).as_bytes(), options));
    let pairs = 299 * 299;
    assert!((9_000..=10_000).contains(&compared(&proofs)), "{}", compared(&proofs));
    assert_eq!(proofs.pairs_left_out, pairs - compared(&proofs));
    assert!(!proofs.is_whole());
}

#[test]
fn a_cause_below_many_others_names_a_few_of_them() {
    let options = ProofOptions { stop: Arc::new(|| false), on_progress: &mut |_, _| {} };
    let checked = check_and_prove(identical_causes(9).as_bytes(), options).expect("a valid file");
    let messages: Vec<&str> = checked.warnings.iter().map(|warning| warning.message.as_str()).collect();
    let expected = "no answers put `c8` above `c0`, or above `c1`, or above `c2`, or above `c3`, or above `c4`, \
        or above any of 3 others";
    assert!(messages.contains(&expected), "{messages:#?}");
    assert_eq!(checked.proofs.expect("they were wanted").pairs_left_out, 0);
}
