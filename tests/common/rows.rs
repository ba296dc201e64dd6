//! The text of a screen, row by row.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use twinge::app::theme::Theme;
use twinge::app::{App, Size};
use unicode_width::UnicodeWidthStr;

pub(crate) fn rows(app: &App<'_>) -> Vec<String> {
    let Size { columns, rows } = app.size();
    let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width: columns, height: rows });
    app.frame().paint(Theme::PLAIN, &mut buffer);
    let row = |cells: &[ratatui::buffer::Cell]| {
        let mut line = String::new();
        let mut covered = 0;
        for cell in cells {
            // A wide character covers the cell after it.
            if covered == 0 {
                line.push_str(cell.symbol());
                covered = cell.symbol().width().max(1);
            }
            covered -= 1;
        }
        line.trim_end().to_owned()
    };
    buffer.content.chunks(usize::from(columns.max(1))).map(row).collect()
}
