//! `newer-toml`: what only TOML 1.1 allows. This program reads it, but most editors and other programs still refuse the file.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use crate::diagnostic::{Diagnostic, Rule};

/// An open bracket or brace.
struct Open {
    is_table: bool,
    /// Whether it was said already that a table goes over several lines.
    is_told: bool,
}

pub(in crate::authoring::check) fn check(bytes: &[u8]) -> Vec<Diagnostic> {
    let source = std::str::from_utf8(bytes).unwrap_or_default();
    let (mut warnings, mut open, mut comma) = (Vec::new(), Vec::<Open>::new(), None::<Range<usize>>);
    for token in Source::new(source).lex() {
        let span = token.span().start()..token.span().end();
        let text = source.get(span.clone()).unwrap_or_default();
        let before = comma.take();
        match token.kind() {
            TokenKind::LeftSquareBracket => open.push(Open { is_table: false, is_told: false }),
            TokenKind::LeftCurlyBracket => open.push(Open { is_table: true, is_told: false }),
            TokenKind::RightSquareBracket => drop(open.pop()),
            TokenKind::RightCurlyBracket => {
                open.pop();
                if let Some(comma) = before {
                    warnings.push(warning(comma, "a comma before the end of a table in braces", "leave it out"));
                }
            }
            TokenKind::Comma => comma = Some(span),
            TokenKind::Whitespace | TokenKind::Comment => comma = before,
            TokenKind::Newline => {
                comma = before;
                if let Some(table) = open.last_mut().filter(|open| open.is_table && !open.is_told) {
                    table.is_told = true;
                    let help = "write it on one line, or under a heading in brackets";
                    warnings.push(warning(span, "a table in braces over several lines", help));
                }
            }
            TokenKind::BasicString | TokenKind::MlBasicString => {
                let escapes = newer_escapes(text).map(|at| span.start + at..span.start + at + 2);
                let warn = |span| warning(span, "this escape", "write it as `\\u` and four digits");
                warnings.extend(escapes.map(warn));
            }
            TokenKind::Dot
            | TokenKind::Equals
            | TokenKind::LiteralString
            | TokenKind::MlLiteralString
            | TokenKind::Atom
            | TokenKind::Eof => {}
        }
    }
    warnings
}

/// Where `\e` and `\x` stand in a string.
fn newer_escapes(text: &str) -> impl Iterator<Item = usize> {
    let mut is_escaped = false;
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        let was_escaped = is_escaped;
        is_escaped = byte == b'\\' && !was_escaped;
        (was_escaped && matches!(byte, b'e' | b'x')).then(|| at - 1)
    })
}

fn warning(span: Range<usize>, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Rule::NewerToml, span, format!("only TOML 1.1 allows {message}")).with_help(help)
}
