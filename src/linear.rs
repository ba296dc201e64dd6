//! The questions line by line: read from standard input, said on standard output. Nothing is ever drawn over.

use std::io::{self, BufReader, IsTerminal, Read, Write};

use crate::app::{App, Plain, Size};
use crate::lines::{LineRead, read_line};
use crate::questionnaire::Questionnaire;

/// The longest line that is read, in bytes: more than is ever listened to.
const MAX_LINE: usize = 64 * 1024;

/// Who types, and who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Console {
    /// Whether typed lines are seen where they are typed, after the prompt.
    pub echoes: bool,
    /// Whether lines are wrapped at the width of a terminal.
    pub wraps: bool,
}

impl Console {
    /// What standard input and output are.
    #[must_use]
    pub fn find() -> Console {
        let wraps = io::stdout().is_terminal();
        Console { echoes: wraps && io::stdin().is_terminal(), wraps }
    }
}

/// Asks the questions until the person quits, or no more lines come. Then the results so far are said.
///
/// # Errors
///
/// When `input` cannot be read or `output` cannot be written.
pub fn run(
    questionnaire: &Questionnaire,
    console: Console,
    input: impl Read,
    output: &mut impl Write,
) -> io::Result<()> {
    let mut plain = Plain::new(App::new(questionnaire, Size::LEAST));
    let mut input = BufReader::new(input);
    let mut line = Vec::new();
    say(&plain.begin(), console, output)?;
    loop {
        prompt(&plain.prompt(), console, output)?;
        let read = read_line(&mut input, &mut line, MAX_LINE)?;
        if read == LineRead::End || !console.echoes {
            // The prompt has to end before anything else is said.
            writeln!(output)?;
        }
        if read == LineRead::End {
            say(&plain.end(), console, output)?;
            return output.flush();
        }
        let reply = plain.hear(&String::from_utf8_lossy(&line));
        say(&reply.said, console, output)?;
        if reply.is_last {
            return output.flush();
        }
    }
}

fn say(text: &str, console: Console, output: &mut impl Write) -> io::Result<()> {
    for line in text.lines() {
        writeln!(output, "{}", console.wrapped(line))?;
    }
    Ok(())
}

fn prompt(text: &str, console: Console, output: &mut impl Write) -> io::Result<()> {
    write!(output, "{} ", console.wrapped(text.trim_end()))?;
    // Reading may wait now, and what was said has to be there.
    output.flush()
}

impl Console {
    fn wrapped(self, line: &str) -> String {
        match self.columns() {
            Some(columns) => textwrap::fill(line, columns),
            None => line.to_owned(),
        }
    }

    /// How wide the terminal is now: it may have been resized since the last line.
    fn columns(self) -> Option<usize> {
        let size = self.wraps.then(crossterm::terminal::size)?;
        size.ok().map(|(columns, _)| usize::from(columns)).filter(|columns| *columns > 0)
    }
}
