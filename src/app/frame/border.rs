//! The frame of a part, with its title, how far one is in it, and how far it is scrolled.

use std::ops::Range;

use ratatui_core::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::app::blocks::Role;
use crate::app::frame::place::Extent;
use crate::app::frame::text::{Line, Span};
use crate::app::frame::{Frame, Part, rows};

impl Frame {
    /// Puts lines around a part; `thumb` is the rows that the thumb of its scrollbar takes.
    pub(super) fn border(&mut self, part: &Part<'_>, thumb: Range<u16>) {
        let (area, extent) = (part.area, &part.pane.extent);
        let role = if part.has_focus { Role::Accent } else { Role::Quiet };
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
        let mut top = part.title();
        let gap = usize::from(inner.width).saturating_sub(top.width());
        top = match gap.checked_sub(extent.width() + 2) {
            Some(gap) if gap >= 2 && !extent.is_empty() => {
                let line = top.and(role, "─".repeat(gap));
                line.and(Role::Plain, " ").and(Role::Quiet, extent.clone()).and(Role::Plain, " ")
            }
            _ => top.and(role, "─".repeat(gap)),
        };
        self.put([top], inner);
        for (y, row) in (0..area.bottom()).zip(&mut self.rows).skip(area.top().into()) {
            let [left, right] = match y {
                _ if y == area.top() => ["╭", "╮"],
                _ if y + 1 == area.bottom() => ["╰", "╯"],
                _ if thumb.contains(&y) => ["│", "┃"],
                _ => ["│", "│"],
            };
            row.extend([(area.left(), Span::new(role, left)), (inner.right(), Span::new(role, right))]);
        }
        let bottom = Line::new(role, "─".repeat(inner.width.into()));
        self.put([bottom], Rect { y: area.bottom().saturating_sub(1), ..inner });
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
