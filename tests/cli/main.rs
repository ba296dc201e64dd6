//! Tests of the room `cli`.

mod completions;
mod program;
mod readme;
mod source_rules;
mod terminal;
