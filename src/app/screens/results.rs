//! The results: how urgent it is, the ranked causes, and the pages about the selected one.

pub(in crate::app) mod cause;
pub(in crate::app) mod list;
pub(in crate::app) mod open_questions;
pub(in crate::app) mod reasons;
pub(in crate::app) mod view;
pub(in crate::app) mod what_if;
mod why;

use la_arena::Idx;

use crate::app::App;
use crate::questionnaire::Question;
use list::{Item, Kind};

/// The results on the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::app) struct Results {
    /// The page of text about the selected line.
    pub(in crate::app) page: Page,
    /// Whether the keys move in the text instead of the list. A small screen then shows only the text.
    pub(in crate::app) is_reading: bool,
    /// Whether the text gives every factor of the calculation.
    pub(in crate::app) shows_figures: bool,
    /// Whether the unlikely causes are listed one by one.
    pub(in crate::app) is_unfolded: bool,
}

/// A page of the text about a cause.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::app) enum Page {
    /// What to do.
    #[default]
    Advice,
    /// What speaks for and against it.
    Why,
    /// Which open questions could change its place.
    Open,
    /// Its codes, and the sources of figures and advice.
    About,
}

impl Page {
    /// Every page, in order.
    pub(in crate::app) const ALL: [Page; 4] = [Page::Advice, Page::Why, Page::Open, Page::About];

    /// Its title on the screen.
    pub(in crate::app) fn title(self) -> &'static str {
        match self {
            Page::Advice => "Advice",
            Page::Why => "Why",
            Page::Open => "Open",
            Page::About => "About",
        }
    }
}

impl Results {
    /// The selected line of the list.
    pub(in crate::app) fn item(self, app: &App<'_>) -> Option<Item> {
        list::items(app, self.is_unfolded).into_iter().nth(app.screens.cursor_on_results())
    }

    /// The questions that the page in view leads to.
    pub(in crate::app) fn questions(self, app: &App<'_>) -> Vec<Idx<Question>> {
        let interview = app.interview();
        let Some(item) = self.item(app) else { return Vec::new() };
        match (&item.kind, item.causes().first()) {
            (Kind::OpenDanger, _) => {
                interview.outcome().open_danger_questions(interview.evaluation()).into_iter().collect()
            }
            (_, Some(cause)) if self.page == Page::Open => {
                interview.open_questions(*cause).found.into_iter().map(|open| open.question).collect()
            }
            _ => Vec::new(),
        }
    }
}
