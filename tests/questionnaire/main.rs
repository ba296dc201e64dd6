//! Tests of the room `questionnaire`.

#[expect(dead_code, reason = "random answers are for others")]
#[path = "../common/generate.rs"]
mod generate;
#[path = "../common/text.rs"]
mod text;
#[path = "../common/trees.rs"]
mod trees;
mod compiled;
mod first_edition;
mod hopeless;
mod medicines;
mod spans;
mod questions;
mod schema;
mod words;
mod worked;
