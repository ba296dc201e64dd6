//! Where the screens are drawn.

use std::fs::File;
use std::io::{self, IsTerminal, Write};

/// What the screens are written to: standard output, or, while that goes to a file or a pipe, the terminal that the
/// program was started from.
#[derive(Debug)]
pub(super) enum Output {
    Standard(io::Stdout),
    Terminal(File),
}

impl Output {
    /// # Errors
    ///
    /// When there is no terminal.
    pub(super) fn open() -> io::Result<Output> {
        let standard = io::stdout();
        if standard.is_terminal() {
            return Ok(Output::Standard(standard));
        }
        File::options().write(true).open("/dev/tty").map(Output::Terminal)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Standard(output) => output.write(bytes),
            Output::Terminal(output) => output.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Standard(output) => output.flush(),
            Output::Terminal(output) => output.flush(),
        }
    }
}
