//! The terminal of Unix: bytes, signals and job control.

mod output;
mod signals;
mod suspend;
mod watch;
mod wakeups;

pub(super) use output::ScreenOutput;
pub(super) use suspend::{is_under_a_shell, stop};
pub(super) use wakeups::{Wakeup, Wakeups};

pub use signals::{end_at_ctrl_c, end_only_outside, make_large_files_an_error};
pub use watch::FileWatch;
