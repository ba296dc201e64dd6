//! The question file that a command works on: the built-in one, or the one that `--file` names.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::cli::{BUILT_IN, Failure, is_standard};
use crate::diagnostic::{self, Diagnostic, Source};
use crate::interview::draft::{Fingerprint, fnv1a};
use crate::questionnaire::{MAX_BYTES, Questionnaire, compiled, parse};
use crate::text;

/// The built-in question file as `src/build.rs` compiled it; empty if it has problems.
const COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/questions.bin"));

/// The part of it that the first screen shows.
const COMPILED_COVER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/cover.bin"));

/// Worked out while the program is built, since at a start it takes longer than drawing the first screen.
const BUILT_IN_HASH: u64 = fnv1a(BUILT_IN.as_bytes());

/// The title, the introduction and all else that stands before the built-in questions. The first screen shows no more, and is
/// drawn before the rest is read.
pub(super) fn cover() -> Option<Questionnaire> {
    compiled::read(COMPILED_COVER).ok()
}

/// A question file as it was read. It may have problems.
pub(super) struct QuestionFile {
    /// Where it is; `None` when it is built in.
    pub(super) path: Option<PathBuf>,
    /// What it is called in messages.
    pub(super) name: String,
    pub(super) bytes: Cow<'static, [u8]>,
}

impl QuestionFile {
    /// Reads a file; without a path, the built-in one.
    ///
    /// # Errors
    ///
    /// When it cannot be read. A file that is too large is read far enough to be refused when it is parsed.
    pub(super) fn read(path: Option<&Path>) -> Result<QuestionFile, Failure> {
        let Some(path) = path else {
            let bytes = Cow::Borrowed(BUILT_IN.as_bytes());
            return Ok(QuestionFile { path: None, name: "questions.toml (built in)".into(), bytes });
        };
        let bytes = read_up_to(path, MAX_BYTES).map_err(|error| Failure::Unreadable(path.to_owned(), error))?;
        let name = if is_standard(path) { "standard input".into() } else { text::path(path) };
        Ok(QuestionFile { path: Some(path.to_owned()), name, bytes: Cow::Owned(bytes) })
    }

    pub(super) fn source(&self) -> Source<'_> {
        Source { name: &self.name, bytes: &self.bytes }
    }

    /// The questionnaire in it.
    ///
    /// # Errors
    ///
    /// When the file has problems.
    pub(super) fn questionnaire(&self) -> Result<Questionnaire, Failure> {
        self.parse().map_err(|problems| self.problems_as_failure(&problems))
    }

    /// The questionnaire in it, or its problems.
    pub(super) fn parse(&self) -> Result<Questionnaire, Vec<Diagnostic>> {
        let built_in = if self.path.is_none() { compiled::read(COMPILED).ok() } else { None };
        built_in.map_or_else(|| parse(&self.bytes), Ok)
    }

    pub(super) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::from_hash(if self.path.is_none() { BUILT_IN_HASH } else { fnv1a(&self.bytes) })
    }

    /// Its problems as they are drawn for people.
    pub(super) fn problems_as_failure(&self, problems: &[Diagnostic]) -> Failure {
        Failure::Problems(diagnostic::render(self.source(), problems))
    }
}

/// The bytes of a file, or of standard input if it is `-`; and of one that is larger than a limit one byte more: enough to see that it is too large.
pub(super) fn read_up_to(path: &Path, limit: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    if is_standard(path) {
        std::io::stdin().take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiled_questions_are_those_of_the_file() {
        let parsed = parse(BUILT_IN.as_bytes()).expect("the built-in questions have no problems");
        assert!(compiled::read(COMPILED).expect("they were compiled") == parsed);
    }
}
