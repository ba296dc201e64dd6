//! Proofs as cases for `twinge test`, which replays the answers that were found.

use std::fmt::Write as _;

use la_arena::Idx;

use crate::authoring::proof::{Goal, Proof, Verdict, WhyNotAsked};
use crate::engine::answers::Answers;
use crate::engine::answers_json::AnswersJson;
use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::Outcome;
use crate::questionnaire::{Cause, Questionnaire};

/// A file with a case for every goal that can be reached. Where none can, there are no answers to replay.
#[must_use]
pub fn cases_file<'p>(questionnaire: &Questionnaire, proofs: impl IntoIterator<Item = &'p Proof>) -> String {
    let mut file = String::from("# What `twinge check` has proven, each from as few answers as it takes.\n");
    for proof in proofs {
        let Verdict::Reachable(answers) = &proof.verdict else { continue };
        let _ = write!(
            file,
            "\n[[case]]\nname    = \"{}\"\nanswers = {{{}}}\n{}\n",
            describe_goal(questionnaire, proof.goal),
            padded(&answers_as_toml(questionnaire, answers)),
            expectation(questionnaire, proof.goal, answers),
        );
    }
    file
}

/// Answers as an author writes them: `age = 54, place = "legs"`.
#[must_use]
pub fn answers_as_toml(questionnaire: &Questionnaire, answers: &Answers) -> String {
    // Ids and numbers are written alike in JSON and TOML, but *not sure* is not.
    let entry = |(id, value): (&str, &str)| match value {
        "null" => format!("{id} = \"not-sure\""),
        value => format!("{id} = {}", value.strip_suffix(".0").unwrap_or(value).replace(',', ", ")),
    };
    let record = AnswersJson::from_answers(questionnaire, answers).unwrap_or_default();
    record.entries().map(|(id, value)| entry((id, value.get()))).collect::<Vec<_>>().join(", ")
}

/// A goal in words and ids: "`pad` comes first".
#[must_use]
pub fn describe_goal(questionnaire: &Questionnaire, goal: Goal) -> String {
    let cause = |cause: Idx<Cause>| &questionnaire.causes[cause].id;
    match goal {
        Goal::First(first) => format!("`{}` comes first", cause(first)),
        Goal::Raised(alarm) if questionnaire.urgencies[questionnaire.alarms[alarm].urgency].leads => {
            format!("`{}` is raised and leads", questionnaire.alarms[alarm].id)
        }
        Goal::Raised(alarm) => format!("`{}` is raised", questionnaire.alarms[alarm].id),
        Goal::Worse(alarm, worse) => {
            let [alarm, worse] = [alarm, worse].map(|alarm| &questionnaire.alarms[alarm].id);
            format!("`{alarm}` gets worse as `{worse}`")
        }
        Goal::Unsure(alarm) => format!("`{}` is unsure", questionnaire.alarms[alarm].id),
        Goal::Urgency(level) => format!("the urgency is `{}`", questionnaire.urgencies[level].id),
        Goal::Advised(of, at) => format!("`{}` gives its advice {}", cause(of), at + 1),
        Goal::NotAsked(question, WhyNotAsked::RuledOut) => {
            format!("`{}` is not asked", questionnaire.questions[question].id)
        }
        Goal::NotAsked(question, WhyNotAsked::NotSure) => {
            format!("`{}` is not asked, for not being sure", questionnaire.questions[question].id)
        }
        Goal::Above(ahead, behind) => format!("`{}` stands above `{}`", cause(ahead), cause(behind)),
        Goal::LongestInterview => "the longest interview".into(),
    }
}

/// What a case for a goal expects, as a line of TOML.
fn expectation(questionnaire: &Questionnaire, goal: Goal, answers: &Answers) -> String {
    let cause = |cause: Idx<Cause>| &questionnaire.causes[cause].id;
    match goal {
        Goal::First(first) => format!("first   = \"{}\"", cause(first)),
        Goal::Raised(alarm) => format!("raised  = \"{}\"", questionnaire.alarms[alarm].id),
        Goal::Worse(alarm, worse) => {
            let [alarm, worse] = [alarm, worse].map(|alarm| &questionnaire.alarms[alarm].id);
            format!("raised  = [\"{alarm}\", \"{worse}\"]")
        }
        Goal::Unsure(_) => {
            let outcome = Outcome::new(&Evaluation::new(questionnaire, answers));
            let unsure = outcome.unsure_alarms.iter().map(|alarm| format!("\"{}\"", questionnaire.alarms[*alarm].id));
            format!("unsure  = [{}]", unsure.collect::<Vec<_>>().join(", "))
        }
        Goal::Urgency(level) => format!("urgency = \"{}\"", questionnaire.urgencies[level].id),
        Goal::Advised(of, at) => format!("advised = {{ {} = {} }}", cause(of), at + 1),
        Goal::NotAsked(question, _) => format!("not_asked = \"{}\"", questionnaire.questions[question].id),
        Goal::Above(ahead, behind) => format!("above   = {{ {} = \"{}\" }}", cause(ahead), cause(behind)),
        Goal::LongestInterview => {
            let asked = Evaluation::new(questionnaire, answers).shown_questions().count();
            format!("questions = {asked}")
        }
    }
}

fn padded(entries: &str) -> String {
    if entries.is_empty() { String::new() } else { format!(" {entries} ") }
}
