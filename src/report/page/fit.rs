//! Whether a page fits on one sheet of paper: an estimate of its height in lines, for a sheet as narrow as A4 and as short as
//! Letter.
//!
//! The figures follow `report.css` as it is printed, in a wide font. The browser test measures whether they are right.

use crate::report::page::{Block, CauseRow, Page, TextRun};

/// How many characters fit on a line: across the sheet, across half of it, and in the columns of the causes.
const WHOLE: usize = 116;
const HALF: usize = 56;
const NAME: usize = 21;
const LIKELY: usize = 18;
const WHY: usize = 63;
/// Heights in hundredths of a line: a line, and what is added for a block, a row of the table and a heading.
const LINE: usize = 100;
const BLOCK: usize = 14;
const ROW: usize = 32;
const HEADING: usize = 170;
/// The height of a sheet, less the title and the frame of the first section.
const SHEET: usize = 7500;

impl Page {
    /// Whether it fits on one sheet.
    pub(in crate::report) fn fits(&self) -> bool {
        let sections = self.sections.iter().map(|section| {
            let blocks: usize = section.blocks.iter().map(block_height).sum();
            HEADING + blocks
        });
        sections.sum::<usize>() + text_height(self.foot.chars().count(), WHOLE) + BLOCK <= SHEET
    }
}

fn block_height(block: &Block) -> usize {
    match block {
        Block::Text(runs) => BLOCK + text_height(characters(runs), WHOLE),
        Block::Items(items) => BLOCK + items.iter().map(|item| text_height(characters(item), WHOLE - 4)).sum::<usize>(),
        Block::Causes(rows) => LINE + ROW + rows.iter().map(row_height).sum::<usize>(),
        Block::Sources(sources) => {
            let all: usize = sources.iter().map(|source| text_height(source.chars().count(), HALF)).sum();
            // They are in two columns, of which one may be a line longer.
            BLOCK + all / 2 + LINE
        }
    }
}

fn row_height(row: &CauseRow) -> usize {
    let why: usize = row.why.iter().map(|why| characters(why) + 1).sum();
    let columns = [(characters(&row.name), NAME), (row.likely.chars().count(), LIKELY), (why, WHY)];
    ROW + columns.into_iter().map(|(characters, width)| text_height(characters, width)).max().unwrap_or(0)
}

fn text_height(characters: usize, width: usize) -> usize {
    characters.div_ceil(width) * LINE
}

fn characters(runs: &[TextRun]) -> usize {
    let text = |run: &TextRun| match run {
        TextRun::Plain(text) | TextRun::Strong(text) => text.chars().count(),
    };
    runs.iter().map(text).sum()
}
