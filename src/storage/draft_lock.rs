//! The right to write a draft: one window has it at a time. It is a locked file beside the draft, and the end of the process,
//! however it ends, gives it up.
//!
//! Another window takes over by putting a lock file of its own in that place, and `forget` by deleting it. So whoever writes
//! finishes the new draft under another name, then looks whether the lock file is still its own, and only then gives the
//! draft its name; whoever takes over or forgets does that first, and then deletes what is unfinished. No draft appears
//! after that.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use crate::interview::draft::Draft;
use crate::storage::access::{is_same, make_private, private_file};
use crate::storage::atomic_write::{self, Unnamed};
use crate::storage::draft_files::DraftFile;

/// The end of the name of a lock file.
pub(super) const LOCK: &str = ".lock";

/// The right to write a draft, until it is dropped.
#[derive(Debug)]
pub struct DraftLock {
    file: DraftFile,
    held: File,
    /// Whether other people could open the folder until now.
    pub was_open_to_others: bool,
}

/// Why a draft was not written or deleted.
#[derive(Debug)]
pub enum Unsaved {
    /// Another window has taken over.
    TakenOver,
    /// The draft was forgotten, with the lock.
    Forgotten,
    /// It cannot be written or deleted.
    Failed(io::Error),
}

impl From<io::Error> for Unsaved {
    fn from(error: io::Error) -> Unsaved {
        Unsaved::Failed(error)
    }
}

impl DraftLock {
    /// Locks a draft, in a folder that only its owner can open. `None` when another window has locked it.
    ///
    /// # Errors
    ///
    /// When nothing can be written beside the draft, or its folder belongs to somebody else.
    pub fn new(file: &DraftFile) -> io::Result<Option<DraftLock>> {
        const TRIES: usize = 10;
        for _ in 0..TRIES {
            let was_open_to_others = prepare_folder(file.path())?;
            let held = match private_file().create(true).open(file.lock_path()) {
                Ok(held) => held,
                // Another window has just ended, and deleted the folder.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            if matches!(held.try_lock(), Err(TryLockError::WouldBlock)) {
                return Ok(None);
            }
            // Where a file system knows no locks, each new window takes over.
            let lock = DraftLock { file: file.clone(), held, was_open_to_others };
            // The window that had it may have deleted it just before it was locked.
            if lock.check().is_ok() {
                return Ok(Some(lock));
            }
        }
        Err(io::Error::other("its lock comes and goes"))
    }

    /// Locks a draft, whoever has locked it.
    ///
    /// # Errors
    ///
    /// When nothing can be written beside the draft, or its folder belongs to somebody else.
    pub fn take_over(file: &DraftFile) -> io::Result<DraftLock> {
        let was_open_to_others = prepare_folder(file.path())?;
        let path = file.lock_path();
        let new = atomic_write::unfinished_path(&path);
        let _ = fs::remove_file(&new);
        let held = private_file().create_new(true).open(&new)?;
        // Nobody else can have locked a new file.
        let _ = held.try_lock();
        fs::rename(&new, &path)?;
        Ok(DraftLock { file: file.clone(), held, was_open_to_others })
    }

    /// Replaces the draft. Whoever reads it meanwhile finds the old one or the new one.
    ///
    /// It is not synced to the disk. Only a power cut can lose it, and waiting for the disk after each answer is worse than
    /// losing the last answers then.
    ///
    /// # Errors
    ///
    /// When it cannot be written, or this is not the window that writes it any more. The old draft is then still there.
    pub fn save(&self, draft: &Draft) -> Result<(), Unsaved> {
        let bytes = draft.to_json().map_err(io::Error::from)?;
        let unfinished = Unnamed::write(self.file.path(), &bytes);
        self.check()?;
        unfinished?.replace(self.file.path()).map_err(|error| self.check().err().unwrap_or(Unsaved::Failed(error)))
    }

    /// Deletes the draft, if there is one.
    ///
    /// # Errors
    ///
    /// When it cannot be deleted, or this is not the window that writes it any more.
    pub fn remove(&self) -> Result<(), Unsaved> {
        self.check()?;
        self.file.delete_unfinished();
        match fs::remove_file(self.file.path()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Unsaved::Failed(error)),
            _ => Ok(()),
        }
    }

    /// Looks whether the lock file is still the one that was locked.
    fn check(&self) -> Result<(), Unsaved> {
        match self.file.lock_path().symlink_metadata() {
            Ok(found) if is_same(&found, &self.held.metadata()?) => Ok(()),
            Ok(_) => Err(Unsaved::TakenOver),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Unsaved::Forgotten),
            Err(error) => Err(Unsaved::Failed(error)),
        }
    }
}

impl Drop for DraftLock {
    fn drop(&mut self) {
        if self.check().is_ok() {
            let _ = fs::remove_file(self.file.lock_path());
            // It fails when a draft is in it, which is fine.
            let _ = self.file.path().parent().map(fs::remove_dir);
        }
    }
}

/// Whether a window has this lock file locked.
pub(super) fn is_locked(path: &Path) -> bool {
    let file = private_file().open(path);
    file.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

/// Makes the folder of a draft, and closes it to other people. Returns whether it was open to them.
fn prepare_folder(draft: &Path) -> io::Result<bool> {
    draft.parent().map_or(Ok(false), make_private)
}
