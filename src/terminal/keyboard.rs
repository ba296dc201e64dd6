//! The keys on their way to the app: which of them are meant for the question in view.
//!
//! A key that answers is meant for it only if it was pressed after the question came on screen, and not held or bounced from
//! the one before. Time is passed in, so that tests need none.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::app::{Action, App, Effect, Key, action};
use crate::terminal::input::{Event, Input, Press};

/// A key that answers is not taken a second time within this time. A held key repeats every 25 to 50 ms, and a worn one
/// bounces sooner; fingers need more than 120 ms, and eyes more to read a question.
pub const HELD: Duration = Duration::from_millis(100);

/// Waits for keys, and hands them to the app.
#[derive(Debug)]
pub struct Keyboard {
    input: Input,
    /// What was not handed over yet, and when it came.
    waiting: VecDeque<(Event, Instant)>,
    /// The last key, and when it came.
    last: Option<(Key, Instant)>,
    /// When what is in view came on screen.
    shown: Instant,
}

impl Keyboard {
    /// A keyboard in front of a screen that is shown now.
    #[must_use]
    pub fn new(now: Instant) -> Keyboard {
        Keyboard { input: Input::default(), waiting: VecDeque::new(), last: None, shown: now }
    }

    /// Takes bytes from the terminal. As in any terminal, Ctrl-C drops what was typed ahead of it.
    pub fn read(&mut self, bytes: &[u8], now: Instant) {
        let events = self.input.read(bytes, now);
        self.wait_with(events, now);
    }

    /// Takes note of the time. To be called at [`Keyboard::deadline`], if nothing comes before.
    pub fn pass_time(&mut self, now: Instant) {
        let events = self.input.pass_time(now);
        self.wait_with(events, now);
    }

    /// When an unfinished sequence will have waited long enough.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        self.input.deadline()
    }

    /// Whether something waits to be handed over.
    #[must_use]
    pub fn has_events(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Takes note that what is in view has come on screen.
    pub fn show(&mut self, now: Instant) {
        self.shown = now;
    }

    /// Hands the next event to the app. Returns what the app asks for; `None` if nothing was done.
    pub fn hand_over(&mut self, app: &mut App<'_>) -> Option<Effect> {
        match self.waiting.pop_front()? {
            (Event::Key(press), came) => {
                let is_meant = self.is_meant(press, came, app);
                self.last = Some((press.key, came));
                if is_meant { app.press(press.key) } else { None }
            }
            (Event::Paste(text), _) => {
                self.last = None;
                app.paste(&text);
                Some(Effect::Draw)
            }
        }
    }

    fn wait_with(&mut self, events: Vec<Event>, now: Instant) {
        /// What comes on top of so many is dropped.
        const MOST: usize = 1 << 16;
        for event in events {
            if event == Event::Key(Key::Ctrl('c').into()) {
                self.waiting.clear();
            }
            if self.waiting.len() < MOST {
                self.waiting.push_back((event, now));
            }
        }
    }

    fn is_meant(&self, press: Press, came: Instant, app: &App<'_>) -> bool {
        let Some((action, _)) = action(press.key, app.mode()) else { return true };
        if press.is_repeat {
            return may_repeat(action);
        }
        let is_held =
            self.last.is_some_and(|(key, last)| key == press.key && came.duration_since(last.max(self.shown)) < HELD);
        !answers(action) || came >= self.shown && !is_held
    }
}

/// Whether an action may answer the question in view, and lead to the next.
fn answers(action: Action) -> bool {
    matches!(action, Action::Accept | Action::Forward | Action::NotSure | Action::NoneOfThese)
}

/// Whether holding a key may do an action again and again.
fn may_repeat(action: Action) -> bool {
    matches!(action, Action::Move(_) | Action::Type | Action::Erase | Action::EraseAll)
}
