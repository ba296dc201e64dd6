//! Turns screens into the bytes that bring a terminal from one to the next.

use std::io;
use std::rc::Rc;

use crossterm::cursor::{MoveTo, Show};
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui_core::buffer::{Buffer, Cell, CellDiffOption};
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
}

impl Display {
    /// A terminal that shows nothing yet.
    #[must_use]
    pub fn new(theme: Theme) -> Display {
        Display { theme, size: None, frame: Rc::default() }
    }

    /// Makes the next frame write everything anew, since something else may have drawn on the terminal.
    pub fn forget(&mut self) {
        self.size = None;
    }

    /// Adds to `bytes` what brings the terminal to the screen in view, and writes all at once: no half of it is to be seen. What
    /// was drawn before is dropped only after that, when nobody waits.
    ///
    /// # Errors
    ///
    /// When they cannot be written.
    pub fn draw(
        &mut self,
        app: &App<'_>,
        mut bytes: Vec<u8>,
        write: impl FnOnce(&[u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        let size @ Size { columns, rows } = app.size();
        queue!(bytes, BeginSynchronizedUpdate)?;
        if self.size.replace(size) != Some(size) {
            queue!(bytes, Clear(ClearType::All), Show)?;
            self.frame = Rc::default();
        }
        let before = std::mem::replace(&mut self.frame, Rc::clone(app.frame()));
        let mut row = Buffer::empty(Rect { x: 0, y: 0, width: columns, height: 1 });
        // A key changes few rows.
        for y in 0..rows {
            let changes: Vec<_> = self.frame.changes(&before, y).collect();
            if changes.is_empty() {
                continue;
            }
            row.reset();
            row.area.y = y;
            self.frame.paint(self.theme, &mut row);
            // Terminals disagree about how wide some characters are, such as flags: a half of one may stay behind.
            let is_anew = changes.iter().any(|(_, is_one_by_one)| !is_one_by_one);
            if is_anew {
                queue!(bytes, MoveTo(0, y), Clear(ClearType::CurrentLine))?;
            }
            for (x, cell) in (0..).zip(&mut row.content) {
                if is_anew || changes.iter().any(|(columns, _)| columns.contains(&x)) {
                    cell.diff_option = CellDiffOption::AlwaysUpdate;
                }
            }
            // Compared with itself, a row yields its marked cells, but for those that a wide letter covers.
            let mut cells = Vec::with_capacity(columns.into());
            cells.extend(row.diff_iter(&row));
            let mut backend = CrosstermBackend::new(&mut bytes);
            // What comes after a cluster is written at its own column.
            for piece in cells.chunk_by(|(_, _, cell), _| !is_cluster(cell)) {
                backend.draw(piece.iter().copied())?;
            }
        }
        queue!(bytes, MoveTo(self.frame.cursor.x, self.frame.cursor.y), EndSynchronizedUpdate)?;
        write(&bytes)
    }
}

/// Whether a cell holds more than one code point.
fn is_cluster(cell: &Cell) -> bool {
    cell.symbol().chars().nth(1).is_some()
}
