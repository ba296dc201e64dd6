//! Reads answers back: from a report in JSON, from a line that `score` takes, from FHIR, or from the answers alone.

use serde_json::value::RawValue;

use crate::diagnostic::{quote, visible};
use crate::engine::answers::Answers;
use crate::engine::answers_json::{AnswersJson, AnswersReader, ObjectJson, problem};
use crate::interview::since::{EarlierReport, ReportDay};
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
        let whole = read_whole(bytes)?;
        if values_of(&whole, "resourceType").next().is_some() {
            let resource = serde_json::from_slice(bytes).map_err(|error| json_problem(&error))?;
            let response = fhir::read(&resource, questionnaire).map_err(|error| visible(&error))?;
            // A time follows the day, or nothing does.
            let date = response.authored.and_then(|time| parse_day(time.get(..DAY)?));
            return Ok(AnswersFile { answers: response.answers, date });
        }
        let reader = AnswersReader::new(questionnaire);
        match answers_in(&whole)? {
            // The file is nothing but the answers.
            None => Ok(AnswersFile { answers: reader.answers(&whole).map_err(|error| visible(&error))?, date: None }),
            Some(answers) => {
                refuse_other_questions(&whole, questionnaire)?;
                let record: ObjectJson<'_> =
                    serde_json::from_str(answers.get()).map_err(|error| json_problem(&error))?;
                let answers = reader.answers(&record).map_err(|error| visible(&error))?;
                Ok(AnswersFile { answers, date: date_in(&whole) })
            }
        }
    }
}

/// Reads a report to start from, made with perhaps another version of the questionnaire: what no longer fits is left out.
///
/// # Errors
///
/// When the file is no report in JSON, or one about other questions, or no answer in it fits any more.
pub fn read_earlier_report(bytes: &[u8], questionnaire: &Questionnaire, today: Date) -> Result<EarlierReport, String> {
    let help = "name the .json file that was saved with a report";
    let whole = read_whole(bytes).map_err(|problem| format!("{problem}; {help}"))?;
    let answers = answers_in(&whole)?.ok_or_else(|| format!("the file holds no object with `answers`; {help}"))?;
    refuse_other_questions(&whole, questionnaire)?;
    let answers: AnswersJson = serde_json::from_str(answers.get()).map_err(|error| json_problem(&error))?;
    // Without it, every list is asked again.
    let offered = values_of(&whole, "offered").find_map(|offered| serde_json::from_str(offered.get()).ok());
    let day = ReportDay::new(date_in(&whole), today);
    let report = EarlierReport::new(&answers, &offered.unwrap_or_default(), day, questionnaire);
    if report.answers.is_empty() {
        return Err("none of its answers fits these questions any more; start without it".into());
    }
    Ok(report)
}

fn read_whole(bytes: &[u8]) -> Result<ObjectJson<'_>, String> {
    if bytes.len() > MAX_BYTES {
        return Err(format!("the file is larger than {MAX_BYTES} bytes"));
    }
    read_object(bytes, "the file", |error| {
        if error.is_data() { "the file holds no object with `answers`".to_owned() } else { json_problem(error) }
    })
}

/// The object of the answers in a file; `None` when there is none.
fn answers_in<'a>(whole: &ObjectJson<'a>) -> Result<Option<&'a RawValue>, String> {
    let mut objects = values_of(whole, "answers").filter(|value| value.get().starts_with('{'));
    match (objects.next(), objects.next()) {
        (_, Some(_)) => Err("`answers` stands twice in the file".into()),
        (answers, None) => Ok(answers),
    }
}

/// The day of the report in a file.
fn date_in(whole: &ObjectJson<'_>) -> Option<Date> {
    let date = values_of(whole, "date").find_map(|date| serde_json::from_str::<String>(date.get()).ok());
    date.and_then(|date| parse_day(&date))
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
