//! Reads answers back: from a report in JSON, from a line that `score` takes, from FHIR, or from the answers alone.

use serde_json::value::RawValue;

use crate::diagnostic::{quote, visible};
use crate::engine::answers::Answers;
use crate::engine::answers_json::{AnswersReader, ObjectJson, problem};
use crate::questionnaire::Questionnaire;
use crate::report::score::read_object;
use crate::report::{Date, fhir};

/// The largest file of answers that is read, in bytes: 16 MiB.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The length of a day such as `2026-11-23`.
const DAY: usize = 10;

/// A file of answers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AnswersFile {
    /// The answers.
    pub answers: Answers,
    /// The day of the report that they come from, if the file says.
    pub date: Option<Date>,
}

impl AnswersFile {
    /// Reads answers to the questions of a questionnaire: an object with `answers`, such as a report, a FHIR
    /// `QuestionnaireResponse`, alone or in a `Bundle`, or the answers alone.
    ///
    /// # Errors
    ///
    /// When the file holds something else, or an answer that the questionnaire does not take.
    pub fn read(bytes: &[u8], questionnaire: &Questionnaire) -> Result<AnswersFile, String> {
        if bytes.len() > MAX_BYTES {
            return Err(format!("the file is larger than {MAX_BYTES} bytes"));
        }
        let whole: ObjectJson<'_> = read_object(bytes, "the file", |error| {
            if error.is_data() { "the file holds no object with `answers`".to_owned() } else { json_problem(error) }
        })?;
        if values_of(&whole, "resourceType").next().is_some() {
            let resource = serde_json::from_slice(bytes).map_err(|error| json_problem(&error))?;
            let response = fhir::read(&resource, questionnaire).map_err(|error| visible(&error))?;
            // A time follows the day, or nothing does.
            let date = response.authored.and_then(|time| parse_day(time.get(..DAY)?));
            return Ok(AnswersFile { answers: response.answers, date });
        }
        let within: Vec<&RawValue> =
            values_of(&whole, "answers").filter(|value| value.get().starts_with('{')).collect();
        let reader = AnswersReader::new(questionnaire);
        match within.as_slice() {
            // The file is nothing but the answers.
            [] => Ok(AnswersFile { answers: reader.answers(&whole).map_err(|error| visible(&error))?, date: None }),
            [answers] => {
                refuse_other_questions(&whole, questionnaire)?;
                let record: ObjectJson<'_> =
                    serde_json::from_str(answers.get()).map_err(|error| json_problem(&error))?;
                let date = values_of(&whole, "date").find_map(|date| serde_json::from_str::<String>(date.get()).ok());
                Ok(AnswersFile {
                    answers: reader.answers(&record).map_err(|error| visible(&error))?,
                    date: date.and_then(|date| parse_day(&date)),
                })
            }
            _ => Err("`answers` stands twice in the file".into()),
        }
    }
}

/// A day as a report has it: `2026-11-23`. (The parser of `jiff` takes many other ways to write one, and
/// would make the program larger by 200 kB.)
fn parse_day(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?.parse(), parts.next()?.parse(), parts.next()?.parse());
    let day = Date::new(year.ok()?, month.ok()?, day.ok()?).ok()?;
    // Not `2026-1-1`.
    (day.to_string() == text).then_some(day)
}

/// Refuses a report that names another questionnaire, whose questions may have the same ids by chance.
fn refuse_other_questions(whole: &ObjectJson<'_>, questionnaire: &Questionnaire) -> Result<(), String> {
    let title = values_of(whole, "questionnaire").find_map(|about| {
        let about: serde_json::Value = serde_json::from_str(about.get()).ok()?;
        about.get("title")?.as_str().map(str::to_owned)
    });
    match title {
        Some(title) if title != questionnaire.title => Err(format!(
            "these answers are to other questions: {}, not {}; name their question file with -f",
            quote(&visible(&title)),
            quote(&visible(&questionnaire.title))
        )),
        _ => Ok(()),
    }
}

fn json_problem(error: &serde_json::Error) -> String {
    format!("line {}: {}", error.line(), problem(error))
}

/// The values of a key in an object, which may have the key several times.
fn values_of<'a>(object: &ObjectJson<'a>, key: &'static str) -> impl Iterator<Item = &'a RawValue> {
    object.entries().filter(move |(id, _)| *id == key).map(|(_, value)| value)
}
