//! Tests of the room `storage`.

#[path = "../common/generate.rs"]
mod generate;
#[path = "../common/interviews.rs"]
mod interviews;
#[path = "../common/rows.rs"]
mod rows;
#[expect(dead_code, reason = "the built-in questions are for others")]
#[path = "../common/trees.rs"]
mod trees;
mod scratch;
mod autosave;
mod draft_files;
mod drafts;
mod hostile_places;
mod newest_report;
mod report_files;
mod two_windows;
