//! Parsing of typed lines: commands, and numbers of options.

/// What can be typed besides an answer. Most letters are the same as the keys; `b` is back, and `f` is forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Back,
    Forward,
    NotSure,
    Why,
    Answers,
    Peek,
    Results,
    Again,
    Save,
    Help,
    Quit,
}

/// Each command with its letter and its word.
const COMMANDS: [(&str, &str, Command); 11] = [
    ("b", "back", Command::Back),
    ("f", "forward", Command::Forward),
    ("n", "not sure", Command::NotSure),
    ("w", "why", Command::Why),
    ("m", "my answers", Command::Answers),
    ("p", "peek", Command::Peek),
    ("r", "results", Command::Results),
    ("l", "list", Command::Again),
    ("s", "save", Command::Save),
    ("?", "help", Command::Help),
    ("q", "quit", Command::Quit),
];

/// A number of an option, and whether it is marked *not sure*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pick {
    pub(super) number: usize,
    pub(super) is_unsure: bool,
}

pub(super) fn command(line: &str) -> Option<Command> {
    let line = line.to_lowercase();
    COMMANDS.iter().find(|(letter, word, _)| *letter == line || *word == line).map(|(_, _, command)| *command)
}

/// The number, if the line is nothing else. "2." and "2)" are read as "2".
pub(super) fn number(line: &str) -> Option<usize> {
    let digits = line.strip_suffix(['.', ')']).unwrap_or(line);
    let is_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    // A number that overflows is too large for any list anyway.
    is_digits.then(|| digits.parse().unwrap_or(usize::MAX))
}

/// The numbers in a line, separated by spaces or commas; `None` if it contains anything else.
pub(super) fn picks(line: &str) -> Option<Vec<Pick>> {
    let words = line.split([' ', ',', ';']).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let is_unsure = word.starts_with('?');
            number(word.strip_prefix('?').unwrap_or(word)).map(|number| Pick { number, is_unsure })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_with_spaces_or_commas_between_them() {
        let sure = |number| Pick { number, is_unsure: false };
        assert_eq!(picks("1 3"), Some(vec![sure(1), sure(3)]));
        assert_eq!(picks("1,3, 12."), Some(vec![sure(1), sure(3), sure(12)]));
        assert_eq!(picks("?2"), Some(vec![Pick { number: 2, is_unsure: true }]));
        assert_eq!(picks("99999999999999999999999"), Some(vec![sure(usize::MAX)]));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for line in ["1 x", "-1", "+1", "1.5", "?", "١", "1\u{fffd}2", "[A"] {
            assert_eq!(picks(line), None, "{line}");
        }
    }

    #[test]
    fn the_letters_of_the_commands_are_those_that_option_texts_must_avoid() {
        assert_eq!(COMMANDS.map(|(letter, _, _)| letter), crate::text::wording::COMMAND_LETTERS);
    }

    #[test]
    fn commands_are_letters_or_words_in_any_case() {
        assert_eq!(command("B"), Some(Command::Back));
        assert_eq!(command("Not sure"), Some(Command::NotSure));
        assert_eq!(command("bb"), None);
    }
}
