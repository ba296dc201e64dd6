//! The rules that problems break: their names, and whether what breaks one can still be used.

/// Whether a file with a problem can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It cannot: what the author means is not clear, or cannot be done.
    Error,
    /// It can, but it may not do what the author means.
    Warning,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// Says everything about each rule in one place.
macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $rule:ident = $name:literal, $severity:ident;)+) => {
        /// The rules of question files and of cases. Each has a stable name, which scripts and authors may rely on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[doc = $doc])+ $rule,)+
        }

        impl Rule {
            /// Every rule, in the order of this list.
            pub const ALL: &[Rule] = &[$(Rule::$rule),+];

            /// The rule's stable name, in kebab case.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Rule::$rule => $name,)+
                }
            }

            /// The page that explains it, in Markdown.
            pub(crate) fn page(self) -> &'static str {
                match self {
                    $(Rule::$rule => include_str!(concat!("rule_pages/", $name, ".md")),)+
                }
            }

            /// How bad it is to break it.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self {
                    $(Rule::$rule => Severity::$severity,)+
                }
            }
        }
    };
}

rules! {
    /// The file is larger than [`crate::questionnaire::MAX_BYTES`].
    TooLarge = "too-large", Error;
    /// The file is not text in UTF-8.
    NotUtf8 = "not-utf8", Error;
    /// The file is not TOML.
    Syntax = "syntax", Error;
    /// A key stands twice in one table.
    DuplicateKey = "duplicate-key", Error;
    /// `format` names a file format that this program does not know.
    UnknownFormat = "unknown-format", Error;
    /// A key that no table of this kind has.
    UnknownKey = "unknown-key", Error;
    /// A key that has to be there and is not.
    MissingKey = "missing-key", Error;
    /// A value of another type than its key takes.
    WrongType = "wrong-type", Error;
    /// A word outside the few that its key takes (`kind`, `grade`, `stage`).
    UnknownValue = "unknown-value", Error;
    /// An id that does not match `[a-z][a-z0-9_-]*`.
    BadId = "bad-id", Error;
    /// An id that has a meaning of its own: `none`, `not-sure`.
    ReservedId = "reserved-id", Error;
    /// An id that was given before.
    DuplicateId = "duplicate-id", Error;
    /// The same name twice in one list.
    DuplicateEntry = "duplicate-entry", Error;
    /// A name that nothing in the file bears.
    UnknownName = "unknown-name", Error;
    /// A condition names an option that its question does not have.
    UnknownOption = "unknown-option", Error;
    /// A question or fact tests what comes only later.
    LooksForward = "looks-forward", Error;
    /// A question or fact tests itself.
    LooksAtItself = "looks-at-itself", Error;
    /// `from` that names no earlier `many` question, or stands where it cannot.
    BadFrom = "bad-from", Error;
    /// `otherwise` that is no answer to its question.
    BadOtherwise = "bad-otherwise", Error;
    /// A key that this kind of question cannot have.
    MisplacedKey = "misplaced-key", Error;
    /// A value outside the grammar of conditions.
    BadCondition = "bad-condition", Error;
    /// A comparison that its question cannot answer.
    BadComparison = "bad-comparison", Error;
    /// A range whose lower end is above its upper end.
    UpsideDown = "upside-down", Error;
    /// A number outside what is possible in its place.
    OutOfRange = "out-of-range", Error;
    /// A list or table with nothing in it.
    Empty = "empty", Error;
    /// A text with nothing in it.
    EmptyText = "empty-text", Error;
    /// A control character, written out or escaped.
    ControlCharacter = "control-character", Error;
    /// A character that changes the direction of the text around it.
    BidirectionalOverride = "bidirectional-override", Error;
    /// `base` without a last row that always holds.
    NoFinalBase = "no-final-base", Error;
    /// A row behind one that always holds.
    UnreachableRow = "unreachable-row", Error;
    /// `unless` that names the cause itself, or its own family.
    SelfUnless = "self-unless", Error;
    /// `via` that leads back to the cause itself.
    CircularVia = "circular-via", Error;
    /// `allow` names a rule that does not exist.
    UnknownRule = "unknown-rule", Error;
    /// `allow` names a rule that cannot be silenced.
    BadAllow = "bad-allow", Error;
    /// In a case: an answer that its question does not take.
    BadAnswer = "bad-answer", Error;
    /// In a case: an answer to a question that the interview would not have asked.
    NotAsked = "not-asked", Error;
    /// A source that nothing names.
    UnusedSource = "unused-source", Warning;
    /// A published or calculated figure without a source.
    NoSource = "no-source", Warning;
    /// A `doi` that is no digital object identifier.
    BadDoi = "bad-doi", Warning;
    /// A finding that points the same way whether it is *yes* or *no*.
    SameSide = "same-side", Warning;
    /// One answer that counts twice for a cause.
    CountedTwice = "counted-twice", Warning;
    /// A danger question behind one that no alarm needs.
    LateAlarm = "late-alarm", Warning;
    /// An option that makes no difference.
    NoEffect = "no-effect", Warning;
    /// A question that can change no cause and no alarm.
    IdleQuestion = "idle-question", Warning;
    /// A question that nobody can be asked.
    NeverAsked = "never-asked", Warning;
    /// A condition that no answers make yes.
    NeverYes = "never-yes", Warning;
    /// A condition that no answers make no.
    AlwaysYes = "always-yes", Warning;
    /// A row of `base` or `adjust` that never is the first to hold.
    NeverCounts = "never-counts", Warning;
    /// An alarm that no answers raise.
    NeverRaised = "never-raised", Warning;
    /// A level of urgency that no result has.
    NeverUrgent = "never-urgent", Warning;
    /// A cause that no answers put first.
    NeverFirst = "never-first", Warning;
    /// Two causes that no answers tell apart.
    NeverApart = "never-apart", Warning;
    /// Advice that nobody is given.
    NeverGiven = "never-given", Warning;
    /// An `allow` that silences nothing.
    UnusedAllow = "unused-allow", Warning;
}

impl Rule {
    /// The rule of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Rule> {
        Rule::ALL.iter().copied().find(|rule| rule.name() == name)
    }
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
    fn a_rule_is_found_by_its_name() {
        for rule in Rule::ALL {
            assert_eq!(Rule::from_name(rule.name()), Some(*rule));
        }
        assert_eq!(Rule::from_name("no-such-rule"), None);
    }
}
