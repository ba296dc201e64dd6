//! How far every cause could still move: bounds over whatever could be answered yet.
//!
//! They are sound, not tight: nothing that is answered leads out of them. So what no bound reaches cannot happen.

use std::collections::BTreeMap;

use la_arena::Idx;

use crate::outcome::Outcome;
use crate::outlook::{Free, Outlook, Possible};
use crate::questionnaire::{AdjustRow, BaseRow, Cause, Condition, Explainer, Finding, Questionnaire, Truth, Urgency};
use crate::ranking::{GROUP_CAP, LOWER_CAP, NOTABLE, OVERLAP, RAISE_CAP, Ranked, WORTH_LIFT, WORTH_PROBABILITY};
use crate::situation::Situation;

/// How far a cause could still move.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    /// The least probable it could become.
    pub low: f64,
    /// The most probable it could become.
    pub high: f64,
    /// Whether it stays in play whatever is answered.
    pub stays: bool,
    /// Whether something said speaks on it, or could.
    pub may_rank: bool,
    /// The highest that its lift could become.
    pub lift: f64,
}

/// How far every cause could still move.
#[derive(Debug, Clone, PartialEq)]
pub struct Bounds {
    /// Those that are in play or could be.
    reaches: BTreeMap<Idx<Cause>, Reach>,
}

/// What two sums weigh against each other: every finding of one group.
#[derive(Debug, Clone, Default)]
struct Pull {
    up: Vec<f64>,
    down: Vec<f64>,
}

impl Bounds {
    /// How far every cause could move when the free questions are answered in whatever way.
    #[must_use]
    pub fn new(situation: &Situation<'_>, free: Free<'_>) -> Bounds {
        let questionnaire = situation.questionnaire();
        let outlook = Outlook::new(situation, free);
        let of = Of { situation, outlook };
        let ranks = of.fate(&questionnaire.ranks_when);
        let before: BTreeMap<Idx<Cause>, Reach> = questionnaire
            .causes
            .iter()
            .filter(|_| situation.truth(&questionnaire.ranks_when) != Truth::No)
            .filter_map(|(id, cause)| {
                let reach = of.cause(cause)?;
                Some((id, Reach { stays: reach.stays && !ranks.no, ..reach }))
            })
            .collect();
        let reaches = before
            .iter()
            .map(|(id, reach)| {
                let (least, most) = explained(questionnaire, *id, &before);
                let (low, high) = (reach.low * (1.0 - most), reach.high * (1.0 - least));
                (*id, Reach { low, high, ..*reach })
            })
            .collect();
        Bounds { reaches }
    }

    /// How far each could move, in file order.
    pub fn all(&self) -> impl Iterator<Item = (Idx<Cause>, Reach)> {
        self.reaches.iter().map(|(cause, reach)| (*cause, *reach))
    }

    /// How far a cause could move; `None` when it is out of play for certain.
    #[must_use]
    pub fn of(&self, cause: Idx<Cause>) -> Option<Reach> {
        self.reaches.get(&cause).copied()
    }
}

/// Whether nothing that can still be answered changes which line of the ranking is first, or how urgent it is. What
/// was answered *not sure* counts as answered.
#[must_use]
pub fn is_settled(situation: &Situation<'_>) -> bool {
    let outcome = Outcome::new(situation);
    let bounds = Bounds::new(situation, Free::Unanswered);
    is_first_settled(situation.questionnaire(), &outcome, &bounds) && is_urgency_settled(situation, &outcome, &bounds)
}

/// Whether the first line stays the first: its lowest is above the highest of every other.
fn is_first_settled(questionnaire: &Questionnaire, outcome: &Outcome, bounds: &Bounds) -> bool {
    /// Two ways of computing one number may differ in their last bits.
    const APART: f64 = 1e-9;
    let Some(first) = outcome.ranking.ranked().next() else { return false };
    let is_kin = |cause: Idx<Cause>| is_one_line(questionnaire, first.cause, cause);
    let kin = outcome.ranking.ranked().filter(|ranked| is_kin(ranked.cause));
    let lows = kin.filter_map(|ranked| bounds.of(ranked.cause)).filter(|reach| reach.stays);
    let low = lows.map(|reach| reach.low).fold(0.0, f64::max);
    bounds.reaches.iter().all(|(cause, reach)| is_kin(*cause) || !reach.may_rank || reach.high + APART < low)
}

/// Whether two causes are shown as one line.
fn is_one_line(questionnaire: &Questionnaire, one: Idx<Cause>, other: Idx<Cause>) -> bool {
    let family = |cause: Idx<Cause>| questionnaire.causes[cause].family;
    one == other || (family(one).is_some() && family(one) == family(other))
}

/// Whether the urgency stays as it is when the first line does: neither the lowest nor the highest that it could be is
/// another.
fn is_urgency_settled(situation: &Situation<'_>, outcome: &Outcome, bounds: &Bounds) -> bool {
    let questionnaire = situation.questionnaire();
    let cautious = questionnaire.cautious_urgency();
    let level_of = |cause: Idx<Cause>| questionnaire.causes[cause].urgency;
    let outlook = Outlook::new(situation, Free::Unanswered);
    let alarms = questionnaire.alarms.values();
    let mut could: Vec<Idx<Urgency>> =
        alarms.filter(|alarm| outlook.condition(&alarm.when).yes).map(|alarm| alarm.urgency).collect();
    let counts = |reach: &Reach| {
        reach.may_rank && (reach.high >= NOTABLE || (reach.lift >= WORTH_LIFT && reach.high >= WORTH_PROBABILITY))
    };
    could.extend(bounds.reaches.iter().filter(|(_, reach)| counts(reach)).filter_map(|(cause, _)| level_of(*cause)));

    let stays = |ranked: &&Ranked| bounds.of(ranked.cause).is_some_and(|reach| reach.stays && reach.low >= NOTABLE);
    let held = outcome.alarms.iter().map(|alarm| questionnaire.alarms[*alarm].urgency);
    let of_causes = outcome.ranking.ranked().filter(stays).filter_map(|ranked| level_of(ranked.cause));
    let certain = held.chain(of_causes).max();
    let is_open = questionnaire.alarms.values().any(|alarm| situation.truth(&alarm.when) == Truth::Open);
    let could_be_cautious = cautious.filter(|_| is_open || certain.is_none());
    let first = outcome.ranking.ranked().next();
    let of_first = bounds.reaches.keys().filter(|cause| {
        certain.is_none() && first.is_some_and(|first| is_one_line(questionnaire, first.cause, **cause))
    });
    let highest =
        could.iter().copied().chain(could_be_cautious).chain(of_first.filter_map(|cause| level_of(*cause))).max();
    // Without anything certain, whatever could count may set the level, or caution.
    let lowest = certain.or_else(|| could.iter().copied().chain(cautious).min());
    outcome.urgency == certain.max(highest) && outcome.urgency == lowest
}

/// The least and the most that the explainers of a cause could take of it.
fn explained(questionnaire: &Questionnaire, cause: Idx<Cause>, before: &BTreeMap<Idx<Cause>, Reach>) -> (f64, f64) {
    let unless = &questionnaire.causes[cause].unless;
    let explains = |(other, _): &(&Idx<Cause>, &Reach)| {
        unless.iter().any(|explainer| match explainer {
            Explainer::Cause(cause) => cause == *other,
            Explainer::Family(family) => questionnaire.causes[**other].family == Some(*family),
        })
    };
    let least = before.iter().filter(explains).filter(|(_, reach)| reach.stays).map(|(_, reach)| reach.low);
    let most = before.iter().filter(explains).map(|(_, reach)| reach.high);
    (least.fold(0.0, f64::max), most.fold(0.0, f64::max))
}

/// What bounds are worked out from.
struct Of<'a, 's> {
    situation: &'a Situation<'s>,
    outlook: Outlook<'a, 's>,
}

impl Of<'_, '_> {
    /// What a condition is, or could become.
    fn fate(&self, condition: &Condition) -> Possible {
        let (now, could) = (self.situation.truth(condition), self.outlook.condition(condition));
        Possible { yes: could.yes || now == Truth::Yes, no: could.no || now == Truth::No }
    }

    /// How far a cause could move before others explain it away; `None` when it is out of play for certain.
    fn cause(&self, cause: &Cause) -> Option<Reach> {
        let in_play = self.situation.truth(&cause.when);
        if in_play != Truth::Yes && !self.fate(&cause.when).yes {
            return None;
        }
        let base = self.base(&cause.base);
        let odds = self.adjust(&cause.adjust);
        let (down, up) = sums(cause.findings.iter().map(|finding| (finding, self.weight(finding))));
        let (least, most) = (fold(&base, f64::min), fold(&base, f64::max));
        let high = |p: f64| probability(cause, p, fold(&odds, f64::max), up);
        Some(Reach {
            low: probability(cause, least, fold(&odds, f64::min), down),
            high: high(most),
            stays: in_play == Truth::Yes,
            may_rank: !cause.when.is_always() || cause.findings.iter().any(|finding| self.could_weigh(finding)),
            lift: base.iter().map(|p| high(*p) / p).fold(0.0, f64::max),
        })
    }

    /// The base rates that could hold.
    fn base(&self, rows: &[BaseRow]) -> Vec<f64> {
        let first = rows.iter().position(|row| self.situation.truth(&row.when) == Truth::Yes).unwrap_or(rows.len());
        let could = rows.iter().take(first + 1).enumerate();
        could.filter(|(at, row)| *at == first || self.fate(&row.when).yes).map(|(_, row)| row.p).collect()
    }

    /// The factors of the background that could hold.
    fn adjust(&self, rows: &[AdjustRow]) -> Vec<f64> {
        let first = rows.iter().position(|row| self.situation.truth(&row.when) == Truth::Yes);
        let before = rows.iter().take(first.unwrap_or(rows.len())).filter(|row| self.fate(&row.when).yes);
        let held = first.and_then(|at| rows.get(at)).map_or(1.0, |row| row.odds);
        before.map(|row| row.odds).chain([held]).collect()
    }

    /// The least and the most that a finding could weigh.
    fn weight(&self, finding: &Finding) -> (f64, f64) {
        let fate = self.fate(&finding.when);
        let yes = fate.yes.then_some(finding.lr.ln());
        let no = finding.lr_no.filter(|_| fate.no).map(f64::ln);
        // What is open now may stay open.
        let open = (self.situation.truth(&finding.when) == Truth::Open).then_some(0.0);
        let could: Vec<f64> = [yes, no, open].into_iter().flatten().collect();
        if could.is_empty() { (0.0, 0.0) } else { (fold(&could, f64::min), fold(&could, f64::max)) }
    }
}

impl Of<'_, '_> {
    fn could_weigh(&self, finding: &Finding) -> bool {
        let fate = self.fate(&finding.when);
        fate.yes || (fate.no && finding.lr_no.is_some())
    }
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
    let mut groups: BTreeMap<&str, (Pull, Pull)> = BTreeMap::new();
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

impl Pull {
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
