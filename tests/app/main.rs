//! Tests of the room `app`.

#[expect(dead_code, reason = "answers are picked here as they are typed")]
#[path = "../common/generate.rs"]
mod generate;
mod line_mode;
mod parity;
mod resume;
mod screens;
