//! The frame of a part, with its title, how far one is in it, and how far it is scrolled.

use std::ops::Range;

use ratatui_core::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use crate::app::blocks::Role;
use crate::app::frame::place::Extent;
use crate::app::frame::text::Line;
use crate::app::frame::{Frame, Part, rows};

impl Frame {
    /// Puts lines around a part; `thumb` is the rows that the thumb of its scrollbar takes.
    pub(super) fn border(&mut self, part: &Part<'_>, thumb: Range<u16>) {
        let (area, extent) = (part.area, &part.pane.extent);
        let role = if part.has_focus { Role::Accent } else { Role::Quiet };
        let width = usize::from(area.width.saturating_sub(2));
        let title = part.title().cut(width);
        let gap = width - title.width();
        let mut top = Line::new(role, "╭");
        top.spans.extend(title.spans);
        top = match gap.checked_sub(extent.width() + 2) {
            Some(gap) if gap >= 2 && !extent.is_empty() => {
                let line = top.and(role, "─".repeat(gap));
                line.and(Role::Plain, " ").and(Role::Quiet, extent.clone()).and(Role::Plain, " ")
            }
            _ => top.and(role, "─".repeat(gap)),
        };
        let [left, right] = [area.left(), area.right().saturating_sub(1)];
        let [first, last] = [area.top(), area.bottom().saturating_sub(1)];
        self.put_line(Position { x: left, y: first }, top.and(role, "╮"));
        for y in first + 1..last {
            self.put_line(Position { x: left, y }, Line::new(role, "│"));
            let side = if thumb.contains(&y) { "┃" } else { "│" };
            self.put_line(Position { x: right, y }, Line::new(role, side));
        }
        self.put_line(Position { x: left, y: last }, Line::new(role, format!("╰{}╯", "─".repeat(width))));
    }
}

/// The rows that the thumb of a scrollbar takes beside a part that is too long for its window.
pub(super) fn thumb(extent: &Extent, scroll: usize, area: Rect) -> Range<u16> {
    if extent.rows <= extent.height {
        return 0..0;
    }
    let track = usize::from(area.height.saturating_sub(2));
    let row = |line: usize| (2 * line * track + extent.rows) / (2 * extent.rows);
    let start = row(scroll).min(track.saturating_sub(1));
    let end = row(scroll + extent.height).min(track).max(start + 1);
    area.y + 1 + rows(start)..area.y + 1 + rows(end)
}
