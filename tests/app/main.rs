//! Tests of the room `app`.

#[expect(dead_code, reason = "answers are picked here as they are typed")]
#[path = "../common/generate.rs"]
mod generate;
#[path = "../common/trees.rs"]
mod trees;
mod line_mode;
mod parity;
mod resume;
mod screens;
