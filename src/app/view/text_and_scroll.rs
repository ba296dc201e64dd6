//! Lines of text with a role for each part, and scrolling. No terminal is involved: the theme gives roles their look.
//!
//! [`wrap`] is the only function that wraps, so that what is counted and what is drawn never differ.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What a part of a line is for. The theme decides how that looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Text.
    Plain,
    /// A heading, or what matters most.
    Strong,
    /// Less important text: help, sources, what keys do.
    Quiet,
    /// Marks in color: before the selected line, in bars, the progress.
    Accent,
    /// The selected line.
    Selected,
    /// An alarm that interrupts.
    Emergency,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Its text.
    pub text: String,
    /// What it is for.
    pub role: Role,
}

/// A line of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Its parts, from left to right.
    pub spans: Vec<Span>,
}

/// A whole screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its lines, from the top: at most as many as the screen has rows. The theme cuts what is wider than the screen.
    pub lines: Vec<Line>,
    /// The position of the hardware cursor: column and row, from 0. Screen readers follow it.
    pub cursor: (u16, u16),
}

/// Lines that can be scrolled, with one item in focus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::app) struct Flow {
    /// All lines.
    pub lines: Vec<Line>,
    /// The first line of each item that can be in focus.
    pub items: Vec<usize>,
    /// The lines of the item in focus.
    pub focus: Range<usize>,
    /// The column of the hardware cursor on the first line in focus.
    pub column: usize,
}

/// The part of a flow that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct Window {
    /// Its lines.
    pub lines: Vec<Line>,
    /// The row of the item in focus from the top of the window, if it is in view.
    pub row: Option<usize>,
}

impl Line {
    /// A line with one part.
    #[must_use]
    pub fn new(role: Role, text: impl Into<String>) -> Line {
        Line { spans: vec![Span { text: text.into(), role }] }
    }

    /// An empty line.
    #[must_use]
    pub fn blank() -> Line {
        Line::default()
    }

    /// Adds a part.
    #[must_use]
    pub fn and(mut self, role: Role, text: impl Into<String>) -> Line {
        self.spans.push(Span { text: text.into(), role });
        self
    }

    /// How many columns it takes.
    #[must_use]
    pub fn width(&self) -> usize {
        self.spans.iter().map(|span| span.text.width()).sum()
    }

    /// Pads it with spaces to a number of columns.
    #[must_use]
    pub fn padded(self, columns: usize) -> Line {
        self.padded_as(Role::Plain, columns)
    }

    /// Pads it with spaces of a role to a number of columns.
    #[must_use]
    pub fn padded_as(self, role: Role, columns: usize) -> Line {
        let missing = columns.saturating_sub(self.width());
        if missing == 0 { self } else { self.and(role, " ".repeat(missing)) }
    }

    /// Indents it, unless it is blank.
    #[must_use]
    pub fn indented(mut self, columns: usize) -> Line {
        if columns > 0 && !self.spans.is_empty() {
            self.spans.insert(0, Span { text: " ".repeat(columns), role: Role::Plain });
        }
        self
    }

    /// Its text without the roles.
    #[must_use]
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

impl Flow {
    /// Adds lines.
    pub(in crate::app) fn push(&mut self, lines: impl IntoIterator<Item = Line>) {
        self.lines.extend(lines);
    }

    /// Adds the lines of an item. `column` is that of the hardware cursor on its first line.
    pub(in crate::app) fn push_item(&mut self, lines: impl IntoIterator<Item = Line>, is_focused: bool, column: usize) {
        let start = self.lines.len();
        self.items.push(start);
        self.lines.extend(lines);
        if is_focused {
            self.focus = start..self.lines.len();
            self.column = column;
        }
    }

    /// Adds all of another flow, with its focus if it has one.
    pub(in crate::app) fn append(&mut self, other: Flow) {
        let other = other.below(std::mem::take(&mut self.lines));
        self.lines = other.lines;
        self.items.extend(other.items);
        if !other.focus.is_empty() {
            (self.focus, self.column) = (other.focus, other.column);
        }
    }

    /// Puts other lines above.
    #[must_use]
    pub(in crate::app) fn below(self, above: Vec<Line>) -> Flow {
        let shift = above.len();
        let items = self.items.into_iter().map(|start| start + shift).collect();
        let focus = self.focus.start + shift..self.focus.end + shift;
        let mut lines = above;
        lines.extend(self.lines);
        Flow { lines, items, focus, column: self.column }
    }

    /// The part around the item in focus; scrolled by `inner` lines more if the item is taller than `height`.
    #[must_use]
    pub(in crate::app) fn around_focus(&self, inner: usize, height: usize) -> Window {
        self.at(self.offset(height) + inner.min(self.most_inner(height)), height)
    }

    /// The largest `inner` of [`Flow::around_focus`]: it shows the end of the item.
    #[must_use]
    pub(in crate::app) fn most_inner(&self, height: usize) -> usize {
        let offset = self.offset(height).min(self.most(height));
        let hides_last = height >= 3 && offset < self.most(height);
        let seen = offset + height - usize::from(hides_last && height > 0);
        self.focus.end.saturating_sub(seen)
    }

    /// How many items a page moves the focus, so that no item in between is skipped unseen.
    #[must_use]
    pub(in crate::app) fn page(&self, is_down: bool, height: usize) -> usize {
        let ends = self.items.iter().skip(1).copied().chain([self.lines.len()]);
        let lines: Vec<usize> = self.items.iter().zip(ends).map(|(start, end)| end - start).collect();
        let at = self.items.iter().position(|start| *start == self.focus.start).unwrap_or(0);
        let mut room = height.saturating_sub(2 + self.focus.len());
        let mut fits = |lines: &&usize| {
            let does = **lines <= room;
            room = room.saturating_sub(**lines);
            does
        };
        let items = if is_down {
            lines.iter().skip(at + 1).take_while(&mut fits).count()
        } else {
            lines.iter().take(at).rev().take_while(&mut fits).count()
        };
        items.max(1)
    }

    /// The scroll offset at which the item in focus is in view, in lines.
    #[must_use]
    pub(in crate::app) fn offset(&self, height: usize) -> usize {
        // The focus stays off the rows *↑ more* and *↓ more*, and above the last third, so that the next items are
        // seen.
        let ahead = height / 3;
        let wanted = (self.focus.end + ahead.max(1)).saturating_sub(height);
        let latest = if height < 3 { self.focus.start } else { self.focus.start.saturating_sub(1) };
        wanted.min(latest)
    }

    /// The part from a line on, or the last part if that is beyond the end.
    #[must_use]
    pub(in crate::app) fn at(&self, offset: usize, height: usize) -> Window {
        let most = self.most(height);
        let offset = offset.min(most);
        let mut lines: Vec<Line> = self.lines.iter().skip(offset).take(height).cloned().collect();
        if height >= 3 {
            let more = |word: &str| Line::new(Role::Quiet, word);
            if let Some(first) = lines.first_mut().filter(|_| offset > 0) {
                *first = more("↑ more");
            }
            if let Some(last) = lines.last_mut().filter(|_| offset < most) {
                *last = more("↓ more");
            }
        }
        // If the item begins above the window, this is its first row in view.
        let above = usize::from(offset > 0 && height >= 3);
        let first = self.focus.start.max(offset + above);
        let row = Some(first).filter(|first| self.focus.contains(first)).map(|first| first - offset);
        // A row that shows *↓ more* instead does not count as in view.
        let below = usize::from(offset < most && height >= 3);
        Window { lines, row: row.filter(|row| row + below < height) }
    }

    /// The largest scroll offset, in lines.
    #[must_use]
    pub(in crate::app) fn most(&self, height: usize) -> usize {
        self.lines.len().saturating_sub(height)
    }
}

/// Wraps text to a width in columns. A blank line separates paragraphs; a word wider than that is broken.
#[must_use]
pub(in crate::app) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    for (at, paragraph) in text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).enumerate() {
        if at > 0 {
            lines.push(String::new());
        }
        let words: Vec<&str> = paragraph.split_whitespace().collect();
        lines.extend(textwrap::wrap(&words.join(" "), columns).into_iter().map(std::borrow::Cow::into_owned));
    }
    lines
}

/// Wraps text with a hanging indent: the first line behind a mark, the others indented by its width.
#[must_use]
pub(in crate::app) fn hung(mark: &Line, role: Role, text: &str, columns: usize) -> Vec<Line> {
    let indent = mark.width();
    let mut wrapped = wrap(text, columns.saturating_sub(indent)).into_iter();
    let first = mark.clone().and(role, wrapped.next().unwrap_or_default());
    std::iter::once(first).chain(wrapped.map(|line| Line::new(role, line).indented(indent))).collect()
}

/// Wraps a text into lines of one role.
#[must_use]
pub(in crate::app) fn wrapped(role: Role, text: &str, columns: usize) -> Vec<Line> {
    wrap(text, columns).into_iter().map(|line| Line::new(role, line)).collect()
}

/// Cuts text to a width in columns, between graphemes, and ends it with an ellipsis.
#[must_use]
pub(in crate::app) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
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

    #[test]
    fn the_item_in_focus_is_in_view_whatever_the_height() {
        let flow = |focus: usize| Flow {
            lines: (0..40).map(|n| Line::new(Role::Plain, n.to_string())).collect(),
            items: (0..40).collect(),
            focus: focus..focus + 1,
            column: 0,
        };
        for height in 1..45 {
            for focus in 0..40 {
                let window = flow(focus).around_focus(0, height);
                let row = window.row.unwrap_or(usize::MAX);
                assert!(row < window.lines.len(), "line {focus} at height {height}");
                assert_eq!(window.lines[row].text(), focus.to_string(), "at height {height}");
            }
        }
    }

    /// Items of one to nine lines, one after the other.
    fn uneven(focus: usize) -> Flow {
        let mut flow = Flow::default();
        for item in 0..30 {
            let lines = (0..=item * 7 % 9).map(|line| Line::new(Role::Plain, format!("{item}.{line}")));
            flow.push_item(lines, item == focus, 0);
        }
        flow
    }

    #[test]
    fn every_line_of_every_item_is_seen_on_the_way_down() {
        for height in 3..40 {
            let mut seen = std::collections::BTreeSet::new();
            for focus in 0..30 {
                let flow = uneven(focus);
                for inner in 0..=flow.most_inner(height) {
                    seen.extend(flow.around_focus(inner, height).lines.iter().map(Line::text));
                }
            }
            let missing: Vec<_> = uneven(0).lines.iter().map(Line::text).filter(|line| !seen.contains(line)).collect();
            assert!(missing.is_empty(), "{missing:?} at height {height}");
        }
    }

    #[test]
    fn a_page_passes_over_no_item_unseen() {
        for height in 8..40 {
            let mut focus = 0;
            let mut seen = std::collections::BTreeSet::new();
            loop {
                let flow = uneven(focus);
                for inner in 0..=flow.most_inner(height) {
                    seen.extend(flow.around_focus(inner, height).lines.iter().map(Line::text));
                }
                if focus == 29 {
                    break;
                }
                focus = (focus + flow.page(true, height)).min(29);
            }
            let unseen: Vec<_> = (0..30).filter(|item| !seen.contains(&format!("{item}.0"))).collect();
            assert!(unseen.is_empty(), "{unseen:?} at height {height}");
        }
    }

    #[test]
    fn an_item_under_the_row_that_says_that_there_is_more_is_not_in_view() {
        for height in 1..45 {
            for focus in 0..40 {
                let lines = (0..40).map(|n| Line::new(Role::Plain, n.to_string())).collect();
                let flow = Flow { lines, focus: focus..focus + 1, ..Flow::default() };
                for offset in 0..=flow.most(height) {
                    let window = flow.at(offset, height);
                    let is_seen = window.lines.iter().any(|line| line.text() == focus.to_string());
                    assert_eq!(window.row.is_some(), is_seen, "{focus} from {offset} at height {height}");
                }
            }
        }
    }

    #[test]
    fn every_line_can_be_scrolled_into_view() {
        let flow = Flow { lines: (0..40).map(|n| Line::new(Role::Plain, n.to_string())).collect(), ..Flow::default() };
        for height in 1..45 {
            let mut seen = std::collections::BTreeSet::new();
            for offset in 0..=flow.most(height) {
                seen.extend(flow.at(offset, height).lines.iter().map(Line::text));
            }
            assert!((0..40).all(|n| seen.contains(&n.to_string())), "at height {height}");
        }
    }
}
