//! `twinge tree`: how the tree is to be drawn.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use crate::authoring::tree::{Format, draw};
use crate::questionnaire::Questionnaire;

/// How the tree is wanted.
#[derive(Debug, Args)]
pub(super) struct TreeArgs {
    /// How to draw it
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = TreeFormat::Text)]
    format: TreeFormat,
}

/// A format, as it is asked for.
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
