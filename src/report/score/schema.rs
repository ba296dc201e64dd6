//! JSON Schemas of the lines that `score` reads and writes, for one questionnaire.

use la_arena::Arena;
use serde_json::{Value, json};

use crate::questionnaire::{Kind, Question, Questionnaire};
use crate::report::score::Key;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of a line of answers.
#[must_use]
pub fn of_answers(questionnaire: &Questionnaire) -> Value {
    let questions = questionnaire.questions.values().map(|question| (question.id.clone(), answer_to(question)));
    let questions: serde_json::Map<String, Value> = questions.collect();
    json!({
        "$schema": DIALECT,
        "title": format!("Answers: {}", questionnaire.title),
        "type": "object",
        "required": ["answers"],
        "properties": {
            "id": { "description": "Anything; the result has it, too." },
            "answers": { "type": "object", "properties": questions, "additionalProperties": false },
        },
    })
}

/// The schema of a line of results.
#[must_use]
pub fn of_results(questionnaire: &Questionnaire) -> Value {
    let ids = |ids: &mut dyn Iterator<Item = &String>| -> Vec<Value> { ids.cloned().map(Value::from).collect() };
    let list_of = |ids: Vec<Value>| {
        // An `enum` has to name something.
        if ids.is_empty() {
            return json!({ "type": "array", "maxItems": 0 });
        }
        json!({ "type": "array", "items": { "enum": ids }, "uniqueItems": true })
    };
    let or_null = |mut ids: Vec<Value>| {
        ids.push(Value::Null);
        json!({ "enum": ids })
    };
    let alarms = list_of(ids(&mut questionnaire.alarms.values().map(|alarm| &alarm.id)));
    let probability = json!({ "type": "number", "minimum": 0, "maximum": 1 });
    let cause = json!({
        "type": "object",
        "required": ["id", "family", "ranked", "probability", "low", "high", "lift"],
        "additionalProperties": false,
        "properties": {
            "id": { "enum": ids(&mut questionnaire.causes.values().map(|cause| &cause.id)) },
            "family": or_null(ids(&mut questionnaire.families.values().map(|family| &family.id))),
            "ranked": { "type": "boolean" },
            "probability": probability,
            "low": probability,
            "high": probability,
            "lift": { "type": "number", "minimum": 0 },
        },
    });
    let value_of = |key: Key| match key {
        Key::Urgency => or_null(ids(&mut questionnaire.urgencies.values().map(|level| &level.id))),
        Key::Alarms | Key::OpenAlarms | Key::UnsureAlarms => alarms.clone(),
        Key::Ignored => list_of(ids(&mut questionnaire.questions.values().map(|question| &question.id))),
        Key::Causes if questionnaire.causes.is_empty() => list_of(Vec::new()),
        Key::Causes => json!({ "type": "array", "items": cause }),
        Key::Version => json!({ "const": questionnaire.version }),
    };
    let keys = Key::ALL.into_iter().filter(|key| *key != Key::Version || questionnaire.version.is_some());
    let mut result: serde_json::Map<String, Value> = keys.map(|key| (key.name().to_owned(), value_of(key))).collect();
    result.insert("id".into(), json!({ "description": "That of the line of answers, or null." }));
    json!({
        "$schema": DIALECT,
        "title": format!("Results: {}", questionnaire.title),
        "description": "`--only` leaves out keys, and `--top` causes.",
        "type": "object",
        "required": ["id"],
        "oneOf": [
            { "properties": result, "additionalProperties": false },
            {
                "description": "A line that could not be scored.",
                "required": ["error"],
                "properties": { "id": true, "error": { "type": "string" } },
                "additionalProperties": false,
            },
        ],
    })
}

/// The schema of an answer to a question.
fn answer_to(question: &Question) -> Value {
    let ids = question.options().into_iter().flat_map(Arena::values).map(|option| option.id.as_str());
    let answer = match &question.kind {
        Kind::One(_) => json!({ "enum": ids.collect::<Vec<_>>() }),
        Kind::Many { .. } => {
            let marks: Vec<String> = ids.flat_map(|id| [id.to_owned(), format!("?{id}")]).collect();
            json!({ "type": "array", "items": { "enum": marks }, "uniqueItems": true })
        }
        Kind::Number { min, max, decimals: 0 } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Kind::Number { min, max, decimals } => {
            let step = 10_f64.powi(-i32::from(*decimals));
            json!({ "type": "number", "minimum": min, "maximum": max, "multipleOf": step })
        }
    };
    json!({
        "description": question.ask,
        "anyOf": [answer, { "description": "Not sure.", "enum": [null, "not-sure"] }],
    })
}
