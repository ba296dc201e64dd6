//! The schema that `twinge schema` prints says what the reader of question files says, as far as a schema can.

mod bad;
mod documents;
mod drift;
mod good;
mod types;
