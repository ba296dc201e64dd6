//! A complete question file from another field, a home network that fails. Authors copy from it, so it is tested like the
//! built-in one.

use std::collections::BTreeSet;

use crate::text::grade;
use twinge::authoring::cases::{Case, parse as parse_cases};
use twinge::diagnostic::{Source, render};
use twinge::engine::evaluation::Evaluation;
use twinge::engine::outcome::{Outcome, RankingLine};
use twinge::questionnaire::{Questionnaire, Stage, parse};

const TREE: &[u8] = include_bytes!("../trees/home-network.toml");
const CASES: &[u8] = include_bytes!("../trees/home-network-cases.toml");

/// The highest reading grade that a text may have, as in the built-in questions: that of a child of 12.
const HIGHEST_GRADE: f64 = 7.0;

fn tree() -> Questionnaire {
    let source = Source { name: "home-network.toml", bytes: TREE };
    parse(TREE).unwrap_or_else(|problems| panic!("{}", render(source, &problems)))
}

fn cases(tree: &Questionnaire) -> Vec<Case> {
    let source = Source { name: "home-network-cases.toml", bytes: CASES };
    parse_cases(CASES, tree).unwrap_or_else(|problems| panic!("{}", render(source, &problems)))
}

fn outcomes(tree: &Questionnaire) -> Vec<Outcome> {
    cases(tree).iter().map(|case| Outcome::new(&Evaluation::new(tree, &case.answers))).collect()
}

/// The ids that no outcome contains.
fn missing<'t>(ids: impl Iterator<Item = &'t String>, found: &BTreeSet<&str>) -> Vec<&'t str> {
    ids.map(String::as_str).filter(|id| !found.contains(id)).collect()
}

#[test]
fn everyone_gets_what_they_must() {
    let tree = tree();
    let cases = cases(&tree);
    assert!(cases.len() >= 40, "only {} cases", cases.len());
    let failures: Vec<String> = cases
        .iter()
        .map(|case| (case, case.failures(&tree)))
        .filter(|(_, failures)| !failures.is_empty())
        .map(|(case, failures)| format!("{}\n  {}", case.name, failures.join("\n  ")))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_alarm_is_raised_by_somebody() {
    let tree = tree();
    let outcomes = outcomes(&tree);
    let raised = outcomes.iter().flat_map(|outcome| &outcome.alarms).map(|alarm| tree.alarms[*alarm].id.as_str());
    let silent = missing(tree.alarms.values().map(|alarm| &alarm.id), &raised.collect());
    assert!(silent.is_empty(), "no case raises {silent:?}");
}

#[test]
fn every_cause_comes_first_for_somebody() {
    let tree = tree();
    let outcomes = outcomes(&tree);
    let first = outcomes.iter().filter_map(|outcome| outcome.lines(&tree).first().and_then(RankingLine::highest));
    let first = first.map(|ranked| tree.causes[ranked.cause].id.as_str());
    let never = missing(tree.causes.values().map(|cause| &cause.id), &first.collect());
    assert!(never.is_empty(), "{never:?} are first in no case");
}

#[test]
fn every_level_of_urgency_comes_out_for_somebody() {
    let tree = tree();
    let outcomes = outcomes(&tree);
    let came = outcomes.iter().filter_map(|outcome| outcome.urgency).map(|level| tree.urgencies[level].id.as_str());
    let never = missing(tree.urgencies.values().map(|level| &level.id), &came.collect());
    assert!(never.is_empty(), "{never:?} come out in no case");
}

#[test]
fn every_cause_has_somebody_who_has_it_and_somebody_who_only_seems_to() {
    let tree = tree();
    let cases = cases(&tree);
    for cause in tree.causes.values() {
        for start in [format!("{}: ", cause.id), format!("not {}: ", cause.id)] {
            assert!(cases.iter().any(|case| case.name.starts_with(&start)), "{start}");
        }
    }
}

#[test]
fn whoever_is_not_sure_of_anything_is_told_which_danger_questions_are_open() {
    let tree = tree();
    let name = "Somebody who is not sure of anything";
    let case = cases(&tree).into_iter().find(|case| case.name == name).expect("a case");
    let evaluation = Evaluation::new(&tree, &case.answers);
    let wanted = Outcome::new(&evaluation).open_danger_questions(&evaluation);
    let wanted: BTreeSet<&str> = wanted.into_iter().map(|question| tree.questions[question].id.as_str()).collect();
    assert_eq!(wanted, BTreeSet::from(["trouble", "look", "outside", "lifeline", "odd"]));
}

#[test]
fn every_cause_says_what_to_do_and_what_would_settle_it() {
    for cause in tree().causes.values() {
        for stage in [Stage::Now, Stage::Next, Stage::See, Stage::Avoid] {
            assert!(cause.advice.iter().any(|advice| advice.stage == stage), "{}: {stage:?}", cause.id);
        }
        assert!(cause.summary.is_some() && cause.test.is_some() && cause.urgency.is_some(), "{}", cause.id);
    }
}

/// Whoever reads this has no network and no help, so it has to be easy to read.
#[test]
fn a_child_of_twelve_can_read_every_text() {
    let tree = tree();
    let mut texts: Vec<(String, &str)> = Vec::new();
    for (name, text) in [("intro", &tree.intro), ("notice", &tree.notice), ("safety", &tree.safety)] {
        texts.extend(text.as_deref().map(|text| (name.to_owned(), text)));
    }
    for question in tree.questions.values() {
        texts.push((format!("question {}", question.id), &question.ask));
        texts.extend(question.why.as_deref().map(|why| (format!("why of {}", question.id), why)));
    }
    for alarm in tree.alarms.values() {
        texts.push((format!("alarm {}", alarm.id), &alarm.say));
    }
    for cause in tree.causes.values() {
        for text in [&cause.summary, &cause.test].into_iter().flatten() {
            texts.push((cause.id.clone(), text));
        }
        texts.extend(cause.advice.iter().map(|advice| (format!("advice of {}", cause.id), advice.say.as_str())));
    }
    let hard: Vec<String> = texts
        .into_iter()
        .map(|(what, text)| (grade(text), what, text))
        .filter(|(grade, ..)| *grade > HIGHEST_GRADE)
        .map(|(grade, what, text)| format!("{grade:.1}  {what}: {text}"))
        .collect();
    assert!(hard.is_empty(), "{} texts are above grade {HIGHEST_GRADE}:\n{}", hard.len(), hard.join("\n"));
}
