//! What question files and files of cases have in common: a largest size, UTF-8, TOML, and no control characters.

use std::collections::BTreeSet;

use toml::de::DeTable;
use toml_parser::{ParseError, Source};

use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::parse::characters;
use crate::questionnaire::parse::problems::Problems;

/// The size of the largest file that is read, in bytes: 16 MiB.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// A larger file is looked through first, since a syntax error takes a thousand times the memory of a character.
const LARGE: usize = 1024 * 1024;
/// A large file with more syntax errors than this is not read.
const HOPELESS: usize = 1000;

/// Reads a file. `read` gets its table, notes the problems in it, and returns its meaning; `None` only with a problem.
///
/// # Errors
///
/// Every problem in the file, in file order.
pub(crate) fn read<T>(
    bytes: &[u8],
    read: impl for<'t> FnOnce(&'t DeTable<'t>, &Problems) -> Option<T>,
) -> Result<T, Vec<Diagnostic>> {
    let problems = Problems::new(bytes);
    if bytes.len() > MAX_BYTES {
        let message = format!("the file is larger than {} MiB", MAX_BYTES / 1024 / 1024);
        problems.push(Rule::TooLarge, 0..0, message);
        return Err(problems.sorted());
    }
    let source = match std::str::from_utf8(bytes) {
        Ok(source) => source,
        Err(error) => {
            let at = error.valid_up_to();
            problems.push_with_help(Rule::NotUtf8, at..at + 1, "the file is not UTF-8 text", "save it as UTF-8");
            return Err(problems.sorted());
        }
    };
    if source.len() > LARGE && note_hopeless(source, &problems) {
        return Err(problems.sorted());
    }
    let (table, errors) = DeTable::parse_recoverable(source);
    let broken_lines = note_syntax(source, &errors, &problems);
    characters::check(source, table.get_ref(), &problems);
    let meaning = read(table.get_ref(), &problems);

    // What was read from a line with a syntax error is a guess, and a key that seems to be missing may be on that line.
    let is_on_broken_line = |problem: &Diagnostic| broken_lines.contains(&problems.lines.line(problem.span.start));
    let mut found = problems.sorted();
    let is_syntax = |rule| matches!(rule, Rule::Syntax | Rule::DuplicateKey);
    found.retain(|problem| is_syntax(problem.rule) || !is_on_broken_line(problem));
    found.retain(|problem| problem.rule != Rule::MissingKey || broken_lines.is_empty());
    match meaning {
        Some(meaning) if found.is_empty() => Ok(meaning),
        _ => Err(found),
    }
}

/// Notes syntax errors, and returns the lines that they are on, from 1.
fn note_syntax(source: &str, errors: &[toml::de::Error], problems: &Problems) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        lines.insert(problems.lines.line(span.start));
        if error.message() != "duplicate key" {
            problems.push(Rule::Syntax, span, error.message().lines().collect::<Vec<_>>().join("; "));
            continue;
        }
        let key = source.get(span.clone()).unwrap_or_default();
        if source.get(..span.start).is_some_and(|before| before.ends_with("[[")) {
            let said = quote(key);
            let help =
                format!("{said} is a list above: add this table there, or write each table of it under `[[{key}]]`");
            problems.push_with_help(Rule::DuplicateKey, span, error.message(), help);
        } else {
            problems.push(Rule::DuplicateKey, span, error.message());
        }
    }
    lines
}

/// Whether a large file is not worth reading; then notes why. What takes the memory is what is kept of it, so of junk only the
/// beginning is looked at.
fn note_hopeless(source: &str, problems: &Problems) -> bool {
    let is_no_text = |(at, byte): &(usize, u8)| match byte {
        b'\t' | b'\n' => false,
        b'\r' => source.as_bytes().get(at + 1) != Some(&b'\n'),
        byte => byte.is_ascii_control(),
    };
    if let Some((at, _)) = source.bytes().enumerate().find(is_no_text) {
        let help = "a file of this size with control characters is not read: is it TOML?";
        problems.push_with_help(Rule::Syntax, at..at + 1, "a control character that no TOML file may have", help);
        return true;
    }
    let beginning = (0..=LARGE).rev().find(|at| source.is_char_boundary(*at)).unwrap_or(0);
    for part in [source.get(..beginning).unwrap_or_default(), source] {
        let mut errors = Vec::new();
        let mut note = |error: ParseError| {
            if errors.len() < HOPELESS {
                errors.push(error);
            }
        };
        toml_parser::parser::parse_document(&Source::new(part).lex().into_vec(), &mut (), &mut note);
        if errors.len() == HOPELESS {
            for error in errors {
                let span = error.unexpected().or(error.context()).map_or(0..0, |span| span.start()..span.end());
                problems.push(Rule::Syntax, span, error.description());
            }
            return true;
        }
    }
    false
}
