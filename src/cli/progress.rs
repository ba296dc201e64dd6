//! A line that shows progress, on standard error if that is a terminal.

use std::io::{IsTerminal, Write, stderr};

/// A line that is written over and over.
#[derive(Debug)]
pub(super) struct ProgressLine {
    is_terminal: bool,
}

impl ProgressLine {
    pub(super) fn on_stderr() -> ProgressLine {
        ProgressLine { is_terminal: stderr().is_terminal() }
    }

    pub(super) fn show(&mut self, known: usize, of: usize) {
        if self.is_terminal {
            // The result matters more than a line that cannot be written.
            let _ = write!(stderr(), "\rproving: {known} of {of} ");
        }
    }

    /// Erases the line.
    pub(super) fn erase(&mut self) {
        if self.is_terminal {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}
