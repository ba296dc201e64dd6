//! The longest interview: the most questions that one person can be asked.

use batsat::Lit;

use super::Verdict;
use super::circuit::Answered;
use super::prover::Prover;

impl Prover<'_> {
    /// Answers to every question that comes, of the most questions that can come.
    pub(super) fn longest(&mut self) -> Verdict {
        let whole: Vec<(Lit, Lit)> =
            self.encoding.questions().map(|(_, asked)| (asked.shown.yes, asked.answered)).collect();
        let complete: Vec<Lit> = whole.iter().map(|(shown, answered)| self.circuit.or([!*shown, *answered])).collect();
        let mut together = complete;
        let mut best = match self.circuit.solve(&together) {
            Answered::Yes => self.encoding.answers(&self.circuit),
            Answered::No => return Verdict::Never,
            Answered::Stopped => return Verdict::Undecided,
        };
        // What is always asked need not be counted.
        let sometimes: Vec<Lit> =
            whole.iter().map(|(shown, _)| *shown).filter(|shown| *shown != self.circuit.always()).collect();
        let counts = self.circuit.counts(&sometimes, sometimes.len());
        loop {
            let reached = sometimes.iter().filter(|shown| self.circuit.holds(**shown)).count();
            let Some(more) = counts.get(reached) else { return Verdict::Comes(best) };
            together.push(*more);
            match self.circuit.solve(&together) {
                Answered::Yes => best = self.encoding.answers(&self.circuit),
                Answered::No => return Verdict::Comes(best),
                Answered::Stopped => return Verdict::Undecided,
            }
        }
    }
}
