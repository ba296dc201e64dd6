//! `allow`: the warnings that an author has looked at and found to be fine, each with a reason.
//!
//! What is read from it is not kept in the questionnaire, which means the same with and without.

use std::collections::HashMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Rule, Severity, quote};
use crate::questionnaire::parse::fields::{Fields, Value, in_file_order};

/// A warning that is silenced in one table of the file, and in what is nested in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Allow {
    /// The rule of which no warning is wanted.
    pub(crate) rule: Rule,
    /// Why it is fine to break it here.
    pub(crate) reason: String,
    /// Where the rule is named, in bytes.
    pub(crate) span: Range<usize>,
}

/// Every `allow` of one file, and what each is about.
#[derive(Debug, Clone, Default)]
pub(crate) struct Allows {
    /// In the order in which their tables are read.
    pub(crate) all: Vec<Allow>,
    /// The tables that have an `allow`; the first is the file itself, whether it has one or not.
    tables: Vec<Around>,
    /// In which of them a value or key that begins at some byte stands: the innermost.
    at: HashMap<usize, usize>,
}

/// What is allowed in a table.
#[derive(Debug, Clone)]
struct Around {
    /// The next table with an `allow` around this one.
    outer: Option<usize>,
    /// Its own, as places in the list of all.
    own: Range<usize>,
}

/// Notes what is wrong with the `allow` of a table, if it has one.
pub(in crate::questionnaire) fn check(fields: &mut Fields<'_, '_>) {
    let Some(span) = fields.value("allow").map(Spanned::span) else { return };
    let is_table = fields.value("allow").is_some_and(|value| value.get_ref().is_table());
    let entries = fields.entries("allow");
    let problems = fields.problems();
    if is_table && entries.is_empty() {
        problems.push_with_help(Rule::Empty, span, "`allow` is empty", "write `allow = { rule = \"why it is fine\" }`");
    }
    for (name, reason) in entries {
        match Rule::of_name(name.get_ref()) {
            None => {
                let warnings = Rule::ALL.iter().filter(|rule| rule.severity() == Severity::Warning);
                let message = format!("there is no rule {}", quote(name.get_ref()));
                problems.push_unknown(Rule::UnknownRule, &name, message, warnings.map(|rule| rule.name()));
            }
            Some(rule) if rule.severity() == Severity::Error => {
                let message = format!("{} is an error, which cannot be allowed", quote(rule.name()));
                let help = "mend what breaks the rule, and take this out";
                problems.push_with_help(Rule::BadAllow, name.span(), message, help);
            }
            Some(rule) => {
                fields.spoken(rule.name(), reason);
            }
        }
    }
}

impl Allows {
    /// What is allowed in a file that [`super::parse`] has taken.
    pub(crate) fn of(bytes: &[u8]) -> Allows {
        let mut allows = Allows::default();
        if let Ok(table) = DeTable::parse(std::str::from_utf8(bytes).unwrap_or_default()) {
            allows.element(table.get_ref(), 0, None);
        }
        allows
    }

    /// The nearest `allow` of a rule around a value or key that begins at some byte, as a place in the list of all.
    pub(crate) fn around(&self, at: usize, rule: Rule) -> Option<usize> {
        // What stands nowhere is about the whole file.
        let mut next = Some(self.at.get(&at).copied().unwrap_or(0));
        while let Some(around) = next.and_then(|table| self.tables.get(table)) {
            let is_of_rule = |place: &usize| self.all.get(*place).is_some_and(|allow| allow.rule == rule);
            if let Some(allow) = around.own.clone().find(is_of_rule) {
                return Some(allow);
            }
            next = around.outer;
        }
        None
    }

    /// Takes in a table that may have an `allow`, and all that is nested in it. `begin` is the byte where its name does,
    /// or the table itself.
    fn element(&mut self, table: &DeTable<'_>, begin: usize, outer: Option<usize>) {
        let first = self.all.len();
        if let Some(allow) = table.get("allow").and_then(|allow| allow.get_ref().as_table()) {
            for (name, reason) in in_file_order(allow) {
                let rule = Rule::of_name(name.get_ref());
                let reason = reason.get_ref().as_str().unwrap_or_default().trim().to_owned();
                self.all.extend(rule.map(|rule| Allow { rule, reason, span: name.span() }));
            }
        }
        let own = first..self.all.len();
        let around = match outer {
            Some(outer) if own.is_empty() => outer,
            _ => {
                self.tables.push(Around { outer, own });
                self.tables.len() - 1
            }
        };
        self.at.insert(begin, around);
        for (key, value) in in_file_order(table) {
            self.at.insert(key.span().start, around);
            self.part(key.get_ref(), value, around);
        }
    }

    /// Takes in a part of such a table: more of them, or what is none.
    fn part(&mut self, key: &str, value: &Value<'_>, around: usize) {
        match (key, value.get_ref()) {
            ("ranking", DeValue::Table(table)) => self.element(table, value.span().start, Some(around)),
            ("fact" | "family" | "source", DeValue::Table(named)) => {
                for (name, value) in in_file_order(named) {
                    if let Some(table) = value.get_ref().as_table() {
                        self.element(table, name.span().start, Some(around));
                    }
                }
            }
            (key, DeValue::Array(items)) if key != "when" => {
                for item in items {
                    match item.get_ref().as_table() {
                        Some(table) => self.element(table, item.span().start, Some(around)),
                        None => self.inside(item, around),
                    }
                }
            }
            // In the table of a condition, of codes or of an `allow`, the keys are names that an author chooses.
            _ => self.inside(value, around),
        }
    }

    /// Takes in a value with nothing in it that could have an `allow`.
    fn inside(&mut self, value: &Value<'_>, around: usize) {
        self.at.insert(value.span().start, around);
        match value.get_ref() {
            DeValue::Table(table) => {
                for (key, value) in in_file_order(table) {
                    self.at.insert(key.span().start, around);
                    self.inside(value, around);
                }
            }
            DeValue::Array(items) => items.iter().for_each(|item| self.inside(item, around)),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => {}
        }
    }
}
