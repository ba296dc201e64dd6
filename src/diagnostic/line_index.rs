//! Lines and columns of places in a file.

use std::collections::BTreeMap;

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

/// The positions of some bytes of a file, by byte. What lies behind its end has the position of the end.
#[must_use]
pub fn positions(bytes: &[u8], at: impl IntoIterator<Item = usize>) -> BTreeMap<usize, Position> {
    let mut positions: BTreeMap<usize, Position> =
        at.into_iter().map(|byte| (byte, Position { line: 1, column: 1, byte })).collect();
    // A byte order mark is not part of the first line.
    let begin = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let mut here = Position { line: 1, column: 1, byte: begin };
    // In the order of the file, so that every line is counted once, however long it is.
    for (byte, position) in &mut positions {
        let next = (*byte).clamp(here.byte, bytes.len());
        for passed in bytes.get(here.byte..next).unwrap_or_default() {
            match passed {
                b'\n' => here = Position { line: here.line + 1, column: 1, byte: 0 },
                // A byte that goes on with a character of UTF-8.
                0b1000_0000..=0b1011_1111 => {}
                _ => here.column += 1,
            }
        }
        here.byte = next;
        *position = here;
    }
    positions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], at: usize, line: usize, column: usize) {
        let found = positions(bytes, [0, at]).get(&at).map(|position| (position.line, position.column));
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
        let found = positions(b"ab", [9]);
        assert_eq!(found.get(&9), Some(&Position { line: 1, column: 3, byte: 2 }));
    }
}
