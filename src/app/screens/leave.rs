//! The questions of the program itself: whether to leave, and whether to start over.

use crate::app::blocks::{Block, View};
use crate::app::deed::Deed;
use crate::app::screens::Screen;
use crate::app::screens::resume::Keeping;
use crate::app::{App, Effect};

/// Asked before all answers are deleted.
pub(in crate::app) fn start_over() -> View {
    let buttons = [("No, keep my answers", Deed::Close), ("Yes, delete them and start over", Deed::StartOver)];
    View::new("Start over?", vec![Block::strong("All your answers are deleted."), Block::buttons(buttons)])
}

/// Asked before the program ends. From the results most people leave, from a question many come back.
pub(in crate::app) fn leave(app: &App<'_>) -> View {
    let mut buttons =
        [("Back", Deed::Close), ("Quit", Deed::Do(Effect::Quit)), ("Save the report and quit", Deed::SaveAndQuit)];
    if app.is_over() {
        buttons.reverse();
    }
    View::new("Leave now?", vec![Block::strong(app.fate_of_answers()), Block::buttons(buttons)])
}

impl App<'_> {
    /// Whether the results are in view, or below what is in view.
    pub(in crate::app) fn is_over(&self) -> bool {
        self.screens.down().any(Screen::is_results)
    }

    /// What becomes of the answers.
    fn fate_of_answers(&self) -> &'static str {
        match &self.opening.keeping {
            Keeping::Nothing | Keeping::Nowhere | Keeping::Forgotten => "When you quit, your answers are deleted.",
            Keeping::Elsewhere | Keeping::TakenOver => {
                "Another window keeps your answers. When you quit, what you answered only here is deleted."
            }
            Keeping::Failed(_) => "Your last answers could not be kept.",
            _ if self.is_finished() => "When you quit, your answers are deleted.",
            _ if self.interview.answers().is_empty() => "What you did not confirm with Enter is not kept.",
            _ if self.has_unsubmitted() => {
                "Your answers are kept for next time. What you did not confirm with Enter is not."
            }
            _ => "Your answers are kept for next time.",
        }
    }
}
