//! The report as JSON on one line: everything that it says, the line that `score` would write, and the answers.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::engine::answers_json::AnswersJson;
use crate::interview::draft::Offered;
use crate::report::score::Scored;
use crate::report::{QuestionnaireVersion, Report};

/// The version of this format.
pub(in crate::report) const FORMAT: u64 = 1;

#[derive(Serialize)]
struct ReportJson<'a, 'q> {
    format: u64,
    twinge: &'a str,
    questionnaire: QuestionnaireVersion<'q>,
    date: String,
    report: &'a Report<'q>,
    result: &'a Scored,
    answers: &'a AnswersJson,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    offered: &'a Offered,
}

pub(in crate::report) fn write(report: &Report<'_>) -> serde_json::Result<String> {
    let written = ReportJson {
        format: FORMAT,
        twinge: report.program,
        questionnaire: report.questionnaire,
        date: report.date.to_string(),
        report,
        result: &report.result,
        answers: &report.answers,
        offered: &report.offered,
    };
    Ok(serde_json::to_string(&written)? + "\n")
}
