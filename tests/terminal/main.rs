//! The program in a real pseudo-terminal.

#![cfg(unix)]

mod drafts;
mod interview;
mod jobs;
mod pty;
mod reports;
