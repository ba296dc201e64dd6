//! Output that no signal cuts in the middle of a line.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use crate::terminal;

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
        terminal::end_only_outside(&writing)?;
        Ok(WholeLines { output, writing })
    }
}

impl<W: Write> Write for WholeLines<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.output.write_all(bytes)?;
        self.output.flush()?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
