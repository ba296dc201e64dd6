//! `twinge check`: every problem in a question file, drawn for people or written for tools.

use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::progress::Progress;
use super::{Failure, QuestionFile, proofs};
use crate::check::{Checked, Proofs, Proving, check, check_and_prove};
use crate::diagnostic::{self, Diagnostic, Position, Severity, positions, visible};
use crate::proof::Verdict;
use crate::questionnaire::Questionnaire;
use crate::record::Record;
use crate::replay;
use crate::wording;

/// How problems are told.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// How to write what is found
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Written::Text)]
    format: Written,
    /// Let warnings decide the exit status, too
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
enum Written {
    /// With the lines they stand on
    Text,
    /// One object, for other programs
    Json,
    /// What was proven, as cases that `twinge test` replays
    Cases,
}

impl CheckArgs {
    /// Writes every problem of a question file.
    pub(super) fn run(&self, file: &QuestionFile, output: &mut impl Write) -> Result<(), Failure> {
        if self.no_proofs && self.format == Written::Cases {
            let said = "`--format cases` writes what is proven: leave out `--no-proofs`\n";
            return Err(Failure::Usage(said.into()));
        }
        let checked = self.check(&file.bytes);
        match self.format {
            Written::Text => output.write_all(self.as_text(file, &checked).as_bytes())?,
            Written::Cases => output.write_all(as_cases(file, &checked)?.as_bytes())?,
            Written::Json => {
                serde_json::to_writer(&mut *output, &Outcome::of(file, &checked)).map_err(std::io::Error::from)?;
                writeln!(output)?;
            }
        }
        let has_failed = checked.as_ref().map_or(true, |checked| self.strict && !checked.warnings.is_empty());
        if has_failed {
            output.flush()?;
            return Err(Failure::Problems(String::new()));
        }
        Ok(())
    }
}

impl CheckArgs {
    fn check(&self, bytes: &[u8]) -> Result<Checked, Vec<Diagnostic>> {
        if self.no_proofs {
            return check(bytes);
        }
        // A time beyond the end of the clock never comes.
        let deadline = Instant::now().checked_add(Duration::from_secs(self.time));
        let stop = Arc::new(move || deadline.is_some_and(|deadline| Instant::now() >= deadline));
        let mut shown = Progress::on_stderr();
        let checked = check_and_prove(bytes, Proving { stop, on: &mut |known, of| shown.tell(known, of) });
        shown.end();
        checked
    }

    fn as_text(&self, file: &QuestionFile, checked: &Result<Checked, Vec<Diagnostic>>) -> String {
        let mut text = problems_as_text(file, checked);
        if let Ok(Checked { questionnaire, proofs: Some(proofs), .. }) = checked {
            text.push('\n');
            text.push_str(&proofs::summary(questionnaire, proofs));
            if self.proofs {
                text.push('\n');
                text.push_str(&proofs::listing(questionnaire, proofs));
            }
        }
        text
    }
}

/// The cases that replay what was proven.
fn as_cases(file: &QuestionFile, checked: &Result<Checked, Vec<Diagnostic>>) -> Result<String, Failure> {
    match checked {
        Err(problems) => Err(Failure::Problems(diagnostic::render(file.source(), problems))),
        Ok(checked) => {
            let proofs = checked.proofs.iter().flat_map(|proofs| &proofs.outcomes);
            Ok(replay::cases(&checked.questionnaire, proofs))
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

/// All that is found in a question file, as JSON.
#[derive(Debug, Serialize)]
struct Outcome<'a> {
    file: &'a str,
    /// What a file that can be used holds.
    questionnaire: Option<Summary<'a>>,
    problems: Vec<Problem<'a>>,
    errors: usize,
    warnings: usize,
    silenced: usize,
    /// What was proven, unless nothing was to be.
    proofs: Option<Proven>,
}

#[derive(Debug, Serialize)]
struct Proven {
    /// Whether nothing was left out for want of time.
    whole: bool,
    conditions_left_out: usize,
    outcomes: Vec<ProvenOutcome>,
}

#[derive(Debug, Serialize)]
struct ProvenOutcome {
    said: String,
    verdict: &'static str,
    /// The fewest from which it comes.
    answers: Option<Record>,
}

#[derive(Debug, Serialize)]
struct Summary<'a> {
    title: &'a str,
    version: Option<&'a str>,
    questions: usize,
    causes: usize,
    alarms: usize,
}

#[derive(Debug, Serialize)]
struct Problem<'a> {
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    notes: &'a [String],
    start: At,
    end: At,
    /// The author's reason, if the file allows it.
    silenced: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct At {
    line: usize,
    column: usize,
    byte: usize,
}

impl From<Position> for At {
    fn from(position: Position) -> At {
        At { line: position.line, column: position.column, byte: position.byte }
    }
}

impl<'a> Outcome<'a> {
    fn of(file: &'a QuestionFile, checked: &'a Result<Checked, Vec<Diagnostic>>) -> Outcome<'a> {
        let (open, silenced): (&[Diagnostic], &[(Diagnostic, String)]) = match checked {
            Ok(checked) => (&checked.warnings, &checked.silenced),
            Err(problems) => (problems, &[]),
        };
        let told = open.iter().map(|problem| (problem, None));
        let told = told.chain(silenced.iter().map(|(problem, reason)| (problem, Some(reason.as_str()))));
        let mut told: Vec<_> = told.collect();
        told.sort_by_key(|(problem, _)| (problem.span.start, problem.rule));
        let ends = told.iter().flat_map(|(problem, _)| [problem.span.start, problem.span.end]);
        let positions = positions(&file.bytes, ends);
        let at = |byte| At::from(positions.get(&byte).copied().unwrap_or(Position { line: 1, column: 1, byte }));
        let problems = told.iter().map(|(problem, silenced)| Problem {
            rule: problem.rule.name(),
            severity: problem.rule.severity().name(),
            message: &problem.message,
            help: problem.help.as_deref(),
            notes: &problem.notes,
            start: at(problem.span.start),
            end: at(problem.span.end),
            silenced: *silenced,
        });
        let errors = open.iter().filter(|problem| problem.rule.severity() == Severity::Error).count();
        Outcome {
            file: &file.name,
            questionnaire: checked.as_ref().ok().map(|checked| Summary {
                title: &checked.questionnaire.title,
                version: checked.questionnaire.version.as_deref(),
                questions: checked.questionnaire.questions.len(),
                causes: checked.questionnaire.causes.len(),
                alarms: checked.questionnaire.alarms.len(),
            }),
            problems: problems.collect(),
            errors,
            warnings: open.len() - errors,
            silenced: silenced.len(),
            proofs: checked
                .as_ref()
                .ok()
                .and_then(|checked| Some(Proven::of(&checked.questionnaire, checked.proofs.as_ref()?))),
        }
    }
}

impl Proven {
    fn of(questionnaire: &Questionnaire, proofs: &Proofs) -> Proven {
        let outcomes = proofs.outcomes.iter().map(|proof| {
            let (verdict, answers) = match &proof.verdict {
                Verdict::Comes(answers) => ("comes", Some(answers)),
                Verdict::Never => ("never", None),
                Verdict::Undecided => ("undecided", None),
            };
            ProvenOutcome {
                said: replay::said(questionnaire, proof.subject),
                verdict,
                answers: answers.and_then(|answers| Record::of(questionnaire, answers).ok()),
            }
        });
        Proven {
            whole: proofs.is_whole(),
            conditions_left_out: proofs.conditions_left_out,
            outcomes: outcomes.collect(),
        }
    }
}
