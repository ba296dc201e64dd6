//! What follows from the answers as a `RiskAssessment`: alarms and possible causes as predictions, and what to do.

use serde_json::{Value, json};

use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::Outcome;
use crate::engine::ranking::Ranked;
use crate::questionnaire::{Cause, Questionnaire};
use crate::report::causes::{CauseNote, CauseReason};
use crate::report::fhir::names::put;
use crate::report::{AlarmNote, Report};

/// The extension of a prediction with the range around its probability.
const LIKELY_RANGE: &str = "urn:twinge:likely-range";

/// The code systems that a question file can name.
const CODE_SYSTEMS: [(&str, &str); 4] = [
    ("icd10cm", "http://hl7.org/fhir/sid/icd-10-cm"),
    ("icd10", "http://hl7.org/fhir/sid/icd-10"),
    ("icd11", "http://id.who.int/icd/release/11/mms"),
    ("snomed", "http://snomed.info/sct"),
];

/// What a `RiskAssessment` says besides the report.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    /// Whether nothing is left to ask.
    pub(super) is_complete: bool,
    /// The URI of the response that it is based on.
    pub(super) response: &'a str,
}

pub(super) fn risk_assessment(
    report: &Report<'_>,
    outcome: &Outcome,
    evaluation: &Evaluation<'_>,
    context: &Context<'_>,
) -> Value {
    let questionnaire = evaluation.questionnaire();
    let raised = report.alarms.iter().map(|note| alarm(note, questionnaire, Raised::Yes));
    let unsure = report.unsure_alarms.iter().map(|note| alarm(note, questionnaire, Raised::Unsure));
    let causes = report.causes.iter().filter_map(|note| {
        let mut causes = outcome.ranking.ranked().map(|ranked| (ranked, &questionnaire.causes[ranked.cause]));
        let (ranked, cause) = causes.find(|(_, cause)| cause.id == note.id)?;
        Some(prediction(note, ranked, cause))
    });
    let predictions: Vec<Value> = raised.chain(unsure).chain(causes).collect();
    let version = report.questionnaire.version.map(|version| format!(" {version}")).unwrap_or_default();
    let mut risk = json!({
        "resourceType": "RiskAssessment",
        "status": if context.is_complete { "final" } else { "preliminary" },
        "method": {"text": format!(
            "twinge {}, from the answers to \u{201c}{}\u{201d}{version} alone. It is no diagnosis.",
            report.program, report.questionnaire.title
        )},
        "subject": {"display": "The person who answered"},
        "occurrenceDateTime": report.date.to_string(),
        "basis": [{"reference": context.response, "type": "QuestionnaireResponse"}],
    });
    put(&mut risk, "prediction", predictions);
    put(&mut risk, "mitigation", mitigation(report));
    put(&mut risk, "note", notes(report));
    put(&mut risk, "language", questionnaire.language.as_deref());
    risk
}

/// Whether an alarm is raised, or the person is not sure about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Raised {
    Yes,
    Unsure,
}

fn alarm(note: &AlarmNote<'_>, questionnaire: &Questionnaire, raised: Raised) -> Value {
    let alarm = questionnaire.alarms.values().find(|alarm| alarm.id == note.id);
    let level = alarm.and_then(|alarm| if raised == Raised::Yes { Some(alarm.urgency) } else { alarm.unsure });
    let said = if raised == Raised::Yes { "Answered" } else { "Not sure" };
    let mut prediction = json!({
        "outcome": {"text": note.title.unwrap_or(note.id)},
        "rationale": format!("{said}: {}", note.said),
    });
    let level = level.map(|level| json!({"text": questionnaire.urgencies[level].say}));
    put(&mut prediction, "qualitativeRisk", level);
    prediction
}

fn prediction(note: &CauseNote<'_>, ranked: &Ranked, cause: &Cause) -> Value {
    let mut outcome = json!({"text": match note.term {
        Some(term) => format!("{} ({term})", note.name),
        None => note.name.to_owned(),
    }});
    let codings = cause.codes.iter().flat_map(|(name, codes)| {
        let system = CODE_SYSTEMS.iter().find(|(known, _)| known == name).map(|(_, system)| system);
        codes.iter().filter_map(move |code| Some(json!({"system": system?, "code": code})))
    });
    put(&mut outcome, "coding", codings.collect::<Value>());
    let percent = |probability: f64| json!((probability * 10_000.0).round() / 100.0);
    let quantity = |probability: f64| json!({"value": percent(probability), "unit": "%", "system": "http://unitsofmeasure.org", "code": "%"});
    let mut prediction = json!({
        "outcome": outcome,
        // FHIR wants a percentage.
        "probabilityDecimal": percent(ranked.probability),
        "qualitativeRisk": {"text": note.likelihood},
        "extension": [
            {"url": LIKELY_RANGE, "valueRange": {"low": quantity(ranked.low), "high": quantity(ranked.high)}},
        ],
    });
    let side = |name: &str, reasons: &[CauseReason]| {
        let said: Vec<&str> = reasons.iter().map(|reason| reason.said.as_str()).collect();
        (!said.is_empty()).then(|| format!("{name}: {}.", said.join("; ")))
    };
    let reasons = [side("For", &note.speaks_for), side("Against", &note.speaks_against)];
    let reasons: Vec<String> = reasons.into_iter().flatten().collect();
    put(&mut prediction, "rationale", (!reasons.is_empty()).then(|| reasons.join(" ")));
    prediction
}

/// What to do: about the alarms, how soon to get help, and about the first cause.
fn mitigation(report: &Report<'_>) -> Option<String> {
    let mut all: Vec<&str> = report.alarms.iter().chain(&report.unsure_alarms).map(|alarm| alarm.say).collect();
    all.extend(report.urgency.as_ref().map(|level| level.say));
    if let Some(advice) = &report.advice {
        all.extend(advice.now.iter().chain(&advice.see).chain(&advice.avoid));
    }
    (!all.is_empty()).then(|| all.join("\n\n"))
}

fn notes(report: &Report<'_>) -> Vec<Value> {
    let open = &report.open_danger_questions;
    let open = (!open.is_empty()).then(|| format!("Danger signs without a clear answer: {}", open.join(" ")));
    let texts = open.iter().map(String::as_str).chain(report.safety).chain(report.notice);
    texts.map(|text| json!({"text": text})).collect()
}
