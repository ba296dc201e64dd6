//! `twinge test`: runs example cases against a question file.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::authoring::cases;
use crate::cli::Failure;
use crate::cli::question_file::QuestionFile;
use crate::diagnostic::{self, visible};
use crate::questionnaire::Questionnaire;
use crate::text::wording;

/// Which cases are run.
#[derive(Debug, Args)]
pub(super) struct TestArgs {
    /// Files of cases
    #[arg(required = true, value_name = "CASES", value_hint = ValueHint::FilePath)]
    cases: Vec<PathBuf>,
}

impl TestArgs {
    /// Runs the cases, and says which fail.
    pub(super) fn run(&self, questionnaire: &Questionnaire, output: &mut impl Write) -> Result<(), Failure> {
        let (mut passed, mut failed, mut broken) = (0, 0, 0);
        for path in &self.cases {
            let file = QuestionFile::read(Some(path))?;
            let cases = match cases::parse(&file.bytes, questionnaire) {
                Ok(cases) => cases,
                Err(problems) => {
                    broken += 1;
                    writeln!(output, "{}", diagnostic::render(file.source(), &problems))?;
                    continue;
                }
            };
            for case in cases {
                let failures = case.failures(questionnaire);
                if failures.is_empty() {
                    passed += 1;
                    continue;
                }
                failed += 1;
                writeln!(output, "{}: {}", file.name, visible(&case.name))?;
                for failure in failures {
                    writeln!(output, "  {failure}")?;
                }
                writeln!(output)?;
            }
        }
        write!(output, "{} passed, {failed} failed", wording::counted(passed, "case"))?;
        if broken > 0 {
            write!(output, ", {} with problems", wording::counted(broken, "file"))?;
        }
        writeln!(output)?;
        output.flush()?;
        if failed + broken > 0 { Err(Failure::Problems(String::new())) } else { Ok(()) }
    }
}
