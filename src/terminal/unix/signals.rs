//! What signals do where no screens are drawn.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::{fs, thread};

use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::flag;
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use crate::terminal::INTERRUPTED;

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

/// From now on, SIGINT and SIGTERM end the program only while nobody holds this. A second signal ends it at once: whoever
/// holds it may be waiting for somebody to read what is written.
///
/// # Errors
///
/// When the system refuses.
pub fn end_only_outside(held: &Arc<Mutex<()>>) -> io::Result<()> {
    // In the background of a script, SIGINT is ignored, and stays so.
    let signals = [SIGINT, SIGTERM].into_iter().filter(|signal| !is_ignored(*signal));
    let is_second = Arc::new(AtomicBool::new(false));
    for signal in signals.clone() {
        flag::register_conditional_default(signal, Arc::clone(&is_second))?;
    }
    let mut signals = Signals::new(signals)?;
    let held = Arc::clone(held);
    thread::Builder::new().spawn(move || {
        if let Some(signal) = signals.forever().next() {
            is_second.store(true, Ordering::Relaxed);
            let _outside = held.lock().unwrap_or_else(PoisonError::into_inner);
            // It does not return.
            let _ = emulate_default_handler(signal);
        }
    })?;
    Ok(())
}

/// Whether the process was started with a signal ignored.
fn is_ignored(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask & (1 << (signal - 1)) != 0
}
