//! How each role looks, in the terminal's own sixteen colors.

use ratatui_core::style::{Color, Modifier, Style};

use crate::app::blocks::Severity;
use crate::app::frame::text::Role;

/// How roles look. Where two colors meet, both are given, so that they can be told apart on dark and on light terminals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    has_color: bool,
}

impl Theme {
    /// With colors.
    pub const COLORED: Theme = Theme { has_color: true };
    /// Without any color.
    pub const PLAIN: Theme = Theme { has_color: false };

    /// With or without colors.
    #[must_use]
    pub fn with_color(is_wanted: bool) -> Theme {
        if is_wanted { Theme::COLORED } else { Theme::PLAIN }
    }

    pub(super) fn style(self, role: Role) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        match role {
            Role::Plain => Style::new(),
            Role::Strong => bold,
            Role::Quiet => Style::new().add_modifier(Modifier::DIM),
            Role::Accent if self.has_color => Style::new().fg(ACCENT),
            Role::Accent => bold,
            Role::Selected if self.has_color => bold.fg(SELECTED.0).bg(SELECTED.1),
            Role::Selected => bold,
            Role::Badge(severity) if self.has_color => {
                let (text, ground) = badge(severity);
                bold.fg(text).bg(ground)
            }
            Role::Badge(_) => bold.add_modifier(Modifier::REVERSED),
        }
    }
}

/// Bars, the progress, and the frame of the part that has the focus.
const ACCENT: Color = Color::Magenta;

/// The selected line: its text and its ground.
const SELECTED: (Color, Color) = (Color::White, Color::DarkGray);

/// A badge: its text and its ground.
const fn badge(severity: Severity) -> (Color, Color) {
    match severity {
        Severity::Interrupting => (Color::White, Color::Red),
        Severity::Leading => (Color::Black, Color::Yellow),
        Severity::Middle => (Color::Black, Color::Cyan),
        Severity::Lowest => (Color::Black, Color::Green),
    }
}
