//! Which key does what on which screen. The line at the bottom and the help screen are made from this one table, and the
//! manual is tested against it.

/// What a person can do. [`action`] says which key does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Move the selection, or scroll.
    Move(Motion),
    /// Select a line by its number, or tick it.
    Digit,
    /// Tick or untick the selected line.
    Tick,
    /// Answer *none of these*.
    NoneOfThese,
    /// Answer *not sure*.
    NotSure,
    /// Mark the selected line *not sure*.
    Unsure,
    /// Accept and go on.
    Accept,
    /// Back to the question before.
    Back,
    /// Forward, keeping the answer.
    Forward,
    /// Show or hide why the question is asked.
    Why,
    /// Search in a long list.
    Find,
    /// Type a character.
    Type,
    /// Delete a character.
    Erase,
    /// Delete all that was typed.
    EraseAll,
    /// The list of answers.
    Answers,
    /// The ranking so far.
    Peek,
    /// The results.
    Results,
    /// The list of keys.
    Help,
    /// Show or hide the figures behind a cause.
    Figures,
    /// Change an answer only to see what that would do: *what if*.
    WhatIf,
    /// Take the last what-if change back.
    Undo,
    /// Keep the what-if changes as the person's own answers.
    Keep,
    /// Drop the what-if changes, and go back to the person's own answers.
    EndWhatIf,
    /// The next page of the text.
    NextPage,
    /// The previous page of the text.
    PreviousPage,
    /// Save the report.
    Save,
    /// Copy the result, in a few lines.
    Copy,
    /// Close the screen on top.
    Close,
    /// Quit; asks first while there are answers.
    Quit,
    /// Quit without asking.
    QuitNow,
    /// Draw the screen anew.
    Redraw,
    /// Suspend the program, and leave the terminal to the shell (Ctrl-Z).
    Suspend,
}

/// How far to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Motion {
    /// One up.
    Up,
    /// One down.
    Down,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
}

/// A key, as any terminal can report it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A typed character.
    Char(char),
    /// A character with Ctrl held.
    Ctrl(char),
    /// ↑
    Up,
    /// ↓
    Down,
    /// ←
    Left,
    /// →
    Right,
    /// Home
    Home,
    /// End
    End,
    /// Page up
    PageUp,
    /// Page down
    PageDown,
    /// Enter
    Enter,
    /// Tab
    Tab,
    /// Shift-Tab
    BackTab,
    /// Backspace
    Backspace,
    /// Escape
    Esc,
}

/// The kind of screen, as far as keys differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// The welcome screen.
    Welcome,
    /// A question with one answer.
    One,
    /// A question with one answer, from a list that can be searched.
    LongOne,
    /// A question with any number of ticks.
    Many,
    /// A question with any number of ticks, from a list that can be searched.
    LongMany,
    /// A question with a number.
    Number,
    /// A long list while its search is typed.
    Search,
    /// Why a question is asked, on a page of its own.
    Why,
    /// Buttons below a text.
    Choice,
    /// The list of answers.
    Answers,
    /// The ranking so far, in the middle of the questions.
    Peek,
    /// The results.
    Results,
    /// The text about one line of the results, with the keys that scroll it.
    Details,
    /// Such a text with questions that can be answered.
    StillOpen,
    /// The results of what-if answers.
    WhatIf,
    /// The text about one line of those.
    WhatIfDetails,
    /// The list of keys.
    Help,
    /// What is wrong with the question file that is previewed.
    Problems,
    /// A terminal below [`Size::LEAST`](crate::app::Size::LEAST).
    TooSmall,
}

/// The modes in which a key works.
#[derive(Debug, Clone, Copy)]
pub enum Modes {
    /// These.
    In(&'static [Mode]),
    /// All but these.
    NotIn(&'static [Mode]),
}

impl Modes {
    fn has(self, mode: Mode) -> bool {
        match self {
            Modes::In(modes) => modes.contains(&mode),
            Modes::NotIn(modes) => !modes.contains(&mode),
        }
    }
}

/// The keys that trigger an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// One of these keys.
    Keys(&'static [Key]),
    /// A digit from 1 to 9.
    Digit,
    /// A character of a number: a digit, a point, a minus, or any other that is neither a letter nor a space. What is no number
    /// is to be seen, and not to be left out: 1/2 is not 12.
    NumberCharacter,
    /// Any character that no other row binds.
    AnyCharacter,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// The keys.
    pub trigger: Trigger,
    /// The screens on which they work.
    pub modes: Modes,
    /// What they do.
    pub action: Action,
    /// The key as people call it.
    pub name: &'static str,
    /// What it does, in a word or two for the bottom line; empty to leave it out there.
    pub short: &'static str,
    /// What it does, for the help screen.
    pub long: &'static str,
}

use Key::{BackTab, Backspace, Char, Ctrl, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right, Tab, Up};
use Mode::{
    Answers, Choice, Details, Help, LongMany, LongOne, Many, Number, One, Peek, Problems, Results, Search, StillOpen,
    TooSmall, Welcome, WhatIf, WhatIfDetails, Why,
};
use Modes::{In, NotIn};
use Trigger::{AnyCharacter, Digit, Keys, NumberCharacter};

const SELECTING: Modes = In(&[One, LongOne, Choice, Answers, Results, WhatIf, StillOpen]);
const TYPING: Modes = In(&[Number, Search]);
const READING: Modes = In(&[Welcome, Why, Peek, Details, WhatIfDetails, Help, Problems]);
const ASKING: Modes = In(&[One, LongOne, Many, LongMany, Number]);
const MANY: Modes = In(&[Many, LongMany]);
/// Every mode in which letters are no text.
const LETTERS: Modes = NotIn(&[Search, TooSmall]);
/// The results in all their modes.
const RESULTS: Modes = In(&[Results, Details, StillOpen, WhatIf, WhatIfDetails]);
/// The results of what-if answers.
const TRYING: Modes = In(&[WhatIf, WhatIfDetails]);
const ALL: Modes = NotIn(&[]);

const fn row(
    trigger: Trigger,
    modes: Modes,
    action: Action,
    name: &'static str,
    short: &'static str,
    long: &'static str,
) -> Binding {
    Binding { trigger, modes, action, name, short, long }
}

/// The table. The bottom line shows as many rows as fit, in this order.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    row(Keys(&[Up, Char('k')]), SELECTING, Action::Move(Motion::Up), "↑ k", "", "move up"),
    row(Keys(&[Down, Char('j')]), SELECTING, Action::Move(Motion::Down), "↓ j", "move", "move down"),
    row(Keys(&[Up]), TYPING, Action::Move(Motion::Up), "↑", "", "move up"),
    row(Keys(&[Down]), TYPING, Action::Move(Motion::Down), "↓", "move", "move down"),
    row(Keys(&[Up, Char('k')]), READING, Action::Move(Motion::Up), "↑ k", "", "scroll up"),
    row(Keys(&[Down, Char('j')]), READING, Action::Move(Motion::Down), "↓ j", "scroll", "scroll down"),
    row(Keys(&[Home]), LETTERS, Action::Move(Motion::First), "Home", "", "to the top"),
    row(Keys(&[End]), LETTERS, Action::Move(Motion::Last), "End", "", "to the end"),
    row(Keys(&[PageUp]), LETTERS, Action::Move(Motion::PageUp), "PgUp", "", "a page up"),
    row(Keys(&[PageDown]), LETTERS, Action::Move(Motion::PageDown), "PgDn", "", "a page down"),
    row(Keys(&[Char(' '), Char('x')]), MANY, Action::Tick, "Space x", "tick", "tick or untick the selected line"),
    row(Keys(&[Enter]), In(&[Many, LongMany, Number]), Action::Accept, "Enter", "go on", "accept and go on"),
    row(Keys(&[Char('0')]), MANY, Action::NoneOfThese, "0", "none", "none of these, once all of them have been on screen"),
    row(Keys(&[Up, Char('k')]), MANY, Action::Move(Motion::Up), "↑ k", "", "move up"),
    row(Keys(&[Down, Char('j')]), MANY, Action::Move(Motion::Down), "↓ j", "move", "move down"),
    row(Keys(&[Enter]), In(&[Welcome]), Action::Accept, "Enter", "begin", "begin"),
    row(Keys(&[Enter]), In(&[One, LongOne, Choice]), Action::Accept, "Enter", "choose", "choose and go on"),
    row(Keys(&[Enter, Right]), In(&[Answers]), Action::Accept, "Enter", "change", "go to that answer"),
    row(Keys(&[Enter, Right]), In(&[Results, WhatIf]), Action::Accept, "Enter", "read", "read about the selected line"),
    row(Keys(&[Enter, Right]), In(&[StillOpen]), Action::Accept, "Enter", "answer", "go to that question, and come back"),
    row(Keys(&[Enter]), In(&[Search]), Action::Accept, "Enter", "take", "tick or choose what is found"),
    row(Keys(&[Tab]), RESULTS, Action::NextPage, "Tab", "page", "next page of the text"),
    row(Keys(&[BackTab]), RESULTS, Action::PreviousPage, "Shift-Tab", "", "previous page of the text"),
    row(Digit, In(&[One, LongOne]), Action::Digit, "1-9", "", "select that line"),
    row(Digit, MANY, Action::Digit, "1-9", "", "tick that line; in a list of more than nine, select it"),
    row(Digit, In(&[Choice, Answers, Results, WhatIf]), Action::Digit, "1-9", "", "select that line"),
    row(Keys(&[Char('s')]), In(&[Answers]), Action::Digit, "s", "", "select “Start over”, if it is in the list"),
    row(NumberCharacter, In(&[Number]), Action::Type, "0-9", "", "type the number"),
    row(AnyCharacter, In(&[Search]), Action::Type, "letters", "", "search"),
    row(Keys(&[Backspace]), TYPING, Action::Erase, "Backspace", "", "delete; back when there is nothing to delete"),
    row(Keys(&[Ctrl('u')]), TYPING, Action::EraseAll, "Ctrl-U", "", "delete all that was typed"),
    row(Keys(&[Char('n')]), ASKING, Action::NotSure, "n", "not sure", "not sure about the question"),
    row(Keys(&[Char('u')]), MANY, Action::Unsure, "u", "", "not sure about the selected line"),
    row(Keys(&[Char('/')]), In(&[LongOne, LongMany]), Action::Find, "/", "find", "find in a long list"),
    row(Keys(&[Left, BackTab, Backspace, Esc]), In(&[One, LongOne, Many, LongMany]), Action::Back, "← Esc Backspace", "back", "back; the answer stays"),
    row(Keys(&[Left, BackTab, Esc]), In(&[Number]), Action::Back, "← Esc", "back", "back; the answer stays"),
    row(Keys(&[Right]), ASKING, Action::Forward, "→", "", "forward, keeping the answer"),
    row(Keys(&[Char('w')]), ASKING, Action::Why, "w", "why", "why this question is asked"),
    row(Keys(&[Char('w'), Esc, Enter, Left, Backspace]), In(&[Why]), Action::Close, "w Esc", "close", "close"),
    row(Keys(&[Char('p'), Esc, Enter, Left, Backspace]), In(&[Peek]), Action::Close, "p Esc", "close", "close"),
    row(Keys(&[Char('?'), Esc, Enter, Left, Backspace]), In(&[Help]), Action::Close, "? Esc", "close", "close"),
    row(Keys(&[Esc, Enter, Left, Backspace]), In(&[Problems]), Action::Close, "Esc Enter", "close", "close, and go on with the questions as they were"),
    row(Keys(&[Char('m'), Esc, Left, Backspace]), In(&[Answers]), Action::Close, "m Esc", "close", "back to where you were"),
    row(Keys(&[Esc]), In(&[Search]), Action::Close, "Esc", "end search", "end the search"),
    row(Keys(&[Left, BackTab, Backspace, Esc]), In(&[Choice]), Action::Close, "← Esc Backspace", "back", "back, with everything as it was"),
    row(Keys(&[Left, Esc, Enter, Backspace]), In(&[Details, WhatIfDetails]), Action::Close, "← Esc", "back", "back to the list"),
    row(Keys(&[Left, Esc, Backspace]), In(&[StillOpen]), Action::Close, "← Esc", "back", "back to the list"),
    row(Keys(&[Left, Esc, Backspace]), In(&[Results]), Action::Back, "← Esc Backspace", "", "back to the questions"),
    row(Keys(&[Char('i')]), RESULTS, Action::WhatIf, "i", "what if", "change an answer to see what it would do (what if)"),
    row(Keys(&[Char('a')]), TRYING, Action::Keep, "a", "keep", "make these answers my own"),
    row(Keys(&[Char('u')]), TRYING, Action::Undo, "u", "undo", "take the last change back"),
    row(Keys(&[Char('e')]), TRYING, Action::EndWhatIf, "e", "exit", "back to my own answers"),
    row(Keys(&[Esc, Left, Backspace]), In(&[WhatIf]), Action::EndWhatIf, "Esc ←", "", "back to my own answers"),
    row(Keys(&[Char('f')]), RESULTS, Action::Figures, "f", "", "show or hide the figures behind a cause"),
    row(Keys(&[Char('s')]), In(&[Results, Details, StillOpen]), Action::Save, "s", "save", "save a report for a doctor or pharmacist, in this folder"),
    row(Keys(&[Char('y')]), In(&[Results, Details, StillOpen]), Action::Copy, "y", "copy", "copy the urgency and the first causes to the clipboard"),
    row(Keys(&[Char('m')]), In(&[One, LongOne, Many, LongMany, Number, Why, Peek, Results, WhatIf, Details, WhatIfDetails, StillOpen]), Action::Answers, "m", "answers", "review or change my answers, or start over"),
    row(Keys(&[Char('p')]), In(&[One, LongOne, Many, LongMany, Number, Why]), Action::Peek, "p", "", "peek at the ranking so far"),
    row(Keys(&[Char('r')]), In(&[One, LongOne, Many, LongMany, Number, Why, Answers, Peek]), Action::Results, "r", "results", "results now"),
    row(Keys(&[Char('?')]), NotIn(&[Search, TooSmall, Help]), Action::Help, "?", "keys", "all keys"),
    row(Keys(&[Char('q')]), LETTERS, Action::Quit, "q", "quit", "quit; asks first while there are answers"),
    row(Keys(&[Ctrl('c')]), NotIn(&[TooSmall]), Action::QuitNow, "Ctrl-C", "", "quit at once; asks first only if answers would be lost"),
    row(Keys(&[Char('q'), Ctrl('c')]), In(&[TooSmall]), Action::QuitNow, "q", "quit", "quit"),
    row(Keys(&[Ctrl('l')]), ALL, Action::Redraw, "Ctrl-L", "", "draw the screen anew"),
    row(Keys(&[Ctrl('z')]), ALL, Action::Suspend, "Ctrl-Z", "", "back to the shell for a while (`fg` comes back)"),
];

/// What a key does in a mode, and the character that was typed, if any.
#[must_use]
pub fn action(key: Key, mode: Mode) -> Option<(Action, Option<char>)> {
    let key = match key {
        Key::Char(c) if mode != Mode::Search => Key::Char(half_width(c)),
        _ => key,
    };
    let typed = if let Key::Char(c) = key { Some(c) } else { None };
    match (binding(key, mode), key) {
        (Some(binding), _) => Some((binding.action, typed)),
        // Caps Lock changes nothing.
        (None, Key::Char(c)) if c.is_ascii_uppercase() => action(Key::Char(c.to_ascii_lowercase()), mode),
        (None, _) => None,
    }
}

/// The row of a key in a mode.
pub(in crate::app) fn binding(key: Key, mode: Mode) -> Option<&'static Binding> {
    let exact = bindings(mode).find(|binding| matches!(binding.trigger, Trigger::Keys(keys) if keys.contains(&key)));
    exact.or_else(|| bindings(mode).find(|binding| binding.trigger.matches(key)))
}

/// The rows of a mode, in the order of the table.
pub fn bindings(mode: Mode) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |binding| binding.modes.has(mode))
}

impl Binding {
    /// The key as the bottom line calls it: one of its keys, and both arrows together.
    #[must_use]
    pub fn footer_name(&self) -> &'static str {
        match self.name {
            "↓ j" | "↓" => "↑↓",
            "w Esc" | "m Esc" | "p Esc" | "? Esc" => "Esc",
            name => name.split(' ').next().unwrap_or(name),
        }
    }
}

/// A character without the full width that it has on East Asian keyboards.
pub(in crate::app) fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(u32::from(c) - u32::from('！') + u32::from('!')).unwrap_or(c),
        _ => c,
    }
}

impl Trigger {
    fn matches(self, key: Key) -> bool {
        match (self, key) {
            (Trigger::Keys(keys), key) => keys.contains(&key),
            (Trigger::Digit, Key::Char(c)) => matches!(c, '1'..='9'),
            (Trigger::NumberCharacter, Key::Char(c)) => !c.is_alphabetic() && !c.is_whitespace() && !c.is_control(),
            (Trigger::AnyCharacter, Key::Char(c)) => !c.is_control(),
            _ => false,
        }
    }
}
