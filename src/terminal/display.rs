//! Turns screens into the bytes that bring a terminal from one to the next.

use std::io;

use crossterm::cursor::{MoveTo, Show};
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui_core::buffer::{Buffer, Cell};
use ratatui_core::layout::Rect;

use crate::app::theme::Theme;
use crate::app::{App, Size};

/// What a terminal shows, and how the next screen will look.
#[derive(Debug)]
pub struct Display {
    theme: Theme,
    shown: Buffer,
    next: Buffer,
    /// Whether something else may have drawn on the terminal.
    is_unknown: bool,
}

impl Display {
    /// A terminal that shows nothing yet.
    #[must_use]
    pub fn new(theme: Theme) -> Display {
        Display { theme, shown: Buffer::default(), next: Buffer::default(), is_unknown: true }
    }

    /// Makes the next frame write everything anew, since something else may have drawn on the terminal.
    pub fn forget(&mut self) {
        self.is_unknown = true;
    }

    /// The bytes that bring the terminal to the screen in view. They belong together: no half of them is to be seen.
    ///
    /// # Errors
    ///
    /// Never, as the bytes are only collected.
    pub fn frame(&mut self, app: &App<'_>) -> io::Result<Vec<u8>> {
        let Size { columns, rows } = app.size();
        let area = Rect { x: 0, y: 0, width: columns, height: rows };
        let mut bytes = Vec::new();
        queue!(bytes, BeginSynchronizedUpdate)?;
        if self.is_unknown || self.shown.area != area {
            queue!(bytes, Clear(ClearType::All), Show)?;
            self.shown = Buffer::empty(area);
            self.is_unknown = false;
        }
        self.next.resize(area);
        self.next.reset();
        let cursor = app.draw(self.theme, &mut self.next);
        self.write_changes(&mut bytes)?;
        queue!(bytes, MoveTo(cursor.x, cursor.y), EndSynchronizedUpdate)?;
        std::mem::swap(&mut self.shown, &mut self.next);
        Ok(bytes)
    }

    /// Writes the cells that change. A row with a cluster of which terminals disagree how wide it is, such as a flag, is
    /// cleared and written whole, each piece at its column, so that no half of the cluster stays.
    fn write_changes(&self, bytes: &mut Vec<u8>) -> io::Result<()> {
        let changes = self.shown.diff(&self.next);
        // They come row by row, and each row is looked through once.
        let rows = changes.chunk_by(|(_, y, _), (_, below, _)| y == below).filter_map(|row| row.first());
        let whole: Vec<u16> = rows.map(|(_, y, _)| *y).filter(|y| self.is_disputed(*y)).collect();
        if whole.is_empty() {
            return CrosstermBackend::new(bytes).draw(changes.into_iter());
        }
        for y in &whole {
            queue!(bytes, MoveTo(0, *y), Clear(ClearType::CurrentLine))?;
        }
        let is_whole = |y: u16| whole.contains(&y);
        let blank = Buffer::empty(self.next.area);
        let anew = blank.diff(&self.next).into_iter().filter(|(_, y, _)| is_whole(*y));
        let cells: Vec<_> = changes.into_iter().filter(|(_, y, _)| !is_whole(*y)).chain(anew).collect();
        let mut backend = CrosstermBackend::new(bytes);
        for piece in cells.chunk_by(|(_, _, cell), _| !is_cluster(cell)) {
            backend.draw(piece.iter().copied())?;
        }
        Ok(())
    }

    fn is_disputed(&self, y: u16) -> bool {
        let width = usize::from(self.next.area.width);
        let row = |buffer: &Buffer| {
            buffer.content.chunks(width.max(1)).nth(usize::from(y)).is_some_and(|cells| cells.iter().any(is_cluster))
        };
        row(&self.shown) || row(&self.next)
    }
}

/// Whether a cell holds more than one code point.
fn is_cluster(cell: &Cell) -> bool {
    cell.symbol().chars().nth(1).is_some()
}
