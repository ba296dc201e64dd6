//! The schema that `twinge schema` prints says what the reader of question files says, as far as a schema can.

mod bad;
mod documents;
mod drift;
#[expect(dead_code, reason = "random answers are for others")]
#[path = "../generate/mod.rs"]
mod generate;
mod good;
mod types;
