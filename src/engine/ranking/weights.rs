//! The weights of findings: how much of each enters the sum, and the caps on groups and on all findings together.

use std::collections::BTreeMap;

use crate::engine::evaluation::Evaluation;
use crate::engine::ranking::{GROUP_CAP, LOWER_CAP, OVERLAP, RAISE_CAP};
use crate::questionnaire::{Finding, Grade, Truth};

/// A finding whose condition is *yes*, or *no* where it has `lr_no`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weight {
    /// Which of the cause's findings, from 0.
    pub finding: usize,
    /// The natural logarithm of its likelihood ratio.
    pub weight: f64,
    /// The share of that in the sum: 1, or [`OVERLAP`].
    pub share: f64,
    /// How well the ratio is known.
    pub grade: Grade,
}

/// A limit that took effect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cap {
    /// What it limits.
    pub limit: Limit,
    /// What it adds to the sum of the weights, as a natural logarithm.
    pub weight: f64,
}

/// The sum that a limit applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The findings of one group.
    Group,
    /// All findings together.
    All,
}

impl Weight {
    /// The factor on the odds, after its share.
    #[must_use]
    pub fn factor(&self) -> f64 {
        (self.weight * self.share).exp()
    }
}

/// What a finding adds to the log odds of its cause while its condition has this truth value; `None` if it has no
/// weight then.
pub(in crate::engine) fn weight_while(truth: Truth, finding: &Finding) -> Option<f64> {
    let lr = match truth {
        Truth::Yes => finding.lr,
        Truth::No => finding.lr_no?,
        Truth::Open => return None,
    };
    Some(lr.ln())
}

/// The findings that have weight, each with its share: in a group, findings of the same sign overlap.
pub(super) fn weights(findings: &[Finding], evaluation: &Evaluation<'_>) -> Vec<Weight> {
    let mut weights: Vec<Weight> = findings
        .iter()
        .enumerate()
        .filter_map(|(at, finding)| {
            let weight = weight_while(evaluation.truth(&finding.when), finding)?;
            Some(Weight { finding: at, weight, share: 1.0, grade: finding.grade })
        })
        .collect();
    let mut strongest: BTreeMap<(&str, bool), Weight> = BTreeMap::new();
    for weight in &weights {
        let Some(group) = group_of(findings, weight) else { continue };
        let first = strongest.entry((group, weight.weight > 0.0)).or_insert(*weight);
        if weight.weight.abs() > first.weight.abs() {
            *first = *weight;
        }
    }
    for weight in &mut weights {
        let Some(group) = group_of(findings, weight) else { continue };
        if strongest.get(&(group, weight.weight > 0.0)).is_some_and(|first| first.finding != weight.finding) {
            weight.share = OVERLAP;
        }
    }
    weights
}

/// The sum of the weights times their shares, each group and the whole within its caps; and the caps that took effect.
pub(super) fn capped_sum(findings: &[Finding], weights: &[Weight]) -> (f64, Vec<Cap>) {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sums: Vec<(Option<&str>, f64)> = Vec::new();
    for weight in weights {
        let counted = weight.weight * weight.share;
        let group = group_of(findings, weight);
        let place = group.map_or(sums.len(), |group| *places.entry(group).or_insert(sums.len()));
        match sums.get_mut(place) {
            Some((_, sum)) => *sum += counted,
            None => sums.push((group, counted)),
        }
    }
    let mut caps = Vec::new();
    let mut capped = |limit: Limit, sum: f64, limited: f64| {
        if limited.total_cmp(&sum).is_ne() {
            caps.push(Cap { limit, weight: limited - sum });
        }
        limited
    };
    let sum: f64 = sums
        .iter()
        .map(|(group, sum)| group.map_or(*sum, |_| capped(Limit::Group, *sum, within_group_cap(*sum))))
        .sum();
    let sum = capped(Limit::All, sum, within_cap_on_all(sum));
    (sum, caps)
}

/// The sum of the weights of one group, limited to what one group can do.
pub(in crate::engine) fn within_group_cap(sum: f64) -> f64 {
    sum.clamp(-GROUP_CAP.ln(), GROUP_CAP.ln())
}

/// The sum of all weights, limited to what all findings together can do.
pub(in crate::engine) fn within_cap_on_all(sum: f64) -> f64 {
    sum.clamp(-LOWER_CAP.ln(), RAISE_CAP.ln())
}

fn group_of<'f>(findings: &'f [Finding], weight: &Weight) -> Option<&'f str> {
    findings.get(weight.finding)?.group.as_deref()
}
