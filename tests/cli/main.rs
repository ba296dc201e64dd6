//! Tests of the room `cli`.

#[path = "../common/rows.rs"]
mod rows;
#[expect(dead_code, reason = "the small network is for others")]
#[path = "../common/trees.rs"]
mod trees;
#[path = "../common/skipped.rs"]
mod skipped;
mod completions;
mod display;
mod docs;
mod engines;
mod input;
mod keyboard;
mod pages;
mod program;
mod score;
mod security;
mod source_rules;
mod terminal;
