//! The question files that several tests read.

use twinge::questionnaire::{Questionnaire, parse};

/// The questionnaire that a question file describes. Fails the test with everything that is wrong with the file.
#[track_caller]
pub(crate) fn parsed(file: impl AsRef<[u8]>) -> Questionnaire {
    parse(file.as_ref()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// A home network that fails: a small file with every kind of question.
pub(crate) fn network() -> Questionnaire {
    parsed(include_bytes!("../trees/network.toml"))
}

/// The questions that the program asks when no file is named.
pub(crate) fn built_in() -> Questionnaire {
    parsed(twinge::cli::BUILT_IN)
}
