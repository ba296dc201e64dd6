//! The questions of the program itself: whether to leave, and whether to start over.

use crate::app::App;
use crate::app::blocks::{Block, Choices, Pane, View};
use crate::app::screens::Screen;
use crate::app::screens::resume::Keeping;

/// What can be done instead of leaving, or on the way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Way {
    Stay,
    Quit,
    SaveAndQuit,
}

/// Asked before all answers are deleted.
pub(in crate::app) fn start_over(app: &App<'_>) -> View {
    let buttons = Choices::buttons(["No, keep my answers", "Yes, delete them and start over"], app.screens.cursor());
    dialog("Start over?", "All your answers are deleted.", buttons)
}

/// Asked before the program ends.
pub(in crate::app) fn leave(app: &App<'_>) -> View {
    let say = |way: Way| match way {
        Way::Stay => "Back",
        Way::Quit => "Quit",
        Way::SaveAndQuit => "Save the report and quit",
    };
    dialog("Leave now?", &app.fate_of_answers(), Choices::buttons(app.ways_to_leave().map(say), app.screens.cursor()))
}

fn dialog(title: &str, text: &str, buttons: Choices) -> View {
    let body = vec![Block::strong(text), Block::Choices(buttons)];
    View { main: Pane { title: title.into(), body, ..Pane::default() }, ..View::default() }
}

impl App<'_> {
    /// The ways in their order: from the results most people leave, from a question many come back.
    #[must_use]
    pub(in crate::app) fn ways_to_leave(&self) -> [Way; 3] {
        if self.is_over() { [Way::SaveAndQuit, Way::Quit, Way::Stay] } else { [Way::Stay, Way::Quit, Way::SaveAndQuit] }
    }

    /// Whether the results are in view, or below what is in view.
    #[must_use]
    pub(in crate::app) fn is_over(&self) -> bool {
        self.screens.down().any(Screen::is_results)
    }

    /// What becomes of the answers.
    fn fate_of_answers(&self) -> String {
        match &self.opening.keeping {
            Keeping::Nothing | Keeping::Nowhere | Keeping::Forgotten => "When you quit, your answers are deleted.",
            Keeping::Elsewhere | Keeping::TakenOver => {
                "Another window keeps your answers. When you quit, what you answered only here is deleted."
            }
            Keeping::Failed(_) => "Your last answers could not be kept.",
            Keeping::In(_) | Keeping::Undeleted(_) if self.is_finished() => "When you quit, your answers are deleted.",
            Keeping::In(_) | Keeping::Undeleted(_) if self.interview.answers().is_empty() => {
                "What you did not confirm with Enter is not kept."
            }
            Keeping::In(_) | Keeping::Undeleted(_) if self.has_unsubmitted() => {
                "Your answers are kept for next time. What you did not confirm with Enter is not."
            }
            Keeping::In(_) | Keeping::Undeleted(_) => "Your answers are kept for next time.",
        }
        .into()
    }
}
