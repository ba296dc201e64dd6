//! The names that a `Questionnaire` and its responses share: URIs, items and codes.

use la_arena::{Arena, Idx};
use serde_json::{Value, json};

use crate::questionnaire::{Choice, Kind, Question, Questionnaire};

/// The code system of *not sure*, of which only [`ASKED_UNKNOWN`] is used.
pub(crate) const DATA_ABSENT_REASON: &str = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

/// Somebody was asked and does not know: *not sure*.
pub(crate) const ASKED_UNKNOWN: &str = "asked-unknown";

/// The extension that says the same in place of a value.
pub(crate) const ABSENT_VALUE: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

/// The code of *none of these*. No option can have this id.
pub(crate) const NONE: &str = "none";

/// The extension of an item that names an option of which the person is not sure.
pub(crate) const NOT_SURE_OPTION: &str = "urn:twinge:not-sure-option";

/// A part of a `Questionnaire`: questions of the same section that follow each other.
#[derive(Debug)]
pub(crate) struct Part<'q> {
    /// The group that they are in; `None` for questions without a section.
    pub(crate) group: Option<Group<'q>>,
    /// The questions, in file order.
    pub(crate) questions: Vec<Idx<Question>>,
}

/// A group of items.
#[derive(Debug)]
pub(crate) struct Group<'q> {
    pub(crate) link_id: String,
    pub(crate) title: &'q str,
}

/// The URI of a questionnaire, without its version.
pub(crate) fn canonical(questionnaire: &Questionnaire) -> String {
    format!("urn:twinge:{}", slug(&questionnaire.title))
}

/// The URI of a questionnaire, with its version.
pub(crate) fn versioned(questionnaire: &Questionnaire) -> String {
    let version = questionnaire.version.as_deref().map(|version| format!("|{version}"));
    canonical(questionnaire) + &version.unwrap_or_default()
}

/// A text as a part of a URN: small letters and digits, with `-` between the words.
fn slug(text: &str) -> String {
    let letter = |c: char| match c {
        'a'..='z' | '0'..='9' => vec![c.to_string()],
        _ if c.is_alphanumeric() => c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect(),
        _ => Vec::new(),
    };
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty());
    words.map(|word| word.chars().flat_map(letter).collect::<String>()).collect::<Vec<_>>().join("-")
}

/// The code system of a question's options: that of the question where they are written.
pub(crate) fn system(questionnaire: &Questionnaire, question: Idx<Question>) -> String {
    let owner = questionnaire.owner_of_options(question);
    format!("{}:{}", canonical(questionnaire), questionnaire.questions[owner].id)
}

/// The parts of a questionnaire, in file order.
pub(crate) fn parts(questionnaire: &Questionnaire) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut last = None;
    for (question, asked) in questionnaire.questions.iter() {
        if let Some(part) = parts.last_mut().filter(|_| last == Some(asked.section)) {
            part.questions.push(question);
            continue;
        }
        last = Some(asked.section);
        let group = asked.section.map(|section| {
            let section = &questionnaire.sections[section];
            let first = section_link_id(&section.id, 1);
            let before = parts.iter().filter_map(|part| part.group.as_ref());
            let times =
                before.filter(|group| group.title == section.title && group.link_id.starts_with(&first)).count();
            Group { link_id: section_link_id(&section.id, times + 1), title: &section.title }
        });
        parts.push(Part { group, questions: vec![question] });
    }
    parts
}

/// A section that the questions come back to has several groups.
fn section_link_id(section: &str, time: usize) -> String {
    if time == 1 { format!("section/{section}") } else { format!("section/{section}/{time}") }
}

/// The item beside a number at which one says *not sure*: numbers leave no room for it.
pub(crate) fn not_sure_link_id(question: &Question) -> String {
    format!("{}/not-sure", question.id)
}

/// *Not sure*, as a coding.
pub(crate) fn not_sure() -> Value {
    json!({"system": DATA_ABSENT_REASON, "code": ASKED_UNKNOWN, "display": "I'm not sure"})
}

/// *None of these*, as a coding.
pub(crate) fn none(system: &str) -> Value {
    json!({"system": system, "code": NONE, "display": "None of these"})
}

/// An option as a coding.
pub(crate) fn coding(system: &str, option: &Choice) -> Value {
    json!({"system": system, "code": option.id, "display": display(option)})
}

/// What an option says, with what explains it.
fn display(option: &Choice) -> String {
    let words = option.say.split_whitespace().collect::<Vec<_>>().join(" ");
    match &option.help {
        Some(help) => {
            let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
            format!("{words} ({})", help.trim_end_matches('.'))
        }
        None => words,
    }
}

/// The options of a question, each as a coding.
pub(crate) fn codings(questionnaire: &Questionnaire, question: Idx<Question>) -> Vec<Value> {
    let system = system(questionnaire, question);
    let options = questionnaire.questions[question].options().into_iter().flat_map(Arena::values);
    options.map(|option| coding(&system, option)).collect()
}

/// Whether the numbers that a question takes are integers as FHIR has them, of 32 bits.
pub(crate) fn takes_integers(kind: &Kind) -> bool {
    let is_integer = |number: f64| number.fract() == 0.0 && number.abs() <= f64::from(i32::MAX);
    matches!(kind, Kind::Number { min, max, decimals: 0 } if is_integer(*min) && is_integer(*max))
}

/// Adds a field to a resource, unless it is null or an empty list: FHIR has neither.
pub(crate) fn put(resource: &mut Value, key: &str, value: impl Into<Value>) {
    let value = value.into();
    let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    if let Some(fields) = resource.as_object_mut().filter(|_| !is_empty) {
        fields.insert(key.to_owned(), value);
    }
}

/// A number as JSON, without decimals that it does not need.
pub(crate) fn number(number: f64) -> Value {
    number.to_string().parse().map_or(Value::Null, Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_in_any_script_makes_a_uri() {
        assert_eq!(slug("What is behind your muscle spasms?"), "what-is-behind-your-muscle-spasms");
        assert_eq!(slug("Why won't it roll…"), "why-wont-it-roll");
        assert_eq!(slug("Für  Ärzte"), "f%C3%BCr-%C3%A4rzte");
        assert_eq!(slug("?"), "");
    }

    #[test]
    fn a_number_has_no_decimals_that_it_does_not_need() {
        assert_eq!(number(54.0).to_string(), "54");
        assert_eq!(number(36.6).to_string(), "36.6");
    }
}
