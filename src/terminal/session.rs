//! Takes the terminal over for the screens, and gives it back as it was.

use std::io::{self, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{queue, style};

use crate::terminal::platform::{self, ScreenOutput};

/// While this exists, the terminal is in raw mode, and from the first frame on it shows the alternate screen. Dropping this
/// gives the terminal back; so does a panic.
#[derive(Debug)]
pub struct TerminalSession {
    /// What the screens are drawn on.
    pub(super) output: ScreenOutput,
}

impl TerminalSession {
    /// Takes the terminal over.
    ///
    /// # Errors
    ///
    /// When there is none, or it cannot be written to.
    pub fn begin() -> io::Result<TerminalSession> {
        // With NO_COLOR, crossterm would leave out reverse and bold, too. `Theme` leaves out colors alone.
        style::force_color_output(true);
        let output = ScreenOutput::open()?;
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            // Before the message, which would be lost with the alternate screen.
            give_back();
            previous(panic);
        }));
        enable_raw_mode()?;
        Ok(TerminalSession { output })
    }

    /// What has to be written before a frame: what brings up the alternate screen, unless that was written before. With the
    /// frame, and not earlier, so that no empty screen is to be seen.
    ///
    /// # Errors
    ///
    /// In memory, writing never fails.
    pub fn entry(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        if !HAS_SCREEN.swap(true, Ordering::SeqCst) {
            queue!(bytes, EnterAlternateScreen, EnableBracketedPaste)?;
            if tells_held_keys() {
                bytes.extend(b"\x1b[>31u");
            }
        }
        Ok(bytes)
    }

    /// Gives the terminal back and stops the process, until somebody sends SIGCONT. Then [`TerminalSession::resume`] has to be
    /// called. Without a shell that could send it this does nothing and returns false: the process would stop for ever.
    ///
    /// # Errors
    ///
    /// When the process group cannot be stopped.
    #[expect(clippy::unused_self, reason = "whoever has taken the terminal can give it back, nobody else")]
    pub(super) fn suspend(&self) -> io::Result<bool> {
        if !platform::is_under_a_shell() {
            return Ok(false);
        }
        give_back();
        platform::stop()?;
        Ok(true)
    }

    /// Takes the terminal over again, after something else may have used it.
    ///
    /// # Errors
    ///
    /// When its mode cannot be set.
    #[expect(clippy::unused_self, reason = "whoever had taken the terminal can take it again, nobody else")]
    pub(super) fn resume(&self) -> io::Result<()> {
        // Whoever was stopped from outside could not give it back before.
        give_back();
        enable_raw_mode()
    }
}

impl Drop for TerminalSession {
    fn drop(&mut self) {
        give_back();
    }
}

/// Whether the next frame finds the alternate screen as it was brought up.
static HAS_SCREEN: AtomicBool = AtomicBool::new(false);

/// Whether the terminal is asked to tell a held key from a new one, by kitty's keyboard protocol. Most do not know it and pass
/// over the request. Over a network it is not made: of the key that quits, the release would arrive after we have left, and be
/// typed into the shell. Windows tells keys in its own way.
fn tells_held_keys() -> bool {
    cfg!(unix) && ["SSH_CONNECTION", "SSH_TTY"].iter().all(|name| std::env::var_os(name).is_none())
}

/// Gives the terminal back, but only once: leaving the alternate screen a second time would move the cursor to where it was
/// before, and the message of a panic would be overwritten. Errors are ignored, as nothing can be done about them.
fn give_back() {
    // Also when the shell has done so: crossterm does not know that, and would not switch raw mode on again.
    let _ = disable_raw_mode();
    if !HAS_SCREEN.swap(false, Ordering::SeqCst) {
        return;
    }
    if let Ok(mut output) = ScreenOutput::open() {
        let mut bytes = Vec::new();
        if tells_held_keys() {
            bytes.extend(b"\x1b[<u");
        }
        // Where there is no alternate screen, what follows has to stand below what was drawn.
        let last = MoveTo(0, output.size().rows.saturating_sub(1));
        let _ = queue!(bytes, DisableBracketedPaste, last, Print("\n"), LeaveAlternateScreen, Show);
        let _ = output.write_all(&bytes);
    }
}
