//! How far something long is, on standard error while that is a terminal.

use std::io::{IsTerminal, Write, stderr};

/// Says how far something is.
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
            // Who cannot be told is not kept from the result.
            let _ = write!(stderr(), "\rproving: {known} of {of} ");
        }
    }

    /// Leaves the line as it was.
    pub(super) fn erase(&mut self) {
        if self.is_terminal {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}
