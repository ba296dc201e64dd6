//! Answers in question files and cases.

use toml::de::DeValue;

use crate::diagnostic::{Rule, quote};
use crate::questionnaire::parse::fields::{TomlValue, finite_number, type_name};
use crate::questionnaire::parse::problems::Problems;
use crate::questionnaire::{Answer, Question, WrittenAnswer};

/// Reads the `otherwise` of a question: any answer to it.
pub(super) fn otherwise(question: &Question, value: &TomlValue<'_>, problems: &Problems) -> Option<Answer> {
    match Answer::read(question, &WrittenAnswer::from_toml(value)) {
        Ok(answer) => Some(answer),
        Err(error) => {
            let help = error.help.unwrap_or_else(|| format!("write an answer that {} takes", quote(&question.id)));
            problems.push_with_help(Rule::BadOtherwise, value.span(), error.message, help);
            None
        }
    }
}

impl<'a> WrittenAnswer<'a> {
    /// A value of a TOML file.
    pub(crate) fn from_toml(value: &'a TomlValue<'_>) -> WrittenAnswer<'a> {
        match value.get_ref() {
            DeValue::String(text) => WrittenAnswer::Text(text.as_ref().into()),
            DeValue::Integer(_) | DeValue::Float(_) => {
                finite_number(value.get_ref()).map_or(WrittenAnswer::Other("no finite number"), WrittenAnswer::Number)
            }
            DeValue::Array(items) => {
                let texts: Option<Vec<_>> = items.iter().map(|item| item.get_ref().as_str().map(Into::into)).collect();
                texts.map_or(WrittenAnswer::Other("a list of something else than texts"), WrittenAnswer::List)
            }
            DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Table(_) => {
                WrittenAnswer::Other(type_name(value.get_ref()))
            }
        }
    }
}
