//! Everything that touches the terminal: screens on it, line mode on it, and which of the two to use.

pub mod color;
mod input;
mod output;
pub mod session;
pub mod theme;
pub mod event_loop;
pub mod line_loop;
pub mod detect;
