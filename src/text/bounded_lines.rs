//! Reads lines of input one at a time, without keeping more of a line than a limit allows.

use std::io::{self, BufRead, Read};

/// How reading a line went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineRead {
    /// A line was read.
    Whole,
    /// The line is longer than the limit; the rest of it was skipped.
    TooLong,
    /// There are no more lines.
    End,
}

/// Reads one line of at most `limit` bytes into `line`, without its line break.
///
/// # Errors
///
/// When `input` cannot be read.
pub fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>, limit: usize) -> io::Result<LineRead> {
    line.clear();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    if input.by_ref().take(most).read_until(b'\n', line)? == 0 {
        return Ok(LineRead::End);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        return Ok(LineRead::Whole);
    }
    if line.len() <= limit {
        return Ok(LineRead::Whole);
    }
    input.skip_until(b'\n')?;
    Ok(LineRead::TooLong)
}
