//! Conditions and answers as an author writes them, resolved against the questions that they speak of.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;

use la_arena::{Arena, Idx};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Rule, quote};
use crate::questionnaire::answer::WrittenAnswer;
use crate::questionnaire::condition::{Comparison, Condition, FactTest, Form, Subject, Test};
use crate::questionnaire::parse::fields::{
    Problems, TomlText, TomlValue, finite_number, in_file_order, text_list, type_name,
};
use crate::questionnaire::parse::names::{Names, RESERVED};
use crate::questionnaire::{Answer, Choice, Fact, Interval, Kind, Question, position};

/// What a condition may speak of.
pub(super) struct ConditionReader<'a, 't> {
    pub(super) names: &'a Names<'t, Subject>,
    pub(super) questions: &'a Arena<Question>,
    /// The questions whose kind could not be read: nothing said about them can be judged.
    pub(super) broken: &'a BTreeSet<Idx<Question>>,
    pub(super) facts: &'a Arena<Fact>,
    pub(super) may_test: MayTest,
    pub(super) problems: &'a Problems,
}

/// How far a condition may look.
#[derive(Debug, Clone, Copy)]
pub(super) enum MayTest {
    /// At what stands before this question.
    Before(Idx<Question>),
    /// At any question, and at the facts before this one.
    Fact(Idx<Fact>),
    /// At everything.
    All,
}

impl ConditionReader<'_, '_> {
    /// Reads a `when`. Left out, it always holds; `None` when it is wrong, which has been noted.
    pub(super) fn condition(&self, when: Option<&TomlValue<'_>>) -> Option<Condition> {
        let Some(value) = when else { return Some(Condition::always()) };
        match value.get_ref() {
            DeValue::Table(table) => self.table(table, value.span()).map(|tests| Condition { tables: vec![tests] }),
            DeValue::Array(items) => {
                if items.is_empty() {
                    self.problems.push(Rule::Empty, value.span(), "a condition without a test");
                }
                let tables: Vec<_> = items.iter().map(|item| self.item(item)).collect();
                tables.into_iter().collect::<Option<_>>().map(|tables| Condition { tables })
            }
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => {
                let other = value.get_ref();
                let message = format!("a condition must be a table or a list of tables, not {}", type_name(other));
                self.problems.push_with_help(
                    Rule::WrongType,
                    value.span(),
                    message,
                    "write `{ question = \"option\" }`",
                );
                None
            }
        }
    }

    fn item(&self, item: &TomlValue<'_>) -> Option<Vec<Test>> {
        let Some(table) = item.get_ref().as_table() else {
            let message = format!("a list of conditions holds tables, not {}", type_name(item.get_ref()));
            self.problems.push(Rule::WrongType, item.span(), message);
            return None;
        };
        self.table(table, item.span())
    }

    fn table(&self, table: &DeTable<'_>, span: Range<usize>) -> Option<Vec<Test>> {
        if table.is_empty() {
            self.problems.push_with_help(
                Rule::Empty,
                span,
                "a condition without a test",
                "leave `when` out for what always holds",
            );
            return None;
        }
        let tests: Vec<_> = in_file_order(table).into_iter().map(|(name, value)| self.test(&name, value)).collect();
        tests.into_iter().collect()
    }

    fn test(&self, name: &TomlText<'_>, value: &TomlValue<'_>) -> Option<Test> {
        match self.names.resolve(name, "a question or fact", self.problems)? {
            Subject::Question(question) => {
                let looks_back = self.check_question_order(name, question);
                if self.broken.contains(&question) {
                    return None;
                }
                let reader = FormReader { question: &self.questions[question], problems: self.problems };
                let form = reader.form(value);
                looks_back.and(form).map(|form| Test::Question { question, form })
            }
            Subject::Fact(fact) => {
                let looks_back = self.check_fact_order(name, fact);
                let is = self.fact_test(value);
                looks_back.and(is).map(|is| Test::Fact { fact, is })
            }
        }
    }

    fn check_question_order(&self, name: &TomlText<'_>, question: Idx<Question>) -> Option<()> {
        let MayTest::Before(here) = self.may_test else { return Some(()) };
        let id = quote(name.get_ref());
        match question.cmp(&here) {
            Ordering::Less => Some(()),
            Ordering::Equal => {
                self.problems.push(Rule::LooksAtItself, name.span(), format!("the question {id} tests itself"));
                None
            }
            Ordering::Greater => {
                let message = format!("{id} is asked only later");
                let help = "a question may only look back: move it behind, or the other one before it";
                self.problems.push_with_help(Rule::LooksForward, name.span(), message, help);
                None
            }
        }
    }

    fn check_fact_order(&self, name: &TomlText<'_>, fact: Idx<Fact>) -> Option<()> {
        let id = quote(name.get_ref());
        match self.may_test {
            MayTest::All => Some(()),
            MayTest::Before(here) => {
                let settled = self.facts[fact].known_after;
                let known = position(here);
                if settled <= known {
                    return Some(());
                }
                let last = self.questions.values().nth(settled.saturating_sub(1)).map_or("", |last| last.id.as_str());
                let message = format!("the fact {id} looks at {}, which is not asked before this", quote(last));
                let help = "a question may only look back, through facts too";
                self.problems.push_with_help(Rule::LooksForward, name.span(), message, help);
                None
            }
            MayTest::Fact(here) if fact == here => {
                self.problems.push(Rule::LooksAtItself, name.span(), format!("the fact {id} tests itself"));
                None
            }
            MayTest::Fact(here) if fact > here => {
                let message = format!("the fact {id} stands only later");
                self.problems.push_with_help(
                    Rule::LooksForward,
                    name.span(),
                    message,
                    "a fact may test earlier facts: move it behind the other one",
                );
                None
            }
            MayTest::Fact(_) => Some(()),
        }
    }

    fn fact_test(&self, value: &TomlValue<'_>) -> Option<FactTest> {
        let wrong = |message: String| {
            let help = "a fact is tested like a yes/no question: \"yes\" or \"no\"";
            self.problems.push_with_help(Rule::BadCondition, value.span(), message, help);
            None
        };
        match value.get_ref() {
            DeValue::String(text) => match text.as_ref() {
                "yes" | "!no" => Some(FactTest::Holds),
                "no" | "!yes" => Some(FactTest::Fails),
                other => wrong(format!("a fact cannot be {}", quote(other))),
            },
            DeValue::Array(_) => {
                let words = text_list("when", value, self.problems);
                let mut sides = BTreeSet::new();
                for word in &words {
                    match *word.get_ref() {
                        "yes" => sides.insert(true),
                        "no" => sides.insert(false),
                        other => {
                            wrong(format!("a fact cannot be {}", quote(other)));
                            return None;
                        }
                    };
                }
                match (sides.contains(&true), sides.contains(&false)) {
                    (true, true) => Some(FactTest::Known),
                    (true, false) => Some(FactTest::Holds),
                    (false, true) => Some(FactTest::Fails),
                    (false, false) => None,
                }
            }
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Table(_) => wrong(format!("a fact cannot be tested with {}", type_name(value.get_ref()))),
        }
    }
}

/// Reads what is said about one question.
pub(super) struct FormReader<'a> {
    pub(super) question: &'a Question,
    pub(super) problems: &'a Problems,
}

impl FormReader<'_> {
    fn form(&self, value: &TomlValue<'_>) -> Option<Form> {
        match value.get_ref() {
            DeValue::String(text) => self.text(&Spanned::new(value.span(), text.as_ref())),
            DeValue::Array(_) => self.any(value),
            DeValue::Table(table) => self.ticks_form(table, value.span()),
            DeValue::Boolean(yes) => {
                let help = format!("write \"{}\"", if *yes { "yes" } else { "no" });
                self.wrong(value.span(), "a condition is written as a text".into(), Some(help))
            }
            DeValue::Integer(digits) => {
                let help = format!("write \"= {}\"", digits.as_str());
                self.wrong(value.span(), "a comparison is written as a text".into(), Some(help))
            }
            DeValue::Float(_) | DeValue::Datetime(_) => {
                let message = format!("{} is no condition", type_name(value.get_ref()));
                self.wrong(value.span(), message, None)
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
                    self.wrong(text.span(), message, Some("`none` is for questions of kind `many`".into()))
                }
            };
        }
        if let Some(option) = word.strip_prefix('!') {
            return self.not(option, text.span());
        }
        match &self.question.kind {
            Kind::Number { min, max } => self.comparison(text, *min, *max).map(Form::Number),
            Kind::Many { options, .. } if Comparison::is_meant(word) => {
                self.count(text, options.len()).map(|count| Form::Count { of: None, count })
            }
            Kind::One(_) if Comparison::is_meant(word) => {
                let message = format!("{} is no question with a number", self.name());
                self.problems.push_with_help(Rule::BadComparison, text.span(), message, "name one of its options");
                None
            }
            Kind::One(_) | Kind::Many { .. } => self.option(text).map(|option| Form::Any(vec![option])),
        }
    }

    fn not(&self, option: &str, span: Range<usize>) -> Option<Form> {
        if RESERVED.contains(&option) {
            let message = format!("`!` goes before an option, and {} is none", quote(option));
            return self.wrong(span, message, Some(format!("`{option}` stands alone")));
        }
        if matches!(self.question.kind, Kind::Number { .. }) {
            let message = format!("{} takes a number, and `!` goes before an option", self.name());
            return self.wrong(span, message, Some("write a comparison, such as \"< 40\"".into()));
        }
        self.option(&Spanned::new(span, option)).map(Form::Not)
    }

    /// `["a", "b"]`: any of these.
    fn any(&self, value: &TomlValue<'_>) -> Option<Form> {
        if matches!(self.question.kind, Kind::Number { .. }) {
            let message = format!("{} takes a number, not options", self.name());
            return self.wrong(value.span(), message, Some("write a comparison, such as \"40-59\"".into()));
        }
        self.several(self.question.id.as_str(), value).map(Form::Any)
    }

    /// `{ all = […] }` and `{ of = […], count = "…" }`.
    fn ticks_form(&self, table: &DeTable<'_>, span: Range<usize>) -> Option<Form> {
        let forms = "write { all = […] } or { of = […], count = \"…\" }";
        if !matches!(self.question.kind, Kind::Many { .. }) {
            let message = format!("{} is not a question of kind `many`", self.name());
            return self.wrong(span, message, Some("only there several options can be ticked".into()));
        }
        let keys: Vec<_> = in_file_order(table).into_iter().map(|(key, _)| *key.get_ref()).collect();
        match (table.get("all"), table.get("of"), table.get("count"), keys.len()) {
            (Some(all), None, None, 1) => self.several("all", all).map(Form::All),
            (None, Some(of), Some(count), 2) => {
                let of = self.several("of", of);
                let Some(text) = count.get_ref().as_str() else {
                    let message = format!("`count` must be a text, not {}", type_name(count.get_ref()));
                    return self.wrong(count.span(), message, Some("write a comparison, such as \">= 2\"".into()));
                };
                let options = of.as_ref().map_or_else(|| self.question.options().map_or(0, Arena::len), Vec::len);
                let count = self.count(&Spanned::new(count.span(), text), options);
                Some(Form::Count { of: Some(of?), count: count? })
            }
            _ => self.wrong(span, "a condition of an unknown form".into(), Some(forms.into())),
        }
    }

    fn several(&self, key: &str, value: &TomlValue<'_>) -> Option<Vec<Idx<Choice>>> {
        let words = text_list(key, value, self.problems);
        let options: Vec<_> = words
            .iter()
            .map(|word| {
                let text = *word.get_ref();
                if text.starts_with('!') {
                    let help = "a list holds only options that are chosen";
                    return self.wrong(word.span(), "`!` cannot stand in a list".into(), Some(help.into()));
                }
                if RESERVED.contains(&text) {
                    let message = format!("{} cannot stand in a list", quote(text));
                    return self.wrong(word.span(), message, Some("it stands alone".into()));
                }
                self.option(word)
            })
            .collect();
        options.into_iter().collect::<Option<Vec<_>>>().filter(|options| !options.is_empty())
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

    fn count(&self, text: &TomlText<'_>, options: usize) -> Option<Comparison> {
        let most = u32::try_from(options).map_or(f64::INFINITY, f64::from);
        let comparison = self.comparison(text, 0.0, most)?;
        if Interval::from(comparison).ends().any(|bound| bound.fract() > 0.0) {
            let message = "so many options cannot be ticked";
            self.problems.push_with_help(Rule::BadComparison, text.span(), message, "count in whole numbers");
            return None;
        }
        Some(comparison)
    }

    fn wrong<T>(&self, span: Range<usize>, message: String, help: Option<String>) -> Option<T> {
        match help {
            Some(help) => self.problems.push_with_help(Rule::BadCondition, span, message, help),
            None => self.problems.push(Rule::BadCondition, span, message),
        }
        None
    }

    fn name(&self) -> String {
        quote(&self.question.id)
    }

    /// Reads an `otherwise`: any answer to the question.
    pub(super) fn otherwise(&self, value: &TomlValue<'_>) -> Option<Answer> {
        let written = WrittenAnswer::from_toml(value);
        match Answer::read(self.question, &written) {
            Ok(answer) => Some(answer),
            Err(problem) => {
                self.problems.push_with_help(
                    Rule::BadOtherwise,
                    value.span(),
                    problem.message,
                    problem.help.unwrap_or_else(|| format!("write an answer that {} takes", self.name())),
                );
                None
            }
        }
    }
}

impl WrittenAnswer {
    /// What is written in a TOML file.
    pub(crate) fn from_toml(value: &TomlValue<'_>) -> WrittenAnswer {
        match value.get_ref() {
            DeValue::String(text) => WrittenAnswer::Text(text.clone().into_owned()),
            DeValue::Integer(_) | DeValue::Float(_) => {
                finite_number(value.get_ref()).map_or(WrittenAnswer::Other("no finite number"), WrittenAnswer::Number)
            }
            DeValue::Array(items) => {
                let texts: Option<Vec<_>> =
                    items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect();
                texts.map_or(WrittenAnswer::Other("a list of something else than texts"), WrittenAnswer::List)
            }
            DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Table(_) => {
                WrittenAnswer::Other(type_name(value.get_ref()))
            }
        }
    }
}
