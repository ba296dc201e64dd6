//! Files on disk: drafts of interviews, and reports.
//!
//! Everything is written whole or not at all ([`atomic_write`]), and only its owner can read it.

pub mod atomic_write;
pub mod clock;
pub mod draft_files;
pub mod autosave;
pub mod report_files;
