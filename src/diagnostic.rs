//! Problems in the files of an author: question files and files of cases.
//!
//! A [`Diagnostic`] says which [`Rule`] is broken, where, and what to do about it. [`render()`] draws it on its line of the
//! file, and [`rule_pages`] explains each rule. The rules have stable names, which authors and scripts may rely on.
//!
//! Whatever is drawn is safe on a terminal: characters of the file that could act on it are replaced ([`visible()`]).

mod rule;
mod render;
mod line_index;
pub mod rule_pages;

use std::ops::Range;

pub use line_index::{LineIndex, Position};
pub use render::{MOST_KEPT, draw, draw_within, render, tally};
pub use rule::{Rule, Severity};

/// A problem in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that is broken.
    pub rule: Rule,
    /// Where it is in the file, in bytes.
    pub span: Range<usize>,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What else there is to know, such as another place that is involved.
    pub notes: Vec<String>,
    /// What to do about it, if the message does not say it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem without notes or help.
    #[must_use]
    pub fn new(rule: Rule, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic { rule, span, message: message.into(), notes: Vec::new(), help: None }
    }

    /// The same problem, with what to do about it.
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Diagnostic {
        Diagnostic { help: Some(help.into()), ..self }
    }

    /// The same problem, with what else there is to know.
    #[must_use]
    pub fn with_notes(self, notes: Vec<String>) -> Diagnostic {
        Diagnostic { notes, ..self }
    }
}

/// A file that diagnostics are about.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// What to call the file: its path, or a word for the built-in one.
    pub name: &'a str,
    /// Its bytes. They need not be UTF-8, since that is a problem to show, too.
    pub bytes: &'a [u8],
}

/// A name from the file between backticks, cut to 60 characters and safe on a terminal.
#[must_use]
pub fn quote(name: &str) -> String {
    const LONGEST: usize = 60;
    let mut quoted: String = name.chars().take(LONGEST).collect();
    if quoted.len() < name.len() {
        quoted.push('…');
    }
    format!("`{}`", visible(&quoted))
}

/// The name of `known` that is most like a misspelt one, if one is similar enough.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Comparing takes quadratic time, and names this long are hardly ever typed by hand.
    const LONGEST: usize = 60;
    if name.len() > LONGEST {
        return None;
    }
    // One mistake in three characters, but always one: `aks` for `ask`.
    let mistakes = (name.chars().count() / 3).max(1);
    known
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= mistakes)
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= mistakes)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Whether a character would act on a terminal instead of being shown there.
#[must_use]
pub(crate) fn is_control(c: char) -> bool {
    c.is_control() && c != '\n'
}

/// Whether a character changes the direction of the text around it, so that a text looks like another one.
#[must_use]
pub(crate) fn is_bidirectional_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A number of things: "1 answer", "2 answers".
#[must_use]
pub fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// A text on one line that is safe on a terminal: whatever would act on it is replaced by U+FFFD, and line breaks and tabs
/// by blanks.
#[must_use]
pub fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' | '\n' => ' ',
            c if is_control(c) || is_bidirectional_override(c) || c == '\u{feff}' => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_is_suggested_and_a_far_one_is_not() {
        assert_eq!(nearest("plce", ["place", "age"]), Some("place"));
        assert_eq!(nearest("aks", ["id", "ask"]), Some("ask"));
        assert_eq!(nearest("weather", ["place", "age"]), None);
    }

    #[test]
    fn a_diagnostic_names_rule_file_line_and_column_and_marks_the_place() {
        let source = Source { name: "a.toml", bytes: b"format = 1\ntilte = 2\n" };
        let problem = Diagnostic {
            help: Some("did you mean `title`?".into()),
            ..Diagnostic::new(Rule::UnknownKey, 11..16, "unknown key `tilte`")
        };
        let drawn = render(source, &[problem]);
        assert!(drawn.contains("error[unknown-key]: unknown key `tilte`"), "{drawn}");
        assert!(drawn.contains("a.toml:2:1"), "{drawn}");
        assert!(drawn.contains("2 | tilte = 2\n  | ^^^^^"), "{drawn}");
        assert!(drawn.contains("did you mean `title`?"), "{drawn}");
    }

    #[test]
    fn a_mark_behind_trailing_blanks_and_on_a_windows_line_is_drawn() {
        for (bytes, place) in [(&b"a = [   "[..], 8..8), (b"a = 1\r\nb = 2\r\n", 7..8), (b"\r\n", 1..1), (b"", 0..0)] {
            let source = Source { name: "a.toml", bytes };
            let problem = Diagnostic::new(Rule::Syntax, place, "no value");
            let drawn = render(source, &[problem]);
            assert!(drawn.contains("a.toml:") && !drawn.contains(char::REPLACEMENT_CHARACTER), "{drawn}");
        }
    }

    #[test]
    fn a_warning_is_drawn_as_one_with_its_notes_and_counted_beside_errors() {
        let source = Source { name: "a.toml", bytes: b"format = 1\ntilte = 2\n" };
        let error = Diagnostic::new(Rule::UnknownKey, 11..16, "unknown key `tilte`");
        let notes = vec!["it is\u{1b} so".into()];
        let warning = Diagnostic { notes, ..Diagnostic::new(Rule::UnusedSource, 11..16, "nothing names it") };
        let drawn = render(source, &[error.clone(), warning.clone(), warning.clone()]);
        assert!(drawn.contains("warning[unused-source]: nothing names it"), "{drawn}");
        assert!(drawn.contains("= note: it is\u{fffd} so"), "{drawn}");
        assert!(drawn.ends_with("\n1 error, 2 warnings in a.toml\n"), "{drawn}");
        assert_eq!(tally(source, &[warning]), "1 warning in a.toml");
        assert_eq!(tally(source, &[error]), "1 problem in a.toml");
    }

    #[test]
    fn a_mark_at_the_end_of_the_file_is_drawn() {
        let source = Source { name: "a.toml", bytes: b"a = " };
        let problem = Diagnostic::new(Rule::Syntax, 4..4, "no value");
        assert!(render(source, &[problem]).contains("a.toml:1:5"));
    }
}
