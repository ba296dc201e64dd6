//! Drafts on disk: where they are kept, and how one replaces another so that no half of it is ever seen.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Read};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use crate::diagnostic::visible;
use crate::interview::draft::{Draft, fnv1a};
use crate::questionnaire::MAX_BYTES;
use crate::storage::atomic_write::{self, UNFINISHED};
use crate::text;

/// The folder of the drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFolder {
    folder: PathBuf,
    home: Option<PathBuf>,
}

/// Where the draft of one questionnaire is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    path: PathBuf,
    folder: String,
}

/// What was found where a draft is kept.
#[derive(Debug)]
pub enum FoundDraft {
    /// Nothing.
    Nothing,
    /// A draft.
    Draft(Draft),
    /// Something else. It was renamed, so that it is not written over.
    SetAside {
        /// What is wrong with it, in words.
        why: String,
        /// Where it is now.
        place: PathBuf,
    },
}

/// What became of everything that was kept.
#[derive(Debug, Default)]
pub struct DeletedDrafts {
    /// What was deleted.
    pub deleted: Vec<PathBuf>,
    /// What could not be deleted, and why.
    pub left: Vec<(PathBuf, io::Error)>,
}

const DRAFT: &str = ".json";
const SET_ASIDE: &str = ".bad";

impl DraftFolder {
    /// The folder that the environment names: `$XDG_STATE_HOME/twinge`, else `~/.local/state/twinge`. `None` without a
    /// home. A path that is not absolute is ignored, as the XDG Base Directory Specification wants it.
    pub fn find(variable: impl Fn(&str) -> Option<OsString>) -> Option<DraftFolder> {
        let path = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = path("HOME");
        let state = path("XDG_STATE_HOME").or_else(|| Some(home.as_ref()?.join(".local/state")))?;
        Some(DraftFolder { folder: state.join("twinge"), home })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// Where the draft of the built-in questionnaire is kept.
    #[must_use]
    pub fn for_built_in(&self) -> DraftFile {
        self.file(&format!("builtin{DRAFT}"))
    }

    /// Where the draft of a question file is kept. The name is made from that of the file, not from its title: the draft
    /// must still be found when the title has changed.
    #[must_use]
    pub fn for_question_file(&self, questions: &Path) -> DraftFile {
        let path = fs::canonicalize(questions).unwrap_or_else(|_| questions.to_owned());
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let hash = format!("{:016x}", fnv1a(path.as_os_str().as_encoded_bytes()));
        let short: String = hash.chars().take(8).collect();
        self.file(&format!("{}.{short}{DRAFT}", readable(&stem)))
    }

    fn file(&self, name: &str) -> DraftFile {
        let at_home = self.home.as_ref().and_then(|home| self.folder.strip_prefix(home).ok());
        let folder = at_home.map_or_else(|| self.folder.clone(), |folder| Path::new("~").join(folder));
        DraftFile { path: self.folder.join(name), folder: text::path(&folder) }
    }

    /// Deletes every draft, also those that were set aside and what was left of unfinished ones; and the folder, when
    /// nothing else is in it.
    #[must_use]
    pub fn delete_all(&self) -> DeletedDrafts {
        let mut forgotten = DeletedDrafts::default();
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return forgotten,
            Err(error) => {
                forgotten.left.push((self.folder.clone(), error));
                return forgotten;
            }
        };
        let mut paths: Vec<PathBuf> =
            entries.flatten().map(|entry| entry.path()).filter(|path| is_ours(path)).collect();
        paths.sort();
        for path in paths {
            match fs::remove_file(&path) {
                Ok(()) => forgotten.deleted.push(path),
                Err(error) => forgotten.left.push((path, error)),
            }
        }
        // It is no harm when it stays.
        let _ = fs::remove_dir(&self.folder);
        forgotten
    }
}

impl DraftFile {
    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its folder, as people call it: `~/.local/state/twinge`.
    #[must_use]
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// Whether there is anything where it is kept.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.path.symlink_metadata().is_ok()
    }

    /// Looks for a draft. What is none is set aside.
    ///
    /// # Errors
    ///
    /// When the place cannot be looked at, or what is there cannot be set aside.
    pub fn load(&self) -> io::Result<FoundDraft> {
        self.sweep();
        let is_file = match fs::metadata(&self.path) {
            Ok(metadata) => metadata.is_file(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(FoundDraft::Nothing),
            Err(error) => return Err(error),
        };
        // A pipe would be waited for.
        if !is_file {
            return self.set_aside("it is no file");
        }
        match self.read() {
            Ok(bytes) => match Draft::parse(&bytes) {
                Ok(draft) => Ok(FoundDraft::Draft(draft)),
                Err(why) => self.set_aside(&why.to_string()),
            },
            Err(error) => self.set_aside(&io_error_in_words(&error)),
        }
    }

    /// Keeps a draft, in the place of the one before: who reads finds the one or the other, never a half.
    ///
    /// It is not synced to the disk. Killing the program loses nothing without that; only a power cut could, and to wait
    /// for the disk after each answer is worse than to lose the last one then.
    ///
    /// # Errors
    ///
    /// When it cannot be written. The draft before is then still there.
    pub fn save(&self, draft: &Draft) -> io::Result<()> {
        let bytes = draft.to_json()?;
        match self.replace(&bytes) {
            // Another twinge swept it away, or forgot everything, at this very moment.
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.replace(&bytes),
            outcome => outcome,
        }
    }

    /// Deletes the draft, if there is one.
    ///
    /// # Errors
    ///
    /// When it cannot be deleted.
    pub fn remove(&self) -> io::Result<()> {
        self.sweep();
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn replace(&self, bytes: &[u8]) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        atomic_write::replace(&self.path, bytes)
    }

    fn read(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        // No draft is larger; what is cut off is damaged.
        let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
        File::open(&self.path)?.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn set_aside(&self, why: &str) -> io::Result<FoundDraft> {
        const MOST: usize = 1000;
        let names = (1..MOST).map(|number| match number {
            1 => self.beside(SET_ASIDE),
            _ => self.beside(&format!("{SET_ASIDE}-{number}")),
        });
        let is_free = |place: &PathBuf| fs::symlink_metadata(place).is_err();
        let Some(place) = names.into_iter().find(is_free) else {
            return Err(io::Error::other("too many damaged files lie beside it"));
        };
        fs::rename(&self.path, &place)?;
        Ok(FoundDraft::SetAside { why: why.to_owned(), place })
    }

    /// Deletes what was left when a twinge was killed while it wrote. One that is still writing begins again.
    fn sweep(&self) {
        let folder = self.path.parent().map(fs::read_dir);
        for entry in folder.into_iter().flatten().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let own = self.path.file_name().unwrap_or_default().to_string_lossy();
            if name.strip_prefix(own.as_ref()).is_some_and(|rest| rest.ends_with(UNFINISHED)) {
                // What cannot be deleted now is tried again the next time.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// The path with something more at its end.
    fn beside(&self, ending: &str) -> PathBuf {
        let mut path = self.path.clone().into_os_string();
        path.push(ending);
        path.into()
    }
}

/// What went wrong, in plain words.
#[must_use]
pub fn io_error_in_words(error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    const KNOWN: [(Kind, &str); 7] = [
        (Kind::StorageFull, "the disk is full"),
        (Kind::QuotaExceeded, "your share of the disk is used up"),
        (Kind::ReadOnlyFilesystem, "the disk can only be read"),
        (Kind::PermissionDenied, "this is not allowed there"),
        (Kind::NotADirectory, "a file is where a folder should be"),
        (Kind::AlreadyExists, "a file is where a folder should be"),
        (Kind::IsADirectory, "a folder is where a file should be"),
    ];
    let known = KNOWN.into_iter().find(|(kind, _)| *kind == error.kind());
    known.map_or_else(|| visible(&error.to_string()), |(_, words)| words.to_owned())
}

/// Whether a path in our folder is a draft, a part of one, or one that was set aside.
fn is_ours(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_plain = fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_dir());
    is_plain
        && name.rsplit_once(DRAFT).is_some_and(|(_, rest)| {
            rest.is_empty() || rest.starts_with(SET_ASIDE) || (rest.starts_with('.') && rest.ends_with(UNFINISHED))
        })
}

/// A name as a part of the name of a file: short, of plain letters, and without a place where a line would break.
fn readable(name: &str) -> String {
    const LONGEST: usize = 40;
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    let words: Vec<&str> = plain.split('_').filter(|word| !word.is_empty()).collect();
    let name: String = words.join("_").chars().take(LONGEST).collect();
    if name.is_empty() { "questions".into() } else { name }
}
