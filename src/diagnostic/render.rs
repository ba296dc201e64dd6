//! How problems are drawn: on their line, with a mark below the place.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity, Source, visible};

/// More problems than this are counted, not drawn: nobody reads on, and a broken file of 16 MiB can have millions.
const MOST_DRAWN: usize = 1000;

/// Draws problems as [`draw`] does, and says below how many there are.
#[must_use]
pub fn render(source: Source<'_>, diagnostics: &[Diagnostic]) -> String {
    format!("{}{}\n", draw(source, diagnostics), tally(source, diagnostics))
}

/// Draws problems one after the other: severity, rule, file, line, column, the source line with a mark, and what to do.
///
/// They come in file order, as [`crate::questionnaire::parse`] gives them. Characters that would act on a terminal
/// are drawn as visible stand-ins.
#[must_use]
pub fn draw(source: Source<'_>, diagnostics: &[Diagnostic]) -> String {
    let name = visible(source.name);
    let mut lines = Lines::new(source.bytes);
    let mut out = String::new();
    for diagnostic in diagnostics.iter().take(MOST_DRAWN) {
        let excerpt = lines.excerpt(&diagnostic.span);
        let snippet = Snippet::source(excerpt.text.as_str())
            .path(name.as_str())
            .line_start(excerpt.line)
            .annotation(AnnotationKind::Primary.span(excerpt.mark));
        let message = visible(&diagnostic.message);
        let level = match diagnostic.rule.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = level.primary_title(message.as_str()).id(diagnostic.rule.name()).element(snippet);
        let notes: Vec<String> = diagnostic.notes.iter().map(|note| visible(note)).collect();
        for note in &notes {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        let help = diagnostic.help.as_deref().map(visible);
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let drawn = Renderer::plain().render(&[group]);
        // The column is counted in what is drawn, which of a very long line is only a part.
        let place = |column: usize| format!("{name}:{}:{column}", excerpt.line);
        let _ = writeln!(out, "{}\n", drawn.replacen(&place(excerpt.drawn_column), &place(excerpt.column), 1));
    }
    out
}

/// How many problems a file has, in a line without its end.
#[must_use]
pub fn tally(source: Source<'_>, diagnostics: &[Diagnostic]) -> String {
    let name = visible(source.name);
    let warnings = diagnostics.iter().filter(|problem| problem.rule.severity() == Severity::Warning).count();
    let counted = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    let count = match (diagnostics.len() - warnings, warnings) {
        (errors, 0) => counted(errors, "problem"),
        (0, warnings) => counted(warnings, "warning"),
        (errors, warnings) => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
    };
    let shown =
        if diagnostics.len() > MOST_DRAWN { format!("; the first {MOST_DRAWN} are shown") } else { String::new() };
    format!("{count} in {name}{shown}")
}

/// The lines of a file, while places in them are looked up in file order.
struct Lines<'a> {
    bytes: &'a [u8],
    starts: Vec<usize>,
    /// A place whose column is known, so that the next one on the same line is counted from there.
    known: Place,
}

#[derive(Clone, Copy, Default)]
struct Place {
    line: usize,
    at: usize,
    column: usize,
}

struct Excerpt {
    text: String,
    line: usize,
    column: usize,
    drawn_column: usize,
    mark: Range<usize>,
}

impl<'a> Lines<'a> {
    fn new(bytes: &'a [u8]) -> Lines<'a> {
        let after_breaks = bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1);
        // A byte order mark is not part of the first line.
        let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        Lines { bytes, starts: std::iter::once(start).chain(after_breaks).collect(), known: Place::default() }
    }

    /// The line on which a span begins, with the part of the span that lies on it. Of a very long line, what stands
    /// around the mark.
    fn excerpt(&mut self, span: &Range<usize>) -> Excerpt {
        const AROUND: usize = 300;
        let line = self.starts.partition_point(|start| *start <= span.start).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let end = self.starts.get(line).map_or(self.bytes.len(), |next| next - 1);
        // A line may end the way it does on Windows.
        let end = if end > start && self.bytes.get(end - 1) == Some(&b'\r') { end - 1 } else { end };
        let at = span.start.clamp(start, end);
        let column = self.column(line, start, at);
        let from = self.boundary(start.max(at.saturating_sub(AROUND)), at);
        let to = self.boundary(end.min(at.saturating_add(AROUND)), end);
        let stop = span.end.clamp(at, to.max(at));
        let part = |range: Range<usize>| visible(&String::from_utf8_lossy(self.bytes.get(range).unwrap_or_default()));
        let (before, marked, after) = (part(from..at), part(at..stop), part(stop..to));
        let mark = before.len()..before.len() + marked.len();
        let drawn_column = before.chars().count() + 1;
        Excerpt { text: format!("{before}{marked}{}\n", after.trim_end()), line, column, drawn_column, mark }
    }

    /// The column of a place, in characters, from 1.
    fn column(&mut self, line: usize, start: usize, at: usize) -> usize {
        let known = if self.known.line == line && self.known.at <= at {
            self.known
        } else {
            Place { line, at: start, column: 1 }
        };
        let between = self.bytes.get(known.at..at).unwrap_or_default();
        let column = known.column + between.iter().filter(|byte| !is_continuation(**byte)).count();
        self.known = Place { line, at, column };
        column
    }

    /// The next place, up to a limit, where a character begins.
    fn boundary(&self, at: usize, limit: usize) -> usize {
        let rest = self.bytes.get(at..limit).unwrap_or_default();
        at + rest.iter().take_while(|byte| is_continuation(**byte)).count()
    }
}

/// Whether a byte goes on with a character of UTF-8.
fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}
