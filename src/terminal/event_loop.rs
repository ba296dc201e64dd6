//! The interview on screens: sets the terminal up, runs the app on it, and gives the terminal back.
//!
//! Threads wait for keys, for signals and for the end of the terminal, and send what comes to one channel. While nothing
//! happens, nothing wakes up.

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

use crate::app::theme::Theme;
use crate::app::{App, Effect, Size};
use crate::diagnostic::Diagnostic;
use crate::interview::Interview;
use crate::questionnaire::Questionnaire;
use crate::storage::autosave::Autosave;
use crate::storage::report_files;
use crate::terminal::InterviewFailure;
use crate::terminal::output::ScreenOutput;
use crate::terminal::session::TerminalSession;

/// An interview on screens. `Load` gives the questionnaire, `Finish` the text that is left when the screens are gone.
pub struct ScreenInterview<'c, Load, Finish> {
    /// The part of the questionnaire that the first screen shows, to be drawn while all of it is still being parsed.
    pub cover: Option<&'c Questionnaire>,
    /// Parses the questionnaire.
    pub load: Load,
    /// Saves the answers.
    pub autosave: Autosave,
    /// Makes the text that is left on the terminal.
    pub finish: Finish,
    /// How the screens look.
    pub theme: Theme,
}

/// What wakes the loop up.
enum Wakeup {
    Event(Event),
    Signal(i32),
    /// The terminal is gone, so no more keys will come.
    Gone,
}

/// Asks the questions on the terminal. Returns what `finish` makes of the interview.
///
/// # Errors
///
/// When there is no terminal, it cannot be written to, the question file has problems, or the draft of a finished interview
/// cannot be deleted.
pub fn run<Load, Finish>(interview: ScreenInterview<'_, Load, Finish>) -> Result<String, InterviewFailure>
where
    Load: FnOnce() -> Result<Questionnaire, Vec<Diagnostic>>,
    Finish: FnOnce(&Interview<'_>) -> String,
{
    let session = TerminalSession::begin().map_err(InterviewFailure::NoTerminal)?;
    let end = run_loop(interview, &session);
    drop(session);
    match end? {
        LoopEnd::Quit { left, report } => {
            if let Some(report) = report {
                // Not on standard output, which may be for the result alone.
                writeln!(io::stderr(), "The report is saved: {report}")?;
            }
            Ok(left)
        }
        LoopEnd::Signal(signal) => {
            // The shell should see that the signal ended us.
            signal_hook::low_level::emulate_default_handler(signal)?;
            Ok(String::new())
        }
    }
}

/// Why the loop ended.
enum LoopEnd {
    Quit {
        /// The text that is left.
        left: String,
        /// Where the report is, if it was saved on the way out.
        report: Option<String>,
    },
    Signal(i32),
}

fn run_loop<Load, Finish>(
    mut interview: ScreenInterview<'_, Load, Finish>,
    session: &TerminalSession,
) -> Result<LoopEnd, InterviewFailure>
where
    Load: FnOnce() -> Result<Questionnaire, Vec<Diagnostic>>,
    Finish: FnOnce(&Interview<'_>) -> String,
{
    // From here on, no signal ends us before the terminal is given back.
    let signals = Signals::new([SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP])?;
    let mut display = Display::new(interview.theme)?;
    let size = display.size()?;
    if let (Some(cover), Some(opening)) = (interview.cover, interview.autosave.opening_without_earlier()) {
        display.draw(&App::open(cover, size, opening))?;
    }
    let wakeups = start_watchers(signals);
    let questionnaire = (interview.load)().map_err(InterviewFailure::Questions)?;
    let mut app = App::open(&questionnaire, size, interview.autosave.open(&questionnaire));
    display.draw(&app)?;
    let mut report = None;
    while let Ok(wakeup) = wakeups.recv() {
        let effect = match wakeup {
            Wakeup::Event(event) => handle_event(&mut app, event),
            Wakeup::Signal(SIGTSTP) => Some(Effect::Suspend),
            Wakeup::Signal(SIGCONT) => {
                session.resume()?;
                display.redraw_all_next_time();
                app.resize(display.size()?);
                Some(Effect::Draw)
            }
            Wakeup::Signal(signal) => return Ok(LoopEnd::Signal(signal)),
            Wakeup::Gone => return Ok(LoopEnd::Signal(SIGHUP)),
        };
        if let Some(effect) = effect {
            // Before drawing: an answer that is shown is on disk already.
            interview.autosave.after_update(effect, &mut app).map_err(InterviewFailure::Undeleted)?;
        }
        match effect {
            Some(Effect::Quit) => break,
            // The screen is drawn again when SIGCONT comes.
            Some(Effect::Suspend) if session.suspend()? => {}
            Some(Effect::Suspend) => {
                app.cannot_suspend();
                display.draw(&app)?;
            }
            Some(Effect::Save) => {
                if app.saved(&report_files::save(app.own_interview())) == Effect::Quit {
                    interview.autosave.after_update(Effect::Quit, &mut app).map_err(InterviewFailure::Undeleted)?;
                    report = app.report_place().map(str::to_owned);
                    break;
                }
                display.draw(&app)?;
            }
            Some(Effect::Redraw) => {
                display.redraw_all_next_time();
                display.draw(&app)?;
            }
            Some(Effect::Draw | Effect::Forget | Effect::TakeOver) => display.draw(&app)?,
            None => {}
        }
    }
    Ok(LoopEnd::Quit { left: (interview.finish)(app.own_interview()), report })
}

/// Draws on the terminal. The bytes of a frame are collected and written at once, so that no half of it is ever shown.
struct Display {
    terminal: Terminal<CrosstermBackend<FrameBytes>>,
    frame: FrameBytes,
    output: ScreenOutput,
    theme: Theme,
}

/// The bytes of a frame until they are written: ratatui and [`Display`] share them.
#[derive(Debug, Clone, Default)]
struct FrameBytes(Rc<RefCell<Vec<u8>>>);

impl Write for FrameBytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Does nothing: [`Display::draw`] writes the frame when it is complete.
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

    /// Writes what has changed since the last frame.
    fn draw(&mut self, app: &App<'_>) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| {
            let cursor = app.draw(self.theme, frame.buffer_mut());
            frame.set_cursor_position(cursor);
        })?;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        self.output.write_all(&self.frame.0.take())?;
        self.output.flush()
    }

    /// Makes the next frame write everything anew, since something else may have drawn on the terminal.
    fn redraw_all_next_time(&mut self) {
        // Not `clear`, which asks the terminal for the position of its cursor and fails without an answer.
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

/// Starts a thread for each kind of [`Wakeup`].
fn start_watchers(mut signals: Signals) -> Receiver<Wakeup> {
    let (sender, wakeups) = mpsc::channel();
    let of_signals = sender.clone();
    thread::spawn(move || signals.forever().all(|signal| of_signals.send(Wakeup::Signal(signal)).is_ok()));
    let of_hangup = sender.clone();
    thread::spawn(move || {
        wait_for_hangup();
        // It fails only when the loop has ended.
        let _ = of_hangup.send(Wakeup::Gone);
    });
    thread::spawn(move || read_events(&sender));
    wakeups
}

fn read_events(sender: &Sender<Wakeup>) {
    loop {
        let wakeup = event::read().map_or(Wakeup::Gone, Wakeup::Event);
        let is_last = matches!(wakeup, Wakeup::Gone);
        if sender.send(wakeup).is_err() || is_last {
            return;
        }
    }
}

/// Waits until the terminal is gone. Reading keys does not show that: crossterm goes on trying to read from a closed terminal.
/// Nor does SIGHUP always: it may be ignored, or go to another process.
fn wait_for_hangup() {
    let input = io::stdin();
    // Without flags, `poll` returns only for a hang-up or an error. An interrupted wait begins again.
    while matches!(poll(&mut [PollFd::new(&input, PollFlags::empty())], None), Err(rustix::io::Errno::INTR)) {}
}
