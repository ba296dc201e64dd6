//! Answers as a JSON object, by the ids of their questions:
//! `{"age": 54, "signs": ["tingling", "?numb"], "walk_pain": null}`.

mod plain;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use foldhash::HashMap;
use la_arena::Idx;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use crate::diagnostic::{nearest, quote};
use crate::engine::answers::Answers;
use crate::questionnaire::{Answer, Choice, Question, Questionnaire, WrittenAnswer};
pub use plain::PlainLine;

/// Answers as they are in JSON, not yet checked against a questionnaire; an id can occur twice.
#[derive(Debug, Clone, Default)]
pub struct AnswersJson(Vec<(String, Box<RawValue>)>);

impl AnswersJson {
    /// Writes answers as JSON, including those to hidden questions.
    ///
    /// # Errors
    ///
    /// When an answer cannot be written as JSON.
    pub fn from_answers(questionnaire: &Questionnaire, answers: &Answers) -> serde_json::Result<AnswersJson> {
        let given = answers.questions().filter_map(|id| Some((&questionnaire.questions[id], answers.get(id)?)));
        given.map(|(question, answer)| Ok((question.id.clone(), write(question, answer)?))).collect()
    }

    /// Each id with its value, in order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &RawValue)> {
        self.0.iter().map(|(id, value)| (id.as_str(), value.as_ref()))
    }
}

impl FromIterator<(String, Box<RawValue>)> for AnswersJson {
    fn from_iter<T: IntoIterator<Item = (String, Box<RawValue>)>>(entries: T) -> AnswersJson {
        AnswersJson(entries.into_iter().collect())
    }
}

/// A JSON object, read no further than its keys and values; a key can occur twice.
#[derive(Debug)]
pub struct ObjectJson<'a>(Vec<(TextJson<'a>, &'a RawValue)>);

impl<'a> ObjectJson<'a> {
    /// Each key with its value, in order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(key, value)| (key.0.as_ref(), *value))
    }
}

/// A line of a cohort: an object with an id and answers among its keys.
#[derive(Debug, Default)]
pub struct LineJson<'a> {
    /// The id: the first, if there are several.
    pub id: Option<&'a RawValue>,
    /// The answers: the last, if there are several. `None` in place of what is no object.
    pub answers: Option<Option<ObjectJson<'a>>>,
    /// A key that stands twice.
    pub twice: Option<&'static str>,
}

/// Reads answers to one questionnaire from JSON.
#[derive(Debug)]
pub struct AnswersReader<'q> {
    questionnaire: &'q Questionnaire,
    questions: HashMap<&'q str, Idx<Question>>,
}

impl<'q> AnswersReader<'q> {
    /// A reader for answers to this questionnaire.
    #[must_use]
    pub fn new(questionnaire: &'q Questionnaire) -> AnswersReader<'q> {
        let questions = questionnaire.questions.iter().map(|(id, question)| (question.id.as_str(), id)).collect();
        AnswersReader { questionnaire, questions }
    }

    /// Reads every answer.
    ///
    /// # Errors
    ///
    /// At the first wrong one: a question that does not exist or occurs twice, or a value that it does not take.
    pub fn answers(&self, record: &ObjectJson<'_>) -> Result<Answers, String> {
        let mut answers = Answers::with_capacity(self.questionnaire.questions.len());
        for (id, value) in record.entries() {
            let question = self.question(id).ok_or_else(|| self.unknown(id))?;
            if answers.get(question).is_some() {
                return Err(format!("question {} is answered twice", quote(id)));
            }
            answers.set(question, self.answer(question, value)?);
        }
        Ok(answers)
    }

    /// The question with this id.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<Idx<Question>> {
        self.questions.get(id).copied()
    }

    /// Reads one answer.
    ///
    /// # Errors
    ///
    /// When the question does not take it.
    pub fn answer(&self, question: Idx<Question>, value: &RawValue) -> Result<Answer, String> {
        let question = &self.questionnaire.questions[question];
        let written = read(value)
            .map_err(|error| format!("the answer to {} cannot be read: {}", quote(&question.id), problem(&error)))?;
        Answer::read(question, &written).map_err(|problem| match problem.help {
            Some(help) => format!("{}; {help}", problem.message),
            None => problem.message,
        })
    }

    fn unknown(&self, id: &str) -> String {
        let known = self.questionnaire.questions.values().map(|question| question.id.as_str());
        let meant = nearest(id, known).map(|near| format!("; did you mean {}?", quote(near)));
        format!("question {} does not exist{}", quote(id), meant.unwrap_or_default())
    }
}

/// The message of a JSON error without its line number, which is always 1 here.
pub(crate) fn problem(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    format!("{message} (column {})", error.column())
}

fn write(question: &Question, answer: &Answer) -> serde_json::Result<Box<RawValue>> {
    let id = |option: Idx<Choice>| question.options().map_or("", |options| options[option].id.as_str());
    match answer {
        Answer::NotSure => to_raw_value(&()),
        Answer::One(option) => to_raw_value(id(*option)),
        Answer::Number(number) => to_raw_value(number),
        Answer::Many { ticked, unsure } => {
            let sure = ticked.iter().map(|option| id(option).to_owned());
            let doubted = unsure.iter().map(|option| format!("?{}", id(option)));
            to_raw_value(&sure.chain(doubted).collect::<Vec<_>>())
        }
    }
}

/// So many entries are read before their list has to grow.
const FEW_ENTRIES: usize = 64;

/// The most significant digits of a number: with more of them, two different numbers can be read as one.
const MOST_DIGITS: usize = 17;

fn significant_digits(number: &str) -> usize {
    let mantissa = number.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').trim_end_matches('0').len()
}

/// A text in JSON, which is copied only if it has escapes.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct TextJson<'a>(#[serde(borrow)] Cow<'a, str>);

fn read(value: &RawValue) -> serde_json::Result<WrittenAnswer<'_>> {
    let text = value.get();
    Ok(match text.as_bytes().first() {
        Some(b'"') => match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(plain) if !plain.bytes().any(|byte| byte == b'\\') => WrittenAnswer::Text(plain.into()),
            _ => WrittenAnswer::Text(serde_json::from_str::<TextJson<'_>>(text)?.0),
        },
        Some(b'[') => match serde_json::from_str::<Vec<TextJson<'_>>>(text) {
            Ok(texts) => WrittenAnswer::List(texts.into_iter().map(|text| text.0).collect()),
            Err(error) if error.is_data() => WrittenAnswer::Other("a list of something else than texts"),
            Err(error) => return Err(error),
        },
        Some(b'n') => WrittenAnswer::Nothing,
        Some(b't' | b'f') => WrittenAnswer::Other("true or false"),
        Some(b'{') => WrittenAnswer::Other("an object"),
        _ if significant_digits(text) > MOST_DIGITS => {
            WrittenAnswer::Other("a number with more digits than can be told apart")
        }
        // Parsed from the text: the number that `serde_json` reads can be off in its last bit.
        _ => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => WrittenAnswer::Number(number),
            _ => WrittenAnswer::Other("a number that is too large"),
        },
    })
}

impl Serialize for AnswersJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, value)| (id, value)))
    }
}

impl<'de> Deserialize<'de> for AnswersJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<AnswersJson, D::Error> {
        deserializer.deserialize_map(EntriesVisitor(PhantomData)).map(AnswersJson)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for ObjectJson<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ObjectJson<'a>, D::Error> {
        deserializer.deserialize_map(EntriesVisitor::<TextJson<'a>, &'a RawValue>(PhantomData)).map(ObjectJson)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for LineJson<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<LineJson<'a>, D::Error> {
        struct LineVisitor<'a>(PhantomData<&'a ()>);

        impl<'de: 'a, 'a> Visitor<'de> for LineVisitor<'a> {
            type Value = LineJson<'a>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LineJson<'a>, A::Error> {
                let mut line = LineJson::default();
                while let Some(TextJson(key)) = map.next_key()? {
                    match key.as_ref() {
                        "id" if line.id.is_some() => {
                            map.next_value::<IgnoredAny>()?;
                            line.twice = Some("id");
                        }
                        "id" => line.id = Some(map.next_value()?),
                        "answers" => {
                            let is_second = line.answers.is_some() && line.twice.is_none();
                            line.twice = line.twice.or(is_second.then_some("answers"));
                            line.answers = Some(map.next_value::<AnyJson<'a>>()?.0);
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(line)
            }
        }

        deserializer.deserialize_map(LineVisitor(PhantomData))
    }
}

/// An object; `None` in place of any other value.
struct AnyJson<'a>(Option<ObjectJson<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for AnyJson<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<AnyJson<'a>, D::Error> {
        struct AnyVisitor<'a>(PhantomData<&'a ()>);

        impl<'de: 'a, 'a> Visitor<'de> for AnyVisitor<'a> {
            type Value = AnyJson<'a>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a value")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<AnyJson<'a>, A::Error> {
                EntriesVisitor(PhantomData).visit_map(map).map(ObjectJson).map(|object| AnyJson(Some(object)))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<AnyJson<'a>, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(AnyJson(None))
            }

            fn visit_bool<E>(self, _: bool) -> Result<AnyJson<'a>, E> {
                Ok(AnyJson(None))
            }

            fn visit_i64<E>(self, _: i64) -> Result<AnyJson<'a>, E> {
                Ok(AnyJson(None))
            }

            fn visit_u64<E>(self, _: u64) -> Result<AnyJson<'a>, E> {
                Ok(AnyJson(None))
            }

            fn visit_f64<E>(self, _: f64) -> Result<AnyJson<'a>, E> {
                Ok(AnyJson(None))
            }

            fn visit_str<E>(self, _: &str) -> Result<AnyJson<'a>, E> {
                Ok(AnyJson(None))
            }

            fn visit_unit<E>(self) -> Result<AnyJson<'a>, E> {
                Ok(AnyJson(None))
            }
        }

        deserializer.deserialize_any(AnyVisitor(PhantomData))
    }
}

/// Reads the entries of an object.
struct EntriesVisitor<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for EntriesVisitor<K, V> {
    type Value = Vec<(K, V)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<(K, V)>, A::Error> {
        let mut entries = Vec::with_capacity(FEW_ENTRIES);
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(entries)
    }
}
