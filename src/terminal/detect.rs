//! How the questions are asked: on screens, or line by line.

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal};

/// How the questions are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Front {
    /// On screens that are drawn.
    Screens,
    /// Line by line.
    Lines,
}

/// What the program found around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// What `ACCESSIBLE` says.
    pub accessible: Option<OsString>,
    /// What `TERM` says.
    pub term: Option<OsString>,
    /// Whether standard input is a terminal.
    pub hears_a_terminal: bool,
    /// Whether there is a terminal to draw on: standard output, or the one that the program was started from.
    pub has_a_screen: bool,
}

impl Surroundings {
    /// Looks around.
    #[must_use]
    pub fn find() -> Surroundings {
        Surroundings {
            accessible: std::env::var_os("ACCESSIBLE"),
            term: std::env::var_os("TERM"),
            hears_a_terminal: io::stdin().is_terminal(),
            has_a_screen: io::stdout().is_terminal() || can_open_the_terminal(),
        }
    }

    /// How the questions are asked here when nobody said how.
    #[must_use]
    pub fn front(&self) -> Front {
        let is_wanted = self.accessible.as_deref().is_some_and(is_set);
        let is_dumb = self.term.as_deref() == Some(OsStr::new("dumb"));
        if is_wanted || is_dumb || !self.hears_a_terminal || !self.has_a_screen { Front::Lines } else { Front::Screens }
    }
}

/// Whether a variable says yes: it is not empty, nor 0, nor false.
fn is_set(value: &OsStr) -> bool {
    !value.is_empty() && value != "0" && !value.eq_ignore_ascii_case("false")
}

/// Whether the terminal that the program was started from is there, wherever standard output goes.
fn can_open_the_terminal() -> bool {
    std::fs::OpenOptions::new().read(true).write(true).open("/dev/tty").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal() -> Surroundings {
        Surroundings {
            accessible: None,
            term: Some("xterm-256color".into()),
            hears_a_terminal: true,
            has_a_screen: true,
        }
    }

    #[track_caller]
    fn check(surroundings: &Surroundings, expected: Front) {
        assert_eq!(surroundings.front(), expected, "{surroundings:?}");
    }

    #[test]
    fn on_a_terminal_there_are_screens() {
        check(&terminal(), Front::Screens);
        check(&Surroundings { term: None, ..terminal() }, Front::Screens);
    }

    #[test]
    fn without_a_terminal_to_read_or_to_draw_on_there_are_lines() {
        check(&Surroundings { hears_a_terminal: false, ..terminal() }, Front::Lines);
        check(&Surroundings { has_a_screen: false, ..terminal() }, Front::Lines);
    }

    #[test]
    fn on_a_dumb_terminal_there_are_lines() {
        check(&Surroundings { term: Some("dumb".into()), ..terminal() }, Front::Lines);
    }

    #[test]
    fn whoever_needs_lines_says_so_once_for_all_programs() {
        for (value, expected) in [
            ("1", Front::Lines),
            ("yes", Front::Lines),
            ("", Front::Screens),
            ("0", Front::Screens),
            ("false", Front::Screens),
            ("False", Front::Screens),
        ] {
            check(&Surroundings { accessible: Some(value.into()), ..terminal() }, expected);
        }
    }
}
