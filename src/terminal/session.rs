//! The terminal as we found it, and as we need it.

use std::io::{self, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, style};
use rustix::process::{Signal, getpgrp, getppid, getsid, kill_current_process_group};

use crate::terminal::output::ScreenOutput;

/// While this lives, the terminal is ours. It is given back when it is dropped, also by a panic.
#[derive(Debug)]
pub struct TerminalSession(());

impl TerminalSession {
    /// Takes the terminal over.
    ///
    /// # Errors
    ///
    /// When there is none, or it cannot be written to.
    pub fn begin() -> io::Result<TerminalSession> {
        // Under NO_COLOR this crossterm would wipe reverse and bold too. We leave colours out ourselves.
        style::force_color_output(true);
        let mut output = ScreenOutput::open()?;
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            // Before the message, so that it stands on the screen that stays.
            restore();
            previous(panic);
        }));
        // Whoever drops it gives the terminal back, also when only half of it was taken.
        let session = TerminalSession(());
        take(&mut output)?;
        Ok(session)
    }

    /// Gives the terminal back and stops. Whoever lets us go on sends SIGCONT, and then it is time for [`Session::resume`].
    /// False, with nothing done, when there is no shell that could: we would stop for ever.
    ///
    /// # Errors
    ///
    /// When the process group cannot be stopped.
    #[expect(clippy::unused_self, reason = "only who has taken the terminal can give it back")]
    pub(super) fn suspend(&self) -> io::Result<bool> {
        if !is_under_a_shell() {
            return Ok(false);
        }
        restore();
        // The whole group, since a shell takes a pipeline for stopped when all of it is. Not SIGTSTP, which we catch.
        kill_current_process_group(Signal::STOP)?;
        Ok(true)
    }

    /// Takes the terminal over again, after something else may have used it.
    ///
    /// # Errors
    ///
    /// When it cannot be written to.
    #[expect(clippy::unused_self, reason = "only who had taken the terminal can take it again")]
    pub(super) fn resume(&self) -> io::Result<()> {
        // Raw mode may be off though crossterm takes it for on: the shell has set its own modes.
        disable_raw_mode()?;
        take(&mut ScreenOutput::open()?)
    }
}

impl Drop for TerminalSession {
    fn drop(&mut self) {
        restore();
    }
}

/// Whether there is anything to give back.
static IS_OURS: AtomicBool = AtomicBool::new(false);

fn take(output: &mut impl Write) -> io::Result<()> {
    IS_OURS.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(output, EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste)
}

/// Gives the terminal back, once: leaving the alternate screen again would move the cursor to where it was before, and
/// what a panic said would be written over. Nothing can be done about an error.
fn restore() {
    if !IS_OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    if let Ok(mut output) = ScreenOutput::open() {
        let _ = execute!(output, DisableBracketedPaste, LeaveAlternateScreen, Show);
    }
    let _ = disable_raw_mode();
}

/// Whether a shell in our session can let us go on. In an orphaned process group nobody can (POSIX.1-2017, 3.264): in that
/// of the session leader, or when our parent is in no session of ours.
fn is_under_a_shell() -> bool {
    let session = |process| getsid(process).ok();
    let is_group_of_leader = session(None) == Some(getpgrp());
    !is_group_of_leader && getppid().is_some_and(|parent| session(Some(parent)) == session(None))
}
