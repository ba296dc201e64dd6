//! Files on disk: drafts of interviews, and reports. Also the clock, whose time goes into both.
//!
//! [`autosave::Autosave`] keeps the answers of an interview in its [`draft_files::DraftFile`], which one
//! window at a time has locked ([`draft_lock`]); [`report_files::save`] writes
//! a report beside nothing that is there already. Both are the same for screens and line mode.
//!
//! Whoever reads a file finds all of it or none of it ([`atomic_write`]), and only its owner can read it. Nothing that the
//! program did not write is overwritten, unless the person asks for that.

pub mod access;
pub mod atomic_write;
pub mod clock;
pub mod draft_files;
pub mod draft_lock;
pub mod autosave;
pub mod report_files;

use std::io;

use crate::diagnostic::visible;

/// What went wrong with a file, in plain words.
#[must_use]
pub fn io_error_in_words(error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    const KNOWN: [(Kind, &str); 8] = [
        (Kind::StorageFull, "the disk is full"),
        (Kind::QuotaExceeded, "your share of the disk is used up"),
        (Kind::ReadOnlyFilesystem, "the disk can only be read"),
        (Kind::PermissionDenied, "this is not allowed there"),
        (Kind::NotFound, "there is no such place"),
        (Kind::NotADirectory, "a file is where a folder should be"),
        (Kind::AlreadyExists, "a file is where a folder should be"),
        (Kind::IsADirectory, "a folder is where a file should be"),
    ];
    if access::is_link_error(error) {
        return "a link is where a file should be".into();
    }
    let known = KNOWN.into_iter().find(|(kind, _)| *kind == error.kind());
    known.map_or_else(|| visible(&error.to_string()), |(_, words)| words.to_owned())
}
