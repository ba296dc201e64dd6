//! Tests of the room `engine`.

#[path = "../common/generate.rs"]
mod generate;
#[path = "../common/grow.rs"]
mod grow;
mod bounds;
mod incremental;
mod length;
mod properties;
mod scale;
