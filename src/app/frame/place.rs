//! Where one is in a part of a screen, and how keys move there.

use std::ops::Range;

use crate::app::Motion;

/// Where one is in a part of a screen: the selected line, and how far it is scrolled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::app) struct Place {
    /// The selected line, from 0.
    pub(in crate::app) cursor: usize,
    /// How many rows are above the window.
    pub(in crate::app) scroll: usize,
    /// Whether the window moves so that the selected line is in view.
    pub(in crate::app) follows: bool,
}

/// What was drawn of a part of a screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::app) struct Extent {
    /// The rows that are in view.
    pub(in crate::app) in_view: Range<usize>,
    /// How many rows the window has.
    pub(in crate::app) height: usize,
    /// How many rows there are.
    pub(in crate::app) rows: usize,
    /// The rows of each line that can be selected; empty for those that are always in view.
    pub(in crate::app) lines: Vec<LineExtent>,
}

/// The rows of a line that can be selected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::app) struct LineExtent {
    /// All its rows; empty if it never scrolls.
    pub(in crate::app) all: Range<usize>,
    /// How many of them its name takes.
    pub(in crate::app) name: usize,
}

impl Extent {
    /// Whether a name is in view, or the end of one that is taller than the window.
    fn is_in_view(&self, line: &LineExtent) -> bool {
        let name = line.all.start..line.all.start + line.name;
        let is_begun = name.start >= self.in_view.start || name.len() > self.in_view.len();
        line.all.is_empty() || (is_begun && name.end > self.in_view.start && name.end <= self.in_view.end)
    }

    /// Whether the beginning and the end of the name of a line are in view.
    pub(in crate::app) fn ends_in_view(&self, line: &LineExtent) -> (bool, bool) {
        let is_shown = |row: usize| line.all.is_empty() || self.in_view.contains(&row);
        (is_shown(line.all.start), is_shown((line.all.start + line.name).saturating_sub(1)))
    }

    fn most(&self) -> usize {
        self.rows.saturating_sub(self.height)
    }
}

impl Place {
    /// Moves the selection; where there is nothing to select, or it is taller than the window or out of view, scrolls.
    pub(in crate::app) fn go(&mut self, motion: Motion, extent: &Extent) {
        let last = extent.lines.len().checked_sub(1);
        let here = extent.lines.get(self.cursor).filter(|line| !line.all.is_empty()).map(|line| line.all.clone());
        let view = &extent.in_view;
        let page = view.len().saturating_sub(1 + here.as_ref().map_or(0, Range::len)).max(1);
        match (motion, last) {
            (Motion::Up, _) if here.as_ref().is_some_and(|here| here.start < view.start) => self.scroll_by(-1, extent),
            (Motion::Down, _) if here.as_ref().is_some_and(|here| here.end > view.end) => self.scroll_by(1, extent),
            (Motion::Up, Some(_)) if self.cursor > 0 => self.select(self.cursor - 1),
            (Motion::Down, Some(last)) if self.cursor < last => self.select(self.cursor + 1),
            (Motion::Up, _) => self.scroll_by(-1, extent),
            (Motion::Down, _) => self.scroll_by(1, extent),
            (Motion::PageUp, _) => self.turn_page(-isize::try_from(page).unwrap_or(1), extent),
            (Motion::PageDown, _) => self.turn_page(isize::try_from(page).unwrap_or(1), extent),
            (Motion::First, _) => *self = Place::default(),
            (Motion::Last, _) => *self = Place { cursor: last.unwrap_or(0), scroll: usize::MAX, follows: false },
        }
    }

    /// Scrolls towards the selected line, if its name is not in view. True when it did.
    pub(in crate::app) fn reveal(&mut self, extent: &Extent) -> bool {
        let Some(line) = extent.lines.get(self.cursor).filter(|line| !extent.is_in_view(line)) else {
            return false;
        };
        let before = self.scroll;
        self.scroll = if line.all.start < extent.in_view.start {
            line.all.start.saturating_sub(1)
        } else if line.all.start >= extent.in_view.end {
            self.scroll + extent.in_view.len().saturating_sub(1).max(1)
        } else {
            self.scroll + (line.all.start + line.name).saturating_sub(extent.in_view.end).max(1)
        };
        self.scroll = self.scroll.min(extent.most());
        self.follows = false;
        self.scroll != before
    }

    /// Keeps the selected line in view if it is, whatever size the window gets. Who has not moved yet reads from the top.
    pub(in crate::app) fn hold(&mut self, extent: &Extent) {
        let has_moved = self.cursor > 0 || self.scroll > 0;
        let is_in_view = extent.lines.get(self.cursor).is_some_and(|line| extent.is_in_view(line));
        self.follows |= has_moved && is_in_view;
    }

    fn select(&mut self, cursor: usize) {
        self.cursor = cursor;
        self.follows = true;
    }

    fn scroll_by(&mut self, rows: isize, extent: &Extent) {
        self.scroll = self.scroll.saturating_add_signed(rows).min(extent.most());
        self.follows = false;
    }

    /// Scrolls by a page, and selects the first line further on that then begins in view, or the next one; at the end, the last.
    fn turn_page(&mut self, rows: isize, extent: &Extent) {
        let before = self.scroll;
        self.scroll_by(rows, extent);
        let Some(last) = extent.lines.iter().rposition(|line| !line.all.is_empty()) else { return };
        if self.scroll == before {
            self.select(if rows > 0 { last } else { 0 });
            return;
        }
        let begins = |scroll: usize, at: usize| {
            extent.lines.get(at).is_some_and(|line| (scroll..scroll + extent.height).contains(&line.all.start))
        };
        let here = self.cursor;
        let is_further = |at: usize| if at == here { !begins(before, here) } else { (at > here) == (rows > 0) };
        match (0..=last).find(|at| is_further(*at) && begins(self.scroll, *at)) {
            Some(further) => self.select(further),
            None if begins(self.scroll, here) => self.select(here.saturating_add_signed(rows.signum()).min(last)),
            None => {}
        }
    }
}
