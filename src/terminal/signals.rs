//! What signals do where no screens are drawn.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGXFSZ};
use signal_hook::flag;

/// The exit status after Ctrl-C: what a shell says of a program that SIGINT has ended.
pub const INTERRUPTED: u8 = 130;

/// From now on, Ctrl-C in a terminal that is not in raw mode ends the program with [`INTERRUPTED`].
///
/// # Errors
///
/// When the system refuses.
pub fn end_at_ctrl_c() -> io::Result<()> {
    flag::register_conditional_shutdown(SIGINT, INTERRUPTED.into(), Arc::new(AtomicBool::new(true))).map(drop)
}

/// From now on, a file that becomes larger than the system allows is an error of whatever writes it, and does not end the
/// program.
///
/// # Errors
///
/// When the system refuses.
pub fn make_large_files_an_error() -> io::Result<()> {
    // Nobody looks at the flag: to be caught is enough.
    flag::register(SIGXFSZ, Arc::default()).map(drop)
}
