//! Tests of one question, as an author writes them: `"a"`, `"!a"`, `["a", "b"]`, `">= 2"`, `{ all = […] }` and so on.

use std::ops::Range;

use la_arena::{Arena, Idx};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Rule, quote};
use crate::questionnaire::condition::{Comparison, Form};
use crate::questionnaire::interval::as_number;
use crate::questionnaire::parse::fields::{TomlText, TomlValue, text_list, type_name};
use crate::questionnaire::parse::names::RESERVED;
use crate::questionnaire::parse::problems::Problems;
use crate::questionnaire::{Choice, Interval, Kind, Options, Question};

/// Reads the tests of one question.
pub(super) struct FormReader<'a> {
    pub(super) question: &'a Question,
    pub(super) problems: &'a Problems,
}

impl FormReader<'_> {
    /// Reads one test; `None` if it is wrong, which is noted.
    pub(super) fn form(&self, value: &TomlValue<'_>) -> Option<Form> {
        match value.get_ref() {
            DeValue::String(text) => self.text(&Spanned::new(value.span(), text.as_ref())),
            DeValue::Array(_) => self.any(value),
            DeValue::Table(table) => self.ticks_form(table, value.span()),
            DeValue::Boolean(yes) => {
                let help = format!("write \"{}\"", if *yes { "yes" } else { "no" });
                self.wrong(value.span(), "a condition is written as a text", help)
            }
            DeValue::Integer(digits) => {
                let help = format!("write \"= {}\"", digits.as_str());
                self.wrong(value.span(), "a comparison is written as a text", help)
            }
            DeValue::Float(_) | DeValue::Datetime(_) => {
                let message = format!("{} is no condition", type_name(value.get_ref()));
                self.problems.push(Rule::BadCondition, value.span(), message);
                None
            }
        }
    }

    fn text(&self, text: &TomlText<'_>) -> Option<Form> {
        let word = *text.get_ref();
        if word == "not-sure" {
            return Some(Form::NotSure);
        }
        if word == "none" {
            return match self.question.kind {
                Kind::Many { .. } => Some(Form::Nothing),
                Kind::One(_) | Kind::Number { .. } => {
                    let message = format!("{} cannot be answered with nothing ticked", self.name());
                    self.wrong(text.span(), message, "`none` is for questions of kind `many`")
                }
            };
        }
        if let Some(option) = word.strip_prefix('!') {
            return self.not(option, text.span());
        }
        match &self.question.kind {
            Kind::Number { min, max, .. } => self.comparison(text, *min, *max).map(Form::Number),
            Kind::Many { options, .. } if Comparison::is_meant(word) => {
                self.count(text, options.len()).map(|count| Form::Count { of: None, count })
            }
            Kind::One(_) if Comparison::is_meant(word) => {
                let message = format!("{} is no question with a number", self.name());
                self.problems.push_with_help(Rule::BadComparison, text.span(), message, "name one of its options");
                None
            }
            Kind::One(_) | Kind::Many { .. } => {
                self.option(text).map(|option| Form::Any([option].into_iter().collect()))
            }
        }
    }

    fn not(&self, option: &str, span: Range<usize>) -> Option<Form> {
        if RESERVED.contains(&option) {
            let message = format!("`!` goes before an option, and {} is none", quote(option));
            return self.wrong(span, message, format!("`{option}` stands alone"));
        }
        if matches!(self.question.kind, Kind::Number { .. }) {
            let message = format!("{} takes a number, and `!` goes before an option", self.name());
            return self.wrong(span, message, "write a comparison, such as \"< 40\"");
        }
        self.option(&Spanned::new(span, option)).map(Form::Not)
    }

    /// `["a", "b"]`: any of these.
    fn any(&self, value: &TomlValue<'_>) -> Option<Form> {
        if matches!(self.question.kind, Kind::Number { .. }) {
            let message = format!("{} takes a number, not options", self.name());
            return self.wrong(value.span(), message, "write a comparison, such as \"40-59\"");
        }
        self.several(self.question.id.as_str(), value).map(Form::Any)
    }

    /// `{ all = […] }` and `{ of = […], count = "…" }`.
    fn ticks_form(&self, table: &DeTable<'_>, span: Range<usize>) -> Option<Form> {
        if !matches!(self.question.kind, Kind::Many { .. }) {
            let message = format!("{} is not a question of kind `many`", self.name());
            return self.wrong(span, message, "only there several options can be ticked");
        }
        match (table.get("all"), table.get("of"), table.get("count"), table.len()) {
            (Some(all), None, None, 1) => self.several("all", all).map(Form::All),
            (None, Some(of), Some(count), 2) => {
                let of = self.several("of", of);
                let Some(text) = count.get_ref().as_str() else {
                    let message = format!("`count` must be a text, not {}", type_name(count.get_ref()));
                    return self.wrong(count.span(), message, "write a comparison, such as \">= 2\"");
                };
                let options = of.as_ref().map_or_else(|| self.question.options().map_or(0, Arena::len), |of| of.len());
                let count = self.count(&Spanned::new(count.span(), text), options);
                Some(Form::Count { of: Some(of?), count: count? })
            }
            _ => {
                self.wrong(span, "a condition of an unknown form", "write { all = […] } or { of = […], count = \"…\" }")
            }
        }
    }

    /// The options in a list, of which there has to be at least one.
    fn several(&self, key: &str, value: &TomlValue<'_>) -> Option<Options> {
        let words = text_list(key, value, self.problems);
        let options: Vec<_> = words
            .iter()
            .map(|word| {
                let text = *word.get_ref();
                if text.starts_with('!') {
                    let help = "a list holds only options that are chosen";
                    return self.wrong(word.span(), "`!` cannot stand in a list", help);
                }
                if RESERVED.contains(&text) {
                    let message = format!("{} cannot stand in a list", quote(text));
                    return self.wrong(word.span(), message, "it stands alone");
                }
                self.option(word)
            })
            .collect();
        options.into_iter().collect::<Option<Options>>().filter(|options| !options.is_empty())
    }

    fn option(&self, name: &TomlText<'_>) -> Option<Idx<Choice>> {
        let found = self.question.option(name.get_ref());
        if found.is_none() {
            let message = format!("{} is no option of {}", quote(name.get_ref()), self.name());
            let known = self.question.options().into_iter().flat_map(Arena::values).map(|choice| choice.id.as_str());
            self.problems.push_unknown(Rule::UnknownOption, name, message, known);
        }
        found
    }

    /// A comparison, whose bounds have to be numbers from `min` to `max`.
    fn comparison(&self, text: &TomlText<'_>, min: f64, max: f64) -> Option<Comparison> {
        let Some(comparison) = Comparison::read(text.get_ref()) else {
            let message = format!("{} is no comparison", quote(text.get_ref()));
            let help = "write \">= 65\", \"> 3\", \"<= 2\", \"< 40\", \"= 1\" or \"40-59\"";
            let rule = if Comparison::is_meant(text.get_ref()) { Rule::BadComparison } else { Rule::BadCondition };
            self.problems.push_with_help(rule, text.span(), message, help);
            return None;
        };
        if let Comparison::Between(low, high) = comparison
            && low > high
        {
            let message = format!("this range begins at {low} and ends at {high}");
            self.problems.push_with_help(Rule::UpsideDown, text.span(), message, format!("write \"{high}-{low}\""));
            return None;
        }
        if let Some(bound) = Interval::from(comparison).ends().find(|bound| !(min..=max).contains(bound)) {
            let message = match self.question.kind {
                Kind::Number { .. } => format!("{bound} is outside what {} can be: {min} to {max}", self.name()),
                Kind::One(_) | Kind::Many { .. } => format!("{bound} cannot be ticked: {min} to {max} can"),
            };
            self.problems.push(Rule::OutOfRange, text.span(), message);
            return None;
        }
        Some(comparison)
    }

    /// A comparison with the number of ticked options. `options` is how many can be ticked.
    fn count(&self, text: &TomlText<'_>, options: usize) -> Option<Comparison> {
        let comparison = self.comparison(text, 0.0, as_number(options))?;
        if Interval::from(comparison).ends().any(|bound| bound.fract() > 0.0) {
            let message = "so many options cannot be ticked";
            self.problems.push_with_help(Rule::BadComparison, text.span(), message, "count in whole numbers");
            return None;
        }
        Some(comparison)
    }

    fn wrong<T>(&self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Option<T> {
        self.problems.push_with_help(Rule::BadCondition, span, message, help);
        None
    }

    fn name(&self) -> String {
        quote(&self.question.id)
    }
}
