//! Draws problems as a compiler does: the line that they are on, with a mark below the place.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::diagnostic::line_index::is_continuation;
use crate::diagnostic::{Diagnostic, LineIndex, Position, Severity, Source, counted, visible};

/// No more problems than this are drawn, since a broken file of 16 MiB can have millions. The rest is only counted.
const MOST_DRAWN: usize = 1000;

/// No more problems than these are kept of one file.
pub const MOST_KEPT: usize = 10_000;

/// Draws problems as [`draw`] does, with the line of [`tally`] below them.
#[must_use]
pub fn render(source: Source<'_>, diagnostics: &[Diagnostic]) -> String {
    format!("{}{}\n", draw(source, diagnostics), tally(source, diagnostics))
}

/// Draws problems one below the other, up to the first thousand: severity, rule, file, line, column, the line of the file
/// with a mark, and what to do. Whatever would act on a terminal is replaced.
#[must_use]
pub fn draw(source: Source<'_>, diagnostics: &[Diagnostic]) -> String {
    draw_by(&Renderer::plain(), source, diagnostics)
}

/// The same with lines of the file that are no wider than so many columns, as far as possible.
#[must_use]
pub fn draw_within(source: Source<'_>, diagnostics: &[Diagnostic], columns: usize) -> String {
    draw_by(&Renderer::plain().term_width(columns), source, diagnostics)
}

fn draw_by(renderer: &Renderer, source: Source<'_>, diagnostics: &[Diagnostic]) -> String {
    let name = visible(source.name);
    let mut out = String::new();
    let drawn = diagnostics.get(..MOST_DRAWN).unwrap_or(diagnostics);
    for (diagnostic, excerpt) in drawn.iter().zip(excerpts(source.bytes, drawn)) {
        let Position { line, column, .. } = excerpt.position;
        let snippet = Snippet::source(excerpt.text.as_str())
            .path(name.as_str())
            .line_start(line)
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
        let drawn = renderer.render(&[group]);
        // The renderer counts the column in the excerpt, which is only a part of a very long line.
        let place = |column: usize| format!("{name}:{line}:{column}");
        let _ = writeln!(out, "{}\n", drawn.replacen(&place(excerpt.column), &place(column), 1));
    }
    out
}

/// How many problems a file has, such as "1 error, 2 warnings in a.toml", without a line feed.
#[must_use]
pub fn tally(source: Source<'_>, diagnostics: &[Diagnostic]) -> String {
    let name = visible(source.name);
    let warnings = diagnostics.iter().filter(|problem| problem.rule.severity() == Severity::Warning).count();
    let count = match (diagnostics.len() - warnings, warnings) {
        (MOST_KEPT, 0) => format!("at least {MOST_KEPT} problems"),
        (errors, 0) => counted(errors, "problem"),
        (0, warnings) => counted(warnings, "warning"),
        (errors, warnings) => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
    };
    let shown =
        if diagnostics.len() > MOST_DRAWN { format!("; the first {MOST_DRAWN} are shown") } else { String::new() };
    format!("{count} in {name}{shown}")
}

/// A part of a file to draw, and the span that is marked in it.
struct Excerpt {
    text: String,
    /// The marked part of the text, in bytes.
    mark: Range<usize>,
    /// The column of the mark in the text.
    column: usize,
    /// Where the mark begins in the file.
    position: Position,
}

/// The excerpts of some diagnostics, in their order.
fn excerpts(bytes: &[u8], diagnostics: &[Diagnostic]) -> Vec<Excerpt> {
    let lines = LineIndex::new(bytes);
    let marked: Vec<_> = diagnostics.iter().map(|diagnostic| marked_line(bytes, &lines, &diagnostic.span)).collect();
    let positions = lines.positions(bytes, marked.iter().map(|(_, mark)| mark.start));
    let known = |mark: &Range<usize>| positions.get(&mark.start).copied();
    marked.iter().filter_map(|(line, mark)| Some(excerpt(bytes, line, mark, known(mark)?))).collect()
}

/// The line on which a span begins, without its end, and the part of the span on it.
fn marked_line(bytes: &[u8], lines: &LineIndex, span: &Range<usize>) -> (Range<usize>, Range<usize>) {
    let line = lines.columns(lines.line(span.start));
    // A line may end the way it does on Windows.
    let text = bytes.get(line.clone()).unwrap_or_default();
    let end = line.end - usize::from(text.ends_with(b"\r"));
    (line.start..end, span.start.clamp(line.start, end)..span.end.clamp(line.start, end))
}

/// The excerpt of a line; of a very long one, the part around the mark.
fn excerpt(bytes: &[u8], line: &Range<usize>, mark: &Range<usize>, position: Position) -> Excerpt {
    const AROUND: usize = 300;
    let boundary = |at: usize, limit: usize| {
        let rest = bytes.get(at..limit).unwrap_or_default();
        at + rest.iter().take_while(|byte| is_continuation(**byte)).count()
    };
    let from = boundary(line.start.max(mark.start.saturating_sub(AROUND)), mark.start);
    let to = boundary(line.end.min(mark.start.saturating_add(AROUND)), line.end);
    let stop = mark.end.clamp(mark.start, to);
    let part = |range: Range<usize>| visible(&String::from_utf8_lossy(bytes.get(range).unwrap_or_default()));
    let (before, marked, after) = (part(from..mark.start), part(mark.start..stop), part(stop..to));
    Excerpt {
        text: format!("{before}{marked}{}\n", after.trim_end()),
        mark: before.len()..before.len() + marked.len(),
        column: before.chars().count() + 1,
        position,
    }
}
