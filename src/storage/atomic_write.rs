//! How a file is written so that nobody ever sees half of it: beside its place first, and then moved there.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process;

/// What the name of a file ends in while it is written.
pub const UNFINISHED: &str = ".new";

/// Writes a file in the place of what was there: who reads finds the one or the other. Nobody else can read it.
///
/// It is not synced to the disk.
///
/// # Errors
///
/// When it cannot be written. What was there is then still there.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = unfinished_path(path);
    let outcome = write_unfinished(&new, bytes).and_then(|_| fs::rename(&new, path));
    if outcome.is_err() {
        let _ = fs::remove_file(&new);
    }
    outcome
}

/// Writes a file where none is, and has it on the disk before it appears. Nobody else can read it.
///
/// # Errors
///
/// When it cannot be written; of the kind `AlreadyExists` when something is there already.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = unfinished_path(path);
    let outcome = write_unfinished(&new, bytes).and_then(|file| file.sync_all()).and_then(|()| give_name(&new, path));
    let _ = fs::remove_file(&new);
    outcome
}

/// Gives a file its name, unless something has it.
fn give_name(new: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(new, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            // A disk without second names, such as a memory stick. An empty file holds the place meanwhile.
            new_private_file().open(path)?;
            fs::rename(new, path).inspect_err(|_| {
                let _ = fs::remove_file(path);
            })
        }
        outcome => outcome,
    }
}

fn write_unfinished(new: &Path, bytes: &[u8]) -> io::Result<File> {
    // What an earlier process of this number left.
    let _ = fs::remove_file(new);
    let mut file = new_private_file().open(new)?;
    file.write_all(bytes)?;
    Ok(file)
}

fn new_private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    options
}

/// Where a file is while it is written: beside its place, so that it can be moved there.
fn unfinished_path(path: &Path) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(format!(".{}{UNFINISHED}", process::id()));
    name.into()
}
