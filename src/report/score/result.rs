//! A line of output: the outcome of some answers, written as JSON.
//!
//! It is written by hand, since writing is a good part of the time that a cohort takes. Ids need no escapes.

use la_arena::Idx;

use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::Outcome;
use crate::engine::ranking::Ranked;
use crate::questionnaire::{Alarm, Questionnaire, position};

/// A key of a result, besides `id`, which every result has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// How urgent it is.
    Urgency,
    /// The alarms that are raised.
    Alarms,
    /// The alarms that could still be raised.
    OpenAlarms,
    /// Those that are open because of *not sure*.
    UnsureAlarms,
    /// The questions that are not shown, but have an answer.
    Ignored,
    /// The causes, in order.
    Causes,
    /// The version of the questionnaire, if it has one.
    Version,
}

impl Key {
    /// All of them, in the order in which they are written.
    pub const ALL: [Key; 7] =
        [Key::Urgency, Key::Alarms, Key::OpenAlarms, Key::UnsureAlarms, Key::Ignored, Key::Causes, Key::Version];

    /// The key as it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Key::Urgency => "urgency",
            Key::Alarms => "alarms",
            Key::OpenAlarms => "open_alarms",
            Key::UnsureAlarms => "unsure_alarms",
            Key::Ignored => "ignored",
            Key::Causes => "causes",
            Key::Version => "version",
        }
    }
}

/// How much of a result is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    /// At most so many causes.
    pub top: usize,
    /// These keys.
    pub only: Vec<Key>,
}

impl Default for Extent {
    fn default() -> Extent {
        Extent { top: usize::MAX, only: Key::ALL.to_vec() }
    }
}

/// Writes results of one questionnaire.
#[derive(Debug)]
pub(super) struct ResultWriter<'q> {
    questionnaire: &'q Questionnaire,
    top: usize,
    keys: Vec<Key>,
    /// The version, as JSON.
    version: Option<String>,
    /// What is written of each cause before its figures, up to the truth of `ranked`.
    causes: Vec<String>,
}

impl<'q> ResultWriter<'q> {
    pub(super) fn new(questionnaire: &'q Questionnaire, extent: &Extent) -> ResultWriter<'q> {
        let causes = questionnaire.causes.values().map(|cause| {
            let family = cause.family.map(|family| format!("\"{}\"", questionnaire.families[family].id));
            format!("{{\"id\":\"{}\",\"family\":{},\"ranked\":", cause.id, family.as_deref().unwrap_or("null"))
        });
        let version = questionnaire.version.as_ref().and_then(|version| serde_json::to_string(version).ok());
        let keys = Key::ALL.into_iter().filter(|key| extent.only.contains(key)).collect();
        ResultWriter { questionnaire, top: extent.top, keys, version, causes: causes.collect() }
    }

    /// Writes a result with this `id`, which is JSON, without a line break.
    pub(super) fn write(&self, id: &str, evaluation: &Evaluation<'_>, outcome: &Outcome, out: &mut Vec<u8>) {
        let questionnaire = self.questionnaire;
        let alarms = |alarms: &[Idx<Alarm>], out: &mut Vec<u8>| {
            write_ids(alarms.iter().map(|alarm| questionnaire.alarms[*alarm].id.as_str()), out);
        };
        put(out, "{\"id\":");
        put(out, id);
        for key in &self.keys {
            if *key == Key::Version && self.version.is_none() {
                continue;
            }
            put(out, ",\"");
            put(out, key.name());
            put(out, "\":");
            match key {
                Key::Urgency => match outcome.urgency {
                    Some(level) => {
                        put(out, "\"");
                        put(out, &questionnaire.urgencies[level].id);
                        put(out, "\"");
                    }
                    None => put(out, "null"),
                },
                Key::Alarms => alarms(&outcome.alarms, out),
                Key::OpenAlarms => alarms(&outcome.open_alarms, out),
                Key::UnsureAlarms => alarms(&outcome.unsure_alarms, out),
                Key::Ignored => {
                    let ignored = questionnaire
                        .questions
                        .iter()
                        .filter(|(question, _)| evaluation.was_answered(*question) && !evaluation.is_shown(*question));
                    write_ids(ignored.map(|(_, question)| question.id.as_str()), out);
                }
                Key::Causes => self.write_causes(&outcome.ranking.causes, out),
                Key::Version => put(out, self.version.as_deref().unwrap_or("null")),
            }
        }
        put(out, "}");
    }

    fn write_causes(&self, causes: &[Ranked], out: &mut Vec<u8>) {
        put(out, "[");
        for (at, ranked) in causes.iter().take(self.top).enumerate() {
            put(out, if at == 0 { "" } else { "," });
            put(out, self.causes.get(position(ranked.cause)).map_or("", String::as_str));
            put(out, if ranked.is_ranked { "true" } else { "false" });
            put(out, ",\"probability\":");
            write_four_decimals(ranked.probability, out);
            put(out, ",\"low\":");
            write_four_decimals(ranked.low, out);
            put(out, ",\"high\":");
            write_four_decimals(ranked.high, out);
            put(out, ",\"lift\":");
            write_four_decimals(ranked.lift, out);
            put(out, "}");
        }
        put(out, "]");
    }
}

fn put(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

fn write_ids<'q>(ids: impl Iterator<Item = &'q str>, out: &mut Vec<u8>) {
    put(out, "[");
    for (at, id) in ids.enumerate() {
        put(out, if at == 0 { "\"" } else { ",\"" });
        put(out, id);
        put(out, "\"");
    }
    put(out, "]");
}

/// Writes a number from 0 up with four decimals, correctly rounded, but without zeros at its end.
fn write_four_decimals(number: f64, out: &mut Vec<u8>) {
    let scaled = number * 1e4;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number from 0 to 1e10, or any")]
    let below = scaled as u64;
    #[expect(clippy::cast_precision_loss, reason = "a number from 0 to 1e10, or any")]
    let fraction = scaled - below as f64;
    // The product of a number in this range is off by less than 1e-6, which matters only to numbers half-way between two.
    if !(0.0..1e6).contains(&number) || (fraction - 0.5).abs() < 1e-5 {
        let rounded = format!("{number:.4}").parse::<f64>().unwrap_or(number);
        // Memory can be written.
        let _ = serde_json::to_writer(out, &rounded);
        return;
    }
    let rounded = below + u64::from(fraction > 0.5);
    let digit = |place: u64| b'0' + u8::try_from(rounded / place % 10).unwrap_or(0);
    let text = [digit(10_000), b'.', digit(1000), digit(100), digit(10), digit(1)];
    let zeros = text.iter().skip(3).rev().take_while(|digit| **digit == b'0').count();
    if rounded >= 100_000 {
        put(out, &(rounded / 100_000).to_string());
    }
    // All of it, since a copy of a length that is known takes less time.
    out.extend_from_slice(&text);
    out.truncate(out.len() - zeros);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As it is formatted by the standard library, and its shortest form written by `serde_json`.
    #[track_caller]
    fn check(number: f64) {
        let mut written = Vec::new();
        write_four_decimals(number, &mut written);
        let rounded: f64 = format!("{number:.4}").parse().expect("a number");
        assert_eq!(
            String::from_utf8(written).expect("text"),
            serde_json::to_string(&rounded).expect("JSON"),
            "{number}"
        );
    }

    #[test]
    fn numbers_are_rounded_to_four_decimals() {
        for number in
            [0.0, 1.0, 0.5, 0.00005, 0.00015, 0.00025, 0.12345, 0.99995, 9.99995, 10.0, 1e-9, 1e5, 1e6, 1e17, 1e300]
        {
            check(number);
        }
    }

    proptest! {
        #[test]
        fn every_number_is_rounded_as_the_standard_library_rounds_it(number in 0.0..1.0, large in 0.0..2e6, at in 0_u32..100_000) {
            check(number);
            check(large);
            // Half-way, or as near to it as can be.
            check((f64::from(at) + 0.5) / 1e4);
            check(f64::from(at) / 1e4 + 1.0 / 32.0);
        }
    }
}
