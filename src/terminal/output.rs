//! The output that screens are drawn on.

use std::fs::File;
use std::io::{self, IsTerminal, Write};

/// Standard output, or, if that goes to a file or a pipe, the terminal that the program was started from.
#[derive(Debug)]
pub(super) enum ScreenOutput {
    Standard(io::Stdout),
    Terminal(File),
}

impl ScreenOutput {
    /// # Errors
    ///
    /// When there is no terminal.
    pub(super) fn open() -> io::Result<ScreenOutput> {
        let standard = io::stdout();
        if standard.is_terminal() {
            return Ok(ScreenOutput::Standard(standard));
        }
        File::options().write(true).open("/dev/tty").map(ScreenOutput::Terminal)
    }
}

impl Write for ScreenOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            ScreenOutput::Standard(output) => output.write(bytes),
            ScreenOutput::Terminal(output) => output.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            ScreenOutput::Standard(output) => output.flush(),
            ScreenOutput::Terminal(output) => output.flush(),
        }
    }
}
