//! Which key does what on which screen.

use twinge::app::{Action, Key, Mode, Trigger, action, bindings};

const ALL: [Mode; 19] = [
    Mode::Welcome,
    Mode::One,
    Mode::LongOne,
    Mode::Many,
    Mode::LongMany,
    Mode::Number,
    Mode::Search,
    Mode::Why,
    Mode::Choice,
    Mode::Answers,
    Mode::Peek,
    Mode::Results,
    Mode::Details,
    Mode::StillOpen,
    Mode::WhatIf,
    Mode::WhatIfDetails,
    Mode::Help,
    Mode::Problems,
    Mode::TooSmall,
];

#[test]
fn no_key_is_bound_twice_on_one_screen() {
    for mode in ALL {
        let mut seen = Vec::new();
        for binding in bindings(mode) {
            let Trigger::Keys(keys) = binding.trigger else { continue };
            for key in keys {
                assert!(!seen.contains(key), "{key:?} is bound twice in {mode:?}");
                seen.push(*key);
            }
        }
    }
}

#[test]
fn every_screen_can_be_left_and_quit() {
    for mode in ALL {
        assert_eq!(action(Key::Ctrl('c'), mode).map(|(action, _)| action), Some(Action::QuitNow), "{mode:?}");
    }
}

#[test]
fn letters_are_text_while_a_search_is_typed() {
    for c in ['q', 'n', 'w', 'm', 'p', 'r', '?', '/', 'j', ' '] {
        assert_eq!(action(Key::Char(c), Mode::Search), Some((Action::Type, Some(c))));
    }
}

#[test]
fn caps_lock_changes_nothing() {
    assert_eq!(action(Key::Char('N'), Mode::One).map(|(action, _)| action), Some(Action::NotSure));
    assert_eq!(action(Key::Char('N'), Mode::Search), Some((Action::Type, Some('N'))));
}

#[test]
fn characters_of_full_width_are_those_of_half_width_except_in_a_search() {
    assert_eq!(action(Key::Char('７'), Mode::Number), Some((Action::Type, Some('7'))));
    assert_eq!(action(Key::Char('ｑ'), Mode::One), Some((Action::Quit, Some('q'))));
    assert_eq!(action(Key::Char('ｑ'), Mode::Search), Some((Action::Type, Some('ｑ'))));
}

#[test]
fn what_is_no_letter_is_typed_as_part_of_a_number() {
    for c in ['5', ',', '.', '-', '/', '½', '+'] {
        assert_eq!(action(Key::Char(c), Mode::Number), Some((Action::Type, Some(c))));
    }
}

#[test]
fn letters_keep_their_meaning_while_a_number_is_typed() {
    assert_eq!(action(Key::Char('7'), Mode::Number), Some((Action::Type, Some('7'))));
    assert_eq!(action(Key::Char('n'), Mode::Number), Some((Action::NotSure, Some('n'))));
    assert_eq!(action(Key::Char('q'), Mode::Number), Some((Action::Quit, Some('q'))));
}
