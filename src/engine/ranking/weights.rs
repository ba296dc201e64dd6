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

/// The findings that have weight, each with its share: in a group, findings of the same sign overlap.
pub(super) fn weights(findings: &[Finding], evaluation: &Evaluation<'_>) -> Vec<Weight> {
    let mut weights: Vec<Weight> = findings
        .iter()
        .enumerate()
        .filter_map(|(at, finding)| {
            let lr = match evaluation.truth(&finding.when) {
                Truth::Yes => finding.lr,
                Truth::No => finding.lr_no?,
                Truth::Open => return None,
            };
            Some(Weight { finding: at, weight: lr.ln(), share: 1.0, grade: finding.grade })
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
    let cap = GROUP_CAP.ln();
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
    let mut capped = |limit: Limit, sum: f64, low: f64, high: f64| {
        let capped = sum.clamp(low, high);
        if capped.total_cmp(&sum).is_ne() {
            caps.push(Cap { limit, weight: capped - sum });
        }
        capped
    };
    let sum: f64 = sums.iter().map(|(group, sum)| group.map_or(*sum, |_| capped(Limit::Group, *sum, -cap, cap))).sum();
    let sum = capped(Limit::All, sum, -LOWER_CAP.ln(), RAISE_CAP.ln());
    (sum, caps)
}

fn group_of<'f>(findings: &'f [Finding], weight: &Weight) -> Option<&'f str> {
    findings.get(weight.finding)?.group.as_deref()
}
