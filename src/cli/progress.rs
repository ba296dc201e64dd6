//! How far something long is, on standard error while that is a terminal.

use std::io::{IsTerminal, Write, stderr};

/// Says how far something is.
#[derive(Debug)]
pub(super) struct Progress {
    is_seen: bool,
}

impl Progress {
    pub(super) fn on_stderr() -> Progress {
        Progress { is_seen: stderr().is_terminal() }
    }

    pub(super) fn tell(&mut self, known: usize, of: usize) {
        if self.is_seen {
            // Who cannot be told is not kept from the result.
            let _ = write!(stderr(), "\rproving: {known} of {of} ");
        }
    }

    /// Leaves the line as it was.
    pub(super) fn end(&mut self) {
        if self.is_seen {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}
