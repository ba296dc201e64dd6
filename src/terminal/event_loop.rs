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
use crate::storage::autosave::Autosave;
use crate::storage::report_files;
use crate::terminal::InterviewFailure;
use crate::terminal::output::ScreenOutput;
use crate::terminal::session::TerminalSession;
use crate::terminal::theme::{Theme, draw};

/// What is asked, and how.
pub struct ScreenInterview<'c, Load, Finish> {
    /// As much of the questionnaire as the first screen shows, when all of it takes a moment to read.
    pub cover: Option<&'c Questionnaire>,
    /// Gives the questionnaire.
    pub load: Load,
    /// Keeps the answers.
    pub autosave: Autosave,
    /// What is left to be read when the screens are gone.
    pub finish: Finish,
    /// How it looks.
    pub theme: Theme,
}

/// What wakes the loop up.
enum Wakeup {
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
pub fn run<Load, Finish>(asking: ScreenInterview<'_, Load, Finish>) -> Result<String, InterviewFailure>
where
    Load: FnOnce() -> Result<Questionnaire, Vec<Diagnostic>>,
    Finish: FnOnce(&Interview<'_>) -> String,
{
    let session = TerminalSession::begin().map_err(InterviewFailure::NoTerminal)?;
    let end = run_loop(asking, &session);
    drop(session);
    match end? {
        LoopEnd::Quit(left) => Ok(left),
        LoopEnd::Signal(signal) => {
            // The shell should see what ended us.
            signal_hook::low_level::emulate_default_handler(signal)?;
            Ok(String::new())
        }
    }
}

/// Why the loop ended.
enum LoopEnd {
    Quit(String),
    Signal(i32),
}

fn run_loop<Load, Finish>(
    mut asking: ScreenInterview<'_, Load, Finish>,
    session: &TerminalSession,
) -> Result<LoopEnd, InterviewFailure>
where
    Load: FnOnce() -> Result<Questionnaire, Vec<Diagnostic>>,
    Finish: FnOnce(&Interview<'_>) -> String,
{
    // From here on a signal does not end us with the terminal in a mess.
    let signals = Signals::new([SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP])?;
    let mut screen = Display::new(asking.theme)?;
    let size = screen.size()?;
    if let (Some(cover), Some(opening)) = (asking.cover, asking.autosave.opening_without_earlier()) {
        screen.draw(&App::open(cover, size, opening))?;
    }
    let messages = start_watchers(signals);
    let questionnaire = (asking.load)().map_err(InterviewFailure::Questions)?;
    let mut app = App::open(&questionnaire, size, asking.autosave.open(&questionnaire));
    screen.draw(&app)?;
    while let Ok(message) = messages.recv() {
        let effect = match message {
            Wakeup::Event(event) => handle_event(&mut app, event),
            Wakeup::Signal(SIGTSTP) => Some(Effect::Suspend),
            Wakeup::Signal(SIGCONT) => {
                session.resume()?;
                screen.forget();
                app.resize(screen.size()?);
                Some(Effect::Draw)
            }
            Wakeup::Signal(signal) => return Ok(LoopEnd::Signal(signal)),
            Wakeup::Gone => return Ok(LoopEnd::Signal(SIGHUP)),
        };
        if let Some(effect) = effect {
            // What is seen to be answered is kept already.
            asking.autosave.after_update(effect, &mut app).map_err(InterviewFailure::Undeleted)?;
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
    Ok(LoopEnd::Quit((asking.finish)(app.own_interview())))
}

/// What is drawn on. A frame is collected and written at once, so that no terminal shows half of it.
struct Display {
    terminal: Terminal<CrosstermBackend<FrameBytes>>,
    frame: FrameBytes,
    output: ScreenOutput,
    theme: Theme,
}

/// What is to be written, until it is.
#[derive(Debug, Clone, Default)]
struct FrameBytes(Rc<RefCell<Vec<u8>>>);

impl Write for FrameBytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// It is written when the frame is whole.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Display {
    fn new(theme: Theme) -> io::Result<Display> {
        let frame = FrameBytes::default();
        let terminal = Terminal::new(CrosstermBackend::new(frame.clone()))?;
        Ok(Display { terminal, frame, output: ScreenOutput::open()?, theme })
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
        self.output.write_all(&self.frame.0.take())?;
        self.output.flush()
    }

    /// Forgets what stands on the terminal, so that everything is written anew.
    fn forget(&mut self) {
        // Not `clear`, which asks the terminal where its cursor is and fails when nobody answers.
        self.terminal.swap_buffers();
    }
}

fn handle_event(app: &mut App<'_>, event: Event) -> Option<Effect> {
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
fn start_watchers(mut signals: Signals) -> Receiver<Wakeup> {
    let (sender, messages) = mpsc::channel();
    let of_signals = sender.clone();
    thread::spawn(move || signals.forever().all(|signal| of_signals.send(Wakeup::Signal(signal)).is_ok()));
    let of_hangup = sender.clone();
    thread::spawn(move || {
        wait_for_hangup();
        // Without a receiver the program is ending anyway.
        let _ = of_hangup.send(Wakeup::Gone);
    });
    thread::spawn(move || read_events(&sender));
    messages
}

fn read_events(sender: &Sender<Wakeup>) {
    loop {
        let message = event::read().map_or(Wakeup::Gone, Wakeup::Event);
        let is_last = matches!(message, Wakeup::Gone);
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
