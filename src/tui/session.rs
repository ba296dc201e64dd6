//! The terminal as we found it, and as we need it.

use std::io::{self, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{execute, style};

/// While this lives, the terminal is ours. It is given back when it is dropped, also by a panic.
#[derive(Debug)]
pub struct Session(());

impl Session {
    /// Takes the terminal over.
    ///
    /// # Errors
    ///
    /// When there is none, or it cannot be written to.
    pub fn begin() -> io::Result<Session> {
        // Under NO_COLOR this crossterm would wipe reverse and bold too. We leave colours out ourselves.
        style::force_color_output(true);
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            // Before the message, so that it stands on the screen that stays.
            restore();
            previous(panic);
        }));
        enable_raw_mode()?;
        IS_OURS.store(true, Ordering::SeqCst);
        let session = Session(());
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        Ok(session)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        restore();
    }
}

/// Whether there is anything to give back.
static IS_OURS: AtomicBool = AtomicBool::new(false);

/// Gives the terminal back, once: leaving the alternate screen again would move the cursor to where it was before, and
/// what a panic said would be written over. Nothing can be done about an error.
fn restore() {
    if !IS_OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut output = io::stdout();
    let _ = execute!(output, DisableBracketedPaste, LeaveAlternateScreen, Show);
    let _ = disable_raw_mode();
    let _ = output.flush();
}
