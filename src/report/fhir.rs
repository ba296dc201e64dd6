//! FHIR R4: the answers of an interview and what follows from them, as a `Bundle` of a `QuestionnaireResponse` and a
//! `RiskAssessment`; and answers read back from such a response, whoever wrote it.
//!
//! [`crate::authoring::fhir`] writes the `Questionnaire` that the response belongs to. Both take the names of items and
//! codes from `names`, and `docs/fhir.md` describes them.

pub(crate) mod names;
mod response;
mod risk;
mod read;

use serde_json::json;

use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::Outcome;
use crate::interview::draft::fnv1a;
use crate::interview::{InView, Interview};
use crate::report::{Date, Report, answers_that_count};

pub(super) use read::read;

/// An interview, which need not be finished, as a `Bundle`. Its last character is a line break.
///
/// # Errors
///
/// When an answer cannot be written as JSON.
pub fn bundle(interview: &Interview<'_>, date: Date) -> serde_json::Result<String> {
    let report = Report::new(interview, date)?;
    let answers = answers_that_count(interview);
    let evaluation = Evaluation::new(interview.questionnaire(), &answers);
    let outcome = Outcome::new(&evaluation);
    let is_complete = interview.next() == InView::End;
    let response = response::response(&evaluation, is_complete, date);
    let response_url = uuid(&response.to_string());
    let risk =
        risk::risk_assessment(&report, &outcome, &evaluation, &risk::Context { is_complete, response: &response_url });
    let bundle = json!({
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"fullUrl": response_url, "resource": response},
            {"fullUrl": uuid(&risk.to_string()), "resource": risk},
        ],
    });
    Ok(format!("{bundle:#}\n"))
}

/// A URI for a resource, made from what is in it: the core has neither a clock nor chance.
fn uuid(resource: &str) -> String {
    let (first, second) = (fnv1a(resource.as_bytes()), fnv1a(format!("twinge {resource}").as_bytes()));
    let (a, b, c) = (first >> 32, (first >> 16) & 0xffff, first & 0xfff);
    // Version 8 is for those made in a way of one's own.
    format!("urn:uuid:{a:08x}-{b:04x}-8{c:03x}-{:04x}-{:012x}", 0x8000 | (second >> 50), second & 0xffff_ffff_ffff)
}
