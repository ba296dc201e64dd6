//! `twinge score`: reads answers from standard input, and writes their results.

mod jobs;
mod whole_lines;

use std::io::{self, IsTerminal, Read, Write};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::Failure;
use crate::questionnaire::Questionnaire;
use crate::report::score::{Batches, Extent, Key, Layout, Scorer};
use whole_lines::WholeLines;

/// How to score, and how much to write.
#[derive(Debug, Args)]
pub(super) struct ScoreArgs {
    /// Score so many parts of the input at once
    #[arg(short, long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: u16,
    /// Write only so many causes a line, the first ones
    #[arg(long, value_name = "NUMBER")]
    top: Option<usize>,
    /// Write only these keys, beside the id
    #[arg(long, value_name = "KEY", value_delimiter = ',', value_parser = key_parser())]
    only: Vec<Key>,
    /// End with status 0 even if some lines could not be scored
    #[arg(long)]
    keep_going: bool,
}

/// Reads the name of a key.
fn key_parser() -> impl TypedValueParser<Value = Key> {
    let named = |name: String| Key::ALL.into_iter().find(|key| key.name() == name).ok_or("no key");
    PossibleValuesParser::new(Key::ALL.map(Key::name)).try_map(named)
}

impl ScoreArgs {
    /// Scores every line.
    pub(super) fn run(
        &self,
        questionnaire: &Questionnaire,
        input: impl Read + Send,
        output: &mut impl Write,
    ) -> Result<(), Failure> {
        if io::stdin().is_terminal() {
            say("Waiting for lines of answers. Press Ctrl-D to end; `twinge score --help` shows a line.\n")?;
        }
        let only = if self.only.is_empty() { Key::ALL.to_vec() } else { self.only.clone() };
        let extent = Extent { top: self.top.unwrap_or(usize::MAX), only };
        let mut batches = Batches::new(input);
        let scorer = Scorer::new(questionnaire, &extent);
        let mut output = WholeLines::new(output)?;
        let failed = match self.jobs {
            1 => scorer.score(&mut batches, &mut output)?,
            jobs => jobs::score(&scorer, &mut batches, &mut output, usize::from(jobs))?,
        };
        if failed == 0 {
            return Ok(());
        }
        say(match batches.layout {
            Some(Layout::Array) => "The input looks like one list. Give each object a line: jq -c '.[]' FILE\n",
            Some(Layout::Pretty) => "An object seems to span several lines. Give each a single line: jq -c . FILE\n",
            Some(Layout::Lines) | None => "",
        })?;
        let unscored = match failed {
            1 => "1 line could not be scored; its place in the output says why\n".to_owned(),
            lines => format!("{lines} lines could not be scored; their places in the output say why\n"),
        };
        if self.keep_going { Ok(say(&unscored)?) } else { Err(Failure::Problems(unscored)) }
    }
}

/// Says something beside the output.
fn say(text: &str) -> io::Result<()> {
    io::stderr().write_all(text.as_bytes())
}
