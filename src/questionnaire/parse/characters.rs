//! Finds characters that no text may have: control characters, and those that change the direction of text.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Rule, is_bidirectional_override, is_control};
use crate::questionnaire::parse::problems::Problems;

/// Checks the file as it is written, with its comments, and every text and key of it with escapes resolved.
pub(super) fn check(source: &str, table: &DeTable<'_>, problems: &Problems) {
    let mut check = Check { source, written: Vec::new(), problems };
    for (at, c) in source.char_indices() {
        let is_allowed = matches!(c, '\n' | '\r' | '\t');
        if !is_allowed && check.note(c, at..at + c.len_utf8()) {
            check.written.push(at);
        }
    }
    check.table(table);
}

struct Check<'a> {
    source: &'a str,
    /// The bytes at which such characters are written without an escape. They are noted already.
    written: Vec<usize>,
    problems: &'a Problems,
}

impl Check<'_> {
    fn table(&self, table: &DeTable<'_>) {
        for (key, value) in table {
            self.text(key.get_ref(), &key.span());
            self.value(value.get_ref(), &value.span());
        }
    }

    fn value(&self, value: &DeValue<'_>, span: &Range<usize>) {
        match value {
            DeValue::String(text) => self.text(text, span),
            DeValue::Array(items) => {
                for item in items {
                    self.value(item.get_ref(), &item.span());
                }
            }
            DeValue::Table(table) => self.table(table),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
        }
    }

    fn text(&self, text: &str, span: &Range<usize>) {
        let written = self.source.get(span.clone()).unwrap_or_default();
        if !written.contains(['\\', '\t']) {
            // Without an escape, a text is what is written, and that is checked already; a tab is fine only outside.
            return;
        }
        let next = self.written.partition_point(|at| *at < span.start);
        if self.written.get(next).is_some_and(|at| span.contains(at)) {
            return;
        }
        let returns = |text: &str| text.bytes().filter(|byte| *byte == b'\r').count();
        // `\r` is fine as part of a Windows line ending in the file, but not as an escape.
        let has_escaped_return = returns(text) > returns(written);
        let unwanted: BTreeSet<char> = text.chars().filter(|c| *c != '\r' || has_escaped_return).collect();
        for c in unwanted {
            self.note(c, span.clone());
        }
    }

    /// Notes a character that no text may have, and returns whether it is one.
    fn note(&self, c: char, span: Range<usize>) -> bool {
        let code = u32::from(c);
        let (rule, message) = if is_control(c) {
            (Rule::ControlCharacter, format!("the control character U+{code:04X} stands in this text"))
        } else if is_bidirectional_override(c) {
            (Rule::BidirectionalOverride, format!("U+{code:04X} turns the direction of the text around it"))
        } else {
            return false;
        };
        self.problems.push_with_help(rule, span, message, "take it out");
        true
    }
}
