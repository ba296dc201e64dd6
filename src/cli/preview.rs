//! `twinge preview`: walks through a question file, and reads it again whenever it is saved.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use crate::app::preview::FileProblem;
use crate::app::screens::resume::Keeping;
use crate::app::screens::since::Start;
use crate::cli::interview::{interview_failure, summary_for_terminal};
use crate::cli::question_file::QuestionFile;
use crate::cli::{Failure, is_standard};
use crate::questionnaire::parse;
use crate::storage::autosave::Autosave;
use crate::storage::io_error_in_words;
use crate::terminal::color::ColorChoice;
use crate::terminal::detect::{Environment, Interface};
use crate::terminal::event_loop::{self, Edit, Edits, ScreenInterview};
use crate::terminal::{self, FileWatch};
use crate::text;

/// Which file is walked through.
#[derive(Debug, Args)]
pub(super) struct PreviewArgs {
    /// The question file
    #[arg(value_name = "QUESTIONS", value_hint = ValueHint::FilePath)]
    path: PathBuf,
}

impl PreviewArgs {
    pub(super) fn run(&self, output: &mut impl Write) -> Result<(), Failure> {
        if is_standard(&self.path) {
            return Err(Failure::Usage("`preview` watches a file: give it a path\n".into()));
        }
        if Environment::find().default_interface() == Interface::Lines {
            let name = text::path(&self.path);
            return Err(Failure::Usage(format!(
                "`preview` needs a terminal to draw on, and draws nothing where ACCESSIBLE is set\n\
                    use `twinge --plain -f {name}`, and start it again when you have changed the file\n"
            )));
        }
        terminal::make_large_files_an_error()?;
        // Watched before it is read, so that no change in between is missed.
        let watch = FileWatch::new(&self.path);
        let file = QuestionFile::read(Some(&self.path))?;
        let questionnaire = file.questionnaire()?;
        let watch = watch.map_err(|error| io::Error::other(format!("cannot watch {}: {error}", file.name)))?;
        let mut last = Some(file.bytes.to_vec());
        let left = event_loop::run(ScreenInterview {
            cover: None,
            load: || Ok((questionnaire, Start::Afresh)),
            autosave: Autosave::off(Keeping::Nothing),
            finish: summary_for_terminal,
            theme: ColorChoice::default().theme(),
            may_copy: true,
            edits: Some(Edits { watch, read: Box::new(|| read_again(&self.path, &mut last)) }),
        });
        Ok(output.write_all(left.map_err(|failure| interview_failure(&file, failure))?.as_bytes())?)
    }
}

/// What the file says now. `last` is what it said before, if it could be read.
fn read_again(path: &Path, last: &mut Option<Vec<u8>>) -> Edit {
    // Its folder is known, and would take much of a line.
    let name = text::path(path.file_name().map_or(path, Path::new));
    match QuestionFile::read(Some(path)) {
        Err(Failure::Unreadable(_, error)) => {
            *last = None;
            Edit::Problem(FileProblem::Unreadable { name, why: io_error_in_words(&error) })
        }
        Err(_) => Edit::Nothing,
        Ok(QuestionFile { bytes, .. }) if last.as_deref() == Some(&*bytes) => Edit::Nothing,
        Ok(QuestionFile { bytes, .. }) => {
            let bytes = last.insert(bytes.into_owned());
            match parse(bytes) {
                Ok(questionnaire) => Edit::Edition(Box::new(questionnaire)),
                Err(problems) => Edit::Problem(FileProblem::Errors { name, bytes: bytes.clone(), problems }),
            }
        }
    }
}
