//! The weights of findings: how much of each enters the sum, and the caps on groups and on all findings together.

use pxfm::{f_exp, f_log};

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
        f_exp(self.weight * self.share)
    }
}

/// What a finding adds to the log odds of its cause while its condition has this truth value; `None` if it has no
/// weight then.
pub(in crate::engine) fn weight_while(truth: Truth, finding: &Finding) -> Option<f64> {
    match truth {
        Truth::Yes => Some(finding.weight),
        Truth::No => finding.weight_no,
        Truth::Open => None,
    }
}

/// The weights of the findings of one group.
#[derive(Debug, Clone, Copy, Default)]
struct GroupOfWeights {
    /// The strongest that lowers and the strongest that raises, as a finding and its weight; of equals, the first.
    strongest: [Option<(usize, f64)>; 2],
    /// The sum of their weights times their shares.
    sum: f64,
    is_counted: bool,
}

impl GroupOfWeights {
    fn strongest(&mut self, weight: &Weight) -> &mut Option<(usize, f64)> {
        let [lowers, raises] = &mut self.strongest;
        if weight.weight > 0.0 { raises } else { lowers }
    }
}

/// The findings that have weight, each with its share: in a group, findings of the same sign overlap. With the sum of the
/// weights times their shares, each group and the whole within its caps; and the caps that took effect.
pub(super) fn weights(findings: &[Finding], evaluation: &Evaluation<'_>) -> (Vec<Weight>, f64, Vec<Cap>) {
    let mut weights: Vec<Weight> = Vec::with_capacity(findings.len());
    let mut groups = vec![
        GroupOfWeights::default();
        findings.iter().filter_map(|finding| finding.group).max().map_or(0, |last| last + 1)
    ];
    for (at, finding) in findings.iter().enumerate() {
        let Some(weight) = weight_while(evaluation.truth(&finding.when), finding) else { continue };
        let weight = Weight { finding: at, weight, share: 1.0, grade: finding.grade };
        weights.push(weight);
        let Some(group) = finding.group else { continue };
        let Some(group) = groups.get_mut(group) else { continue };
        let first = group.strongest(&weight);
        if first.is_none_or(|(_, strongest)| weight.weight.abs() > strongest.abs()) {
            *first = Some((at, weight.weight));
        }
    }
    for weight in &mut weights {
        let Some(group) = group_of(findings, weight, &mut groups) else { continue };
        if group.strongest(weight).is_some_and(|(finding, _)| finding != weight.finding) {
            weight.share = OVERLAP;
        }
        group.sum += weight.weight * weight.share;
    }
    let (sum, caps) = capped_sum(findings, &weights, &mut groups);
    (weights, sum, caps)
}

fn capped_sum(findings: &[Finding], weights: &[Weight], groups: &mut [GroupOfWeights]) -> (f64, Vec<Cap>) {
    let mut caps = Vec::new();
    let mut capped = |limit: Limit, sum: f64, limited: f64| {
        if limited.total_cmp(&sum).is_ne() {
            caps.push(Cap { limit, weight: limited - sum });
        }
        limited
    };
    let mut sum = 0.0;
    for weight in weights {
        // A group enters the sum at its first finding.
        sum += match group_of(findings, weight, groups) {
            None => weight.weight * weight.share,
            Some(group) if group.is_counted => continue,
            Some(group) => {
                group.is_counted = true;
                capped(Limit::Group, group.sum, within_group_cap(group.sum))
            }
        };
    }
    let sum = capped(Limit::All, sum, within_cap_on_all(sum));
    (sum, caps)
}

/// The sum of the weights of one group, limited to what one group can do.
pub(in crate::engine) fn within_group_cap(sum: f64) -> f64 {
    sum.clamp(-f_log(GROUP_CAP), f_log(GROUP_CAP))
}

/// The sum of all weights, limited to what all findings together can do.
pub(in crate::engine) fn within_cap_on_all(sum: f64) -> f64 {
    sum.clamp(-f_log(LOWER_CAP), f_log(RAISE_CAP))
}

fn group_of<'g>(
    findings: &[Finding],
    weight: &Weight,
    groups: &'g mut [GroupOfWeights],
) -> Option<&'g mut GroupOfWeights> {
    groups.get_mut(findings.get(weight.finding)?.group?)
}
