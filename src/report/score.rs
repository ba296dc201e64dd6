//! `twinge score`: JSON Lines of answers in, JSON Lines of outcomes out.
//!
//! Lines are read and written one at a time, in order, with no more memory than the longest of them needs. A line that
//! cannot be scored gives an error in its place; nothing is dropped.

use std::fmt;
use std::io::{self, BufReader, Read, Write};

use la_arena::Idx;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
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
    let desk = Scorer { questionnaire, reader: AnswersReader::new(questionnaire) };
    let mut input = BufReader::new(input);
    let mut line = Vec::new();
    let mut failed = 0;
    for number in 1_usize.. {
        if !input.buffer().contains(&b'\n') {
            // Reading may wait now, and whoever feeds us may wait for what is written so far.
            output.flush()?;
        }
        let read = read_line(&mut input, &mut line, MAX_LINE)?;
        let scored = match read {
            LineRead::End => break,
            LineRead::Whole if line.iter().all(u8::is_ascii_whitespace) => continue,
            LineRead::Whole => desk.line(&line),
            LineRead::TooLong => Err(Failure::new(format!("the line is longer than {MAX_LINE} bytes"))),
        };
        match scored {
            Ok(scored) => serde_json::to_writer(&mut *output, &scored)?,
            Err(Failure { id, message }) => {
                failed += 1;
                let error = format!("line {number}: {message}");
                serde_json::to_writer(&mut *output, &Failed { id: id.as_deref(), error })?;
            }
        }
        output.write_all(b"\n")?;
    }
    output.flush()?;
    Ok(failed)
}

/// A probability, a lift: four decimals, correctly rounded.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn four_decimals<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    let rounded = format!("{number:.4}").parse::<f64>().unwrap_or(*number);
    serializer.serialize_f64(rounded)
}

/// What comes out of answers, as it is written.
#[derive(Debug, Serialize)]
pub struct Scored<'a> {
    id: Option<Box<RawValue>>,
    urgency: Option<&'a str>,
    alarms: Vec<&'a str>,
    open_alarms: Vec<&'a str>,
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

#[derive(Serialize)]
struct Failed<'a> {
    id: Option<&'a RawValue>,
    error: String,
}

struct Failure {
    id: Option<Box<RawValue>>,
    message: String,
}

impl Failure {
    fn new(message: impl Into<String>) -> Failure {
        Failure { id: None, message: message.into() }
    }
}

impl<'q> Scored<'q> {
    /// What comes out of answers without an id.
    #[must_use]
    pub fn new(questionnaire: &'q Questionnaire, answers: &Answers) -> Scored<'q> {
        let evaluation = Evaluation::new(questionnaire, answers);
        Scored::of(questionnaire, &evaluation, &Outcome::new(&evaluation))
    }

    /// What came out, where it is worked out already.
    #[must_use]
    pub fn of(questionnaire: &'q Questionnaire, evaluation: &Evaluation<'_>, outcome: &Outcome) -> Scored<'q> {
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
        let alarm_id = |alarm: Idx<Alarm>| questionnaire.alarms[alarm].id.as_str();
        Scored {
            id: None,
            urgency: outcome.urgency.map(|level| questionnaire.urgencies[level].id.as_str()),
            alarms: outcome.alarms.iter().map(|alarm| alarm_id(*alarm)).collect(),
            open_alarms: outcome.open_alarms.iter().map(|alarm| alarm_id(*alarm)).collect(),
            ignored,
            causes,
        }
    }
}

struct Scorer<'q> {
    questionnaire: &'q Questionnaire,
    reader: AnswersReader<'q>,
}

impl<'q> Scorer<'q> {
    fn line(&self, line: &[u8]) -> Result<Scored<'q>, Failure> {
        let text = std::str::from_utf8(line).map_err(|_| Failure::new("the line is not UTF-8 text"))?;
        let text = text.trim_start_matches('\u{feff}');
        let line: Line = serde_json::from_str(text).map_err(|error| Failure::new(json_problem(&error)))?;
        let id = line.id.map(harmless);
        match line.answers.and_then(|record| self.reader.answers(&record)) {
            Ok(answers) => Ok(Scored { id, ..Scored::new(self.questionnaire, &answers) }),
            Err(message) => Err(Failure { id, message }),
        }
    }
}

/// The same JSON, with escapes for what would act on a terminal. Such characters stand only in texts, but for the
/// blanks between them.
fn harmless(value: Box<RawValue>) -> Box<RawValue> {
    if !value.get().contains(|c: char| is_control(c) || is_bidirectional_override(c)) {
        return value;
    }
    let escaped = value.get().chars().map(|c| match c {
        '\t' | '\r' => " ".to_owned(),
        c if is_control(c) || is_bidirectional_override(c) => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    });
    let text = escaped.collect::<Vec<_>>().concat();
    RawValue::from_string(text).unwrap_or(value)
}

/// What is wrong with a line.
fn json_problem(error: &serde_json::Error) -> String {
    if error.is_data() {
        return "the line is not an object with `answers`".into();
    }
    answers_json::problem(error)
}

/// One line of input: an object with an `id` and `answers`; whatever else is in it passes.
struct Line {
    id: Option<Box<RawValue>>,
    answers: Result<AnswersJson, String>,
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Line, D::Error> {
        struct LineVisitor;

        impl<'de> Visitor<'de> for LineVisitor {
            type Value = Line;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object with `answers`")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Line, A::Error> {
                let mut id: Option<Box<RawValue>> = None;
                let mut answers: Option<Box<RawValue>> = None;
                let mut twice = None;
                while let Some(key) = map.next_key::<String>()? {
                    let slot = match key.as_str() {
                        "id" => &mut id,
                        "answers" => &mut answers,
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            continue;
                        }
                    };
                    let value = map.next_value()?;
                    if slot.is_some() {
                        twice = Some(format!("{} stands twice in the line", quote(&key)));
                    } else {
                        *slot = Some(value);
                    }
                }
                let answers = match (twice, answers) {
                    (Some(message), _) => Err(message),
                    (None, None) => Err("the line has no `answers`".into()),
                    (None, Some(answers)) => serde_json::from_str::<AnswersJson>(answers.get()).map_err(|error| {
                        let help = "`answers` must be an object: {\"question\": answer, …}";
                        if error.is_data() { help.into() } else { json_problem(&error) }
                    }),
                };
                Ok(Line { id, answers })
            }
        }

        deserializer.deserialize_map(LineVisitor)
    }
}
