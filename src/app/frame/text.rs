//! Lines of text with a role for each part. The theme gives roles their look.
//!
//! [`wrap`] is the only function that wraps, so that what is counted and what is drawn never differ.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::app::blocks::Role;

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct Span {
    pub(in crate::app) text: Cow<'static, str>,
    pub(in crate::app) role: Role,
}

/// A line of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::app) struct Line {
    /// Its parts, from left to right.
    pub(in crate::app) spans: Vec<Span>,
}

impl Line {
    /// A line with one part.
    pub(in crate::app) fn new(role: Role, text: impl Into<Cow<'static, str>>) -> Line {
        Line { spans: vec![Span { text: text.into(), role }] }
    }

    /// Adds a part.
    pub(in crate::app) fn and(mut self, role: Role, text: impl Into<Cow<'static, str>>) -> Line {
        self.spans.push(Span { text: text.into(), role });
        self
    }

    /// How many columns it takes.
    pub(in crate::app) fn width(&self) -> usize {
        self.spans.iter().map(|span| one_by_one(&span.text).unwrap_or_else(|| span.text.width())).sum()
    }

    /// Pads it with spaces of a role to a number of columns.
    pub(in crate::app) fn padded(self, role: Role, columns: usize) -> Line {
        let missing = columns.saturating_sub(self.width());
        if missing == 0 { self } else { self.and(role, " ".repeat(missing)) }
    }

    /// Cuts it to a number of columns.
    pub(in crate::app) fn cut(mut self, columns: usize) -> Line {
        let mut room = columns;
        for span in &mut self.spans {
            span.text = cut(&span.text, room).into();
            room = room.saturating_sub(span.text.width());
        }
        self.spans.retain(|span| !span.text.is_empty());
        self
    }
}

/// How many columns a text takes of which each character has one to itself: ASCII, and what frames, bars and figures are
/// drawn with. Most texts are like that, and no cluster has to be looked for in them.
#[must_use]
pub(super) fn one_by_one(text: &str) -> Option<usize> {
    text.chars().try_fold(0, |columns, c| matches!(c, ' '..='~' | '─'..='▟').then_some(columns + 1))
}

/// Wraps text to a width in columns. A blank line separates paragraphs; a word wider than that is broken.
pub(in crate::app) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    for (at, paragraph) in text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).enumerate() {
        if at > 0 {
            lines.push(String::new());
        }
        let is_tidy = paragraph.split(' ').all(|word| !word.is_empty() && !word.contains(char::is_whitespace));
        let tidied = if is_tidy {
            paragraph.into()
        } else {
            Cow::from(paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        lines.extend(textwrap::wrap(&tidied, columns).into_iter().map(Cow::into_owned));
    }
    lines
}

/// Wraps text with a hanging indent: the first line behind a mark, the others indented by its width.
pub(in crate::app) fn hung(mark: Line, role: Role, text: &str, columns: usize) -> Vec<Line> {
    let indent = mark.width();
    let mut wrapped = wrap(text, columns.saturating_sub(indent)).into_iter();
    let first = mark.and(role, wrapped.next().unwrap_or_default());
    let below = |line| Line::new(Role::Plain, " ".repeat(indent)).and(role, line);
    std::iter::once(first).chain(wrapped.map(below)).collect()
}

/// Wraps a text into lines of one role.
pub(in crate::app) fn wrapped(role: Role, text: &str, columns: usize) -> Vec<Line> {
    wrap(text, columns).into_iter().map(|line| Line::new(role, line)).collect()
}

/// Cuts text to a width in columns, between graphemes, and ends it with an ellipsis.
pub(in crate::app) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    if columns == 0 {
        return String::new();
    }
    let mut out = String::new();
    for grapheme in text.graphemes(true) {
        if out.width() + grapheme.width() + 1 > columns {
            break;
        }
        out.push_str(grapheme);
    }
    out.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_by_words_and_a_longer_word_is_broken() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    }

    #[test]
    fn a_blank_line_makes_a_paragraph_and_a_line_break_does_not() {
        assert_eq!(wrap("one\ntwo\n\nthree", 20), ["one two", "", "three"]);
    }

    #[test]
    fn wide_and_combining_characters_are_measured_in_columns() {
        assert_eq!(wrap("日本語 日本", 6), ["日本語", "日本"]);
        assert_eq!(wrap("e\u{301}e\u{301}e\u{301} x", 3), ["e\u{301}e\u{301}e\u{301}", "x"]);
        assert!(wrap("日本", 1).iter().all(|line| !line.is_empty()));
    }

    #[test]
    fn a_cut_text_says_so_and_keeps_its_width() {
        assert_eq!(cut("Narrowed spine canal", 20), "Narrowed spine canal");
        assert_eq!(cut("Narrowed spine canal", 10), "Narrowed…");
        assert_eq!(cut("日本語", 4), "日…");
    }
}
