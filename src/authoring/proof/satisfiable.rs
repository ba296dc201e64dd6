//! What conditions can become, whatever is answered.

use std::collections::HashSet;

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::circuit::SatResult;
use crate::authoring::proof::prover::Prover;
use crate::questionnaire::{Cause, Condition, Question, Test, Truth};

/// Literals that were true in some model. A model that the solver finds for one condition also answers the same question
/// about many others.
#[derive(Default)]
pub(super) struct KnownSatisfiable {
    watched: Vec<Lit>,
    satisfiable: HashSet<Lit>,
}

/// Each of these is `None` when there was no time to decide it.
impl Prover<'_> {
    /// Notes what this condition becomes in each model that is found for other ones.
    pub fn watch(&mut self, condition: &Condition) {
        let encoded = self.encoding.condition(condition, &mut self.circuit);
        self.known_satisfiable.watched.extend([encoded.yes, encoded.no]);
    }

    /// Whether some answers give a condition this truth value.
    pub fn can_be(&mut self, condition: &Condition, truth: Truth) -> Option<bool> {
        let encoded = self.encoding.condition(condition, &mut self.circuit);
        self.is_satisfiable(&match truth {
            Truth::Yes => vec![encoded.yes],
            Truth::No => vec![encoded.no],
            Truth::Open => vec![!encoded.yes, !encoded.no],
        })
    }

    /// Whether some answers make one table of a condition *yes*.
    pub fn can_table_be_yes(&mut self, table: &[Test]) -> Option<bool> {
        let encoded = self.encoding.table(table, &mut self.circuit);
        self.is_satisfiable(&[encoded.yes])
    }

    /// Of each condition, whether some answers make it *yes*, but none of those before it.
    pub fn can_be_first_yes<'c>(&mut self, conditions: impl IntoIterator<Item = &'c Condition>) -> Vec<Option<bool>> {
        let mut none_before = self.circuit.constant_true();
        let mut can_be = Vec::new();
        for condition in conditions {
            let is_yes = self.encoding.condition(condition, &mut self.circuit).yes;
            can_be.push(self.is_satisfiable(&[is_yes, none_before]));
            none_before = self.circuit.and([none_before, !is_yes]);
        }
        can_be
    }

    /// Whether anybody can be asked a question.
    pub fn can_be_asked(&mut self, question: Idx<Question>) -> Option<bool> {
        let shown = self.encoding.question(question).map(|question| question.shown.yes)?;
        self.is_satisfiable(&[shown])
    }

    /// Whether a cause can be ranked.
    pub fn can_be_ranked(&mut self, cause: Idx<Cause>) -> Option<bool> {
        let ranked = self.is_ranked(cause);
        self.is_satisfiable(&[ranked])
    }

    /// Whether all of these literals can be true together.
    fn is_satisfiable(&mut self, literals: &[Lit]) -> Option<bool> {
        if let [literal] = literals
            && self.known_satisfiable.satisfiable.contains(literal)
        {
            return Some(true);
        }
        match self.circuit.solve(literals) {
            SatResult::Satisfiable => {
                let known = &mut self.known_satisfiable;
                known.satisfiable.extend(known.watched.iter().filter(|watched| self.circuit.is_true(**watched)));
                Some(true)
            }
            SatResult::Unsatisfiable => Some(false),
            SatResult::Stopped => None,
        }
    }
}
