//! The longest interview: the most questions that one person can be asked.

use batsat::Lit;

use crate::authoring::proof::Verdict;
use crate::authoring::proof::circuit::SatResult;
use crate::authoring::proof::prover::{Prover, RankingGuesses, Search, SearchResult};
use crate::engine::evaluation::Evaluation;

/// Of more questions that are asked of some only, it is not found out how many can come.
const MOST_COUNTED: usize = 500;

impl Prover<'_> {
    /// Answers to every question that comes, of the most questions that can come.
    pub(super) fn longest(&mut self) -> Verdict {
        match self.most_questions() {
            SearchResult::Answers(answers) => {
                let asked = Evaluation::new(self.questionnaire, &answers).shown_questions().count();
                let wanted = Search {
                    required: Vec::new(),
                    guesses: RankingGuesses::None,
                    is_reached: &|evaluation, _| is_whole(evaluation) && evaluation.shown_questions().count() == asked,
                };
                Verdict::Reachable(self.simplify(answers, &wanted))
            }
            SearchResult::Unsatisfiable => Verdict::Unreachable,
            SearchResult::Stopped => Verdict::Undecided,
        }
    }

    fn most_questions(&mut self) -> SearchResult {
        let whole: Vec<(Lit, Lit)> =
            self.encoding.questions().map(|(_, asked)| (asked.shown.yes, asked.answered)).collect();
        let complete: Vec<Lit> = whole.iter().map(|(shown, answered)| self.circuit.or([!*shown, *answered])).collect();
        let mut together = complete;
        let mut best = match self.circuit.solve(&together) {
            SatResult::Satisfiable => self.encoding.answers_in_model(&self.circuit),
            SatResult::Unsatisfiable => return SearchResult::Unsatisfiable,
            SatResult::Stopped => return SearchResult::Stopped,
        };
        // What is always asked need not be counted.
        let sometimes: Vec<Lit> =
            whole.iter().map(|(shown, _)| *shown).filter(|shown| *shown != self.circuit.constant_true()).collect();
        // Counting them takes as many gates as the square of their number.
        if sometimes.len() > MOST_COUNTED {
            return SearchResult::Stopped;
        }
        let counts = self.circuit.totalizer(&sometimes, sometimes.len());
        loop {
            let reached = sometimes.iter().filter(|shown| self.circuit.is_true(**shown)).count();
            let Some(more) = counts.get(reached) else { return SearchResult::Answers(best) };
            together.push(*more);
            match self.circuit.solve(&together) {
                SatResult::Satisfiable => best = self.encoding.answers_in_model(&self.circuit),
                SatResult::Unsatisfiable => return SearchResult::Answers(best),
                SatResult::Stopped => return SearchResult::Stopped,
            }
        }
    }
}

fn is_whole(evaluation: &Evaluation<'_>) -> bool {
    evaluation.shown_questions().all(|question| evaluation.answer(question).is_some())
}
