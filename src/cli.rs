//! The command line: what can be asked for, and what each request does with files, standard input and output.
//!
//! [`Cli`] is the definition that help, shell completions and the manual page are made from; [`Cli::run`] hands each command
//! to a module of its own. None of them prints an error or ends the process: each returns a [`Failure`], and `main` alone
//! turns that into a message and an exit status.
//!
//! Doc comments on arguments are the help that people read.

mod question_file;
mod interview;
mod preview;
mod check;
mod explain;
mod tree;
mod export;
mod test_cases;
mod forget;
mod progress;
mod report;
mod score;
mod completions;

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand, ValueHint};
use clap_complete::Shell;

use crate::diagnostic::visible;
use crate::questionnaire::Questionnaire;
use crate::questionnaire::schema::SCHEMA;
use crate::report::score::schema;
use crate::storage::draft_files::DraftFolder;
use question_file::QuestionFile;

/// The question file that is built in.
pub const BUILT_IN: &str = include_str!("../questions.toml");

/// What the program is for, as the first line of its help.
const ABOUT: &str = "Asks about muscle spasms and cramps of the back and legs, and ranks the likely causes.";

const EXAMPLES: &str = "\
Examples:
  twinge                          answer the built-in questions
  twinge -f my.toml               answer your own
  twinge --no-draft               keep no answers
  twinge --since twinge-report-2026-11-23.json    start from an earlier report
  twinge forget                   delete the answers that are kept
  twinge --plain                  answer line by line: for screen readers and pipes
  twinge preview my.toml          see your own while you write it
  twinge check -f my.toml         look for mistakes in your own
  twinge explain late-alarm       see what such a mistake means
  twinge test my-cases.toml       see whether it does what it should
  twinge schema > my.schema.json  let your editor know what may stand in a file
  twinge tree                     see which question hangs on which answer, and what it moves
  twinge export --format fhir     the questions as a FHIR Questionnaire
  twinge score < answers.jsonl    rank causes for many people at once
  twinge report --answers me.json -o me.html    write a report for a doctor or pharmacist
  twinge completions bash         make the Tab key complete all this
  twinge man                      the manual page, for `man`

Exit status: 0 done, 1 problems found, 2 wrong usage, a file that cannot be read, or a terminal that fails,
130 after Ctrl-C.";

/// What was asked for.
#[derive(Debug, Default, Parser)]
#[command(
    name = "twinge",
    about = ABOUT,
    after_help = EXAMPLES,
    disable_version_flag = true
)]
pub struct Cli {
    /// The question file to use instead of the built-in one; `-` reads it from standard input
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, global = true)]
    file: Option<PathBuf>,

    #[command(flatten)]
    interview: interview::InterviewArgs,

    /// Print the versions of the program and of the questionnaire
    #[arg(short = 'V', long, global = true)]
    version: bool,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show every problem in a question file, and prove what can come out of it
    #[command(
        after_help = "Examples:\n  twinge check -f my.toml\n  twinge check -f my.toml --no-proofs --format json --strict\n  \
            twinge check -f my.toml --format cases > proven.toml\n\n\
            Exit status: 0 no errors, 1 errors (with `--strict` also warnings, and what is left out), 2 the file cannot be read."
    )]
    Check(check::CheckArgs),
    /// Walk through a question file, and read it again whenever you save it
    #[command(after_help = "Example:\n  twinge preview my.toml\n\n\
            Your answers stay, as far as they still fit. While the file has errors, they are shown, and the questions\n\
            stay as they were. Nothing is kept.")]
    Preview(preview::PreviewArgs),
    /// Say what a rule of `check` means, and what to do about it
    #[command(after_help = "Examples:\n  twinge explain late-alarm\n  twinge explain")]
    Explain(explain::ExplainArgs),
    /// Show the questions under the answers that open them, with the causes they move and the alarms they raise
    #[command(after_help = "Examples:\n  twinge tree -f my.toml | less\n  twinge tree --format mermaid > tree.mmd")]
    Tree(tree::TreeArgs),
    /// Write the question file for other programs that ask questions, as a FHIR R4 Questionnaire
    #[command(after_help = "Example:\n  twinge export --format fhir > questionnaire.json\n\n\
            What can't be written is told on standard error.")]
    Export(export::ExportArgs),
    /// Print a JSON Schema of the question file, for editors, or of what `score` reads or writes
    #[command(after_help = "Examples:\n  twinge schema > twinge.schema.json\n  \
            twinge schema --answers -f my.toml > answers.schema.json\n\n\
            With `#:schema ./twinge.schema.json` at its top, editors know what may stand in a question file.")]
    Schema {
        /// Of a line of answers that `score` reads
        #[arg(long, conflicts_with = "results")]
        answers: bool,
        /// Of a line of results that `score` writes
        #[arg(long)]
        results: bool,
    },
    /// Run example cases against a question file
    #[command(after_help = "Example:\n  twinge test -f my.toml my-cases/*.toml\n\n\
            Exit status: 0 all passed, 1 some failed, 2 a file cannot be read.")]
    Test(test_cases::TestArgs),
    /// Delete every answer that is kept, whichever questions it belongs to
    #[command(after_help = "Example:\n  twinge forget\n\nExit status: 1 when something could not be deleted.")]
    Forget,
    /// Read answers as JSON Lines from standard input, write a ranking for each
    #[command(
        after_help = "Examples:\n  echo '{\"id\": \"a\", \"answers\": {\"age\": 54, \"place\": \"legs\"}}' | twinge score\n  \
            twinge score --jobs 4 --only urgency,alarms < answers.jsonl > results.jsonl\n\n\
            An answer is the id of an option, a list of ids, a number, or null for not sure.\n\
            Exit status: 1 when a line could not be scored, unless `--keep-going`; its place in the output says why."
    )]
    Score(score::ScoreArgs),
    /// Write a report for a doctor or pharmacist from a file of answers
    #[command(after_help = "Examples:\n  twinge report --answers twinge-report-2026-11-23.json\n  \
            twinge report --answers me.json --output me.html\n\n\
            Exit status: 1 when the answers do not fit the questions, 2 when a file cannot be read or written.")]
    Report(report::ReportArgs),
    /// Write a script that lets a shell complete what you type
    #[command(after_help = "Examples:\n  \
            twinge completions bash > ~/.local/share/bash-completion/completions/twinge\n  \
            twinge completions zsh > ~/.zfunc/_twinge    (with fpath+=~/.zfunc before compinit)\n  \
            twinge completions fish > ~/.config/fish/completions/twinge.fish")]
    Completions {
        /// For which shell
        shell: Shell,
    },
    /// Write the manual page
    #[command(after_help = "Example:\n  twinge man > ~/.local/share/man/man1/twinge.1")]
    Man,
}

/// Why the program could not do what was asked for, or found problems.
#[derive(Debug)]
pub enum Failure {
    /// The command line makes no sense. This message says why.
    Usage(String),
    /// Problems were found. This text shows them; it is empty when they were written to the output.
    Problems(String),
    /// A file cannot be read.
    Unreadable(PathBuf, io::Error),
    /// A file cannot be written, and why.
    Unwritable(PathBuf, String),
    /// Drafts could not be deleted. This text says which, and why.
    Undeleted(String),
    /// The person pressed Ctrl-C. There is nothing to say about that.
    Interrupted,
    /// There is no terminal to draw on.
    NoTerminal(io::Error),
    /// Standard input cannot be read, or the output cannot be written.
    Io(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Io(error)
    }
}

impl Cli {
    /// Reads the command line. `None` when it asked for help, which is written to `output`.
    ///
    /// # Errors
    ///
    /// When it makes no sense, or help cannot be written.
    pub fn read(
        arguments: impl IntoIterator<Item = OsString>,
        output: &mut impl Write,
    ) -> Result<Option<Cli>, Failure> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        if arguments.len() < 2 {
            // Most people give none. The parser would still prepare every command, and the first screen would wait for that.
            return Ok(Some(Cli::default()));
        }
        match Cli::try_parse_from(arguments) {
            Ok(cli) => Ok(Some(cli)),
            Err(error) => {
                // It quotes what was typed, which may contain control characters.
                let text: Vec<String> = error.render().to_string().lines().map(visible).collect();
                let text = text.join("\n") + "\n";
                if error.use_stderr() {
                    return Err(Failure::Usage(text));
                }
                output.write_all(text.as_bytes())?;
                Ok(None)
            }
        }
    }

    /// Does what was asked for.
    ///
    /// # Errors
    ///
    /// When it could not be done, or problems were found.
    pub fn run(&self, input: impl Read + Send, output: &mut impl Write) -> Result<(), Failure> {
        if self.version {
            return Ok(write_versions(&self.questionnaire()?, output)?);
        }
        if self.command.is_some() && self.interview.since.is_some() {
            return Err(Failure::Usage(
                "`--since` starts an interview: leave it out, or leave out the command\n".into(),
            ));
        }
        match &self.command {
            None => {
                self.refuse_standard_input("the interview reads answers")?;
                self.interview.run(&self.question_file()?, input, output)
            }
            Some(Command::Check(arguments)) => arguments.run(&self.question_file()?, output),
            Some(Command::Preview(arguments)) => {
                self.refuse_file("`preview` takes its file by itself")?;
                arguments.run(output)
            }
            Some(Command::Explain(arguments)) => Ok(output.write_all(arguments.text()?.as_bytes())?),
            Some(Command::Tree(arguments)) => Ok(arguments.run(&self.questionnaire()?, output)?),
            Some(Command::Export(arguments)) => Ok(arguments.run(&self.questionnaire()?, output)?),
            Some(Command::Test(arguments)) => arguments.run(&self.questionnaire()?, output),
            Some(Command::Forget) => {
                self.refuse_file("`forget` deletes the answers to all question files")?;
                forget::forget(output)
            }
            Some(Command::Schema { answers, results }) => {
                let lines = match (answers, results) {
                    (true, _) => schema::of_answers(&self.questionnaire()?),
                    (_, true) => schema::of_results(&self.questionnaire()?),
                    (false, false) => {
                        self.refuse_file("`schema` is the same for all question files")?;
                        return Ok(output.write_all(SCHEMA.as_bytes())?);
                    }
                };
                Ok(writeln!(output, "{lines:#}")?)
            }
            Some(Command::Score(arguments)) => {
                self.refuse_standard_input("`score` reads answers")?;
                arguments.run(&self.questionnaire()?, input, output)
            }
            Some(Command::Report(arguments)) => arguments.run(&self.questionnaire()?, output),
            Some(Command::Completions { shell }) => Ok(completions::completions(*shell, output)?),
            Some(Command::Man) => Ok(completions::man(output)?),
        }
    }

    fn question_file(&self) -> Result<QuestionFile, Failure> {
        QuestionFile::read(self.file.as_deref())
    }

    fn questionnaire(&self) -> Result<Questionnaire, Failure> {
        self.question_file()?.questionnaire()
    }

    /// Refuses a question file from standard input for a command that reads something else there.
    fn refuse_standard_input(&self, why: &str) -> Result<(), Failure> {
        if self.file.as_deref().is_some_and(is_standard) {
            return Err(Failure::Usage(format!("{why} from standard input: give `--file` a path\n")));
        }
        Ok(())
    }

    /// Refuses `--file` for a command that works on no single question file.
    fn refuse_file(&self, why: &str) -> Result<(), Failure> {
        if self.file.is_some() {
            return Err(Failure::Usage(format!("{why}: leave out `--file`\n")));
        }
        Ok(())
    }
}

/// Whether a path stands for standard input or output.
fn is_standard(path: &Path) -> bool {
    path == Path::new("-")
}

/// The folder of the drafts; `None` without a home.
fn draft_folder() -> Option<DraftFolder> {
    DraftFolder::find(|name| std::env::var_os(name))
}

fn write_versions(questionnaire: &Questionnaire, output: &mut impl Write) -> io::Result<()> {
    writeln!(output, "twinge {}", env!("CARGO_PKG_VERSION"))?;
    let version = questionnaire.version.as_deref().unwrap_or("without a version");
    writeln!(output, "questionnaire {}: {}", visible(version), visible(&questionnaire.title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_arguments_mean_what_the_parser_makes_of_them() {
        assert_eq!(format!("{:?}", Cli::default()), format!("{:?}", Cli::parse_from(["twinge"])));
    }
}
