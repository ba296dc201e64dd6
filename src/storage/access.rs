//! Who may read and write a file: only its owner, as far as the system knows such rules.

#[cfg(unix)]
pub use unix::*;
#[cfg(windows)]
pub use windows::*;

#[cfg(unix)]
mod unix {
    use std::fs::{self, DirBuilder, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
    use std::path::Path;

    use rustix::fs::OFlags;
    use rustix::io::Errno;
    use rustix::process::geteuid;

    /// Opens a file to write it. If that makes it, only its owner can read it. A link or a pipe is not opened.
    #[must_use]
    pub fn private_file() -> OpenOptions {
        let mut options = OpenOptions::new();
        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
        options.write(true).mode(0o600).custom_flags(flags);
        options
    }

    /// Makes a folder, and closes it to other people. Returns whether it was open to them.
    ///
    /// # Errors
    ///
    /// When it cannot be made or closed, or belongs to somebody else.
    pub fn make_private(folder: &Path) -> io::Result<bool> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let found = fs::metadata(folder)?;
        if !is_ours(&found) {
            return Err(io::Error::other("the folder for them belongs to somebody else"));
        }
        let is_open = found.mode() & 0o077 != 0;
        if is_open {
            fs::set_permissions(folder, Permissions::from_mode(0o700))?;
        }
        Ok(is_open)
    }

    /// Whether something belongs to whoever runs the program.
    #[must_use]
    pub fn is_ours(found: &Metadata) -> bool {
        found.uid() == geteuid().as_raw()
    }

    /// Whether two files are one.
    #[must_use]
    pub fn is_same(one: &Metadata, other: &Metadata) -> bool {
        (one.dev(), one.ino()) == (other.dev(), other.ino())
    }

    /// Whether a file was not opened because it is a link.
    #[must_use]
    pub fn is_link_error(error: &io::Error) -> bool {
        error.raw_os_error() == Some(Errno::LOOP.raw_os_error())
    }
}

#[cfg(windows)]
mod windows {
    use std::fs::{DirBuilder, Metadata, OpenOptions};
    use std::io;
    use std::os::windows::fs::{MetadataExt, OpenOptionsExt};
    use std::path::Path;

    /// Opens a file to write it. A link is not followed. Who can read it follows from its folder.
    #[must_use]
    pub fn private_file() -> OpenOptions {
        const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
        let mut options = OpenOptions::new();
        options.write(true).custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
        options
    }

    /// Makes a folder. Who can open it follows from the one that it is in, which is the person's own.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub fn make_private(folder: &Path) -> io::Result<bool> {
        DirBuilder::new().recursive(true).create(folder).map(|()| false)
    }

    /// Says yes: owners are not looked at.
    #[must_use]
    pub fn is_ours(_found: &Metadata) -> bool {
        true
    }

    /// Whether two files are one, as far as their times tell: the safe interface of the system has no number for a file.
    #[must_use]
    pub fn is_same(one: &Metadata, other: &Metadata) -> bool {
        (one.creation_time(), one.last_write_time()) == (other.creation_time(), other.last_write_time())
    }

    /// Says no: a link is opened as itself.
    #[must_use]
    pub fn is_link_error(_error: &io::Error) -> bool {
        false
    }
}
