//! The longest interview: the most questions that one person can be asked.

use batsat::Lit;

use crate::authoring::proof::Verdict;
use crate::authoring::proof::circuit::SatResult;
use crate::authoring::proof::prover::{Prover, RankingGuesses, Search};
use crate::engine::evaluation::Evaluation;

/// With more questions than this that only some people are asked, the goal stays undecided: counting them takes a number
/// of gates that grows with the square of theirs.
const MOST_COUNTED: usize = 500;

impl Prover<'_> {
    /// Answers to all questions of a longest interview.
    pub(super) fn longest_interview(&mut self) -> Verdict {
        let answers = match self.most_questions() {
            Verdict::Reachable(answers) => answers,
            other @ (Verdict::Unreachable | Verdict::Undecided) => return other,
        };
        let asked = Evaluation::new(self.questionnaire, &answers).shown_questions().count();
        let search = Search {
            required: Vec::new(),
            guesses: RankingGuesses::None,
            is_reached: &|evaluation, _| is_complete(evaluation) && evaluation.shown_questions().count() == asked,
        };
        Verdict::Reachable(self.simplify(answers, &search))
    }

    fn most_questions(&mut self) -> Verdict {
        let questions: Vec<(Lit, Lit)> =
            self.encoding.questions().map(|(_, question)| (question.shown.yes, question.answered)).collect();
        let mut assumptions: Vec<Lit> =
            questions.iter().map(|(shown, answered)| self.circuit.or([!*shown, *answered])).collect();
        let mut best = match self.circuit.solve(&assumptions) {
            SatResult::Satisfiable => self.encoding.answers_in_model(&self.circuit),
            SatResult::Unsatisfiable => return Verdict::Unreachable,
            SatResult::Stopped => return Verdict::Undecided,
        };
        // Those that everybody is asked need not be counted.
        let sometimes_shown: Vec<Lit> =
            questions.iter().map(|(shown, _)| *shown).filter(|shown| *shown != self.circuit.constant_true()).collect();
        if sometimes_shown.len() > MOST_COUNTED {
            return Verdict::Undecided;
        }
        let totals = self.circuit.totalizer(&sometimes_shown, sometimes_shown.len());
        loop {
            let shown = sometimes_shown.iter().filter(|shown| self.circuit.is_true(**shown)).count();
            let Some(more) = totals.get(shown) else { return Verdict::Reachable(best) };
            assumptions.push(*more);
            match self.circuit.solve(&assumptions) {
                SatResult::Satisfiable => best = self.encoding.answers_in_model(&self.circuit),
                SatResult::Unsatisfiable => return Verdict::Reachable(best),
                SatResult::Stopped => return Verdict::Undecided,
            }
        }
    }
}

fn is_complete(evaluation: &Evaluation<'_>) -> bool {
    evaluation.shown_questions().all(|question| evaluation.answer(question).is_some())
}
