//! Why one cause is ahead of another, or counts for the urgency: as few conditions as it takes, so that the solver
//! learns as much as there is to learn from one set of answers.

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::cause_bounds::{AssumedTruths, BoundSide, CauseGates, CauseRange};
use crate::authoring::proof::circuit::Circuit;
use crate::engine::evaluation::Evaluation;
use crate::engine::ranking::{NOTABLE, WORTH_LIFT, WORTH_PROBABILITY};
use crate::questionnaire::{Cause, Questionnaire, Truth, position};

/// Two ways of computing one number may differ in their last bits.
const TOLERANCE: f64 = 1e-9;

/// A bound on what a cause comes to after others have explained it away, and what the bound rests on.
struct FinalBound<'q> {
    cause: Idx<Cause>,
    side: BoundSide,
    own: AssumedTruths<'q>,
    span: CauseRange,
    others: Vec<ExplainerBound<'q>>,
}

/// A cause that explains the other one away.
struct ExplainerBound<'q> {
    cause: Idx<Cause>,
    known: AssumedTruths<'q>,
    /// The bound on it that counts.
    most_or_least: f64,
    /// Whether it is in play, if that is known.
    in_play: Option<bool>,
}

/// How much of what is so a reason takes in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Precision {
    /// What makes a difference to the bound.
    Bounds,
    /// Everything, where two numbers are too close for bounds.
    Exact,
}

impl<'q> FinalBound<'q> {
    fn new(cause: Idx<Cause>, side: BoundSide, care: Precision, evaluation: &Evaluation<'q>) -> FinalBound<'q> {
        let questionnaire = evaluation.questionnaire();
        let own = known(cause, side, care, evaluation);
        let span = own.span();
        // What explains a cause away lowers it: the more, the more probable it is itself.
        let turned = match side {
            BoundSide::Upper => BoundSide::Lower,
            BoundSide::Lower => BoundSide::Upper,
        };
        let others = explainers(questionnaire, cause).map(|other| {
            let in_play = is_in_play(other, evaluation);
            let known = if in_play {
                known(other, turned, care, evaluation)
            } else {
                AssumedTruths::nothing(&questionnaire.causes[other], turned)
            };
            let most_or_least = bound(turned, &known);
            ExplainerBound { cause: other, known, most_or_least, in_play: Some(in_play) }
        });
        let others = others.collect();
        FinalBound { cause, side, own, span, others }
    }

    /// The share of the probability that the others leave.
    fn left(&self) -> f64 {
        let counts = |other: &&ExplainerBound<'_>| match self.side {
            BoundSide::Upper => other.in_play == Some(true),
            BoundSide::Lower => other.in_play != Some(false),
        };
        1.0 - self.others.iter().filter(counts).map(|other| other.most_or_least).fold(0.0, f64::max)
    }

    fn probability(&self) -> f64 {
        self.left()
            * match self.side {
                BoundSide::Upper => self.span.most,
                BoundSide::Lower => self.span.least,
            }
    }

    fn lift(&self) -> f64 {
        self.left()
            * match self.side {
                BoundSide::Upper => self.span.most_lift,
                BoundSide::Lower => self.span.least_lift,
            }
    }

    /// What of it would have to be otherwise, any of these.
    fn otherwise(&self, gates: &[CauseGates], circuit: &mut Circuit) -> Vec<Lit> {
        let mut ways = gates_of(gates, self.cause).map(|gates| self.own.otherwise(gates, circuit)).unwrap_or_default();
        for other in &self.others {
            let Some(gates) = gates_of(gates, other.cause) else { continue };
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
    fn weaken(&mut self, stays: &dyn Fn(&FinalBound<'q>) -> bool, questionnaire: &'q Questionnaire) {
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

    fn weaken_other(&mut self, at: usize, stays: &dyn Fn(&FinalBound<'q>) -> bool, questionnaire: &'q Questionnaire) {
        let Some(other) = self.others.get_mut(at) else { return };
        let turned = other.known.side();
        let nothing = AssumedTruths::nothing(&questionnaire.causes[other.cause], turned);
        let most_or_least = bound(turned, &nothing);
        let free = ExplainerBound { cause: other.cause, known: nothing, most_or_least, in_play: None };
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

fn known<'q>(cause: Idx<Cause>, side: BoundSide, care: Precision, evaluation: &Evaluation<'q>) -> AssumedTruths<'q> {
    let cause = &evaluation.questionnaire().causes[cause];
    match care {
        Precision::Bounds => AssumedTruths::of(cause, side, evaluation),
        Precision::Exact => AssumedTruths::exactly(cause, side, evaluation),
    }
}

fn bound(side: BoundSide, known: &AssumedTruths<'_>) -> f64 {
    match side {
        BoundSide::Upper => known.span().most,
        BoundSide::Lower => known.span().least,
    }
}

fn gates_of(gates: &[CauseGates], cause: Idx<Cause>) -> Option<&CauseGates> {
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
pub(super) fn clause_if_not_ahead(
    ahead: Idx<Cause>,
    behind: Idx<Cause>,
    evaluation: &Evaluation<'_>,
    gates: &[CauseGates],
    circuit: &mut Circuit,
) -> Vec<Lit> {
    let questionnaire = evaluation.questionnaire();
    let mut higher = FinalBound::new(ahead, BoundSide::Lower, Precision::Bounds, evaluation);
    let mut lower = FinalBound::new(behind, BoundSide::Upper, Precision::Bounds, evaluation);
    let is_above =
        |higher: &FinalBound<'_>, lower: f64| higher.own.surely_ranks() && higher.probability() > lower + TOLERANCE;
    if is_above(&higher, lower.probability()) {
        let least = higher.probability();
        lower.weaken(&|lower| least > lower.probability() + TOLERANCE, questionnaire);
        let most = lower.probability();
        higher.weaken(&|higher| is_above(higher, most), questionnaire);
    } else {
        higher = FinalBound::new(ahead, BoundSide::Lower, Precision::Exact, evaluation);
        lower = FinalBound::new(behind, BoundSide::Upper, Precision::Exact, evaluation);
    }
    let mut ways = higher.otherwise(gates, circuit);
    ways.extend(lower.otherwise(gates, circuit));
    ways.extend(gates_of(gates, ahead).map(|gates| !gates.in_play));
    ways
}

/// What would have to be otherwise for a cause to count for the urgency, or not to, any of these.
pub(super) fn clause_if_counting_differs(
    cause: Idx<Cause>,
    counts: bool,
    evaluation: &Evaluation<'_>,
    gates: &[CauseGates],
    circuit: &mut Circuit,
) -> Vec<Lit> {
    let side = if counts { BoundSide::Lower } else { BoundSide::Upper };
    let stays = |bound: &FinalBound<'_>| {
        let (probability, lift) = (bound.probability(), bound.lift());
        if counts {
            bound.own.surely_ranks()
                && (probability > NOTABLE + TOLERANCE
                    || (probability > WORTH_PROBABILITY + TOLERANCE && lift > WORTH_LIFT + TOLERANCE))
        } else {
            probability < NOTABLE - TOLERANCE
                && (probability < WORTH_PROBABILITY - TOLERANCE || lift < WORTH_LIFT - TOLERANCE)
        }
    };
    let mut bound = FinalBound::new(cause, side, Precision::Bounds, evaluation);
    if stays(&bound) {
        bound.weaken(&stays, evaluation.questionnaire());
    } else {
        bound = FinalBound::new(cause, side, Precision::Exact, evaluation);
    }
    let mut ways = bound.otherwise(gates, circuit);
    if counts {
        ways.extend(gates_of(gates, cause).map(|gates| !gates.in_play));
    }
    ways
}
