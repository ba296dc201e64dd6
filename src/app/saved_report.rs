//! The message after saving a report.

use crate::app::{App, Effect};

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
    /// Tells the app whether the report could be saved. Returns what to do next.
    pub fn saved(&mut self, saved: &Saved) -> Effect {
        self.notice = saved.message();
        self.settle();
        let Saved::In(place) = saved else {
            self.quits_when_saved = false;
            return Effect::Draw;
        };
        self.saved_report = Some((self.own_interview().answers().clone(), place.clone()));
        if self.quits_when_saved { Effect::Quit } else { Effect::Draw }
    }

    /// Where the report is, if it was saved on the way out.
    #[must_use]
    pub fn report_place(&self) -> Option<&str> {
        self.saved_report.as_ref().filter(|_| self.quits_when_saved).map(|(_, place)| place.as_str())
    }
}
