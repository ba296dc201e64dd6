//! Example people whose reports are tested, with answers to the built-in questions and to a tree about something else.

use std::fs;
use std::path::PathBuf;

use crate::trees::{self, built_in};
use twinge::engine::answers::Answers;
use twinge::questionnaire::Questionnaire;
use twinge::report::AnswersFile;

/// Somebody who answered.
pub(crate) struct Person {
    pub(crate) name: &'static str,
    pub(crate) questionnaire: Questionnaire,
    pub(crate) answers: Answers,
}

/// All of them. Each report has something that the others do not.
pub(crate) fn everybody() -> Vec<Person> {
    vec![back_spasm(), emergency(), many_medicines(), everything_at_once(), stopped_early(), network()]
}

pub(crate) fn back_spasm() -> Person {
    of_cases("back-spasm", "causes", "guarding, typical: a roofer of 34 whose back caught as he lifted a box")
}

pub(crate) fn emergency() -> Person {
    of_cases("emergency", "alarms", "A woman of 40 who is numb between the legs")
}

pub(crate) fn many_medicines() -> Person {
    let medicines = [
        "amlodipine",
        "atorvastatin",
        "hydrochlorothiazide",
        "formoterol",
        "omeprazole",
        "salbutamol",
        "lisinopril",
        "ibuprofen",
    ];
    let new = ["hydrochlorothiazide", "atorvastatin"];
    let answers = serde_json::json!({
        "age": 67, "where": ["calf"], "sex": "female", "duration": "months", "unwell": [], "nerve": [],
        "body": ["?lock"], "history": ["pressure"], "medicines": medicines, "med_change": ["came", "went"],
        "new_meds": new, "gone_meds": ["hydrochlorothiazide"], "acid_long": "yes", "cramp": ["night", "short", "knot"],
        "walk": "no", "veins": [], "day": ["tired"], "effort": null,
    });
    of_built_in("many-medicines", &answers)
}

/// Whoever ticks every box: the longest report there is.
pub(crate) fn everything_at_once() -> Person {
    let questionnaire = built_in();
    let mut answers = serde_json::Map::new();
    for question in questionnaire.questions.values() {
        let ids: Option<Vec<&str>> =
            question.options().map(|options| options.values().map(|choice| choice.id.as_str()).collect());
        let value = match (ids, &question.kind) {
            (Some(ids), twinge::questionnaire::Kind::Many { .. }) => serde_json::json!(ids),
            (Some(ids), _) => serde_json::json!(ids.last()),
            (None, _) => serde_json::json!(64),
        };
        answers.insert(question.id.clone(), value);
    }
    of_built_in("everything-at-once", &answers.into())
}

pub(crate) fn stopped_early() -> Person {
    of_built_in("stopped-early", &serde_json::json!({"age": 51, "where": ["low", "calf"], "sex": null}))
}

pub(crate) fn network() -> Person {
    let questionnaire = trees::network();
    let answers = br#"{"smell": ["dark"], "scope": "all", "days": 3, "devices": ["laptop", "phone", "?watch"],
        "new_devices": ["phone"]}"#;
    let answers = AnswersFile::read(answers, &questionnaire).expect("answers").answers;
    Person { name: "network", questionnaire, answers }
}

fn of_built_in(name: &'static str, answers: &serde_json::Value) -> Person {
    let questionnaire = built_in();
    let answers = AnswersFile::read(answers.to_string().as_bytes(), &questionnaire);
    let answers = answers.unwrap_or_else(|problem| panic!("{problem}")).answers;
    Person { name, questionnaire, answers }
}

/// The person of an example case.
fn of_cases(name: &'static str, file: &str, case: &str) -> Person {
    let questionnaire = built_in();
    let found = cases(file, &questionnaire).into_iter().find(|found| found.name == case);
    let answers = found.unwrap_or_else(|| panic!("there is no case “{case}”")).answers;
    Person { name, questionnaire, answers }
}

/// The example cases of a file.
pub(crate) fn cases(file: &str, questionnaire: &Questionnaire) -> Vec<twinge::authoring::cases::Case> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file).with_extension("toml");
    twinge::authoring::cases::parse(&fs::read(path).expect("cases"), questionnaire).expect("valid cases")
}
