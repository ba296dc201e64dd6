//! Finding an option by a part of one of its names.

use crate::questionnaire::Choice;

/// How well an option fits what is searched for; the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// What it says begins so.
    Name,
    /// One of its other names begins so.
    OtherName,
    /// A later word of one of its names begins so.
    Word,
    /// A word of its help begins so.
    Help,
    /// It stands inside a word; only from three letters on, as two stand inside too many.
    Inside,
}

/// How well an option fits what is searched for, if it does. Case does not count, nor does space around the text.
/// Every option fits an empty text.
#[must_use]
pub fn fit(choice: &Choice, text: &str) -> Option<Fit> {
    let text = text.trim().to_lowercase();
    let lower = |name: &String| name.to_lowercase();
    let say = lower(&choice.say);
    let also: Vec<String> = choice.also.iter().map(lower).collect();
    let help = choice.help.as_ref().map(lower);
    let names = || std::iter::once(&say).chain(&also);
    if say.starts_with(&text) {
        Some(Fit::Name)
    } else if also.iter().any(|name| name.starts_with(&text)) {
        Some(Fit::OtherName)
    } else if names().any(|name| has_word(name, &text)) {
        Some(Fit::Word)
    } else if help.iter().any(|help| has_word(help, &text)) {
        Some(Fit::Help)
    } else if text.chars().count() > 2 && names().chain(&help).any(|name| name.contains(&text)) {
        Some(Fit::Inside)
    } else {
        None
    }
}

/// Whether one of its names is spelt much like the text: with one letter more, less, other or swapped. A short text is like
/// too many.
#[must_use]
pub fn is_near(choice: &Choice, text: &str) -> bool {
    const SHORTEST: usize = 4;
    let text = text.trim().to_lowercase();
    let letters = text.chars().count();
    let is_like = |word: &str| {
        // The end of the word may not be typed yet.
        (letters.saturating_sub(1)..=letters + 1).any(|length| {
            let start: String = word.chars().take(length).collect();
            strsim::osa_distance(&start, &text) <= 1
        })
    };
    let names = std::iter::once(&choice.say).chain(&choice.also);
    letters >= SHORTEST && names.flat_map(|name| name.split_whitespace()).any(|word| is_like(&word.to_lowercase()))
}

/// Whether a word of a name begins so. Both are in lower case.
fn has_word(name: &str, text: &str) -> bool {
    name.match_indices(text).any(|(at, _)| {
        name.get(..at).is_none_or(|before| before.chars().next_back().is_none_or(|letter| !letter.is_alphanumeric()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simvastatin() -> Choice {
        Choice {
            id: "simvastatin".into(),
            say: "simvastatin".into(),
            help: Some("statin, for cholesterol".into()),
            also: vec!["Zocor".into(), "Inegy (with ezetimibe)".into()],
        }
    }

    #[track_caller]
    fn check(text: &str, expected: Option<Fit>) {
        assert_eq!(fit(&simvastatin(), text), expected, "{text}");
    }

    #[test]
    fn two_letters_of_any_name_find_an_option() {
        check("si", Some(Fit::Name));
        check("zo", Some(Fit::OtherName));
        check(" ZO ", Some(Fit::OtherName));
        check("ez", Some(Fit::Word));
        check("ch", Some(Fit::Help));
        check("", Some(Fit::Name));
    }

    #[test]
    fn one_wrong_letter_is_forgiven_from_four_letters_on() {
        for text in ["simvastatine", "simvistatin", "sinvastatin", "simavstatin", "simv", "zocer", "Zokor", "inejy"] {
            assert!(is_near(&simvastatin(), text), "{text}");
        }
        for text in ["zok", "sanvistatin", "ramipril", ""] {
            assert!(!is_near(&simvastatin(), text), "{text}");
        }
    }

    #[test]
    fn two_letters_inside_a_word_find_nothing_but_three_do() {
        check("va", None);
        check("vas", Some(Fit::Inside));
        check("lest", Some(Fit::Inside));
        check("xyz", None);
    }
}
