//! Paints a screen that was laid out into a buffer.

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::{Margin, Position};
use ratatui_core::style::Style;
use ratatui_core::text as styled;
use ratatui_core::widgets::{StatefulWidget, Widget};
use ratatui_widgets::block::Block as Border;
use ratatui_widgets::borders::BorderType;
use ratatui_widgets::scrollbar::{Scrollbar, ScrollbarOrientation};

use crate::app::frame::text::{Line, Role};
use crate::app::frame::theme::Theme;
use crate::app::frame::{BorderAt, Frame};

impl Frame {
    /// Puts the screen into a buffer. Returns where the hardware cursor is.
    pub(in crate::app) fn paint(&self, theme: Theme, buffer: &mut Buffer) -> Position {
        let styled = |line: &Line| -> styled::Line<'static> {
            // The frame below a title has a style of its own.
            let style = |role| Style::reset().patch(theme.style(role));
            line.spans.iter().map(|span| styled::Span::styled(span.text.clone(), style(span.role))).collect()
        };
        for BorderAt { area, title, extent, has_focus, scrollbar } in &self.borders {
            let area = area.intersection(buffer.area);
            let style = theme.style(if *has_focus { Role::Accent } else { Role::Quiet });
            let border =
                Border::bordered().border_type(BorderType::Rounded).border_style(style).title_top(styled(title));
            let has_room =
                (1..).contains(&extent.width()) && extent.width() + title.width() + 6 <= usize::from(area.width);
            let border = if has_room {
                let padded = Line::new(Role::Plain, " ");
                let padded = Line { spans: [padded.spans.clone(), extent.spans.clone(), padded.spans].concat() };
                border.title_top(styled(&padded).right_aligned())
            } else {
                border
            };
            border.render(area, buffer);
            if let Some(state) = scrollbar {
                let bar = Scrollbar::new(ScrollbarOrientation::VerticalRight)
                    .begin_symbol(None)
                    .end_symbol(None)
                    .track_symbol(None)
                    .thumb_symbol("┃")
                    .style(style);
                bar.render(area.inner(Margin { horizontal: 0, vertical: 1 }), buffer, &mut state.clone());
            }
        }
        for (Position { x, y }, line) in &self.lines {
            let mut x = *x;
            for span in &line.spans {
                if *y < buffer.area.height && x < buffer.area.width {
                    let room = usize::from(buffer.area.width - x);
                    (x, _) = buffer.set_stringn(x, *y, &span.text, room, theme.style(span.role));
                }
            }
        }
        self.cursor
    }
}
