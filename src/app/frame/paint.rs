//! Paints a screen that was laid out into a buffer.

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Rect;
use ratatui_core::style::Style;

use crate::app::frame::Frame;
use crate::app::frame::text::{Span, one_by_one};
use crate::app::frame::theme::Theme;

impl Frame {
    /// Puts the screen into a buffer, or those rows of it that the buffer has.
    pub fn paint(&self, theme: Theme, buffer: &mut Buffer) {
        let Rect { y, width, height, .. } = buffer.area;
        for (y, row) in (y..y + height).zip(self.rows.iter().skip(y.into())) {
            for (x, Span { text, role }) in row {
                let style = Style::reset().patch(theme.style(*role));
                let room = usize::from(width.saturating_sub(*x));
                if one_by_one(text).is_some_and(|columns| columns <= room) {
                    for (x, c) in (*x..).zip(text.chars()) {
                        if let Some(cell) = buffer.cell_mut((x, y)) {
                            cell.set_char(c).set_style(style);
                        }
                    }
                } else if room > 0 {
                    buffer.set_stringn(*x, y, text, room, style);
                }
            }
        }
    }
}
