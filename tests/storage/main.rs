//! Tests of the room `storage`.

#[path = "../common/generate.rs"]
mod generate;
#[path = "../common/interviews.rs"]
mod interviews;
mod draft_files;
mod drafts;
mod report_files;
