//! The longest interview: the most questions that one person can be asked.

use batsat::Lit;

use crate::authoring::proof::Verdict;
use crate::authoring::proof::circuit::Answered;
use crate::authoring::proof::prover::{Found, Guesses, Prover, Wanted};
use crate::engine::evaluation::Evaluation;

/// Of more questions that are asked of some only, it is not found out how many can come.
const MOST_COUNTED: usize = 500;

impl Prover<'_> {
    /// Answers to every question that comes, of the most questions that can come.
    pub(super) fn longest(&mut self) -> Verdict {
        match self.most_questions() {
            Found::Answers(answers) => {
                let asked = Evaluation::new(self.questionnaire, &answers).shown_questions().count();
                let wanted = Wanted {
                    conditions: Vec::new(),
                    guesses: Guesses::None,
                    has_come: &|evaluation, _| is_whole(evaluation) && evaluation.shown_questions().count() == asked,
                };
                Verdict::Comes(self.simplified(answers, &wanted))
            }
            Found::Nothing => Verdict::Never,
            Found::Stopped => Verdict::Undecided,
        }
    }

    fn most_questions(&mut self) -> Found {
        let whole: Vec<(Lit, Lit)> =
            self.encoding.questions().map(|(_, asked)| (asked.shown.yes, asked.answered)).collect();
        let complete: Vec<Lit> = whole.iter().map(|(shown, answered)| self.circuit.or([!*shown, *answered])).collect();
        let mut together = complete;
        let mut best = match self.circuit.solve(&together) {
            Answered::Yes => self.encoding.answers(&self.circuit),
            Answered::No => return Found::Nothing,
            Answered::Stopped => return Found::Stopped,
        };
        // What is always asked need not be counted.
        let sometimes: Vec<Lit> =
            whole.iter().map(|(shown, _)| *shown).filter(|shown| *shown != self.circuit.always()).collect();
        // Counting them takes as many gates as the square of their number.
        if sometimes.len() > MOST_COUNTED {
            return Found::Stopped;
        }
        let counts = self.circuit.counts(&sometimes, sometimes.len());
        loop {
            let reached = sometimes.iter().filter(|shown| self.circuit.holds(**shown)).count();
            let Some(more) = counts.get(reached) else { return Found::Answers(best) };
            together.push(*more);
            match self.circuit.solve(&together) {
                Answered::Yes => best = self.encoding.answers(&self.circuit),
                Answered::No => return Found::Answers(best),
                Answered::Stopped => return Found::Stopped,
            }
        }
    }
}

fn is_whole(evaluation: &Evaluation<'_>) -> bool {
    evaluation.shown_questions().all(|question| evaluation.answer(question).is_some())
}
