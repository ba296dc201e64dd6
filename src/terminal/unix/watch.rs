//! Tells of changes of a file, as the system tells of them.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// Watches a file.
#[derive(Debug)]
pub struct FileWatch {
    /// Watches until it is dropped.
    _watcher: RecommendedWatcher,
    /// Has something to read once the file may have changed.
    changed: UnixStream,
}

impl FileWatch {
    /// Watches a file from now on, also while it does not exist: editors write another one and give it the name. So what is
    /// watched are the folders of the file, and of what it links to.
    ///
    /// # Errors
    ///
    /// When the system cannot watch them.
    pub fn new(path: &Path) -> io::Result<FileWatch> {
        let (changed, teller) = UnixStream::pair()?;
        changed.set_nonblocking(true)?;
        teller.set_nonblocking(true)?;
        let files = [std::path::absolute(path)?, path.canonicalize()?];
        let of_interest = files.clone();
        let tell = move |event: notify::Result<Event>| {
            if event.map_or(true, |event| concerns(&event, &of_interest)) {
                // Full, it already says so.
                let _ = (&teller).write(&[0]);
            }
        };
        let mut watcher = notify::recommended_watcher(tell).map_err(io::Error::other)?;
        for folder in files.iter().filter_map(|file| file.parent()) {
            watcher.watch(folder, RecursiveMode::NonRecursive).map_err(io::Error::other)?;
        }
        Ok(FileWatch { _watcher: watcher, changed })
    }

    /// Takes notice of the changes so far, however many there were.
    pub(in crate::terminal) fn take(&self) {
        let mut bytes = [0; 512];
        while let Ok(1..) = (&self.changed).read(&mut bytes) {}
    }
}

/// Whether an event may have changed one of these files. Our own reading is told of, too.
fn concerns(event: &Event, files: &[PathBuf]) -> bool {
    let is_one = |path: &PathBuf| files.iter().any(|file| path.file_name() == file.file_name());
    event.need_rescan() || (!matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(is_one))
}

impl AsFd for FileWatch {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.changed.as_fd()
    }
}
