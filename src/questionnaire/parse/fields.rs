//! Reads TOML tables key by key. Every problem is noted, and reading goes on.

use std::collections::HashSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use unicode_width::UnicodeWidthChar;

use crate::diagnostic::{Rule, quote};
use crate::questionnaire::parse::problems::Problems;

/// A value of a file, and where it is.
pub(crate) type TomlValue<'t> = Spanned<DeValue<'t>>;

/// A text of a file, and where it is.
pub(crate) type TomlText<'t> = Spanned<&'t str>;

/// A table while it is read. It keeps a list of the keys it was asked for; every other key in it is unknown.
pub(crate) struct Fields<'t, 'p> {
    /// What messages call the table: "a question".
    what: &'static str,
    span: Range<usize>,
    table: &'t DeTable<'t>,
    asked: Vec<&'static str>,
    problems: &'p Problems,
}

impl<'t, 'p> Fields<'t, 'p> {
    /// Begins to read a value that has to be a table. `what` is what messages call it.
    pub(crate) fn new(what: &'static str, value: &'t TomlValue<'t>, problems: &'p Problems) -> Option<Self> {
        let Some(table) = value.get_ref().as_table() else {
            wrong_type(problems, what, "a table", value);
            return None;
        };
        Some(Fields::from_table(what, table, value.span(), problems))
    }

    /// Begins to read a table at some place.
    pub(crate) fn from_table(
        what: &'static str,
        table: &'t DeTable<'t>,
        span: Range<usize>,
        problems: &'p Problems,
    ) -> Self {
        Fields { what, span, table, asked: Vec::new(), problems }
    }

    /// The value of a key, whatever it is.
    pub(crate) fn value(&mut self, key: &'static str) -> Option<&'t TomlValue<'t>> {
        self.asked.push(key);
        self.table.get(key)
    }

    /// The value of a key that has to be there.
    pub(crate) fn required(&mut self, key: &'static str) -> Option<&'t TomlValue<'t>> {
        let value = self.value(key);
        if value.is_none() {
            let message = format!("{} needs `{key}`", self.what);
            self.problems.push(Rule::MissingKey, self.span.clone(), message);
        }
        value
    }

    /// An id, or the name of another part.
    pub(crate) fn name(&mut self, key: &'static str) -> Option<TomlText<'t>> {
        self.value(key).and_then(|value| text(key, value, self.problems))
    }

    pub(crate) fn required_name(&mut self, key: &'static str) -> Option<TomlText<'t>> {
        self.required(key).and_then(|value| text(key, value, self.problems))
    }

    /// A text for people.
    pub(crate) fn text(&mut self, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        self.readable_text(key, value)
    }

    /// A text for people that has to be there. A missing one is read as an empty one.
    pub(crate) fn required_text(&mut self, key: &'static str) -> String {
        self.required(key).and_then(|value| self.readable_text(key, value)).unwrap_or_default()
    }

    /// The lines of a text that has to be there, without blanks at their ends.
    pub(crate) fn required_lines(&mut self, key: &'static str) -> Vec<String> {
        let text = self.required(key).and_then(|value| text(key, value, self.problems));
        let lines = text.iter().flat_map(|text| text.get_ref().lines());
        lines.map(|line| line.trim_end().to_owned()).collect()
    }

    pub(crate) fn number(&mut self, key: &'static str) -> Option<Spanned<f64>> {
        self.value(key).and_then(|value| number(key, value, self.problems))
    }

    pub(crate) fn required_number(&mut self, key: &'static str) -> Option<Spanned<f64>> {
        self.required(key).and_then(|value| number(key, value, self.problems))
    }

    /// `true` or `false`; false when it is left out.
    pub(crate) fn flag(&mut self, key: &'static str) -> bool {
        let Some(value) = self.value(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            wrong_type(self.problems, &format!("`{key}`"), "true or false", value);
            false
        })
    }

    /// The items of a list; `None` when it is left out or no list.
    pub(crate) fn list(&mut self, key: &'static str) -> Option<Vec<&'t TomlValue<'t>>> {
        let value = self.value(key)?;
        let Some(list) = value.get_ref().as_array() else {
            wrong_type(self.problems, &format!("`{key}`"), "a list", value);
            return None;
        };
        Some(list.iter().collect())
    }

    /// Reads each table of `[[key]]` with `read`, which is also given its position among them, from 0.
    pub(crate) fn tables<T>(
        &mut self,
        key: &'static str,
        what: &'static str,
        mut read: impl FnMut(usize, Fields<'t, 'p>) -> T,
    ) -> Vec<T> {
        let items = self.list(key).unwrap_or_default().into_iter();
        let tables = items.filter_map(|item| Fields::new(what, item, self.problems));
        tables.enumerate().map(|(at, fields)| read(at, fields)).collect()
    }

    /// Reads each table of `[key.name]` with `read`, in file order. `read` is also given its position among them, from 0,
    /// and its name.
    pub(crate) fn named_tables<T>(
        &mut self,
        key: &'static str,
        what: &'static str,
        mut read: impl FnMut(usize, TomlText<'t>, Fields<'t, 'p>) -> T,
    ) -> Vec<T> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            let expected = format!("tables, one each: [{key}.name]");
            wrong_type(self.problems, &format!("`{key}`"), &expected, value);
            return Vec::new();
        };
        in_file_order(table)
            .into_iter()
            .filter_map(|(name, value)| Some((name, Fields::new(what, value, self.problems)?)))
            .enumerate()
            .map(|(at, (name, fields))| read(at, name, fields))
            .collect()
    }

    /// One name or several.
    pub(crate) fn names(&mut self, key: &'static str) -> Vec<TomlText<'t>> {
        match self.value(key) {
            Some(value) if value.get_ref().is_array() => text_list(key, value, self.problems),
            Some(value) => text(key, value, self.problems).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// A list of texts for people.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<String> {
        let items = self.list(key).unwrap_or_default();
        items.into_iter().filter_map(|item| self.readable_text(key, item)).collect()
    }

    /// The entries of a table whose keys the author chooses, in file order.
    pub(crate) fn entries(&mut self, key: &'static str) -> Vec<(TomlText<'t>, &'t TomlValue<'t>)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            wrong_type(self.problems, &format!("`{key}`"), "a table", value);
            return Vec::new();
        };
        in_file_order(table)
    }

    /// Whether the table has a key, even one with a wrong value.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub(crate) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Where the values are of the keys that were asked for, as far as the table has them.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&'static str, Range<usize>)> {
        self.asked.iter().filter_map(|key| Some((*key, self.table.get(*key)?.span())))
    }

    pub(crate) fn problems(&self) -> &'p Problems {
        self.problems
    }

    /// Notes the keys that nobody asked for.
    pub(crate) fn finish(self) {
        for key in self.table.keys() {
            let name = Spanned::new(key.span(), key.get_ref().as_ref());
            if !self.asked.contains(name.get_ref()) {
                let message = format!("{} has no key {}", self.what, quote(name.get_ref()));
                self.problems.push_unknown(Rule::UnknownKey, &name, message, self.asked.iter().copied());
            }
        }
    }

    /// A value that has to be a text for people: not empty, without blanks around it, and with Unix line endings.
    pub(crate) fn readable_text(&self, key: &str, value: &'t TomlValue<'t>) -> Option<String> {
        let text = text(key, value, self.problems)?;
        let trimmed = text.get_ref().trim();
        if trimmed.chars().all(|c| c.width() == Some(0)) {
            self.problems.push(Rule::EmptyText, text.span(), format!("`{key}` has no text"));
        }
        Some(trimmed.replace("\r\n", "\n"))
    }
}

/// The entries of a table in file order. A [`DeTable`] has them in the order of its keys.
pub(crate) fn in_file_order<'t>(table: &'t DeTable<'t>) -> Vec<(TomlText<'t>, &'t TomlValue<'t>)> {
    let mut entries: Vec<_> =
        table.iter().map(|(key, value)| (Spanned::new(key.span(), key.get_ref().as_ref()), value)).collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// A value that has to be a text. `key` is what messages call it.
pub(crate) fn text<'t>(key: &str, value: &'t TomlValue<'t>, problems: &Problems) -> Option<TomlText<'t>> {
    let text = value.get_ref().as_str().map(|text| Spanned::new(value.span(), text));
    if text.is_none() {
        wrong_type(problems, &format!("`{key}`"), "a text", value);
    }
    text
}

/// A value that has to be a list of texts, at least one and each only once.
pub(crate) fn text_list<'t>(key: &str, value: &'t TomlValue<'t>, problems: &Problems) -> Vec<TomlText<'t>> {
    let Some(items) = value.get_ref().as_array() else {
        wrong_type(problems, &format!("`{key}`"), "a list", value);
        return Vec::new();
    };
    if items.is_empty() {
        problems.push(Rule::Empty, value.span(), format!("the list of `{key}` is empty"));
    }
    let mut words = Vec::new();
    let mut seen = HashSet::new();
    for item in items.iter().filter_map(|item| text(key, item, problems)) {
        if seen.insert(*item.get_ref()) {
            words.push(item);
        } else {
            let message = format!("{} stands twice in this list", quote(item.get_ref()));
            problems.push(Rule::DuplicateEntry, item.span(), message);
        }
    }
    words
}

/// A value that has to be a finite number.
pub(crate) fn number(key: &str, value: &TomlValue<'_>, problems: &Problems) -> Option<Spanned<f64>> {
    let read = finite_number(value.get_ref());
    if read.is_none() {
        if matches!(value.get_ref(), DeValue::Integer(_) | DeValue::Float(_)) {
            problems.push(Rule::OutOfRange, value.span(), format!("`{key}` must be a finite number"));
        } else {
            wrong_type(problems, &format!("`{key}`"), "a number", value);
        }
    }
    read.map(|number| Spanned::new(value.span(), number))
}

/// A number in any way that TOML can write it; `None` for `inf`, `nan`, a number that is too large, and any other value.
pub(crate) fn finite_number(value: &DeValue<'_>) -> Option<f64> {
    let number = match value {
        DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().parse().ok(),
        DeValue::Integer(digits) => {
            i64::from_str_radix(digits.as_str(), digits.radix()).ok().and_then(|n| n.to_string().parse().ok())
        }
        DeValue::Float(digits) => digits.as_str().parse().ok(),
        DeValue::String(_) | DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    };
    number.filter(|number| f64::is_finite(*number))
}

pub(crate) fn wrong_type(problems: &Problems, what: &str, expected: &str, found: &TomlValue<'_>) {
    let message = format!("{what} must be {expected}, not {}", type_name(found.get_ref()));
    problems.push(Rule::WrongType, found.span(), message);
}

/// What messages call a value.
pub(crate) fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
