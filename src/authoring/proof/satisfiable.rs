//! What a condition can be, whatever is answered.

use std::collections::HashSet;

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::circuit::SatResult;
use crate::authoring::proof::prover::Prover;
use crate::questionnaire::{Cause, Condition, Question, Test, Truth};

/// What has been seen to be possible. Each set of answers that is found for one condition shows it of many others.
#[derive(Default)]
pub(super) struct KnownSatisfiable {
    /// What to look out for.
    watched: Vec<Lit>,
    seen: HashSet<Lit>,
}

impl Prover<'_> {
    /// Looks out for a condition while others are asked about.
    pub fn watch(&mut self, condition: &Condition) {
        let is = self.encoding.condition(condition, &mut self.circuit);
        self.seen.watched.extend([is.yes, is.no]);
    }

    /// Whether some answers make a condition this; `None` when there was no time to find out.
    pub fn can_be(&mut self, condition: &Condition, truth: Truth) -> Option<bool> {
        let is = self.encoding.condition(condition, &mut self.circuit);
        self.is_possible(&match truth {
            Truth::Yes => vec![is.yes],
            Truth::No => vec![is.no],
            Truth::Open => vec![!is.yes, !is.no],
        })
    }

    /// Whether some answers make one table of a condition hold; `None` when there was no time to find out.
    pub fn can_hold(&mut self, table: &[Test]) -> Option<bool> {
        let is = self.encoding.table(table, &mut self.circuit);
        self.is_possible(&[is.yes])
    }

    /// Whether some answers make one condition hold and none of the others; `None` when there was no time to find out.
    pub fn can_hold_alone<'c>(
        &mut self,
        condition: &Condition,
        others: impl IntoIterator<Item = &'c Condition>,
    ) -> Option<bool> {
        let mut together = vec![self.encoding.condition(condition, &mut self.circuit).yes];
        for other in others {
            together.push(!self.encoding.condition(other, &mut self.circuit).yes);
        }
        self.is_possible(&together)
    }

    /// Whether somebody can be asked a question; `None` when there was no time to find out.
    pub fn can_be_asked(&mut self, question: Idx<Question>) -> Option<bool> {
        let shown = self.encoding.question(question).map(|asked| asked.shown.yes)?;
        self.is_possible(&[shown])
    }

    /// Whether something that is answered can speak on a cause; `None` when there was no time to find out.
    pub fn can_be_ranked(&mut self, cause: Idx<Cause>) -> Option<bool> {
        let ranked = self.gates(cause)?.ranked;
        self.is_possible(&[ranked])
    }

    fn is_possible(&mut self, together: &[Lit]) -> Option<bool> {
        if let [only] = together
            && self.seen.seen.contains(only)
        {
            return Some(true);
        }
        match self.circuit.solve(together) {
            SatResult::Satisfiable => {
                let held = self.seen.watched.iter().filter(|watched| self.circuit.is_true(**watched));
                self.seen.seen.extend(held);
                Some(true)
            }
            SatResult::Unsatisfiable => Some(false),
            SatResult::Stopped => None,
        }
    }
}
