//! A day of the calendar. Which day it is comes from the edge: the core has no clock.

use std::fmt;

use serde::{Serialize, Serializer};

/// A day, in the calendar that is used everywhere (Gregorian).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u64,
    month: u64,
    day: u64,
}

impl Date {
    /// The day of a time in seconds since 1970, in Greenwich (UTC).
    #[must_use]
    pub fn of_seconds(seconds: u64) -> Date {
        const DAY: u64 = 24 * 60 * 60;
        /// From the first of March of the year 0, so that a leap day is the last of its year.
        const TO_1970: u64 = 719_468;
        const DAYS_IN_400_YEARS: u64 = 146_097;
        let days = seconds / DAY + TO_1970;
        let (cycle, day) = (days / DAYS_IN_400_YEARS, days % DAYS_IN_400_YEARS);
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let day_of_year = day - (365 * year + year / 4 - year / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        Date {
            year: cycle * 400 + year + u64::from(month <= 2),
            month,
            day: day_of_year - (153 * from_march + 2) / 5 + 1,
        }
    }

    /// Reads `2026-11-23`; `None` when that is no day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Date> {
        let mut parts = text.split('-');
        let mut number = |digits: usize| {
            let part = parts.next()?;
            let is_number = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| part.parse::<u64>().ok())?
        };
        let date = Date { year: number(4)?, month: number(2)?, day: number(2)? };
        (parts.next().is_none() && (1..=date.days_in_month()).contains(&date.day)).then_some(date)
    }

    /// 0 for a month that does not exist.
    fn days_in_month(self) -> u64 {
        let is_leap = self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        match self.month {
            2 => 28 + u64::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_on_the_day_of_the_calendar() {
        for (seconds, day) in [
            (0, "1970-01-01"),
            (86_399, "1970-01-01"),
            (86_400, "1970-01-02"),
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (1_709_164_800, "2024-02-29"),
            (1_735_603_200, "2024-12-31"),
            (1_795_392_000, "2026-11-23"),
            (4_107_542_400, "2100-03-01"),
        ] {
            assert_eq!(Date::of_seconds(seconds).to_string(), day);
            assert_eq!(Date::parse(day), Some(Date::of_seconds(seconds)));
        }
    }

    #[test]
    fn what_is_no_day_is_not_read_as_one() {
        for text in ["", "2026", "2026-13-01", "2026-00-01", "2026-02-29", "2026-1-1", "2026-11-23T", "-026-11-23"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}
