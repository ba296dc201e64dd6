//! The message after copying the result.

use crate::app::App;

/// What became of the result that should be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// The terminal was asked to copy it. No terminal says whether it did.
    Asked,
    /// There is no result yet.
    Nothing,
    /// Terminals take less at once.
    TooLong,
    /// The person wants nothing to be copied.
    SwitchedOff,
}

impl Copied {
    fn message(self) -> &'static str {
        match self {
            Copied::Asked => "The urgency and the first causes are copied, if your terminal allows it.",
            Copied::Nothing => "There is no result to copy yet.",
            Copied::TooLong => "This is too long to be copied. Press s to save the report.",
            Copied::SwitchedOff => "Nothing is copied: twinge was started with --no-copy.",
        }
    }
}

impl App<'_> {
    /// Tells the app whether the result could be copied.
    pub fn copied(&mut self, copied: Copied) {
        self.notice = copied.message().into();
        self.settle();
    }
}
