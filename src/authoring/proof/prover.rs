//! The search for a shortest set of answers from which something comes, or for the proof that it never does.
//!
//! The solver knows the conditions, and guesses which cause is first and which counts for the urgency. Each guess is
//! tried with the real ranking; where it is wrong, the solver learns the reason and guesses anew.

use std::collections::BTreeSet;

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::cause_bounds::CauseGates;
use crate::authoring::proof::circuit::{Circuit, SatResult, Stop};
use crate::authoring::proof::conflict_clauses::{unless_above, unless_counting};
use crate::authoring::proof::encoding::Encoding;
use crate::authoring::proof::encoding::missing_answers::MissingAnswers;
use crate::authoring::proof::satisfiable::KnownSatisfiable;
use crate::authoring::proof::{Effort, Verdict};
use crate::engine::answers::Answers;
use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::Outcome;
use crate::engine::ranking::Ranked;
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
    missing_answers: Option<MissingAnswers>,
    pub(super) seen: KnownSatisfiable,
    /// Of each number, whether more questions are answered: as far as it was counted.
    counts: Vec<Lit>,
    stop: Stop,
    /// How many more guesses may be wrong; `None` for any number.
    guesses_left: Option<usize>,
}

/// What is looked for.
pub(super) struct Search<'a> {
    /// What has to be so, as far as conditions tell.
    pub(super) required: Vec<Lit>,
    /// Guesses to try.
    pub(super) guesses: RankingGuesses,
    /// Whether it has come, by the ranking itself.
    pub(super) is_reached: &'a dyn Fn(&Evaluation<'_>, &Outcome) -> bool,
}

/// Guesses that have to be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RankingGuesses {
    /// None.
    None,
    /// That this cause is the first.
    First(Idx<Cause>),
    /// That the first of two stands above the second, where the literal is true.
    Above(Idx<Cause>, Idx<Cause>, Lit),
    /// Every guess about the first cause and the urgency.
    All,
}

/// What became of one search.
pub(super) enum SearchResult {
    Answers(Answers),
    Unsatisfiable,
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
            let guess = circuit.new_literal();
            circuit.add_clause([!guess, gates.ranked]);
            guess
        };
        let firsts: Vec<Lit> = causes.iter().map(&mut guess).collect();
        let counting: Vec<Lit> = causes.iter().map(&mut guess).collect();
        for gates in &causes {
            circuit.add_clause(firsts.iter().copied().chain([!gates.ranked]));
        }
        Prover {
            questionnaire,
            circuit,
            encoding,
            causes,
            firsts,
            counting,
            missing_answers: None,
            seen: KnownSatisfiable::default(),
            counts: Vec::new(),
            stop,
            guesses_left: None,
        }
    }

    pub(super) fn limit_search(&mut self, effort: Effort) {
        self.guesses_left = match effort {
            Effort::WrongGuesses(most) => Some(most),
            Effort::Unlimited => None,
        };
    }

    pub(super) fn guess_of_first(&self, cause: Idx<Cause>) -> Lit {
        self.firsts.get(position(cause)).copied().unwrap_or(self.circuit.constant_false())
    }

    pub(super) fn gates(&self, cause: Idx<Cause>) -> Option<&CauseGates> {
        self.causes.get(position(cause))
    }

    pub(super) fn guess_of_counting(&self, cause: Idx<Cause>) -> Lit {
        self.counting.get(position(cause)).copied().unwrap_or(self.circuit.constant_false())
    }

    /// Whether a condition is open for want of an answer.
    pub(super) fn awaits_answer(&mut self, condition: &Condition) -> Lit {
        let wanting = self.take_missing_answers();
        let wants = wanting.condition(&self.encoding, condition, &mut self.circuit);
        self.missing_answers = Some(wanting);
        wants
    }

    /// Whether it is open what a question counts as, for want of an answer.
    pub(super) fn question_awaits_answer(&mut self, question: Idx<Question>) -> Lit {
        let wanting = self.take_missing_answers();
        let wants = wanting.question(question, &self.circuit);
        self.missing_answers = Some(wanting);
        wants
    }

    /// What is wanting, which is worked out when it is first asked for.
    fn take_missing_answers(&mut self) -> MissingAnswers {
        self.missing_answers.take().unwrap_or_else(|| MissingAnswers::new(&self.encoding, &mut self.circuit))
    }

    /// The fewest answers from which what is wanted comes; then as few ticks as will do.
    pub(super) fn shortest(&mut self, wanted: &Search<'_>) -> Verdict {
        match self.circuit.solve(&wanted.required) {
            SatResult::Unsatisfiable => return Verdict::Unreachable,
            SatResult::Stopped => return Verdict::Undecided,
            SatResult::Satisfiable => {}
        }
        for most in 0..=self.questionnaire.questions.len() {
            let within = !self.more_answers_than(most);
            let mut together = wanted.required.clone();
            together.push(within);
            match self.search(&together, wanted) {
                SearchResult::Answers(answers) => return Verdict::Reachable(self.simplify(answers, wanted)),
                SearchResult::Stopped => return Verdict::Undecided,
                SearchResult::Unsatisfiable if !self.circuit.is_in_core(within) => return Verdict::Unreachable,
                SearchResult::Unsatisfiable => {}
            }
        }
        Verdict::Unreachable
    }

    /// Whether more questions are answered than this.
    fn more_answers_than(&mut self, most: usize) -> Lit {
        let questions = self.questionnaire.questions.len();
        if most >= self.counts.len() && self.counts.len() < questions {
            // Few answers are enough for most, and counting further takes more gates.
            let counted = (most + 1).next_power_of_two().clamp(8, questions.max(8));
            let answered: Vec<Lit> = self.encoding.questions().map(|(_, asked)| asked.answered).collect();
            self.counts = self.circuit.totalizer(&answered, counted);
        }
        self.counts.get(most).copied().unwrap_or(self.circuit.constant_false())
    }

    /// Searches for answers, and tries every guess that comes with them.
    fn search(&mut self, together: &[Lit], wanted: &Search<'_>) -> SearchResult {
        loop {
            match self.circuit.solve(together) {
                SatResult::Unsatisfiable => return SearchResult::Unsatisfiable,
                SatResult::Stopped => return SearchResult::Stopped,
                SatResult::Satisfiable => {}
            }
            if (self.stop)() || self.guesses_left == Some(0) {
                return SearchResult::Stopped;
            }
            let answers = self.encoding.answers_in_model(&self.circuit);
            let evaluation = Evaluation::new(self.questionnaire, &answers);
            let outcome = Outcome::new(&evaluation);
            let wrong = self.clauses_from_wrong_guesses(wanted.guesses, &evaluation, &outcome);
            if wrong.is_empty() {
                if (wanted.is_reached)(&evaluation, &outcome) {
                    return SearchResult::Answers(answers);
                }
                // The circuit and the ranking disagree, which the tests say cannot be; nothing is claimed then.
                return SearchResult::Stopped;
            }
            self.guesses_left = self.guesses_left.map(|left| left.saturating_sub(1));
            for clause in wrong {
                self.circuit.add_clause(clause);
            }
        }
    }

    /// What the solver learns from guesses that turn out wrong.
    fn clauses_from_wrong_guesses(
        &mut self,
        guesses: RankingGuesses,
        evaluation: &Evaluation<'_>,
        outcome: &Outcome,
    ) -> Vec<Vec<Lit>> {
        match guesses {
            RankingGuesses::None => Vec::new(),
            RankingGuesses::First(cause) => {
                self.clause_from_wrong_first(cause, evaluation, outcome).into_iter().collect()
            }
            RankingGuesses::Above(ahead, behind, guess) => {
                let place = |cause| outcome.ranking.ranked().position(|ranked| ranked.cause == cause);
                let is_behind = place(behind).is_some_and(|behind| place(ahead).is_none_or(|ahead| behind < ahead));
                let learn = is_behind.then(|| {
                    let mut clause = unless_above(behind, ahead, evaluation, &self.causes, &mut self.circuit);
                    clause.push(!guess);
                    clause
                });
                learn.into_iter().collect()
            }
            RankingGuesses::All => {
                let mut wrong = Vec::new();
                for (cause, _) in self.questionnaire.causes.iter() {
                    if self.circuit.is_true(self.guess_of_first(cause)) {
                        wrong.extend(self.clause_from_wrong_first(cause, evaluation, outcome));
                    }
                    wrong.extend(self.clause_from_wrong_counting(cause, evaluation, outcome));
                }
                wrong
            }
        }
    }

    fn clause_from_wrong_first(
        &mut self,
        cause: Idx<Cause>,
        evaluation: &Evaluation<'_>,
        outcome: &Outcome,
    ) -> Option<Vec<Lit>> {
        let first = outcome.ranking.ranked().next()?.cause;
        if first == cause {
            return None;
        }
        let mut learnt = unless_above(first, cause, evaluation, &self.causes, &mut self.circuit);
        learnt.push(!self.guess_of_first(cause));
        Some(learnt)
    }

    fn clause_from_wrong_counting(
        &mut self,
        cause: Idx<Cause>,
        evaluation: &Evaluation<'_>,
        outcome: &Outcome,
    ) -> Option<Vec<Lit>> {
        // Whether a cause without a level counts makes no difference.
        self.questionnaire.causes[cause].urgency?;
        let guess = self.guess_of_counting(cause);
        let ranked = outcome.ranking.ranked().find(|ranked| ranked.cause == cause);
        let counts = ranked.is_some_and(Ranked::counts_for_urgency);
        if counts == self.circuit.is_true(guess) {
            return None;
        }
        let mut learnt = unless_counting(cause, counts, evaluation, &self.causes, &mut self.circuit);
        learnt.push(if counts { guess } else { !guess });
        Some(learnt)
    }

    /// Takes out every tick and mark without which it comes all the same, and makes numbers whole.
    pub(super) fn simplify(&self, mut answers: Answers, wanted: &Search<'_>) -> Answers {
        let asked: Vec<Idx<Question>> = self.questionnaire.questions.iter().map(|(question, _)| question).collect();
        let comes_from = |answers: &Answers| {
            let evaluation = Evaluation::new(self.questionnaire, answers);
            let is_asked =
                |question: &Idx<Question>| evaluation.is_shown(*question) || !evaluation.was_answered(*question);
            asked.iter().all(is_asked) && (wanted.is_reached)(&evaluation, &Outcome::new(&evaluation))
        };
        for question in &asked {
            let Some(answer) = answers.get(*question).cloned() else { continue };
            for simpler in simplifications(&answer) {
                let simpler = match (&simpler, answers.get(*question)) {
                    // What was taken out stays out.
                    (Simplification::Without(option), Some(Answer::Many { ticked, unsure })) => {
                        let without = |of: &BTreeSet<_>| of.iter().copied().filter(|other| other != option).collect();
                        Answer::Many { ticked: without(ticked), unsure: without(unsure) }
                    }
                    (Simplification::Number(number), _) => Answer::Number(*number),
                    (Simplification::Without(_), _) => continue,
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
enum Simplification {
    /// Without a tick or mark.
    Without(Idx<Choice>),
    /// A whole number.
    Number(f64),
}

fn simplifications(answer: &Answer) -> Vec<Simplification> {
    match answer {
        Answer::Many { ticked, unsure } => ticked.iter().chain(unsure).copied().map(Simplification::Without).collect(),
        Answer::Number(number) if number.fract().abs() > 0.0 => {
            vec![Simplification::Number(number.floor()), Simplification::Number(number.ceil())]
        }
        Answer::Number(_) | Answer::One(_) | Answer::NotSure => Vec::new(),
    }
}
