//! The program's own words for answers, positions, likelihoods, evidence and numbers, as they are used in sentences.

use std::collections::BTreeSet;

use jiff::civil::Date;
use la_arena::Idx;

pub use crate::diagnostic::counted;
use crate::engine::outcome::Outcome;
use crate::engine::ranking::{Evidence, Likelihood};
use crate::questionnaire::has_decimals;
use crate::questionnaire::{Answer, Choice, Grade, Kind, Question, Urgency};

/// The commands of line mode that are a single letter or sign.
pub(crate) const COMMAND_LETTERS: [&str; 11] = ["b", "f", "n", "w", "m", "p", "r", "l", "s", "?", "q"];

/// The choice of whoever ticks nothing.
pub const NONE_OF_THESE: &str = "None of these";
/// The choice of whoever does not know.
pub const NOT_SURE: &str = "Not sure";

/// An answer in the words of its question.
#[must_use]
pub fn answer(question: &Question, answer: &Answer) -> String {
    match answer {
        Answer::NotSure => NOT_SURE.into(),
        Answer::One(option) => question.option_text(*option).into(),
        Answer::Number(number) => number.to_string(),
        Answer::Many { ticked, unsure } if ticked.is_empty() && unsure.is_empty() => NONE_OF_THESE.into(),
        Answer::Many { ticked, unsure } => {
            let sure = ticked.iter().map(|option| question.option_text(option).to_owned());
            let doubted = unsure.iter().map(|option| format!("{} (not sure)", question.option_text(option)));
            sure.chain(doubted).collect::<Vec<_>>().join("; ")
        }
    }
}

/// How many options are ticked, and how many are marked *not sure*: "2 ticked, 1 marked not sure". Empty if there are none.
#[must_use]
pub fn marks(ticked: usize, unsure: usize) -> String {
    let counts = [(ticked, "ticked"), (unsure, "marked not sure")].into_iter().filter(|(count, _)| *count > 0);
    counts.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
}

/// The numbers that a question takes: "18 to 110". `None` for a question with options.
#[must_use]
pub fn number_range(kind: &Kind) -> Option<String> {
    match kind {
        Kind::Number { min, max, .. } => Some(format!("{min} to {max}")),
        Kind::One(_) | Kind::Many { .. } => None,
    }
}

/// What to ask for instead of a number: one with fewer decimals, if that is what is wrong with it.
#[must_use]
pub fn kind_of_number(question: &Question, number: f64) -> &'static str {
    match question.kind {
        Kind::Number { decimals, .. } if !has_decimals(number, decimals) => match decimals {
            0 => "a whole number",
            1 => "a number with at most 1 decimal",
            2 => "a number with at most 2 decimals",
            _ => "a number with at most 3 decimals",
        },
        Kind::Number { .. } | Kind::One(_) | Kind::Many { .. } => "a number",
    }
}

/// A position from 1: "1st", "22nd".
#[must_use]
pub fn ordinal(place: usize) -> String {
    let ending = match (place % 100, place % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{place}{ending}")
}

/// A move in the ranking, from one position to another: "Night leg cramps: 1st → 3rd".
#[must_use]
pub fn moved(name: &str, from: Option<usize>, to: Option<usize>) -> String {
    let place = |place: Option<usize>| place.map_or_else(|| "not ranked".to_owned(), ordinal);
    format!("{name}: {} → {}", place(from), place(to))
}

/// A text with a capital letter at its start.
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// How long ago something was, from two times in seconds: "2 hours ago". A time after `now` is "an earlier time", since it
/// was saved before the clock was set back.
#[must_use]
pub fn ago(then: u64, now: u64) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    let Some(seconds) = now.checked_sub(then) else { return "an earlier time".into() };
    let (unit, name) = match seconds {
        0..MINUTE => return "a moment ago".into(),
        MINUTE..HOUR => (MINUTE, "minute"),
        HOUR..DAY => (HOUR, "hour"),
        _ => (DAY, "day"),
    };
    format!("{} ago", counted(usize::try_from(seconds / unit).unwrap_or(usize::MAX), name))
}

/// A day: "23 November", with its year unless that is this one.
#[must_use]
pub fn day(day: Date, today: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(day.month() - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default();
    let year = if day.year() == today.year() { String::new() } else { format!(" {}", day.year()) };
    format!("{} {month}{year}", day.day())
}

/// The id of a level of urgency in capital letters: "EMERGENCY".
#[must_use]
pub fn loud_word(urgency: &Urgency) -> String {
    urgency.id.to_uppercase().replace(['-', '_'], " ")
}

/// What it means that so many questions were passed over.
#[must_use]
pub fn passed_over(count: usize) -> String {
    if count == 1 {
        "1 question was passed over: it could hardly have changed this".into()
    } else {
        format!("{count} questions were passed over: they could hardly have changed this")
    }
}

/// How likely, in words.
#[must_use]
pub fn likelihood(likelihood: Likelihood) -> &'static str {
    match likelihood {
        Likelihood::Likely => "likely",
        Likelihood::QuitePossible => "quite possible",
        Likelihood::Possible => "possible",
        Likelihood::LessLikely => "less likely",
    }
}

/// Arrows for the ways in which something can move a cause: up, down, both, or none.
#[must_use]
pub fn arrows(raises: bool, lowers: bool) -> &'static str {
    match (raises, lowers) {
        (true, true) => "▲▼",
        (true, false) => "▲",
        (false, true) => "▼",
        (false, false) => "",
    }
}

/// How good the evidence behind a probability is, in words.
#[must_use]
pub fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Strong => "strong evidence",
        Evidence::Some => "some evidence",
        Evidence::Weak => "rough estimate",
    }
}

/// Where a likelihood ratio or a base rate comes from, in words.
#[must_use]
pub fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::A => "measured in studies",
        Grade::B => "worked out from studies",
        Grade::C => "our best guess",
    }
}

/// A probability as it is shown in words and bars: between 0.005 and 0.9, so that nothing looks certain.
#[must_use]
pub fn shown_probability(probability: f64) -> f64 {
    probability.clamp(0.005, 0.9)
}

/// A probability as a natural frequency: "about 3 in 10", "about 1 in 50".
#[must_use]
pub fn frequency(probability: f64) -> String {
    let shown = shown_probability(probability);
    if shown >= 0.075 {
        return format!("about {} in 10", (shown * 10.0).round());
    }
    let one_in = [20, 30, 50, 100, 200].into_iter().find(|n| shown * f64::from(*n) >= 0.8);
    format!("about 1 in {}", one_in.unwrap_or(200))
}

/// A range of probabilities as natural frequencies: "between 6 and 9 in 10". `None` when both ends are the same in words.
#[must_use]
pub fn frequency_range(low: f64, high: f64) -> Option<String> {
    let (low, high) = (frequency(low), frequency(high));
    if low == high {
        return None;
    }
    let (low, high) = (low.trim_start_matches("about "), high.trim_start_matches("about "));
    // "6 in 10 and 9 in 10" becomes "6 and 9 in 10".
    let low = low.split_once(' ').filter(|(_, of)| high.ends_with(&format!(" {of}"))).map_or(low, |(count, _)| count);
    Some(format!("between {low} and {high}"))
}

/// What stands above the causes.
#[must_use]
pub fn causes_heading(is_led_by_alarm: bool) -> &'static str {
    if is_led_by_alarm { "Apart from that (this can wait)" } else { "What may be behind it" }
}

/// The end of a ranking: the causes that are counted and not named, since no answer points to them. `None` where they would
/// be the whole ranking.
#[must_use]
pub fn unnamed(outcome: &Outcome) -> Option<String> {
    let is_unlikely = outcome.unnamed().all(|ranked| ranked.likelihood() == Likelihood::LessLikely);
    let text = match (outcome.unnamed().count(), is_unlikely) {
        (0, _) => return None,
        (1, true) => "1 more, unlikely: no answer points to it".to_owned(),
        (1, false) => "1 more: no answer points to it".to_owned(),
        (more, true) => format!("{more} more, each unlikely: no answer points to them"),
        (more, false) => format!("{more} more: no answer points to them"),
    };
    (!outcome.named.is_empty()).then_some(text)
}

/// What the person was not sure about in an answer: these options, or without any the whole question.
#[must_use]
pub fn doubt(question: &Question, options: &BTreeSet<Idx<Choice>>) -> String {
    let doubted: Vec<String> = doubted(question, options).iter().map(|words| format!("“{words}”")).collect();
    format!("You were not sure about {}", doubted.join(", "))
}

/// The same without a sentence around it: the words of these options, or of the whole question.
#[must_use]
pub fn doubted<'q>(question: &'q Question, options: &BTreeSet<Idx<Choice>>) -> Vec<&'q str> {
    let options: Vec<&str> = options.iter().map(|option| question.option_text(*option)).collect();
    if options.is_empty() { vec![&question.ask] } else { options }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_as_they_are_spoken() {
        let written: Vec<_> = [1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111].into_iter().map(ordinal).collect();
        assert_eq!(written, ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "103rd", "111th"]);
    }

    #[test]
    fn how_long_ago_is_told_in_the_largest_unit_that_fits() {
        const NOW: u64 = 1_800_000_000;
        let told: Vec<_> =
            [0, 59, 60, 119, 3599, 3600, 7199, 7200, 86_399, 86_400, 259_200].map(|s| ago(NOW - s, NOW)).into();
        assert_eq!(
            told,
            [
                "a moment ago",
                "a moment ago",
                "1 minute ago",
                "1 minute ago",
                "59 minutes ago",
                "1 hour ago",
                "1 hour ago",
                "2 hours ago",
                "23 hours ago",
                "1 day ago",
                "3 days ago"
            ]
        );
        // The clock was set back in between.
        assert_eq!(ago(NOW, NOW - 1), "an earlier time");
    }

    #[test]
    fn a_day_has_its_year_unless_that_is_this_one() {
        let told = |day: [i8; 2], today: i16| {
            let [month, of_month] = day;
            super::day(Date::constant(2026, month, of_month), Date::constant(today, 12, 1))
        };
        assert_eq!(told([11, 23], 2026), "23 November");
        assert_eq!(told([1, 1], 2027), "1 January 2026");
    }

    #[test]
    fn a_range_says_what_is_counted_once() {
        assert_eq!(frequency_range(0.61, 0.9), Some("between 6 and 9 in 10".into()));
        assert_eq!(frequency_range(0.02, 0.31), Some("between 1 in 50 and 3 in 10".into()));
        assert_eq!(frequency_range(0.02, 0.1), Some("between 1 in 50 and 1 in 10".into()));
        assert_eq!(frequency_range(0.09, 0.11), None);
        assert_eq!(frequency_range(0.02, 0.021), None);
    }

    #[test]
    fn a_probability_is_a_count_of_people() {
        assert_eq!(frequency(0.31), "about 3 in 10");
        assert_eq!(frequency(0.9), "about 9 in 10");
        assert_eq!(frequency(0.97), "about 9 in 10");
        assert_eq!(frequency(0.1), "about 1 in 10");
        assert_eq!(frequency(0.08), "about 1 in 10");
        assert_eq!(frequency(0.07), "about 1 in 20");
        assert_eq!(frequency(0.05), "about 1 in 20");
        assert_eq!(frequency(0.03), "about 1 in 30");
        assert_eq!(frequency(0.011), "about 1 in 100");
        assert_eq!(frequency(0.0001), "about 1 in 200");
    }
}
