//! Turns blocks into lines of a width.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::app::blocks::{Badge, Bar, Block, Item, Picture, Role, Row, Tick};
use crate::app::frame::place::LineExtent;
use crate::app::frame::rows;
use crate::app::frame::text::{Line, cut, hung, wrapped};

/// The widest that text is set, in columns, however wide the screen is.
const WIDEST_TEXT: usize = 76;

/// What stands before the selected line.
const MARK: &str = "▸ ";

/// The box of a line that is not ticked.
const BLANK_BOX: &str = "[ ] ";

/// The columns of the parts of a row, the same for all rows of a list.
#[derive(Debug, Clone, Copy)]
struct Columns {
    /// How many the key takes, with the blank behind it.
    key: usize,
    has_boxes: bool,
    /// Where notes begin, unless the name is too long.
    note: usize,
}

/// The longest bar, in columns.
const WIDEST_BAR: u16 = 20;

/// Turns blocks into lines.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Writer {
    /// How wide a line can be, in columns.
    pub(super) width: usize,
    /// Whether the selected line shows its help below it.
    pub(super) shows_help: bool,
    /// Whether blank lines set the parts of a text apart.
    pub(super) is_airy: bool,
    /// Which of the lines that can be selected is.
    pub(super) cursor: usize,
    /// Whether the keys move the selection now.
    pub(super) has_focus: bool,
}

/// Lines that can be scrolled, with those that can be selected.
#[derive(Debug, Clone, Default)]
pub(super) struct Flow {
    pub(super) lines: Vec<Line>,
    /// The rows of each line that can be selected.
    pub(super) choices: Vec<LineExtent>,
    /// How many rows at the end stay in view below the others.
    pub(super) pinned: usize,
    /// The row and the column where the next character is typed.
    pub(super) field: Option<(usize, usize)>,
}

impl Flow {
    /// Takes the rows that stay in view out of those that scroll.
    pub(super) fn pin(&mut self) -> Vec<Line> {
        let scrolling = self.lines.len() - self.pinned;
        for choice in self.choices.iter_mut().filter(|choice| choice.all.start >= scrolling) {
            *choice = LineExtent::default();
        }
        self.lines.split_off(scrolling)
    }

    /// With another flow below it.
    pub(super) fn then(mut self, below: Flow) -> Flow {
        let start = self.lines.len();
        let moved = |LineExtent { all, name }| LineExtent { all: all.start + start..all.end + start, name };
        self.choices.extend(below.choices.into_iter().map(moved));
        self.lines.extend(below.lines);
        let field = self.field.or(below.field.map(|(row, column)| (row + start, column)));
        Flow { pinned: below.pinned, field, ..self }
    }
}

impl Writer {
    fn text_width(self) -> usize {
        self.width.min(WIDEST_TEXT)
    }

    /// The lines of some blocks.
    pub(super) fn write<'b>(self, blocks: impl IntoIterator<Item = &'b Block>) -> Flow {
        let (mut flow, mut pinned) = (Flow::default(), Flow::default());
        let mut before: Option<&Block> = None;
        for block in blocks {
            if before.is_some_and(|before| self.is_apart(before, block)) {
                flow.lines.extend([Line::default()]);
            }
            self.block(block, &mut flow, &mut pinned);
            before = Some(block);
        }
        pinned.pinned = pinned.lines.len();
        flow.then(pinned)
    }

    /// Whether a blank line stands between two blocks.
    fn is_apart(self, before: &Block, block: &Block) -> bool {
        match (before, block) {
            (Block::Heading(_), _) | (_, Block::Text(Role::Quiet, _)) => false,
            (Block::Badge(_), Block::Text(..)) | (Block::Text(..), Block::Item(_) | Block::Search(_)) => false,
            (Block::Item(_), Block::Item(_)) => false,
            (_, Block::Heading(_)) => true,
            _ => self.is_airy,
        }
    }

    fn block(self, block: &Block, flow: &mut Flow, pinned: &mut Flow) {
        let width = self.text_width();
        match block {
            Block::Heading(text) => flow.lines.extend(wrapped(Role::Strong, text, width)),
            Block::Text(role, text) => flow.lines.extend(wrapped(*role, text, width)),
            Block::Item(item) => flow.lines.extend(self.item(item)),
            Block::Pairs(pairs) => flow.lines.extend(self.pairs(pairs)),
            Block::Badge(badge) => flow.lines.extend(self.badge(badge)),
            Block::Choices { rows, .. } => self.rows(rows, flow, pinned),
            Block::List(rows) => {
                let mut list = Flow::default();
                Writer { cursor: usize::MAX, ..self }.rows(rows, &mut list, pinned);
                flow.lines.extend(list.lines);
            }
            Block::Search(typed) => self.search(typed, flow),
            Block::Figure(picture) => flow.lines.extend(picture_lines(picture)),
            Block::Excerpt(text) => flow.lines.extend(text.lines().flat_map(|line| self.verbatim(line))),
        }
    }

    /// A line with its blanks. Only where there is no room for it, it is wrapped.
    fn verbatim(self, line: &str) -> Vec<Line> {
        if line.width() <= self.width {
            vec![Line::new(Role::Plain, line.to_owned())]
        } else {
            wrapped(Role::Plain, line, self.width)
        }
    }

    fn item(self, item: &Item) -> Vec<Line> {
        let start = match (item.number, item.weight) {
            (Some(number), _) => Line::new(Role::Strong, format!("{number} ")),
            (None, Some(weight)) => Line::new(Role::Accent, "▮".repeat(weight))
                .and(Role::Quiet, "▯".repeat(4_usize.saturating_sub(weight)))
                .and(Role::Plain, " "),
            (None, None) => Line::new(Role::Quiet, "• "),
        };
        let below = Line::new(Role::Plain, " ".repeat(start.width()));
        let mut lines = hung(start, Role::Plain, &item.text, self.text_width());
        lines.extend(item.notes.iter().flat_map(|note| hung(below.clone(), Role::Quiet, note, self.text_width())));
        lines
    }

    /// Names in one column and what they stand for in another; where there is no room, one below the other.
    fn pairs(self, pairs: &[(String, String)]) -> Vec<Line> {
        let widest = pairs.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
        if widest * 3 > self.width {
            let below = |text: &str| hung(Line::new(Role::Plain, "  "), Role::Plain, text, self.width);
            let both = |(name, text): &(String, String)| [wrapped(Role::Strong, name, self.width), below(text)];
            return pairs.iter().flat_map(both).flatten().collect();
        }
        let line = |(name, text): &(String, String)| {
            let name = Line::new(Role::Strong, name.clone()).padded(Role::Plain, widest + 2);
            hung(name, Role::Plain, text, self.text_width())
        };
        pairs.iter().flat_map(line).collect()
    }

    fn badge(self, badge: &Badge) -> Vec<Line> {
        let word = Line::new(Role::Badge(badge.severity), format!(" {} ", badge.word));
        if word.width() + 2 + badge.say.width() <= self.width {
            return vec![word.and(Role::Plain, "  ").and(Role::Strong, badge.say.clone())];
        }
        [vec![word], wrapped(Role::Strong, &badge.say, self.width)].concat()
    }

    fn bar(self, bar: &Bar, indent: usize) -> Line {
        let width = WIDEST_BAR.min(rows(self.width.saturating_sub(indent + 2 + bar.words.width())));
        let is_beyond = |at: u16, probability: f64| f64::from(at) + 0.5 > probability * f64::from(width);
        let columns = |probability: f64| (0..width).find(|at| is_beyond(*at, probability)).unwrap_or(width);
        let solid = columns(bar.probability).max(1).min(width);
        let hatched = columns(bar.high).max(solid);
        Line::new(Role::Plain, " ".repeat(indent))
            .and(Role::Accent, "▇".repeat(solid.into()))
            .and(Role::Accent, "▒".repeat((hatched - solid).into()))
            .and(Role::Quiet, "·".repeat((width - hatched).into()))
            .and(Role::Plain, format!("{}{}", if width > 0 { "  " } else { "" }, bar.words))
    }

    /// Adds rows; those that are pinned to a flow of their own.
    fn rows(self, rows: &[Row], flow: &mut Flow, pinned: &mut Flow) {
        let columns = self.columns(rows);
        for (at, row) in rows.iter().enumerate() {
            let flow = if row.is_pinned { &mut *pinned } else { &mut *flow };
            if let Some(heading) = &row.heading {
                if flow.lines.last().is_some_and(|line| !line.spans.is_empty()) && self.is_airy {
                    flow.lines.extend([Line::default()]);
                }
                flow.lines.extend(wrapped(Role::Strong, heading, self.width));
            }
            let mark = if at == self.cursor { Line::new(Role::Accent, MARK) } else { Line::new(Role::Plain, "  ") };
            let (lines, name, end) = self.row(row, mark, columns, at == self.cursor && self.has_focus);
            let start = flow.lines.len();
            flow.field = flow.field.or((row.is_field && at == self.cursor).then(|| (start, end - 1)));
            flow.lines.extend(lines);
            flow.choices.push(LineExtent { all: start..flow.lines.len(), name });
        }
    }

    fn columns(self, rows: &[Row]) -> Columns {
        let key = rows.iter().filter_map(|row| row.key.as_ref()).map(|key| key.width() + 1).max().unwrap_or(0);
        let has_boxes = rows.iter().any(|row| row.tick.is_some());
        let start = MARK.width() + key + if has_boxes { BLANK_BOX.width() } else { 0 };
        let noted = rows.iter().filter(|row| row.note.is_some()).map(|row| start + row.say.width() + 2);
        Columns { key, has_boxes, note: noted.max().unwrap_or(0).min(self.width / 2) }
    }

    /// The lines of a row, how many of them its name takes, and how many columns its first.
    fn row(self, row: &Row, mark: Line, columns: Columns, is_selected: bool) -> (Vec<Line>, usize, usize) {
        let mut start = mark;
        if let Some(key_width) = columns.key.checked_sub(1) {
            let key = row.key.as_deref().unwrap_or_default();
            start = start.and(Role::Quiet, format!("{key:>key_width$} "));
        }
        if columns.has_boxes {
            let sign = match row.tick {
                Some(Tick::Ticked) => "[x] ",
                Some(Tick::Unsure) => "[?] ",
                Some(Tick::Blank) => BLANK_BOX,
                None => "    ",
            };
            start = start.and(Role::Plain, sign);
        }
        let indent = start.width();
        let room = self.width.saturating_sub(indent + 1);
        let say = if row.is_field { field_text(&row.say, room).into() } else { Cow::from(&row.say) };
        let mut lines = hung(start, Role::Plain, &say, self.width);
        let (name, end) = (lines.len(), lines.first().map_or(0, Line::width));
        let mut below: Vec<&String> = row.below.iter().collect();
        if let Some(note) = &row.note {
            match lines.last_mut() {
                Some(last) if (last.width() + 2).max(columns.note) + note.width() <= self.width => {
                    let padded = std::mem::take(last).and(Role::Plain, "  ").padded(Role::Plain, columns.note);
                    *last = padded.and(Role::Quiet, note.clone());
                }
                Some(last) if last.width() + 10 <= self.width && !is_selected => {
                    let room = self.width - last.width() - 2;
                    *last = std::mem::take(last).and(Role::Quiet, format!("  {}", cut(note, room)));
                }
                _ if is_selected => below.push(note),
                _ => {}
            }
        }
        if is_selected {
            for line in &mut lines {
                *line = std::mem::take(line).padded(Role::Selected, self.width);
                line.spans.iter_mut().for_each(|span| span.role = Role::Selected);
            }
            below.extend(row.help.as_ref().filter(|_| self.shows_help));
        }
        let margin = Line::new(Role::Plain, " ".repeat(indent));
        lines.extend(below.iter().flat_map(|text| hung(margin.clone(), Role::Quiet, text, self.width)));
        lines.extend(row.bar.as_ref().map(|bar| self.bar(bar, indent)));
        (lines, name, end)
    }

    /// The field of a search. Once something is typed, the lines that it finds can be gone through.
    fn search(self, typed: &str, flow: &mut Flow) {
        const LABEL: &str = "/ ";
        let text = field_text(typed, self.width.saturating_sub(LABEL.width() + 1));
        let line = Line::new(Role::Accent, LABEL).and(Role::Strong, text);
        flow.field = (typed.is_empty() || self.cursor == 0).then(|| (flow.lines.len(), line.width() - 1));
        flow.lines.push(line);
    }
}

/// What is typed in a field, with the place where the next character goes. If it is too wide, its end is shown.
fn field_text(typed: &str, room: usize) -> String {
    let mut columns = 0;
    let fits = |part: &&str| {
        columns += part.width();
        columns <= room
    };
    let shown: usize = typed.graphemes(true).rev().take_while(fits).map(str::len).sum();
    let (_, end) = typed.split_at(typed.len() - shown);
    format!("{end}▏")
}

/// The picture. Marked parts are shaded, so that they stand out without colors, too.
fn picture_lines(picture: &Picture) -> Vec<Line> {
    let look = |mark: char| match mark {
        mark if Some(mark) == picture.selected => (Role::Accent, '█'),
        mark if picture.ticked.contains(&mark) => (Role::Accent, '▒'),
        _ => (Role::Quiet, ' '),
    };
    let lines = picture.figure.art.iter().zip(&picture.figure.marks);
    let line = |(art, marks): (&String, &String)| {
        let mut line = Line::default();
        for (sign, mark) in art.chars().zip(marks.chars().chain(std::iter::repeat(' '))) {
            let (role, shade) = look(mark);
            let sign = if sign == ' ' { shade } else { sign };
            match line.spans.last_mut() {
                Some(last) if last.role == role => last.text.to_mut().push(sign),
                _ => line = line.and(role, sign.to_string()),
            }
        }
        line
    };
    lines.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_what_is_typed_is_shown_however_wide_its_characters_are() {
        for (typed, room, shown) in [
            ("aspirin", 7, "aspirin▏"),
            ("aspirin", 4, "irin▏"),
            ("漢字漢字", 5, "漢字▏"),
            ("é🇨🇭é🇨🇭", 3, "é🇨🇭▏"),
            ("é🇨🇭é🇨🇭", 4, "é🇨🇭▏"),
        ] {
            assert_eq!(field_text(typed, room), shown, "{typed} in {room} columns");
        }
    }
}
