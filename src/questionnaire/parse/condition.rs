//! Conditions as an author writes them, with every name in them resolved.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;

use la_arena::{Arena, Idx};
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Rule, quote};
use crate::questionnaire::condition::{FactTest, Subject, Test};
use crate::questionnaire::parse::fields::{TomlText, TomlValue, in_file_order, text_list, type_name};
use crate::questionnaire::parse::form::FormReader;
use crate::questionnaire::parse::names::Names;
use crate::questionnaire::parse::problems::Problems;
use crate::questionnaire::{Fact, Question, position};

/// Reads the conditions of one part of the file.
pub(super) struct ConditionReader<'a> {
    pub(super) names: &'a Names<'a, Subject>,
    pub(super) questions: &'a Arena<Question>,
    /// The questions whose kind could not be read: tests of them cannot be judged.
    pub(super) broken: &'a BTreeSet<Idx<Question>>,
    pub(super) facts: &'a Arena<Fact>,
    pub(super) may_test: MayTest,
    pub(super) problems: &'a Problems,
}

/// Which questions and facts a condition may test.
#[derive(Debug, Clone, Copy)]
pub(super) enum MayTest {
    /// Those that are known before this question is asked.
    BeforeQuestion(Idx<Question>),
    /// Every question, and the facts that are written before this one.
    BeforeFact(Idx<Fact>),
    /// All.
    All,
}

impl ConditionReader<'_> {
    /// Reads the tables of a `when`; `None` if it is wrong, which is noted.
    pub(super) fn tables(&self, value: &TomlValue<'_>) -> Option<Vec<Vec<Test>>> {
        match value.get_ref() {
            DeValue::Table(table) => self.table(table, value.span()).map(|tests| vec![tests]),
            DeValue::Array(items) => {
                if items.is_empty() {
                    self.problems.push(Rule::Empty, value.span(), "a condition without a test");
                }
                let tables: Vec<_> = items.iter().map(|item| self.item(item)).collect();
                tables.into_iter().collect()
            }
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => {
                let found = type_name(value.get_ref());
                let message = format!("a condition must be a table or a list of tables, not {found}");
                let help = "write `{ question = \"option\" }`";
                self.problems.push_with_help(Rule::WrongType, value.span(), message, help);
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
            let help = "leave `when` out for what always holds";
            self.problems.push_with_help(Rule::Empty, span, "a condition without a test", help);
            return None;
        }
        let tests: Vec<_> = in_file_order(table).into_iter().map(|(name, value)| self.test(&name, value)).collect();
        tests.into_iter().collect()
    }

    fn test(&self, name: &TomlText<'_>, value: &TomlValue<'_>) -> Option<Test> {
        match self.names.resolve(name, "a question or fact", self.problems)? {
            Subject::Question(question) => {
                let in_order = self.check_question_order(name, question);
                if self.broken.contains(&question) {
                    return None;
                }
                let reader = FormReader { question: &self.questions[question], problems: self.problems };
                let form = reader.form(value);
                in_order.and(form).map(|form| Test::Question { question, form })
            }
            Subject::Fact(fact) => {
                let in_order = self.check_fact_order(name, fact);
                let is = self.fact_test(value);
                in_order.and(is).map(|is| Test::Fact { fact, is })
            }
        }
    }

    /// `None` if a question may not be tested here, which is noted.
    fn check_question_order(&self, name: &TomlText<'_>, question: Idx<Question>) -> Option<()> {
        let MayTest::BeforeQuestion(here) = self.may_test else { return Some(()) };
        let id = || quote(name.get_ref());
        match question.cmp(&here) {
            Ordering::Less => Some(()),
            Ordering::Equal => self.looks_at_itself(name, format!("the question {} tests itself", id())),
            Ordering::Greater => {
                let help = "a question may only look back: move it behind, or the other one before it";
                self.looks_forward(name, format!("{} is asked only later", id()), help)
            }
        }
    }

    /// `None` if a fact may not be tested here, which is noted.
    fn check_fact_order(&self, name: &TomlText<'_>, fact: Idx<Fact>) -> Option<()> {
        let id = || quote(name.get_ref());
        match self.may_test {
            MayTest::BeforeQuestion(here) if self.facts[fact].known_after > position(here) => {
                let last = self.questions.values().nth(self.facts[fact].known_after.saturating_sub(1));
                let last = quote(last.map_or("", |last| last.id.as_str()));
                let message = format!("the fact {} looks at {last}, which is not asked before this", id());
                self.looks_forward(name, message, "a question may only look back, through facts too")
            }
            MayTest::BeforeFact(here) if fact == here => {
                self.looks_at_itself(name, format!("the fact {} tests itself", id()))
            }
            MayTest::BeforeFact(here) if fact > here => {
                let help = "a fact may test earlier facts: move it behind the other one";
                self.looks_forward(name, format!("the fact {} stands only later", id()), help)
            }
            MayTest::BeforeQuestion(_) | MayTest::BeforeFact(_) | MayTest::All => Some(()),
        }
    }

    fn looks_at_itself(&self, name: &TomlText<'_>, message: String) -> Option<()> {
        self.problems.push(Rule::LooksAtItself, name.span(), message);
        None
    }

    fn looks_forward(&self, name: &TomlText<'_>, message: String, help: &str) -> Option<()> {
        self.problems.push_with_help(Rule::LooksForward, name.span(), message, help);
        None
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
                let words: Vec<&str> = words.iter().map(|word| *word.get_ref()).collect();
                if let Some(other) = words.iter().find(|word| !["yes", "no"].contains(*word)) {
                    return wrong(format!("a fact cannot be {}", quote(other)));
                }
                match (words.contains(&"yes"), words.contains(&"no")) {
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
