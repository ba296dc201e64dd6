//! Logic circuits on a SAT solver. A gate is a literal that is true exactly when what it computes is; equal gates are
//! shared.
//!
//! The solver is `batsat`, a port of `MiniSat`. It finds a model, which is a value for every literal under which all clauses
//! are true, or proves that there is none.

use std::collections::HashMap;

use batsat::{Callbacks, Lit, Solver, SolverInterface, SolverOpts, lbool};

/// With more literals in its clauses, the solver gives up: they take about half a gigabyte.
const MOST_LITERALS: usize = 20_000_000;

/// Returns true once the solver has to give up. It is called often.
pub type Stop = std::sync::Arc<dyn Fn() -> bool>;

/// Whether there is a model under some assumptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SatResult {
    /// There is one, which [`Circuit::is_true`] reads.
    Satisfiable,
    /// There is none.
    Unsatisfiable,
    /// The solver was stopped before it knew.
    Stopped,
}

/// A solver with the gates that were built on it.
pub(super) struct Circuit {
    solver: Solver<StopCallback>,
    stop: Stop,
    /// How many literals all clauses have.
    literals: usize,
    constant_true: Lit,
    /// The *and* gates by their sorted inputs.
    and_gates: HashMap<Vec<Lit>, Lit>,
}

struct StopCallback(Stop);

impl Callbacks for StopCallback {
    fn stop(&self) -> bool {
        (self.0)()
    }
}

impl Circuit {
    pub(super) fn new(stop: Stop) -> Circuit {
        let mut solver = Solver::new(SolverOpts::default(), StopCallback(Stop::clone(&stop)));
        let constant_true = Lit::new(solver.new_var_default(), true);
        solver.add_clause_reuse(&mut vec![constant_true]);
        Circuit { solver, stop, literals: 0, constant_true, and_gates: HashMap::new() }
    }

    pub(super) fn constant_true(&self) -> Lit {
        self.constant_true
    }

    pub(super) fn constant_false(&self) -> Lit {
        !self.constant_true
    }

    /// A literal that the solver is free to make true or false.
    pub(super) fn new_literal(&mut self) -> Lit {
        Lit::new(self.solver.new_var_default(), true)
    }

    /// Requires that one of these is true in every model.
    pub(super) fn add_clause(&mut self, any_inputs: impl IntoIterator<Item = Lit>) {
        let mut clause: Vec<Lit> = any_inputs.into_iter().collect();
        self.literals += clause.len();
        self.solver.add_clause_reuse(&mut clause);
    }

    /// Whether all of these are true.
    pub(super) fn and(&mut self, inputs: impl IntoIterator<Item = Lit>) -> Lit {
        let mut parts: Vec<Lit> = inputs.into_iter().filter(|part| *part != self.constant_true).collect();
        parts.sort_unstable();
        parts.dedup();
        // A literal and its negation are neighbors once sorted.
        let contradicts = parts.windows(2).any(|pair| matches!(pair, [a, b] if *a == !*b));
        if contradicts || parts.contains(&self.constant_false()) {
            return self.constant_false();
        }
        match parts.as_slice() {
            [] => return self.constant_true(),
            [only] => return *only,
            _ => {}
        }
        if let Some(gate) = self.and_gates.get(&parts) {
            return *gate;
        }
        let gate = self.new_literal();
        for part in &parts {
            self.add_clause([!gate, *part]);
        }
        self.add_clause(parts.iter().map(|part| !*part).chain([gate]));
        self.and_gates.insert(parts, gate);
        gate
    }

    /// Whether any of these is true.
    pub(super) fn or(&mut self, inputs: impl IntoIterator<Item = Lit>) -> Lit {
        !self.and(inputs.into_iter().map(|part| !part))
    }

    /// Counts the inputs that are true: the literal at `n` says whether more than `n` are, for every `n` below `limit`.
    /// This is the totalizer encoding: each half is counted, and the two counts are added.
    pub(super) fn totalizer(&mut self, inputs: &[Lit], limit: usize) -> Vec<Lit> {
        match inputs {
            [] => Vec::new(),
            [only] => vec![*only].into_iter().take(limit).collect(),
            _ => {
                let (left, right) = inputs.split_at(inputs.len() / 2);
                let (left, right) = (self.totalizer(left, limit), self.totalizer(right, limit));
                self.add_totals(&left, &right, limit)
            }
        }
    }

    fn add_totals(&mut self, left: &[Lit], right: &[Lit], limit: usize) -> Vec<Lit> {
        // Nothing is solved any more, so a count that ends early proves nothing wrong.
        if self.is_stopped() {
            return Vec::new();
        }
        let constant_true = self.constant_true;
        let at_least = |totals: &[Lit], n: usize| match n.checked_sub(1) {
            None => Some(constant_true),
            Some(at) => totals.get(at).copied(),
        };
        (1..=limit.min(left.len() + right.len()))
            .map(|total| {
                let ways: Vec<Lit> = (0..=total)
                    .filter_map(|n| Some([at_least(left, n)?, at_least(right, total - n)?]))
                    .map(|both| self.and(both))
                    .collect();
                self.or(ways)
            })
            .collect()
    }

    /// Searches for a model in which all assumptions are true.
    pub(super) fn solve(&mut self, assumptions: &[Lit]) -> SatResult {
        // The solver itself would ask only after a while.
        if self.is_stopped() {
            return SatResult::Stopped;
        }
        match self.solver.solve_limited(assumptions) {
            answer if answer == lbool::TRUE => SatResult::Satisfiable,
            answer if answer == lbool::FALSE => SatResult::Unsatisfiable,
            _ => SatResult::Stopped,
        }
    }

    /// Whether nothing more is to be solved. Gates that are built from then on mean nothing.
    pub(super) fn is_stopped(&self) -> bool {
        self.literals > MOST_LITERALS || (self.stop)()
    }

    /// Whether a literal is true in the model that was found last.
    pub(super) fn is_true(&self, literal: Lit) -> bool {
        self.solver.value_lit(literal) == lbool::TRUE
    }

    /// Whether this assumption was needed for the last proof that there is no model.
    pub(super) fn is_in_core(&self, literal: Lit) -> bool {
        self.solver.unsat_core_contains_var(literal.var())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn circuit() -> Circuit {
        Circuit::new(Arc::new(|| false))
    }

    fn constants(circuit: &Circuit, values: &[bool]) -> Vec<Lit> {
        values.iter().map(|value| if *value { circuit.constant_true() } else { circuit.constant_false() }).collect()
    }

    #[test]
    fn a_gate_is_true_in_a_model_exactly_when_its_inputs_make_it_so() {
        let mut circuit = circuit();
        let (a, b) = (circuit.new_literal(), circuit.new_literal());
        let (both, either) = (circuit.and([a, b]), circuit.or([a, b]));
        for assumptions in [[a, b], [a, !b], [!a, b], [!a, !b]] {
            assert_eq!(circuit.solve(&assumptions), SatResult::Satisfiable);
            assert_eq!(circuit.is_true(both), circuit.is_true(a) && circuit.is_true(b));
            assert_eq!(circuit.is_true(either), circuit.is_true(a) || circuit.is_true(b));
        }
    }

    #[test]
    fn equal_gates_are_one_literal() {
        let mut circuit = circuit();
        let (a, b) = (circuit.new_literal(), circuit.new_literal());
        assert_eq!(circuit.and([a, b]), circuit.and([b, a, a]));
        assert_eq!(circuit.or([a, b]), !circuit.and([!a, !b]));
        assert_eq!(circuit.and([a, !a]), circuit.constant_false());
        assert_eq!(circuit.and([a, circuit.constant_true()]), a);
    }

    #[test]
    fn a_totalizer_says_at_each_number_whether_more_inputs_are_true() {
        let mut circuit = circuit();
        for (values, total) in [(vec![], 0), (vec![true], 1), (vec![true, false, true], 2), (vec![true; 5], 5)] {
            let inputs = constants(&circuit, &values);
            let totals = circuit.totalizer(&inputs, inputs.len());
            let expected: Vec<bool> = (0..inputs.len()).map(|number| total > number).collect();
            assert_eq!(totals, constants(&circuit, &expected), "{values:?}");
        }
    }

    #[test]
    fn a_totalizer_counts_no_further_than_its_limit() {
        let mut circuit = circuit();
        let inputs: Vec<Lit> = (0..9).map(|_| circuit.new_literal()).collect();
        assert_eq!(circuit.totalizer(&inputs, 2).len(), 2);
    }

    #[test]
    fn an_assumption_that_a_proof_does_not_need_is_not_in_its_core() {
        let mut circuit = circuit();
        let (a, b, other) = (circuit.new_literal(), circuit.new_literal(), circuit.new_literal());
        circuit.add_clause([!a, !b]);
        assert_eq!(circuit.solve(&[a, b, other]), SatResult::Unsatisfiable);
        assert!(circuit.is_in_core(b) && !circuit.is_in_core(other));
    }
}
