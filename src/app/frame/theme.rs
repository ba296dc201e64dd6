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
            (Role::Badge(severity), Some(_)) => {
                let (text, ground) = badge(severity);
                bold.fg(text).bg(ground)
            }
        }
    }
}

/// A badge: its text and its ground. No ground but white and bright cyan has 4.5 to one everywhere; the word on it is bold, and
/// the sentence beside it says the same in the terminal's own colors.
const fn badge(severity: Severity) -> (Color, Color) {
    match severity {
        Severity::Interrupting => (Color::White, Color::Red),
        Severity::Leading => (Color::Black, Color::Yellow),
        Severity::Middle => (Color::Black, Color::Cyan),
        Severity::Lowest => (Color::Black, Color::Green),
    }
}
