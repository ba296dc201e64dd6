//! The command line: what can be asked for, and what each request does with files, standard input and output.

mod check;
mod explain;
mod tree;
mod progress;
mod report;
mod completions;

use std::borrow::Cow;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueHint};
use clap_complete::Shell;

use crate::app::screens::resume::Keeping;
use crate::authoring::cases;
use crate::diagnostic::{self, Source, visible};
use crate::interview::Interview;
use crate::interview::draft::Fingerprint;
use crate::questionnaire::schema::SCHEMA;
use crate::questionnaire::{MAX_BYTES, Questionnaire, parse};
use crate::report::{Format, Report, score, summary};
use crate::storage::autosave::Keeper;
use crate::storage::clock;
use crate::storage::draft_files::{Store, in_words};
use crate::terminal::color::Colour;
use crate::terminal::detect::{Front, Surroundings};
use crate::terminal::event_loop;
use crate::terminal::line_loop::{self, Console, Dialogue};
use crate::terminal::theme::Theme;
use crate::text::{self, wording};

/// The question file that is built in.
pub const BUILT_IN: &str = include_str!("../questions.toml");

/// What the program is for: what its built-in questions are about.
const ABOUT: &str = "Asks about muscle spasms and cramps of the back and legs, and ranks the likely causes.";

const EXAMPLES: &str = "\
Examples:
  twinge                          answer the built-in questions
  twinge -f my.toml               answer your own
  twinge --no-draft               keep no answers
  twinge forget                   delete the answers that are kept
  twinge --plain                  answer line by line: for screen readers and pipes
  twinge check -f my.toml         look for mistakes in your own
  twinge explain late-alarm       see what such a mistake means
  twinge test my-cases.toml       see whether it does what it should
  twinge schema > my.schema.json  let your editor know what may stand in a file
  twinge tree                     see which question hangs on which answer, and what it moves
  twinge score < answers.jsonl    rank causes for many people at once
  twinge report --answers me.json -o me.html    write a report for a doctor or pharmacist
  twinge completions bash         make the Tab key complete all this
  twinge man                      the manual page, for `man`

Exit status: 0 done, 1 problems found, 2 wrong usage, a file that cannot be read, or a terminal that fails.";

/// What was asked for.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that may be given or not")]
#[derive(Debug, Parser)]
#[command(
    name = "twinge",
    about = ABOUT,
    after_help = EXAMPLES,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub struct Cli {
    #[command(flatten)]
    file: FileArgs,

    /// When to use colour; otherwise as `NO_COLOR`, `CLICOLOR` and `CLICOLOR_FORCE` say
    #[arg(long, value_enum, value_name = "WHEN", default_value_t, hide_possible_values = false)]
    color: Colour,

    /// Write the report to standard output as JSON
    #[arg(long)]
    json: bool,
    /// Keep no answers: quitting forgets them
    #[arg(long)]
    no_draft: bool,
    /// Ask line by line, and draw nothing; also where there is no terminal, on a dumb one, or when ACCESSIBLE is set
    #[arg(long)]
    plain: bool,

    /// Print the versions of the program and of the questionnaire
    #[arg(short = 'V', long, global = true)]
    version: bool,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Args)]
struct FileArgs {
    /// The question file to use instead of the built-in one
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, global = true)]
    file: Option<PathBuf>,
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
    /// Say what a rule of `check` means, and what to do about it
    #[command(after_help = "Examples:\n  twinge explain late-alarm\n  twinge explain")]
    Explain(explain::ExplainArgs),
    /// Show the questions under the answers that open them, with the causes they move and the alarms they raise
    #[command(after_help = "Examples:\n  twinge tree -f my.toml | less\n  twinge tree --format mermaid > tree.mmd")]
    Tree(tree::TreeArgs),
    /// Print a JSON Schema of the question file, for editors
    #[command(after_help = "Example:\n  twinge schema > twinge.schema.json\n\n\
            With `#:schema ./twinge.schema.json` at its top, editors know what may stand in a question file.")]
    Schema,
    /// Run example cases against a question file
    #[command(after_help = "Example:\n  twinge test -f my.toml my-cases/*.toml\n\n\
            Exit status: 0 all passed, 1 some failed, 2 a file cannot be read.")]
    Test {
        /// Files of cases
        #[arg(required = true, value_name = "CASES", value_hint = ValueHint::FilePath)]
        cases: Vec<PathBuf>,
    },
    /// Delete every answer that is kept, whichever questions it belongs to
    #[command(after_help = "Example:\n  twinge forget\n\nExit status: 1 when something could not be deleted.")]
    Forget,
    /// Read answers as JSON Lines from standard input, write a ranking for each
    #[command(
        after_help = "Example:\n  echo '{\"id\": \"a\", \"answers\": {\"age\": 54, \"place\": \"legs\"}}' | twinge score\n\n\
            An answer is the id of an option, a list of ids, a number, or null for not sure.\n\
            Exit status: 1 when a line could not be scored; its place in the output says why."
    )]
    Score,
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

/// Why nothing, or not everything, could be done.
#[derive(Debug)]
pub enum Failure {
    /// The command line makes no sense; what is wrong is in words already.
    Usage(String),
    /// The question file has problems; they are drawn already.
    Problems(String),
    /// Lines that could not be scored; the output says why.
    Unscored(usize),
    /// The question file cannot be read.
    Unreadable(PathBuf, io::Error),
    /// A file cannot be written; why is in words already.
    Unwritable(PathBuf, String),
    /// What is kept of answers cannot be deleted; where and why is in words already.
    Undeleted(String),
    /// There is no terminal to draw on.
    NoTerminal(io::Error),
    /// Reading or writing went wrong.
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
        match Cli::try_parse_from(arguments) {
            Ok(cli) => Ok(Some(cli)),
            Err(error) => {
                // It repeats what was typed, which may be anything.
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
    pub fn run(&self, input: impl Read, output: &mut impl Write) -> Result<(), Failure> {
        if self.version {
            return version(&self.questionnaire()?, output);
        }
        match &self.command {
            None => self.ask(input, output),
            Some(Command::Check(arguments)) => arguments.run(&QuestionFile::read(self.file.file.as_deref())?, output),
            Some(Command::Explain(arguments)) => Ok(output.write_all(arguments.text()?.as_bytes())?),
            Some(Command::Tree(arguments)) => Ok(arguments.run(&self.questionnaire()?, output)?),
            Some(Command::Test { cases }) => test(&self.questionnaire()?, cases, output),
            Some(Command::Forget) => self.forget(output),
            Some(Command::Schema) => self.schema(output),
            Some(Command::Score) => match score::score(&self.questionnaire()?, input, output)? {
                0 => Ok(()),
                failed => Err(Failure::Unscored(failed)),
            },
            Some(Command::Report(arguments)) => arguments.run(&self.questionnaire()?, output),
            Some(Command::Completions { shell }) => Ok(completions::completions(*shell, output)?),
            Some(Command::Man) => Ok(completions::man(output)?),
        }
    }

    /// The questionnaire that was asked for.
    fn questionnaire(&self) -> Result<Questionnaire, Failure> {
        let file = QuestionFile::read(self.file.file.as_deref())?;
        parse(&file.bytes).map_err(|problems| Failure::Problems(diagnostic::render(file.source(), &problems)))
    }

    /// What keeps the answers to a question file.
    fn keeper(&self, file: &QuestionFile) -> Keeper {
        if self.no_draft {
            return Keeper::of_nothing(Keeping::Nothing);
        }
        let Some(store) = store() else { return Keeper::of_nothing(Keeping::Nowhere) };
        let draft = self.file.file.as_ref().map_or_else(|| store.built_in(), |path| store.of(path));
        Keeper::new(draft, Fingerprint::of(&file.bytes))
    }

    /// Writes what an author may write, for editors.
    fn schema(&self, output: &mut impl Write) -> Result<(), Failure> {
        if self.file.file.is_some() {
            let said = "`schema` is the same for all question files: leave out `--file`\n";
            return Err(Failure::Usage(said.into()));
        }
        Ok(output.write_all(SCHEMA.as_bytes())?)
    }

    /// Deletes what is kept, and says what that was.
    fn forget(&self, output: &mut impl Write) -> Result<(), Failure> {
        if self.file.file.is_some() {
            let said = "`forget` deletes the answers to all question files: leave out `--file`\n";
            return Err(Failure::Usage(said.into()));
        }
        let Some(store) = store() else {
            return Ok(writeln!(output, "Nothing is kept: there is no home folder to keep it in.")?);
        };
        let forgotten = store.forget();
        for path in &forgotten.deleted {
            writeln!(output, "deleted {}", text::path(path))?;
        }
        if forgotten.deleted.is_empty() && forgotten.left.is_empty() {
            writeln!(output, "Nothing is kept in {}.", text::path(store.folder()))?;
        }
        if forgotten.left.is_empty() {
            return Ok(());
        }
        output.flush()?;
        let left = forgotten.left.iter();
        let said = left.map(|(path, error)| format!("{}: {}\n", text::path(path), in_words(error)));
        Err(Failure::Undeleted(said.collect()))
    }
}

/// Where answers are kept.
fn store() -> Option<Store> {
    Store::find(|name| std::env::var_os(name))
}

impl Cli {
    /// Asks the questions, and leaves the result behind.
    fn ask(&self, input: impl Read, output: &mut impl Write) -> Result<(), Failure> {
        let file = QuestionFile::read(self.file.file.as_deref())?;
        let surroundings = Surroundings::find();
        let left = if self.plain || surroundings.front() == Front::Lines {
            self.ask_in_lines(&file, &surroundings, input, output)?
        } else {
            self.ask_on_screens(&file)?
        };
        Ok(output.write_all(left.as_bytes())?)
    }

    fn ask_in_lines(
        &self,
        file: &QuestionFile,
        surroundings: &Surroundings,
        input: impl Read,
        output: &mut impl Write,
    ) -> Result<String, Failure> {
        let questionnaire =
            parse(&file.bytes).map_err(|problems| Failure::Problems(diagnostic::render(file.source(), &problems)))?;
        // A script is answers from its first line on, and can be run again.
        let keeper =
            if surroundings.hears_a_terminal { self.keeper(file) } else { Keeper::of_nothing(Keeping::Nothing) };
        let dialogue = Dialogue { questionnaire: &questionnaire, keeper, console: Console::find() };
        let finish = |interview: &Interview<'_>, end| match end {
            _ if self.json => as_json(interview),
            line_loop::End::Quit => left_behind(interview),
            // It has all been said.
            line_loop::End::NoMoreLines => String::new(),
        };
        let left = if self.json {
            // Standard output is for the result alone.
            line_loop::run(dialogue, input, &mut io::stderr().lock(), finish)
        } else {
            line_loop::run(dialogue, input, output, finish)
        };
        left.map_err(|failure| match failure {
            line_loop::Failure::Io(error) => Failure::Io(error),
            line_loop::Failure::Undeleted(error) => undeleted(&error),
        })
    }

    fn ask_on_screens(&self, file: &QuestionFile) -> Result<String, Failure> {
        let theme = Theme::with_colour(self.color.is_wanted(|name| std::env::var_os(name)));
        let keeper = self.keeper(file);
        let finish = |interview: &Interview<'_>| {
            if self.json { as_json(interview) } else { left_behind(interview) }
        };
        let left = if self.file.file.is_none() {
            // The first screen is there before the rest of the file is read.
            let cover = parse(cover(BUILT_IN).as_bytes()).ok();
            event_loop::run(event_loop::Asking {
                cover: cover.as_ref(),
                load: || parse(&file.bytes),
                keeper,
                finish,
                theme,
            })
        } else {
            // A file with problems is told of before the screen is taken over.
            match parse(&file.bytes) {
                Err(problems) => Err(event_loop::Failure::Questions(problems)),
                questionnaire => {
                    event_loop::run(event_loop::Asking { cover: None, load: || questionnaire, keeper, finish, theme })
                }
            }
        };
        left.map_err(|failure| match failure {
            event_loop::Failure::NoTerminal(error) => Failure::NoTerminal(error),
            event_loop::Failure::Io(error) => Failure::Io(error),
            event_loop::Failure::Undeleted(error) => undeleted(&error),
            event_loop::Failure::Questions(problems) => Failure::Problems(diagnostic::render(file.source(), &problems)),
        })
    }
}

/// What is left of an interview on the terminal, or where the output goes.
fn left_behind(interview: &Interview<'_>) -> String {
    Console::find().filled(&summary::closing(interview))
}

/// The report as JSON: what is left of an interview for other programs.
fn as_json(interview: &Interview<'_>) -> String {
    // An answer is text, a number or a list of texts, which can always be written.
    Report::new(interview, clock::today()).and_then(|report| report.write(Format::Json)).unwrap_or_default()
}

fn undeleted(error: &io::Error) -> Failure {
    Failure::Undeleted(format!("your answers: {}\n", in_words(error)))
}

/// The part of a question file that the first screen shows: what stands before its questions.
fn cover(file: &str) -> &str {
    file.split("\n[[question]]").next().unwrap_or_default()
}

/// A question file as it was read.
struct QuestionFile {
    name: String,
    bytes: Cow<'static, [u8]>,
}

impl QuestionFile {
    fn read(path: Option<&Path>) -> Result<QuestionFile, Failure> {
        let Some(path) = path else {
            return Ok(QuestionFile {
                name: "questions.toml (built in)".into(),
                bytes: Cow::Borrowed(BUILT_IN.as_bytes()),
            });
        };
        let mut bytes = Vec::new();
        // One byte more than allowed is enough to tell that a file is too large.
        let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX) + 1;
        File::open(path)
            .and_then(|file| file.take(limit).read_to_end(&mut bytes))
            .map_err(|error| Failure::Unreadable(path.to_owned(), error))?;
        Ok(QuestionFile { name: text::path(path), bytes: Cow::Owned(bytes) })
    }

    fn source(&self) -> Source<'_> {
        Source { name: &self.name, bytes: &self.bytes }
    }
}

/// Runs cases, and tells which fail.
fn test(questionnaire: &Questionnaire, paths: &[PathBuf], output: &mut impl Write) -> Result<(), Failure> {
    let (mut passed, mut failed, mut broken) = (0, 0, 0);
    for path in paths {
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

fn version(questionnaire: &Questionnaire, output: &mut impl Write) -> Result<(), Failure> {
    writeln!(output, "twinge {}", env!("CARGO_PKG_VERSION"))?;
    let version = questionnaire.version.as_deref().unwrap_or("without a version");
    writeln!(output, "questionnaire {}: {}", visible(version), visible(&questionnaire.title))?;
    Ok(())
}
