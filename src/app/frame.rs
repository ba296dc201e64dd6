//! Turns a [`View`] into a picture of the terminal's size.
//!
//! [`lay_out`] finds where everything goes and what of it is in view; [`Frame::paint`] puts that into a buffer. Moving and
//! scrolling read the [`Frame`] that was laid out last, so that they never measure anything themselves.
//!
//! Invariants: what is too long is wrapped or scrolled, never cut without a way to read the rest; nothing is painted outside
//! the screen, whatever its size.

mod border;
mod footer;
mod paint;
pub(in crate::app) mod place;
pub(in crate::app) mod text;
pub mod theme;
mod write;

use std::ops::Range;

use ratatui_core::layout::{Margin, Position, Rect};
use unicode_width::UnicodeWidthStr;

use crate::app::Size;
use crate::app::blocks::{Block, Pane, Role, View};
use crate::app::keymap::Action;
use crate::app::screens::results::Page;
use border::thumb;
use place::{Extent, Place};
use text::{Line, Span, cut, one_by_one, wrap, wrapped};
use write::{Flow, Writer};

/// From this size on, parts have frames.
const FRAMED: Size = Size { columns: 60, rows: 20 };

/// From this many columns on, there are two parts side by side.
const TWO_PARTS: u16 = 76;

/// The rows that pinned lines always leave to the others.
const LEAST_LIST: usize = 5;

/// The rows that a notice always leaves to the rest.
const LEAST_BODY: usize = 3;

/// A screen with everything at its place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Frame {
    /// What is on each row, and the column where it begins.
    rows: Vec<Vec<(u16, Span)>>,
    /// Where the hardware cursor is. Screen readers and magnifiers follow it.
    pub cursor: Position,
    /// What is in view of the main part.
    pub(in crate::app) main: Extent,
    /// What is in view of the side part.
    pub(in crate::app) side: Extent,
    /// Whether the main and the side part are both in view.
    pub(in crate::app) has_both: bool,
    /// Whether the part that has the focus has anything to move to.
    pub(in crate::app) moves: bool,
    /// Whether all that explains the selected line is beside it.
    pub(in crate::app) is_side_whole: bool,
}

/// A part that is being laid out.
#[derive(Clone, Copy)]
struct Part<'a> {
    pane: &'a Pane,
    has_focus: bool,
    area: Rect,
}

/// Finds where everything of a screen goes. Places are scrolled so that what has to be in view is.
pub(in crate::app) fn lay_out(view: &View, screen: Size, (main, side): (&mut Place, &mut Place)) -> Frame {
    let Size { columns, rows } = screen;
    let mut frame = Frame { rows: vec![Vec::new(); rows.into()], ..Frame::default() };
    if screen.is_too_small() {
        let text = format!("Please make this {}×{} or larger. q quits.", Size::LEAST.columns, Size::LEAST.rows);
        let area = Rect { x: 0, y: 0, width: columns, height: rows };
        frame.put(wrapped(Role::Plain, &text, usize::from(columns.max(1))), area);
        return frame;
    }
    let is_framed = columns >= FRAMED.columns && rows >= FRAMED.rows;
    let (notice, area) = notice(&view.notice, screen, is_framed);
    let area = frame.banner(&view.banner, area, is_framed);
    let has_room = columns >= TWO_PARTS;
    frame.has_both = has_room && view.side.is_some();
    let (left, right) = if frame.has_both { split(area, area.width * 2 / 5 + 2, 0) } else { (area, area) };
    if has_room || !view.is_side_read {
        let part = Part { pane: &view.main, has_focus: !view.is_side_read, area: left };
        frame.main = frame.part(&part, main, is_framed);
    }
    if let Some(pane) = view.side.as_ref().filter(|_| has_room || view.is_side_read) {
        let part = Part { pane, has_focus: view.is_side_read, area: right };
        frame.side = frame.part(&part, side, is_framed);
    }
    let Extent { lines, rows, height, .. } = if view.is_side_read { &frame.side } else { &frame.main };
    frame.moves = lines.len() > 1 || rows > height;
    frame.bottom(notice, view, screen, is_framed);
    frame
}

/// The lines of a notice, and the area above them. A short one stands in the frame, so that nothing moves when it comes or goes.
fn notice(text: &str, size: Size, is_framed: bool) -> (Vec<Line>, Rect) {
    let Size { columns, rows: all } = size;
    let width = usize::from(columns) - if is_framed { 2 } else { 0 };
    let mut lines = at_most(usize::from(all).saturating_sub(LEAST_BODY + 2), text, width);
    let mut taken = 1 + rows(lines.len());
    if is_framed && (1..=width - 2).contains(&text.width()) {
        (lines, taken) = (vec![Line::new(Role::Strong, format!(" {text} "))], 1);
    }
    (lines, Rect { x: 0, y: 0, width: columns, height: all.saturating_sub(taken) })
}

/// Two areas side by side: the left one with so many columns.
fn split(area: Rect, left: u16, gap: u16) -> (Rect, Rect) {
    let right = area.width.saturating_sub(left + gap);
    (Rect { width: left, ..area }, Rect { x: area.x + left + gap, width: right, ..area })
}

fn rows(lines: usize) -> u16 {
    u16::try_from(lines).unwrap_or(u16::MAX)
}

impl Frame {
    /// The columns of a row that show something else in another frame, and whether each of their characters takes just one.
    pub fn changes<'f>(&'f self, other: &'f Frame, row: u16) -> impl Iterator<Item = (Range<u16>, bool)> {
        let spans = move |frame: &'f Frame| frame.rows.get(usize::from(row)).into_iter().flatten();
        let only = move |frame, other| spans(frame).filter(move |span| !spans(other).any(|there| there == *span));
        let changed = only(self, other).chain(only(other, self));
        changed.map(|(x, span)| (*x..*x + rows(span.width()), one_by_one(&span.text).is_some()))
    }

    /// Puts lines into an area, from its top. What is too wide is cut.
    fn put(&mut self, lines: impl IntoIterator<Item = Line>, area: Rect) {
        let taken = self.rows.iter_mut().take(area.bottom().into()).skip(area.top().into());
        for (row, line) in taken.zip(lines) {
            let mut x = area.left();
            for mut span in line.spans {
                let (width, room) = (rows(span.width()), area.right().saturating_sub(x));
                if width > room {
                    span.text = cut(&span.text, room.into()).into();
                }
                row.push((x, span));
                x += width.min(room);
            }
        }
    }

    /// The notice and the keys at the bottom.
    fn bottom(&mut self, notice: Vec<Line>, view: &View, size: Size, is_framed: bool) {
        let x = u16::from(is_framed);
        let (width, height) = (size.columns - 2 * x, 1 + rows(notice.len()));
        let keys = view.keys.iter().filter(|key| self.moves || !matches!(key.action, Action::Move(_)));
        let keys = footer::keys(keys, width.into());
        self.put(notice.into_iter().chain([keys]), Rect { x, y: size.rows.saturating_sub(height), width, height });
    }

    /// The part above everything else. Returns the area below it.
    fn banner(&mut self, pane: &Pane, area: Rect, is_framed: bool) -> Rect {
        if pane.body.is_empty() {
            return area;
        }
        let inner = if is_framed { area.inner(Margin { horizontal: 2, vertical: 1 }) } else { area };
        let writer = Writer { width: inner.width.into(), ..Writer::default() };
        let mut lines = writer.write(&pane.body).lines;
        // Below a very small screen's first rows, the rest needs room too.
        lines.truncate(usize::from(area.height).saturating_sub(LEAST_BODY + 2).max(1));
        let height = (rows(lines.len()) + if is_framed { 2 } else { 0 }).min(area.height);
        self.put(lines, Rect { height: inner.height.min(height), ..inner });
        if is_framed {
            self.border(&Part { pane, has_focus: false, area: Rect { height, ..area } }, 0..0);
        }
        Rect { y: area.y + height, height: area.height - height, ..area }
    }

    /// A part with its title, its pinned lines and its window. Returns what is in view.
    fn part(&mut self, part: &Part<'_>, place: &mut Place, is_framed: bool) -> Extent {
        let Part { pane, has_focus, area } = *part;
        let mut inner = if is_framed {
            area.inner(Margin { horizontal: 2, vertical: 1 })
        } else {
            self.put([title_line(part, area.width.into())], Rect { height: area.height.min(1), ..area });
            Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }
        };
        if let Some((done, all)) = pane.progress.filter(|_| is_framed || area.height >= 15) {
            self.put([progress_line(done, all, inner.width.into())], inner);
            let taken = if is_framed { 2 } else { 1 };
            inner = Rect { y: inner.y + taken, height: inner.height.saturating_sub(taken), ..inner };
        }
        let cursor = place.cursor;
        let writer = Writer { width: inner.width.into(), shows_help: true, is_airy: is_framed, cursor, has_focus };
        // Where every row counts, how to answer scrolls with the rest.
        let is_kept = |block: &&Block| is_framed || !matches!(block, Block::Text(Role::Quiet, _));
        let (kept, moved): (Vec<_>, Vec<_>) = pane.head.iter().partition(is_kept);
        let mut head =
            if part.is_title_too_long() { wrapped(Role::Strong, &pane.title, writer.width) } else { Vec::new() };
        head.extend(writer.write(kept).lines);
        if !head.is_empty() && area.height >= 12 {
            head.push(Line::default());
        }
        let height = usize::from(inner.height);
        let (width, shows_help) = if area.width >= TWO_PARTS {
            let y = inner.y + rows(head.len());
            self.aside(&pane.aside, Rect { y, height: inner.bottom().saturating_sub(y), ..inner })
        } else {
            (inner.width, true)
        };
        let writer = Writer { width: width.into(), shows_help, ..writer };
        let mut flow = writer.write(moved.into_iter().chain(&pane.body));
        let least = flow.pinned + LEAST_LIST.max(height / 3);
        if head.len() + least.min(flow.lines.len()) > height {
            flow.pinned = 0;
        }
        // A title is read once, a question for each answer.
        let share = if pane.head.is_empty() { 4 } else { 2 };
        if head.len() * share > height && head.len() + flow.lines.len() - flow.pinned > height {
            flow = Flow { lines: std::mem::take(&mut head), ..Flow::default() }.then(flow);
        }
        let selected = flow.choices.get(cursor).map(|choice| choice.all.clone());
        let pinned = flow.pin();
        let window = height.saturating_sub(head.len() + pinned.len());
        let extent = scrolled(&flow, place, window, is_framed);
        let top = inner.y + rows(head.len());
        self.put(head, inner);
        let of_flow = Rect { y: top, width, height: rows(window), ..inner };
        let (scrolling, shown) = (flow.lines.len(), flow.lines.len().min(window));
        self.window(flow.lines, &extent, place.scroll, of_flow);
        let y = top + rows(shown);
        self.put(pinned, Rect { y, height: inner.bottom().saturating_sub(y), ..of_flow });
        if has_focus {
            let (row, column) = match (flow.field, selected) {
                (Some((row, column)), _) if extent.in_view.contains(&row) => (row - place.scroll, column),
                (_, Some(selected)) if selected.start >= scrolling => (shown + selected.start - scrolling, 0),
                (_, Some(selected)) if selected.start < extent.in_view.end && selected.end > extent.in_view.start => {
                    (selected.start.max(extent.in_view.start) - place.scroll, 0)
                }
                _ => (0, 0),
            };
            self.cursor = Position { x: inner.x + rows(column), y: top + rows(row) };
        }
        if is_framed {
            self.border(part, thumb(&extent, place.scroll, area));
        }
        extent
    }

    /// What explains the selected line, beside it. Returns how many columns are left for the list, and whether the list has
    /// to show the help itself.
    fn aside(&mut self, aside: &[Block], area: Rect) -> (u16, bool) {
        const GAP: u16 = 3;
        let (left, right) = split(area, area.width * 29 / 50, GAP);
        let writer = Writer { width: right.width.into(), is_airy: true, ..Writer::default() };
        let height = usize::from(area.height);
        let is_figure = |block: &&Block| matches!(block, Block::Figure(_));
        let mut lines = writer.write(aside).lines;
        self.is_side_whole = lines.len() <= height;
        if !self.is_side_whole {
            // Words can be had with a key, but the figure stands nowhere else.
            lines = writer.write(aside.iter().filter(is_figure)).lines;
        }
        let widest = lines.iter().map(Line::width).max().unwrap_or(0);
        if lines.is_empty() || lines.len() > height || widest > writer.width {
            return (area.width, true);
        }
        self.put(vec![Line::new(Role::Quiet, "┆"); height], Rect { x: right.x - 2, width: 1, ..area });
        self.put(lines, right);
        (left.width, !self.is_side_whole)
    }

    /// The lines that are in view. Without a border for a scrollbar, the first and the last say that there is more.
    fn window(&mut self, lines: Vec<Line>, extent: &Extent, scroll: usize, area: Rect) {
        let mut lines: Vec<Line> = lines.into_iter().skip(scroll).take(area.height.into()).collect();
        let more = |word: &'static str| Line::new(Role::Quiet, word);
        if let Some(first) = lines.first_mut().filter(|_| extent.in_view.start > scroll) {
            *first = more("↑ more");
        }
        if let Some(last) = lines.last_mut().filter(|_| extent.in_view.end < (scroll + extent.height).min(extent.rows))
        {
            *last = more("↓ more");
        }
        self.put(lines, area);
    }
}

/// Scrolls a place so that what has to be in view is. Returns what is then in view.
fn scrolled(flow: &Flow, place: &mut Place, height: usize, has_scrollbar: bool) -> Extent {
    let lines = flow.lines.len();
    let most = lines.saturating_sub(height);
    // The rows that say that there is more hide what is below them.
    let sign = usize::from(!has_scrollbar && height >= 3);
    place.scroll = place.scroll.min(most);
    let selected = flow.choices.get(place.cursor).map(|choice| &choice.all);
    if let Some(selected) = selected.filter(|rows| !rows.is_empty() && place.follows) {
        let ahead = sign + usize::from(height >= 6);
        let latest = selected.start.saturating_sub(ahead);
        let earliest = (selected.end + ahead).saturating_sub(height);
        place.scroll = place.scroll.max(earliest).min(latest).min(most);
        if place.cursor == 0 && selected.end + sign <= height {
            place.scroll = 0;
        }
    }
    let above = if place.scroll > 0 { sign } else { 0 };
    let below = if place.scroll < most { sign } else { 0 };
    Extent {
        in_view: place.scroll + above..(place.scroll + height - below.min(height)).min(lines),
        height,
        rows: lines,
        lines: flow.choices.clone(),
    }
}

/// A notice in at most so many lines; a longer one is cut.
fn at_most(lines: usize, notice: &str, width: usize) -> Vec<Line> {
    let mut all = wrap(notice, width);
    let is_cut = all.len() > lines;
    all.truncate(lines);
    if let Some(last) = all.last_mut().filter(|_| is_cut) {
        *last = cut(&format!("{last} …"), width);
    }
    all.into_iter().map(|line| Line::new(Role::Strong, line)).collect()
}

/// The progress, as a line across the part.
fn progress_line(done: usize, all: usize, columns: usize) -> Line {
    let solid = (columns * done).checked_div(all).unwrap_or(columns).min(columns);
    Line::new(Role::Accent, "━".repeat(solid)).and(Role::Quiet, "╌".repeat(columns - solid))
}

/// The title of a part without a frame, and how far one is.
fn title_line(part: &Part<'_>, columns: usize) -> Line {
    let title = part.title();
    let extent = &part.pane.extent;
    match columns.checked_sub(title.width() + extent.width()) {
        Some(gap) if gap > 0 => title.and(Role::Plain, " ".repeat(gap)).and(Role::Quiet, extent.clone()),
        _ => title,
    }
}

impl Part<'_> {
    /// Whether the title leaves no room for what else its line shows. It then stands in the part itself.
    fn is_title_too_long(&self) -> bool {
        let pages: usize = self.pages().map(|page| page.title().len() + 2).sum();
        let badge = self.pane.badge.as_ref().map_or(0, |badge| badge.word.len() + 2);
        self.pane.title.width() + 2 + badge + pages + 5 > usize::from(self.area.width)
    }

    /// The urgency, the title, and the pages.
    fn title(&self) -> Line {
        let mut line = Line::default();
        if let Some(badge) = &self.pane.badge {
            line = line.and(Role::Badge(badge.severity), format!(" {} ", badge.word));
        }
        if !self.pane.title.is_empty() && !self.is_title_too_long() {
            line = line.and(Role::Strong, format!(" {} ", self.pane.title));
        }
        for page in self.pages() {
            let is_here = self.pane.page == Some(page);
            let (role, open, close) = if is_here { (Role::Selected, "[", "]") } else { (Role::Quiet, " ", " ") };
            line = line.and(role, format!("{open}{}{close}", page.title()));
        }
        line
    }

    fn pages(&self) -> impl Iterator<Item = Page> {
        self.pane.page.iter().flat_map(|_| Page::ALL)
    }
}
