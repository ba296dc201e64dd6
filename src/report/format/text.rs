//! The report as plain text, in lines of at most 78 columns.

use crate::report::page::{Block, CauseRow, Page, PageSection, TextRun};
use crate::text;

/// The most columns of a line.
const WIDTH: usize = 78;

pub(in crate::report) fn write(page: &Page) -> String {
    let mut lines = vec![page.title.to_owned(), "=".repeat(page.title.len())];
    lines.extend(page.head.iter().flat_map(|line| hanging("", line)));
    for PageSection { heading, blocks } in &page.sections {
        lines.extend([String::new(), (*heading).to_owned(), "-".repeat(heading.len())]);
        for block in blocks {
            lines.extend(block_lines(block));
        }
    }
    lines.push(String::new());
    lines.extend(hanging("", &page.foot));
    lines.join("\n") + "\n"
}

fn block_lines(block: &Block) -> Vec<String> {
    match block {
        Block::Text(runs) => hanging("", &inline(runs)),
        Block::Items(items) => items.iter().flat_map(|item| hanging("- ", &inline(item))).collect(),
        Block::Causes(rows) => rows.iter().zip(1..).flat_map(|(row, place)| cause_lines(row, place)).collect(),
        Block::Sources(sources) => {
            sources.iter().zip(1..).flat_map(|(source, number)| hanging(&format!("[{number}] "), source)).collect()
        }
    }
}

fn cause_lines(row: &CauseRow, place: usize) -> Vec<String> {
    let mut lines = hanging(&format!("{place}. "), &inline(&row.name));
    lines.extend(hanging("   ", &row.likely));
    lines.extend(row.why.iter().flat_map(|why| hanging("   ", &inline(why))));
    lines
}

fn inline(runs: &[TextRun]) -> String {
    let text = |run: &TextRun| match run {
        TextRun::Plain(text) | TextRun::Strong(text) => text.clone(),
    };
    runs.iter().map(text).collect()
}

/// The lines of a text, the first behind a sign and the others below its end.
fn hanging(sign: &str, text: &str) -> Vec<String> {
    text::hanging(sign, sign.chars().count(), text, WIDTH)
}
