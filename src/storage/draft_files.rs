//! Draft files: in which folder they are, and how they are found, read and set aside, and how all are deleted. One is written
//! by whoever has locked it ([`crate::storage::draft_lock`]).

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::interview::draft::{Draft, fnv1a};
use crate::questionnaire::MAX_BYTES;
use crate::storage::access;
use crate::storage::atomic_write::UNFINISHED;
use crate::storage::draft_lock::{LOCK, is_locked};
use crate::storage::io_error_in_words;
use crate::text;

/// The folder of the drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFolder {
    folder: PathBuf,
    home: Option<PathBuf>,
}

/// The draft file of one question file. It need not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    path: PathBuf,
    folder: String,
}

/// What was found in the place of a draft file.
#[derive(Debug)]
pub enum FoundDraft {
    /// Nothing.
    Nothing,
    /// A draft.
    Draft(Draft),
    /// Something that cannot be read as a draft. It was renamed, so that it is not overwritten.
    SetAside {
        /// What is wrong with it, in words.
        why: String,
        /// Its new path.
        place: PathBuf,
    },
}

/// What happened when all drafts were to be deleted.
#[derive(Debug, Default)]
pub struct DeletedDrafts {
    /// The files that were deleted.
    pub deleted: Vec<PathBuf>,
    /// The files that were not deleted, and why.
    pub left: Vec<(PathBuf, io::Error)>,
    /// Whether an interview goes on in another window, which can't save its answers any more.
    pub is_one_open: bool,
}

const DRAFT: &str = ".json";
const SET_ASIDE: &str = ".bad";
const LINK: &str = "it is a link to another file, which is left alone";

impl DraftFolder {
    /// The folder that the environment names: `$XDG_STATE_HOME/twinge`, or else `~/.local/state/twinge`. `None` when there is
    /// no home folder. A path that is not absolute is ignored, as the XDG Base Directory Specification requires.
    pub fn find(variable: impl Fn(&str) -> Option<OsString>) -> Option<DraftFolder> {
        let path = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = path("HOME");
        let state = path("XDG_STATE_HOME").or_else(|| Some(home.as_ref()?.join(".local/state")))?;
        Some(DraftFolder { folder: state.join("twinge"), home })
    }

    /// The path of the folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// The draft file of the built-in questions.
    #[must_use]
    pub fn for_built_in(&self) -> DraftFile {
        self.file(&format!("builtin{DRAFT}"))
    }

    /// The draft file of a question file. Its name is made from the path of the question file, not from its title, so that the
    /// draft is still found when the title has changed.
    #[must_use]
    pub fn for_question_file(&self, questions: &Path) -> DraftFile {
        let path = fs::canonicalize(questions).unwrap_or_else(|_| questions.to_owned());
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let hash = format!("{:016x}", fnv1a(path.as_os_str().as_encoded_bytes()));
        let short: String = hash.chars().take(8).collect();
        self.file(&format!("{}.{short}{DRAFT}", as_file_name(&stem)))
    }

    fn file(&self, name: &str) -> DraftFile {
        let at_home = self.home.as_ref().and_then(|home| self.folder.strip_prefix(home).ok());
        let folder = at_home.map_or_else(|| self.folder.clone(), |folder| Path::new("~").join(folder));
        DraftFile { path: self.folder.join(name), folder: text::path(&folder) }
    }

    /// Deletes every draft, with those that were set aside or left unfinished, and the folder if nothing else is in it. What a
    /// link points to is not ours, so a link is left, too.
    #[must_use]
    pub fn delete_all(&self) -> DeletedDrafts {
        let mut forgotten = DeletedDrafts::default();
        // The locks first: from then on, no open window writes a draft.
        match self.ours(true) {
            Ok(locks) => {
                for lock in locks {
                    forgotten.is_one_open |= is_locked(&lock);
                    if let Err(error) = fs::remove_file(&lock) {
                        forgotten.left.push((lock, error));
                    }
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => return forgotten,
            Err(error) => {
                forgotten.left.push((self.folder.clone(), error));
                return forgotten;
            }
        }
        for path in self.ours(false).unwrap_or_default() {
            let is_link = fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink());
            let deleted = if is_link { Err(io::Error::other(LINK)) } else { fs::remove_file(&path) };
            match deleted {
                Ok(()) => forgotten.deleted.push(path),
                // The window that it belongs to has deleted it.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => forgotten.left.push((path, error)),
            }
        }
        // It fails when something else is in it, which is fine.
        let _ = fs::remove_dir(&self.folder);
        forgotten
    }

    /// The lock files in the folder, or what else in it has a name of ours.
    fn ours(&self, locks: bool) -> io::Result<Vec<PathBuf>> {
        let paths = fs::read_dir(&self.folder)?.flatten().map(|entry| entry.path());
        let mut paths: Vec<PathBuf> = paths.filter(|path| is_ours(path, locks)).collect();
        paths.sort();
        Ok(paths)
    }
}

impl DraftFile {
    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its folder as it is shown to people: `~/.local/state/twinge`.
    #[must_use]
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// Whether there is nothing at its path and at that of its lock.
    #[must_use]
    pub fn is_unused(&self) -> bool {
        let is_missing = |error: io::Error| error.kind() == io::ErrorKind::NotFound;
        [&self.path, &self.lock_path()].into_iter().all(|path| path.symlink_metadata().is_err_and(is_missing))
    }

    /// The path of its lock file.
    pub(super) fn lock_path(&self) -> PathBuf {
        self.with_ending(LOCK)
    }

    /// Reads the draft. Anything else at its path is renamed, so only whoever has locked it may do this.
    ///
    /// # Errors
    ///
    /// When the path cannot be looked at, or what is there cannot be renamed.
    pub fn load(&self) -> io::Result<FoundDraft> {
        self.delete_unfinished();
        match self.read()? {
            None => Ok(FoundDraft::Nothing),
            Some(Ok(draft)) => Ok(FoundDraft::Draft(draft)),
            Some(Err(why)) => self.set_aside(why),
        }
    }

    /// The draft, if there is one that can be read. Nothing is changed.
    #[must_use]
    pub fn peek(&self) -> Option<Draft> {
        self.read().ok()??.ok()
    }

    /// The draft, or why what is at its path is none, in words; `None` when there is nothing.
    fn read(&self) -> io::Result<Option<Result<Draft, String>>> {
        let found = match fs::symlink_metadata(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            found => found?,
        };
        let unfit = if found.is_symlink() {
            Some(LINK)
        } else if !found.is_file() {
            // Opening a pipe would wait for somebody to write to it.
            Some("it is no file")
        } else if !access::is_ours(&found) {
            Some("it belongs to somebody else")
        } else {
            None
        };
        if let Some(why) = unfit {
            return Ok(Some(Err(why.to_owned())));
        }
        let mut bytes = Vec::new();
        // No draft is larger. Whatever is will not parse when it is cut.
        let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
        let read = File::open(&self.path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
        Ok(Some(match read {
            Ok(_) => Draft::parse(&bytes).map_err(|why| why.to_string()),
            Err(error) => Err(io_error_in_words(&error)),
        }))
    }

    fn set_aside(&self, why: String) -> io::Result<FoundDraft> {
        const MOST: usize = 1000;
        let names = (1..MOST).map(|number| match number {
            1 => self.with_ending(SET_ASIDE),
            _ => self.with_ending(&format!("{SET_ASIDE}-{number}")),
        });
        let is_free = |place: &PathBuf| fs::symlink_metadata(place).is_err();
        let Some(place) = names.into_iter().find(is_free) else {
            return Err(io::Error::other("too many damaged files lie beside it"));
        };
        fs::rename(&self.path, &place)?;
        Ok(FoundDraft::SetAside { why, place })
    }

    /// Deletes unfinished files that a killed twinge left behind. One that is still writing will write again.
    pub(super) fn delete_unfinished(&self) {
        let folder = self.path.parent().map(fs::read_dir);
        for entry in folder.into_iter().flatten().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let own = self.path.file_name().unwrap_or_default().to_string_lossy();
            if name.strip_prefix(own.as_ref()).is_some_and(|rest| rest.ends_with(UNFINISHED)) {
                // What cannot be deleted is tried again the next time.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// The path with something appended to it.
    fn with_ending(&self, ending: &str) -> PathBuf {
        let mut path = self.path.clone().into_os_string();
        path.push(ending);
        path.into()
    }
}

/// Whether a path in the folder has the name of a lock; or else that of a draft, an unfinished one, or one that was set aside.
fn is_ours(path: &Path, locks: bool) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_draft = |rest: &str| {
        rest.is_empty() || rest.starts_with(SET_ASIDE) || (rest.starts_with('.') && rest.ends_with(UNFINISHED))
    };
    name.rsplit_once(DRAFT).is_some_and(|(_, rest)| if locks { rest == LOCK } else { is_draft(rest) })
}

/// A name as part of a file name: short, and in letters, digits and underscores, so that no line breaks in it.
fn as_file_name(name: &str) -> String {
    const LONGEST: usize = 40;
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    let words: Vec<&str> = plain.split('_').filter(|word| !word.is_empty()).collect();
    let name: String = words.join("_").chars().take(LONGEST).collect();
    if name.is_empty() { "questions".into() } else { name }
}
