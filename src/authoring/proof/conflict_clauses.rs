//! What the solver learns when the ranking contradicts a guess: a clause that explains the ranking by as few conditions
//! as possible, so that it excludes as many sets of answers as possible at once.

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::cause_bounds::{AssumedTruths, BoundSide, CauseGates};
use crate::authoring::proof::circuit::Circuit;
use crate::engine::evaluation::Evaluation;
use crate::engine::ranking::{counts_for_urgency, is_in_play};
use crate::questionnaire::{Cause, Questionnaire, position};

/// Two ways of computing one number can differ in their last bits.
const TOLERANCE: f64 = 1e-9;

/// A bound of a cause's probability after `unless`, with what is assumed for it.
struct FinalBound<'q> {
    cause: Idx<Cause>,
    own: AssumedTruths<'q>,
    explainers: Vec<ExplainerBound<'q>>,
}

/// A cause that takes a share of the other one's probability, by its `unless`.
struct ExplainerBound<'q> {
    cause: Idx<Cause>,
    /// Whether it is in play; `None` when nothing is assumed.
    in_play: Option<bool>,
    own: AssumedTruths<'q>,
}

/// What is assumed for a bound at first.
#[derive(Clone, Copy)]
enum Assumption {
    /// What makes a difference to the bound.
    Relevant,
    /// Every condition as it is. For numbers that are too close for bounds.
    Exact,
}

impl Assumption {
    fn about<'q>(self, cause: &'q Cause, side: BoundSide, evaluation: &Evaluation<'q>) -> AssumedTruths<'q> {
        match self {
            Assumption::Relevant => AssumedTruths::relevant(cause, side, evaluation),
            Assumption::Exact => AssumedTruths::exact(cause, side, evaluation),
        }
    }
}

impl<'q> FinalBound<'q> {
    fn new(cause: Idx<Cause>, side: BoundSide, assumption: Assumption, evaluation: &Evaluation<'q>) -> FinalBound<'q> {
        let questionnaire = evaluation.questionnaire();
        let explainers = explainers(questionnaire, cause).map(|id| {
            let explainer = &questionnaire.causes[id];
            // The more probable it is, the less probable the other one becomes.
            let side = side.other();
            let in_play = is_in_play(explainer, evaluation);
            let own = if in_play {
                assumption.about(explainer, side, evaluation)
            } else {
                AssumedTruths::nothing(explainer, side)
            };
            ExplainerBound { cause: id, in_play: Some(in_play), own }
        });
        let explainers = explainers.collect();
        FinalBound { cause, own: assumption.about(&questionnaire.causes[cause], side, evaluation), explainers }
    }

    /// The share of the probability that the explainers leave.
    fn left(&self) -> f64 {
        let may_take = |explainer: &&ExplainerBound<'_>| match self.own.side {
            BoundSide::Upper => explainer.in_play == Some(true),
            BoundSide::Lower => explainer.in_play != Some(false),
        };
        let taken = self.explainers.iter().filter(may_take).map(|explainer| explainer.own.probability());
        1.0 - taken.fold(0.0, f64::max)
    }

    fn probability(&self) -> f64 {
        self.left() * self.own.probability()
    }

    fn lift(&self) -> f64 {
        self.left() * self.own.lift()
    }

    /// Drops every assumption without which a statement about the bound stays true.
    fn weaken(&mut self, stays_true: &dyn Fn(&FinalBound<'q>) -> bool) {
        for at in 0..self.explainers.len() {
            self.weaken_explainer(at, stays_true);
        }
        for condition in 0..self.own.len() {
            let Some(forgotten) = self.own.forget(condition) else { continue };
            if !stays_true(self) {
                self.own.restore(forgotten);
            }
        }
    }

    fn weaken_explainer(&mut self, at: usize, stays_true: &dyn Fn(&FinalBound<'q>) -> bool) {
        let Some(explainer) = self.explainers.get_mut(at) else { return };
        let nothing = ExplainerBound { cause: explainer.cause, in_play: None, own: explainer.own.without_any() };
        let before = std::mem::replace(explainer, nothing);
        if stays_true(self) {
            return;
        }
        let conditions = if before.in_play == Some(true) { before.own.len() } else { 0 };
        if let Some(explainer) = self.explainers.get_mut(at) {
            *explainer = before;
        }
        for condition in 0..conditions {
            let Some(explainer) = self.explainers.get_mut(at) else { return };
            let Some(forgotten) = explainer.own.forget(condition) else { continue };
            if !stays_true(self)
                && let Some(explainer) = self.explainers.get_mut(at)
            {
                explainer.own.restore(forgotten);
            }
        }
    }

    /// Literals of which one is true whenever something that is assumed is not so.
    fn negation(&self, gates: &[CauseGates], circuit: &mut Circuit) -> Vec<Lit> {
        let mut negation = match gates.get(position(self.cause)) {
            Some(gates) => self.own.negation(gates, circuit),
            None => Vec::new(),
        };
        for explainer in &self.explainers {
            let Some(gates) = gates.get(position(explainer.cause)) else { continue };
            match explainer.in_play {
                Some(true) => {
                    negation.push(!gates.in_play);
                    negation.extend(explainer.own.negation(gates, circuit));
                }
                Some(false) => negation.push(gates.in_play),
                None => {}
            }
        }
        negation
    }
}

/// The causes that `unless` of a cause names, and the members of the families that it names.
fn explainers(questionnaire: &Questionnaire, cause: Idx<Cause>) -> impl Iterator<Item = Idx<Cause>> + '_ {
    let unless = &questionnaire.causes[cause].unless;
    let causes = (!unless.is_empty()).then(|| questionnaire.causes.iter().map(|(other, _)| other));
    let is_named = move |other: &Idx<Cause>| unless.iter().any(|topic| topic.covers(*other, questionnaire));
    causes.into_iter().flatten().filter(is_named)
}

/// Literals of which one is true whenever the first cause, as it is in this evaluation, is not ranked above the second.
pub(super) fn clause_if_above(
    above: Idx<Cause>,
    below: Idx<Cause>,
    evaluation: &Evaluation<'_>,
    gates: &[CauseGates],
    circuit: &mut Circuit,
) -> Vec<Lit> {
    let mut higher = FinalBound::new(above, BoundSide::Lower, Assumption::Relevant, evaluation);
    let mut lower = FinalBound::new(below, BoundSide::Upper, Assumption::Relevant, evaluation);
    let is_above = |higher: &FinalBound<'_>, highest_of_lower: f64| {
        higher.own.bounds.stays_ranked && higher.probability() > highest_of_lower + TOLERANCE
    };
    if is_above(&higher, lower.probability()) {
        let lowest_of_higher = higher.probability();
        lower.weaken(&|lower| lowest_of_higher > lower.probability() + TOLERANCE);
        let highest_of_lower = lower.probability();
        higher.weaken(&|higher| is_above(higher, highest_of_lower));
    } else {
        higher = FinalBound::new(above, BoundSide::Lower, Assumption::Exact, evaluation);
        lower = FinalBound::new(below, BoundSide::Upper, Assumption::Exact, evaluation);
    }
    let mut literals = higher.negation(gates, circuit);
    literals.extend(lower.negation(gates, circuit));
    literals.extend(gates.get(position(above)).map(|gates| !gates.in_play));
    literals
}

/// Literals of which one is true whenever a cause that counts for the urgency in this evaluation (`counts`) does not,
/// or the reverse.
pub(super) fn clause_if_counting(
    cause: Idx<Cause>,
    counts: bool,
    evaluation: &Evaluation<'_>,
    gates: &[CauseGates],
    circuit: &mut Circuit,
) -> Vec<Lit> {
    let side = if counts { BoundSide::Lower } else { BoundSide::Upper };
    let is_certain = |bound: &FinalBound<'_>| {
        let (probability, lift) = (bound.probability(), bound.lift());
        if counts {
            bound.own.bounds.stays_ranked && counts_for_urgency(probability - TOLERANCE, lift - TOLERANCE)
        } else {
            !counts_for_urgency(probability + TOLERANCE, lift + TOLERANCE)
        }
    };
    let mut bound = FinalBound::new(cause, side, Assumption::Relevant, evaluation);
    if is_certain(&bound) {
        bound.weaken(&is_certain);
    } else {
        bound = FinalBound::new(cause, side, Assumption::Exact, evaluation);
    }
    let mut literals = bound.negation(gates, circuit);
    if counts {
        literals.extend(gates.get(position(cause)).map(|gates| !gates.in_play));
    }
    literals
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::authoring::proof::encoding::Encoding;
    use crate::authoring::proof::read;
    use crate::engine::answers::Answers;
    use crate::questionnaire::Answer;

    #[test]
    fn a_condition_that_makes_no_difference_is_not_learned() {
        let questionnaire = read(
            r#"question = [
  { id = "pain", ask = "Pain?", kind = "one" },
  { id = "rash", ask = "Rash?", kind = "one" },
  { id = "cold", ask = "Cold?", kind = "one" },
]
[[cause]]
id = "common"
name = "Common"
base = [{ p = 0.6 }]
findings = [
  { lr = 5, when = { pain = "yes" }, grade = "C" },
  { lr = 0.9, when = { rash = "yes" }, grade = "C" },
]
[[cause]]
id = "rare"
name = "Rare"
base = [{ p = 0.1 }]
findings = [{ lr = 2, when = { cold = "yes" }, grade = "C" }]
"#,
        );
        let mut answers = Answers::new();
        for (id, question) in questionnaire.questions.iter() {
            answers.set(id, Answer::One(question.option("yes").expect("it has a yes")));
        }
        let evaluation = Evaluation::new(&questionnaire, &answers);
        let mut circuit = Circuit::new(Arc::new(|| false));
        let encoding = Encoding::new(&questionnaire, &mut circuit);
        let gates: Vec<CauseGates> =
            questionnaire.causes.values().map(|cause| CauseGates::new(&encoding, cause, &mut circuit)).collect();
        let causes: Vec<Idx<Cause>> = questionnaire.causes.iter().map(|(cause, _)| cause).collect();

        let learned = clause_if_above(causes[0], causes[1], &evaluation, &gates, &mut circuit);
        // Only the first finding matters: it is what ranks the cause.
        let pain = gates[0].conditions.findings[0];
        let learned: Vec<Lit> = learned.into_iter().filter(|literal| *literal != circuit.constant_false()).collect();
        assert_eq!(learned, [!pain.yes]);
    }
}
