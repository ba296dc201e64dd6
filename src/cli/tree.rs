//! `twinge tree`: draws the tree of questions.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use crate::authoring::tree::{Format, draw};
use crate::questionnaire::Questionnaire;

/// How to draw the tree.
#[derive(Debug, Args)]
pub(super) struct TreeArgs {
    /// How to draw it
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = TreeFormat::Text)]
    format: TreeFormat,
}

/// The values of `--format`. The comments on them are part of its help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TreeFormat {
    /// Lines to read in a terminal
    Text,
    /// A flowchart for Mermaid, which many wikis and code hosts draw
    Mermaid,
}

impl TreeArgs {
    /// Draws the tree.
    pub(super) fn run(&self, questionnaire: &Questionnaire, output: &mut impl Write) -> io::Result<()> {
        let format = match self.format {
            TreeFormat::Text => Format::Text,
            TreeFormat::Mermaid => Format::Mermaid,
        };
        output.write_all(draw(questionnaire, format).as_bytes())
    }
}
