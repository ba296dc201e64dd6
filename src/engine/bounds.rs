//! How far every cause can still move: bounds over all answers that can still be given.
//!
//! The bounds are sound but not tight: no possible answer moves a value outside them.

use std::collections::BTreeMap;

use la_arena::Idx;

use crate::engine::evaluation::Evaluation;
use crate::engine::ranking::{GROUP_CAP, LOWER_CAP, NOTABLE, OVERLAP, RAISE_CAP, WORTH_LIFT, WORTH_PROBABILITY};
use crate::engine::reachability::{FreeQuestions, Possible, Reachability};
use crate::questionnaire::{AdjustRow, BaseRow, Cause, Finding, Questionnaire, Topic, position};

/// How far a cause can still move.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CauseBounds {
    /// The lowest probability that it can get.
    pub low: f64,
    /// The highest probability that it can get.
    pub high: f64,
    /// Whether its `when` stays *yes* whatever is answered.
    pub stays: bool,
    /// Whether it is ranked, or can become so.
    pub may_rank: bool,
    /// Whether it is ranked whatever is answered.
    pub stays_ranked: bool,
    /// The highest lift that it can get.
    pub lift: f64,
}

impl CauseBounds {
    /// Whether the cause can come to count for the urgency: see [`Ranked::counts_for_urgency`].
    ///
    /// [`Ranked::counts_for_urgency`]: crate::engine::ranking::Ranked::counts_for_urgency
    #[must_use]
    pub fn could_count_for_urgency(&self) -> bool {
        self.may_rank && (self.high >= NOTABLE || (self.lift >= WORTH_LIFT && self.high >= WORTH_PROBABILITY))
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
        let calculation = BoundsCalculation { reachability };
        let causes = match calculation.ranks() {
            None => Vec::new(),
            Some(ranks) => questionnaire.causes.values().map(|cause| calculation.cause(cause, ranks)).collect(),
        };
        let before = BoundsBeforeUnless::new(questionnaire, causes);
        let causes = questionnaire.causes.iter().map(|(id, _)| id);
        Bounds { causes: causes.filter_map(|id| Some((id, before.explained(questionnaire, id)?))).collect() }
    }

    /// The bounds of each cause, in file order.
    pub fn all(&self) -> impl Iterator<Item = (Idx<Cause>, CauseBounds)> {
        self.causes.iter().map(|(cause, bounds)| (*cause, *bounds))
    }

    /// The lowest and the highest probability of each line of the results, that of its most probable member. A line
    /// that can disappear can become 0.
    #[must_use]
    pub fn lines(&self, questionnaire: &Questionnaire) -> BTreeMap<Topic, (f64, f64)> {
        let mut lines: BTreeMap<Topic, (f64, f64)> = BTreeMap::new();
        for (cause, bounds) in self.causes.iter().filter(|(_, bounds)| bounds.may_rank) {
            let (low, high) = lines.entry(Topic::for_cause(*cause, questionnaire)).or_default();
            // A cause that may be excluded cannot raise the family's lower bound.
            *low = low.max(if bounds.stays_ranked { bounds.low } else { 0.0 });
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
    fn explained(&self, questionnaire: &Questionnaire, cause: Idx<Cause>) -> Option<CauseBounds> {
        let bounds = self.of_cause(cause)?;
        let takes = questionnaire.causes[cause].unless.iter().map(|explainer| match explainer {
            Topic::Cause(other) => self.takes(*other),
            Topic::Family(family) => self.families.get(position(*family)).copied().unwrap_or_default(),
        });
        let (least, most) = takes.fold((0.0, 0.0), larger);
        Some(CauseBounds { low: bounds.low * (1.0 - most), high: bounds.high * (1.0 - least), ..bounds })
    }

    fn of_cause(&self, cause: Idx<Cause>) -> Option<CauseBounds> {
        self.causes.get(position(cause)).copied().flatten()
    }

    /// The share that a cause takes from one that names it in `unless`, at least and at most.
    fn takes(&self, cause: Idx<Cause>) -> (f64, f64) {
        self.of_cause(cause).map_or((0.0, 0.0), |bounds| (if bounds.stays { bounds.low } else { 0.0 }, bounds.high))
    }
}

fn larger(one: (f64, f64), other: (f64, f64)) -> (f64, f64) {
    (one.0.max(other.0), one.1.max(other.1))
}

/// What bounds are worked out from.
struct BoundsCalculation<'a, 's> {
    reachability: &'a Reachability<'a, 's>,
}

/// For how long `[ranking] when` lets the causes apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CausesApply {
    /// Whatever is answered.
    Always,
    /// Until an answer makes it *no*.
    ForNow,
}

impl BoundsCalculation<'_, '_> {
    /// Whether the causes apply to this person; `None` when they cannot.
    fn ranks(&self) -> Option<CausesApply> {
        let could = self.reachability.condition(&self.reachability.evaluation().questionnaire().ranks_when);
        (could.yes || could.open).then_some(if could.no { CausesApply::ForNow } else { CausesApply::Always })
    }

    /// The bounds of a cause before `unless`; `None` when its `when` is *no* whatever is answered.
    fn cause(&self, cause: &Cause, ranks: CausesApply) -> Option<CauseBounds> {
        let in_play = self.reachability.condition(&cause.when);
        if !in_play.yes {
            return None;
        }
        let base = self.base(&cause.base);
        let odds = self.adjust(&cause.adjust);
        let (down, up) = sums(cause.findings.iter().map(|finding| (finding, self.weight(finding))));
        let (least, most) = (fold(&base, f64::min), fold(&base, f64::max));
        let high = |p: f64| probability(cause, p, fold(&odds, f64::max), up);
        let stays = in_play.is_certain() && ranks == CausesApply::Always;
        let has_own_when = !cause.when.is_always();
        let weighs = |how: fn(Possible, &Finding) -> bool| {
            cause.findings.iter().any(|finding| how(self.reachability.condition(&finding.when), finding))
        };
        Some(CauseBounds {
            low: probability(cause, least, fold(&odds, f64::min), down),
            high: high(most),
            stays,
            may_rank: has_own_when || weighs(could_weigh),
            stays_ranked: stays && (has_own_when || weighs(must_weigh)),
            lift: base.iter().map(|p| high(*p) / p).fold(0.0, f64::max),
        })
    }

    /// The base rates that can apply: up to the first row that is *yes* whatever is answered.
    fn base(&self, rows: &[BaseRow]) -> Vec<f64> {
        let mut could = Vec::new();
        for row in rows {
            let holds = self.reachability.condition(&row.when);
            could.extend(holds.yes.then_some(row.p));
            if holds.is_certain() {
                break;
            }
        }
        could
    }

    /// The factors of `adjust` that can apply.
    fn adjust(&self, rows: &[AdjustRow]) -> Vec<f64> {
        let mut could = Vec::new();
        for row in rows {
            let holds = self.reachability.condition(&row.when);
            could.extend(holds.yes.then_some(row.odds));
            if holds.is_certain() {
                return could;
            }
        }
        could.push(1.0);
        could
    }

    /// The lowest and the highest weight that a finding can get.
    fn weight(&self, finding: &Finding) -> (f64, f64) {
        let could = self.reachability.condition(&finding.when);
        let yes = could.yes.then_some(finding.lr.ln());
        let no = could.no.then(|| finding.lr_no.map_or(0.0, f64::ln));
        let open = could.open.then_some(0.0);
        let could: Vec<f64> = [yes, no, open].into_iter().flatten().collect();
        (could.iter().copied().fold(f64::INFINITY, f64::min), could.iter().copied().fold(f64::NEG_INFINITY, f64::max))
    }
}

fn could_weigh(condition: Possible, finding: &Finding) -> bool {
    condition.yes || (condition.no && finding.lr_no.is_some())
}

fn must_weigh(condition: Possible, finding: &Finding) -> bool {
    !condition.open && (!condition.no || finding.lr_no.is_some())
}

/// The probability of a cause before `unless`, from its base rate, its factor from `adjust` and the sum of its weights.
pub(crate) fn probability(cause: &Cause, p: f64, odds: f64, sum: f64) -> f64 {
    let present = p / cause.attribution;
    let log_odds = (present / (1.0 - present)).ln() + odds.ln() + sum;
    cause.attribution / (1.0 + (-log_odds).exp())
}

/// The lowest and the highest sum of the weights within the caps, from the lowest and the highest weight of each
/// finding.
pub(crate) fn sums<'f>(weights: impl Iterator<Item = (&'f Finding, (f64, f64))>) -> (f64, f64) {
    let mut groups: BTreeMap<&str, (GroupWeights, GroupWeights)> = BTreeMap::new();
    let (mut low, mut high) = (0.0, 0.0);
    for (finding, (least, most)) in weights {
        match finding.group.as_deref() {
            None => (low, high) = (low + least, high + most),
            Some(group) => {
                let (lowest, highest) = groups.entry(group).or_default();
                lowest.add(least);
                highest.add(most);
            }
        }
    }
    let cap = GROUP_CAP.ln();
    for (lowest, highest) in groups.values() {
        low += lowest.sum().clamp(-cap, cap);
        high += highest.sum().clamp(-cap, cap);
    }
    let limit = |sum: f64| sum.clamp(-LOWER_CAP.ln(), RAISE_CAP.ln());
    (limit(low), limit(high))
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

fn fold(numbers: &[f64], pick: fn(f64, f64) -> f64) -> f64 {
    numbers.iter().copied().reduce(pick).unwrap_or(1.0)
}
