//! `twinge score`: reads answers as JSON Lines, and writes a ranking for each as JSON Lines.
//!
//! Lines are read and written in batches, so memory does not grow with their number. A line that cannot be scored gets an
//! error in its place: each line of input that is not blank has one line of output, in the same order.

mod batches;
mod result;
pub mod schema;

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::diagnostic::{is_bidirectional_override, is_control, quote};
use crate::engine::answers::Answers;
use crate::engine::answers_json::{self, AnswersReader, LineJson, PlainLine};
use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::Outcome;
use crate::questionnaire::Questionnaire;

pub use batches::{Batch, Batches, Layout, Results};
use result::ResultWriter;
pub use result::{Extent, Key};

/// The longest line that is read, in bytes: 16 MiB.
pub const MAX_LINE: usize = 16 * 1024 * 1024;

/// An id is quoted in an error up to this many characters.
const MAX_QUOTED_ID: usize = 60;

/// Scores every line of `input`. Returns how many could not be scored.
///
/// # Errors
///
/// When `input` cannot be read or `output` cannot be written.
pub fn score(questionnaire: &Questionnaire, input: impl Read, output: &mut impl Write) -> io::Result<usize> {
    Scorer::new(questionnaire, &Extent::default()).score(&mut Batches::new(input), output)
}

/// Scores lines of answers to one questionnaire.
#[derive(Debug)]
pub struct Scorer<'q> {
    questionnaire: &'q Questionnaire,
    reader: AnswersReader<'q>,
    writer: ResultWriter<'q>,
}

/// Why a line cannot be scored.
#[derive(Serialize)]
struct FailedLine {
    id: Option<Box<RawValue>>,
    error: String,
}

impl<'q> Scorer<'q> {
    /// For answers to this questionnaire.
    #[must_use]
    pub fn new(questionnaire: &'q Questionnaire, extent: &Extent) -> Scorer<'q> {
        let writer = ResultWriter::new(questionnaire, extent);
        Scorer { questionnaire, reader: AnswersReader::new(questionnaire), writer }
    }

    /// Writes the result of a line, or why there is none, and whether there is one.
    fn score_line(&self, number: usize, line: &[u8], out: &mut Vec<u8>) -> bool {
        let plain = str::from_utf8(line).ok().and_then(|line| self.reader.plain_line(line));
        if let Some(PlainLine { id, answers }) = plain {
            self.write(id, &answers, out);
            return true;
        }
        let scored = self.answers(line).map(|(id, answers)| self.write(id.as_deref(), &answers, out));
        scored.map_err(|failed| write_failure(number, failed, out)).is_ok()
    }

    fn write(&self, id: Option<&RawValue>, answers: &Answers, out: &mut Vec<u8>) {
        let evaluation = Evaluation::new(self.questionnaire, answers);
        let outcome = Outcome::without_names(&evaluation);
        self.writer.write(id.map_or("null", RawValue::get), &evaluation, &outcome, out);
    }

    /// The id and the answers of a line.
    fn answers(&self, line: &[u8]) -> Result<(Option<Box<RawValue>>, Answers), FailedLine> {
        let describe = |error: &serde_json::Error| {
            let help = "the line is not an object with `answers`";
            if error.is_data() { help.into() } else { answers_json::problem(error) }
        };
        let line: LineJson<'_> =
            read_object(line, "the line", describe).map_err(|error| FailedLine { id: None, error })?;
        let id = line.id.map(without_control_characters);
        let answers = match line {
            LineJson { twice: Some(key), .. } => Err(format!("{} stands twice in the line", quote(key))),
            LineJson { answers: None, .. } => Err("the line has no `answers`".into()),
            LineJson { answers: Some(None), .. } => {
                Err("`answers` must be an object: {\"question\": answer, …}".into())
            }
            LineJson { answers: Some(Some(answers)), .. } => self.reader.answers(&answers),
        };
        match answers {
            Ok(answers) => Ok((id, answers)),
            Err(error) => Err(FailedLine { id, error }),
        }
    }
}

/// The outcome of some answers as JSON, as it stands in a line of output.
#[derive(Debug)]
pub struct Scored(Box<RawValue>);

impl Scored {
    /// The outcome of some answers, without an id.
    #[must_use]
    pub fn new(questionnaire: &Questionnaire, answers: &Answers) -> Scored {
        let evaluation = Evaluation::new(questionnaire, answers);
        Scored::from_outcome(questionnaire, &evaluation, &Outcome::without_names(&evaluation))
    }

    /// An outcome that was worked out already, without an id.
    #[must_use]
    pub fn from_outcome(questionnaire: &Questionnaire, evaluation: &Evaluation<'_>, outcome: &Outcome) -> Scored {
        let mut json = Vec::new();
        ResultWriter::new(questionnaire, &Extent::default()).write("null", evaluation, outcome, &mut json);
        let json = String::from_utf8(json).ok().and_then(|json| RawValue::from_string(json).ok());
        Scored(json.unwrap_or_else(|| RawValue::NULL.to_owned()))
    }
}

impl Serialize for Scored {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Writes an error in the place of a line. It quotes the id, since the number of a line says little about a part of a
/// larger file.
fn write_failure(number: usize, failed: FailedLine, out: &mut Vec<u8>) {
    let id = failed.id.as_ref().map_or("", |id| id.get());
    let error = match (id.chars().take(MAX_QUOTED_ID).collect::<String>(), id.chars().nth(MAX_QUOTED_ID)) {
        (quoted, None) if quoted.is_empty() || quoted == "null" => format!("line {number}: {}", failed.error),
        (quoted, None) => format!("line {number}: {} (id {quoted})", failed.error),
        (quoted, Some(_)) => format!("line {number}: {} (id {quoted}…)", failed.error),
    };
    // Memory can be written.
    let _ = serde_json::to_writer(out, &FailedLine { error, ..failed });
}

/// Reads JSON. Messages call the bytes `source`; `describe` says what is wrong with it.
pub(super) fn read_object<'a, T: Deserialize<'a>>(
    bytes: &'a [u8],
    source: &str,
    describe: impl FnOnce(&serde_json::Error) -> String,
) -> Result<T, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| format!("{source} is not UTF-8 text"))?;
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| describe(&error))
}

/// The same JSON, with escapes for characters that would act on a terminal. In valid JSON these occur only inside strings,
/// except for tabs and carriage returns, which may also be between values.
fn without_control_characters(value: &RawValue) -> Box<RawValue> {
    if value.get().bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return value.to_owned();
    }
    let escaped = value.get().chars().map(|c| match c {
        '\t' | '\r' => " ".to_owned(),
        c if is_control(c) || is_bidirectional_override(c) => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    });
    let text: String = escaped.collect();
    RawValue::from_string(text).unwrap_or_else(|_| value.to_owned())
}
