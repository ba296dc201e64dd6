//! What question files and files of cases have in common: a largest size, UTF-8, TOML, and no control characters.

use std::collections::BTreeSet;

use toml::de::DeTable;

use crate::diagnostic::{Diagnostic, Rule};
use crate::questionnaire::parse::characters;
use crate::questionnaire::parse::problems::Problems;

/// The size of the largest file that is read, in bytes: 16 MiB.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

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
    let (table, errors) = DeTable::parse_recoverable(source);
    let broken_lines = note_syntax(&errors, &problems);
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
fn note_syntax(errors: &[toml::de::Error], problems: &Problems) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let rule = if error.message() == "duplicate key" { Rule::DuplicateKey } else { Rule::Syntax };
        lines.insert(problems.lines.line(span.start));
        problems.push(rule, span, error.message().lines().collect::<Vec<_>>().join("; "));
    }
    lines
}
