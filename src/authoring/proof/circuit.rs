//! Logic circuits for a SAT solver: gates over literals, shared where they are the same, and questions to the solver.
//!
//! The solver is `batsat`, a port of `MiniSat`: it searches for values of all literals, or proves that there are none.

use std::collections::HashMap;

use batsat::{Callbacks, Lit, Solver, SolverInterface, SolverOpts, lbool};

/// When to give up; asked often.
pub type Stop = std::sync::Arc<dyn Fn() -> bool>;

/// What the solver says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SatResult {
    /// There are such values; [`Circuit::is_true`] reads them.
    Satisfiable,
    /// There are none.
    Unsatisfiable,
    /// It was stopped before it knew.
    Stopped,
}

/// Literals and gates. A gate is a literal that is true exactly when what it stands for is.
pub(super) struct Circuit {
    solver: Solver<StopCallback>,
    always: Lit,
    gates: HashMap<Vec<Lit>, Lit>,
}

/// Asks whether to give up.
struct StopCallback(Stop);

impl Callbacks for StopCallback {
    fn stop(&self) -> bool {
        (self.0)()
    }
}

impl Circuit {
    pub(super) fn new(stop: Stop) -> Circuit {
        let mut solver = Solver::new(SolverOpts::default(), StopCallback(stop));
        let always = Lit::new(solver.new_var_default(), true);
        solver.add_clause_reuse(&mut vec![always]);
        Circuit { solver, always, gates: HashMap::new() }
    }

    /// The literal that is always true.
    pub(super) fn constant_true(&self) -> Lit {
        self.always
    }

    /// The literal that is never true.
    pub(super) fn constant_false(&self) -> Lit {
        !self.always
    }

    /// A literal that may be true or not.
    pub(super) fn new_literal(&mut self) -> Lit {
        Lit::new(self.solver.new_var_default(), true)
    }

    /// One of these is true.
    pub(super) fn add_clause(&mut self, any_of: impl IntoIterator<Item = Lit>) {
        self.solver.add_clause_reuse(&mut any_of.into_iter().collect());
    }

    /// All of these.
    pub(super) fn and(&mut self, of: impl IntoIterator<Item = Lit>) -> Lit {
        let mut parts: Vec<Lit> = of.into_iter().filter(|part| *part != self.always).collect();
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
        if let Some(gate) = self.gates.get(&parts) {
            return *gate;
        }
        let gate = self.new_literal();
        for part in &parts {
            self.add_clause([!gate, *part]);
        }
        self.add_clause(parts.iter().map(|part| !*part).chain([gate]));
        self.gates.insert(parts, gate);
        gate
    }

    /// Any of these.
    pub(super) fn or(&mut self, of: impl IntoIterator<Item = Lit>) -> Lit {
        !self.and(of.into_iter().map(|part| !part))
    }

    /// Counts: the literal at `n` is true when more than `n` of these are. It counts no further than `most`.
    pub(super) fn totalizer(&mut self, of: &[Lit], most: usize) -> Vec<Lit> {
        match of {
            [] => Vec::new(),
            [only] => vec![*only].into_iter().take(most).collect(),
            _ => {
                let (left, right) = of.split_at(of.len() / 2);
                let (left, right) = (self.totalizer(left, most), self.totalizer(right, most));
                self.merge_totals(&left, &right, most)
            }
        }
    }

    fn merge_totals(&mut self, left: &[Lit], right: &[Lit], most: usize) -> Vec<Lit> {
        let at_least = |counts: &[Lit], n: usize, always: Lit| match n.checked_sub(1) {
            None => Some(always),
            Some(at) => counts.get(at).copied(),
        };
        (1..=most.min(left.len() + right.len()))
            .map(|wanted| {
                let always = self.always;
                let ways: Vec<(Lit, Lit)> = (0..=wanted)
                    .filter_map(|n| Some((at_least(left, n, always)?, at_least(right, wanted - n, always)?)))
                    .collect();
                let ways: Vec<Lit> = ways.into_iter().map(|(a, b)| self.and([a, b])).collect();
                self.or(ways)
            })
            .collect()
    }

    /// Whether all of these can be true together.
    pub(super) fn solve(&mut self, together: &[Lit]) -> SatResult {
        match self.solver.solve_limited(together) {
            answer if answer == lbool::TRUE => SatResult::Satisfiable,
            answer if answer == lbool::FALSE => SatResult::Unsatisfiable,
            _ => SatResult::Stopped,
        }
    }

    /// Whether a literal is true in what was found last.
    pub(super) fn is_true(&self, literal: Lit) -> bool {
        self.solver.value_lit(literal) == lbool::TRUE
    }

    /// Whether it takes this one of the literals that were asked for last to make them impossible together.
    pub(super) fn is_in_core(&self, literal: Lit) -> bool {
        self.solver.unsat_core_contains_var(literal.var())
    }
}
