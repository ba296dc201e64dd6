//! What `twinge check` finds and proves, as JSON. The names of the fields are its keys.

use la_arena::Idx;
use serde::Serialize;

use crate::authoring::cases::from_proofs;
use crate::authoring::check::{Checked, Proofs};
use crate::authoring::proof::{Goal, Verdict, WhyNotAsked};
use crate::cli::question_file::QuestionFile;
use crate::diagnostic::{Diagnostic, LineIndex, MOST_KEPT, Position, Severity};
use crate::engine::answers_json::AnswersJson;
use crate::questionnaire::{Alarm, Cause, Questionnaire};

/// Everything that was found in a question file.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct CheckJson<'a> {
    file: &'a str,
    /// `None` when the file has errors.
    questionnaire: Option<QuestionnaireJson<'a>>,
    problems: Vec<ProblemJson<'a>>,
    errors: usize,
    warnings: usize,
    silenced: usize,
    /// `None` when the file has errors, or nothing was to be proven.
    proofs: Option<ProofsJson<'a>>,
}

#[derive(Debug, Serialize)]
struct ProofsJson<'a> {
    /// Whether nothing was left out.
    whole: bool,
    conditions_left_out: usize,
    pairs_left_out: usize,
    outcomes: Vec<ProvenGoal<'a>>,
}

#[derive(Debug, Serialize)]
struct ProvenGoal<'a> {
    said: String,
    #[serde(flatten)]
    about: GoalJson<'a>,
    verdict: &'static str,
    /// The fewest answers that it takes.
    answers: Option<AnswersJson>,
}

#[derive(Debug, Serialize)]
struct QuestionnaireJson<'a> {
    title: &'a str,
    version: Option<&'a str>,
    questions: usize,
    causes: usize,
    alarms: usize,
}

#[derive(Debug, Serialize)]
struct ProblemJson<'a> {
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    notes: &'a [String],
    start: PositionJson,
    end: PositionJson,
    /// The author's reason, if the file silences the problem.
    silenced: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct PositionJson {
    line: usize,
    column: usize,
    byte: usize,
}

impl From<Position> for PositionJson {
    fn from(position: Position) -> PositionJson {
        PositionJson { line: position.line, column: position.column, byte: position.byte }
    }
}

impl<'a> CheckJson<'a> {
    pub(in crate::cli) fn new(file: &'a QuestionFile, checked: &'a Result<Checked, Vec<Diagnostic>>) -> CheckJson<'a> {
        let (open, silenced): (&[Diagnostic], &[(Diagnostic, String)]) = match checked {
            Ok(checked) => (&checked.warnings, &checked.silenced),
            Err(problems) => (problems, &[]),
        };
        let told = open.iter().map(|problem| (problem, None));
        let told = told.chain(silenced.iter().map(|(problem, reason)| (problem, Some(reason.as_str()))));
        let mut told: Vec<_> = told.collect();
        told.sort_by_key(|(problem, _)| (problem.span.start, problem.rule));
        // Nobody reads more; all are counted below.
        told.truncate(MOST_KEPT);
        let ends = told.iter().flat_map(|(problem, _)| [problem.span.start, problem.span.end]);
        let positions = LineIndex::new(&file.bytes).positions(&file.bytes, ends);
        let at =
            |byte| PositionJson::from(positions.get(&byte).copied().unwrap_or(Position { line: 1, column: 1, byte }));
        let problems = told.iter().map(|(problem, silenced)| ProblemJson {
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
        CheckJson {
            file: &file.name,
            questionnaire: checked.as_ref().ok().map(|checked| QuestionnaireJson {
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
                .and_then(|checked| Some(ProofsJson::new(&checked.questionnaire, checked.proofs.as_ref()?))),
        }
    }
}

impl<'a> ProofsJson<'a> {
    fn new(questionnaire: &'a Questionnaire, proofs: &Proofs) -> ProofsJson<'a> {
        let outcomes = proofs.outcomes.iter().map(|proof| {
            let (verdict, answers) = match &proof.verdict {
                Verdict::Reachable(answers) => ("comes", Some(answers)),
                Verdict::Unreachable => ("never", None),
                Verdict::Undecided => ("undecided", None),
            };
            ProvenGoal {
                said: from_proofs::describe_goal(questionnaire, proof.goal),
                about: GoalJson::new(questionnaire, proof.goal),
                verdict,
                answers: answers.and_then(|answers| AnswersJson::from_answers(questionnaire, answers).ok()),
            }
        });
        ProofsJson {
            whole: proofs.is_whole(),
            conditions_left_out: proofs.conditions_left_out,
            pairs_left_out: proofs.pairs_left_out,
            outcomes: outcomes.collect(),
        }
    }
}

/// What was to be proven, with the ids of the question file.
#[derive(Debug, Default, Serialize)]
struct GoalJson<'a> {
    /// The key that an example case has for it.
    what: &'static str,
    id: Option<&'a str>,
    /// The position of the advice in its cause, from 1.
    advice: Option<usize>,
    /// The cause that `id` is to come before, or the more urgent alarm that is to be raised with it.
    other: Option<&'a str>,
    /// Whether *not sure* is what keeps a question from being asked, and not another answer.
    unsure: bool,
}

impl<'a> GoalJson<'a> {
    fn new(questionnaire: &'a Questionnaire, subject: Goal) -> GoalJson<'a> {
        let cause = |cause: Idx<Cause>| Some(questionnaire.causes[cause].id.as_str());
        let about = |what, id| GoalJson { what, id, ..GoalJson::default() };
        match subject {
            Goal::First(first) => about("first", cause(first)),
            Goal::Raised(alarm) => about("raised", Some(&questionnaire.alarms[alarm].id)),
            Goal::Unsure(alarm) => about("unsure", Some(&questionnaire.alarms[alarm].id)),
            Goal::Worse(alarm, worse) => {
                let id = |alarm: Idx<Alarm>| Some(questionnaire.alarms[alarm].id.as_str());
                GoalJson { other: id(worse), ..about("raised", id(alarm)) }
            }
            Goal::Urgency(level) => about("urgency", Some(&questionnaire.urgencies[level].id)),
            Goal::Advised(of, at) => GoalJson { advice: Some(at + 1), ..about("advised", cause(of)) },
            Goal::NotAsked(question, held) => {
                let id = questionnaire.questions[question].id.as_str();
                GoalJson { unsure: held == WhyNotAsked::NotSure, ..about("not_asked", Some(id)) }
            }
            Goal::Above(ahead, behind) => GoalJson { other: cause(behind), ..about("above", cause(ahead)) },
            Goal::LongestInterview => about("questions", None),
        }
    }
}
