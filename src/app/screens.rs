//! The screens: each has its state, what keys change in it, and the blocks that it says.

pub(in crate::app) mod alarm;
pub(in crate::app) mod answers;
pub(in crate::app) mod leave;
pub(in crate::app) mod question;
pub(in crate::app) mod results;
pub(in crate::app) mod texts;
pub mod resume;
pub mod since;

use la_arena::Idx;

use crate::app::blocks::View;
use crate::app::frame::place::Place;
use crate::app::keymap::{Action, Binding, bindings};
use crate::app::{App, Mode};
use crate::questionnaire::{Alarm, Kind, Question};
use question::Card;
use results::Results;
use since::Start;

/// What is in view.
#[derive(Debug, Clone)]
pub(in crate::app) enum Screen {
    Welcome,
    /// Says that another window keeps the answers, and asks whether to take over.
    InUse,
    /// Asks whether to go on with earlier answers.
    Offer,
    /// Shows the answers that are kept from an earlier report.
    Kept,
    Question(Card),
    /// Why the question below is asked, on a screen of its own.
    Why(Idx<Question>),
    /// Shows the answers that raise an alarm, and asks whether they are right.
    ConfirmAlarm(Idx<Alarm>),
    /// Says what to do about a confirmed alarm.
    AlarmAdvice(Idx<Alarm>),
    Answers,
    Peek,
    Results(Results),
    /// The keys that work on the screen below, and whether those that move do.
    Help(bool),
    StartOver,
    Leave,
    /// What is wrong with the question file.
    Problems,
}

/// Which screen is in view, and on a question which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scene(std::mem::Discriminant<Screen>, Option<Idx<Question>>);

/// A screen, and where one is on it.
#[derive(Debug, Clone)]
pub(in crate::app) struct Layer {
    pub(in crate::app) screen: Screen,
    pub(in crate::app) main: Place,
    pub(in crate::app) side: Place,
}

impl Layer {
    fn new(screen: Screen) -> Layer {
        Layer { screen, main: Place::default(), side: Place::default() }
    }
}

/// The screens that lie on one another. The one on top is in view.
#[derive(Debug)]
pub(in crate::app) struct Stack {
    pub(in crate::app) top: Layer,
    below: Vec<Layer>,
}

impl Stack {
    /// A single screen.
    pub(in crate::app) fn new(screen: Screen) -> Stack {
        Stack { top: Layer::new(screen), below: Vec::new() }
    }

    /// The line that is selected on the results, whatever lies on them.
    pub(in crate::app) fn cursor_on_results(&self) -> usize {
        self.layers().find(|layer| layer.screen.is_results()).map_or(0, |layer| layer.main.cursor)
    }

    /// Selects a line on the screen in view, and scrolls to it.
    pub(in crate::app) fn select(&mut self, cursor: usize) {
        self.top.main = Place { cursor, scroll: 0, follows: true };
        self.top.side = Place::default();
    }

    /// The screens from the one in view down.
    pub(in crate::app) fn down(&self) -> impl Iterator<Item = &Screen> {
        self.layers().map(|layer| &layer.screen)
    }

    fn layers(&self) -> impl Iterator<Item = &Layer> {
        std::iter::once(&self.top).chain(self.below.iter().rev())
    }

    /// Shows a screen instead of all others.
    pub(in crate::app) fn show(&mut self, screen: Screen) {
        *self = Stack::new(screen);
    }

    /// Shows a screen on top of the one in view.
    pub(in crate::app) fn push(&mut self, screen: Screen) {
        let below = std::mem::replace(&mut self.top, Layer::new(screen));
        self.below.push(below);
    }

    /// Closes the screen in view, unless it is the only one.
    pub(in crate::app) fn pop(&mut self) {
        if let Some(below) = self.below.pop() {
            self.top = below;
        }
    }

    /// Closes screens until a kind of screen is in view. Returns whether there is one.
    pub(in crate::app) fn pop_to(&mut self, is_it: impl Fn(&Screen) -> bool) -> bool {
        let has_it = self.down().any(&is_it);
        while has_it && !is_it(&self.top.screen) {
            self.pop();
        }
        has_it
    }
}

impl Screen {
    pub(in crate::app) fn is_results(&self) -> bool {
        matches!(self, Screen::Results(_))
    }

    /// Whether it is about an alarm that interrupts: it is shown alone, without notices.
    pub(in crate::app) fn is_alarm(&self) -> bool {
        matches!(self, Screen::ConfirmAlarm(_) | Screen::AlarmAdvice(_))
    }

    /// Whether a question that is opened from it leads back to it.
    pub(in crate::app) fn is_led_back_to(&self) -> bool {
        matches!(self, Screen::Results(_) | Screen::Kept)
    }
}

impl App<'_> {
    /// What the screen in view says.
    pub(in crate::app) fn view(&self) -> View {
        let mut view = match &self.screens.top.screen {
            Screen::Welcome => texts::welcome(self),
            Screen::InUse => resume::in_use(self),
            Screen::Offer => resume::offer(self),
            Screen::Kept => since::view(self),
            Screen::Question(card) => question::view::view(self, card),
            Screen::Why(question) => texts::why(self, *question),
            Screen::ConfirmAlarm(alarm) => alarm::confirm(self, *alarm),
            Screen::AlarmAdvice(alarm) => alarm::advice(self, *alarm),
            Screen::Answers => answers::view(self),
            Screen::Peek => texts::peek(self),
            Screen::Results(results) => results::view::view(self, *results),
            Screen::Help(moves) => texts::help(self, *moves),
            Screen::StartOver => leave::start_over(),
            Screen::Leave => leave::leave(self),
            Screen::Problems => self.problems(),
        };
        if !self.screens.top.screen.is_alarm() && !self.screens.top.screen.is_results() {
            view.main.badge = alarm::standing(self);
        }
        if let Some(what_if) = self.what_if_banner() {
            view.banner.body.insert(0, what_if);
            view.banner.title = "What if · Esc leads back".into();
        }
        if let Some(problem) = self.file_problem_banner() {
            view.banner.body.insert(0, problem);
            if view.banner.title.is_empty() {
                view.banner.title = "Preview".into();
            }
        }
        view
    }

    /// Which screen is in view, to compare with another time.
    #[must_use]
    pub fn scene(&self) -> Scene {
        let screen = &self.screens.top.screen;
        let question = if let Screen::Question(card) = screen { Some(card.question) } else { None };
        Scene(std::mem::discriminant(screen), question)
    }

    /// The keys that do something now on a screen, in the order of their table. Those for pages do only where it `has_pages`.
    pub(in crate::app) fn keys(&self, screen: &Screen, has_pages: bool) -> impl Iterator<Item = &'static Binding> {
        let is_live = move |action| match action {
            Action::NextPage | Action::PreviousPage | Action::Figures => has_pages,
            _ => !self.leads_nowhere(action, screen),
        };
        bindings(self.mode_of(screen)).filter(move |binding| is_live(binding.action))
    }

    /// Whether an action leads back on a screen that nothing came before, or is about something that is not there.
    pub(in crate::app) fn leads_nowhere(&self, action: Action, screen: &Screen) -> bool {
        match (action, screen) {
            (Action::Close, Screen::Welcome | Screen::InUse | Screen::Offer | Screen::Kept) => true,
            (Action::Back, Screen::Question(_)) => {
                self.interview.previous().is_none() && !self.screens.down().any(Screen::is_led_back_to)
            }
            (Action::Accept, Screen::Question(card)) => card.rows(&self.interview).is_empty(),
            (Action::Copy, _) => self.opening.no_copy,
            _ => false,
        }
    }

    /// Which keys work on a screen.
    pub(in crate::app) fn mode_of(&self, screen: &Screen) -> Mode {
        let is_what_if = self.what_if.is_some();
        match screen {
            Screen::Welcome if !matches!(self.opening.start, Start::Offered(_)) => Mode::Welcome,
            Screen::Question(card) if card.search.is_some() => Mode::Search,
            Screen::Question(card) => match self.interview.questionnaire().questions[card.question].kind {
                Kind::One(_) if card.is_searchable(&self.interview) => Mode::LongOne,
                Kind::One(_) => Mode::One,
                Kind::Many { .. } if card.is_searchable(&self.interview) => Mode::LongMany,
                Kind::Many { .. } => Mode::Many,
                Kind::Number { .. } => Mode::Number,
            },
            Screen::Why(_) => Mode::Why,
            Screen::Answers => Mode::Answers,
            Screen::Peek => Mode::Peek,
            Screen::Results(results) => match (results.is_reading, is_what_if) {
                (false, false) => Mode::Results,
                (false, true) => Mode::WhatIf,
                (true, true) => Mode::WhatIfDetails,
                (true, false) if !results.questions(self).is_empty() => Mode::StillOpen,
                (true, false) => Mode::Details,
            },
            Screen::Help(_) => Mode::Help,
            Screen::Problems => Mode::Problems,
            _ => Mode::Choice,
        }
    }
}
