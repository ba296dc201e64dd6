//! How each role looks, in the terminal's own sixteen colors.

use ratatui_core::style::{Color, Modifier, Style};

use crate::app::blocks::Role;
use crate::app::blocks::Severity;

/// How roles look. Where two colors meet, both are given, so that they can be told apart on dark and on light terminals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Bars, the progress, and the frame of the part that has the focus; `None` without any color.
    accent: Option<Color>,
}

impl Theme {
    /// With colors.
    pub const COLORED: Theme = Theme { accent: Some(Color::Magenta) };
    /// With colors, on a console of Windows: its magenta is too dark there.
    pub const WINDOWS: Theme = Theme { accent: Some(Color::LightMagenta) };
    /// Without any color.
    pub const PLAIN: Theme = Theme { accent: None };

    pub(super) fn style(self, role: Role) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        match (role, self.accent) {
            (Role::Plain, _) => Style::new(),
            (Role::Quiet, _) => Style::new().add_modifier(Modifier::DIM),
            (Role::Accent, Some(accent)) => Style::new().fg(accent),
            (Role::Strong | Role::Accent, _) => bold,
            // The terminal's own colors are the only two that can be read together everywhere.
            (Role::Selected, _) | (Role::Badge(_), None) => bold.add_modifier(Modifier::REVERSED),
            // No ground but white and bright cyan has a contrast of 4.5 to one everywhere; the word on a badge is bold, and the
            // sentence beside it says the same in the terminal's own colors.
            (Role::Badge(Severity::Interrupting), Some(_)) => bold.fg(Color::White).bg(Color::Red),
            (Role::Badge(Severity::Leading), Some(_)) => bold.fg(Color::Black).bg(Color::Yellow),
            (Role::Badge(Severity::Middle), Some(_)) => bold.fg(Color::Black).bg(Color::Cyan),
            (Role::Badge(Severity::Lowest), Some(_)) => bold.fg(Color::Black).bg(Color::Green),
        }
    }
}
