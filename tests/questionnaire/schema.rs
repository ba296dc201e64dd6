//! The schema that `twinge schema` prints allows what the reader of question files allows, as far as a schema can say it.

mod bad;
mod documents;
mod drift;
mod good;
mod types;
