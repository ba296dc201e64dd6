//! Tests of the room `questionnaire`.

#[expect(dead_code, reason = "random answers are for others")]
#[path = "../common/generate.rs"]
mod generate;
#[path = "../common/text.rs"]
mod text;
#[expect(dead_code, reason = "the small network is for others")]
#[path = "../common/trees.rs"]
mod trees;
mod first_edition;
mod hopeless;
mod medicines;
mod spans;
mod questions;
mod schema;
mod words;
mod worked;
