//! The rules that files have to keep: the name of each, and how bad it is to break it.

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be used: what the author means is unclear or impossible.
    Error,
    /// The file can be used, but it may not do what the author means.
    Warning,
}

impl Severity {
    /// "error" or "warning".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// Makes [`Rule`] from one list: for each rule its variant, its name and its severity.
macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $rule:ident = $name:literal, $severity:ident;)+) => {
        /// A rule of question files or of files of cases. Its name is stable: authors and scripts may rely on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[doc = $doc])+ $rule,)+
        }

        impl Rule {
            /// Every rule, in the order of this list.
            pub const ALL: &[Rule] = &[$(Rule::$rule),+];

            /// Its stable name, in kebab case.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Rule::$rule => $name,)+
                }
            }

            /// The page that explains it, in the Markdown of [`crate::diagnostic::rule_pages`].
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
    /// A table has a key twice.
    DuplicateKey = "duplicate-key", Error;
    /// `format` names a file format that this program does not know.
    UnknownFormat = "unknown-format", Error;
    /// A key that no table of this kind has.
    UnknownKey = "unknown-key", Error;
    /// A key that has to be there is not.
    MissingKey = "missing-key", Error;
    /// A value of another type than its key takes.
    WrongType = "wrong-type", Error;
    /// A word that is none of the few that its key takes, as that of `kind`, `grade` and `stage`.
    UnknownValue = "unknown-value", Error;
    /// An id that does not match `[a-z][a-z0-9_-]*`.
    BadId = "bad-id", Error;
    /// An id that has a meaning of its own: `none`, `not-sure`.
    ReservedId = "reserved-id", Error;
    /// An id that another part has already.
    DuplicateId = "duplicate-id", Error;
    /// The same name twice in one list.
    DuplicateEntry = "duplicate-entry", Error;
    /// A name that no part of the file has.
    UnknownName = "unknown-name", Error;
    /// A condition names an option that its question does not have.
    UnknownOption = "unknown-option", Error;
    /// A question or fact tests one that comes later.
    LooksForward = "looks-forward", Error;
    /// A question or fact tests itself.
    LooksAtItself = "looks-at-itself", Error;
    /// A figure whose `art` and `marks` differ in shape, or a mark that is in the figure or at an option only.
    BadFigure = "bad-figure", Error;
    /// `from` that names no earlier question of kind `many`, or that is beside `options`.
    BadFrom = "bad-from", Error;
    /// `otherwise` that is no answer to its question.
    BadOtherwise = "bad-otherwise", Error;
    /// A key that this kind of question cannot have.
    MisplacedKey = "misplaced-key", Error;
    /// A test that has none of the forms of a test.
    BadCondition = "bad-condition", Error;
    /// A comparison that cannot be read, or that its question cannot meet.
    BadComparison = "bad-comparison", Error;
    /// A range whose lower end is above its upper end.
    UpsideDown = "upside-down", Error;
    /// A number that is too small or too large for its key.
    OutOfRange = "out-of-range", Error;
    /// A list or table with nothing in it.
    Empty = "empty", Error;
    /// A text with nothing to read in it.
    EmptyText = "empty-text", Error;
    /// A control character, even an escaped one.
    ControlCharacter = "control-character", Error;
    /// A character that changes the direction of the text around it.
    BidirectionalOverride = "bidirectional-override", Error;
    /// `base` whose last row has a condition.
    NoFinalBase = "no-final-base", Error;
    /// A row after one without a condition.
    UnreachableRow = "unreachable-row", Error;
    /// `unless` that names the cause itself, or its own family.
    SelfUnless = "self-unless", Error;
    /// A `worse` that names an alarm which is not more urgent.
    NotWorse = "not-worse", Error;
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
    /// An alarm whose text speaks of a higher level, and no alarm that raises it.
    ToldNotRuled = "told-not-ruled", Warning;
    /// An option that makes no difference.
    NoEffect = "no-effect", Warning;
    /// A question that can change no cause and no alarm.
    IdleQuestion = "idle-question", Warning;
    /// Two options of one question with the same text.
    SameText = "same-text", Warning;
    /// What only TOML 1.1 allows, and other programs refuse.
    NewerToml = "newer-toml", Warning;
    /// An option whose text is a command of line mode.
    CommandLabel = "command-label", Warning;
    /// Two comparisons of one number that leave a value out between them.
    NumberGap = "number-gap", Warning;
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
    /// An alarm with an `unsure` level that is never unsure.
    NeverUnsure = "never-unsure", Warning;
    /// An alarm that is never raised together with one that its `worse` names.
    NeverWorse = "never-worse", Warning;
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
