//! The report as plain text: lines of at most 78 columns, to be read, printed or pasted anywhere.

use crate::report::page::{Block, Page, Row, Section, Span};

/// So many columns a line has at most.
const WIDTH: usize = 78;

pub(in crate::report) fn write(page: &Page) -> String {
    let mut lines = vec![page.title.to_owned(), "=".repeat(page.title.len())];
    lines.extend(page.head.iter().flat_map(|line| hung("", line)));
    for Section { heading, blocks } in &page.sections {
        lines.extend([String::new(), (*heading).to_owned(), "-".repeat(heading.len())]);
        for block in blocks {
            lines.extend(of_block(block));
        }
    }
    lines.push(String::new());
    lines.extend(hung("", &page.foot));
    lines.join("\n") + "\n"
}

fn of_block(block: &Block) -> Vec<String> {
    match block {
        Block::Text(spans) => hung("", &said(spans)),
        Block::Items(items) => items.iter().flat_map(|item| hung("- ", &said(item))).collect(),
        Block::Causes(rows) => rows.iter().zip(1..).flat_map(|(row, place)| of_row(row, place)).collect(),
        Block::Sources(sources) => {
            sources.iter().zip(1..).flat_map(|(source, number)| hung(&format!("[{number}] "), source)).collect()
        }
    }
}

fn of_row(row: &Row, place: usize) -> Vec<String> {
    let mut lines = hung(&format!("{place}. "), &said(&row.name));
    lines.extend(hung("   ", &row.likely));
    lines.extend(row.why.iter().flat_map(|why| hung("   ", &said(why))));
    lines
}

fn said(spans: &[Span]) -> String {
    let text = |span: &Span| match span {
        Span::Plain(text) | Span::Strong(text) => text.clone(),
    };
    spans.iter().map(text).collect()
}

/// Lines that begin after a sign, and go on below its end.
fn hung(sign: &str, text: &str) -> Vec<String> {
    let indent = " ".repeat(sign.chars().count());
    let options = textwrap::Options::new(WIDTH).initial_indent(sign).subsequent_indent(&indent);
    textwrap::wrap(text, options).into_iter().map(|line| line.trim_end().to_owned()).collect()
}
