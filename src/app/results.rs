//! The results: the list on the left, and the pages of the selected line.

use la_arena::Idx;

use super::Motion;
use super::update::moved;
use crate::interview::Interview;
use crate::outcome::Outcome;
use crate::questionnaire::{Cause, Family, Questionnaire};

/// The results in view.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Results {
    /// The selected line of the list.
    pub cursor: usize,
    /// The page of its text.
    pub page: Page,
    /// How far that is scrolled.
    pub scroll: usize,
    /// Whether the text is read: the keys scroll it, and a small screen shows only it.
    pub is_reading: bool,
}

/// A page of the text about a cause.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Page {
    /// What to do.
    #[default]
    Advice,
    /// What speaks for and against it.
    Why,
    /// Where that comes from.
    Sources,
}

impl Page {
    /// Every page, in order.
    pub(super) const ALL: [Page; 3] = [Page::Advice, Page::Why, Page::Sources];

    /// What it is called.
    #[must_use]
    pub(super) fn title(self) -> &'static str {
        match self {
            Page::Advice => "Advice",
            Page::Why => "Why",
            Page::Sources => "Sources",
        }
    }
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// What to do first: alarms, open danger questions, the safety net.
    First,
    /// A ranked cause, or a family by its members from the highest down.
    Ranked {
        /// Its place, from 1.
        place: usize,
        /// The family, if it is one.
        family: Option<Idx<Family>>,
        /// The cause, or the members.
        causes: Vec<Idx<Cause>>,
    },
    /// A rare cause that is much more probable than usual.
    WorthChecking(Idx<Cause>),
    /// The causes that nothing said speaks on.
    Rest,
}

/// The lines of the list, from the top.
#[must_use]
pub(super) fn items(outcome: &Outcome, questionnaire: &Questionnaire) -> Vec<Item> {
    let mut items = vec![Item::First];
    for (at, line) in outcome.lines(questionnaire).into_iter().enumerate() {
        let causes = line.members.iter().map(|ranked| ranked.cause).collect();
        items.push(Item::Ranked { place: at + 1, family: line.family, causes });
    }
    let worth = outcome.ranking.ranked().filter(|ranked| ranked.is_worth_checking());
    items.extend(worth.map(|ranked| Item::WorthChecking(ranked.cause)));
    if outcome.ranking.at_base_rate().next().is_some() {
        items.push(Item::Rest);
    }
    items
}

/// Whether a line of the list has pages to turn.
#[must_use]
pub(super) fn has_pages(interview: &Interview<'_>, cursor: usize) -> bool {
    let items = items(&interview.outcome(), interview.questionnaire());
    matches!(items.get(cursor), Some(Item::Ranked { .. } | Item::WorthChecking(_)))
}

impl Results {
    /// Moves the selection, or scrolls the text. A page is one of the text where that is beside the list.
    pub(super) fn motion(&mut self, motion: Motion, page: usize, last: usize, is_beside: bool) {
        let is_page = matches!(motion, Motion::PageUp | Motion::PageDown);
        if self.is_reading || (is_beside && is_page) {
            self.scroll = moved(self.scroll, motion, page, usize::MAX);
            return;
        }
        let cursor = moved(self.cursor, motion, page, last);
        if cursor != self.cursor {
            *self = Results { cursor, page: self.page, ..Results::default() };
        }
    }

    /// Turns the page.
    pub(super) fn turn(&mut self, forward: bool) {
        let at = Page::ALL.iter().position(|page| *page == self.page).unwrap_or(0);
        let step = if forward { 1 } else { Page::ALL.len() - 1 };
        self.page = Page::ALL.into_iter().cycle().nth(at + step).unwrap_or_default();
        self.scroll = 0;
    }
}
