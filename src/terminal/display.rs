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
        // A key changes few rows.
        for y in (0..rows).filter(|y| !self.frame.has_same_row(&before, *y)) {
            let [mut shown, mut row] = [&before, &self.frame].map(|frame| {
                let mut row = Buffer::empty(Rect { x: 0, y, width: columns, height: 1 });
                frame.paint(self.theme, &mut row);
                row
            });
            // A cluster of which terminals disagree how wide it is, such as a flag, may leave a half of itself behind.
            if shown.content.iter().chain(&row.content).any(is_cluster) {
                queue!(bytes, MoveTo(0, y), Clear(ClearType::CurrentLine))?;
                shown.reset();
            }
            let pairs = shown.content.iter().zip(&row.content).enumerate();
            let changed: Vec<_> = pairs.filter(|(_, (before, now))| before != now).map(|(x, _)| x).collect();
            for ends in changed.windows(2) {
                // To jump over a gap takes about as many bytes as eight cells.
                if let [from, to] = ends
                    && to - from <= 8
                    && let Some(gap) = row.content.get_mut(from + 1..*to)
                {
                    for cell in gap {
                        cell.diff_option = CellDiffOption::AlwaysUpdate;
                    }
                }
            }
            let cells: Vec<_> = shown.diff_iter(&row).collect();
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
