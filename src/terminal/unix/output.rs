//! The output that screens are drawn on.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::termios::{tcgetwinsize, ttyname};

use crate::app::Size;

/// The terminal of standard output, or, if that goes to a file or a pipe, the terminal that the program was started from.
#[derive(Debug)]
pub(in crate::terminal) enum ScreenOutput {
    /// Opened anew, so that writing does not wait for a terminal that takes nothing. On standard output itself that would be
    /// so for every process that shares it.
    Own(File),
    /// Where it cannot be opened, as for another user or without free file descriptors.
    Standard(io::Stdout),
}

impl ScreenOutput {
    /// # Errors
    ///
    /// When there is no terminal.
    pub(in crate::terminal) fn open() -> io::Result<ScreenOutput> {
        let mut options = OpenOptions::new();
        options.write(true).custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
        let standard = io::stdout();
        if !standard.is_terminal() {
            return options.open("/dev/tty").map(ScreenOutput::Own);
        }
        let name = ttyname(&standard, Vec::new());
        let own = name.map_err(io::Error::from).and_then(|name| options.open(OsStr::from_bytes(name.as_bytes())));
        Ok(own.map_or(ScreenOutput::Standard(standard), ScreenOutput::Own))
    }

    /// How large the screen is. A terminal that does not know, such as a serial line, is as large as the environment says, or
    /// as terminals once were.
    pub(in crate::terminal) fn size(&self) -> Size {
        const USUAL: Size = Size { columns: 80, rows: 24 };
        let told = tcgetwinsize(self).ok();
        let said = |name: &str| std::env::var(name).ok().and_then(|value| value.trim().parse().ok());
        let or_said = |told: Option<u16>, name: &str, usual: u16| {
            told.filter(|cells| *cells > 0).or_else(|| said(name).filter(|cells| *cells > 0)).unwrap_or(usual)
        };
        Size {
            columns: or_said(told.map(|told| told.ws_col), "COLUMNS", USUAL.columns),
            rows: or_said(told.map(|told| told.ws_row), "LINES", USUAL.rows),
        }
    }
}

impl AsFd for ScreenOutput {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            ScreenOutput::Own(terminal) => terminal.as_fd(),
            ScreenOutput::Standard(output) => output.as_fd(),
        }
    }
}

impl Write for ScreenOutput {
    /// Fails with `TimedOut` when the terminal takes nothing for a second.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        const PATIENCE: Timespec = Timespec { tv_sec: 1, tv_nsec: 0 };
        if poll(&mut [PollFd::new(self, PollFlags::OUT)], Some(&PATIENCE))? == 0 {
            return Err(io::ErrorKind::TimedOut.into());
        }
        Ok(rustix::io::write(&*self, bytes)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
