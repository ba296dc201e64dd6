//! The first causes of the ranking, each with its likelihood and the strongest reasons for and against it.

use serde::Serialize;

use crate::engine::evaluation::Evaluation;
use crate::engine::explanation::FindingReasons;
use crate::engine::outcome::Outcome;
use crate::engine::ranking::{POSSIBLE, Ranked, Weight};
use crate::questionnaire::Questionnaire;
use crate::report::{Sources, phrase};
use crate::text::wording;

/// A report has at least this many causes, if the ranking does.
const FEWEST: usize = 3;
/// A report has at most this many causes.
const MOST: usize = 8;
/// At most this many reasons for a cause are given.
const FOR: usize = 3;
/// At most this many reasons against a cause are given.
const AGAINST: usize = 2;

/// A cause in the ranking. Where a family has a line of its own there, it is the most probable member.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CauseNote<'q> {
    /// Its place, from 1.
    pub place: usize,
    /// Its id.
    pub id: &'q str,
    /// Its name.
    pub name: &'q str,
    /// The name of the family.
    pub family: Option<&'q str>,
    /// The other members of that family in the ranking.
    pub also: Vec<&'q str>,
    /// Its technical term.
    pub term: Option<&'q str>,
    /// Its codes: "icd10: M48.062".
    pub codes: Vec<String>,
    /// How likely it is, in words.
    pub likelihood: &'static str,
    /// The same as a frequency: "about 3 in 10".
    #[serde(rename = "about")]
    pub frequency: String,
    /// The range that the probability may lie in, unless both ends are the same in words.
    #[serde(rename = "between")]
    pub frequency_range: Option<String>,
    /// The probability and its range, as they are drawn.
    #[serde(skip)]
    pub drawn: DrawnRange,
    /// How good the evidence behind the probability is.
    pub evidence: Option<&'static str>,
    /// Whether it is too close to the next one for their order to mean anything.
    pub too_close_to_next: bool,
    /// Whether it is rare, but much more likely than usual.
    pub worth_checking: bool,
    /// The reasons for it, the strongest first.
    pub speaks_for: Vec<CauseReason>,
    /// The reasons against it, the strongest first.
    pub speaks_against: Vec<CauseReason>,
    /// How many more reasons there are, for or against.
    pub further_reasons: usize,
    /// The test that would settle whether it is the cause; `None` while an alarm leads.
    pub test: Option<&'q str>,
    /// The sources of its base rate, as positions in [`crate::report::Report::sources`] from 1.
    pub sources: Vec<usize>,
}

/// A probability within its range, as it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DrawnRange {
    /// The lower end.
    pub low: f64,
    /// The probability.
    pub probability: f64,
    /// The upper end.
    pub high: f64,
}

/// A reason for or against a cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CauseReason {
    /// The answers that it comes from.
    pub said: String,
    /// Where its likelihood ratio comes from: "measured in studies".
    #[serde(rename = "known")]
    pub grade: &'static str,
    /// Its sources, as positions in [`crate::report::Report::sources`] from 1.
    pub sources: Vec<usize>,
}

/// The first causes: all that are at least possible, within [`FEWEST`] and [`MOST`].
pub(super) fn cause_notes<'q>(
    questionnaire: &'q Questionnaire,
    outcome: &Outcome,
    evaluation: &Evaluation<'_>,
    sources: &mut Sources,
) -> Vec<CauseNote<'q>> {
    let lines = outcome.lines(questionnaire);
    let firsts: Vec<(&Ranked, Vec<&'q str>, Option<&'q str>)> = lines
        .iter()
        .filter_map(|line| {
            let family = line.family().map(|family| questionnaire.families[family].name.as_str());
            let others = line.members.iter().skip(1);
            let also = others.map(|member| questionnaire.causes[member.cause].name.as_str()).collect();
            Some((line.highest()?, also, family))
        })
        .collect();
    let possible = firsts.iter().filter(|(first, ..)| first.probability >= POSSIBLE).count();
    let shown = possible.clamp(FEWEST, MOST);
    let nexts = firsts.iter().skip(1).map(|(next, ..)| Some(*next)).chain([None]);
    let mut notes = Vec::new();
    for ((ranked, also, family), next) in firsts.iter().zip(nexts).take(shown) {
        let cause = &questionnaire.causes[ranked.cause];
        let base = cause.base.get(ranked.base_row).map_or(&[][..], |row| &row.sources);
        let reasons = CauseReasons::new(questionnaire, ranked, evaluation);
        let speaks_for = reasons.strongest(|weight| weight > 0.0, FOR, sources);
        let speaks_against = reasons.strongest(|weight| weight < 0.0, AGAINST, sources);
        notes.push(CauseNote {
            place: notes.len() + 1,
            id: &cause.id,
            name: &cause.name,
            family: *family,
            also: also.clone(),
            term: cause.term.as_deref(),
            codes: cause.codes.iter().map(|(system, codes)| format!("{system}: {}", codes.join(", "))).collect(),
            likelihood: wording::likelihood(ranked.likelihood()),
            frequency: wording::frequency(ranked.probability),
            frequency_range: wording::frequency_range(ranked.low, ranked.high),
            drawn: DrawnRange {
                low: wording::shown_probability(ranked.low),
                probability: wording::shown_probability(ranked.probability),
                high: wording::shown_probability(ranked.high),
            },
            evidence: ranked.evidence().map(wording::evidence),
            too_close_to_next: next.is_some_and(|next| ranked.is_too_close_to(next)),
            worth_checking: ranked.is_worth_checking(),
            further_reasons: ranked.weights.len() - speaks_for.len() - speaks_against.len(),
            speaks_for,
            speaks_against,
            test: outcome.test(cause, questionnaire),
            sources: sources.numbers(base),
        });
    }
    notes
}

/// The findings that moved one cause.
struct CauseReasons<'a> {
    questionnaire: &'a Questionnaire,
    ranked: &'a Ranked,
    /// Each weight with the answers that it comes from, the strongest first.
    all: Vec<(Weight, Vec<String>)>,
}

impl<'a> CauseReasons<'a> {
    fn new(questionnaire: &'a Questionnaire, ranked: &'a Ranked, evaluation: &Evaluation<'_>) -> CauseReasons<'a> {
        let cause = &questionnaire.causes[ranked.cause];
        let reasons = FindingReasons::new(cause, evaluation);
        let said = |weight: &Weight| {
            let reasons = reasons.of(cause.findings.get(weight.finding)?);
            Some((*weight, phrase::phrases(&reasons, evaluation)))
        };
        let mut all: Vec<_> = ranked.weights.iter().filter_map(said).collect();
        let strength = |weight: &Weight| (weight.weight * weight.share).abs();
        all.sort_by(|(a, _), (b, _)| strength(b).total_cmp(&strength(a)));
        CauseReasons { questionnaire, ranked, all }
    }

    /// The strongest reasons on one side.
    fn strongest(&self, is_meant: impl Fn(f64) -> bool, most: usize, sources: &mut Sources) -> Vec<CauseReason> {
        let findings = &self.questionnaire.causes[self.ranked.cause].findings;
        let of_side = self.all.iter().filter(|(weight, _)| is_meant(weight.weight)).take(most);
        of_side
            .map(|(weight, phrases)| CauseReason {
                said: phrases.join(", "),
                grade: wording::grade(weight.grade),
                sources: findings
                    .get(weight.finding)
                    .map_or_else(Vec::new, |finding| sources.numbers(&finding.sources)),
            })
            .collect()
    }
}
