//! The message after saving a report.

use crate::app::App;

/// Whether the report could be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It is in this file, and as JSON in a file of the same name beside it.
    In(String),
    /// It could not be written.
    Failed {
        /// The folder that it should be in.
        folder: String,
        /// The error, in words.
        why: String,
    },
}

impl Saved {
    /// The message for the person.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Saved::In(path) => {
                format!("The report is saved, and your answers beside it (.json). Open it to read or print it: {path}")
            }
            Saved::Failed { folder, why } => {
                format!(
                    "The report cannot be saved in {folder}: {why}. Nothing is lost. To save it, start twinge in another folder."
                )
            }
        }
    }
}

impl App<'_> {
    /// Tells the app whether the report could be saved.
    pub fn saved(&mut self, saved: &Saved) {
        self.notice = Some(saved.message());
        self.restore_screen_invariants();
    }
}
