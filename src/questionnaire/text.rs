//! What may stand in no text of a question file: control characters, and characters that turn the direction of text.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::reader::{Problems, in_file_order};
use crate::diagnostic::{Rule, is_bidirectional_override, is_control};

/// Looks at the file as written, comments too, and at every text and key as it reads once escapes are resolved.
pub(super) fn check(source: &str, table: &DeTable<'_>, problems: &Problems) {
    let mut written = Vec::new();
    for (at, c) in source.char_indices() {
        // Ends of lines and indentation are the author's; the rest is never meant.
        let allowed = matches!(c, '\n' | '\r' | '\t');
        if !allowed && note(c, at..at + c.len_utf8(), problems) {
            written.push(at);
        }
    }
    check_table(table, &written, problems);
}

fn check_table(table: &DeTable<'_>, written: &[usize], problems: &Problems) {
    for (key, value) in in_file_order(table) {
        check_text(key.get_ref(), &key.span(), written, problems);
        check_value(value.get_ref(), &value.span(), written, problems);
    }
}

fn check_value(value: &DeValue<'_>, span: &Range<usize>, written: &[usize], problems: &Problems) {
    match value {
        DeValue::String(text) => check_text(text, span, written, problems),
        DeValue::Array(items) => {
            for item in items {
                check_value(item.get_ref(), &item.span(), written, problems);
            }
        }
        DeValue::Table(table) => check_table(table, written, problems),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
}

/// A text in which a character is written out has been noted already.
fn check_text(text: &str, span: &Range<usize>, written: &[usize], problems: &Problems) {
    if written.iter().any(|at| span.contains(at)) {
        return;
    }
    // A line may end the way it does on Windows.
    for c in text.replace("\r\n", "\n").chars() {
        if note(c, span.clone(), problems) {
            return;
        }
    }
}

fn note(c: char, span: Range<usize>, problems: &Problems) -> bool {
    let code = u32::from(c);
    if is_control(c) {
        let message = format!("the control character U+{code:04X} stands in this text");
        problems.push_with_help(Rule::ControlCharacter, span, message, "take it out");
        true
    } else if is_bidirectional_override(c) {
        let message = format!("U+{code:04X} turns the direction of the text around it");
        problems.push_with_help(Rule::BidirectionalOverride, span, message, "take it out");
        true
    } else {
        false
    }
}
