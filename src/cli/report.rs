//! `twinge report`: writes a report from a file of answers.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};

use crate::cli::question_file::read_up_to;
use crate::cli::{Failure, is_standard};
use crate::interview::Interview;
use crate::questionnaire::Questionnaire;
use crate::report::fhir::bundle;
use crate::report::{AnswersFile, Format, MAX_BYTES, Report};
use crate::storage::access::is_ours;
use crate::storage::{atomic_write, clock, io_error_in_words};
use crate::text;

/// Which report to write, and where.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// The answers: a report in JSON, a line that `score` takes, a FHIR `QuestionnaireResponse`, or the answers alone
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    answers: PathBuf,
    /// What to write; otherwise what the ending of `--output` says, or text
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<ReportFormat>,
    /// Where to write it; otherwise to standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Replace the file that is there
    #[arg(long, requires = "output")]
    force: bool,
}

/// The values of `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    Text,
    Markdown,
    Html,
    Json,
    /// A FHIR R4 `Bundle` of a `QuestionnaireResponse` and a `RiskAssessment`
    Fhir,
}

/// What is to be written.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    Report(Format),
    Bundle,
}

impl ReportArgs {
    /// Writes the report, and says where it is.
    pub(super) fn run(&self, questionnaire: &Questionnaire, output: &mut impl Write) -> Result<(), Failure> {
        let wanted = self.wanted()?;
        let bytes =
            read_up_to(&self.answers, MAX_BYTES).map_err(|error| Failure::Unreadable(self.answers.clone(), error))?;
        let file = AnswersFile::read(&bytes, questionnaire)
            .map_err(|problem| Failure::Problems(format!("{}: {problem}\n", text::path(&self.answers))))?;
        let interview = Interview::resumed(questionnaire, file.answers);
        let date = file.date.unwrap_or_else(clock::today);
        let report = match wanted {
            Wanted::Report(format) => Report::new(&interview, date).and_then(|report| report.write(format)),
            Wanted::Bundle => bundle(&interview, date),
        };
        let report = report.map_err(std::io::Error::from)?;
        match &self.output {
            None => Ok(output.write_all(report.as_bytes())?),
            Some(path) if is_standard(path) => Ok(output.write_all(report.as_bytes())?),
            Some(path) => {
                self.write_file(path, report.as_bytes())?;
                Ok(writeln!(output, "The report is in {}.", text::path(path))?)
            }
        }
    }

    fn wanted(&self) -> Result<Wanted, Failure> {
        let format = match (self.format, &self.output) {
            (Some(ReportFormat::Fhir), _) => return Ok(Wanted::Bundle),
            (Some(ReportFormat::Text), _) | (None, None) => Ok(Format::Text),
            (None, Some(path)) if is_standard(path) => Ok(Format::Text),
            (Some(ReportFormat::Markdown), _) => Ok(Format::Markdown),
            (Some(ReportFormat::Html), _) => Ok(Format::Html),
            (Some(ReportFormat::Json), _) => Ok(Format::Json),
            (None, Some(path)) => {
                let ending = path.extension().unwrap_or_default().to_string_lossy();
                Format::from_extension(&ending).ok_or_else(|| {
                    let path = text::path(path);
                    let say =
                        "the name does not say in which format; say `--format text`, markdown, html, json or fhir";
                    Failure::Usage(format!("{path}: {say}\n"))
                })
            }
        };
        format.map(Wanted::Report)
    }

    fn write_file(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let unwritable = |why: &str| Failure::Unwritable(path.to_owned(), why.to_owned());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.exists() {
            return Err(unwritable(&format!("there is no folder {}", text::path(folder))));
        }
        match path.symlink_metadata() {
            Ok(found) if found.is_symlink() => {
                return Err(unwritable("a link has that name, and links are not followed"));
            }
            // Replacing a device, such as a terminal, would put a file in its place.
            Ok(found) if !found.is_file() => return Err(unwritable("something that is no file has that name")),
            Ok(found) if !is_ours(&found) => {
                return Err(unwritable("somebody else's file has that name"));
            }
            Ok(_) | Err(_) => {}
        }
        let written = if self.force { atomic_write::replace(path, bytes) } else { atomic_write::create(path, bytes) };
        written.map_err(|error| {
            if error.kind() == std::io::ErrorKind::AlreadyExists {
                unwritable("it exists already; give another name, or `--force` to replace it")
            } else {
                unwritable(&io_error_in_words(&error))
            }
        })
    }
}
