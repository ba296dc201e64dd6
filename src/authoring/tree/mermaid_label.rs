//! Labels for Mermaid, escaped so that it shows any text as it is and never takes a part of it for HTML, Markdown, a
//! formula, an icon, a link or a directive.

use std::fmt::Write as _;

use crate::authoring::tree::one_line;

/// A space of no width. It separates characters that mean something together, where Mermaid finds them even if they are
/// escaped.
const SEPARATOR: char = '\u{200b}';

/// A label with these lines of text.
pub(super) fn label(lines: &[&str]) -> String {
    format!("\"{}\"", lines.iter().map(|line| escaped(&one_line(line))).collect::<Vec<_>>().join("<br>"))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = None;
    // A line that begins with a number and a full stop would be an item of a list.
    let mut is_numbering = true;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied();
        if is_plain(c, before, after) && !(is_numbering && matches!(c, '.' | ')')) {
            escaped.push(c);
        } else {
            let _ = write!(escaped, "#{};", u32::from(c));
        }
        if is_separated(c, after) {
            escaped.push(SEPARATOR);
        }
        is_numbering &= c.is_ascii_digit();
        before = Some(c);
    }
    escaped
}

/// Whether Mermaid takes a character for itself between its neighbors. More is escaped than has to be, but little of what
/// ordinary sentences are made of, since some programs that draw charts show escapes as they are.
fn is_plain(c: char, before: Option<char>, after: Option<char>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        // At the edge of a word it would be emphasis.
        '_' => is_word(before) && is_word(after),
        // At the beginning of a line it would be a list.
        '-' => before.is_some(),
        // Before anything but a space it would be a link, or the end of a style's name.
        ':' => after == Some(' '),
        // Inside a word it would be a link, as in `www.example.org`.
        '.' => !is_word(after),
        ' ' | ',' | '?' | '!' | '\'' | '(' | ')' | '/' | '=' => true,
        _ => c.is_alphanumeric() || !c.is_ascii(),
    }
}

/// Whether a character and the next one would be taken together for a formula, a new line, an icon, or an escape.
fn is_separated(c: char, after: Option<char>) -> bool {
    matches!((c, after), ('$', Some('$')) | ('\\', Some('n')) | (':', Some('f')) | ('ﬂ', Some('°')) | ('¶', Some('ß')))
}
