//! The tables of causes: their figures, findings and advice.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::json;

use super::condition::Condition;
use super::words::{Allow, BaseRate, Code, Grade, Id, Names, Ratio, Share, Stage, Text, Unless};

/// Something that may contribute.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Cause {
    /// What other tables call it. Causes and families share one set of ids.
    id: Id,
    /// What the person reads.
    name: Text,
    /// What doctors call it.
    term: Option<Text>,
    /// Its codes: `{ icd10cm = ["M48.062"] }`.
    codes: Option<Codes>,
    /// The family that it is shown with.
    family: Option<Id>,
    /// While this does not hold, the cause is not in the ranking.
    when: Option<Condition>,
    /// How often it contributes when it is present; 1 when left out.
    attribution: Option<Share>,
    /// Who to see when this ranks high: a level of urgency.
    urgency: Option<Id>,
    /// What it is.
    summary: Option<Text>,
    /// What would settle it.
    test: Option<Text>,
    /// How probable it is before any finding: the first row that holds. The last row has no `when`.
    #[schemars(length(min = 1), transform = one_always_holds)]
    base: Vec<BaseRow>,
    /// Background: the first row that holds multiplies the odds.
    adjust: Option<Vec<AdjustRow>>,
    /// What speaks for or against it.
    findings: Option<Vec<Finding>>,
    /// Causes and families that explain this one away.
    unless: Option<Unless>,
    /// Causes or families that it can come from: told as one story.
    via: Option<Names>,
    /// What to do about it.
    advice: Option<Vec<Advice>>,
    allow: Option<Allow>,
}

/// Codes of a cause, by system.
pub(crate) struct Codes;

impl JsonSchema for Codes {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Codes".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<Code>();
        json_schema!({
            "type": "object",
            "propertyNames": text,
            "additionalProperties": {"type": "array", "items": text, "minItems": 1, "uniqueItems": true},
            "minProperties": 1,
        })
    }
}

/// A base rate, and for whom.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct BaseRow {
    /// The probability that the cause contributes; below its `attribution`.
    p: BaseRate,
    /// For whom.
    when: Option<Condition>,
    /// How sure the figure is: A published, B calculated, C judgement.
    grade: Option<Grade>,
    /// Where it comes from: one source or several.
    source: Option<Names>,
    allow: Option<Allow>,
}

/// A factor on the odds for some people.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct AdjustRow {
    /// The factor.
    odds: Ratio,
    /// For whom.
    when: Option<Condition>,
    /// How sure the figure is: A published, B calculated, C judgement.
    grade: Option<Grade>,
    /// Where it comes from: one source or several.
    source: Option<Names>,
    allow: Option<Allow>,
}

/// What speaks for or against a cause.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Finding {
    /// What multiplies the odds when the condition is *yes*.
    lr: Ratio,
    /// What multiplies the odds when the condition is *no*.
    lr_no: Option<Ratio>,
    /// What was found.
    when: Condition,
    /// Findings of one group overlap, and count less.
    group: Option<Text>,
    /// How sure the figure is: A published, B calculated, C judgement.
    grade: Grade,
    /// Where it comes from: one source or several.
    source: Option<Names>,
    allow: Option<Allow>,
}

/// What to do about a cause.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Advice {
    /// `now`, `next`, `see` (whom), or what to `avoid`.
    stage: Stage,
    /// What to do.
    say: Text,
    /// For whom.
    when: Option<Condition>,
    /// Whether it is given even beside a leading alarm: it says nothing that an alarm could contradict.
    beside: Option<bool>,
    /// Where it comes from: one source or several.
    source: Option<Names>,
    allow: Option<Allow>,
}

/// Causes that are shown as one line.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Family {
    /// What the person reads.
    name: Text,
    /// Why they are one story.
    say: Option<Text>,
    allow: Option<Allow>,
}

/// Where a figure comes from.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Source {
    /// Authors, journal, year, pages.
    cite: Text,
    /// The DOI, without `https://doi.org/`.
    doi: Option<Text>,
    allow: Option<Allow>,
}

/// Asks for a row without `when`. A schema cannot say that it is the last one, nor, to editors that do not know
/// `maxContains`, that it is the only one.
fn one_always_holds(schema: &mut Schema) {
    schema.insert("contains".to_owned(), json!({"not": {"required": ["when"]}}));
}
