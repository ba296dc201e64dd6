//! `twinge export`: writes the question file for other programs.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use crate::authoring::fhir::export;
use crate::questionnaire::Questionnaire;

/// What to write.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// What to write
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: ExportFormat,
}

/// The values of `--format`. The comments on them are part of its help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// A FHIR R4 `Questionnaire`
    Fhir,
}

impl ExportArgs {
    /// Writes the question file, and says beside the output what is not in it.
    pub(super) fn run(&self, questionnaire: &Questionnaire, output: &mut impl Write) -> io::Result<()> {
        let exported = match self.format {
            ExportFormat::Fhir => export(questionnaire),
        };
        writeln!(output, "{:#}", exported.questionnaire)?;
        let mut stderr = io::stderr().lock();
        writeln!(stderr, "Not in the questionnaire, or not as it was (docs/fhir.md says more):")?;
        exported.losses.iter().try_for_each(|loss| writeln!(stderr, "- {loss}"))
    }
}
