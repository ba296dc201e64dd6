//! The report as plain text, in lines of at most 78 columns.

use textwrap::core::display_width;

use crate::report::page::{Block, CauseRow, Group, Page, PageSection, TextRun, Width};
use crate::text;

/// The most columns of a line.
const WIDTH: usize = 78;
/// The most columns of a line of which there are two side by side.
const COLUMN: usize = WIDTH / 2;

pub(in crate::report) fn write(page: &Page) -> String {
    let mut lines = hanging("", &page.who);
    lines.extend(page.lead.iter().flat_map(block_lines));
    lines.extend(page.about.iter().flat_map(|line| hanging("", line)));
    for PageSection { heading, blocks, is_for_person } in &page.sections {
        let under = if *is_for_person { "=" } else { "-" };
        let heading = hanging("", heading);
        let width = heading.iter().map(|line| display_width(line)).max().unwrap_or(0);
        lines.push(String::new());
        lines.extend(heading);
        lines.push(under.repeat(width));
        lines.extend(blocks.iter().flat_map(block_lines));
    }
    lines.join("\n") + "\n"
}

fn block_lines(block: &Block) -> Vec<String> {
    match block {
        Block::Text(runs) => hanging("", &inline(runs)),
        Block::Items(items) => items.iter().flat_map(|item| hanging("- ", &inline(item))).collect(),
        Block::Columns(Width::Wide, groups) => {
            groups.iter().flat_map(|group| &group.items).flat_map(|item| hanging("- ", &inline(item))).collect()
        }
        Block::Columns(Width::Narrow, groups) => groups.iter().flat_map(group_lines).collect(),
        Block::Causes(rows) => rows.iter().zip(1..).flat_map(|(row, place)| cause_lines(row, place)).collect(),
        Block::Sources(sources) => {
            sources.iter().zip(1..).flat_map(|(source, number)| hanging(&format!("[{number}] "), source)).collect()
        }
    }
}

/// The items of a group in two columns.
fn group_lines(group: &Group) -> Vec<String> {
    let mut lines: Vec<String> = group.heading.iter().flat_map(|heading| hanging("", &format!("{heading}:"))).collect();
    let items: Vec<Vec<String>> =
        group.items.iter().map(|item| text::hanging("  ", 4, &inline(item), COLUMN)).collect();
    let all: usize = items.iter().map(Vec::len).sum();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for item in items {
        let column = if left.len() < all.div_ceil(2) { &mut left } else { &mut right };
        column.extend(item);
    }
    for (at, line) in left.iter().enumerate() {
        let beside = right.get(at).map_or("", String::as_str);
        let gap = " ".repeat(COLUMN.saturating_sub(display_width(line)));
        lines.push(format!("{line}{gap}{beside}").trim_end().to_owned());
    }
    lines
}

fn cause_lines(row: &CauseRow, place: usize) -> Vec<String> {
    let mut lines = hanging(&format!("{place}. "), &inline(&row.name));
    let likely: Vec<&str> =
        std::iter::once(&row.likely).chain(&row.range).chain(&row.notes).map(String::as_str).collect();
    lines.extend(hanging("   ", &format!("{}.", likely.join(", "))));
    lines.extend(row.why.iter().flat_map(|why| hanging("   ", &inline(why))));
    lines
}

fn inline(runs: &[TextRun]) -> String {
    runs.iter().map(TextRun::text).collect()
}

/// The lines of a text, the first behind a sign and the others below its end.
fn hanging(sign: &str, text: &str) -> Vec<String> {
    text::hanging(sign, sign.chars().count(), text, WIDTH)
}
