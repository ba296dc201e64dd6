//! Output that no signal cuts in the middle of a line.

use std::fs;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

/// Writes whole lines, each `write` in one piece: SIGINT and SIGTERM end the process only between two of them.
pub(super) struct WholeLines<W> {
    output: W,
    writing: Arc<Mutex<()>>,
}

impl<W: Write> WholeLines<W> {
    /// # Errors
    ///
    /// When signals cannot be waited for.
    pub(super) fn new(output: W) -> io::Result<WholeLines<W>> {
        let writing = Arc::new(Mutex::new(()));
        end_between_lines(&writing)?;
        Ok(WholeLines { output, writing })
    }
}

impl<W: Write> Write for WholeLines<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _writing = lock(&self.writing);
        self.output.write_all(bytes)?;
        self.output.flush()?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Waits for a signal, then for the line that is being written, and ends the process. A second signal ends it at once, as the
/// line may be waiting for somebody to read it.
fn end_between_lines(writing: &Arc<Mutex<()>>) -> io::Result<()> {
    // In the background of a script, SIGINT is ignored, and stays so.
    let signals = [SIGINT, SIGTERM].into_iter().filter(|signal| !is_ignored(*signal));
    let is_second = Arc::new(AtomicBool::new(false));
    for signal in signals.clone() {
        flag::register_conditional_default(signal, Arc::clone(&is_second))?;
    }
    let mut signals = Signals::new(signals)?;
    let writing = Arc::clone(writing);
    thread::Builder::new().spawn(move || {
        if let Some(signal) = signals.forever().next() {
            is_second.store(true, Ordering::Relaxed);
            let _writing = lock(&writing);
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

fn lock(writing: &Mutex<()>) -> MutexGuard<'_, ()> {
    writing.lock().unwrap_or_else(PoisonError::into_inner)
}
