//! What became of a report that was to be saved.

use crate::app::App;

/// What became of a report that was to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It is in this file, and beside it as JSON.
    In(String),
    /// It could not be written.
    Failed {
        /// Into this folder.
        folder: String,
        /// For this reason.
        why: String,
    },
}

impl Saved {
    /// What the person is told.
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
    /// A report was saved, or could not be.
    pub fn saved(&mut self, saved: &Saved) {
        self.notice = Some(saved.message());
        self.restore_screen_invariants();
    }
}
