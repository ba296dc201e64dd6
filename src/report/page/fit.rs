//! Whether a page fits on one sheet of paper: an estimate of its height in lines, for a sheet as narrow as A4 and as short as
//! Letter.
//!
//! The figures follow `report.css` as it is printed, in a wide font. The browser test measures whether they are right.

use crate::report::page::{Block, CauseRow, Group, Page, TextRun, Width};

/// How many characters fit on a line: across the sheet, as a title, across half and a quarter of the sheet, and in the columns
/// of the causes.
const WHOLE: usize = 120;
const TITLE: usize = 75;
const HALF: usize = 56;
const QUARTER: usize = 28;
const NAME: usize = 26;
const LIKELY: usize = 18;
const WHY: usize = 59;
/// Heights in hundredths of a line: a line, what is added for a block, a row of the table and a heading, and a
/// drawn range.
const LINE: usize = 100;
const BLOCK: usize = 14;
const ROW: usize = 32;
const HEADING: usize = 165;
const DRAWN: usize = 60;
/// The height of a sheet, less the title and the frame below it.
const SHEET: usize = 7950;

impl Page {
    /// Whether it fits on one sheet.
    pub(in crate::report) fn fits(&self) -> bool {
        // Nothing that a person is told fills the back.
        let on_front = self.sections.iter().filter(|section| !self.is_two_sided || !section.is_for_person);
        let sections = on_front.map(|section| {
            let height = if section.is_for_person { told_height } else { block_height };
            HEADING + section.blocks.iter().map(height).sum::<usize>()
        });
        // Of the title, a first line is in `SHEET`.
        let title = text_height(self.who.chars().count(), TITLE).saturating_sub(LINE) * 3 / 2;
        let top = title + blocks_height(&self.lead) + text_height(self.about.concat().chars().count(), WHOLE);
        sections.sum::<usize>() + top <= SHEET
    }
}

/// The same in the part for the person, where lists are in two columns.
fn told_height(block: &Block) -> usize {
    let Block::Items(items) = block else { return block_height(block) };
    columns_height(&[Group { heading: None, items: items.clone() }], 2, HALF - 3)
}

fn blocks_height(blocks: &[Block]) -> usize {
    blocks.iter().map(block_height).sum()
}

fn block_height(block: &Block) -> usize {
    match block {
        Block::Text(runs) => BLOCK + text_height(characters(runs), WHOLE),
        Block::Items(items) => BLOCK + items.iter().map(|item| text_height(characters(item), WHOLE - 4)).sum::<usize>(),
        Block::Columns(Width::Wide, groups) => columns_height(groups, 2, HALF),
        Block::Columns(Width::Narrow, groups) => columns_height(groups, 4, QUARTER),
        Block::Causes(rows) => LINE + ROW + rows.iter().map(row_height).sum::<usize>(),
        Block::Sources(sources) => {
            let all: usize = sources.iter().map(|source| text_height(source.chars().count(), HALF)).sum();
            // They are in two columns, of which one may be a line longer.
            BLOCK + all / 2 + LINE
        }
    }
}

fn columns_height(groups: &[Group], columns: usize, width: usize) -> usize {
    let group = |group: &Group| {
        let heading = group.heading.as_ref().map_or(0, |_| LINE + BLOCK);
        heading + group.items.iter().map(|item| text_height(characters(item), width)).sum::<usize>()
    };
    // One column may be a line longer.
    BLOCK + groups.iter().map(group).sum::<usize>() / columns + LINE
}

fn row_height(row: &CauseRow) -> usize {
    let why: usize = row.why.iter().map(|why| characters(why) + 1).sum();
    let notes: usize = row.notes.iter().map(|note| note.chars().count() + 2).sum();
    let likely = text_height(row.likely.chars().count(), LIKELY) + DRAWN + text_height(notes, LIKELY);
    ROW + likely.max(text_height(characters(&row.name), NAME)).max(text_height(why, WHY))
}

fn text_height(characters: usize, width: usize) -> usize {
    characters.div_ceil(width) * LINE
}

fn characters(runs: &[TextRun]) -> usize {
    runs.iter().map(|run| run.text().chars().count()).sum()
}
