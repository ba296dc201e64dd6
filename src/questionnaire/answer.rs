//! Answers, and how they are written in a question file, in cases and in JSON.

use std::borrow::Cow;

use la_arena::{Arena, Idx};
use serde::{Deserialize, Serialize};

use crate::diagnostic::{nearest, quote};
use crate::questionnaire::compiled::indexes;
use crate::questionnaire::{Choice, Kind, OptionSet, Question};

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The person does not know.
    NotSure,
    /// One option.
    One(#[serde(with = "indexes")] Idx<Choice>),
    /// Any number of options. An option in neither set is not ticked.
    Many {
        /// The options that are ticked.
        ticked: OptionSet,
        /// The options of which the person is not sure.
        unsure: OptionSet,
    },
    /// A number.
    Number(f64),
}

/// A value that is meant to be an answer, from TOML or JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum WrittenAnswer<'a> {
    /// `null`.
    Nothing,
    /// A text.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// A list of texts.
    List(Vec<Cow<'a, str>>),
    /// Any other value, as a message calls it: "a table".
    Other(&'static str),
}

/// Why a value is no answer to its question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerError {
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What to do about it, if there is more to say.
    pub help: Option<String>,
}

impl Answer {
    /// Reads an answer to `question`: an option, a list of options (`"?a"` is one marked *not sure*), a number, or
    /// `"not-sure"` for the whole question.
    ///
    /// # Errors
    ///
    /// When it is none: an option that does not exist or comes twice, a number out of range, or a value of the wrong
    /// type.
    pub fn read(question: &Question, written: &WrittenAnswer<'_>) -> Result<Answer, AnswerError> {
        let no = |message: String, help: Option<String>| Err(AnswerError { message, help });
        let name = || quote(&question.id);
        match (written, &question.kind) {
            (WrittenAnswer::Nothing, _) => Ok(Answer::NotSure),
            (WrittenAnswer::Text(text), _) if text == "not-sure" => Ok(Answer::NotSure),
            (WrittenAnswer::Text(text), Kind::One(_)) => option(question, text).map(Answer::One),
            (WrittenAnswer::List(texts), Kind::Many { .. }) => {
                let mut ticks = Ticks::new(question);
                texts.iter().try_for_each(|text| ticks.add(text))?;
                Ok(ticks.answer())
            }
            (WrittenAnswer::Number(number), Kind::Number { min, max, decimals }) => {
                if !(*min..=*max).contains(number) {
                    return no(format!("{number} is outside what {} can be: {min} to {max}", name()), None);
                }
                if !has_decimals(*number, *decimals) {
                    let takes = match decimals {
                        0 => "whole numbers".to_owned(),
                        1 => "at most 1 decimal".to_owned(),
                        more => format!("at most {more} decimals"),
                    };
                    return no(format!("{number} has too many decimals: {} takes {takes}", name()), None);
                }
                Ok(Answer::Number(*number))
            }
            (WrittenAnswer::Text(text), Kind::Many { .. }) if text == "none" => {
                no(format!("{} takes a list", name()), Some("write [] for none of these".into()))
            }
            (_, Kind::One(_)) => no(format!("{} takes the id of one option, not {}", name(), written.name()), None),
            (_, Kind::Many { .. }) => no(format!("{} takes a list of options, not {}", name(), written.name()), None),
            (_, Kind::Number { .. }) => no(format!("{} takes a number, not {}", name(), written.name()), None),
        }
    }
}

/// Whether a number has at most so many decimals.
pub(crate) fn has_decimals(number: f64, decimals: u8) -> bool {
    let scale = 10_f64.powi(i32::from(decimals));
    let rounded = (number * scale).round() / scale;
    (rounded..=rounded).contains(&number)
}

impl WrittenAnswer<'_> {
    fn name(&self) -> &'static str {
        match self {
            WrittenAnswer::Nothing => "nothing",
            WrittenAnswer::Text(_) => "a text",
            WrittenAnswer::Number(_) => "a number",
            WrittenAnswer::List(_) => "a list",
            WrittenAnswer::Other(name) => name,
        }
    }
}

/// The ticks of an answer to one question, as they are read.
pub(crate) struct Ticks<'q> {
    question: &'q Question,
    ticked: OptionSet,
    unsure: OptionSet,
}

impl<'q> Ticks<'q> {
    pub(crate) fn new(question: &'q Question) -> Ticks<'q> {
        Ticks { question, ticked: OptionSet::default(), unsure: OptionSet::default() }
    }

    /// Adds an option: `"?a"` is one marked *not sure*.
    pub(crate) fn add(&mut self, text: &str) -> Result<(), AnswerError> {
        let (id, marks) = match text.strip_prefix('?') {
            Some(id) => (id, &mut self.unsure),
            None => (text, &mut self.ticked),
        };
        let option = option(self.question, id)?;
        if !marks.insert(option) || (self.ticked.contains(&option) && self.unsure.contains(&option)) {
            let message = format!("{} stands twice in the answer to {}", quote(id), quote(&self.question.id));
            return Err(AnswerError { message, help: None });
        }
        Ok(())
    }

    pub(crate) fn answer(self) -> Answer {
        Answer::Many { ticked: self.ticked, unsure: self.unsure }
    }
}

fn option(question: &Question, id: &str) -> Result<Idx<Choice>, AnswerError> {
    question.option(id).ok_or_else(|| {
        let known = question.options().into_iter().flat_map(Arena::values).map(|choice| choice.id.as_str());
        let help = nearest(id, known).map(|near| format!("did you mean {}?", quote(near)));
        AnswerError { message: format!("{} is no option of {}", quote(id), quote(&question.id)), help }
    })
}
