//! Tests of the room `engine`.

#[path = "../common/generate.rs"]
mod generate;
#[path = "../common/grow.rs"]
mod grow;
#[path = "../common/interviews.rs"]
mod interviews;
#[path = "../common/rows.rs"]
mod rows;
#[path = "../common/trees.rs"]
mod trees;
mod bounds;
mod length;
mod open_questions;
mod passed_over;
mod properties;
mod scale;
