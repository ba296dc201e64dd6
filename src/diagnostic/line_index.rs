//! Lines and columns of places in a file.

use std::collections::BTreeMap;
use std::ops::Range;

/// The bytes at which the lines of a file begin.
#[derive(Debug, Clone)]
pub struct LineIndex {
    /// One for each line, in ascending order. The first is 0.
    starts: Vec<usize>,
    /// The length of the file.
    end: usize,
    /// The length of the byte order mark, which takes up no column of the first line: 0 or 3.
    byte_order_mark: usize,
}

/// A place in a file, as people and editors name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The byte, from 0.
    pub byte: usize,
}

impl LineIndex {
    /// Finds the lines of a file. They end with a line feed.
    #[must_use]
    pub fn new(bytes: &[u8]) -> LineIndex {
        let after_breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        let byte_order_mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        LineIndex { starts: std::iter::once(0).chain(after_breaks).collect(), end: bytes.len(), byte_order_mark }
    }

    /// The line that a byte is on, from 1. What lies behind the end of the file is on the last one.
    #[must_use]
    pub fn line(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte)
    }

    /// The bytes of a line, with its line feed. The last line has none.
    #[must_use]
    pub fn bytes(&self, line: usize) -> Range<usize> {
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.end);
        start..self.starts.get(line).copied().unwrap_or(self.end)
    }

    /// The bytes of a line without its line feed and without a byte order mark: from its first column to its end.
    #[must_use]
    pub fn columns(&self, line: usize) -> Range<usize> {
        let Range { start, end } = self.bytes(line);
        let line_feed = usize::from(line < self.starts.len());
        start.max(self.byte_order_mark)..end.saturating_sub(line_feed)
    }

    /// The positions of some bytes of the file, which is given again, by byte. What lies behind its end has the position
    /// of the end.
    #[must_use]
    pub fn positions(&self, file: &[u8], at: impl IntoIterator<Item = usize>) -> BTreeMap<usize, Position> {
        let first = Position { line: 1, column: 1, byte: self.byte_order_mark };
        let mut positions: BTreeMap<usize, Position> = at.into_iter().map(|byte| (byte, first)).collect();
        let mut known = first;
        // In ascending order, and from the one before on the same line, so that no line is counted twice, however long.
        for (byte, position) in &mut positions {
            let line = self.line(*byte);
            if line > known.line {
                known = Position { line, column: 1, byte: self.bytes(line).start };
            }
            let to = (*byte).clamp(known.byte, self.end);
            let passed = file.get(known.byte..to).unwrap_or_default();
            let characters = passed.iter().filter(|byte| !is_continuation(**byte)).count();
            known = Position { column: known.column + characters, byte: to, ..known };
            *position = known;
        }
        positions
    }
}

/// Whether a byte of UTF-8 continues a character, rather than beginning one.
pub(super) fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], at: usize, line: usize, column: usize) {
        let found = LineIndex::new(bytes).positions(bytes, [0, at]);
        let found = found.get(&at).map(|position| (position.line, position.column));
        assert_eq!(found, Some((line, column)), "{at} in {:?}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn lines_and_columns_are_counted_from_1() {
        check(b"ab\ncd\n", 0, 1, 1);
        check(b"ab\ncd\n", 4, 2, 2);
        check(b"ab\ncd\n", 6, 3, 1);
        check(b"ab\r\ncd", 4, 2, 1);
    }

    #[test]
    fn columns_are_counted_in_characters() {
        check("é\u{1f600}x".as_bytes(), 6, 1, 3);
        check("\u{feff}ab".as_bytes(), 4, 1, 2);
        check(b"\xef\xbb\xbf", 0, 1, 1);
    }

    #[test]
    fn what_lies_behind_the_end_has_the_position_of_the_end() {
        let found = LineIndex::new(b"ab").positions(b"ab", [9]);
        assert_eq!(found.get(&9), Some(&Position { line: 1, column: 3, byte: 2 }));
    }

    #[test]
    fn a_line_ends_before_its_line_feed() {
        let lines = LineIndex::new(b"\xef\xbb\xbfa\n\nb");
        assert_eq!([1, 2, 3].map(|line| lines.bytes(line)), [0..5, 5..6, 6..7]);
        assert_eq!([1, 2, 3].map(|line| lines.columns(line)), [3..4, 5..5, 6..7]);
    }
}
