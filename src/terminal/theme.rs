//! Draws a sheet on the terminal, with a style for each role.

use ratatui::layout::Position;
use ratatui::style::{Color, Modifier, Style};
use ratatui::{Frame, text};

use crate::app::{App, Role};

/// How roles look. Text keeps the colors of the terminal, except for one accent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    has_color: bool,
}

impl Theme {
    /// With a color for the accent.
    pub const COLORED: Theme = Theme { has_color: true };
    /// Without any color.
    pub const PLAIN: Theme = Theme { has_color: false };

    /// With or without color.
    #[must_use]
    pub fn with_color(is_wanted: bool) -> Theme {
        if is_wanted { Theme::COLORED } else { Theme::PLAIN }
    }

    fn style(self, role: Role) -> Style {
        match role {
            Role::Plain => Style::new(),
            Role::Strong | Role::Selected => Style::new().add_modifier(Modifier::BOLD),
            Role::Quiet => Style::new().add_modifier(Modifier::DIM),
            Role::Accent if self.has_color => Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD),
            Role::Accent => Style::new().add_modifier(Modifier::BOLD),
            Role::Emergency => Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
        }
    }
}

/// Draws the sheet of the app.
pub fn draw(app: &App<'_>, theme: Theme, frame: &mut Frame<'_>) {
    let sheet = app.sheet();
    let area = frame.area();
    for (row, line) in (area.top()..area.bottom()).zip(&sheet.lines) {
        let spans = line.spans.iter().map(|span| text::Span::styled(span.text.as_str(), theme.style(span.role)));
        let line: text::Line<'_> = spans.collect();
        frame.buffer_mut().set_line(area.left(), row, &line, area.width);
    }
    // Screen readers and magnifiers follow the cursor.
    let (column, row) = sheet.cursor;
    if area.contains(Position::new(column, row)) {
        frame.set_cursor_position(Position::new(column, row));
    }
}
