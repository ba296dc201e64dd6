//! The line mode: plain sentences instead of screens, and typed lines instead of keys, for screen readers and pipes.
//!
//! [`App`] has all the state. A typed line does what keys would do, and the answer says the blocks of the screen that is then
//! in view.

mod commands;
mod input;
mod prompt;
mod question;
mod results;
mod write;

use crate::app::keymap::half_width;
use crate::app::{Action, App, Effect, Mode};
use crate::diagnostic::visible;
use write::Text;

/// The program in line mode.
#[derive(Debug)]
pub struct Plain<'q> {
    app: App<'q>,
    /// What the caller has to do after the last line.
    effect: Effect,
}

/// The answer to a typed line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The text to print; every line ends in a line feed.
    pub said: String,
    /// What the caller has to do.
    pub effect: Effect,
}

/// How a typed line was understood.
enum Heard {
    /// The screen stays the same; print this.
    Here(Text),
    /// Another screen may be in view; print this and then that screen.
    On(Text),
}

impl Heard {
    fn here(text: &str) -> Heard {
        Heard::Here(Text::from(text))
    }
}

impl<'q> Plain<'q> {
    /// The longest line that is read, in characters.
    pub const LONGEST: usize = 1000;

    /// The line mode of an app. Nothing of it is drawn any more.
    #[must_use]
    pub fn new(mut app: App<'q>) -> Plain<'q> {
        app.size = None;
        Plain { app, effect: Effect::Draw }
    }

    /// The state.
    #[must_use]
    pub fn app(&self) -> &App<'q> {
        &self.app
    }

    /// Runs `work` on the state, and returns its result with the text to print about it.
    pub fn with_app<T>(&mut self, work: impl FnOnce(&mut App<'q>) -> T) -> (T, String) {
        let done = work(&mut self.app);
        let mut text = Text::default();
        if !self.app.screens.top.screen.is_alarm() {
            text.sentences(&std::mem::take(&mut self.app.notice));
        }
        (done, text.into_string())
    }

    /// The text of the welcome and of the first screen.
    pub fn begin(&mut self) -> String {
        let mut text = Text::default();
        self.say(&mut text);
        text.into_string()
    }

    /// The prompt for the next line.
    #[must_use]
    pub fn prompt(&self) -> String {
        prompt::prompt(&self.app)
    }

    /// Does what a typed line says, and answers it.
    pub fn handle_line(&mut self, line: &str) -> Reply {
        self.effect = Effect::Draw;
        let heard = if line.chars().count() > Plain::LONGEST {
            Heard::here("That line is too long. Nothing was changed.")
        } else {
            // Control characters are made visible, as they could act on the terminal when repeated.
            let line: String = visible(line.trim_start_matches('\u{feff}').trim()).chars().map(half_width).collect();
            self.heard(line.trim())
        };
        let text = match heard {
            Heard::Here(text) => text,
            Heard::On(mut text) => {
                if self.app.screens.top.screen.is_alarm() {
                    text = Text::default();
                } else {
                    text.sentences(&std::mem::take(&mut self.app.notice));
                }
                text.blank();
                self.say(&mut text);
                text
            }
        };
        Reply { said: text.into_string(), effect: self.effect }
    }

    /// The text for the end of input: the results so far, in full.
    pub fn end(&mut self) -> String {
        results::end(&mut self.app).into_string()
    }

    /// Says the screen in view. The welcome is left at once, unless it offers something: in line mode no key is needed to begin.
    fn say(&mut self, text: &mut Text) {
        if self.app.mode() == Mode::Welcome {
            write::welcome(&self.app, text);
            self.app.update(Action::Accept, None);
            text.blank();
        }
        write::screen(&self.app, text);
    }
}
