//! Finding an option by a part of one of its names.

use crate::questionnaire::Choice;

/// How well an option matches a search; the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Its text begins with it.
    Name,
    /// One of its other names begins with it.
    OtherName,
    /// A later word of one of its names begins with it.
    Word,
    /// A word of its help begins with it.
    Help,
    /// It occurs inside a word. Only from three letters on, since two occur in too many words.
    Inside,
}

/// How well an option matches a search, if it does. Case and space around the text are ignored. Every option matches an
/// empty text.
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

/// Whether a name of the option differs from the text by one typing mistake: a letter added, missing, wrong or swapped.
/// False for texts that are too short for that to mean much.
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

/// Whether a word of `name` begins with `text`. Both are in lower case.
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
            term: None,
            mark: None,
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
