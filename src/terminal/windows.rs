//! The console of Windows, which tells of keys as events and not as bytes. It has no signals that matter here, and no job
//! control.

#![expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "the interface is that of Unix")]

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::app::Size;

/// Standard output.
#[derive(Debug)]
pub(super) struct ScreenOutput(io::Stdout);

impl ScreenOutput {
    pub(super) fn open() -> io::Result<ScreenOutput> {
        Ok(ScreenOutput(io::stdout()))
    }

    pub(super) fn size(&self) -> Size {
        let (columns, rows) = crossterm::terminal::size().unwrap_or((80, 24));
        Size { columns, rows }
    }
}

impl Write for ScreenOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// What woke the loop up.
#[derive(Debug, PartialEq, Eq)]
#[expect(dead_code, reason = "there are no signals that could say the rest")]
pub(super) enum Wakeup {
    /// What other terminals would have sent.
    Bytes(Vec<u8>),
    Resized,
    Stopped,
    Continued,
    Deadly(i32),
    Changed,
    Nothing,
}

/// Watches a file, elsewhere.
#[derive(Debug)]
pub struct FileWatch(());

impl FileWatch {
    /// Fails: nothing but the console can wake the program up.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn new(_path: &Path) -> io::Result<FileWatch> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "this is not possible on Windows yet"))
    }
}

/// Waits for the console.
pub(super) struct Wakeups;

impl Wakeups {
    pub(super) fn new(_watch: Option<FileWatch>) -> io::Result<Wakeups> {
        Ok(Wakeups)
    }

    pub(super) fn wait(&mut self, patience: Option<Duration>) -> io::Result<Wakeup> {
        if let Some(patience) = patience
            && !event::poll(patience)?
        {
            return Ok(Wakeup::Nothing);
        }
        Ok(match event::read()? {
            Event::Key(key) => Wakeup::Bytes(bytes(key)),
            Event::Resize(..) => Wakeup::Resized,
            Event::Paste(text) => Wakeup::Bytes(format!("\x1b[200~{text}\x1b[201~").into_bytes()),
            Event::FocusGained | Event::FocusLost | Event::Mouse(_) => Wakeup::Nothing,
        })
    }

    pub(super) fn read_now(&mut self) -> io::Result<Option<Vec<u8>>> {
        let wakeup = self.wait(Some(Duration::ZERO))?;
        Ok(if let Wakeup::Bytes(bytes) = wakeup { Some(bytes) } else { None })
    }

    pub(super) fn write(&mut self, output: &ScreenOutput, bytes: &[u8]) -> io::Result<()> {
        let mut output = &output.0;
        output.write_all(bytes)?;
        output.flush()
    }
}

/// The bytes that a terminal sends for a key; none for a release, and for keys that no screen uses.
fn bytes(key: KeyEvent) -> Vec<u8> {
    let has = |modifier| key.modifiers.contains(modifier);
    if key.kind == KeyEventKind::Release || (has(KeyModifiers::ALT) && !has(KeyModifiers::CONTROL)) {
        return Vec::new();
    }
    let sequence = match key.code {
        KeyCode::Char(c) if has(KeyModifiers::CONTROL) && !has(KeyModifiers::ALT) => {
            return u8::try_from(c.to_ascii_lowercase()).map(|c| vec![c & 0x1f]).unwrap_or_default();
        }
        // Alt with Control is AltGr, which types signs.
        KeyCode::Char(c) => return c.to_string().into_bytes(),
        KeyCode::Up => "\x1b[A",
        KeyCode::Down => "\x1b[B",
        KeyCode::Right => "\x1b[C",
        KeyCode::Left => "\x1b[D",
        KeyCode::Home => "\x1b[H",
        KeyCode::End => "\x1b[F",
        KeyCode::PageUp => "\x1b[5~",
        KeyCode::PageDown => "\x1b[6~",
        KeyCode::Tab if has(KeyModifiers::SHIFT) => "\x1b[Z",
        KeyCode::BackTab => "\x1b[Z",
        KeyCode::Tab => "\t",
        KeyCode::Enter => "\r",
        KeyCode::Backspace => "\x7f",
        KeyCode::Esc => "\x1b",
        KeyCode::Delete
        | KeyCode::Insert
        | KeyCode::F(_)
        | KeyCode::Null
        | KeyCode::CapsLock
        | KeyCode::ScrollLock
        | KeyCode::NumLock
        | KeyCode::PrintScreen
        | KeyCode::Pause
        | KeyCode::Menu
        | KeyCode::KeypadBegin
        | KeyCode::Media(_)
        | KeyCode::Modifier(_) => "",
    };
    sequence.into()
}

pub(super) fn is_under_a_shell() -> bool {
    false
}

pub(super) fn stop() -> io::Result<()> {
    Ok(())
}

/// Does nothing: Ctrl-C ends the program anyway.
///
/// # Errors
///
/// None.
pub fn end_at_ctrl_c() -> io::Result<()> {
    Ok(())
}

/// Does nothing: no signal comes with a file that is too large.
///
/// # Errors
///
/// None.
pub fn make_large_files_an_error() -> io::Result<()> {
    Ok(())
}

/// Does nothing: Ctrl-C may end the program in the middle of a line.
///
/// # Errors
///
/// None.
pub fn end_only_outside(_held: &Arc<Mutex<()>>) -> io::Result<()> {
    Ok(())
}
