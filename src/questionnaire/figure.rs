//! Pictures made of characters, such as a body on which one points at where it hurts.

use serde::{Deserialize, Serialize};

/// A picture made of characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Its id in the file.
    pub id: String,
    /// What to read out in its place.
    pub say: String,
    /// Its lines.
    pub art: Vec<String>,
    /// As many lines: under each character the `mark` of the option that it belongs to, or a blank.
    pub marks: Vec<String>,
}
