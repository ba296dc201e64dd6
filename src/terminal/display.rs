//! Turns screens into the bytes that bring a terminal from one to the next.

use std::io;
use std::rc::Rc;

use crossterm::cursor::{MoveTo, Show};
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui_core::buffer::{Buffer, Cell};
use ratatui_core::layout::Rect;

use crate::app::theme::Theme;
use crate::app::{App, Frame, Size};

/// What a terminal shows.
#[derive(Debug)]
pub struct Display {
    theme: Theme,
    /// Its size; `None` if something else may have drawn on it.
    size: Option<Size>,
    frame: Rc<Frame>,
    /// Its rows, as the frame was painted on them.
    rows: Vec<Buffer>,
}

impl Display {
    /// A terminal that shows nothing yet.
    #[must_use]
    pub fn new(theme: Theme) -> Display {
        Display { theme, size: None, frame: Rc::default(), rows: Vec::new() }
    }

    /// Makes the next frame write everything anew, since something else may have drawn on the terminal.
    pub fn forget(&mut self) {
        self.size = None;
    }

    /// The bytes that bring the terminal to the screen in view. They belong together: no half of them is to be seen.
    ///
    /// # Errors
    ///
    /// Never, as the bytes are only collected.
    pub fn frame(&mut self, app: &App<'_>) -> io::Result<Vec<u8>> {
        let size @ Size { columns, rows } = app.size();
        let mut bytes = Vec::new();
        queue!(bytes, BeginSynchronizedUpdate)?;
        if self.size.replace(size) != Some(size) {
            queue!(bytes, Clear(ClearType::All), Show)?;
            self.frame = Rc::default();
            let row = |y| Buffer::empty(Rect { x: 0, y, width: columns, height: 1 });
            self.rows = (0..rows).map(row).collect();
        }
        let before = std::mem::replace(&mut self.frame, Rc::clone(app.frame()));
        let mut changes = Vec::new();
        // A key changes few of them.
        for row in self.rows.iter_mut().filter(|row| !self.frame.has_same_row(&before, row.area.y)) {
            let mut next = Buffer::empty(row.area);
            self.frame.paint(self.theme, &mut next);
            changes.push((std::mem::replace(row, next), &*row));
        }
        write_changes(&changes, &mut bytes)?;
        queue!(bytes, MoveTo(self.frame.cursor.x, self.frame.cursor.y), EndSynchronizedUpdate)?;
        Ok(bytes)
    }
}

/// Writes the cells that change from each first row to the second. A row with a cluster of which terminals disagree how wide
/// it is, such as a flag, is cleared and written whole, each piece at its column, so that no half of the cluster stays.
fn write_changes(rows: &[(Buffer, &Buffer)], bytes: &mut Vec<u8>) -> io::Result<()> {
    let mut cells = Vec::new();
    for (row, next) in rows {
        if row.content.iter().chain(&next.content).any(is_cluster) {
            queue!(bytes, MoveTo(0, next.area.y), Clear(ClearType::CurrentLine))?;
            cells.extend(Buffer::empty(next.area).diff(next));
        } else {
            cells.extend(row.diff(next));
        }
    }
    let mut backend = CrosstermBackend::new(bytes);
    for piece in cells.chunk_by(|(_, _, cell), _| !is_cluster(cell)) {
        backend.draw(piece.iter().copied())?;
    }
    Ok(())
}

/// Whether a cell holds more than one code point.
fn is_cluster(cell: &Cell) -> bool {
    cell.symbol().chars().nth(1).is_some()
}
