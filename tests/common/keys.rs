//! Which key does what, as far as a walk through the screens needs it, and keys as they are written in a test.

use twinge::app::{Key, Mode};

pub(crate) const BEGIN: Key = Key::Enter;
pub(crate) const ACCEPT: Key = Key::Enter;
pub(crate) const UP: Key = Key::Up;
pub(crate) const DOWN: Key = Key::Down;
pub(crate) const FIRST: Key = Key::Home;
pub(crate) const LAST: Key = Key::End;
pub(crate) const TICK: Key = Key::Char(' ');
/// Marks the option in focus *not sure*, on a list.
pub(crate) const MARK_UNSURE: Key = Key::Char('u');
/// Answers a question with *not sure*.
pub(crate) const NOT_SURE: Key = Key::Char('n');
pub(crate) const SEARCH: Key = Key::Char('/');
pub(crate) const END_SEARCH: Key = Key::Esc;
pub(crate) const NEXT_PAGE: Key = Key::Tab;

/// The key that chooses or ticks an option by its number.
pub(crate) fn digit(number: usize) -> Option<Key> {
    char::from_digit(u32::try_from(number).ok()?, 10).map(Key::Char)
}

/// The screens that a key opens, and what is then in view.
pub(crate) const SCREENS: [(&str, Key, Mode); 5] = [
    ("results", Key::Char('r'), Mode::Results),
    ("answers", Key::Char('m'), Mode::Answers),
    ("peek", Key::Char('p'), Mode::Peek),
    ("help", Key::Char('?'), Mode::Help),
    ("what if", Key::Char('i'), Mode::Answers),
];

/// The keys that are written as words; anything else is typed, character by character.
pub(crate) const NAMED: [(&str, Key); 15] = [
    ("Enter", Key::Enter),
    ("Up", Key::Up),
    ("Down", Key::Down),
    ("Left", Key::Left),
    ("Right", Key::Right),
    ("Home", Key::Home),
    ("End", Key::End),
    ("PgUp", Key::PageUp),
    ("PgDn", Key::PageDown),
    ("Tab", Key::Tab),
    ("BackTab", Key::BackTab),
    ("Backspace", Key::Backspace),
    ("Esc", Key::Esc),
    ("Space", Key::Char(' ')),
    ("Ctrl-C", Key::Ctrl('c')),
];

/// Keys as they are written in a test: "Enter Down x" and so on.
pub(crate) fn parse(text: &str) -> Vec<Key> {
    let named = |word: &str| NAMED.iter().find(|(name, _)| *name == word).map(|(_, key)| *key);
    text.split_whitespace()
        .flat_map(|word| named(word).map_or_else(|| word.chars().map(Key::Char).collect(), |key| vec![key]))
        .collect()
}
