//! Tests of the room `authoring`.

#[path = "../common/chromium.rs"]
mod chromium;
#[path = "../common/generate.rs"]
mod generate;
#[path = "../common/interviews.rs"]
mod interviews;
#[path = "../common/skipped.rs"]
mod skipped;
#[path = "../common/text.rs"]
mod text;
#[path = "../common/trees.rs"]
mod trees;
mod cases;
mod cases_from_proofs;
mod check;
mod fhir;
mod home_network;
mod lhc_forms;
mod mermaid;
mod proof;
mod rule_pages;
mod time_limit;
mod tree;
mod warnings;
mod without_effect;
