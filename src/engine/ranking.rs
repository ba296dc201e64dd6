//! The ranking: how probable each cause is, within what range, and what moved it.
//!
//! A pure function of the questionnaire and the answers, in natural-log odds (naive Bayes on likelihood ratios, with
//! overlap within groups and caps). All sums run in file order.

mod breakdown;
mod unless;
mod weights;

use std::cmp::Reverse;

use la_arena::Idx;
use pxfm::{f_exp, f_log};

use crate::engine::evaluation::Evaluation;
use crate::questionnaire::{Cause, Grade, Truth};

pub use breakdown::BreakdownStep;
use unless::Explainers;
use weights::weights;
pub use weights::{Cap, Limit, Weight};
pub(super) use weights::{weight_while, within_cap_on_all, within_group_cap};

/// The share of its weight that each finding of a group has, except the strongest, which has all of it.
pub const OVERLAP: f64 = 0.3;
/// How far one group can move the odds, either way.
pub const GROUP_CAP: f64 = 10.0;
/// How far all findings together can raise the odds.
pub const RAISE_CAP: f64 = 50.0;
/// How far all findings together can lower the odds.
pub const LOWER_CAP: f64 = 20.0;
/// The standard deviation, in log odds, of a cause without any finding that has weight.
pub const BASE_SD: f64 = 0.5;
/// The standard normal quantile that leaves 10 % on either side: the ends of an 80 % range.
pub const RANGE_Z: f64 = 1.2816;
/// A ranked cause with at least this probability stands out, and its level counts for the urgency.
pub const NOTABLE: f64 = 0.3;
/// A cause with at least this probability is *likely*.
pub const LIKELY: f64 = 0.6;
/// Below this probability a cause is *less likely*, and two of them are never too close to call.
pub const POSSIBLE: f64 = 0.1;
/// A cause below [`NOTABLE`] with at least this lift is worth checking.
pub const WORTH_LIFT: f64 = 5.0;
/// A cause below this probability is never worth checking.
pub const WORTH_PROBABILITY: f64 = 0.01;

/// The causes that can apply to this person, in order: first the ranked ones by probability, then the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The causes in order.
    pub causes: Vec<Ranked>,
}

/// A cause with its probability and everything that went into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// The cause.
    pub cause: Idx<Cause>,
    /// Whether an answer bears on it: a finding has weight, or its own `when` is *yes*. Otherwise no finding
    /// moves it.
    pub is_ranked: bool,
    /// The probability that it contributes, in (0, 1).
    pub probability: f64,
    /// The lower end of the 80 % range.
    pub low: f64,
    /// The upper end of the 80 % range.
    pub high: f64,
    /// The probability divided by the base rate.
    pub lift: f64,
    /// The base rate: `p` of the first row of `base` that is *yes*.
    pub base_rate: f64,
    /// The number of that row, from 0.
    pub base_row: usize,
    /// The number of the first row of `adjust` that is *yes*, from 0.
    pub adjust_row: Option<usize>,
    /// The findings that have weight, in file order.
    pub weights: Vec<Weight>,
    /// The limits that took effect: of groups, in file order, then of all findings.
    pub caps: Vec<Cap>,
    /// The factor that the causes in `unless` leave of the probability; 1 when none applies.
    pub left: f64,
    /// The most probable of the causes in `unless`.
    pub explained_by: Option<Idx<Cause>>,
}

/// A probability in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likelihood {
    /// Below 0.1.
    LessLikely,
    /// From 0.1.
    Possible,
    /// From 0.3.
    QuitePossible,
    /// From 0.6.
    Likely,
}

/// How well the findings that have weight are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Grade A carries at least half.
    Strong,
    /// Neither.
    Some,
    /// Grade C carries at least half.
    Weak,
}

impl Ranking {
    /// Ranks the causes whose `when` is *yes*; none while `[ranking] when` is *no*.
    #[must_use]
    pub fn new(evaluation: &Evaluation<'_>) -> Ranking {
        let questionnaire = evaluation.questionnaire();
        let mut before: Vec<Option<Ranked>> = questionnaire
            .causes
            .iter()
            .map(|(id, cause)| is_in_play(cause, evaluation).then(|| before_unless(id, cause, evaluation)))
            .collect();
        let probabilities: Vec<Option<f64>> =
            before.iter().map(|ranked| ranked.as_ref().map(|ranked| ranked.probability)).collect();
        let explainers = Explainers::new(questionnaire, probabilities);
        for ranked in before.iter_mut().flatten() {
            explainers.explain_away(ranked, questionnaire);
        }
        // What is ordered is above 0, and such numbers are in the order of their bits. Equals stay in file order.
        let key = |ranked: &Ranked| Reverse((ranked.is_ranked, order(ranked.probability).to_bits()));
        let mut places: Vec<_> =
            before.iter().enumerate().filter_map(|(at, ranked)| Some((key(ranked.as_ref()?), at))).collect();
        places.sort_unstable();
        Ranking { causes: places.into_iter().filter_map(|(_, at)| before.get_mut(at)?.take()).collect() }
    }

    /// The ranked causes: those on which an answer bears, in order.
    pub fn ranked(&self) -> impl Iterator<Item = &Ranked> {
        self.causes.iter().filter(|ranked| ranked.is_ranked)
    }

    /// The place of a cause among the ranked ones, from 0; `None` when it is not ranked.
    #[must_use]
    pub fn place(&self, cause: Idx<Cause>) -> Option<usize> {
        self.ranked().position(|ranked| ranked.cause == cause)
    }

    /// Whether the first of two causes is ranked, and the second is not or is below it.
    #[must_use]
    pub fn is_above(&self, above: Idx<Cause>, below: Idx<Cause>) -> bool {
        self.place(above).is_some_and(|above| self.place(below).is_none_or(|below| above < below))
    }

    /// The causes on which no answer bears.
    pub fn unranked(&self) -> impl Iterator<Item = &Ranked> {
        self.causes.iter().filter(|ranked| !ranked.is_ranked)
    }
}

impl Ranked {
    /// Whether it is probable enough to stand out.
    #[must_use]
    pub fn is_notable(&self) -> bool {
        reaches(self.probability, NOTABLE)
    }

    /// Rare, but much more probable than usual: worth a test, though not a high place.
    #[must_use]
    pub fn is_worth_checking(&self) -> bool {
        self.counts_for_urgency() && !self.is_notable()
    }

    /// Whether the cause's level counts for the urgency of the result.
    #[must_use]
    pub fn counts_for_urgency(&self) -> bool {
        self.is_ranked && counts_for_urgency(self.probability, self.lift)
    }

    /// Whether the order of two neighbours in the ranking says nothing.
    #[must_use]
    pub fn is_too_close_to(&self, other: &Ranked) -> bool {
        let within = |inner: f64, outer: &Ranked| (outer.low..=outer.high).contains(&inner);
        reaches(self.probability, POSSIBLE)
            && reaches(other.probability, POSSIBLE)
            && within(self.probability, other)
            && within(other.probability, self)
    }

    /// The probability in words.
    #[must_use]
    pub fn likelihood(&self) -> Likelihood {
        likelihood(self.probability)
    }

    /// How well the findings that have weight are known; `None` when there are none.
    #[must_use]
    pub fn evidence(&self) -> Option<Evidence> {
        let carried = |grade: Option<Grade>| -> f64 {
            let of_grade = self.weights.iter().filter(|weight| grade.is_none_or(|grade| weight.grade == grade));
            of_grade.map(|weight| (weight.weight * weight.share).abs()).sum()
        };
        let half = carried(None) / 2.0;
        match half {
            h if h <= 0.0 => None,
            h if carried(Some(Grade::A)) >= h => Some(Evidence::Strong),
            h if carried(Some(Grade::C)) >= h => Some(Evidence::Weak),
            _ => Some(Evidence::Some),
        }
    }
}

/// By what the causes are sorted: rounded, since two ways of computing one probability can differ in the last bits.
pub(crate) fn order(probability: f64) -> f64 {
    (probability * 1e12).round()
}

/// A probability in words.
pub(super) fn likelihood(probability: f64) -> Likelihood {
    let bands = [(LIKELY, Likelihood::Likely), (NOTABLE, Likelihood::QuitePossible), (POSSIBLE, Likelihood::Possible)];
    let band = bands.into_iter().find(|(least, _)| reaches(probability, *least));
    band.map_or(Likelihood::LessLikely, |(_, likelihood)| likelihood)
}

/// Whether the ranking contains a cause: its `when` is *yes*, and `[ranking] when` is not *no*.
pub(crate) fn is_in_play(cause: &Cause, evaluation: &Evaluation<'_>) -> bool {
    evaluation.truth(&cause.when) == Truth::Yes && evaluation.truth(&evaluation.questionnaire().ranks_when) != Truth::No
}

/// Whether a ranked cause is probable enough to count for the urgency: notable, or rare but worth checking.
pub(crate) fn counts_for_urgency(probability: f64, lift: f64) -> bool {
    reaches(probability, NOTABLE) || (reaches(probability, WORTH_PROBABILITY) && reaches(lift, WORTH_LIFT))
}

/// Whether a computed number is at least a threshold. A number that meets it exactly may come out a few bits lower.
pub(crate) fn reaches(number: f64, threshold: f64) -> bool {
    number >= threshold * (1.0 - 1e-12)
}

/// The probability of a cause before `unless`.
pub(crate) fn before_unless(id: Idx<Cause>, cause: &Cause, evaluation: &Evaluation<'_>) -> Ranked {
    let holds = |when| evaluation.truth(when) == Truth::Yes;
    let mut base_rows = cause.base.iter().enumerate().filter(|(_, row)| holds(&row.when));
    // The last row has no condition, so there always is one.
    let (base_row, base_rate, base) =
        base_rows.next().map_or((0, f64::NAN, f64::NAN), |(at, row)| (at, row.p, row.log_odds));
    let adjust_row = cause.adjust.iter().position(|row| holds(&row.when));
    let prior = base + adjust_row.and_then(|at| cause.adjust.get(at)).map_or(0.0, |row| row.weight);
    let (weights, sum, caps) = weights(&cause.findings, evaluation);
    let is_ranked = !weights.is_empty() || !cause.when.is_always();

    let variance: f64 = weights.iter().map(|weight| (weight.share * sd(weight.grade)).powi(2)).sum();
    let spread = RANGE_Z * (BASE_SD.powi(2) + variance).sqrt();
    let probability = |sum: f64| cause.attribution * logistic(prior + sum);
    let at_sum = probability(sum);
    Ranked {
        cause: id,
        is_ranked,
        probability: at_sum,
        low: probability(sum - spread),
        high: probability(sum + spread),
        lift: at_sum / base_rate,
        base_rate,
        base_row,
        adjust_row,
        weights,
        caps,
        left: 1.0,
        explained_by: None,
    }
}

/// The probability of a cause before `unless`, from its base rate, its factor from `adjust` and the sum of its weights.
pub(super) fn probability(cause: &Cause, base_rate: f64, odds: f64, sum: f64) -> f64 {
    cause.attribution * logistic(prior(cause, base_rate, odds) + sum)
}

/// The log odds that a cause is present, before any finding.
fn prior(cause: &Cause, base_rate: f64, odds: f64) -> f64 {
    ln_odds(base_rate / cause.attribution) + f_log(odds)
}

/// A probability before `unless`, with the log odds moved.
pub(super) fn moved(cause: &Cause, probability: f64, by: f64) -> f64 {
    cause.attribution * logistic(ln_odds(probability / cause.attribution) + by)
}

fn sd(grade: Grade) -> f64 {
    match grade {
        Grade::A => 0.2,
        Grade::B => 0.4,
        Grade::C => 0.7,
    }
}

fn ln_odds(probability: f64) -> f64 {
    f_log(probability / (1.0 - probability))
}

fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + f_exp(-log_odds))
}
