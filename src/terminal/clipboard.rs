//! The clipboard, by way of the terminal (OSC 52): so a text gets to where the person sits, also from another machine.

use std::io;

use crossterm::clipboard::CopyToClipboard;
use crossterm::queue;

use crate::app::copied::Copied;

/// In bytes. Terminals take about 75,000 of base64, which are a third more.
const MOST: usize = 50_000;

/// Asks the terminal to copy a text.
///
/// # Errors
///
/// When it cannot be written to.
pub fn copy(text: &str, write: impl FnOnce(&[u8]) -> io::Result<()>) -> io::Result<Copied> {
    if text.is_empty() {
        return Ok(Copied::Nothing);
    }
    if text.len() > MOST {
        return Ok(Copied::TooLong);
    }
    let mut bytes = Vec::new();
    queue!(bytes, CopyToClipboard::to_clipboard_from(text))?;
    write(&bytes)?;
    Ok(Copied::Asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, copied: Copied, expected: &str) {
        let mut written = Vec::new();
        let write = |bytes: &[u8]| {
            written.extend(bytes);
            Ok(())
        };
        assert_eq!(copy(text, write).expect("memory can be written"), copied);
        assert_eq!(String::from_utf8_lossy(&written), expected);
    }

    #[test]
    fn a_text_is_handed_to_the_terminal_as_base64() {
        check("See a doctor.\n", Copied::Asked, "\x1b]52;c;U2VlIGEgZG9jdG9yLgo=\x1b\\");
    }

    #[test]
    fn what_the_clipboard_holds_is_not_erased_by_an_empty_text() {
        check("", Copied::Nothing, "");
    }

    #[test]
    fn what_terminals_would_cut_short_is_not_copied() {
        check(&"a".repeat(MOST + 1), Copied::TooLong, "");
    }
}
