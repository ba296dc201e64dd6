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

impl Span {
    pub(in crate::app) fn new(role: Role, text: impl Into<Cow<'static, str>>) -> Span {
        Span { text: text.into(), role }
    }

    /// How many columns it takes.
    pub(in crate::app) fn width(&self) -> usize {
        one_by_one(&self.text).unwrap_or_else(|| self.text.graphemes(true).map(UnicodeWidthStr::width).sum())
    }
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
        Line { spans: vec![Span::new(role, text)] }
    }

    /// Adds a part.
    pub(in crate::app) fn and(mut self, role: Role, text: impl Into<Cow<'static, str>>) -> Line {
        self.spans.push(Span::new(role, text));
        self
    }

    /// How many columns it takes.
    pub(in crate::app) fn width(&self) -> usize {
        self.spans.iter().map(Span::width).sum()
    }

    /// Pads it with spaces of a role to a number of columns.
    pub(in crate::app) fn padded(self, role: Role, columns: usize) -> Line {
        let missing = columns.saturating_sub(self.width());
        if missing == 0 { self } else { self.and(role, " ".repeat(missing)) }
    }
}

/// How many columns a text takes of which each character has one to itself: the letters of western Europe, punctuation, and
/// what frames, bars and figures are drawn with. Most texts are like that, and no cluster has to be looked for in them.
#[must_use]
pub(super) fn one_by_one(text: &str) -> Option<usize> {
    let is_one = |c| matches!(c, ' '..='~' | '\u{ae}'..='ÿ' | '‐'..='‧' | '←'..='↓' | '─'..='◯');
    text.chars().try_fold(0, |columns, c| is_one(c).then_some(columns + 1))
}

/// Wraps text to a width in columns. A blank line separates paragraphs; a word wider than that is broken.
pub(in crate::app) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let fits = one_by_one(text).is_some_and(|width| (1..=columns).contains(&width));
    if fits && text.split(' ').all(|word| !word.is_empty()) {
        return vec![text.to_owned()];
    }
    let mut lines = Vec::new();
    for (at, paragraph) in text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).enumerate() {
        if at > 0 {
            lines.push(String::new());
        }
        let tidied = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
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
    fn what_takes_one_column_for_each_character_does_so_cluster_by_cluster() {
        let all: String = ('\0'..char::MAX).filter(|c| one_by_one(c.encode_utf8(&mut [0; 4])).is_some()).collect();
        assert!(all.contains("é") && all.contains("▸") && !all.contains('\u{301}'));
        assert!(all.graphemes(true).all(|cluster| cluster.chars().count() == 1 && cluster.width() == 1));
    }

    #[test]
    fn a_cut_text_says_so_and_keeps_its_width() {
        assert_eq!(cut("Narrowed spine canal", 20), "Narrowed spine canal");
        assert_eq!(cut("Narrowed spine canal", 10), "Narrowed…");
        assert_eq!(cut("日本語", 4), "日…");
    }
}
