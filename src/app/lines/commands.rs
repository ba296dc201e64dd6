//! Parsing of typed lines: commands, and numbers of options.

use crate::app::App;
use crate::app::keymap::{Action, Binding, Key, Mode, binding};
use crate::app::screens::Screen;
use crate::text::sentence;

/// What can be typed besides an answer: a letter, its word, and the key that does the same on screens.
type Command = (&'static str, &'static str, Key);

/// All that can be typed. The first ones work on questions too, so no option may be called so.
const COMMANDS: [Command; 15] = [
    ("b", "back", Key::Left),
    ("f", "forward", Key::Right),
    ("n", "not sure", Key::Char('n')),
    ("w", "why", Key::Char('w')),
    ("m", "my answers", Key::Char('m')),
    ("p", "peek", Key::Char('p')),
    ("r", "results", Key::Char('r')),
    ("l", "list", Key::Ctrl('l')),
    ("s", "save", Key::Char('s')),
    ("?", "help", Key::Char('?')),
    ("q", "quit", Key::Char('q')),
    ("i", "what if", Key::Char('i')),
    ("u", "undo", Key::Char('u')),
    ("a", "keep", Key::Char('a')),
    ("e", "exit", Key::Char('e')),
];

/// The commands that do something on a screen, each with its letter, its word, and what it does. On a list, → takes the
/// selected line, and a letter may select or mark one, but nobody hears which one that is.
fn commands(mode: Mode) -> impl Iterator<Item = (&'static str, &'static str, &'static Binding)> {
    let bound = COMMANDS.iter().filter_map(move |(letter, word, key)| Some((*letter, *word, binding(*key, mode)?)));
    bound.filter(|(_, _, it)| !matches!(it.action, Action::Accept | Action::Digit | Action::Unsure))
}

pub(super) fn command(line: &str, mode: Mode) -> Option<Action> {
    let line = line.to_lowercase();
    let (_, _, binding) = commands(mode).find(|(letter, word, _)| *letter == line || *word == line)?;
    Some(binding.action)
}

/// Each command that does something on a screen now, for the help.
pub(super) fn help(app: &App<'_>, screen: &Screen) -> impl Iterator<Item = String> {
    let told = |(letter, _, binding): (&str, &str, &Binding)| match binding.action {
        Action::Help => None,
        Action::Redraw => Some(format!("{letter}: hear it again, and all of a long list.")),
        _ => Some(sentence(&format!("{letter}: {}", binding.long))),
    };
    let mut last = None;
    let mut is_new = move |action| last.replace(action) != Some(action);
    let live = commands(app.mode_of(screen)).filter(|(_, _, it)| !app.leads_nowhere(it.action, screen));
    live.filter(move |(_, _, it)| is_new(it.action)).filter_map(told)
}

/// A number of an option, and whether it is marked *not sure*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pick {
    pub(super) number: usize,
    pub(super) is_unsure: bool,
}

/// The number, if the line is nothing else. "2." and "2)" are read as "2".
pub(super) fn number(line: &str) -> Option<usize> {
    let digits = line.strip_suffix(['.', ')']).unwrap_or(line);
    let is_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    // A number that overflows is too large for any list anyway.
    is_digits.then(|| digits.parse().unwrap_or(usize::MAX))
}

/// The numbers in a line, separated by spaces or commas; `None` if it contains anything else, or no number.
pub(super) fn picks(line: &str) -> Option<Vec<Pick>> {
    let words = line.split([' ', ',', ';', '、']).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let is_unsure = word.starts_with('?');
            number(word.strip_prefix('?').unwrap_or(word)).map(|number| Pick { number, is_unsure })
        })
        .collect::<Option<Vec<_>>>()
        .filter(|picks| !picks.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_with_spaces_or_commas_between_them() {
        let sure = |number| Pick { number, is_unsure: false };
        assert_eq!(picks("1 3"), Some(vec![sure(1), sure(3)]));
        assert_eq!(picks("1,3, 12."), Some(vec![sure(1), sure(3), sure(12)]));
        assert_eq!(picks("1、3"), Some(vec![sure(1), sure(3)]));
        assert_eq!(picks("?2"), Some(vec![Pick { number: 2, is_unsure: true }]));
        assert_eq!(picks("99999999999999999999999"), Some(vec![sure(usize::MAX)]));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for line in [",", "1 x", "-1", "+1", "1.5", "?", "١", "1\u{fffd}2", "[A"] {
            assert_eq!(picks(line), None, "{line}");
        }
    }

    #[test]
    fn the_letters_of_the_commands_are_those_that_option_texts_must_avoid() {
        assert!(COMMANDS.map(|(letter, _, _)| letter).starts_with(&crate::text::wording::COMMAND_LETTERS));
    }

    #[test]
    fn letters_that_act_on_what_is_selected_are_no_commands() {
        assert_eq!(command("u", Mode::Many), None);
        assert_eq!(command("f", Mode::Answers), None);
    }

    #[test]
    fn commands_are_letters_or_words_in_any_case() {
        assert_eq!(command("B", Mode::Many), Some(Action::Back));
        assert_eq!(command("Not sure", Mode::One), Some(Action::NotSure));
        assert_eq!(command("bb", Mode::One), None);
    }
}
