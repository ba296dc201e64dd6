//! Numbers and counts from one to another: what a comparison allows, what two allow, and what none does.

use crate::questionnaire::Comparison;

/// Numbers from one to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Interval {
    low: End,
    high: End,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct End {
    at: f64,
    /// Whether the end itself is included.
    closed: bool,
}

impl Interval {
    pub(super) fn least(self) -> f64 {
        self.low.at
    }

    pub(super) fn most(self) -> f64 {
        self.high.at
    }

    pub(super) fn at_least(low: f64) -> Interval {
        Interval { low: End::closed(low), high: End::closed(f64::INFINITY) }
    }

    pub(super) fn at_most(high: f64) -> Interval {
        Interval { low: End::closed(f64::NEG_INFINITY), high: End::closed(high) }
    }

    pub(super) fn of(comparison: Comparison) -> Interval {
        match comparison {
            Comparison::AtLeast(bound) => Interval::at_least(bound),
            Comparison::Above(bound) => Interval { low: End::open(bound), ..Interval::at_least(bound) },
            Comparison::AtMost(bound) => Interval::at_most(bound),
            Comparison::Below(bound) => Interval { high: End::open(bound), ..Interval::at_most(bound) },
            Comparison::Equal(bound) => Interval { low: End::closed(bound), high: End::closed(bound) },
            Comparison::Between(low, high) => Interval { low: End::closed(low), high: End::closed(high) },
        }
    }

    /// Of whole numbers, so that each end is included.
    pub(super) fn of_count(comparison: Comparison) -> Interval {
        match comparison {
            Comparison::Above(bound) => Interval::at_least(bound + 1.0),
            Comparison::Below(bound) => Interval::at_most(bound - 1.0),
            Comparison::AtLeast(_) | Comparison::AtMost(_) | Comparison::Equal(_) | Comparison::Between(..) => {
                Interval::of(comparison)
            }
        }
    }

    pub(super) fn and(self, other: Interval) -> Option<Interval> {
        let low =
            if (self.low.at, !self.low.closed) >= (other.low.at, !other.low.closed) { self.low } else { other.low };
        let high =
            if (self.high.at, self.high.closed) <= (other.high.at, other.high.closed) { self.high } else { other.high };
        let is_point = (low.at..=low.at).contains(&high.at) && low.closed && high.closed;
        (low.at < high.at || is_point).then_some(Interval { low, high })
    }

    /// What is not in it.
    pub(super) fn rest(self) -> Vec<Interval> {
        let below = Interval { high: self.low.beyond(), ..Interval::at_most(self.low.at) };
        let above = Interval { low: self.high.beyond(), ..Interval::at_least(self.high.at) };
        [below, above].into_iter().filter(|interval| interval.low.at < interval.high.at).collect()
    }

    /// The whole numbers up to some number that are not in it.
    pub(super) fn rest_of_count(self, of: usize) -> Vec<Interval> {
        let below = Interval::at_most(self.low.at - 1.0);
        let above = Interval::at_least(self.high.at + 1.0);
        let is_possible = |interval: &Interval| interval.high.at >= 0.0 && interval.low.at <= float(of);
        [below, above].into_iter().filter(is_possible).collect()
    }
}

impl End {
    fn closed(at: f64) -> End {
        End { at, closed: true }
    }

    fn open(at: f64) -> End {
        End { at, closed: false }
    }

    /// Where what lies on the other side begins.
    fn beyond(self) -> End {
        End { at: self.at, closed: !self.closed }
    }
}

/// A count as a number. More than a file of this size can hold is endless.
pub(super) fn float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(first: Comparison, second: Comparison, meet: bool) {
        assert_eq!(Interval::of(first).and(Interval::of(second)).is_some(), meet, "{first:?} and {second:?}");
        assert_eq!(Interval::of(second).and(Interval::of(first)).is_some(), meet, "{second:?} and {first:?}");
    }

    #[test]
    fn intervals_meet_where_both_ends_are_included() {
        check(Comparison::AtMost(40.0), Comparison::AtLeast(40.0), true);
        check(Comparison::Below(40.0), Comparison::AtLeast(40.0), false);
        check(Comparison::Below(40.0), Comparison::Above(40.0), false);
        check(Comparison::Equal(40.0), Comparison::Above(40.0), false);
        check(Comparison::Between(30.0, 50.0), Comparison::Above(40.0), true);
    }

    #[test]
    fn an_interval_and_the_rest_have_nothing_in_common_and_leave_nothing_out() {
        for comparison in [Comparison::AtLeast(3.0), Comparison::Below(3.0), Comparison::Between(3.0, 5.0)] {
            let interval = Interval::of(comparison);
            let rest = interval.rest();
            assert!(rest.iter().all(|part| part.and(interval).is_none()), "{comparison:?}");
            for number in [2.0, 3.0, 4.0, 5.0, 6.0] {
                let point = Interval::of(Comparison::Equal(number));
                assert_eq!(rest.iter().any(|part| part.and(point).is_some()), !comparison.holds(number), "{number}");
            }
        }
    }

    #[test]
    fn the_rest_of_a_count_is_what_can_still_be_ticked() {
        assert_eq!(Interval::at_least(1.0).rest_of_count(3), [Interval::at_most(0.0)]);
        assert_eq!(Interval::at_most(3.0).rest_of_count(3), []);
        assert_eq!(Interval::of_count(Comparison::Equal(1.0)).rest_of_count(3).len(), 2);
    }
}
