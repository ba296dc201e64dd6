//! Ranges of numbers: what a comparison accepts, what two comparisons accept together, and what one refuses.

use std::ops::RangeInclusive;

use crate::questionnaire::Comparison;

/// Every number from one end to the other. It is never empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    low: End,
    high: End,
}

/// An end of an interval; infinite where there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
struct End {
    at: f64,
    /// Whether the interval includes the end itself.
    is_included: bool,
}

impl From<Comparison> for Interval {
    fn from(comparison: Comparison) -> Interval {
        let (lowest, highest) = (End::included(f64::NEG_INFINITY), End::included(f64::INFINITY));
        let (low, high) = match comparison {
            Comparison::AtLeast(bound) => (End::included(bound), highest),
            Comparison::Above(bound) => (End::excluded(bound), highest),
            Comparison::AtMost(bound) => (lowest, End::included(bound)),
            Comparison::Below(bound) => (lowest, End::excluded(bound)),
            Comparison::Equal(bound) => (End::included(bound), End::included(bound)),
            Comparison::Between(low, high) => (End::included(low), End::included(high)),
        };
        Interval { low, high }
    }
}

impl Interval {
    /// The numbers between two, both excluded; `None` when there are none.
    pub(crate) fn strictly_between(low: f64, high: f64) -> Option<Interval> {
        (low < high).then_some(Interval { low: End::excluded(low), high: End::excluded(high) })
    }

    /// Whether a number lies in it.
    #[must_use]
    pub fn contains(self, number: f64) -> bool {
        !self.is_above(number) && if self.high.is_included { number <= self.high.at } else { number < self.high.at }
    }

    /// Whether every number in it is greater than this one.
    pub(crate) fn is_above(self, number: f64) -> bool {
        if self.low.is_included { number < self.low.at } else { number <= self.low.at }
    }

    /// The numbers that lie in both; `None` when there are none.
    pub(crate) fn intersection(self, other: Interval) -> Option<Interval> {
        let low = if (self.low.at, !self.low.is_included) >= (other.low.at, !other.low.is_included) {
            self.low
        } else {
            other.low
        };
        let high = if (self.high.at, self.high.is_included) <= (other.high.at, other.high.is_included) {
            self.high
        } else {
            other.high
        };
        let is_point = (low.at..=low.at).contains(&high.at) && low.is_included && high.is_included;
        (low.at < high.at || is_point).then_some(Interval { low, high })
    }

    /// The numbers that do not lie in it.
    pub(crate) fn complement(self) -> impl Iterator<Item = Interval> {
        let below = Interval { low: End::included(f64::NEG_INFINITY), high: self.low.other_side() };
        let above = Interval { low: self.high.other_side(), high: End::included(f64::INFINITY) };
        [below, above].into_iter().filter(|interval| interval.low.at < interval.high.at)
    }

    /// The whole numbers from 0 to `most` that lie in it; `None` when there are none.
    pub(crate) fn counts(self, most: usize) -> Option<RangeInclusive<usize>> {
        let is_inside = |count: &usize| self.contains(as_number(*count));
        Some((0..=most).find(is_inside)?..=(0..=most).rfind(is_inside)?)
    }

    /// Its ends, as far as they are finite.
    pub(crate) fn ends(self) -> impl Iterator<Item = f64> {
        [self.low.at, self.high.at].into_iter().filter(|end| end.is_finite())
    }
}

impl End {
    fn included(at: f64) -> End {
        End { at, is_included: true }
    }

    fn excluded(at: f64) -> End {
        End { at, is_included: false }
    }

    /// The end of the numbers on the other side of it.
    fn other_side(self) -> End {
        End { is_included: !self.is_included, ..self }
    }
}

/// A count as a number; exact for any count of options.
pub(crate) fn as_number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_overlap(one: Comparison, other: Comparison, expected: bool) {
        let (one, other) = (Interval::from(one), Interval::from(other));
        assert_eq!(one.intersection(other).is_some(), expected, "{one:?} and {other:?}");
        assert_eq!(other.intersection(one).is_some(), expected, "{other:?} and {one:?}");
    }

    #[test]
    fn intervals_overlap_in_an_end_that_both_include() {
        check_overlap(Comparison::AtMost(40.0), Comparison::AtLeast(40.0), true);
        check_overlap(Comparison::Below(40.0), Comparison::AtLeast(40.0), false);
        check_overlap(Comparison::Below(40.0), Comparison::Above(40.0), false);
        check_overlap(Comparison::Equal(40.0), Comparison::Above(40.0), false);
        check_overlap(Comparison::Between(30.0, 50.0), Comparison::Above(40.0), true);
    }

    #[test]
    fn every_number_is_either_in_an_interval_or_in_its_complement() {
        for comparison in [Comparison::AtLeast(3.0), Comparison::Below(3.0), Comparison::Between(3.0, 5.0)] {
            let interval = Interval::from(comparison);
            assert!(interval.complement().all(|part| part.intersection(interval).is_none()), "{comparison:?}");
            for number in [2.0, 3.0, 4.0, 5.0, 6.0] {
                let is_outside = interval.complement().any(|part| part.contains(number));
                assert_eq!(is_outside, !interval.contains(number), "{comparison:?} and {number}");
            }
        }
    }

    #[test]
    fn counts_are_the_whole_numbers_that_a_comparison_accepts() {
        let counts = |comparison: Comparison| Interval::from(comparison).counts(3);
        assert_eq!(counts(Comparison::AtLeast(1.0)), Some(1..=3));
        assert_eq!(counts(Comparison::Above(1.0)), Some(2..=3));
        assert_eq!(counts(Comparison::Below(3.0)), Some(0..=2));
        assert_eq!(counts(Comparison::Equal(3.0)), Some(3..=3));
        assert_eq!(counts(Comparison::Below(0.0)), None);
    }
}
