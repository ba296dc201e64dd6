//! The program in a real pseudo-terminal.

#![cfg(unix)]

mod completion;
mod drafts;
mod hostile;
mod interview;
mod jobs;
mod preview;
pub(crate) mod pty;
mod reports;
