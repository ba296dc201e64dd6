//! Logic circuits on a SAT solver. A gate is a literal that is true exactly when what it computes is; equal gates are
//! shared.
//!
//! The solver is `batsat`, a port of `MiniSat`. It finds a model, which is a value for every literal under which all clauses
//! are true, or proves that there is none.

use std::collections::HashMap;

use batsat::{Callbacks, Lit, Solver, SolverInterface, SolverOpts, lbool};

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
        let mut solver = Solver::new(SolverOpts::default(), StopCallback(stop));
        let constant_true = Lit::new(solver.new_var_default(), true);
        solver.add_clause_reuse(&mut vec![constant_true]);
        Circuit { solver, constant_true, and_gates: HashMap::new() }
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
        self.solver.add_clause_reuse(&mut any_inputs.into_iter().collect());
    }

    /// Whether all of these are true.
    pub(super) fn and(&mut self, inputs: impl IntoIterator<Item = Lit>) -> Lit {
        let mut parts: Vec<Lit> = inputs.into_iter().filter(|part| *part != self.constant_true).collect();
        parts.sort_unstable();
        parts.dedup();
        // A literal and its negation are neighbours once sorted.
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
        match self.solver.solve_limited(assumptions) {
            answer if answer == lbool::TRUE => SatResult::Satisfiable,
            answer if answer == lbool::FALSE => SatResult::Unsatisfiable,
            _ => SatResult::Stopped,
        }
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
