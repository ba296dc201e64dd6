//! The state of the results: the list, and the pages of text about the selected line.

use la_arena::Idx;

use crate::app::Motion;
use crate::app::update::navigation::moved;
use crate::engine::open_questions::OpenQuestion;
use crate::engine::outcome::RankingLine;
use crate::interview::Interview;
use crate::questionnaire::{Alarm, Cause, Topic};

/// The results on the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::app) struct Results {
    /// The selected line of the list.
    pub cursor: usize,
    /// The page of text about it.
    pub page: Page,
    /// How many lines that page is scrolled.
    pub scroll: usize,
    /// The selected question on the page of open questions.
    pub open: usize,
    /// Whether the keys scroll the text instead of moving in the list. A small screen then shows only the text.
    pub is_reading: bool,
    /// Whether the text gives every factor of the calculation.
    pub figures: Figures,
    /// Whether the unlikely causes are listed one by one.
    pub is_unfolded: bool,
}

/// Whether a text gives every factor of the calculation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::app) enum Figures {
    /// Only words and bars.
    #[default]
    Hidden,
    /// Every factor, from the base rate to the probability.
    Shown,
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
    /// The sources of figures and advice.
    Sources,
}

impl Page {
    /// Every page, in order.
    pub(in crate::app) const ALL: [Page; 4] = [Page::Advice, Page::Why, Page::Open, Page::Sources];

    /// Its title on the screen.
    #[must_use]
    pub(in crate::app) fn title(self) -> &'static str {
        match self {
            Page::Advice => "Advice",
            Page::Why => "Why",
            Page::Open => "Still open",
            Page::Sources => "Sources",
        }
    }
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum Item {
    /// An alarm that leads.
    Alarm(Idx<Alarm>),
    /// What to do first: other alarms, open danger questions, the safety net.
    First,
    /// A ranked cause, or a family with its members from the most probable down.
    Ranked {
        /// Its place, from 1.
        place: usize,
        /// The cause or family.
        topic: Topic,
        /// The cause, or the members.
        causes: Vec<Idx<Cause>>,
    },
    /// The unlikely end of a long ranking, folded into one line; with the number of lines that it stands for.
    Unlikely(usize),
    /// A rare cause that is much more probable than usual.
    WorthChecking(Idx<Cause>),
    /// The causes that no answer speaks for or against.
    Rest,
    /// The questions that were passed over.
    PassedOver,
}

/// Lines of a long ranking below this probability are folded into one.
const UNLIKELY: f64 = 0.05;

/// The first lines of the ranking are listed however unlikely they are: this many.
const LISTED: usize = 3;

/// How many lines of the ranking are listed before the folded ones. A single line is not worth folding.
#[must_use]
pub(in crate::app) fn listed(lines: &[RankingLine<'_>]) -> usize {
    let likely = lines.iter().filter(|line| line.highest().is_some_and(|it| it.probability >= UNLIKELY)).count();
    let listed = likely.max(LISTED);
    if listed + 1 < lines.len() { listed } else { lines.len() }
}

/// The lines of the list, from the top.
#[must_use]
pub(in crate::app) fn items(interview: &Interview<'_>, is_unfolded: bool) -> Vec<Item> {
    let (outcome, questionnaire) = (interview.outcome(), interview.questionnaire());
    let leading = outcome.leading_alarms(questionnaire).into_iter().map(|(alarm, _)| Item::Alarm(alarm));
    let mut items: Vec<Item> = leading.chain([Item::First]).collect();
    let lines = outcome.lines(questionnaire);
    let listed = listed(&lines);
    for (at, line) in lines.iter().enumerate() {
        if at == listed {
            items.push(Item::Unlikely(lines.len() - listed));
        }
        if at >= listed && !is_unfolded {
            break;
        }
        let causes = line.members.iter().map(|ranked| ranked.cause).collect();
        items.push(Item::Ranked { place: at + 1, topic: line.topic, causes });
    }
    items.extend(outcome.worth_checking().map(|ranked| Item::WorthChecking(ranked.cause)));
    if outcome.ranking.unranked().next().is_some() {
        items.push(Item::Rest);
    }
    if !interview.passed_over().is_empty() {
        items.push(Item::PassedOver);
    }
    items
}

impl Item {
    /// The cause that it is about, or the first of its family; `None` when it has no pages.
    #[must_use]
    pub(in crate::app) fn cause(&self) -> Option<Idx<Cause>> {
        match self {
            Item::Ranked { causes, .. } => causes.first().copied(),
            Item::WorthChecking(cause) => Some(*cause),
            Item::Alarm(_) | Item::First | Item::Unlikely(_) | Item::Rest | Item::PassedOver => None,
        }
    }
}

impl Results {
    /// The selected line of the list.
    #[must_use]
    pub(in crate::app) fn item(&self, interview: &Interview<'_>) -> Option<Item> {
        let items = items(interview, self.is_unfolded);
        items.into_iter().nth(self.cursor)
    }

    /// Whether the page in view is that of the open questions, and there are any.
    #[must_use]
    pub(in crate::app) fn is_at_questions(&self, interview: &Interview<'_>) -> bool {
        self.open_questions(interview).is_some_and(|open| !open.is_empty())
    }

    /// The open questions that the page in view lists; `None` when it is another page.
    #[must_use]
    pub(in crate::app) fn open_questions(&self, interview: &Interview<'_>) -> Option<Vec<OpenQuestion>> {
        if self.page != Page::Open {
            return None;
        }
        Some(interview.open_questions(self.item(interview)?.cause()?))
    }

    /// Moves the selection, or scrolls the text while it is read. Beside the list, pages always scroll the text. A
    /// newly selected line shows its advice first.
    pub(in crate::app) fn motion(&mut self, motion: Motion, page: usize, last: usize, is_beside: bool) {
        let is_page = matches!(motion, Motion::PageUp | Motion::PageDown);
        if self.is_reading || (is_beside && is_page) {
            self.scroll = moved(self.scroll, motion, page, usize::MAX);
            return;
        }
        let cursor = moved(self.cursor, motion, page, last);
        if cursor != self.cursor {
            self.select(cursor);
        }
    }

    /// Selects a line of the list.
    pub(in crate::app) fn select(&mut self, cursor: usize) {
        *self = Results { cursor, figures: self.figures, is_unfolded: self.is_unfolded, ..Results::default() };
    }

    /// Goes to the next or previous page of text; after the last comes the first.
    pub(in crate::app) fn turn(&mut self, forward: bool) {
        let at = Page::ALL.iter().position(|page| *page == self.page).unwrap_or(0);
        let step = if forward { 1 } else { Page::ALL.len() - 1 };
        self.page = Page::ALL.into_iter().cycle().nth(at + step).unwrap_or_default();
        self.scroll = 0;
        self.open = 0;
    }

    /// Shows or hides the factors of the calculation; shows them on the page *Why*.
    pub(in crate::app) fn toggle_figures(&mut self) {
        self.figures = match self.figures {
            Figures::Hidden => Figures::Shown,
            Figures::Shown => Figures::Hidden,
        };
        if self.page != Page::Why {
            self.figures = Figures::Shown;
            self.page = Page::Why;
            self.scroll = 0;
        }
    }
}
