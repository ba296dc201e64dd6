//! What comes in from the terminal: bytes, cut anywhere, become the keys that a person pressed.
//!
//! The parser is that of `vte`, which terminals read their programs with. What it finds and no key sends, such as a reply of
//! the terminal, is passed over. Time is passed in, so that nothing here waits.
//!
//! Nothing that is malformed holds more than itself: Ctrl-C ends whatever is open, and so does a pause.

mod decode;

use std::time::{Duration, Instant};

use vte::{Params, Parser, Perform};

use crate::app::Key;
use decode::control;

/// How long an ESC may stand alone before it is the key of that name, and not the beginning of a sequence.
pub const ESC_WAIT: Duration = Duration::from_millis(50);

/// How long the rest of a sequence, a character or a paste may take. After that, what came is dropped.
pub const REST_WAIT: Duration = Duration::from_millis(400);

/// The most bytes of a sequence or a paste. What exceeds it was not meant for us, and its end will not come.
const LONGEST: usize = 1 << 20;

/// The most bytes that are kept of a paste. No field takes more.
const LONGEST_PASTE: usize = 4096;

const CTRL_C: u8 = 0x03;
const ESC: u8 = 0x1b;

/// What a person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// They pressed a key.
    Key(Press),
    /// They pasted a text.
    Paste(String),
}

/// A key that was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press {
    /// The key.
    pub key: Key,
    /// Whether the terminal says that it repeats a key that is held.
    pub is_repeat: bool,
}

impl From<Key> for Press {
    fn from(key: Key) -> Press {
        Press { key, is_repeat: false }
    }
}

/// Reads the bytes of a terminal.
#[derive(Default)]
pub struct Input {
    parser: Parser,
    heard: Heard,
    open: Option<Open>,
}

impl std::fmt::Debug for Input {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Input").field("open", &self.open).field("heard", &self.heard).finish_non_exhaustive()
    }
}

/// Something of which the end has not come yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Open {
    /// When its last byte came.
    last: Instant,
    /// How many bytes it has.
    bytes: usize,
    is_lone_esc: bool,
}

impl Input {
    /// Reads bytes that came at a time. Returns what they say. They are the rest of what is open, even if it is late by now:
    /// on a busy machine they may have waited to be read.
    pub fn read(&mut self, bytes: &[u8], now: Instant) -> Vec<Event> {
        for byte in bytes {
            self.read_byte(*byte, now);
        }
        std::mem::take(&mut self.heard.events)
    }

    /// Ends what waited for its rest too long. Returns what it says after all.
    pub fn pass_time(&mut self, now: Instant) -> Vec<Event> {
        if self.deadline().is_some_and(|deadline| deadline <= now) {
            if self.open.is_some_and(|open| open.is_lone_esc) {
                self.heard.key(Key::Esc);
            }
            self.heard.end_paste();
            self.drop_open();
        }
        std::mem::take(&mut self.heard.events)
    }

    /// When [`Input::pass_time`] has something to end.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        self.open.map(|open| open.last + if open.is_lone_esc { ESC_WAIT } else { REST_WAIT })
    }

    fn read_byte(&mut self, byte: u8, now: Instant) {
        if byte == CTRL_C {
            self.heard.paste = None;
            self.drop_open();
            self.heard.key(Key::Ctrl('c'));
            return;
        }
        let was_open = self.open.take();
        if byte == ESC && was_open.is_some_and(|open| open.is_lone_esc) {
            self.heard.key(Key::Esc);
        }
        self.heard.told = Told::Nothing;
        self.parser.advance(&mut self.heard, &[byte]);
        if was_open.is_some() && self.heard.told == Told::Control {
            // To a terminal, a control character in the middle of a sequence is done and the sequence goes on. No keyboard
            // sends that, so the sequence was cut off.
            self.parser = Parser::new();
        }
        let is_whole = byte != ESC && self.heard.told != Told::Nothing && self.heard.rest == Rest::None;
        if is_whole && self.heard.paste.is_none() {
            return;
        }
        let bytes = was_open.map_or(0, |open| open.bytes) + 1;
        if bytes > LONGEST {
            self.heard.end_paste();
            self.drop_open();
            return;
        }
        // An ESC in the middle of something ends it, or begins its end.
        let is_lone_esc = byte == ESC && was_open.is_none_or(|open| open.is_lone_esc);
        self.open = Some(Open { last: now, bytes, is_lone_esc });
    }

    fn drop_open(&mut self) {
        self.parser = Parser::new();
        self.heard.rest = Rest::None;
        self.open = None;
    }
}

/// What the parser finds.
#[derive(Debug, Default)]
struct Heard {
    events: Vec<Event>,
    /// The text of a paste while it is open.
    paste: Option<String>,
    rest: Rest,
    told: Told,
}

/// What the last byte amounted to.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// Nothing yet: it belongs to what is open.
    #[default]
    Nothing,
    /// A control character.
    Control,
    /// A character, or the end of a sequence.
    Whole,
}

/// What keyboards send after a sequence that is whole to the parser.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Rest {
    #[default]
    None,
    /// After `ESC O`: the letter of a key.
    Ss3,
    /// That many characters that say nothing to us: of a function key of the Linux console, or of an old mouse report.
    Skip(u8),
}

impl Heard {
    fn key(&mut self, key: Key) {
        self.press(Press::from(key));
    }

    fn press(&mut self, press: Press) {
        if self.paste.is_none() {
            self.events.push(Event::Key(press));
        }
    }

    fn end_paste(&mut self) {
        self.events.extend(self.paste.take().map(Event::Paste));
    }

    fn text(&mut self, c: char) {
        match &mut self.paste {
            Some(text) if text.len() < LONGEST_PASTE => text.push(c),
            Some(_) => {}
            None => self.key(Key::Char(c)),
        }
    }
}

impl Perform for Heard {
    fn print(&mut self, c: char) {
        self.told = Told::Whole;
        match std::mem::take(&mut self.rest) {
            Rest::None if c == '\x7f' => self.key(Key::Backspace),
            // What was no character, or cut off.
            Rest::None if c == char::REPLACEMENT_CHARACTER => {}
            Rest::None => self.text(c),
            // A modifier, which says nothing to us.
            Rest::Ss3 if c.is_ascii_digit() || c == ';' => self.rest = Rest::Ss3,
            Rest::Ss3 => {
                if let Some(key) = decode::ss3(c) {
                    self.key(key);
                }
            }
            Rest::Skip(left) if left > 1 => self.rest = Rest::Skip(left - 1),
            Rest::Skip(_) => {}
        }
    }

    fn execute(&mut self, byte: u8) {
        self.told = Told::Control;
        self.rest = Rest::None;
        match &mut self.paste {
            Some(_) if matches!(byte, b'\t' | b'\n' | b'\r') => self.text(' '),
            Some(_) => {}
            None => self.events.extend(control(byte).map(|key| Event::Key(key.into()))),
        }
    }

    fn csi_dispatch(&mut self, params: &Params, intermediates: &[u8], is_cut: bool, last: char) {
        self.told = Told::Whole;
        self.rest = Rest::None;
        if is_cut || !intermediates.is_empty() {
            // A reply of the terminal.
            return;
        }
        let is_bare = params.iter().eq([[0]]);
        match (last, params.iter().next()) {
            ('~', Some([200])) => self.paste = Some(self.paste.take().unwrap_or_default()),
            ('~', Some([201])) => self.end_paste(),
            ('[', _) if is_bare => self.rest = Rest::Skip(1),
            ('M', _) if is_bare => self.rest = Rest::Skip(3),
            _ => {
                if let Some(press) = decode::csi(params, last) {
                    self.press(press);
                }
            }
        }
    }

    fn esc_dispatch(&mut self, intermediates: &[u8], _is_cut: bool, byte: u8) {
        self.told = Told::Whole;
        // All others are keys with Alt, which we do not use, and the end of a string.
        self.rest = if byte == b'O' && intermediates.is_empty() { Rest::Ss3 } else { Rest::None };
    }

    fn osc_dispatch(&mut self, _params: &[&[u8]], _is_bell: bool) {
        self.told = Told::Whole;
        self.rest = Rest::None;
    }
}
