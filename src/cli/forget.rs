//! `twinge forget`: deletes the drafts of all question files.

use std::io::Write;

use crate::cli::{Failure, draft_folder};
use crate::storage::io_error_in_words;
use crate::text;

/// Deletes every draft, and says which files that were.
pub(super) fn forget(output: &mut impl Write) -> Result<(), Failure> {
    let Some(folder) = draft_folder() else {
        return Ok(writeln!(output, "Nothing is kept: there is no home folder to keep it in.")?);
    };
    let forgotten = folder.delete_all();
    for path in &forgotten.deleted {
        writeln!(output, "deleted {}", text::path(path))?;
    }
    if forgotten.deleted.is_empty() && forgotten.left.is_empty() {
        writeln!(output, "Nothing is kept in {}.", text::path(folder.path()))?;
    }
    if forgotten.is_one_open {
        writeln!(output, "An interview is still open in another window. It keeps no answers from now on.")?;
    }
    if forgotten.left.is_empty() {
        return Ok(());
    }
    output.flush()?;
    let left =
        forgotten.left.iter().map(|(path, error)| format!("{}: {}\n", text::path(path), io_error_in_words(error)));
    Err(Failure::Undeleted(left.collect()))
}
