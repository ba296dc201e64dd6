//! The lines of a cohort in batches: what one read of the input brings is scored together and written in one piece.
//!
//! So no line is written in two pieces, and whoever waits for the results of the lines written so far gets them.

use std::io::{self, BufReader, Read, Write};

use memchr::memrchr;

use crate::report::score::{FailedLine, MAX_LINE, Scorer, write_failure};
use crate::text::bounded_lines::{LineRead, read_line};

/// How much is read at once, in bytes.
const READ: usize = 64 * 1024;

/// How JSON is laid out, by its first line that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A value a line, as it has to be.
    Lines,
    /// A list.
    Array,
    /// A value over several lines.
    Pretty,
}

impl Layout {
    fn of(line: &[u8]) -> Layout {
        match line.trim_ascii() {
            [b'[', ..] => Layout::Array,
            b"{" => Layout::Pretty,
            _ => Layout::Lines,
        }
    }
}

/// Some lines that are not blank, with their numbers in the input.
#[derive(Debug)]
pub struct Batch {
    bytes: Vec<u8>,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    number: usize,
    /// Where it ends in the bytes; `None` if it is too long, and not there.
    end: Option<usize>,
}

/// What is written for a batch.
#[derive(Debug)]
pub struct Results {
    bytes: Vec<u8>,
    /// How many lines could not be scored.
    pub failed: usize,
}

impl Results {
    /// Writes them in one piece.
    ///
    /// # Errors
    ///
    /// When `output` cannot be written.
    pub fn write(&self, output: &mut impl Write) -> io::Result<()> {
        output.write_all(&self.bytes)?;
        output.flush()
    }
}

impl Scorer<'_> {
    /// Scores every line. Returns how many could not be scored.
    ///
    /// # Errors
    ///
    /// When the input cannot be read or `output` cannot be written.
    pub fn score(&self, batches: &mut Batches<impl Read>, output: &mut impl Write) -> io::Result<usize> {
        let mut failed = 0;
        while let Some(batch) = batches.next_batch()? {
            let results = self.score_batch(&batch);
            failed += results.failed;
            results.write(output)?;
        }
        Ok(failed)
    }

    /// Scores the lines of a batch.
    #[must_use]
    pub fn score_batch(&self, batch: &Batch) -> Results {
        let mut output = Results { bytes: Vec::with_capacity(batch.bytes.len() * 3), failed: 0 };
        let mut start = 0;
        for line in &batch.lines {
            let text = line.end.and_then(|end| batch.bytes.get(start..end));
            let is_scored = text.is_some_and(|text| self.score_line(line.number, text, &mut output.bytes));
            if text.is_none() {
                let error = format!("the line is longer than {MAX_LINE} bytes");
                write_failure(line.number, FailedLine { id: None, error }, &mut output.bytes);
            }
            start = line.end.unwrap_or(start);
            output.failed += usize::from(!is_scored);
            output.bytes.push(b'\n');
        }
        output
    }
}

/// The batches of an input.
#[derive(Debug)]
pub struct Batches<R> {
    input: BufReader<R>,
    /// How many lines were read.
    number: usize,
    /// How the input seems to be laid out; `None` while it is empty.
    pub layout: Option<Layout>,
}

impl<R: Read> Batches<R> {
    /// The batches of this input.
    #[must_use]
    pub fn new(input: R) -> Batches<R> {
        Batches { input: BufReader::with_capacity(READ, input), number: 0, layout: None }
    }

    /// The next batch: lines for as long as there are any without reading more, so that no line waits for another.
    /// `None` at the end.
    ///
    /// # Errors
    ///
    /// When the input cannot be read.
    pub fn next_batch(&mut self) -> io::Result<Option<Batch>> {
        let mut batch = Batch { bytes: Vec::with_capacity(READ), lines: Vec::new() };
        let mut line = Vec::new();
        loop {
            let read = read_line(&mut self.input, &mut line, MAX_LINE)?;
            if read == LineRead::End {
                return Ok((!batch.lines.is_empty()).then_some(batch));
            }
            self.number += 1;
            let is_too_long = read == LineRead::TooLong;
            if is_too_long || !line.iter().all(u8::is_ascii_whitespace) {
                if !is_too_long {
                    self.layout = self.layout.or_else(|| Some(Layout::of(&line)));
                    batch.bytes.extend_from_slice(&line);
                }
                let end = (!is_too_long).then_some(batch.bytes.len());
                batch.lines.push(Line { number: self.number, end });
            }
            if memrchr(b'\n', self.input.buffer()).is_none() && !batch.lines.is_empty() {
                return Ok(Some(batch));
            }
        }
    }
}
