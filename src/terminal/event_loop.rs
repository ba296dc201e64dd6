//! The interview on screens: sets the terminal up, runs the app on it, and gives the terminal back.

use std::io::{self, Write};
use std::thread;
use std::time::{Duration, Instant};

use crate::app::preview::FileProblem;
use crate::app::screens::Scene;
use crate::app::screens::resume::Opening;
use crate::app::screens::since::Start;
use crate::app::theme::Theme;
use crate::app::{App, Effect};
use crate::diagnostic::Diagnostic;
use crate::interview::Interview;
use crate::questionnaire::Questionnaire;
use crate::report::summary::summary;
use crate::storage::autosave::Autosave;
use crate::storage::report_files;
use crate::terminal::clipboard;
use crate::terminal::display::Display;
use crate::terminal::keyboard::Keyboard;
use crate::terminal::platform::{Wakeup, Wakeups};
use crate::terminal::session::TerminalSession;
use crate::terminal::{FileWatch, InterviewFailure};

/// An interview on screens. `Load` gives the questionnaire, `Finish` the text that is left when the screens are gone.
pub struct ScreenInterview<'c, Load, Finish> {
    /// The part of the questionnaire that the first screen shows, to be drawn while all of it is still being parsed.
    pub cover: Option<&'c Questionnaire>,
    /// Parses the questionnaire, and finds what the interview starts from.
    pub load: Load,
    /// Saves the answers.
    pub autosave: Autosave,
    /// Makes the text that is left on the terminal.
    pub finish: Finish,
    /// How the screens look.
    pub theme: Theme,
    /// Whether the result may be copied to the clipboard.
    pub may_copy: bool,
    /// The changes of the question file, while its author previews it.
    pub edits: Option<Edits<'c>>,
}

/// A question file while it is written.
pub struct Edits<'r> {
    /// Tells that it may have changed.
    pub watch: FileWatch,
    /// Reads it again.
    pub read: Box<dyn FnMut() -> Edit + 'r>,
}

/// What became of a question file.
pub enum Edit {
    /// It is as it was.
    Nothing,
    /// It has no errors.
    Edition(Box<Questionnaire>),
    /// It cannot be used.
    Problem(FileProblem),
}

/// Asks the questions on the terminal. Returns what `finish` makes of the interview.
///
/// # Errors
///
/// When there is no terminal, it cannot be written to, the question file has problems, the draft of a finished interview
/// cannot be deleted, or the person pressed Ctrl-C.
pub fn run<Load, Finish>(interview: ScreenInterview<'_, Load, Finish>) -> Result<String, InterviewFailure>
where
    Load: FnOnce() -> Result<(Questionnaire, Start), Vec<Diagnostic>>,
    Finish: FnOnce(&Interview<'_>) -> String,
{
    match run_loop(interview)? {
        LoopEnd::Quit { left, report } => {
            if let Some(report) = report {
                // Not on standard output, which may be for the result alone.
                writeln!(io::stderr(), "The report is saved: {report}")?;
            }
            Ok(left)
        }
        LoopEnd::Interrupted => Err(InterviewFailure::Interrupted),
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
    /// The person pressed Ctrl-C.
    Interrupted,
    Signal(i32),
}

/// Takes the terminal over, and has given it back when it returns.
fn run_loop<Load, Finish>(interview: ScreenInterview<'_, Load, Finish>) -> Result<LoopEnd, InterviewFailure>
where
    Load: FnOnce() -> Result<(Questionnaire, Start), Vec<Diagnostic>>,
    Finish: FnOnce(&Interview<'_>) -> String,
{
    let ScreenInterview { cover, load, autosave, finish, theme, may_copy, edits } = interview;
    let (watch, read) = edits.map(|Edits { watch, read }| (watch, read)).unzip();
    // First, so that no signal ends the program while the terminal is taken over.
    let wakeups = Wakeups::new(watch)?;
    let session = TerminalSession::begin().map_err(InterviewFailure::NoTerminal)?;
    let screen = Screen {
        wakeups,
        keyboard: Keyboard::new(Instant::now()),
        display: Display::new(theme),
        session: &session,
        scene: None,
    };
    let mut outside = Outside { screen, autosave, read };
    let size = session.output.size();
    if let (Some(cover), Some(opening)) = (cover, outside.autosave.likely_opening()) {
        outside.screen.draw(&App::open(cover, size, opening))?;
        // What hands it to the terminal may be waiting for this processor, and would wait until all is parsed.
        thread::yield_now();
    }
    let (mut questionnaire, start) = load().map_err(InterviewFailure::Questions)?;
    let mut opening = Some(Opening { start, no_copy: !may_copy, ..outside.autosave.open(&questionnaire) });
    let mut before = None;
    loop {
        let mut app = match before {
            None => App::open(&questionnaire, size, opening.take().unwrap_or_default()),
            Some(snapshot) => App::restored(&questionnaire, snapshot),
        };
        outside.screen.draw(&app)?;
        match outside.serve(&mut app)? {
            Pause::Edited(edition) => {
                before = Some(app.snapshot());
                questionnaire = *edition;
                // What was typed for the edition before is not meant for this one.
                outside.screen.scene = None;
            }
            Pause::Quit { report } => return Ok(LoopEnd::Quit { left: finish(app.own_interview()), report }),
            Pause::Interrupted => return Ok(LoopEnd::Interrupted),
            Pause::Signal(signal) => return Ok(LoopEnd::Signal(signal)),
        }
    }
}

/// Why an app is not served any more.
enum Pause {
    Quit {
        report: Option<String>,
    },
    Interrupted,
    Signal(i32),
    /// Its question file was changed, and has no errors.
    Edited(Box<Questionnaire>),
}

/// What an app is connected to.
struct Outside<'a> {
    screen: Screen<'a>,
    autosave: Autosave,
    /// Reads the question file again.
    read: Option<Box<dyn FnMut() -> Edit + 'a>>,
}

impl Outside<'_> {
    /// Hands keys to an app and performs its effects, until it has to end.
    fn serve(&mut self, app: &mut App<'_>) -> Result<Pause, InterviewFailure> {
        loop {
            let effect = match self.screen.wait()? {
                Wakeup::Stopped => Some(Effect::Suspend),
                Wakeup::Continued => {
                    self.screen.session.resume()?;
                    app.resize(self.screen.session.output.size());
                    Some(Effect::Redraw)
                }
                Wakeup::Resized => {
                    app.resize(self.screen.session.output.size());
                    Some(Effect::Draw)
                }
                Wakeup::Deadly(signal) => return Ok(Pause::Signal(signal)),
                Wakeup::Changed => match self.read.as_mut().map_or(Edit::Nothing, |read| read()) {
                    Edit::Nothing => None,
                    Edit::Edition(edition) => return Ok(Pause::Edited(edition)),
                    Edit::Problem(problem) => {
                        app.cannot_read(problem);
                        Some(Effect::Draw)
                    }
                },
                Wakeup::Bytes(_) | Wakeup::Nothing => self.screen.keyboard.hand_over(app),
            };
            let Some(effect) = effect else { continue };
            // Before drawing: an answer that is shown is on disk already.
            self.autosave.after_update(effect, app).map_err(InterviewFailure::Undeleted)?;
            match effect {
                Effect::Quit => return Ok(Pause::Quit { report: app.report_place().map(str::to_owned) }),
                Effect::Interrupt => return Ok(Pause::Interrupted),
                // The screen is drawn again when SIGCONT comes.
                Effect::Suspend if self.screen.session.suspend()? => {}
                Effect::Suspend => {
                    app.cannot_suspend();
                    self.screen.draw(app)?;
                }
                Effect::Save => {
                    if app.saved(&report_files::save(app.own_interview())) == Effect::Quit {
                        self.autosave.after_update(Effect::Quit, app).map_err(InterviewFailure::Undeleted)?;
                        return Ok(Pause::Quit { report: app.report_place().map(str::to_owned) });
                    }
                    self.screen.draw(app)?;
                }
                Effect::Copy => {
                    let copied = clipboard::copy(&summary(app.own_interview()), |bytes| {
                        self.screen.wakeups.write(&self.screen.session.output, bytes)
                    })?;
                    app.copied(copied);
                    self.screen.draw(app)?;
                }
                Effect::Redraw => {
                    self.screen.display.forget();
                    self.screen.draw(app)?;
                }
                Effect::Draw | Effect::Forget | Effect::TakeOver => self.screen.draw(app)?,
            }
        }
    }
}

/// The terminal from both sides: what comes from it, and what is drawn on it.
struct Screen<'a> {
    wakeups: Wakeups,
    keyboard: Keyboard,
    display: Display,
    session: &'a TerminalSession,
    /// What was drawn last.
    scene: Option<Scene>,
}

impl Screen<'_> {
    /// Waits for something to do. What was typed is left with the keyboard.
    fn wait(&mut self) -> io::Result<Wakeup> {
        let patience = if self.keyboard.has_events() {
            Some(Duration::ZERO)
        } else {
            self.keyboard.deadline().map(|deadline| deadline.saturating_duration_since(Instant::now()))
        };
        let wakeup = self.wakeups.wait(patience)?;
        if let Wakeup::Bytes(bytes) = &wakeup {
            self.keyboard.read(bytes, Instant::now());
        } else {
            self.keyboard.pass_time(Instant::now());
        }
        Ok(wakeup)
    }

    /// Writes what has changed since the last frame.
    fn draw(&mut self, app: &App<'_>) -> io::Result<()> {
        let is_new = self.scene.replace(app.scene()) != self.scene;
        if is_new {
            self.read_typed_ahead()?;
        }
        let entry = self.session.entry()?;
        self.display.draw(app, entry, |bytes| self.wakeups.write(&self.session.output, bytes))?;
        if is_new {
            self.keyboard.show(Instant::now());
        }
        Ok(())
    }

    /// Takes what was typed before a new screen is drawn: that was not meant for it.
    fn read_typed_ahead(&mut self) -> io::Result<()> {
        /// A terminal that goes on and on is left alone after that many.
        const READS: usize = 64;
        for _ in 0..READS {
            let Some(bytes) = self.wakeups.read_now()? else { break };
            self.keyboard.read(&bytes, Instant::now());
        }
        Ok(())
    }
}
