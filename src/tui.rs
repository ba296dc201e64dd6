//! The terminal: set it up, run the program on it, give it back.
//!
//! Two threads wait, one for keys and one for signals, and feed one channel. Nothing wakes up while nothing happens.

mod draw;
mod input;
mod session;

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, Sender};
use std::thread;

use crossterm::event::{self, Event};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::app::{App, Effect, Size};
use crate::questionnaire::Questionnaire;

pub use draw::{Theme, draw};
pub use session::Session;

/// Why the questions could not be asked.
#[derive(Debug)]
pub enum Failure {
    /// There is no terminal.
    NoTerminal(io::Error),
    /// The terminal went away, or could not be written to.
    Io(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Io(error)
    }
}

/// What wakes the loop up.
enum Message {
    Event(Event),
    Signal(i32),
    /// No more keys will come: the terminal is gone.
    Gone(io::Error),
}

/// Asks the questions on the terminal.
///
/// # Errors
///
/// When there is no terminal, or it goes away.
pub fn run(questionnaire: &Questionnaire) -> Result<(), Failure> {
    if !io::stdout().is_terminal() {
        return Err(Failure::NoTerminal(io::Error::other("standard output is none")));
    }
    let session = Session::begin().map_err(Failure::NoTerminal)?;
    let end = ask(questionnaire);
    drop(session);
    match end? {
        End::Quit => Ok(()),
        End::Signal(signal) => {
            // The shell should see what ended us.
            signal_hook::low_level::emulate_default_handler(signal)?;
            Ok(())
        }
    }
}

/// Why the loop ended.
enum End {
    Quit,
    Signal(i32),
}

fn ask(questionnaire: &Questionnaire) -> Result<End, Failure> {
    let (sender, messages) = mpsc::channel();
    watch_signals(sender.clone())?;
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    let theme = Theme::from_environment();
    let area = terminal.size()?;
    let mut app = App::new(questionnaire, Size { columns: area.width, rows: area.height });
    watch_events(sender);
    terminal.draw(|frame| draw(&app, theme, frame))?;
    while let Ok(message) = messages.recv() {
        match message {
            Message::Signal(signal) => return Ok(End::Signal(signal)),
            Message::Gone(error) => return Err(Failure::Io(error)),
            Message::Event(event) => match handle(&mut app, event) {
                Some(Effect::Quit) => break,
                Some(Effect::Draw) => {
                    terminal.draw(|frame| draw(&app, theme, frame))?;
                }
                None => {}
            },
        }
    }
    Ok(End::Quit)
}

fn handle(app: &mut App<'_>, event: Event) -> Option<Effect> {
    match event {
        Event::Key(key) => app.press(input::key(key)?),
        Event::Paste(text) => {
            app.paste(&text);
            Some(Effect::Draw)
        }
        Event::Resize(columns, rows) => {
            app.resize(Size { columns, rows });
            Some(Effect::Draw)
        }
        Event::FocusGained | Event::FocusLost | Event::Mouse(_) => None,
    }
}

fn watch_events(sender: Sender<Message>) {
    thread::spawn(move || {
        loop {
            let message = match event::read() {
                Ok(event) => Message::Event(event),
                Err(error) => Message::Gone(error),
            };
            let is_last = matches!(message, Message::Gone(_));
            if sender.send(message).is_err() || is_last {
                return;
            }
        }
    });
}

fn watch_signals(sender: Sender<Message>) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM])?;
    thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            // Without a receiver the program is ending anyway.
            let _ = sender.send(Message::Signal(signal));
        }
    });
    Ok(())
}
