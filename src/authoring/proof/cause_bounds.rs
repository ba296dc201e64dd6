//! The conditions that a cause's probability hangs on, and how far it could move while only some of them are known.

use batsat::Lit;

use crate::authoring::proof::circuit::Circuit;
use crate::authoring::proof::encoding::{EncodedTruth, Encoding};
use crate::engine::bounds::{probability, sums};
use crate::engine::evaluation::Evaluation;
use crate::questionnaire::{Cause, Condition, Truth};

/// A cause as a circuit.
pub(super) struct CauseGates {
    /// Whether it is in play.
    pub(super) in_play: Lit,
    /// Whether something said speaks on it.
    pub(super) ranked: Lit,
    pub(super) base: Vec<EncodedTruth>,
    pub(super) adjust: Vec<EncodedTruth>,
    pub(super) findings: Vec<EncodedTruth>,
}

impl CauseGates {
    pub(super) fn new(encoding: &Encoding<'_>, cause: &Cause, circuit: &mut Circuit) -> CauseGates {
        let is = |when: &Condition, circuit: &mut Circuit| encoding.condition(when, circuit);
        let for_whom = is(&encoding.questionnaire.ranks_when, circuit);
        let when = is(&cause.when, circuit);
        let in_play = circuit.and([when.yes, !for_whom.no]);
        let base = cause.base.iter().map(|row| is(&row.when, circuit)).collect();
        let adjust = cause.adjust.iter().map(|row| is(&row.when, circuit)).collect();
        let findings: Vec<EncodedTruth> = cause.findings.iter().map(|finding| is(&finding.when, circuit)).collect();
        let mut speaks: Vec<Lit> = findings.iter().map(|finding| finding.yes).collect();
        let weighs_on_no = cause.findings.iter().zip(&findings).filter(|(finding, _)| finding.lr_no.is_some());
        speaks.extend(weighs_on_no.map(|(_, is)| is.no));
        let speaks = if cause.when.is_always() { circuit.or(speaks) } else { circuit.constant_true() };
        let ranked = circuit.and([in_play, speaks]);
        CauseGates { in_play, ranked, base, adjust, findings }
    }
}

/// Truths that a condition may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Allowed {
    yes: bool,
    no: bool,
    open: bool,
}

const ANY: Allowed = Allowed { yes: true, no: true, open: true };

/// Which way a bound looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BoundSide {
    /// The most that the cause could come to.
    Upper,
    /// The least.
    Lower,
}

/// What is taken as known of a cause: of each condition, the truths that it may have.
pub(super) struct AssumedTruths<'q> {
    cause: &'q Cause,
    side: BoundSide,
    base: Vec<Allowed>,
    adjust: Vec<Allowed>,
    findings: Vec<Allowed>,
}

/// How far a cause could move before others explain it away.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CauseRange {
    pub(super) least: f64,
    pub(super) most: f64,
    pub(super) least_lift: f64,
    pub(super) most_lift: f64,
}

impl Allowed {
    fn only(truth: Truth) -> Allowed {
        Allowed { yes: truth == Truth::Yes, no: truth == Truth::No, open: truth == Truth::Open }
    }

    fn allows(self, truth: Truth) -> bool {
        match truth {
            Truth::Yes => self.yes,
            Truth::No => self.no,
            Truth::Open => self.open,
        }
    }

    /// What has to become true for it to be otherwise.
    fn otherwise(self, is: EncodedTruth, circuit: &mut Circuit) -> Vec<Lit> {
        let mut ways = Vec::new();
        if !self.yes && !self.no {
            ways.extend([is.yes, is.no]);
        } else if !self.no && !self.open {
            ways.push(!is.yes);
        } else if !self.yes && !self.open {
            ways.push(!is.no);
        } else if !self.yes {
            ways.push(is.yes);
        } else if !self.no {
            ways.push(is.no);
        } else if !self.open {
            ways.push(circuit.and([!is.yes, !is.no]));
        }
        ways
    }
}

/// The weight of a finding while its condition has a truth.
fn weight(finding: &crate::questionnaire::Finding, truth: Truth) -> f64 {
    match truth {
        Truth::Yes => finding.lr.ln(),
        Truth::No => finding.lr_no.map_or(0.0, f64::ln),
        Truth::Open => 0.0,
    }
}

const TRUTHS: [Truth; 3] = [Truth::Yes, Truth::No, Truth::Open];

impl<'q> AssumedTruths<'q> {
    /// All that is so, and with it whatever makes no difference to the bound on this side.
    pub(super) fn of(cause: &'q Cause, side: BoundSide, evaluation: &Evaluation<'_>) -> AssumedTruths<'q> {
        let row = |when: &Condition| match evaluation.truth(when) {
            Truth::Yes => Allowed::only(Truth::Yes),
            Truth::No | Truth::Open => Allowed { yes: false, ..ANY },
        };
        let finding = |finding: &crate::questionnaire::Finding| {
            let now = weight(finding, evaluation.truth(&finding.when));
            let may = |truth| match side {
                BoundSide::Upper => weight(finding, truth) <= now,
                BoundSide::Lower => weight(finding, truth) >= now,
            };
            Allowed { yes: may(Truth::Yes), no: may(Truth::No), open: may(Truth::Open) }
        };
        let mut base: Vec<Allowed> = cause.base.iter().map(|it| row(&it.when)).collect();
        let mut adjust: Vec<Allowed> = cause.adjust.iter().map(|it| row(&it.when)).collect();
        for rows in [&mut base, &mut adjust] {
            // Behind the row that counts, nothing is looked at.
            let counts = rows.iter().position(|row| !row.no).unwrap_or(rows.len());
            rows.iter_mut().skip(counts + 1).for_each(|row| *row = ANY);
        }
        AssumedTruths { cause, side, base, adjust, findings: cause.findings.iter().map(finding).collect() }
    }

    /// All that is so, exactly.
    pub(super) fn exactly(cause: &'q Cause, side: BoundSide, evaluation: &Evaluation<'_>) -> AssumedTruths<'q> {
        let only = |when: &Condition| Allowed::only(evaluation.truth(when));
        AssumedTruths {
            cause,
            side,
            base: cause.base.iter().map(|row| only(&row.when)).collect(),
            adjust: cause.adjust.iter().map(|row| only(&row.when)).collect(),
            findings: cause.findings.iter().map(|finding| only(&finding.when)).collect(),
        }
    }

    /// Nothing is known.
    pub(super) fn nothing(cause: &'q Cause, side: BoundSide) -> AssumedTruths<'q> {
        AssumedTruths {
            cause,
            side,
            base: vec![ANY; cause.base.len()],
            adjust: vec![ANY; cause.adjust.len()],
            findings: vec![ANY; cause.findings.len()],
        }
    }

    pub(super) fn side(&self) -> BoundSide {
        self.side
    }

    /// How many conditions there are to know.
    pub(super) fn len(&self) -> usize {
        self.base.len() + self.adjust.len() + self.findings.len()
    }

    fn slot(&mut self, at: usize) -> Option<&mut Allowed> {
        self.base.iter_mut().chain(&mut self.adjust).chain(&mut self.findings).nth(at)
    }

    /// Forgets one condition; gives what was known of it, or `None` when nothing was.
    pub(super) fn forget(&mut self, at: usize) -> Option<Allowed> {
        let slot = self.slot(at)?;
        let known = *slot;
        *slot = ANY;
        (known != ANY).then_some(known)
    }

    pub(super) fn put_back(&mut self, at: usize, known: Allowed) {
        if let Some(slot) = self.slot(at) {
            *slot = known;
        }
    }

    /// Whether something speaks on the cause for certain.
    pub(super) fn surely_ranks(&self) -> bool {
        let weighs = |(finding, allowed): (&crate::questionnaire::Finding, &Allowed)| {
            !allowed.open && (finding.lr_no.is_some() || !allowed.no)
        };
        !self.cause.when.is_always() || self.cause.findings.iter().zip(&self.findings).any(weighs)
    }

    /// What of it would have to be otherwise, any of these.
    pub(super) fn otherwise(&self, gates: &CauseGates, circuit: &mut Circuit) -> Vec<Lit> {
        let allowed = self.base.iter().chain(&self.adjust).chain(&self.findings);
        let is = gates.base.iter().chain(&gates.adjust).chain(&gates.findings);
        allowed.zip(is).flat_map(|(allowed, is)| allowed.otherwise(*is, circuit)).collect()
    }

    /// How far the cause could move.
    pub(super) fn span(&self) -> CauseRange {
        let base = could_count(&self.base);
        let base: Vec<f64> =
            self.cause.base.iter().zip(&base).filter(|(_, could)| **could).map(|(row, _)| row.p).collect();
        let held = could_count(&self.adjust);
        let nothing_holds = self.adjust.iter().all(|row| row.no || row.open);
        let odds = self.cause.adjust.iter().zip(&held).filter(|(_, could)| **could).map(|(row, _)| row.odds);
        let odds: Vec<f64> = odds.chain(nothing_holds.then_some(1.0)).collect();
        let (low, high) = (fold(&odds, f64::min), fold(&odds, f64::max));
        let weights = self.cause.findings.iter().zip(&self.findings).map(|(finding, allowed)| {
            let could = TRUTHS.into_iter().filter(|truth| allowed.allows(*truth)).map(|truth| weight(finding, truth));
            let could: Vec<f64> = could.collect();
            (finding, (fold(&could, f64::min), fold(&could, f64::max)))
        });
        let (down, up) = sums(weights);
        let least = |p: f64| probability(self.cause, p, low, down);
        let most = |p: f64| probability(self.cause, p, high, up);
        let over = |of: &dyn Fn(f64) -> f64, pick: fn(f64, f64) -> f64| {
            fold(&base.iter().map(|p| of(*p)).collect::<Vec<_>>(), pick)
        };
        CauseRange {
            least: over(&least, f64::min),
            most: over(&most, f64::max),
            least_lift: over(&|p| least(p) / p, f64::min),
            most_lift: over(&|p| most(p) / p, f64::max),
        }
    }
}

/// Which rows could be the first that holds.
fn could_count(rows: &[Allowed]) -> Vec<bool> {
    let mut earlier_holds = false;
    let could = rows.iter().map(|row| {
        let could = !earlier_holds && row.yes;
        earlier_holds |= !row.no && !row.open;
        could
    });
    could.collect()
}

fn fold(numbers: &[f64], pick: fn(f64, f64) -> f64) -> f64 {
    numbers.iter().copied().reduce(pick).unwrap_or(f64::NAN)
}
