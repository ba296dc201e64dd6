//! Writes files so that nobody ever sees half of one: under another name in the same folder, which is then renamed.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use crate::storage::access::private_file;

/// The end of the name of a file that is still being written.
pub const UNFINISHED: &str = ".new";

/// Writes a file, and replaces the one that was there. Only its owner can read it.
///
/// It is not synced to the disk.
///
/// # Errors
///
/// When it cannot be written. The old file is then still there.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    Unnamed::write(path, bytes)?.replace(path)
}

/// A finished file that has not got its name yet. It is deleted unless it gets it.
#[derive(Debug)]
pub(super) struct Unnamed {
    place: PathBuf,
}

impl Unnamed {
    /// Writes the file that is to have this path.
    pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<Unnamed> {
        let new = Unnamed { place: unfinished_path(path) };
        write_unfinished(&new.place, bytes).map(|_| new)
    }

    /// Gives it its name, in place of whatever has it.
    pub(super) fn replace(self, path: &Path) -> io::Result<()> {
        fs::rename(&self.place, path)
    }
}

impl Drop for Unnamed {
    fn drop(&mut self) {
        // When it has its name, there is nothing to delete.
        let _ = fs::remove_file(&self.place);
    }
}

/// Writes a new file, and syncs it to the disk before it appears. Only its owner can read it.
///
/// # Errors
///
/// When it cannot be written: of the kind `AlreadyExists` when something has that name.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = unfinished_path(path);
    let outcome = write_unfinished(&new, bytes).and_then(|file| file.sync_all()).and_then(|()| give_name(&new, path));
    let _ = fs::remove_file(&new);
    outcome
}

/// Gives a finished file its name, unless something has that name.
fn give_name(new: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(new, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            // The file system has no hard links, as on many memory sticks. An empty file reserves the name.
            private_file().create_new(true).open(path)?;
            fs::rename(new, path).inspect_err(|_| {
                let _ = fs::remove_file(path);
            })
        }
        outcome => outcome,
    }
}

fn write_unfinished(new: &Path, bytes: &[u8]) -> io::Result<File> {
    // An earlier process with the same id may have left one.
    let _ = fs::remove_file(new);
    let mut file = private_file().create_new(true).open(new)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// The path of a file while it is written: in the same folder, since only there it can be renamed in one step.
pub(super) fn unfinished_path(path: &Path) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(format!(".{}{UNFINISHED}", process::id()));
    name.into()
}
