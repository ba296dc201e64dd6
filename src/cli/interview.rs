//! `twinge` without a command: asks the questions, on screens or line by line, and leaves the result behind.

use std::io::{self, Read, Write};
use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::app::screens::resume::Keeping;
use crate::app::screens::since::Start;
use crate::cli::question_file::{QuestionFile, cover, read_up_to};
use crate::cli::{Failure, draft_folder, is_standard};
use crate::interview::Interview;
use crate::interview::since::EarlierReport;
use crate::questionnaire::Questionnaire;
use crate::report::{Format, MAX_BYTES, Report, read_earlier_report, summary};
use crate::storage::autosave::Autosave;
use crate::storage::{clock, io_error_in_words, report_files};
use crate::terminal;
use crate::terminal::InterviewFailure;
use crate::terminal::color::ColorChoice;
use crate::terminal::detect::{Environment, Interface};
use crate::terminal::event_loop::{self, ScreenInterview};
use crate::terminal::line_loop::{self, LineInterview, LineLoopEnd, StandardStreams};
use crate::text;

/// How the questions are asked, and what is left behind.
#[derive(Debug, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line, free of the others")]
pub(super) struct InterviewArgs {
    /// Ask every question, also those whose answers could hardly change the results
    #[arg(long)]
    all: bool,
    /// When to use colour; otherwise as `NO_COLOR`, `CLICOLOR` and `CLICOLOR_FORCE` say
    #[arg(long, value_enum, value_name = "WHEN", default_value_t, hide_possible_values = false)]
    color: ColorChoice,

    /// Write the report to standard output as JSON
    #[arg(long)]
    json: bool,
    /// Leave the clipboard alone: `y` in the results copies nothing
    #[arg(long)]
    no_copy: bool,
    /// Keep no answers: quitting forgets them
    #[arg(long)]
    no_draft: bool,
    /// Ask line by line, and draw nothing; also where there is no terminal, on a dumb one, or when ACCESSIBLE is set
    #[arg(long)]
    plain: bool,
    /// Start from an earlier report in JSON: keep the answers that rarely change, and tell what has moved since
    #[arg(long, value_name = "REPORT.json", value_hint = ValueHint::FilePath)]
    pub(super) since: Option<PathBuf>,
}

impl InterviewArgs {
    /// Asks the questions of a file, and writes what is left of the interview at its end.
    pub(super) fn run(&self, file: &QuestionFile, input: impl Read, output: &mut impl Write) -> Result<(), Failure> {
        terminal::make_large_files_an_error()?;
        let environment = Environment::find();
        let left = if self.plain || environment.default_interface() == Interface::Lines {
            self.ask_in_lines(file, &environment, input, output)?
        } else {
            self.ask_on_screens(file)?
        };
        Ok(output.write_all(left.as_bytes())?)
    }

    fn ask_in_lines(
        &self,
        file: &QuestionFile,
        environment: &Environment,
        input: impl Read,
        output: &mut impl Write,
    ) -> Result<String, Failure> {
        if environment.stdin_is_terminal {
            terminal::end_at_ctrl_c()?;
        }
        let questionnaire = self.asking(file.questionnaire()?);
        // A script gives its answers from the first line on, and can be run again: nothing to resume.
        let autosave =
            if environment.stdin_is_terminal { self.autosave(file) } else { Autosave::off(Keeping::Nothing) };
        let start = match self.report(&questionnaire)? {
            Some(report) => Start::From(report),
            // Nor does it expect to be asked what to start from.
            None if environment.stdin_is_terminal => offered(&questionnaire),
            None => Start::Afresh,
        };
        let line_interview =
            LineInterview { questionnaire: &questionnaire, start, autosave, streams: StandardStreams::find() };
        let finish = |interview: &Interview<'_>, end| match end {
            _ if self.json => report_as_json(interview),
            LineLoopEnd::Quit => summary_for_terminal(interview),
            // The results have been printed already.
            LineLoopEnd::NoMoreLines => String::new(),
        };
        let left = if self.json {
            // Standard output is for the report alone.
            line_loop::run(line_interview, input, &mut io::stderr().lock(), finish)
        } else {
            line_loop::run(line_interview, input, output, finish)
        };
        left.map_err(|failure| interview_failure(file, failure))
    }

    fn ask_on_screens(&self, file: &QuestionFile) -> Result<String, Failure> {
        let theme = self.color.theme();
        let autosave = self.autosave(file);
        let finish = |interview: &Interview<'_>| {
            if self.json { report_as_json(interview) } else { summary_for_terminal(interview) }
        };
        let left = if file.path.is_none() && self.since.is_none() {
            let cover = cover();
            event_loop::run(ScreenInterview {
                cover: cover.as_ref(),
                load: || file.parse().map(|questionnaire| self.asking(questionnaire)).map(with_offer),
                autosave,
                finish,
                theme,
                may_copy: !self.no_copy,
                edits: None,
            })
        } else {
            // Problems in a file are printed without a screen flashing up first.
            let questionnaire = self.asking(file.questionnaire()?);
            let report = self.report(&questionnaire)?;
            let load = || {
                Ok(match report {
                    Some(report) => (questionnaire, Start::From(report)),
                    None => with_offer(questionnaire),
                })
            };
            let may_copy = !self.no_copy;
            event_loop::run(ScreenInterview { cover: None, load, autosave, finish, theme, may_copy, edits: None })
        };
        left.map_err(|failure| interview_failure(file, failure))
    }

    /// The questionnaire, with as many questions to ask as was wished.
    fn asking(&self, questionnaire: Questionnaire) -> Questionnaire {
        if self.all { Questionnaire { enough: 0.0, ..questionnaire } } else { questionnaire }
    }

    /// The report that `--since` names.
    fn report(&self, questionnaire: &Questionnaire) -> Result<Option<EarlierReport>, Failure> {
        let Some(path) = &self.since else { return Ok(None) };
        if is_standard(path) {
            return Err(Failure::Usage(
                "the interview reads answers from standard input: give `--since` a path\n".into(),
            ));
        }
        let bytes = read_up_to(path, MAX_BYTES).map_err(|error| Failure::Unreadable(path.clone(), error))?;
        let report = read_earlier_report(&bytes, questionnaire, clock::today());
        report.map(Some).map_err(|problem| Failure::Problems(format!("{}: {problem}\n", text::path(path))))
    }

    /// What keeps the answers to a question file.
    fn autosave(&self, file: &QuestionFile) -> Autosave {
        if self.no_draft {
            return Autosave::off(Keeping::Nothing);
        }
        let Some(folder) = draft_folder() else { return Autosave::off(Keeping::Nowhere) };
        let draft = file.path.as_ref().map_or_else(|| folder.for_built_in(), |path| folder.for_question_file(path));
        Autosave::new(draft, file.fingerprint())
    }
}

/// Offers a report that lies in the current folder.
fn offered(questionnaire: &Questionnaire) -> Start {
    report_files::newest(questionnaire).map_or(Start::Afresh, Start::Offered)
}

fn with_offer(questionnaire: Questionnaire) -> (Questionnaire, Start) {
    let start = offered(&questionnaire);
    (questionnaire, start)
}

/// The result in a few lines, which stay on the terminal.
pub(super) fn summary_for_terminal(interview: &Interview<'_>) -> String {
    StandardStreams::find().wrap_lines(&summary::summary(interview))
}

/// The report, for other programs.
fn report_as_json(interview: &Interview<'_>) -> String {
    // An answer is text, a number or a list of texts, which can always be written.
    Report::new(interview, clock::today()).and_then(|report| report.write(Format::Json)).unwrap_or_default()
}

pub(super) fn interview_failure(file: &QuestionFile, failure: InterviewFailure) -> Failure {
    match failure {
        InterviewFailure::NoTerminal(error) => Failure::NoTerminal(error),
        InterviewFailure::Io(error) => Failure::Io(error),
        InterviewFailure::Interrupted => Failure::Interrupted,
        InterviewFailure::Questions(problems) => file.problems_as_failure(&problems),
        InterviewFailure::Undeleted(error) => {
            Failure::Undeleted(format!("your answers: {}\n", io_error_in_words(&error)))
        }
    }
}
