//! The questions that ship: who must be sent to get help, who must not, and which cause comes first. `tests/cases/` has
//! the people.

use std::fs;
use std::path::PathBuf;

use twinge::cases::{self, Case};
use twinge::diagnostic::{Source, render};
use twinge::outcome::Outcome;
use twinge::questionnaire::{Answer, Questionnaire, Stage, parse};
use twinge::situation::Situation;

fn questionnaire() -> Questionnaire {
    parse(twinge::cli::BUILT_IN.as_bytes()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn all_cases(questionnaire: &Questionnaire) -> Vec<Case> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = fs::read_dir(folder).expect("cases").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let read = |path: PathBuf| {
        let bytes = fs::read(&path).expect("it can be read");
        let name = path.display().to_string();
        cases::parse(&bytes, questionnaire)
            .unwrap_or_else(|problems| panic!("{}", render(Source { name: &name, bytes: &bytes }, &problems)))
    };
    files.into_iter().flat_map(read).collect()
}

#[test]
fn everyone_gets_what_they_must() {
    let questionnaire = questionnaire();
    let cases = all_cases(&questionnaire);
    assert!(cases.len() >= 150, "only {} cases", cases.len());
    let failures: Vec<String> = cases
        .iter()
        .map(|case| (case, case.failures(&questionnaire)))
        .filter(|(_, failures)| !failures.is_empty())
        .map(|(case, failures)| format!("{}\n  {}", case.name, failures.join("\n  ")))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Saying *not sure* to a danger question must leave its alarms open, so that the result names the question.
#[test]
fn a_danger_question_that_is_not_sure_is_never_taken_for_a_no() {
    let questionnaire = questionnaire();
    let cases = all_cases(&questionnaire);
    for name in ["Spasm lift 35", "Runner calf cramp", "Night cramp 70"] {
        let ordinary = cases.iter().find(|case| case.name == name).unwrap_or_else(|| panic!("{name} is no case"));
        for id in ["unwell", "nerve", "body", "leg_danger", "history", "fluid"] {
            let mut answers = ordinary.answers.clone();
            answers.set(questionnaire.question(id).expect("it is asked"), Answer::NotSure);
            let outcome = Outcome::new(&Situation::new(&questionnaire, &answers));
            assert!(!outcome.open_alarms.is_empty(), "{name}: {id} is not sure");
            assert!(outcome.urgency >= questionnaire.cautious_urgency(), "{name}: {id} is not sure");
        }
    }
}

#[test]
fn every_alarm_is_raised_by_somebody() {
    let questionnaire = questionnaire();
    let cases = all_cases(&questionnaire);
    let raised: std::collections::BTreeSet<_> =
        cases.iter().flat_map(|case| Outcome::new(&Situation::new(&questionnaire, &case.answers)).alarms).collect();
    let silent: Vec<_> =
        questionnaire.alarms.iter().filter(|(id, _)| !raised.contains(id)).map(|(_, alarm)| &alarm.id).collect();
    assert!(silent.is_empty(), "no case raises {silent:?}");
}

#[test]
fn every_claim_of_the_founding_article_has_its_place() {
    const CAUSES: &str = "guarding pad venous overexert dehydration fatigue hypok hypomg hypoca pregnancy radic \
        stenosis sci heat raloxifene donepezil loop statin";
    let questionnaire = questionnaire();
    let causes: Vec<&str> = questionnaire.causes.values().map(|cause| cause.id.as_str()).collect();
    for cause in CAUSES.split_whitespace() {
        assert!(causes.contains(&cause), "{cause} is not in {causes:?}");
    }
    for question in ["age", "start", "medicines"] {
        assert!(questionnaire.question(question).is_some(), "{question}");
    }
    let medicines = &questionnaire.questions[questionnaire.question("medicines").expect("it is asked")];
    for medicine in ["tolcapone", "raloxifene", "donepezil", "furosemide", "atorvastatin"] {
        assert!(medicines.option(medicine).is_some(), "{medicine}");
    }
}

#[test]
fn every_cause_says_what_to_do_and_what_would_settle_it() {
    for cause in questionnaire().causes.values() {
        for stage in [Stage::Now, Stage::Next, Stage::See, Stage::Avoid] {
            assert!(cause.advice.iter().any(|advice| advice.stage == stage), "{}: {stage:?}", cause.id);
        }
        assert!(cause.summary.is_some() && cause.test.is_some() && cause.urgency.is_some(), "{}", cause.id);
    }
}

#[test]
fn every_question_says_why_it_is_asked() {
    for question in questionnaire().questions.values() {
        assert!(question.why.is_some(), "{}", question.id);
    }
}
