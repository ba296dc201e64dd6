//! The program in a real pseudo-terminal.

#![cfg(unix)]

mod interview;
mod jobs;
mod pty;
