//! How far every cause could still move: bounds over whatever could be answered yet.
//!
//! They are sound, not tight: nothing that is answered leads out of them. So what no bound reaches cannot happen.

use std::collections::BTreeMap;

use la_arena::Idx;

use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::Topic;
use crate::engine::ranking::{GROUP_CAP, LOWER_CAP, NOTABLE, OVERLAP, RAISE_CAP, WORTH_LIFT, WORTH_PROBABILITY};
use crate::engine::reachability::{FreeQuestions, Possible, Reachability};
use crate::questionnaire::{AdjustRow, BaseRow, Cause, Explainer, Finding, Questionnaire, position};

/// How far a cause could still move.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CauseBounds {
    /// The least probable it could become.
    pub low: f64,
    /// The most probable it could become.
    pub high: f64,
    /// Whether it stays in play whatever is answered.
    pub stays: bool,
    /// Whether something said speaks on it, or could.
    pub may_rank: bool,
    /// Whether something said speaks on it whatever is answered.
    pub stays_ranked: bool,
    /// The highest that its lift could become.
    pub lift: f64,
}

impl CauseBounds {
    /// Whether the cause could come to count for the urgency: see [`Ranked::counts_for_urgency`].
    ///
    /// [`Ranked::counts_for_urgency`]: crate::engine::ranking::Ranked::counts_for_urgency
    #[must_use]
    pub fn could_count_for_urgency(&self) -> bool {
        self.may_rank && (self.high >= NOTABLE || (self.lift >= WORTH_LIFT && self.high >= WORTH_PROBABILITY))
    }
}

/// How far every cause could still move.
#[derive(Debug, Clone, PartialEq)]
pub struct Bounds {
    /// Those that are in play or could be.
    reaches: BTreeMap<Idx<Cause>, CauseBounds>,
}

/// What two sums weigh against each other: every finding of one group.
#[derive(Debug, Clone, Default)]
struct GroupWeights {
    up: Vec<f64>,
    down: Vec<f64>,
}

impl Bounds {
    /// How far every cause could move when the free questions are answered in whatever way.
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
        Bounds { reaches: causes.filter_map(|id| Some((id, before.explained(questionnaire, id)?))).collect() }
    }

    /// How far each could move, in file order.
    pub fn all(&self) -> impl Iterator<Item = (Idx<Cause>, CauseBounds)> {
        self.reaches.iter().map(|(cause, reach)| (*cause, *reach))
    }

    /// How far each line of the results could move: the least and the most that its highest member could become. One
    /// that could fall out of the results could become 0.
    #[must_use]
    pub fn lines(&self, questionnaire: &Questionnaire) -> BTreeMap<Topic, (f64, f64)> {
        let mut lines: BTreeMap<Topic, (f64, f64)> = BTreeMap::new();
        for (cause, reach) in self.reaches.iter().filter(|(_, reach)| reach.may_rank) {
            let (low, high) = lines.entry(Topic::for_cause(*cause, questionnaire)).or_default();
            // A member that may not be among the results keeps nothing up.
            *low = low.max(if reach.stays_ranked { reach.low } else { 0.0 });
            *high = high.max(reach.high);
        }
        lines
    }

    /// How far a cause could move; `None` when it is out of play for certain.
    #[must_use]
    pub fn of(&self, cause: Idx<Cause>) -> Option<CauseBounds> {
        self.reaches.get(&cause).copied()
    }
}

/// How far the causes could move before any explains another away.
#[derive(Debug, Clone, PartialEq)]
struct BoundsBeforeUnless {
    causes: Vec<Option<CauseBounds>>,
    /// What each family takes of a cause that it explains away, at least and at most.
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

    /// How far a cause could move when others may explain it away.
    fn explained(&self, questionnaire: &Questionnaire, cause: Idx<Cause>) -> Option<CauseBounds> {
        let reach = self.of(cause)?;
        let takes = questionnaire.causes[cause].unless.iter().map(|explainer| match explainer {
            Explainer::Cause(other) => self.takes(*other),
            Explainer::Family(family) => self.families.get(position(*family)).copied().unwrap_or_default(),
        });
        let (least, most) = takes.fold((0.0, 0.0), larger);
        Some(CauseBounds { low: reach.low * (1.0 - most), high: reach.high * (1.0 - least), ..reach })
    }

    fn of(&self, cause: Idx<Cause>) -> Option<CauseBounds> {
        self.causes.get(position(cause)).copied().flatten()
    }

    /// What a cause takes of one that it explains away, at least and at most.
    fn takes(&self, cause: Idx<Cause>) -> (f64, f64) {
        self.of(cause).map_or((0.0, 0.0), |reach| (if reach.stays { reach.low } else { 0.0 }, reach.high))
    }
}

fn larger(one: (f64, f64), other: (f64, f64)) -> (f64, f64) {
    (one.0.max(other.0), one.1.max(other.1))
}

/// What bounds are worked out from.
struct BoundsCalculation<'a, 's> {
    reachability: &'a Reachability<'a, 's>,
}

/// Whether the causes stay those of this person; they are now, or could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CausesApply {
    /// Whatever is answered.
    Always,
    /// An answer could take all of them out of play.
    ForNow,
}

impl BoundsCalculation<'_, '_> {
    /// Whether the causes are those of this person; `None` when they are not.
    fn ranks(&self) -> Option<CausesApply> {
        let could = self.reachability.condition(&self.reachability.evaluation().questionnaire().ranks_when);
        (could.yes || could.open).then_some(if could.no { CausesApply::ForNow } else { CausesApply::Always })
    }

    /// How far a cause could move before others explain it away; `None` when it is out of play for certain.
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

    /// The base rates that could hold: up to the first row that does whatever is answered.
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

    /// The factors of the background that could hold.
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

    /// The least and the most that a finding could weigh.
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

/// The probability of a cause before others explain it away, from its base rate, its background and the sum of its
/// weights.
pub(crate) fn probability(cause: &Cause, p: f64, odds: f64, sum: f64) -> f64 {
    let present = p / cause.attribution;
    let log_odds = (present / (1.0 - present)).ln() + odds.ln() + sum;
    cause.attribution / (1.0 + (-log_odds).exp())
}

/// The lowest and the highest sum of the weights, each within its caps, from the least and the most that each finding
/// could weigh.
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

    /// What they come to, the strongest either way in full and the others in part. More of what pulls up, or more of
    /// each, never makes that less.
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
