//! How a probability came about: every factor that is in it, in the order in which it is worked out.

use la_arena::Idx;

use crate::engine::ranking::{Cap, Ranked, Weight};
use crate::questionnaire::Cause;

/// A step from the base rate to the probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BreakdownStep {
    /// The base rate: where it begins.
    Base(f64),
    /// The odds that it is present at all: those of the base rate divided by how often it contributes when present.
    Odds(f64),
    /// Background multiplies the odds.
    Background(f64),
    /// A finding multiplies the odds, as far as it counts.
    Finding(Weight),
    /// A limit that took effect.
    Cap(Cap),
    /// The odds as a probability: that it is present.
    Present(f64),
    /// How often it contributes when it is present multiplies that.
    Attribution(f64),
    /// What is left of the probability, as something else may explain what there is.
    Left(f64, Idx<Cause>),
    /// The probability: what comes out.
    Result(f64),
}

impl Ranked {
    /// Every factor that is in the probability.
    #[must_use]
    pub fn breakdown(&self) -> Vec<BreakdownStep> {
        let present = self.base_rate / self.attribution;
        let mut steps = vec![BreakdownStep::Base(self.base_rate), BreakdownStep::Odds(present / (1.0 - present))];
        steps.extend(self.adjust_row.map(|_| BreakdownStep::Background(self.background)));
        steps.extend(self.weights.iter().copied().map(BreakdownStep::Finding));
        steps.extend(self.caps.iter().copied().map(BreakdownStep::Cap));
        steps.push(BreakdownStep::Present(self.probability / self.left / self.attribution));
        steps.extend((self.attribution < 1.0).then_some(BreakdownStep::Attribution(self.attribution)));
        steps.extend(self.explained_by.map(|other| BreakdownStep::Left(self.left, other)));
        steps.push(BreakdownStep::Result(self.probability));
        steps
    }
}
