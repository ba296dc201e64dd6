//! Text for Mermaid that it takes for nothing but text, whatever is in it: no quote, HTML, Markdown, formula, icon, link or
//! directive.

use std::fmt::Write as _;

use crate::authoring::tree::one_line;

/// A space of no width. It parts signs that mean something together, where Mermaid looks for them behind the escapes.
const APART: char = '\u{200b}';

/// Lines of text as a label that says just that.
pub(super) fn label(lines: &[&str]) -> String {
    format!("\"{}\"", lines.iter().map(|line| escaped(&one_line(line))).collect::<Vec<_>>().join("<br>"))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = None;
    // A line that begins with a number and a stop is an item of a list.
    let mut is_numbering = true;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied();
        if is_plain(c, before, after) && !(is_numbering && matches!(c, '.' | ')')) {
            escaped.push(c);
        } else {
            let _ = write!(escaped, "#{};", u32::from(c));
        }
        if is_parted(c, after) {
            escaped.push(APART);
        }
        is_numbering &= c.is_ascii_digit();
        before = Some(c);
    }
    escaped
}

/// Whether a character means nothing between its neighbours. More is escaped than has to be, but little that an
/// ordinary sentence is made of, since some that draw charts show escapes as they are.
fn is_plain(c: char, before: Option<char>, after: Option<char>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        // Emphasis at the edge of a word, but no more than a letter within.
        '_' => is_word(before) && is_word(after),
        // A list at the beginning of a line.
        '-' => before.is_some(),
        // A link, or the end of the name of a style.
        ':' => after == Some(' '),
        // A link, as in `www.example.org`.
        '.' => !is_word(after),
        ' ' | ',' | '?' | '!' | '\'' | '(' | ')' | '/' | '=' => true,
        _ => c.is_alphanumeric() || !c.is_ascii(),
    }
}

/// Whether a character and the next one would be taken for the edge of a formula, a new line, an icon, or an escape.
fn is_parted(c: char, after: Option<char>) -> bool {
    matches!((c, after), ('$', Some('$')) | ('\\', Some('n')) | (':', Some('f')) | ('ﬂ', Some('°')) | ('¶', Some('ß')))
}
