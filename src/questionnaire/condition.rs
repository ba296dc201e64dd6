//! Conditions, the only logic in a question file.
//!
//! [`crate::engine::evaluation`] works out whether they are *yes*, *no* or *open* for some answers.

use std::hash::{Hash, Hasher};

use la_arena::Idx;
use serde::{Deserialize, Serialize};

use crate::questionnaire::compiled::indexes;
use crate::questionnaire::interval::{Interval, as_number};
use crate::questionnaire::{Choice, Fact, OptionSet, Question};

/// What a condition is for some answers, in Kleene's logic of three values. In this order, *and* is the smaller of two
/// truths, and *or* the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// False.
    No,
    /// Not known from the answers.
    Open,
    /// True.
    Yes,
}

/// A condition on the answers: *yes* when any of its tables is, and a table is *yes* when all of its tests are. The
/// default is always *yes*.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Condition {
    /// The tables, in file order. A table without tests is always *yes*.
    pub tables: Vec<Vec<Test>>,
    /// Its number in the file, from 1; 0 is what is always *yes*.
    pub(super) number: usize,
}

/// One entry of a table of a condition.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Test {
    /// A test of an answer.
    Question {
        /// The question.
        #[serde(with = "indexes")]
        question: Idx<Question>,
        /// What its answer has to be.
        form: Form,
    },
    /// A test of a fact.
    Fact {
        /// The fact.
        #[serde(with = "indexes")]
        fact: Idx<Fact>,
        /// What it has to be.
        is: FactTest,
    },
}

/// What a test is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A question.
    Question(Idx<Question>),
    /// A fact.
    Fact(Idx<Fact>),
}

/// What an answer has to be.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Form {
    /// One of these options is chosen or ticked.
    Any(Options),
    /// The question is answered, and this option is neither chosen nor ticked.
    Not(#[serde(with = "indexes")] Idx<Choice>),
    /// Every one of these is ticked.
    All(Options),
    /// The number of ticked options is in a range.
    Count {
        /// The options to count; `None` for all.
        of: Option<Options>,
        /// The range.
        count: Comparison,
    },
    /// The answer is a number in this range.
    Number(Comparison),
    /// The question is answered with nothing ticked.
    Nothing,
    /// The whole question is answered with *not sure*.
    NotSure,
}

/// The options that a form names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Options {
    #[serde(with = "indexes")]
    list: Vec<Idx<Choice>>,
    set: OptionSet,
}

/// What a fact has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FactTest {
    /// It is *yes*.
    Holds,
    /// It is *no*.
    Fails,
    /// It is *yes* or *no*.
    Known,
}

/// A comparison with a number, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Comparison {
    /// `>=`
    AtLeast(f64),
    /// `>`
    Above(f64),
    /// `<=`
    AtMost(f64),
    /// `<`
    Below(f64),
    /// `=`
    Equal(f64),
    /// `low-high`, both ends included.
    Between(f64, f64),
}

// A bound is never NaN: that cannot be written in a file.
impl Eq for Comparison {}

impl Hash for Comparison {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // 0 and -0 are equal.
        let bits = |bound: f64| (bound + 0.0).to_bits();
        std::mem::discriminant(self).hash(state);
        match self {
            Comparison::AtLeast(bound)
            | Comparison::Above(bound)
            | Comparison::AtMost(bound)
            | Comparison::Below(bound)
            | Comparison::Equal(bound) => bits(*bound).hash(state),
            Comparison::Between(low, high) => [*low, *high].map(bits).hash(state),
        }
    }
}

impl PartialEq for Condition {
    fn eq(&self, other: &Condition) -> bool {
        self.tables == other.tables
    }
}

impl Default for Condition {
    fn default() -> Condition {
        Condition::always()
    }
}

impl Truth {
    /// *No* if either is, else *open* if either is.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// *Yes* if either is, else *open* if either is.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Truth {
        if holds { Truth::Yes } else { Truth::No }
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Open => Truth::Open,
            Truth::Yes => Truth::No,
        }
    }
}

impl Condition {
    /// The condition of a part without `when`: it is always *yes*.
    #[must_use]
    pub fn always() -> Condition {
        Condition { tables: vec![Vec::new()], number: 0 }
    }

    /// Whether it is *yes* whatever is answered, because a table tests nothing.
    #[must_use]
    pub fn is_always(&self) -> bool {
        self.tables.iter().any(Vec::is_empty)
    }

    /// Every test, in file order.
    pub fn tests(&self) -> impl Iterator<Item = &Test> {
        self.tables.iter().flatten()
    }
}

impl Test {
    /// What the test is about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        match self {
            Test::Question { question, .. } => Subject::Question(*question),
            Test::Fact { fact, .. } => Subject::Fact(*fact),
        }
    }
}

impl Form {
    /// The options that it names. A count of all ticked options names none.
    #[must_use]
    pub fn options(&self) -> &[Idx<Choice>] {
        match self {
            Form::Any(options) | Form::All(options) | Form::Count { of: Some(options), .. } => options,
            Form::Not(option) => std::slice::from_ref(option),
            Form::Count { of: None, .. } | Form::Number(_) | Form::Nothing | Form::NotSure => &[],
        }
    }
}

impl Options {
    /// The same as a set.
    #[must_use]
    pub fn set(&self) -> &OptionSet {
        &self.set
    }
}

impl FromIterator<Idx<Choice>> for Options {
    fn from_iter<T: IntoIterator<Item = Idx<Choice>>>(options: T) -> Options {
        let list = Vec::from_iter(options);
        Options { set: list.iter().copied().collect(), list }
    }
}

impl std::ops::Deref for Options {
    type Target = [Idx<Choice>];

    fn deref(&self) -> &[Idx<Choice>] {
        &self.list
    }
}

impl FactTest {
    /// What the test is when the fact is this.
    #[must_use]
    pub fn truth(self, fact: Truth) -> Truth {
        match self {
            FactTest::Holds => fact,
            FactTest::Fails => !fact,
            FactTest::Known => fact.or(!fact),
        }
    }
}

impl Comparison {
    /// Whether a number is in its range.
    #[must_use]
    pub fn holds(self, number: f64) -> bool {
        Interval::from(self).contains(number)
    }

    /// Whether a count is below its range.
    #[must_use]
    pub fn needs_more_than(self, count: usize) -> bool {
        Interval::from(self).is_above(as_number(count))
    }

    /// *Yes* if every whole number from `least` to `most` is in its range, *no* if none is, else *open*.
    #[must_use]
    pub fn holds_within(self, least: usize, most: usize) -> Truth {
        let mut seen = (false, false);
        for count in least..=most {
            if self.holds(as_number(count)) {
                seen.0 = true;
            } else {
                seen.1 = true;
            }
        }
        match seen {
            (true, false) => Truth::Yes,
            (true, true) => Truth::Open,
            (false, _) => Truth::No,
        }
    }

    /// Reads `">= 65"`, `"> 3"`, `"<= 2"`, `"< 40"`, `"= 1"` or `"40-59"`; `None` for anything else.
    pub(super) fn read(text: &str) -> Option<Comparison> {
        // `>=` also starts with `>`, so the longer ones come first.
        for operator in [">=", "<=", ">", "<", "="] {
            let Some(rest) = text.strip_prefix(operator) else { continue };
            let bound = number(rest.trim_start_matches(' '))?;
            return Some(match operator {
                ">=" => Comparison::AtLeast(bound),
                "<=" => Comparison::AtMost(bound),
                ">" => Comparison::Above(bound),
                "<" => Comparison::Below(bound),
                _ => Comparison::Equal(bound),
            });
        }
        // A dash at the very start is a minus sign.
        let dash = text.match_indices('-').map(|(at, _)| at).find(|at| *at > 0)?;
        let (low, high) = (text.get(..dash)?, text.get(dash + 1..)?);
        Some(Comparison::Between(number(low.trim_end_matches(' '))?, number(high.trim_start_matches(' '))?))
    }

    /// Whether a text looks like a comparison, even if it is a mistaken one.
    pub(super) fn is_meant(text: &str) -> bool {
        text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '<' | '>' | '=' | '-' | '+' | '.'))
    }
}

/// A plain decimal number; `inf`, `nan` and `1e5` are not.
fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (plain(whole) && plain(fraction)).then(|| text.parse().ok()).flatten().filter(|n: &f64| n.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_are_read_as_they_are_written() {
        assert_eq!(Comparison::read(">= 65"), Some(Comparison::AtLeast(65.0)));
        assert_eq!(Comparison::read(">3"), Some(Comparison::Above(3.0)));
        assert_eq!(Comparison::read("<= 2"), Some(Comparison::AtMost(2.0)));
        assert_eq!(Comparison::read("< 40"), Some(Comparison::Below(40.0)));
        assert_eq!(Comparison::read("= 1"), Some(Comparison::Equal(1.0)));
        assert_eq!(Comparison::read("40-59"), Some(Comparison::Between(40.0, 59.0)));
        assert_eq!(Comparison::read("36.5-37.5"), Some(Comparison::Between(36.5, 37.5)));
        assert_eq!(Comparison::read("-5--3"), Some(Comparison::Between(-5.0, -3.0)));
    }

    #[test]
    fn what_is_no_comparison_is_refused() {
        for text in [">=", "=> 3", "40-", "-5", "3", "1e3-2e3", "> inf", "40-59-70", "≥ 3", "> 3 years", ""] {
            assert_eq!(Comparison::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_count_that_could_still_fall_on_either_side_is_open() {
        assert_eq!(Comparison::AtLeast(2.0).holds_within(0, 1), Truth::No);
        assert_eq!(Comparison::AtLeast(2.0).holds_within(1, 2), Truth::Open);
        assert_eq!(Comparison::AtLeast(2.0).holds_within(2, 5), Truth::Yes);
        assert_eq!(Comparison::Equal(1.0).holds_within(0, 2), Truth::Open);
    }

    #[test]
    fn a_count_can_be_too_low_or_too_high() {
        assert!(Comparison::AtLeast(2.0).needs_more_than(1));
        assert!(Comparison::Equal(2.0).needs_more_than(1));
        assert!(Comparison::Between(2.0, 3.0).needs_more_than(1));
        assert!(!Comparison::Between(2.0, 3.0).needs_more_than(4));
        assert!(!Comparison::AtMost(2.0).needs_more_than(3));
        assert!(!Comparison::AtLeast(2.0).needs_more_than(2));
    }

    #[test]
    fn logic_has_three_values() {
        assert_eq!(Truth::Yes.and(Truth::Open), Truth::Open);
        assert_eq!(Truth::No.and(Truth::Open), Truth::No);
        assert_eq!(Truth::No.or(Truth::Open), Truth::Open);
        assert_eq!(Truth::Yes.or(Truth::Open), Truth::Yes);
        assert_eq!(!Truth::Open, Truth::Open);
    }
}
