//! How far every cause can still move: bounds over all answers that can still be given.
//!
//! The bounds are sound but not tight: no possible answer moves a value outside them.

use std::collections::BTreeMap;

use la_arena::Idx;

use crate::engine::evaluation::Evaluation;
use crate::engine::naming::stays_named;
use crate::engine::ranking::{
    OVERLAP, counts_for_urgency, probability, weight_while, within_cap_on_all, within_group_cap,
};
use crate::engine::reachability::{FreeQuestions, Possible, Reachability};
use crate::questionnaire::{Cause, Condition, Finding, Questionnaire, Topic, Truth, position};

/// How far a cause can still move.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CauseBounds {
    /// The lowest probability that it can get.
    pub low: f64,
    /// The highest probability that it can get.
    pub high: f64,
    /// Whether its `when` stays *yes* whatever is answered.
    pub stays_in_play: bool,
    /// Whether it is ranked, or can become so.
    pub may_rank: bool,
    /// Whether it is ranked whatever is answered.
    pub stays_ranked: bool,
    /// The lowest lift that it can get.
    pub low_lift: f64,
    /// The highest lift that it can get.
    pub high_lift: f64,
}

impl CauseBounds {
    /// Whether the cause can come to count for the urgency.
    #[must_use]
    pub fn could_count_for_urgency(&self) -> bool {
        self.may_rank && counts_for_urgency(self.high, self.high_lift)
    }
}

/// The bounds of all causes.
#[derive(Debug, Clone, PartialEq)]
pub struct Bounds {
    /// Those whose `when` is not *no* for certain.
    causes: BTreeMap<Idx<Cause>, CauseBounds>,
}

/// The findings of one group, split into those that raise the cause and those that lower it.
#[derive(Debug, Clone, Default)]
struct GroupWeights {
    up: Vec<f64>,
    down: Vec<f64>,
}

impl Bounds {
    /// The bounds when the free questions get any answers.
    #[must_use]
    pub fn new(evaluation: &Evaluation<'_>, free: FreeQuestions<'_>) -> Bounds {
        Bounds::within(&Reachability::new(evaluation, free))
    }

    /// The bounds of every cause within what is still reachable.
    #[must_use]
    pub fn within(reachability: &Reachability<'_, '_>) -> Bounds {
        let questionnaire = reachability.evaluation().questionnaire();
        let applies = reachability.condition(&questionnaire.ranks_when);
        let causes: Vec<Option<CauseBounds>> = questionnaire
            .causes
            .values()
            .map(|cause| {
                let in_play = reachability.condition(&cause.when);
                if !in_play.yes || !(applies.yes || applies.open) {
                    return None;
                }
                let possible = CauseConditions::new(cause, |condition| reachability.condition(condition));
                Some(possible.bounds(cause, in_play.is_certain() && !applies.no))
            })
            .collect();
        let before = BoundsBeforeUnless::new(questionnaire, causes);
        let causes = questionnaire.causes.iter().map(|(id, _)| id);
        Bounds { causes: causes.filter_map(|id| Some((id, before.after_unless(questionnaire, id)?))).collect() }
    }

    /// The bounds of each cause, in file order.
    pub fn all(&self) -> impl Iterator<Item = (Idx<Cause>, CauseBounds)> {
        self.causes.iter().map(|(cause, bounds)| (*cause, *bounds))
    }

    /// The lowest and the highest probability of each line of the results, that of its most probable named member. A line
    /// that can disappear can become 0. `reachability` is what these bounds are within.
    #[must_use]
    pub fn lines(&self, reachability: &Reachability<'_, '_>) -> BTreeMap<Topic, (f64, f64)> {
        let questionnaire = reachability.evaluation().questionnaire();
        let mut lines: BTreeMap<Topic, (f64, f64)> = BTreeMap::new();
        for (cause, bounds) in self.causes.iter().filter(|(_, bounds)| bounds.may_rank) {
            let (low, high) = lines.entry(Topic::for_cause(*cause, questionnaire)).or_default();
            // A cause that may be excluded, or not named, cannot raise the family's lower bound.
            let stays = bounds.stays_ranked && stays_named(*cause, reachability);
            *low = low.max(if stays { bounds.low } else { 0.0 });
            *high = high.max(bounds.high);
        }
        lines
    }

    /// The bounds of a cause; `None` when its `when` is *no* whatever is answered.
    #[must_use]
    pub fn of_cause(&self, cause: Idx<Cause>) -> Option<CauseBounds> {
        self.causes.get(&cause).copied()
    }
}

/// The bounds of all causes before `unless`.
#[derive(Debug, Clone, PartialEq)]
struct BoundsBeforeUnless {
    causes: Vec<Option<CauseBounds>>,
    /// The share that each family takes from a cause that names it in `unless`, at least and at most.
    families: Vec<(f64, f64)>,
}

impl BoundsBeforeUnless {
    fn new(questionnaire: &Questionnaire, causes: Vec<Option<CauseBounds>>) -> BoundsBeforeUnless {
        let mut bounds = BoundsBeforeUnless { causes, families: vec![(0.0, 0.0); questionnaire.families.len()] };
        for (id, cause) in questionnaire.causes.iter() {
            let takes = bounds.takes(id);
            let family = cause.family.and_then(|family| bounds.families.get_mut(position(family)));
            if let Some(family) = family {
                *family = larger(*family, takes);
            }
        }
        bounds
    }

    /// The bounds of a cause after `unless`.
    fn after_unless(&self, questionnaire: &Questionnaire, cause: Idx<Cause>) -> Option<CauseBounds> {
        let bounds = self.of_cause(cause)?;
        let takes = questionnaire.causes[cause].unless.iter().map(|explainer| match explainer {
            Topic::Cause(other) => self.takes(*other),
            Topic::Family(family) => self.families.get(position(*family)).copied().unwrap_or_default(),
        });
        let (least, most) = takes.fold((0.0, 0.0), larger);
        Some(CauseBounds {
            low: bounds.low * (1.0 - most),
            low_lift: bounds.low_lift * (1.0 - most),
            high: bounds.high * (1.0 - least),
            ..bounds
        })
    }

    fn of_cause(&self, cause: Idx<Cause>) -> Option<CauseBounds> {
        self.causes.get(position(cause)).copied().flatten()
    }

    /// The share that a cause takes from one that names it in `unless`, at least and at most.
    fn takes(&self, cause: Idx<Cause>) -> (f64, f64) {
        self.of_cause(cause)
            .map_or((0.0, 0.0), |bounds| (if bounds.stays_in_play { bounds.low } else { 0.0 }, bounds.high))
    }
}

fn larger(one: (f64, f64), other: (f64, f64)) -> (f64, f64) {
    (one.0.max(other.0), one.1.max(other.1))
}

/// Something about each condition that decides how probable a cause is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CauseConditions<T> {
    pub(crate) base: Vec<T>,
    pub(crate) adjust: Vec<T>,
    pub(crate) findings: Vec<T>,
}

impl<T> CauseConditions<T> {
    /// Works it out for each condition.
    pub(crate) fn new(cause: &Cause, mut of_condition: impl FnMut(&Condition) -> T) -> CauseConditions<T> {
        CauseConditions {
            base: cause.base.iter().map(|row| of_condition(&row.when)).collect(),
            adjust: cause.adjust.iter().map(|row| of_condition(&row.when)).collect(),
            findings: cause.findings.iter().map(|finding| of_condition(&finding.when)).collect(),
        }
    }

    /// In the order of the file: `base`, `adjust`, findings.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.base.iter().chain(&self.adjust).chain(&self.findings)
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.base.iter_mut().chain(&mut self.adjust).chain(&mut self.findings)
    }
}

impl CauseConditions<Possible> {
    /// The bounds of a cause before `unless`, given the truth values that its conditions can have, and whether it stays
    /// in play whatever is answered.
    pub(crate) fn bounds(&self, cause: &Cause, stays_in_play: bool) -> CauseBounds {
        let base: Vec<f64> = could_apply(&cause.base, &self.base).map(|row| row.p).collect();
        let no_row = (!self.adjust.iter().any(|possible| possible.is_certain())).then_some(1.0);
        let odds: Vec<f64> = could_apply(&cause.adjust, &self.adjust).map(|row| row.odds).chain(no_row).collect();
        let findings = || cause.findings.iter().zip(&self.findings);
        let (down, up) = sums(findings().map(|(finding, possible)| (finding, weights(finding, *possible))));
        let low = |p: f64| probability(cause, p, lowest(&odds), down);
        let high = |p: f64| probability(cause, p, highest(&odds), up);
        let has_own_when = !cause.when.is_always();
        let could_weigh =
            |(finding, possible): (&Finding, &Possible)| possible.yes || (possible.no && finding.lr_no.is_some());
        let must_weigh =
            |(finding, possible): (&Finding, &Possible)| !possible.open && (!possible.no || finding.lr_no.is_some());
        CauseBounds {
            low: low(lowest(&base)),
            high: high(highest(&base)),
            stays_in_play,
            may_rank: has_own_when || findings().any(could_weigh),
            stays_ranked: stays_in_play && (has_own_when || findings().any(must_weigh)),
            low_lift: base.iter().map(|p| low(*p) / p).fold(f64::INFINITY, f64::min),
            high_lift: base.iter().map(|p| high(*p) / p).fold(0.0, f64::max),
        }
    }
}

/// The rows that can be the first that is *yes*.
fn could_apply<'r, T>(rows: &'r [T], possible: &[Possible]) -> impl Iterator<Item = &'r T> {
    let certain = possible.iter().position(|possible| possible.is_certain()).unwrap_or(rows.len());
    let rows = rows.iter().zip(possible).take(certain.saturating_add(1));
    rows.filter(|(_, possible)| possible.yes).map(|(row, _)| row)
}

/// The lowest and the highest weight that a finding can get.
fn weights(finding: &Finding, possible: Possible) -> (f64, f64) {
    let truths = [Truth::Yes, Truth::No, Truth::Open].into_iter().filter(|truth| possible.contains(*truth));
    let weights: Vec<f64> = truths.map(|truth| weight(finding, truth)).collect();
    (lowest(&weights), highest(&weights))
}

/// What a finding adds to the log odds of its cause while its condition has a truth value.
pub(crate) fn weight(finding: &Finding, truth: Truth) -> f64 {
    weight_while(truth, finding).unwrap_or(0.0)
}

/// The lowest and the highest sum of the weights within the caps, from the lowest and the highest weight of each
/// finding.
fn sums<'f>(weights: impl Iterator<Item = (&'f Finding, (f64, f64))>) -> (f64, f64) {
    let mut groups: BTreeMap<usize, (GroupWeights, GroupWeights)> = BTreeMap::new();
    let (mut low, mut high) = (0.0, 0.0);
    for (finding, (least, most)) in weights {
        match finding.group {
            None => (low, high) = (low + least, high + most),
            Some(group) => {
                let (lowest, highest) = groups.entry(group).or_default();
                lowest.add(least);
                highest.add(most);
            }
        }
    }
    for (lowest, highest) in groups.values() {
        low += within_group_cap(lowest.sum());
        high += within_group_cap(highest.sum());
    }
    (within_cap_on_all(low), within_cap_on_all(high))
}

impl GroupWeights {
    fn add(&mut self, weight: f64) {
        if weight > 0.0 { self.up.push(weight) } else { self.down.push(-weight) }
    }

    /// Their sum, the strongest in each direction in full and the others in part. It never falls when a raising weight
    /// is added or grows, which the bounds rely on.
    fn sum(&self) -> f64 {
        let overlapping = |pulls: &[f64]| {
            let strongest = pulls.iter().copied().fold(0.0, f64::max);
            strongest + OVERLAP * (pulls.iter().sum::<f64>() - strongest)
        };
        overlapping(&self.up) - overlapping(&self.down)
    }
}

fn lowest(numbers: &[f64]) -> f64 {
    numbers.iter().copied().fold(f64::INFINITY, f64::min)
}

fn highest(numbers: &[f64]) -> f64 {
    numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}
