//! The questions line by line: read from standard input, said on standard output. Nothing is ever drawn over.

use std::io::{self, BufReader, IsTerminal, Read, Write};

use crate::app::{App, Effect, Plain, Reply, Size};
use crate::interview::Interview;
use crate::questionnaire::Questionnaire;
use crate::storage::autosave::Autosave;
use crate::storage::report_files;
use crate::terminal::InterviewFailure;
use crate::text::bounded_lines::{LineRead, read_line};

/// The longest line that is read, in bytes: more than is ever listened to.
const MAX_LINE: usize = 64 * 1024;

/// Who types, and who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandardStreams {
    /// Whether typed lines are seen where they are typed, after the prompt.
    pub echo_input: bool,
    /// Whether lines are wrapped at the width of a terminal.
    pub wrap_output: bool,
}

impl StandardStreams {
    /// What standard input and output are.
    #[must_use]
    pub fn find() -> StandardStreams {
        let wraps = io::stdout().is_terminal();
        StandardStreams { echo_input: wraps && io::stdin().is_terminal(), wrap_output: wraps }
    }
}

/// What is asked, and of whom.
pub struct LineInterview<'q> {
    /// The questions.
    pub questionnaire: &'q Questionnaire,
    /// Keeps the answers.
    pub autosave: Autosave,
    /// Who answers them.
    pub streams: StandardStreams,
}

/// How a interview ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineLoopEnd {
    /// The person quit.
    Quit,
    /// No more lines came; the results have been said.
    NoMoreLines,
}

/// Asks the questions until the person quits, or no more lines come. Then the results so far are said. Gives what `finish`
/// makes of the interview.
///
/// # Errors
///
/// When `input` cannot be read or `output` cannot be written; or when the answers of a finished interview cannot be
/// deleted.
pub fn run<T>(
    interview: LineInterview<'_>,
    input: impl Read,
    output: &mut impl Write,
    finish: impl FnOnce(&Interview<'_>, LineLoopEnd) -> T,
) -> Result<T, InterviewFailure> {
    let LineInterview { questionnaire, mut autosave, streams } = interview;
    let mut plain = Plain::new(App::open(questionnaire, Size::LEAST, autosave.open(questionnaire)));
    let mut input = BufReader::new(input);
    let mut line = Vec::new();
    say(&plain.begin(), streams, output)?;
    loop {
        prompt(&plain.prompt(), streams, output)?;
        let read = read_line(&mut input, &mut line, MAX_LINE)?;
        let is_over = read == LineRead::End;
        if is_over || !streams.echo_input {
            // The prompt has to end before anything else is said.
            writeln!(output)?;
        }
        let reply = if is_over {
            Reply { said: plain.end(), effect: Effect::Quit }
        } else {
            plain.handle_line(&String::from_utf8_lossy(&line))
        };
        // What is said to be answered is kept already.
        let (kept, told) = plain.with_app(|app| autosave.after_update(reply.effect, app));
        kept.map_err(InterviewFailure::Undeleted)?;
        say(&told, streams, output)?;
        say(&reply.said, streams, output)?;
        if reply.effect == Effect::Save {
            let ((), told) = plain.with_app(|app| app.saved(&report_files::save(app.own_interview())));
            say(&told, streams, output)?;
        }
        if reply.effect == Effect::Quit {
            output.flush()?;
            let end = if is_over { LineLoopEnd::NoMoreLines } else { LineLoopEnd::Quit };
            return Ok(finish(plain.app().own_interview(), end));
        }
    }
}

fn say(text: &str, streams: StandardStreams, output: &mut impl Write) -> io::Result<()> {
    output.write_all(streams.filled(text).as_bytes())
}

fn prompt(text: &str, streams: StandardStreams, output: &mut impl Write) -> io::Result<()> {
    write!(output, "{} ", streams.wrapped(text.trim_end()))?;
    // Reading may wait now, and what was said has to be there.
    output.flush()
}

impl StandardStreams {
    /// A text with its lines broken between words where the terminal ends; as it is where nothing wraps.
    #[must_use]
    pub fn filled(self, text: &str) -> String {
        text.lines().map(|line| self.wrapped(line) + "\n").collect()
    }

    fn wrapped(self, line: &str) -> String {
        match self.columns() {
            Some(columns) => textwrap::fill(line, columns),
            None => line.to_owned(),
        }
    }

    /// How wide the terminal is now: it may have been resized since the last line.
    fn columns(self) -> Option<usize> {
        let size = self.wrap_output.then(crossterm::terminal::size)?;
        size.ok().map(|(columns, _)| usize::from(columns)).filter(|columns| *columns > 0)
    }
}
