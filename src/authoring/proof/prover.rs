//! The search for a shortest set of answers from which something comes, or for the proof that it never does.
//!
//! The solver knows the conditions, and guesses which cause is first and which counts for the urgency. Each guess is
//! tried with the real ranking; where it is wrong, the solver learns the reason and guesses anew.

use std::collections::BTreeSet;

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::cause_bounds::CauseGates;
use crate::authoring::proof::circuit::{Answered, Circuit, Stop};
use crate::authoring::proof::conflict_clauses::{counts_otherwise, not_ahead};
use crate::authoring::proof::encoding::Encoding;
use crate::authoring::proof::encoding::missing_answers::Wanting;
use crate::authoring::proof::satisfiable::Seen;
use crate::authoring::proof::{Effort, Verdict};
use crate::engine::answers::Answers;
use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::Outcome;
use crate::questionnaire::{Answer, Cause, Choice, Condition, Question, Questionnaire, position};

/// A questionnaire, ready to prove things about it.
pub struct Prover<'q> {
    pub(super) questionnaire: &'q Questionnaire,
    pub(super) circuit: Circuit,
    pub(super) encoding: Encoding<'q>,
    pub(super) causes: Vec<CauseGates>,
    /// Of each cause, the guess that it is the first.
    firsts: Vec<Lit>,
    /// Of each cause, the guess that it counts for the urgency.
    pub(super) counting: Vec<Lit>,
    wanting: Option<Wanting>,
    pub(super) seen: Seen,
    /// Of each number, whether more questions are answered: as far as it was counted.
    counts: Vec<Lit>,
    stop: Stop,
    /// How many more guesses may be wrong; `None` for any number.
    guesses_left: Option<usize>,
}

/// What is looked for.
pub(super) struct Wanted<'a> {
    /// What has to be so, as far as conditions tell.
    pub(super) conditions: Vec<Lit>,
    /// Guesses to try.
    pub(super) guesses: Guesses,
    /// Whether it has come, by the ranking itself.
    pub(super) has_come: &'a dyn Fn(&Evaluation<'_>, &Outcome) -> bool,
}

/// Guesses that have to be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guesses {
    /// None.
    None,
    /// That this cause is the first.
    First(Idx<Cause>),
    /// That the first of two stands above the second, where the literal is true.
    Ahead(Idx<Cause>, Idx<Cause>, Lit),
    /// Every guess about the first cause and the urgency.
    Urgency,
}

/// What became of one search.
pub(super) enum Found {
    Answers(Answers),
    Nothing,
    Stopped,
}

impl<'q> Prover<'q> {
    /// Takes in a questionnaire. From when `stop` says so, everything is undecided.
    #[must_use]
    pub fn new(questionnaire: &'q Questionnaire, stop: Stop) -> Prover<'q> {
        let mut circuit = Circuit::new(std::sync::Arc::clone(&stop));
        let encoding = Encoding::new(questionnaire, &mut circuit);
        let causes: Vec<CauseGates> =
            questionnaire.causes.values().map(|cause| CauseGates::new(&encoding, cause, &mut circuit)).collect();
        let mut guess = |gates: &CauseGates| {
            let guess = circuit.free();
            circuit.require([!guess, gates.ranked]);
            guess
        };
        let firsts: Vec<Lit> = causes.iter().map(&mut guess).collect();
        let counting: Vec<Lit> = causes.iter().map(&mut guess).collect();
        for gates in &causes {
            circuit.require(firsts.iter().copied().chain([!gates.ranked]));
        }
        Prover {
            questionnaire,
            circuit,
            encoding,
            causes,
            firsts,
            counting,
            wanting: None,
            seen: Seen::default(),
            counts: Vec::new(),
            stop,
            guesses_left: None,
        }
    }

    pub(super) fn give(&mut self, effort: Effort) {
        self.guesses_left = match effort {
            Effort::Guesses(most) => Some(most),
            Effort::Whatever => None,
        };
    }

    pub(super) fn first(&self, cause: Idx<Cause>) -> Lit {
        self.firsts.get(position(cause)).copied().unwrap_or(self.circuit.never())
    }

    pub(super) fn gates(&self, cause: Idx<Cause>) -> Option<&CauseGates> {
        self.causes.get(position(cause))
    }

    pub(super) fn counts(&self, cause: Idx<Cause>) -> Lit {
        self.counting.get(position(cause)).copied().unwrap_or(self.circuit.never())
    }

    /// Whether a condition is open for want of an answer.
    pub(super) fn wanting(&mut self, condition: &Condition) -> Lit {
        let wanting = self.take_wanting();
        let wants = wanting.condition(&self.encoding, condition, &mut self.circuit);
        self.wanting = Some(wanting);
        wants
    }

    /// Whether it is open what a question counts as, for want of an answer.
    pub(super) fn question_wanting(&mut self, question: Idx<Question>) -> Lit {
        let wanting = self.take_wanting();
        let wants = wanting.question(question, &self.circuit);
        self.wanting = Some(wanting);
        wants
    }

    /// What is wanting, which is worked out when it is first asked for.
    fn take_wanting(&mut self) -> Wanting {
        self.wanting.take().unwrap_or_else(|| Wanting::new(&self.encoding, &mut self.circuit))
    }

    /// The fewest answers from which what is wanted comes; then as few ticks as will do.
    pub(super) fn shortest(&mut self, wanted: &Wanted<'_>) -> Verdict {
        match self.circuit.solve(&wanted.conditions) {
            Answered::No => return Verdict::Never,
            Answered::Stopped => return Verdict::Undecided,
            Answered::Yes => {}
        }
        for most in 0..=self.questionnaire.questions.len() {
            let within = !self.more_answers_than(most);
            let mut together = wanted.conditions.clone();
            together.push(within);
            match self.search(&together, wanted) {
                Found::Answers(answers) => return Verdict::Comes(self.simplified(answers, wanted)),
                Found::Stopped => return Verdict::Undecided,
                Found::Nothing if !self.circuit.is_to_blame(within) => return Verdict::Never,
                Found::Nothing => {}
            }
        }
        Verdict::Never
    }

    /// Whether more questions are answered than this.
    fn more_answers_than(&mut self, most: usize) -> Lit {
        let questions = self.questionnaire.questions.len();
        if most >= self.counts.len() && self.counts.len() < questions {
            // Few answers are enough for most, and counting further takes more gates.
            let counted = (most + 1).next_power_of_two().clamp(8, questions.max(8));
            let answered: Vec<Lit> = self.encoding.questions().map(|(_, asked)| asked.answered).collect();
            self.counts = self.circuit.counts(&answered, counted);
        }
        self.counts.get(most).copied().unwrap_or(self.circuit.never())
    }

    /// Searches for answers, and tries every guess that comes with them.
    fn search(&mut self, together: &[Lit], wanted: &Wanted<'_>) -> Found {
        loop {
            match self.circuit.solve(together) {
                Answered::No => return Found::Nothing,
                Answered::Stopped => return Found::Stopped,
                Answered::Yes => {}
            }
            if (self.stop)() || self.guesses_left == Some(0) {
                return Found::Stopped;
            }
            let answers = self.encoding.answers(&self.circuit);
            let evaluation = Evaluation::new(self.questionnaire, &answers);
            let outcome = Outcome::new(&evaluation);
            let wrong = self.wrong_guesses(wanted.guesses, &evaluation, &outcome);
            if wrong.is_empty() {
                if (wanted.has_come)(&evaluation, &outcome) {
                    return Found::Answers(answers);
                }
                // The circuit and the ranking disagree, which the tests say cannot be; nothing is claimed then.
                return Found::Stopped;
            }
            self.guesses_left = self.guesses_left.map(|left| left.saturating_sub(1));
            for clause in wrong {
                self.circuit.require(clause);
            }
        }
    }

    /// What the solver learns from guesses that turn out wrong.
    fn wrong_guesses(&mut self, guesses: Guesses, evaluation: &Evaluation<'_>, outcome: &Outcome) -> Vec<Vec<Lit>> {
        match guesses {
            Guesses::None => Vec::new(),
            Guesses::First(cause) => self.wrong_first(cause, evaluation, outcome).into_iter().collect(),
            Guesses::Ahead(ahead, behind, guess) => {
                let place = |cause| outcome.ranking.ranked().position(|ranked| ranked.cause == cause);
                let is_behind = place(behind).is_some_and(|behind| place(ahead).is_none_or(|ahead| behind < ahead));
                let learn = is_behind.then(|| {
                    let mut clause = not_ahead(behind, ahead, evaluation, &self.causes, &mut self.circuit);
                    clause.push(!guess);
                    clause
                });
                learn.into_iter().collect()
            }
            Guesses::Urgency => {
                let mut wrong = Vec::new();
                for (cause, _) in self.questionnaire.causes.iter() {
                    if self.circuit.holds(self.first(cause)) {
                        wrong.extend(self.wrong_first(cause, evaluation, outcome));
                    }
                    wrong.extend(self.wrong_count(cause, evaluation, outcome));
                }
                wrong
            }
        }
    }

    fn wrong_first(&mut self, cause: Idx<Cause>, evaluation: &Evaluation<'_>, outcome: &Outcome) -> Option<Vec<Lit>> {
        let first = outcome.ranking.ranked().next()?.cause;
        if first == cause {
            return None;
        }
        let mut learnt = not_ahead(first, cause, evaluation, &self.causes, &mut self.circuit);
        learnt.push(!self.first(cause));
        Some(learnt)
    }

    fn wrong_count(&mut self, cause: Idx<Cause>, evaluation: &Evaluation<'_>, outcome: &Outcome) -> Option<Vec<Lit>> {
        // Whether a cause without a level counts makes no difference.
        self.questionnaire.causes[cause].urgency?;
        let guess = self.counts(cause);
        let ranked = outcome.ranking.ranked().find(|ranked| ranked.cause == cause);
        let counts = ranked.is_some_and(|ranked| ranked.is_notable() || ranked.is_worth_checking());
        if counts == self.circuit.holds(guess) {
            return None;
        }
        let mut learnt = counts_otherwise(cause, counts, evaluation, &self.causes, &mut self.circuit);
        learnt.push(if counts { guess } else { !guess });
        Some(learnt)
    }

    /// Takes out every tick and mark without which it comes all the same, and makes numbers whole.
    pub(super) fn simplified(&self, mut answers: Answers, wanted: &Wanted<'_>) -> Answers {
        let asked: Vec<Idx<Question>> = self.questionnaire.questions.iter().map(|(question, _)| question).collect();
        let comes_from = |answers: &Answers| {
            let evaluation = Evaluation::new(self.questionnaire, answers);
            let is_asked =
                |question: &Idx<Question>| evaluation.is_shown(*question) || !evaluation.was_answered(*question);
            asked.iter().all(is_asked) && (wanted.has_come)(&evaluation, &Outcome::new(&evaluation))
        };
        for question in &asked {
            let Some(answer) = answers.get(*question).cloned() else { continue };
            for simpler in simpler(&answer) {
                let simpler = match (&simpler, answers.get(*question)) {
                    // What was taken out stays out.
                    (Simpler::Without(option), Some(Answer::Many { ticked, unsure })) => {
                        let without = |of: &BTreeSet<_>| of.iter().copied().filter(|other| other != option).collect();
                        Answer::Many { ticked: without(ticked), unsure: without(unsure) }
                    }
                    (Simpler::Number(number), _) => Answer::Number(*number),
                    (Simpler::Without(_), _) => continue,
                };
                let mut fewer = answers.clone();
                fewer.set(*question, simpler);
                if comes_from(&fewer) {
                    answers = fewer;
                }
            }
        }
        answers
    }
}

/// A way in which an answer could be simpler.
enum Simpler {
    /// Without a tick or mark.
    Without(Idx<Choice>),
    /// A whole number.
    Number(f64),
}

fn simpler(answer: &Answer) -> Vec<Simpler> {
    match answer {
        Answer::Many { ticked, unsure } => ticked.iter().chain(unsure).copied().map(Simpler::Without).collect(),
        Answer::Number(number) if number.fract().abs() > 0.0 => {
            vec![Simpler::Number(number.floor()), Simpler::Number(number.ceil())]
        }
        Answer::Number(_) | Answer::One(_) | Answer::NotSure => Vec::new(),
    }
}
