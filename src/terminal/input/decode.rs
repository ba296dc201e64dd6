//! The keys that escape sequences and control characters stand for.

use vte::Params;

use crate::app::Key;
use crate::terminal::input::Press;

const SHIFT: u16 = 1;
const CTRL: u16 = 4;
/// Alt, Super, Hyper and Meta: with these, a key does nothing here.
const FOREIGN: u16 = 2 | 8 | 16 | 32;

/// The key of a control character.
pub(super) fn control(byte: u8) -> Option<Key> {
    match byte {
        // Enter that was typed ahead arrives as `\n`, since the terminal was not ours yet.
        b'\r' | b'\n' => Some(Key::Enter),
        b'\t' => Some(Key::Tab),
        0x08 => Some(Key::Backspace),
        0x01..=0x1a => Some(Key::Ctrl(char::from(byte - 1 + b'a'))),
        _ => None,
    }
}

/// The key of `ESC O` and a letter: the arrows in one mode, the keypad in another.
pub(super) fn ss3(last: char) -> Option<Key> {
    match last {
        'M' => Some(Key::Enter),
        'I' => Some(Key::Tab),
        'p'..='y' => char::from_digit(u32::from(last) - u32::from('p'), 10).map(Key::Char),
        'j' => Some(Key::Char('*')),
        'k' => Some(Key::Char('+')),
        'l' => Some(Key::Char(',')),
        'm' => Some(Key::Char('-')),
        'n' => Some(Key::Char('.')),
        'o' => Some(Key::Char('/')),
        _ => arrow(last),
    }
}

fn arrow(last: char) -> Option<Key> {
    match last {
        'A' => Some(Key::Up),
        'B' => Some(Key::Down),
        'C' => Some(Key::Right),
        'D' => Some(Key::Left),
        'H' => Some(Key::Home),
        'F' => Some(Key::End),
        _ => None,
    }
}

/// The key of a control sequence; `None` for one that is released, and for all that is no key of ours.
pub(super) fn csi(params: &Params, last: char) -> Option<Press> {
    let number = |at: usize, part: usize| {
        params.iter().nth(at).and_then(|parts| parts.get(part)).copied().filter(|number| *number != 0)
    };
    let modifiers = number(1, 0).unwrap_or(1) - 1;
    let kind = number(1, 1).unwrap_or(1);
    if modifiers & FOREIGN != 0 || kind > 2 {
        return None;
    }
    let key = match last {
        'Z' => Some(Key::BackTab),
        'u' => {
            let layouts = Layouts { key: number(0, 0).unwrap_or(0), shifted: number(0, 1), latin: number(0, 2) };
            unicode(layouts, modifiers, number(2, 0))
        }
        '~' => match number(0, 0)? {
            1 | 7 => Some(Key::Home),
            4 | 8 => Some(Key::End),
            5 => Some(Key::PageUp),
            6 => Some(Key::PageDown),
            // What XTerm calls `modifyOtherKeys`.
            27 => unicode(Layouts { key: number(2, 0)?, shifted: None, latin: None }, modifiers, None),
            _ => None,
        },
        _ => arrow(last),
    };
    key.map(|key| Press { key, is_repeat: kind == 2 })
}

/// The character of a key, of the same key with Shift, and of the key at its place on a Latin keyboard.
#[derive(Clone, Copy)]
struct Layouts {
    key: u16,
    shifted: Option<u16>,
    latin: Option<u16>,
}

/// The key that is told by its character or its number, as in kitty's keyboard protocol. `text` is what it types.
fn unicode(layouts: Layouts, modifiers: u16, text: Option<u16>) -> Option<Key> {
    let Layouts { key, shifted, latin } = layouts;
    let has_shift = modifiers & SHIFT != 0;
    let c = match key {
        9 if has_shift => return Some(Key::BackTab),
        9 => return Some(Key::Tab),
        13 | 57414 => return Some(Key::Enter),
        27 => return Some(Key::Esc),
        127 => return Some(Key::Backspace),
        // The keypad.
        57399..=57408 => char::from_digit(u32::from(key - 57399), 10)?,
        57409..=57416 => "./*-+\r=,".chars().nth(usize::from(key - 57409))?,
        57417 => return Some(Key::Left),
        57418 => return Some(Key::Right),
        57419 => return Some(Key::Up),
        57420 => return Some(Key::Down),
        57421 => return Some(Key::PageUp),
        57422 => return Some(Key::PageDown),
        57423 => return Some(Key::Home),
        57424 => return Some(Key::End),
        // Other keys without a character.
        57344..=63743 => return None,
        _ if modifiers & CTRL != 0 => {
            let at_its_place = if key < 128 { Some(key) } else { latin };
            return Some(Key::Ctrl(character(at_its_place?)?.to_ascii_lowercase()));
        }
        _ => {
            let typed = text.or(shifted.filter(|_| has_shift)).unwrap_or(key);
            character(typed)?
        }
    };
    Some(Key::Char(c))
}

/// The character of a code point. The parser counts no further than the last one here, which is no character.
fn character(code: u16) -> Option<char> {
    char::from_u32(u32::from(code)).filter(|c| !c.is_control() && *c != '\u{ffff}')
}
