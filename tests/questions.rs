//! The questions that ship: who must be sent to get help, who must not, and which cause comes first.
//!
//! `tests/people.jsonl` has a person a line: how they differ from someone well, and what must come out.

use serde_json::{Map, Value};
use twinge::questionnaire::{Questionnaire, parse};
use twinge::score::score;

fn questionnaire() -> Questionnaire {
    parse(twinge::cli::BUILT_IN.as_bytes()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

struct Person {
    who: String,
    expected: Map<String, Value>,
    answers: Map<String, Value>,
}

fn people() -> Vec<Person> {
    let mut lines = include_str!("people.jsonl").lines().map(|line| serde_json::from_str::<Value>(line).expect(line));
    let baseline = lines.next().expect("a baseline")["baseline"].as_object().expect("answers").clone();
    lines
        .map(|line| {
            let expected = line.as_object().expect("a person").clone();
            let mut answers = baseline.clone();
            answers.extend(expected["but"].as_object().expect("answers").clone());
            for skipped in expected.get("skips").and_then(Value::as_array).into_iter().flatten() {
                answers.remove(skipped.as_str().expect("a question"));
            }
            Person { who: expected["who"].as_str().expect("a name").to_owned(), expected, answers }
        })
        .collect()
}

fn outcome(questionnaire: &Questionnaire, answers: &Map<String, Value>) -> Value {
    let line = serde_json::json!({ "answers": answers }).to_string();
    let mut output = Vec::new();
    score(questionnaire, line.as_bytes(), &mut output).expect("memory can be written");
    serde_json::from_slice(&output).expect("JSON")
}

#[test]
fn everyone_raises_the_alarms_that_they_must_and_no_others() {
    let questionnaire = questionnaire();
    let mut wrong = Vec::new();
    for Person { who, expected, answers } in people() {
        let Some(alarms) = expected.get("alarms") else { continue };
        let found = outcome(&questionnaire, &answers);
        let mut raised: Vec<&str> = found["alarms"]
            .as_array()
            .unwrap_or_else(|| panic!("{who}: {found}"))
            .iter()
            .filter_map(Value::as_str)
            .collect();
        raised.sort_unstable();
        if serde_json::json!(raised) != *alarms {
            wrong.push(format!("{who}: {raised:?} instead of {alarms}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_first_cause_and_the_urgency_are_those_that_they_must_be() {
    let questionnaire = questionnaire();
    let mut wrong = Vec::new();
    for Person { who, expected, answers } in people() {
        let found = outcome(&questionnaire, &answers);
        if let Some(first) = expected.get("first").filter(|first| **first != found["causes"][0]["id"]) {
            wrong.push(format!("{who}: {} comes first instead of {first}", found["causes"][0]["id"]));
        }
        if let Some(urgency) = expected.get("urgency").filter(|urgency| **urgency != found["urgency"]) {
            wrong.push(format!("{who}: {} instead of {urgency}", found["urgency"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Saying *not sure* to a danger question must leave its alarms open, so that the result names the question.
#[test]
fn a_danger_question_that_is_not_sure_is_never_taken_for_a_no() {
    let questionnaire = questionnaire();
    let people = people();
    for who in ["spasm lift 35", "runner calf cramp", "night cramp 70"] {
        let person = people.iter().find(|person| person.who == who).expect("an ordinary person");
        for question in ["unwell", "nerve", "body", "leg_danger", "history", "fluid"] {
            let mut answers = person.answers.clone();
            answers.insert(question.into(), Value::Null);
            let found = outcome(&questionnaire, &answers);
            assert!(!found["open_alarms"].as_array().expect("a list").is_empty(), "{who}: {question} is not sure");
            assert_ne!(found["urgency"], "self-care", "{who}: {question} is not sure");
        }
    }
}

#[test]
fn every_claim_of_the_founding_article_has_its_place() {
    let questionnaire = questionnaire();
    let causes: Vec<&str> = questionnaire.causes.values().map(|cause| cause.id.as_str()).collect();
    for cause in [
        "guarding",
        "pad",
        "venous",
        "overexert",
        "dehydration",
        "fatigue",
        "hypok",
        "hypomg",
        "hypoca",
        "pregnancy",
        "radic",
        "stenosis",
        "sci",
        "heat",
        "raloxifene",
        "donepezil",
        "loop",
        "statin",
    ] {
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
    use twinge::questionnaire::Stage;
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
