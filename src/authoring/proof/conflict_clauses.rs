//! Why one cause is ahead of another, or counts for the urgency: as few conditions as it takes, so that the solver
//! learns as much as there is to learn from one set of answers.

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::cause_bounds::{CauseGates, Known, Side, Span};
use crate::authoring::proof::circuit::Circuit;
use crate::engine::evaluation::Evaluation;
use crate::engine::ranking::{NOTABLE, WORTH_LIFT, WORTH_PROBABILITY};
use crate::questionnaire::{Cause, Questionnaire, Truth, position};

/// Two ways of computing one number may differ in their last bits.
const APART: f64 = 1e-9;

/// A bound on what a cause comes to after others have explained it away, and what the bound rests on.
struct Final<'q> {
    cause: Idx<Cause>,
    side: Side,
    own: Known<'q>,
    span: Span,
    others: Vec<Other<'q>>,
}

/// A cause that explains the other one away.
struct Other<'q> {
    cause: Idx<Cause>,
    known: Known<'q>,
    /// The bound on it that counts.
    most_or_least: f64,
    /// Whether it is in play, if that is known.
    in_play: Option<bool>,
}

/// How much of what is so a reason takes in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    /// What makes a difference to the bound.
    Bound,
    /// Everything, where two numbers are too close for bounds.
    Exact,
}

impl<'q> Final<'q> {
    fn new(cause: Idx<Cause>, side: Side, care: Care, evaluation: &Evaluation<'q>) -> Final<'q> {
        let questionnaire = evaluation.questionnaire();
        let own = known(cause, side, care, evaluation);
        let span = own.span();
        // What explains a cause away lowers it: the more, the more probable it is itself.
        let turned = match side {
            Side::Most => Side::Least,
            Side::Least => Side::Most,
        };
        let others = explainers(questionnaire, cause).map(|other| {
            let in_play = is_in_play(other, evaluation);
            let known = if in_play {
                known(other, turned, care, evaluation)
            } else {
                Known::nothing(&questionnaire.causes[other], turned)
            };
            let most_or_least = bound(turned, &known);
            Other { cause: other, known, most_or_least, in_play: Some(in_play) }
        });
        let others = others.collect();
        Final { cause, side, own, span, others }
    }

    /// The share of the probability that the others leave.
    fn left(&self) -> f64 {
        let counts = |other: &&Other<'_>| match self.side {
            Side::Most => other.in_play == Some(true),
            Side::Least => other.in_play != Some(false),
        };
        1.0 - self.others.iter().filter(counts).map(|other| other.most_or_least).fold(0.0, f64::max)
    }

    fn probability(&self) -> f64 {
        self.left()
            * match self.side {
                Side::Most => self.span.most,
                Side::Least => self.span.least,
            }
    }

    fn lift(&self) -> f64 {
        self.left()
            * match self.side {
                Side::Most => self.span.most_lift,
                Side::Least => self.span.least_lift,
            }
    }

    /// What of it would have to be otherwise, any of these.
    fn otherwise(&self, gates: &[CauseGates], circuit: &mut Circuit) -> Vec<Lit> {
        let mut ways = of(gates, self.cause).map(|gates| self.own.otherwise(gates, circuit)).unwrap_or_default();
        for other in &self.others {
            let Some(gates) = of(gates, other.cause) else { continue };
            match other.in_play {
                Some(true) => {
                    ways.push(!gates.in_play);
                    ways.extend(other.known.otherwise(gates, circuit));
                }
                Some(false) => ways.push(gates.in_play),
                None => {}
            }
        }
        ways
    }

    /// Forgets whatever it can while a statement stays true.
    fn weaken(&mut self, stays: &dyn Fn(&Final<'q>) -> bool, questionnaire: &'q Questionnaire) {
        for at in 0..self.others.len() {
            self.weaken_other(at, stays, questionnaire);
        }
        for at in 0..self.own.len() {
            let Some(before) = self.own.forget(at) else { continue };
            let span = std::mem::replace(&mut self.span, self.own.span());
            if !stays(self) {
                self.own.put_back(at, before);
                self.span = span;
            }
        }
    }

    fn weaken_other(&mut self, at: usize, stays: &dyn Fn(&Final<'q>) -> bool, questionnaire: &'q Questionnaire) {
        let Some(other) = self.others.get_mut(at) else { return };
        let turned = other.known.side();
        let nothing = Known::nothing(&questionnaire.causes[other.cause], turned);
        let most_or_least = bound(turned, &nothing);
        let free = Other { cause: other.cause, known: nothing, most_or_least, in_play: None };
        let before = std::mem::replace(other, free);
        if stays(self) {
            return;
        }
        if let Some(other) = self.others.get_mut(at) {
            *other = before;
        }
        let len = self.others.get(at).filter(|other| other.in_play == Some(true)).map_or(0, |other| other.known.len());
        for slot in 0..len {
            let Some(other) = self.others.get_mut(at) else { return };
            let Some(before) = other.known.forget(slot) else { continue };
            let was = std::mem::replace(&mut other.most_or_least, bound(turned, &other.known));
            if !stays(self)
                && let Some(other) = self.others.get_mut(at)
            {
                other.known.put_back(slot, before);
                other.most_or_least = was;
            }
        }
    }
}

fn known<'q>(cause: Idx<Cause>, side: Side, care: Care, evaluation: &Evaluation<'q>) -> Known<'q> {
    let cause = &evaluation.questionnaire().causes[cause];
    match care {
        Care::Bound => Known::of(cause, side, evaluation),
        Care::Exact => Known::exactly(cause, side, evaluation),
    }
}

fn bound(side: Side, known: &Known<'_>) -> f64 {
    match side {
        Side::Most => known.span().most,
        Side::Least => known.span().least,
    }
}

fn of(gates: &[CauseGates], cause: Idx<Cause>) -> Option<&CauseGates> {
    gates.get(position(cause))
}

fn is_in_play(cause: Idx<Cause>, evaluation: &Evaluation<'_>) -> bool {
    let questionnaire = evaluation.questionnaire();
    evaluation.truth(&questionnaire.causes[cause].when) == Truth::Yes
        && evaluation.truth(&questionnaire.ranks_when) != Truth::No
}

fn explainers(questionnaire: &Questionnaire, cause: Idx<Cause>) -> impl Iterator<Item = Idx<Cause>> + '_ {
    let unless = &questionnaire.causes[cause].unless;
    let explains = move |other: Idx<Cause>| unless.iter().any(|explainer| explainer.covers(other, questionnaire));
    let others = (!unless.is_empty()).then(|| questionnaire.causes.iter().map(|(other, _)| other));
    others.into_iter().flatten().filter(move |other| explains(*other))
}

/// What would have to be otherwise for the first cause not to stand above the second, any of these: it is ranked, and
/// ahead.
pub(super) fn not_ahead(
    ahead: Idx<Cause>,
    behind: Idx<Cause>,
    evaluation: &Evaluation<'_>,
    gates: &[CauseGates],
    circuit: &mut Circuit,
) -> Vec<Lit> {
    let questionnaire = evaluation.questionnaire();
    let mut higher = Final::new(ahead, Side::Least, Care::Bound, evaluation);
    let mut lower = Final::new(behind, Side::Most, Care::Bound, evaluation);
    let is_above = |higher: &Final<'_>, lower: f64| higher.own.surely_ranks() && higher.probability() > lower + APART;
    if is_above(&higher, lower.probability()) {
        let least = higher.probability();
        lower.weaken(&|lower| least > lower.probability() + APART, questionnaire);
        let most = lower.probability();
        higher.weaken(&|higher| is_above(higher, most), questionnaire);
    } else {
        higher = Final::new(ahead, Side::Least, Care::Exact, evaluation);
        lower = Final::new(behind, Side::Most, Care::Exact, evaluation);
    }
    let mut ways = higher.otherwise(gates, circuit);
    ways.extend(lower.otherwise(gates, circuit));
    ways.extend(of(gates, ahead).map(|gates| !gates.in_play));
    ways
}

/// What would have to be otherwise for a cause to count for the urgency, or not to, any of these.
pub(super) fn counts_otherwise(
    cause: Idx<Cause>,
    counts: bool,
    evaluation: &Evaluation<'_>,
    gates: &[CauseGates],
    circuit: &mut Circuit,
) -> Vec<Lit> {
    let side = if counts { Side::Least } else { Side::Most };
    let stays = |bound: &Final<'_>| {
        let (probability, lift) = (bound.probability(), bound.lift());
        if counts {
            bound.own.surely_ranks()
                && (probability > NOTABLE + APART
                    || (probability > WORTH_PROBABILITY + APART && lift > WORTH_LIFT + APART))
        } else {
            probability < NOTABLE - APART && (probability < WORTH_PROBABILITY - APART || lift < WORTH_LIFT - APART)
        }
    };
    let mut bound = Final::new(cause, side, Care::Bound, evaluation);
    if stays(&bound) {
        bound.weaken(&stays, evaluation.questionnaire());
    } else {
        bound = Final::new(cause, side, Care::Exact, evaluation);
    }
    let mut ways = bound.otherwise(gates, circuit);
    if counts {
        ways.extend(of(gates, cause).map(|gates| !gates.in_play));
    }
    ways
}
