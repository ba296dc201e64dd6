//! A problem in a question file: which rule it breaks, where, and what to do about it.

mod excerpt;

use std::ops::Range;

pub use excerpt::render;

/// The rules of question files and of cases. Each has a stable name, which scripts and authors may rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The file is larger than [`crate::questionnaire::MAX_BYTES`].
    TooLarge,
    /// The file is not text in UTF-8.
    NotUtf8,
    /// The file is not TOML.
    Syntax,
    /// A key stands twice in one table.
    DuplicateKey,
    /// `format` names a file format that this program does not know.
    UnknownFormat,
    /// A key that no table of this kind has.
    UnknownKey,
    /// A key that has to be there and is not.
    MissingKey,
    /// A value of another type than its key takes.
    WrongType,
    /// A word outside the few that its key takes (`kind`, `grade`, `stage`).
    UnknownValue,
    /// An id that does not match `[a-z][a-z0-9_-]*`.
    BadId,
    /// An id that has a meaning of its own: `none`, `not-sure`.
    ReservedId,
    /// An id that was given before.
    DuplicateId,
    /// The same name twice in one list.
    DuplicateEntry,
    /// A name that nothing in the file bears.
    UnknownName,
    /// A condition names an option that its question does not have.
    UnknownOption,
    /// A question or fact tests what comes only later.
    LooksForward,
    /// A question or fact tests itself.
    LooksAtItself,
    /// `from` that names no earlier `many` question, or stands where it cannot.
    BadFrom,
    /// `otherwise` that is no answer to its question.
    BadOtherwise,
    /// A key that this kind of question cannot have.
    MisplacedKey,
    /// A value outside the grammar of conditions.
    BadCondition,
    /// A comparison that its question cannot answer.
    BadComparison,
    /// A range whose lower end is above its upper end.
    UpsideDown,
    /// A number outside what is possible in its place.
    OutOfRange,
    /// A list or table with nothing in it.
    Empty,
    /// A text with nothing in it.
    EmptyText,
    /// A control character, written out or escaped.
    ControlCharacter,
    /// A character that changes the direction of the text around it.
    BidirectionalOverride,
    /// `base` without a last row that always holds.
    NoFinalBase,
    /// A row behind one that always holds.
    UnreachableRow,
    /// `unless` that names the cause itself, or its own family.
    SelfUnless,
    /// `via` that leads back to the cause itself.
    CircularVia,
    /// In a case: an answer that its question does not take.
    BadAnswer,
    /// In a case: an answer to a question that the interview would not have asked.
    NotAsked,
}

impl Rule {
    /// Every rule, in the order of this list.
    pub const ALL: [Rule; 34] = [
        Rule::TooLarge,
        Rule::NotUtf8,
        Rule::Syntax,
        Rule::DuplicateKey,
        Rule::UnknownFormat,
        Rule::UnknownKey,
        Rule::MissingKey,
        Rule::WrongType,
        Rule::UnknownValue,
        Rule::BadId,
        Rule::ReservedId,
        Rule::DuplicateId,
        Rule::DuplicateEntry,
        Rule::UnknownName,
        Rule::UnknownOption,
        Rule::LooksForward,
        Rule::LooksAtItself,
        Rule::BadFrom,
        Rule::BadOtherwise,
        Rule::MisplacedKey,
        Rule::BadCondition,
        Rule::BadComparison,
        Rule::UpsideDown,
        Rule::OutOfRange,
        Rule::Empty,
        Rule::EmptyText,
        Rule::ControlCharacter,
        Rule::BidirectionalOverride,
        Rule::NoFinalBase,
        Rule::UnreachableRow,
        Rule::SelfUnless,
        Rule::CircularVia,
        Rule::BadAnswer,
        Rule::NotAsked,
    ];

    /// The rule's stable name, in kebab case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Rule::TooLarge => "too-large",
            Rule::NotUtf8 => "not-utf8",
            Rule::Syntax => "syntax",
            Rule::DuplicateKey => "duplicate-key",
            Rule::UnknownFormat => "unknown-format",
            Rule::UnknownKey => "unknown-key",
            Rule::MissingKey => "missing-key",
            Rule::WrongType => "wrong-type",
            Rule::UnknownValue => "unknown-value",
            Rule::BadId => "bad-id",
            Rule::ReservedId => "reserved-id",
            Rule::DuplicateId => "duplicate-id",
            Rule::DuplicateEntry => "duplicate-entry",
            Rule::UnknownName => "unknown-name",
            Rule::UnknownOption => "unknown-option",
            Rule::LooksForward => "looks-forward",
            Rule::LooksAtItself => "looks-at-itself",
            Rule::BadFrom => "bad-from",
            Rule::BadOtherwise => "bad-otherwise",
            Rule::MisplacedKey => "misplaced-key",
            Rule::BadCondition => "bad-condition",
            Rule::BadComparison => "bad-comparison",
            Rule::UpsideDown => "upside-down",
            Rule::OutOfRange => "out-of-range",
            Rule::Empty => "empty",
            Rule::EmptyText => "empty-text",
            Rule::ControlCharacter => "control-character",
            Rule::BidirectionalOverride => "bidirectional-override",
            Rule::NoFinalBase => "no-final-base",
            Rule::UnreachableRow => "unreachable-row",
            Rule::SelfUnless => "self-unless",
            Rule::CircularVia => "circular-via",
            Rule::BadAnswer => "bad-answer",
            Rule::NotAsked => "not-asked",
        }
    }
}

/// One problem of a question file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that is broken.
    pub rule: Rule,
    /// The place in the file, in bytes.
    pub span: Range<usize>,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What to do about it, if there is more to say than the message does.
    pub help: Option<String>,
}

/// A question file as it was read: what diagnostics point into.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// What to call the file: its path, or a word for the built-in one.
    pub name: &'a str,
    /// Its bytes. They need not be text: a file that is not UTF-8 has a diagnostic too.
    pub bytes: &'a [u8],
}

/// A name from the file, between backticks, short and without characters that act on a terminal.
#[must_use]
pub fn quote(name: &str) -> String {
    const LONGEST: usize = 60;
    let mut quoted: String = name.chars().take(LONGEST).collect();
    if quoted.len() < name.len() {
        quoted.push('…');
    }
    format!("`{}`", visible(&quoted))
}

/// The nearest of `known` to a misspelt `name`, if one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Nobody misspells a name this long, and comparing takes time that grows with the square.
    const LONGEST: usize = 60;
    if name.len() > LONGEST {
        return None;
    }
    // One slip in three characters, and at least one: `aks` for `ask`.
    let slips = (name.chars().count() / 3).max(1);
    known
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= slips)
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= slips)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Whether a character may stand in no text: it would act on the terminal instead of being read.
#[must_use]
pub(crate) fn is_control(c: char) -> bool {
    c.is_control() && c != '\n'
}

/// Whether a character turns the direction of the text around it, so that a text reads as what it is not.
#[must_use]
pub(crate) fn is_bidirectional_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text in which whatever would act on a terminal is a visible stand-in. It stays on one line.
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
    fn every_rule_has_a_name_of_its_own_in_kebab_case() {
        let names: std::collections::BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.name()).collect();
        assert_eq!(names.len(), Rule::ALL.len());
        assert!(
            names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
        );
    }

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
            rule: Rule::UnknownKey,
            span: 11..16,
            message: "unknown key `tilte`".into(),
            help: Some("did you mean `title`?".into()),
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
            let problem = Diagnostic { rule: Rule::Syntax, span: place, message: "no value".into(), help: None };
            let drawn = render(source, &[problem]);
            assert!(drawn.contains("a.toml:") && !drawn.contains(char::REPLACEMENT_CHARACTER), "{drawn}");
        }
    }

    #[test]
    fn a_mark_at_the_end_of_the_file_is_drawn() {
        let source = Source { name: "a.toml", bytes: b"a = " };
        let problem = Diagnostic { rule: Rule::Syntax, span: 4..4, message: "no value".into(), help: None };
        assert!(render(source, &[problem]).contains("a.toml:1:5"));
    }
}
