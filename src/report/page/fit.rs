//! How much of a page fits on one sheet of paper: an estimate in lines, of the smaller of A4 and Letter each way.
//!
//! It follows the style of the printed HTML, with a font that is wide; the browser test measures whether it is right.

use crate::report::page::{Block, CauseRow, Page, TextRun};

/// So many letters a line has across the whole sheet, in half of it, and in the columns of the causes.
const WHOLE: usize = 116;
const HALF: usize = 56;
const NAME: usize = 21;
const LIKELY: usize = 18;
const WHY: usize = 63;
/// Hundredths of a line: one line, what a block takes besides, a row of a table, a heading.
const LINE: usize = 100;
const BLOCK: usize = 14;
const ROW: usize = 32;
const HEADING: usize = 170;
/// What a sheet holds, less the title and the frame of the first section.
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
        Block::Text(spans) => BLOCK + text_height(letters(spans), WHOLE),
        Block::Items(items) => BLOCK + items.iter().map(|item| text_height(letters(item), WHOLE - 4)).sum::<usize>(),
        Block::Causes(rows) => LINE + ROW + rows.iter().map(row_height).sum::<usize>(),
        Block::Sources(sources) => {
            let all: usize = sources.iter().map(|source| text_height(source.chars().count(), HALF)).sum();
            // The columns are not always equally long.
            BLOCK + all / 2 + LINE
        }
    }
}

fn row_height(row: &CauseRow) -> usize {
    let why: usize = row.why.iter().map(|why| letters(why) + 1).sum();
    let columns = [(letters(&row.name), NAME), (row.likely.chars().count(), LIKELY), (why, WHY)];
    ROW + columns.into_iter().map(|(letters, width)| text_height(letters, width)).max().unwrap_or(0)
}

fn text_height(letters: usize, width: usize) -> usize {
    letters.div_ceil(width) * LINE
}

fn letters(spans: &[TextRun]) -> usize {
    let text = |span: &TextRun| match span {
        TextRun::Plain(text) | TextRun::Strong(text) => text.chars().count(),
    };
    spans.iter().map(text).sum()
}
