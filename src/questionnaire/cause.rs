//! Causes: how probable each is to begin with, what speaks for and against it, and what to do about it.
//!
//! [`crate::engine::ranking`] has the arithmetic.

use la_arena::Idx;
use serde::{Deserialize, Serialize};

use crate::questionnaire::compiled::indexes;
use crate::questionnaire::{Condition, Source, Topic, Urgency};

/// Something that may be contributing. Several causes can be true at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cause {
    /// Its id in the file, which no other cause and no family has.
    pub id: String,
    /// Its plain name.
    pub name: String,
    /// Its medical or technical name.
    pub term: Option<String>,
    /// Its codes: the names of coding systems, such as `icd10`, each with the codes there.
    pub codes: Vec<(String, Vec<String>)>,
    /// The family in whose line it is shown.
    #[serde(with = "indexes")]
    pub family: Option<Idx<Family>>,
    /// It can be ranked only while this is *yes*.
    pub when: Condition,
    /// How often it contributes when it is present: a probability above 0 and up to 1.
    pub attribution: f64,
    /// How soon to get help when it stands out in the ranking.
    #[serde(with = "indexes")]
    pub urgency: Option<Idx<Urgency>>,
    /// What it is.
    pub summary: Option<String>,
    /// The test that would confirm it or rule it out.
    pub test: Option<String>,
    /// Its base rates. The first row whose condition is *yes* is used; the last row has no condition.
    pub base: Vec<BaseRow>,
    /// Its background. The first row whose condition is *yes* is used, if there is one.
    pub adjust: Vec<AdjustRow>,
    /// What speaks for or against it.
    pub findings: Vec<Finding>,
    /// What explains it away: the more probable these are, the less probable the cause.
    pub unless: Vec<Topic>,
    /// What it can come from. They are shown together; the ranking does not use it.
    pub via: Vec<Topic>,
    /// What to do about it.
    pub advice: Vec<Advice>,
}

impl Cause {
    /// The conditions that decide whether and how probably it contributes: its own, and those of its base rates, background
    /// and findings.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let rows = self.base.iter().map(|row| &row.when).chain(self.adjust.iter().map(|row| &row.when));
        rows.chain(self.findings.iter().map(|finding| &finding.when)).chain([&self.when])
    }
}

/// A base rate: the probability that a cause contributes, before any finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BaseRow {
    /// The probability, above 0 and below the attribution of the cause.
    pub p: f64,
    /// The natural logarithm of the odds that the cause is present: with its probability, `p` divided by the attribution.
    pub log_odds: f64,
    /// Whom it is for.
    pub when: Condition,
    /// How well it is known.
    pub grade: Option<Grade>,
    /// Where it comes from.
    #[serde(with = "indexes")]
    pub sources: Vec<Idx<Source>>,
}

/// What else is known about the person, such as their age, and makes a cause more or less probable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdjustRow {
    /// The factor on the odds of the cause, from a millionth to a million and not 1.
    pub odds: f64,
    /// The natural logarithm of `odds`.
    pub weight: f64,
    /// Whom it is for.
    pub when: Condition,
    /// How well it is known.
    pub grade: Option<Grade>,
    /// Where it comes from.
    #[serde(with = "indexes")]
    pub sources: Vec<Idx<Source>>,
}

/// A condition that speaks for or against a cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The likelihood ratio when the condition is *yes*, from a millionth to a million and not 1.
    pub lr: f64,
    /// The likelihood ratio when the condition is *no*, in the same range. `None` is a ratio of 1.
    pub lr_no: Option<f64>,
    /// The natural logarithm of `lr`.
    pub weight: f64,
    /// The natural logarithm of `lr_no`.
    pub weight_no: Option<f64>,
    /// The condition.
    pub when: Condition,
    /// The group of findings of its cause that overlap: their numbers are counted from 0, in the order in which they begin.
    pub group: Option<usize>,
    /// How well the ratios are known.
    pub grade: Grade,
    /// Where they come from.
    #[serde(with = "indexes")]
    pub sources: Vec<Idx<Source>>,
}

/// How well a figure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grade {
    /// Published, and used as published.
    A,
    /// Calculated from published figures.
    B,
    /// Judgement.
    C,
}

/// Something to do about a cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Advice {
    /// When to do it.
    pub stage: Stage,
    /// What to do.
    pub say: String,
    /// Whom it is for.
    pub when: Condition,
    /// Whether it is given even while an alarm leads: it says nothing that an alarm could contradict.
    pub beside: bool,
    /// Where it comes from.
    #[serde(with = "indexes")]
    pub sources: Vec<Idx<Source>>,
}

impl Advice {
    /// Whether it is not given while an alarm leads.
    #[must_use]
    pub fn yields_to_alarms(&self) -> bool {
        self.stage != Stage::Avoid && !self.beside
    }
}

/// When advice is to be followed, in the order in which it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// Now.
    Now,
    /// In the next weeks.
    Next,
    /// Whom to see, and when.
    See,
    /// What not to do.
    Avoid,
}

/// Causes that are shown as one line of the ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// Its id in the file, which no cause and no other family has.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Why they belong together.
    pub say: Option<String>,
}
