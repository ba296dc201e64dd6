//! Causes stand in the results only with a reason: what nothing that was said points to is counted, and not named.

use crate::generate::{Picks, Tree, Wishes};
use crate::interviews::begun;
use crate::leading::{lines_of_results, picks, resumed, screens_of_results};
use crate::trees::parsed;
use crate::unsaid::{not_sure_of_anything, without_reason};
use proptest::prelude::*;
use twinge::interview::Interview;
use twinge::questionnaire::{Answer, Questionnaire, WrittenAnswer};
use twinge::report::summary::summary;

/// Everything that people see of the results.
fn everything(interview: &Interview<'_>) -> String {
    [screens_of_results(resumed(interview)), lines_of_results(resumed(interview)), summary(interview)].concat()
}

proptest! {
    // The reports are tested with many more.
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_cause_that_only_no_answers_moved_is_named_nowhere(tree in picks(), given in picks()) {
        let questionnaire = Tree::grow(&mut Picks::new(tree), Wishes { tests_not_sure: true }).questionnaire();
        let interview = begun(&mut Picks::new(given), &questionnaire);
        let without_reason = without_reason(&interview);
        if !without_reason.is_empty() {
            let seen = everything(&interview);
            for name in without_reason {
                prop_assert!(!seen.contains(name), "{} is in\n{}", name, seen);
            }
        }
    }

    #[test]
    fn whoever_is_not_sure_of_anything_hears_no_advice_and_of_nothing_that_is_best(tree in picks()) {
        let questionnaire = Tree::grow(&mut Picks::new(tree), Wishes { tests_not_sure: true }).questionnaire();
        let interview = not_sure_of_anything(&questionnaire);
        if interview.outcome().ranking.ranked().next().is_none() {
            return Ok(());
        }
        let seen = everything(&interview);
        prop_assert!(!seen.contains("best"), "{}", seen);
        for advice in questionnaire.causes.values().flat_map(|cause| &cause.advice) {
            prop_assert!(!seen.contains(&advice.say), "{} is in\n{}", advice.say, seen);
        }
    }
}

const TREE: &str = r#"
format = 1
title = "T"
urgency = [{ id = "low", say = "Wait." }, { id = "mid", say = "See a doctor." }]
question = [
  { id = "walk", ask = "Does it hurt to walk?", kind = "one" },
  { id = "signs", ask = "Which?", kind = "many", options = [{ id = "red", say = "Red" }, { id = "hot", say = "Hot" }, { id = "swollen", say = "Swollen" }] },
]
[[cause]]
id = "strain"
name = "A strain"
base = [{ p = 0.2 }]
findings = [{ lr = 2, lr_no = 0.8, when = { walk = "yes" }, grade = "C" }]
advice = [{ stage = "now", say = "Rest it." }]
[[cause]]
id = "vein"
name = "A vein"
urgency = "mid"
base = [{ p = 0.4 }]
findings = [{ lr = 3, lr_no = 0.9, when = { signs = "red" }, grade = "C" }]
[[cause]]
id = "bone"
name = "A bone"
base = [{ p = 0.02 }]
findings = [{ lr = 0.8, when = { signs = "!hot" }, grade = "C" }, { lr = 2, when = { signs = "swollen" }, grade = "C" }]
"#;

fn answered<'q>(questionnaire: &'q Questionnaire, walk: &str, signs: &[&str]) -> Interview<'q> {
    let mut interview = Interview::new(questionnaire);
    let signs = signs.iter().map(|sign| (*sign).into()).collect();
    for (id, written) in [("walk", WrittenAnswer::Text(walk.into())), ("signs", WrittenAnswer::List(signs))] {
        let question = questionnaire.question(id).expect("asked");
        interview.answer(question, Answer::read(&questionnaire.questions[question], &written).expect("an answer"));
    }
    interview
}

#[track_caller]
fn check(walk: &str, signs: &[&str], said: &[&str], unsaid: &[&str]) {
    let questionnaire = parsed(TREE);
    let lines = lines_of_results(resumed(&answered(&questionnaire, walk, signs)));
    for said in said {
        assert!(lines.contains(said), "{said} is not in\n{lines}");
    }
    for unsaid in unsaid {
        assert!(!lines.contains(unsaid), "{unsaid} is in\n{lines}");
    }
}

#[test]
fn causes_without_a_reason_are_counted_behind_the_others() {
    let counted = "1. A strain: about 3 in 10 (between 1 and 6 in 10).\n2 more: no answer points to them.\n";
    check("yes", &[], &[counted, "What fits best: A strain.\nRest it."], &["A vein", "A bone"]);
    check("no", &["red"], &["1. A vein: about", "2 more: no answer points to them."], &["A bone", "A strain"]);
}

#[test]
fn with_no_reason_for_any_cause_nothing_is_best_and_none_is_advised_on() {
    let said = ["Nothing you said points to a cause.", "See a doctor.\nWhy: to be on the safe side."];
    check(
        "no",
        &[],
        &said,
        &["A strain", "A vein", "best", "Rest it.", "no answer points", "No single cause stands out"],
    );
}

#[test]
fn where_nothing_stands_out_nothing_is_best() {
    let said = ["No single cause stands out.", "1. A bone: about"];
    check("no", &["hot", "swollen"], &said, &["fits best"]);
}
