//! `twinge score`: reads answers as JSON Lines, and writes a ranking for each as JSON Lines.
//!
//! Lines are read and written one at a time, so memory does not grow with their number. A line that cannot be scored gets an
//! error in its place: each line of input that is not blank has one line of output, in the same order.

use std::io::{self, BufReader, Read, Write};

use la_arena::Idx;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::diagnostic::{is_bidirectional_override, is_control, quote};
use crate::engine::answers::Answers;
use crate::engine::answers_json::{self, AnswersJson, AnswersReader};
use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::Outcome;
use crate::questionnaire::{Alarm, Questionnaire};
use crate::text::bounded_lines::{LineRead, read_line};

/// The longest line that is read, in bytes: 16 MiB.
pub const MAX_LINE: usize = 16 * 1024 * 1024;

/// Scores every line of `input`. Returns how many could not be scored.
///
/// # Errors
///
/// When `input` cannot be read or `output` cannot be written.
pub fn score(questionnaire: &Questionnaire, input: impl Read, output: &mut impl Write) -> io::Result<usize> {
    let reader = AnswersReader::new(questionnaire);
    let mut input = BufReader::new(input);
    let mut line = Vec::new();
    let mut failed = 0;
    for number in 1_usize.. {
        if !input.buffer().contains(&b'\n') {
            // The next read may block, and whoever writes the input may wait for the output so far.
            output.flush()?;
        }
        let read = read_line(&mut input, &mut line, MAX_LINE)?;
        let scored = match read {
            LineRead::End => break,
            LineRead::Whole if line.iter().all(u8::is_ascii_whitespace) => continue,
            LineRead::Whole => score_line(questionnaire, &reader, &line),
            LineRead::TooLong => {
                Err(FailedLine { id: None, error: format!("the line is longer than {MAX_LINE} bytes") })
            }
        };
        match scored {
            Ok(scored) => serde_json::to_writer(&mut *output, &scored)?,
            Err(FailedLine { id, error }) => {
                failed += 1;
                let error = format!("line {number}: {error}");
                serde_json::to_writer(&mut *output, &FailedLine { id, error })?;
            }
        }
        output.write_all(b"\n")?;
    }
    output.flush()?;
    Ok(failed)
}

/// A probability or a lift with four decimals, correctly rounded.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn four_decimals<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    let rounded = format!("{number:.4}").parse::<f64>().unwrap_or(*number);
    serializer.serialize_f64(rounded)
}

/// A line of output: the outcome of some answers.
#[derive(Debug, Serialize)]
pub struct Scored<'a> {
    id: Option<Box<RawValue>>,
    urgency: Option<&'a str>,
    alarms: Vec<&'a str>,
    open_alarms: Vec<&'a str>,
    unsure_alarms: Vec<&'a str>,
    ignored: Vec<&'a str>,
    causes: Vec<ScoredCause<'a>>,
}

#[derive(Debug, Serialize)]
struct ScoredCause<'a> {
    id: &'a str,
    family: Option<&'a str>,
    ranked: bool,
    #[serde(serialize_with = "four_decimals")]
    probability: f64,
    #[serde(serialize_with = "four_decimals")]
    low: f64,
    #[serde(serialize_with = "four_decimals")]
    high: f64,
    #[serde(serialize_with = "four_decimals")]
    lift: f64,
}

/// What is written for a line that cannot be scored.
#[derive(Serialize)]
struct FailedLine {
    id: Option<Box<RawValue>>,
    error: String,
}

impl<'q> Scored<'q> {
    /// The outcome of some answers, without an id.
    #[must_use]
    pub fn new(questionnaire: &'q Questionnaire, answers: &Answers) -> Scored<'q> {
        let evaluation = Evaluation::new(questionnaire, answers);
        Scored::from_outcome(questionnaire, &evaluation, &Outcome::new(&evaluation))
    }

    /// An outcome that was worked out already, without an id.
    #[must_use]
    pub fn from_outcome(
        questionnaire: &'q Questionnaire,
        evaluation: &Evaluation<'_>,
        outcome: &Outcome,
    ) -> Scored<'q> {
        let ignored = questionnaire
            .questions
            .iter()
            .filter(|(question, _)| evaluation.was_answered(*question) && !evaluation.is_shown(*question))
            .map(|(_, question)| question.id.as_str())
            .collect();
        let causes = outcome
            .ranking
            .causes
            .iter()
            .map(|ranked| {
                let cause = &questionnaire.causes[ranked.cause];
                ScoredCause {
                    id: &cause.id,
                    family: cause.family.map(|family| questionnaire.families[family].id.as_str()),
                    ranked: ranked.is_ranked,
                    probability: ranked.probability,
                    low: ranked.low,
                    high: ranked.high,
                    lift: ranked.lift,
                }
            })
            .collect();
        let ids = |alarms: &[Idx<Alarm>]| -> Vec<&'q str> {
            alarms.iter().map(|alarm| questionnaire.alarms[*alarm].id.as_str()).collect()
        };
        Scored {
            id: None,
            urgency: outcome.urgency.map(|level| questionnaire.urgencies[level].id.as_str()),
            alarms: ids(&outcome.alarms),
            open_alarms: ids(&outcome.open_alarms),
            unsure_alarms: ids(&outcome.unsure_alarms),
            ignored,
            causes,
        }
    }
}

fn score_line<'q>(
    questionnaire: &'q Questionnaire,
    reader: &AnswersReader<'q>,
    line: &[u8],
) -> Result<Scored<'q>, FailedLine> {
    let describe = |error: &serde_json::Error| {
        if error.is_data() { "the line is not an object with `answers`".into() } else { answers_json::problem(error) }
    };
    let object = read_object(line, "the line", describe).map_err(|error| FailedLine { id: None, error })?;
    let id = values_of(&object, "id").next().map(without_control_characters);
    match answers_in(&object).and_then(|answers| reader.answers(&answers)) {
        Ok(answers) => Ok(Scored { id, ..Scored::new(questionnaire, &answers) }),
        Err(error) => Err(FailedLine { id, error }),
    }
}

/// Reads an object of any keys. Messages call the bytes `source`; `describe` says what is wrong with their JSON.
pub(super) fn read_object(
    bytes: &[u8],
    source: &str,
    describe: impl FnOnce(&serde_json::Error) -> String,
) -> Result<AnswersJson, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| format!("{source} is not UTF-8 text"))?;
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| describe(&error))
}

/// The same JSON, with escapes for characters that would act on a terminal. In valid JSON these occur only inside strings,
/// except for tabs and carriage returns, which may also be between values.
fn without_control_characters(value: &RawValue) -> Box<RawValue> {
    let escaped = value.get().chars().map(|c| match c {
        '\t' | '\r' => " ".to_owned(),
        c if is_control(c) || is_bidirectional_override(c) => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    });
    let text: String = escaped.collect();
    RawValue::from_string(text).unwrap_or_else(|_| value.to_owned())
}

/// The answers in a line.
fn answers_in(line: &AnswersJson) -> Result<AnswersJson, String> {
    for key in ["id", "answers"] {
        if values_of(line, key).count() > 1 {
            return Err(format!("{} stands twice in the line", quote(key)));
        }
    }
    let answers = values_of(line, "answers").next().ok_or("the line has no `answers`")?;
    serde_json::from_str(answers.get()).map_err(|error| {
        let help = "`answers` must be an object: {\"question\": answer, …}";
        if error.is_data() { help.into() } else { answers_json::problem(&error) }
    })
}

/// The values of a key in an object, which may have the key several times.
pub(super) fn values_of<'a>(object: &'a AnswersJson, key: &'static str) -> impl Iterator<Item = &'a RawValue> {
    object.entries().filter(move |(id, _)| *id == key).map(|(_, value)| value)
}
