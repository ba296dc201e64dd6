//! Bounds of a cause's probability that assume the truth of only some of its conditions. The fewer of them a bound needs,
//! the more the solver learns from it.

use batsat::Lit;

use crate::authoring::proof::circuit::Circuit;
use crate::authoring::proof::encoding::{EncodedTruth, Encoding};
use crate::engine::bounds::{CauseBounds, CauseConditions, weight};
use crate::engine::evaluation::Evaluation;
use crate::engine::reachability::Possible;
use crate::questionnaire::{Cause, Truth};

/// A cause as a circuit.
pub(super) struct CauseGates {
    /// Whether its `when` is *yes*, and the causes apply to the person.
    pub(super) in_play: Lit,
    /// Whether it is ranked: in play, and some answer speaks for or against it.
    pub(super) ranked: Lit,
    pub(super) conditions: CauseConditions<EncodedTruth>,
}

/// Whether a bound is a lower or an upper one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BoundSide {
    Lower,
    Upper,
}

impl BoundSide {
    pub(super) fn other(self) -> BoundSide {
        match self {
            BoundSide::Lower => BoundSide::Upper,
            BoundSide::Upper => BoundSide::Lower,
        }
    }
}

/// What is assumed of a cause: of each condition, the truth values that it can have.
pub(super) struct AssumedTruths<'q> {
    cause: &'q Cause,
    pub(super) side: BoundSide,
    possible: CauseConditions<Possible>,
    /// The bounds that follow, before `unless`, while the cause is in play.
    pub(super) bounds: CauseBounds,
}

/// What was assumed of one condition, and the bounds that followed.
#[derive(Debug, Clone, Copy)]
pub(super) struct ForgottenTruth {
    condition: usize,
    possible: Possible,
    bounds: CauseBounds,
}

impl CauseGates {
    pub(super) fn new(encoding: &Encoding<'_>, cause: &Cause, circuit: &mut Circuit) -> CauseGates {
        let applies = encoding.condition(&encoding.questionnaire.ranks_when, circuit);
        let when = encoding.condition(&cause.when, circuit);
        let in_play = circuit.and([when.yes, !applies.no]);
        let conditions = CauseConditions::new(cause, |condition| encoding.condition(condition, circuit));
        let mut speaks: Vec<Lit> = conditions.findings.iter().map(|finding| finding.yes).collect();
        let findings = cause.findings.iter().zip(&conditions.findings);
        speaks.extend(findings.filter(|(finding, _)| finding.lr_no.is_some()).map(|(_, truth)| truth.no));
        let speaks = if cause.when.is_always() { circuit.or(speaks) } else { circuit.constant_true() };
        let ranked = circuit.and([in_play, speaks]);
        CauseGates { in_play, ranked, conditions }
    }
}

impl<'q> AssumedTruths<'q> {
    fn new(cause: &'q Cause, side: BoundSide, possible: CauseConditions<Possible>) -> AssumedTruths<'q> {
        let bounds = possible.bounds(cause, true);
        AssumedTruths { cause, side, possible, bounds }
    }

    /// Assumes that every condition is as it is in the evaluation.
    pub(super) fn exact(cause: &'q Cause, side: BoundSide, evaluation: &Evaluation<'_>) -> AssumedTruths<'q> {
        AssumedTruths::new(cause, side, CauseConditions::new(cause, |condition| evaluation.truth(condition).into()))
    }

    /// Assumes nothing.
    pub(super) fn nothing(cause: &'q Cause, side: BoundSide) -> AssumedTruths<'q> {
        AssumedTruths::new(cause, side, CauseConditions::new(cause, |_| Possible::ANYTHING))
    }

    /// Assumes as little as it can without moving the bound on this side from where [`AssumedTruths::exact`] has it.
    pub(super) fn relevant(cause: &'q Cause, side: BoundSide, evaluation: &Evaluation<'_>) -> AssumedTruths<'q> {
        let mut possible = CauseConditions::new(cause, |condition| Possible::from(evaluation.truth(condition)));
        for rows in [&mut possible.base, &mut possible.adjust] {
            // The first row that is *yes* is used, as long as none before it becomes *yes*. Those behind it do not matter.
            let first = rows.iter().position(|row| row.yes).unwrap_or(rows.len());
            rows.iter_mut().take(first).for_each(|row| *row = Possible { yes: false, ..Possible::ANYTHING });
            rows.iter_mut().skip(first + 1).for_each(|row| *row = Possible::ANYTHING);
        }
        // A finding may have any weight that does not move the bound outwards.
        for (finding, possible) in cause.findings.iter().zip(&mut possible.findings) {
            let present = weight(finding, evaluation.truth(&finding.when));
            let may_be = |truth| match side {
                BoundSide::Upper => weight(finding, truth) <= present,
                BoundSide::Lower => weight(finding, truth) >= present,
            };
            *possible = Possible { yes: may_be(Truth::Yes), no: may_be(Truth::No), open: may_be(Truth::Open) };
        }
        AssumedTruths::new(cause, side, possible)
    }

    /// Assumes nothing, of the same cause and on the same side.
    pub(super) fn without_any(&self) -> AssumedTruths<'q> {
        AssumedTruths::nothing(self.cause, self.side)
    }

    /// How many conditions the cause has.
    pub(super) fn len(&self) -> usize {
        self.possible.iter().count()
    }

    /// Drops what is assumed of one condition; `None` when nothing is.
    pub(super) fn forget(&mut self, condition: usize) -> Option<ForgottenTruth> {
        let slot = self.possible.iter_mut().nth(condition)?;
        let possible = std::mem::replace(slot, Possible::ANYTHING);
        if possible == Possible::ANYTHING {
            return None;
        }
        let bounds = std::mem::replace(&mut self.bounds, self.possible.bounds(self.cause, true));
        Some(ForgottenTruth { condition, possible, bounds })
    }

    pub(super) fn restore(&mut self, forgotten: ForgottenTruth) {
        if let Some(slot) = self.possible.iter_mut().nth(forgotten.condition) {
            *slot = forgotten.possible;
            self.bounds = forgotten.bounds;
        }
    }

    /// The bound of the probability on this side.
    pub(super) fn probability(&self) -> f64 {
        match self.side {
            BoundSide::Lower => self.bounds.low,
            BoundSide::Upper => self.bounds.high,
        }
    }

    /// The bound of the lift on this side.
    pub(super) fn lift(&self) -> f64 {
        match self.side {
            BoundSide::Lower => self.bounds.low_lift,
            BoundSide::Upper => self.bounds.high_lift,
        }
    }

    /// Literals of which one is true whenever something that is assumed is not so.
    pub(super) fn negation(&self, gates: &CauseGates, circuit: &mut Circuit) -> Vec<Lit> {
        let conditions = self.possible.iter().zip(gates.conditions.iter());
        conditions.flat_map(|(possible, truth)| other_truth(*possible, *truth, circuit)).collect()
    }
}

/// Literals of which one is true whenever a truth is none of the possible values.
fn other_truth(possible: Possible, truth: EncodedTruth, circuit: &mut Circuit) -> Vec<Lit> {
    match (possible.yes, possible.no, possible.open) {
        (true, true, true) => Vec::new(),
        (true, false, false) => vec![!truth.yes],
        (false, true, false) => vec![!truth.no],
        (false, false, _) => vec![truth.yes, truth.no],
        (false, true, true) => vec![truth.yes],
        (true, false, true) => vec![truth.no],
        (true, true, false) => vec![circuit.and([!truth.yes, !truth.no])],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::proof::read;
    use crate::engine::answers::Answers;
    use crate::questionnaire::{Answer, Questionnaire};

    fn questionnaire() -> Questionnaire {
        read(
            r#"question = [
  { id = "old", ask = "Old?", kind = "one" },
  { id = "pain", ask = "Pain?", kind = "one" },
  { id = "rash", ask = "Rash?", kind = "one" },
]
[[cause]]
id = "it"
name = "It"
base = [{ p = 0.4, when = { old = "yes" } }, { p = 0.1 }]
findings = [
  { lr = 3, lr_no = 0.5, when = { pain = "yes" }, grade = "C" },
  { lr = 0.2, when = { rash = "yes" }, grade = "C" },
]
"#,
        )
    }

    /// Every way to answer the three questions with yes, no or nothing.
    fn every_answer(questionnaire: &Questionnaire) -> Vec<Answers> {
        let mut all = vec![Answers::new()];
        for (id, question) in questionnaire.questions.iter() {
            for answers in all.clone() {
                for option in ["yes", "no"] {
                    let mut answers = answers.clone();
                    answers.set(id, Answer::One(question.option(option).expect("yes or no")));
                    all.push(answers);
                }
            }
        }
        all
    }

    #[track_caller]
    fn for_all_answers(check: impl Fn(&Cause, &Evaluation<'_>, BoundSide)) {
        let questionnaire = questionnaire();
        let cause = questionnaire.causes.values().next().expect("a cause");
        for answers in every_answer(&questionnaire) {
            let evaluation = Evaluation::new(&questionnaire, &answers);
            check(cause, &evaluation, BoundSide::Lower);
            check(cause, &evaluation, BoundSide::Upper);
        }
    }

    fn is_inside(inner: &AssumedTruths<'_>, outer: &AssumedTruths<'_>) -> bool {
        outer.bounds.low <= inner.bounds.low && inner.bounds.high <= outer.bounds.high
    }

    #[test]
    fn the_bounds_of_exact_assumptions_are_one_number() {
        for_all_answers(|cause, evaluation, side| {
            let bounds = AssumedTruths::exact(cause, side, evaluation).bounds;
            assert!((bounds.low - bounds.high).abs() < 1e-12, "{bounds:?}");
        });
    }

    #[test]
    fn relevant_assumptions_have_the_same_bound_on_their_side_as_exact_ones() {
        for_all_answers(|cause, evaluation, side| {
            let relevant = AssumedTruths::relevant(cause, side, evaluation).probability();
            let exact = AssumedTruths::exact(cause, side, evaluation).probability();
            assert!((relevant - exact).abs() < 1e-12, "{side:?}: {relevant} and {exact}");
        });
    }

    #[test]
    fn to_forget_a_condition_only_widens_the_bounds_and_can_be_taken_back() {
        for_all_answers(|cause, evaluation, side| {
            let exact = AssumedTruths::exact(cause, side, evaluation);
            let mut assumed = AssumedTruths::exact(cause, side, evaluation);
            for condition in 0..assumed.len() {
                let forgotten = assumed.forget(condition).expect("it was assumed");
                assert!(is_inside(&exact, &assumed) && is_inside(&assumed, &assumed.without_any()));
                assert!(assumed.forget(condition).is_none(), "nothing is left to forget");
                assumed.restore(forgotten);
                assert_eq!(assumed.bounds, exact.bounds);
            }
        });
    }
}
