//! The program line by line: what is said instead of drawn, and what typed lines do.
//!
//! [`App`] is the one state machine: a typed line does what keys would do, and what is said is read off the screen in view.

mod input;
mod commands;
mod answer;
mod options;
mod prompt;
mod output;
mod results;
mod sentences;

use crate::app::{App, Effect, Key, Screen, Size};
use crate::diagnostic::visible;
use sentences::Text;

/// The program, line by line.
#[derive(Debug)]
pub struct Plain<'q> {
    app: App<'q>,
    /// What the last line leaves to be done.
    effect: Effect,
}

/// What a typed line led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What is said, in whole lines.
    pub said: String,
    /// What is left to be done.
    pub effect: Effect,
}

/// A text without its arrows: "Dehydration 2nd, now 5th."
fn spoken(text: &str) -> String {
    text.replace(" → ", ", now ")
}

/// What hearing a line did.
enum Heard {
    /// The screen in view is still the same; this is said about it.
    Here(Text),
    /// Another screen may be in view, and is said after this.
    On(Text),
    /// The program ends.
    Quit,
}

impl<'q> Plain<'q> {
    /// The longest line that is listened to, in characters.
    pub const LONGEST: usize = 1000;

    /// The program at its welcome screen, to be told line by line.
    #[must_use]
    pub fn new(mut app: App<'q>) -> Plain<'q> {
        // Nothing is drawn, so that everything is in view.
        app.resize(Size { columns: 100, rows: u16::MAX });
        Plain { app, effect: Effect::Draw }
    }

    /// The state behind it.
    #[must_use]
    pub fn app(&self) -> &App<'q> {
        &self.app
    }

    /// Does something with the state behind it, and gives what there is to tell of that.
    pub fn with_app<T>(&mut self, work: impl FnOnce(&mut App<'q>) -> T) -> (T, String) {
        let done = work(&mut self.app);
        let mut text = Text::default();
        // Beside an emergency nothing is told.
        if !matches!(self.app.screen, Screen::ConfirmAlarm(_) | Screen::AlarmAdvice(_))
            && let Some(notice) = self.app.notice.take()
        {
            text.sentences(&spoken(&notice));
        }
        (done, text.into_string())
    }

    /// The welcome, and what is asked first.
    pub fn begin(&mut self) -> String {
        let mut text = Text::default();
        self.go_in(&mut text);
        self.say(&mut text);
        text.into_string()
    }

    /// What stands before a line that is typed.
    #[must_use]
    pub fn prompt(&self) -> String {
        prompt::prompt(&self.app)
    }

    /// Hears a typed line.
    pub fn handle_line(&mut self, line: &str) -> Reply {
        self.effect = Effect::Draw;
        let heard = if line.chars().count() > Plain::LONGEST {
            Heard::Here(Text::from("That line is too long. Nothing was changed."))
        } else {
            // What would act on a terminal is no answer, and is shown as what it is.
            self.heard(visible(line.trim_start_matches('\u{feff}').trim()).trim())
        };
        match heard {
            Heard::Here(text) => Reply { said: text.into_string(), effect: self.effect },
            Heard::Quit => Reply { said: String::new(), effect: Effect::Quit },
            Heard::On(mut text) => {
                if matches!(self.app.screen, Screen::ConfirmAlarm(_) | Screen::AlarmAdvice(_)) {
                    // Nothing stands beside an emergency.
                    text = Text::default();
                } else if let Some(notice) = self.app.notice.take() {
                    text.sentences(&spoken(&notice));
                }
                text.blank();
                self.go_in(&mut text);
                self.say(&mut text);
                Reply { said: text.into_string(), effect: self.effect }
            }
        }
    }

    /// No more lines will come: the results so far, in full.
    pub fn end(&mut self) -> String {
        results::end(&mut self.app).into_string()
    }

    /// Nobody has to press a key to begin: what comes next follows the welcome at once.
    fn go_in(&mut self, text: &mut Text) {
        if matches!(self.app.screen, Screen::Welcome { .. }) {
            output::welcome(&self.app, text);
            self.app.press(Key::Enter);
            text.blank();
        }
    }

    fn say(&self, text: &mut Text) {
        output::screen(&self.app, text);
    }
}
