//! Answers as a JSON object, by the ids of their questions:
//! `{"age": 54, "signs": ["tingling", "?numb"], "walk_pain": null}`.

use std::collections::HashMap;
use std::fmt;

use la_arena::Idx;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use crate::diagnostic::{nearest, quote};
use crate::engine::answers::Answers;
use crate::questionnaire::{Answer, Choice, Question, Questionnaire, WrittenAnswer};

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
    pub fn answers(&self, record: &AnswersJson) -> Result<Answers, String> {
        let mut answers = Answers::new();
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
            let sure = ticked.iter().map(|option| id(*option).to_owned());
            let doubted = unsure.iter().map(|option| format!("?{}", id(*option)));
            to_raw_value(&sure.chain(doubted).collect::<Vec<_>>())
        }
    }
}

/// The most significant digits of a number: with more of them, two different numbers can be read as one.
const MOST_DIGITS: usize = 17;

fn significant_digits(number: &str) -> usize {
    let mantissa = number.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').trim_end_matches('0').len()
}

fn read(value: &RawValue) -> serde_json::Result<WrittenAnswer> {
    Ok(match serde_json::from_str(value.get())? {
        serde_json::Value::Null => WrittenAnswer::Nothing,
        serde_json::Value::String(text) => WrittenAnswer::Text(text),
        // Parsed from the text: the number in `serde_json::Value` can be off in its last bit.
        serde_json::Value::Number(_) if significant_digits(value.get()) > MOST_DIGITS => {
            WrittenAnswer::Other("a number with more digits than can be told apart")
        }
        serde_json::Value::Number(_) => {
            value.get().parse().map_or(WrittenAnswer::Other("a number of another kind"), WrittenAnswer::Number)
        }
        serde_json::Value::Array(items) => {
            let texts: Option<Vec<String>> = items.iter().map(|item| item.as_str().map(str::to_owned)).collect();
            texts.map_or(WrittenAnswer::Other("a list of something else than texts"), WrittenAnswer::List)
        }
        serde_json::Value::Bool(_) => WrittenAnswer::Other("true or false"),
        serde_json::Value::Object(_) => WrittenAnswer::Other("an object"),
    })
}

impl Serialize for AnswersJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, value)| (id, value)))
    }
}

impl<'de> Deserialize<'de> for AnswersJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<AnswersJson, D::Error> {
        struct EntriesVisitor;

        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = AnswersJson;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AnswersJson, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(AnswersJson(entries))
            }
        }

        deserializer.deserialize_map(EntriesVisitor)
    }
}
