//! The calculation of a probability, step by step, for those who want to check it.

use la_arena::Idx;

use crate::engine::ranking::{Cap, Ranked, Weight};
use crate::questionnaire::Cause;

/// A step from the base rate to the probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BreakdownStep {
    /// The base rate, where the calculation starts.
    Base(f64),
    /// The prior odds that the cause is present: those of the base rate divided by the attribution.
    Odds(f64),
    /// A factor on the odds from `adjust`.
    Background(f64),
    /// A factor on the odds from a finding.
    Finding(Weight),
    /// A limit that took effect.
    Cap(Cap),
    /// The odds turned into the probability that the cause is present.
    Present(f64),
    /// The attribution, a factor on the probability.
    Attribution(f64),
    /// The factor that `unless` leaves, and the cause that took the rest.
    Left(f64, Idx<Cause>),
    /// The resulting probability.
    Result(f64),
}

impl Ranked {
    /// Every step of the calculation for this cause, in order.
    #[must_use]
    pub fn breakdown(&self, cause: &Cause) -> Vec<BreakdownStep> {
        let present = self.base_rate / cause.attribution;
        let mut steps = vec![BreakdownStep::Base(self.base_rate), BreakdownStep::Odds(present / (1.0 - present))];
        let adjustment = self.adjust_row.and_then(|at| cause.adjust.get(at));
        steps.extend(adjustment.map(|row| BreakdownStep::Background(row.odds)));
        steps.extend(self.weights.iter().copied().map(BreakdownStep::Finding));
        steps.extend(self.caps.iter().copied().map(BreakdownStep::Cap));
        steps.push(BreakdownStep::Present(self.probability / self.left / cause.attribution));
        steps.extend((cause.attribution < 1.0).then_some(BreakdownStep::Attribution(cause.attribution)));
        steps.extend(self.explained_by.map(|other| BreakdownStep::Left(self.left, other)));
        steps.push(BreakdownStep::Result(self.probability));
        steps
    }
}
