//! The interview line by line: reads answers from standard input, and writes to standard output. Nothing that was written is
//! ever changed, so it suits screen readers, pipes and plain terminals.

use std::io::{self, BufReader, IsTerminal, Read, Write};

use crate::app::screens::resume::Opening;
use crate::app::screens::since::Start;
use crate::app::{App, Effect, Plain, Reply, Size};
use crate::interview::Interview;
use crate::questionnaire::Questionnaire;
use crate::storage::autosave::Autosave;
use crate::storage::report_files;
use crate::terminal::InterviewFailure;
use crate::text::bounded_lines::{LineRead, read_line};

/// The longest line that is read, in bytes. No answer is that long.
const MAX_LINE: usize = 64 * 1024;

/// What standard input and output are connected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandardStreams {
    /// Whether the terminal shows what is typed, after the prompt. The line break then ends the prompt's line, too.
    pub echo_input: bool,
    /// Whether output is wrapped at the width of the terminal.
    pub wrap_output: bool,
}

impl StandardStreams {
    /// Those of this process.
    #[must_use]
    pub fn find() -> StandardStreams {
        let wraps = io::stdout().is_terminal();
        StandardStreams { echo_input: wraps && io::stdin().is_terminal(), wrap_output: wraps }
    }
}

/// An interview line by line.
pub struct LineInterview<'q> {
    /// The questions.
    pub questionnaire: &'q Questionnaire,
    /// What the interview starts from.
    pub start: Start,
    /// Saves the answers.
    pub autosave: Autosave,
    /// Where lines come from, and where they go.
    pub streams: StandardStreams,
}

/// How the interview ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineLoopEnd {
    /// The person quit.
    Quit,
    /// There were no more lines of input. The results have been written.
    NoMoreLines,
}

/// Asks the questions until the person quits, or until there are no more lines; in that case the results so far are written.
/// Returns what `finish` makes of the interview.
///
/// # Errors
///
/// When `input` cannot be read or `output` cannot be written, or the draft of a finished interview cannot be deleted.
pub fn run<T>(
    interview: LineInterview<'_>,
    input: impl Read,
    output: &mut impl Write,
    finish: impl FnOnce(&Interview<'_>, LineLoopEnd) -> T,
) -> Result<T, InterviewFailure> {
    let LineInterview { questionnaire, start, mut autosave, streams } = interview;
    let opening = Opening { start, ..autosave.open(questionnaire) };
    let mut plain = Plain::new(App::open(questionnaire, Size::LEAST, opening));
    let mut input = BufReader::new(input);
    let mut line = Vec::new();
    say(&plain.begin(), streams, output)?;
    loop {
        prompt(&plain.prompt(), streams, output)?;
        let read = read_line(&mut input, &mut line, MAX_LINE)?;
        let is_over = read == LineRead::End;
        if is_over || !streams.echo_input {
            // Nobody typed a line break that would end the line of the prompt.
            writeln!(output)?;
        }
        let reply = if is_over {
            Reply { said: plain.end(), effect: Effect::Quit }
        } else {
            plain.handle_line(&String::from_utf8_lossy(&line))
        };
        // Before writing: an answer that is confirmed is on disk already.
        let (kept, told) = plain.with_app(|app| autosave.after_update(reply.effect, app));
        kept.map_err(InterviewFailure::Undeleted)?;
        say(&told, streams, output)?;
        say(&reply.said, streams, output)?;
        let mut effect = reply.effect;
        if effect == Effect::TakeOver {
            say(&plain.begin(), streams, output)?;
        }
        if effect == Effect::Save {
            let (next, told) = plain.with_app(|app| app.saved(&report_files::save(app.own_interview())));
            say(&told, streams, output)?;
            effect = next;
            if effect == Effect::Quit {
                plain.with_app(|app| autosave.after_update(effect, app)).0.map_err(InterviewFailure::Undeleted)?;
            }
        }
        if effect == Effect::Quit {
            output.flush()?;
            let end = if is_over { LineLoopEnd::NoMoreLines } else { LineLoopEnd::Quit };
            return Ok(finish(plain.app().own_interview(), end));
        }
    }
}

fn say(text: &str, streams: StandardStreams, output: &mut impl Write) -> io::Result<()> {
    output.write_all(streams.wrap_lines(text).as_bytes())
}

fn prompt(text: &str, streams: StandardStreams, output: &mut impl Write) -> io::Result<()> {
    write!(output, "{} ", streams.wrap_line(text.trim_end()))?;
    // Reading the answer will wait, and the person has to see the question.
    output.flush()
}

impl StandardStreams {
    /// A text with its lines wrapped, if the output is a terminal.
    #[must_use]
    pub fn wrap_lines(self, text: &str) -> String {
        text.lines().map(|line| self.wrap_line(line) + "\n").collect()
    }

    fn wrap_line(self, line: &str) -> String {
        match self.columns() {
            Some(columns) => textwrap::fill(line, columns),
            None => line.to_owned(),
        }
    }

    /// The width of the terminal now, as it may have been resized since the last line.
    fn columns(self) -> Option<usize> {
        let size = self.wrap_output.then(crossterm::terminal::size)?;
        size.ok().map(|(columns, _)| usize::from(columns)).filter(|columns| *columns > 0)
    }
}
