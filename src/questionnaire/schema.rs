//! The format of question files, for editors.

/// The JSON Schema of question files, in draft 2020-12. Editors that know only draft 7 can use it too.
///
/// A test makes it from the types in `tests/questionnaire/schema/types/`, and compares it with what [`super::parse()`] takes.
pub const SCHEMA: &str = include_str!("schema.json");
