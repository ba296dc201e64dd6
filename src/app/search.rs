//! Finding an option by a part of one of its names.

use crate::app::keymap::half_width;
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

/// How well an option matches a search, if it does: every word of the text has to, and the word that fits worst counts. Case,
/// hyphens, a plural's s, strengths and forms ("20mg tablets") are ignored. Every option matches an empty text.
#[must_use]
pub fn fit(choice: &Choice, text: &str) -> Option<Fit> {
    let say = plain(&choice.say);
    let also: Vec<String> = choice.also.iter().chain(&choice.term).map(|name| plain(name)).collect();
    let help = choice.help.as_ref().map(|help| plain(help));
    let fit_of = |word: &str| {
        let names = || std::iter::once(&say).chain(&also);
        if say.starts_with(word) {
            Some(Fit::Name)
        } else if also.iter().any(|name| name.starts_with(word)) {
            Some(Fit::OtherName)
        } else if names().any(|name| has_word(name, word)) {
            Some(Fit::Word)
        } else if help.iter().any(|help| has_word(help, word)) {
            Some(Fit::Help)
        } else if word.chars().count() > 2 && names().chain(&help).any(|name| name.contains(word)) {
            Some(Fit::Inside)
        } else {
            None
        }
    };
    let singular = |word: &str| word.strip_suffix('s').filter(|stem| stem.len() > 3).and_then(fit_of);
    let fits = words(text).into_iter().map(|word| fit_of(&word).or_else(|| singular(&word)));
    fits.collect::<Option<Vec<_>>>().map(|fits| fits.into_iter().max().unwrap_or(Fit::Name))
}

/// The words of a search that can be part of a name; if there are none, all of them.
fn words(text: &str) -> Vec<String> {
    let text = plain(text);
    let all: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    let named: Vec<String> = all.iter().filter(|word| !is_beside(word)).cloned().collect();
    if named.is_empty() { all } else { named }
}

/// Whether a word is said beside a name: a strength, a form, or how often it is taken, as "20mg", "5", "tablets", "daily".
fn is_beside(word: &str) -> bool {
    const WORDS: &str = "a the my of at in every mg mcg µg g ml milligram milligrams microgram micrograms gram grams unit \
        units iu % tablet tablets pill pills capsule capsules puff puffs drop drops dose doses once twice times daily weekly \
        day night morning od bd tds qds prn";
    let is_one = |word: &str| WORDS.split(' ').any(|one| one == word);
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '/'));
    is_one(word) || (unit.len() < word.len() && (unit.is_empty() || is_one(unit)))
}

/// A text in lower case and half width, with blanks for hyphens and straight apostrophes.
pub(in crate::app) fn plain(text: &str) -> String {
    let text: String = text.trim().chars().map(half_width).collect();
    text.to_lowercase().replace(['-', '‑'], " ").replace('’', "'")
}

/// Whether a name of the option differs from the text by a typing mistake, or two in a long name: a letter added, missing,
/// wrong or swapped. False for texts that are too short for that to mean much, or begin with other letters.
#[must_use]
pub fn is_near(choice: &Choice, text: &str) -> bool {
    const SHORTEST: usize = 4;
    const LONG: usize = 8;
    let text = words(text).join(" ");
    let letters = text.chars().count();
    let mistakes = if letters < LONG { 1 } else { 2 };
    let begins_like = |word: &str| word.chars().take(2).any(|letter| text.chars().take(2).any(|typed| typed == letter));
    // The end of the word may not be typed yet.
    let lengths = letters.saturating_sub(mistakes)..=letters + mistakes;
    let is_like = |word: &str| {
        let is_like_start = |length| strsim::osa_distance(word.get(..length).unwrap_or(word), &text) <= mistakes;
        word.len() >= *lengths.start() && begins_like(word) && lengths.clone().any(is_like_start)
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
