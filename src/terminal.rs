//! Everything that touches the terminal: the screens that are drawn on it, the questions line by line, and which of the
//! two to use where nobody said.
//!
//! The entries are [`event_loop::run`] for screens and [`line_loop::run`] for lines. Both feed one [`crate::app::App`],
//! perform the effects that it asks for, and let [`crate::storage::autosave`] keep the answers before they show that an
//! answer was taken.
//!
//! Whatever ends the program, the terminal is given back as it was found ([`session`]), also after a panic.

pub mod color;
pub mod input;
pub mod keyboard;
pub mod display;
pub mod clipboard;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;
pub mod session;
pub mod event_loop;
pub mod line_loop;
pub mod detect;

use std::io;

use crate::diagnostic::Diagnostic;
pub use platform::{FileWatch, end_at_ctrl_c, end_only_outside, make_large_files_an_error};
#[cfg(unix)]
use unix as platform;
#[cfg(windows)]
use windows as platform;

/// The exit status after Ctrl-C: what a shell says of a program that SIGINT has ended.
pub const INTERRUPTED: u8 = 130;

/// Why an interview could not be begun, or not be ended as it should.
#[derive(Debug)]
pub enum InterviewFailure {
    /// There is no terminal to draw on.
    NoTerminal(io::Error),
    /// Reading what the person types, or writing what they should see, went wrong.
    Io(io::Error),
    /// The question file has problems.
    Questions(Vec<Diagnostic>),
    /// The interview is finished, but its draft could not be deleted.
    Undeleted(io::Error),
    /// The person pressed Ctrl-C.
    Interrupted,
}

impl From<io::Error> for InterviewFailure {
    fn from(error: io::Error) -> InterviewFailure {
        InterviewFailure::Io(error)
    }
}
