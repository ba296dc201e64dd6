//! Tests of the room `questionnaire`.

#[expect(dead_code, reason = "random answers are for others")]
#[path = "../common/generate.rs"]
mod generate;
#[path = "../common/text.rs"]
mod text;
mod medicines;
mod places;
mod questions;
mod schema;
mod words;
mod worked;
