//! The clock and the time zone of the person. Nothing else reads the time of day.

use std::time::SystemTime;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::report::Date;

/// The time; 1970 when the clock shows a year that no calendar goes up to.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::try_from(SystemTime::now()).unwrap_or_default()
}

/// The day that the person's own calendar shows. Where the time zone cannot be found out, it is the day in UTC.
#[must_use]
pub fn today() -> Date {
    day_in(&TimeZone::system(), now())
}

/// The day that a calendar in a time zone shows at a time.
#[must_use]
pub fn day_in(zone: &TimeZone, time: Timestamp) -> Date {
    zone.to_datetime(time).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(time: &str, zone: &str, expected: &str) {
        let time = time.parse().expect("a time");
        let zone = TimeZone::posix(zone).expect("a time zone");
        assert_eq!(day_in(&zone, time).to_string(), expected, "{time}");
    }

    /// Winter and summer time of the United States, and of New Zealand.
    const NEW_YORK: &str = "EST5EDT,M3.2.0,M11.1.0";
    const AUCKLAND: &str = "NZST-12NZDT,M9.5.0,M4.1.0/3";

    #[test]
    fn late_in_the_evening_it_is_still_the_same_day_in_new_york() {
        check("2026-11-24T04:30:00Z", NEW_YORK, "2026-11-23");
        check("2026-11-24T05:00:00Z", NEW_YORK, "2026-11-24");
        check("2026-07-05T03:59:59Z", NEW_YORK, "2026-07-04");
        check("2026-07-05T04:00:00Z", NEW_YORK, "2026-07-05");
    }

    #[test]
    fn in_auckland_the_day_begins_early() {
        check("2026-12-31T10:59:59Z", AUCKLAND, "2026-12-31");
        check("2026-12-31T11:00:00Z", AUCKLAND, "2027-01-01");
        check("2024-02-28T11:30:00Z", AUCKLAND, "2024-02-29");
    }
}
