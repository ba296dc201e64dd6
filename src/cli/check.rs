//! `twinge check`: every problem in a question file and what can be proven about it, as text, JSON or cases.

mod json;
mod proofs;

use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use crate::authoring::cases::from_proofs;
use crate::authoring::check::{Checked, ProofOptions, check, check_and_prove};
use crate::cli::Failure;
use crate::cli::progress::ProgressLine;
use crate::cli::question_file::QuestionFile;
use crate::diagnostic::{self, Diagnostic, visible};
use crate::text::wording;
use json::CheckJson;

/// What to check, and how to write what is found.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// How to write what is found
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = CheckFormat::Text)]
    format: CheckFormat,
    /// Let warnings decide the exit status, too, and what is left out for want of time
    #[arg(long)]
    strict: bool,
    /// List everything that was proven, with the answers
    #[arg(long, conflicts_with = "no_proofs")]
    proofs: bool,
    /// Prove nothing: only look at the file
    #[arg(long)]
    no_proofs: bool,
    /// For how long to prove, at most
    #[arg(long, value_name = "SECONDS", default_value_t = 120, conflicts_with = "no_proofs")]
    time: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// With the lines they stand on
    Text,
    /// One object, for other programs
    Json,
    /// What was proven, as cases that `twinge test` replays
    Cases,
}

impl CheckArgs {
    /// Checks a question file and writes what is found.
    pub(super) fn run(&self, file: &QuestionFile, output: &mut impl Write) -> Result<(), Failure> {
        if self.no_proofs && self.format == CheckFormat::Cases {
            let said = "`--format cases` writes what is proven: leave out `--no-proofs`\n";
            return Err(Failure::Usage(said.into()));
        }
        let checked = self.check(&file.bytes);
        match self.format {
            CheckFormat::Text => output.write_all(self.as_text(file, &checked).as_bytes())?,
            CheckFormat::Cases => output.write_all(as_cases(file, &checked)?.as_bytes())?,
            CheckFormat::Json => {
                serde_json::to_writer(&mut *output, &CheckJson::new(file, &checked)).map_err(std::io::Error::from)?;
                writeln!(output)?;
            }
        }
        let is_flawed = |checked: &Checked| {
            // What there was no time to prove could have been a warning.
            !checked.warnings.is_empty() || checked.proofs.as_ref().is_some_and(|proofs| !proofs.is_whole())
        };
        let has_failed = checked.as_ref().map_or(true, |checked| self.strict && is_flawed(checked));
        if has_failed {
            output.flush()?;
            return Err(Failure::Problems(String::new()));
        }
        Ok(())
    }

    fn check(&self, bytes: &[u8]) -> Result<Checked, Vec<Diagnostic>> {
        if self.no_proofs {
            return check(bytes);
        }
        // `None`, if so many seconds are more than the clock can add: then there is no deadline.
        let deadline = Instant::now().checked_add(Duration::from_secs(self.time));
        let stop = Arc::new(move || deadline.is_some_and(|deadline| Instant::now() >= deadline));
        let mut progress = ProgressLine::on_stderr();
        let show = &mut |known, of| progress.show(known, of);
        let checked = check_and_prove(bytes, ProofOptions { stop, on_progress: show });
        progress.erase();
        checked
    }

    fn as_text(&self, file: &QuestionFile, checked: &Result<Checked, Vec<Diagnostic>>) -> String {
        let mut text = problems_as_text(file, checked);
        if let Ok(Checked { questionnaire, proofs: Some(proofs), .. }) = checked {
            text.push('\n');
            text.push_str(&proofs::summary(questionnaire, proofs));
            if self.proofs {
                text.push('\n');
                text.push_str(&proofs::one_line_each(questionnaire, proofs));
            }
        }
        text
    }
}

/// Example cases that replay what was proven.
fn as_cases(file: &QuestionFile, checked: &Result<Checked, Vec<Diagnostic>>) -> Result<String, Failure> {
    match checked {
        Err(problems) => Err(file.problems_as_failure(problems)),
        Ok(checked) => {
            let mut cases = String::new();
            if let Some(proofs) = &checked.proofs {
                cases = from_proofs::cases_file(&checked.questionnaire, &proofs.outcomes);
                let left_out = proofs::left_out(&checked.questionnaire, proofs);
                cases.extend(left_out.lines().map(|line| format!("# {line}\n")));
            }
            Ok(cases)
        }
    }
}

fn problems_as_text(file: &QuestionFile, checked: &Result<Checked, Vec<Diagnostic>>) -> String {
    let source = file.source();
    let checked = match checked {
        Ok(checked) => checked,
        Err(problems) => return diagnostic::render(source, problems),
    };
    let silenced = match checked.silenced.len() {
        0 => String::new(),
        n => format!("{} silenced", wording::counted(n, "warning")),
    };
    if checked.warnings.is_empty() {
        let questionnaire = &checked.questionnaire;
        let silenced = if silenced.is_empty() { silenced } else { format!(" {silenced}.") };
        return format!(
            "{}: no problems. {}, {}, {}.{silenced}\n",
            visible(&file.name),
            wording::counted(questionnaire.questions.len(), "question"),
            wording::counted(questionnaire.causes.len(), "cause"),
            wording::counted(questionnaire.alarms.len(), "alarm"),
        );
    }
    let silenced = if silenced.is_empty() { silenced } else { format!("; {silenced}") };
    let tally = diagnostic::tally(source, &checked.warnings);
    format!("{}{tally}{silenced}\n", diagnostic::draw(source, &checked.warnings))
}
