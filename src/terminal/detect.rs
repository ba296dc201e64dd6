//! Chooses between screens and line mode, where the command line does not.

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal};

/// How the questions are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interface {
    /// On screens that are drawn.
    Screens,
    /// Line by line.
    Lines,
}

/// What the choice depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// The variable `ACCESSIBLE`.
    pub accessible: Option<OsString>,
    /// The variable `TERM`.
    pub term: Option<OsString>,
    /// Whether standard input is a terminal.
    pub stdin_is_terminal: bool,
    /// Whether there is a terminal to draw on: standard output, or the terminal that the program was started from.
    pub has_terminal_to_draw_on: bool,
}

impl Environment {
    /// The environment of this process.
    #[must_use]
    pub fn find() -> Environment {
        Environment {
            accessible: std::env::var_os("ACCESSIBLE"),
            term: std::env::var_os("TERM"),
            stdin_is_terminal: io::stdin().is_terminal(),
            has_terminal_to_draw_on: io::stdout().is_terminal() || can_open_the_terminal(),
        }
    }

    /// How the questions are asked unless the command line says how.
    #[must_use]
    pub fn default_interface(&self) -> Interface {
        let is_wanted = self.accessible.as_deref().is_some_and(says_yes);
        let is_dumb = self.term.as_deref() == Some(OsStr::new("dumb"));
        if is_wanted || is_dumb || !self.stdin_is_terminal || !self.has_terminal_to_draw_on {
            Interface::Lines
        } else {
            Interface::Screens
        }
    }
}

/// Whether a variable means yes: anything but an empty text, 0 and false.
fn says_yes(value: &OsStr) -> bool {
    !value.is_empty() && value != "0" && !value.eq_ignore_ascii_case("false")
}

/// Whether the program was started from a terminal, wherever standard output goes.
fn can_open_the_terminal() -> bool {
    std::fs::OpenOptions::new().read(true).write(true).open("/dev/tty").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal() -> Environment {
        Environment {
            accessible: None,
            term: Some("xterm-256color".into()),
            stdin_is_terminal: true,
            has_terminal_to_draw_on: true,
        }
    }

    #[track_caller]
    fn check(environment: &Environment, expected: Interface) {
        assert_eq!(environment.default_interface(), expected, "{environment:?}");
    }

    #[test]
    fn on_a_terminal_there_are_screens() {
        check(&terminal(), Interface::Screens);
        check(&Environment { term: None, ..terminal() }, Interface::Screens);
    }

    #[test]
    fn without_a_terminal_to_read_or_to_draw_on_there_are_lines() {
        check(&Environment { stdin_is_terminal: false, ..terminal() }, Interface::Lines);
        check(&Environment { has_terminal_to_draw_on: false, ..terminal() }, Interface::Lines);
    }

    #[test]
    fn on_a_dumb_terminal_there_are_lines() {
        check(&Environment { term: Some("dumb".into()), ..terminal() }, Interface::Lines);
    }

    #[test]
    fn the_variable_accessible_asks_for_lines() {
        for (value, expected) in [
            ("1", Interface::Lines),
            ("yes", Interface::Lines),
            ("", Interface::Screens),
            ("0", Interface::Screens),
            ("false", Interface::Screens),
            ("False", Interface::Screens),
        ] {
            check(&Environment { accessible: Some(value.into()), ..terminal() }, expected);
        }
    }
}
