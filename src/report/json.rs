//! The report as JSON, on one line: what is on the page, what `score` writes, and the answers.

use serde::Serialize;

use super::{Date, Edition, Report};
use crate::record::Record;
use crate::score::Scored;

/// The number of the format that is written.
pub(super) const FORMAT: u64 = 1;

#[derive(Serialize)]
struct Written<'a, 'q> {
    format: u64,
    twinge: &'a str,
    questionnaire: Edition<'q>,
    date: Date,
    report: &'a Report<'q>,
    result: &'a Scored<'q>,
    answers: &'a Record,
}

pub(super) fn write(report: &Report<'_>) -> serde_json::Result<String> {
    let written = Written {
        format: FORMAT,
        twinge: report.program,
        questionnaire: report.questionnaire,
        date: report.date,
        report,
        result: &report.result,
        answers: &report.answers,
    };
    Ok(serde_json::to_string(&written)? + "\n")
}
