//! Tests of the room `report`.

#[path = "../common/chromium.rs"]
mod chromium;
#[path = "../common/generate.rs"]
mod generate;
#[path = "../common/interviews.rs"]
mod interviews;
#[path = "../common/people.rs"]
mod people;
#[path = "../common/trees.rs"]
mod trees;
#[path = "../common/unsaid.rs"]
mod unsaid;
mod browser;
mod fhir;
mod report;
mod score;
