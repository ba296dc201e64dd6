//! What an author may write, for editors.

/// A JSON Schema of the question file, in draft 2020-12; it says the same in draft 7, which some editors take it for.
///
/// It is made from the types in `tests/questionnaire/schema/types`, by a test that also holds it to what [`crate::questionnaire`] reads.
/// What makes it is left out of the program.
pub const SCHEMA: &str = include_str!("schema.json");
