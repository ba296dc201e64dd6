//! Tests of the room `engine`.

#[path = "../common/generate.rs"]
mod generate;
#[path = "../common/grow.rs"]
mod grow;
mod bounds;
mod length;
mod properties;
mod scale;
