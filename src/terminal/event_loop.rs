//! The terminal: set it up, run the program on it, give it back.
//!
//! Threads wait, for keys, for signals and for the end of the terminal, and feed one channel. Nothing wakes up while
//! nothing happens.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use crossterm::event::{self, Event};
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use crate::app::{App, Effect, Size};
use crate::diagnostic::Diagnostic;
use crate::interview::Interview;
use crate::questionnaire::Questionnaire;
use crate::storage::autosave::Keeper;
use crate::storage::report_files;
use crate::terminal::InterviewFailure;
use crate::terminal::output::Output;
use crate::terminal::session::Session;
use crate::terminal::theme::{Theme, draw};

/// What is asked, and how.
pub struct Asking<'c, Load, Finish> {
    /// As much of the questionnaire as the first screen shows, when all of it takes a moment to read.
    pub cover: Option<&'c Questionnaire>,
    /// Gives the questionnaire.
    pub load: Load,
    /// Keeps the answers.
    pub keeper: Keeper,
    /// What is left to be read when the screens are gone.
    pub finish: Finish,
    /// How it looks.
    pub theme: Theme,
}

/// What wakes the loop up.
enum Message {
    Event(Event),
    Signal(i32),
    /// No more keys will come: the terminal is gone.
    Gone,
}

/// Asks the questions on the terminal. Gives what is to be read afterwards.
///
/// # Errors
///
/// When there is no terminal, it cannot be written to, the question file has problems, or the answers of a finished
/// interview cannot be deleted.
pub fn run<Load, Finish>(asking: Asking<'_, Load, Finish>) -> Result<String, InterviewFailure>
where
    Load: FnOnce() -> Result<Questionnaire, Vec<Diagnostic>>,
    Finish: FnOnce(&Interview<'_>) -> String,
{
    let session = Session::begin().map_err(InterviewFailure::NoTerminal)?;
    let end = ask(asking, &session);
    drop(session);
    match end? {
        End::Quit(left) => Ok(left),
        End::Signal(signal) => {
            // The shell should see what ended us.
            signal_hook::low_level::emulate_default_handler(signal)?;
            Ok(String::new())
        }
    }
}

/// Why the loop ended.
enum End {
    Quit(String),
    Signal(i32),
}

fn ask<Load, Finish>(mut asking: Asking<'_, Load, Finish>, session: &Session) -> Result<End, InterviewFailure>
where
    Load: FnOnce() -> Result<Questionnaire, Vec<Diagnostic>>,
    Finish: FnOnce(&Interview<'_>) -> String,
{
    // From here on a signal does not end us with the terminal in a mess.
    let signals = Signals::new([SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP])?;
    let mut screen = Screen::new(asking.theme)?;
    let size = screen.size()?;
    if let (Some(cover), Some(opening)) = (asking.cover, asking.keeper.opening_without_earlier()) {
        screen.draw(&App::open(cover, size, opening))?;
    }
    let messages = watch(signals);
    let questionnaire = (asking.load)().map_err(InterviewFailure::Questions)?;
    let mut app = App::open(&questionnaire, size, asking.keeper.open(&questionnaire));
    screen.draw(&app)?;
    while let Ok(message) = messages.recv() {
        let effect = match message {
            Message::Event(event) => handle(&mut app, event),
            Message::Signal(SIGTSTP) => Some(Effect::Suspend),
            Message::Signal(SIGCONT) => {
                session.resume()?;
                screen.forget();
                app.resize(screen.size()?);
                Some(Effect::Draw)
            }
            Message::Signal(signal) => return Ok(End::Signal(signal)),
            Message::Gone => return Ok(End::Signal(SIGHUP)),
        };
        if let Some(effect) = effect {
            // What is seen to be answered is kept already.
            asking.keeper.after(effect, &mut app).map_err(InterviewFailure::Undeleted)?;
        }
        match effect {
            Some(Effect::Quit) => break,
            // What comes after the stop is the business of SIGCONT.
            Some(Effect::Suspend) if session.suspend()? => {}
            Some(Effect::Suspend) => {
                app.cannot_suspend();
                screen.draw(&app)?;
            }
            Some(Effect::Save) => {
                app.saved(&report_files::save(app.own_interview()));
                screen.draw(&app)?;
            }
            Some(Effect::Draw | Effect::Forget) => screen.draw(&app)?,
            None => {}
        }
    }
    Ok(End::Quit((asking.finish)(app.own_interview())))
}

/// What is drawn on. A frame is gathered and written at once, so that no terminal shows half of it.
struct Screen {
    terminal: Terminal<CrosstermBackend<Gathered>>,
    gathered: Gathered,
    output: Output,
    theme: Theme,
}

/// What is to be written, until it is.
#[derive(Debug, Clone, Default)]
struct Gathered(Rc<RefCell<Vec<u8>>>);

impl Write for Gathered {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// It is written when the frame is whole.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Screen {
    fn new(theme: Theme) -> io::Result<Screen> {
        let gathered = Gathered::default();
        let terminal = Terminal::new(CrosstermBackend::new(gathered.clone()))?;
        Ok(Screen { terminal, gathered, output: Output::open()?, theme })
    }

    fn size(&self) -> io::Result<Size> {
        let area = self.terminal.size()?;
        Ok(Size { columns: area.width, rows: area.height })
    }

    /// Writes what has changed since the last time.
    fn draw(&mut self, app: &App<'_>) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| draw(app, self.theme, frame))?;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        self.output.write_all(&self.gathered.0.take())?;
        self.output.flush()
    }

    /// Forgets what stands on the terminal, so that everything is written anew.
    fn forget(&mut self) {
        // Not `clear`, which asks the terminal where its cursor is and fails when nobody answers.
        self.terminal.swap_buffers();
    }
}

fn handle(app: &mut App<'_>, event: Event) -> Option<Effect> {
    match event {
        Event::Key(key) => app.press(crate::terminal::input::key(key)?),
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

/// Begins to wait for everything that can happen.
fn watch(mut signals: Signals) -> Receiver<Message> {
    let (sender, messages) = mpsc::channel();
    let of_signals = sender.clone();
    thread::spawn(move || signals.forever().all(|signal| of_signals.send(Message::Signal(signal)).is_ok()));
    let of_hangup = sender.clone();
    thread::spawn(move || {
        wait_for_hangup();
        // Without a receiver the program is ending anyway.
        let _ = of_hangup.send(Message::Gone);
    });
    thread::spawn(move || read_events(&sender));
    messages
}

fn read_events(sender: &Sender<Message>) {
    loop {
        let message = event::read().map_or(Message::Gone, Message::Event);
        let is_last = matches!(message, Message::Gone);
        if sender.send(message).is_err() || is_last {
            return;
        }
    }
}

/// Waits until the terminal is gone. Whoever reads keys from a closed one is told nothing, but reads again and again; and
/// the signal that tells of it may be ignored, or may go to another process.
fn wait_for_hangup() {
    let input = io::stdin();
    // Asked for nothing, it still tells of a hang-up. An interrupted wait is begun again.
    while matches!(poll(&mut [PollFd::new(&input, PollFlags::empty())], None), Err(rustix::io::Errno::INTR)) {}
}
