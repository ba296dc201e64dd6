//! The search for a shortest set of answers that reaches a goal, or for the proof that none does.
//!
//! The solver knows the conditions, and guesses which cause comes first and which causes count for the urgency. The real
//! ranking checks each guess. Where it is wrong, the solver learns why, and guesses again.

use std::collections::BTreeSet;

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::cause_bounds::CauseGates;
use crate::authoring::proof::circuit::{Circuit, SatResult, Stop};
use crate::authoring::proof::conflict_clauses::{clause_if_above, clause_if_counting};
use crate::authoring::proof::encoding::Encoding;
use crate::authoring::proof::encoding::doubt::Doubt;
use crate::authoring::proof::encoding::missing_answers::MissingAnswers;
use crate::authoring::proof::satisfiable::KnownSatisfiable;
use crate::authoring::proof::{Effort, Verdict};
use crate::engine::answers::Answers;
use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::Outcome;
use crate::questionnaire::{Answer, Cause, Choice, Condition, OptionSet, Question, Questionnaire, position};

/// The solver learns from so many wrong guesses of one model at most, so that many causes take neither the time nor the
/// memory of all other searches.
const MOST_LEARNED: usize = 1_000;

/// A questionnaire as a circuit, ready to prove things about it.
pub struct Prover<'q> {
    pub(super) questionnaire: &'q Questionnaire,
    pub(super) circuit: Circuit,
    pub(super) encoding: Encoding<'q>,
    causes: Vec<CauseGates>,
    /// Of each cause, the guess that it comes first.
    first_guesses: Vec<Lit>,
    /// Of each cause, the guess that it counts for the urgency.
    counting_guesses: Vec<Lit>,
    /// Encoded when it is first needed.
    missing_answers: Option<MissingAnswers>,
    doubt: Option<Doubt>,
    pub(super) known_satisfiable: KnownSatisfiable,
    /// At each number, whether more questions than that are answered. Only as far as it was needed.
    answered_totals: Vec<Lit>,
    /// How many more guesses may be wrong in this search; `None` for any number.
    wrong_guesses_left: Option<usize>,
}

/// What answers have to lead to.
pub(super) struct Search<'a> {
    /// Literals that have to be true: all of the goal that the circuit can express.
    pub(super) required: Vec<Lit>,
    pub(super) guesses: RankingGuesses,
    /// Whether the goal is reached according to the engine.
    pub(super) is_reached: &'a dyn Fn(&Evaluation<'_>, &Outcome) -> bool,
}

/// The guesses about the ranking that a search relies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RankingGuesses {
    None,
    /// That this cause comes first.
    First(Idx<Cause>),
    /// That the first of two causes is above the second. The literal is this guess.
    Above(Idx<Cause>, Idx<Cause>, Lit),
    /// Which cause comes first, and which causes count for the urgency.
    All,
}

impl<'q> Prover<'q> {
    /// Encodes a questionnaire. As soon as `stop` returns true, everything else is undecided.
    #[must_use]
    pub fn new(questionnaire: &'q Questionnaire, stop: Stop) -> Prover<'q> {
        let mut circuit = Circuit::new(stop);
        let encoding = Encoding::new(questionnaire, &mut circuit);
        let causes: Vec<CauseGates> =
            questionnaire.causes.values().map(|cause| CauseGates::new(&encoding, cause, &mut circuit)).collect();
        let mut guess = |gates: &CauseGates| {
            let guess = circuit.new_literal();
            circuit.add_clause([!guess, gates.ranked]);
            guess
        };
        let first_guesses: Vec<Lit> = causes.iter().map(&mut guess).collect();
        let counting_guesses: Vec<Lit> = causes.iter().map(&mut guess).collect();
        // If any cause is ranked, some cause comes first.
        let some_is_first = circuit.new_literal();
        circuit.add_clause(first_guesses.iter().copied().chain([!some_is_first]));
        for gates in &causes {
            circuit.add_clause([!gates.ranked, some_is_first]);
        }
        Prover {
            questionnaire,
            circuit,
            encoding,
            causes,
            first_guesses,
            counting_guesses,
            missing_answers: None,
            doubt: None,
            known_satisfiable: KnownSatisfiable::default(),
            answered_totals: Vec::new(),
            wrong_guesses_left: None,
        }
    }

    pub(super) fn limit_search(&mut self, effort: Effort) {
        self.wrong_guesses_left = match effort {
            Effort::WrongGuesses(most) => Some(most),
            Effort::Unlimited => None,
        };
    }

    pub(super) fn gates(&self, cause: Idx<Cause>) -> Option<&CauseGates> {
        self.causes.get(position(cause))
    }

    pub(super) fn is_ranked(&self, cause: Idx<Cause>) -> Lit {
        self.gates(cause).map_or(self.circuit.constant_false(), |gates| gates.ranked)
    }

    pub(super) fn first_guess(&self, cause: Idx<Cause>) -> Lit {
        self.first_guesses.get(position(cause)).copied().unwrap_or(self.circuit.constant_false())
    }

    pub(super) fn counting_guess(&self, cause: Idx<Cause>) -> Lit {
        self.counting_guesses.get(position(cause)).copied().unwrap_or(self.circuit.constant_false())
    }

    /// Whether a condition is open because an answer is missing.
    pub(super) fn awaits_answer(&mut self, condition: &Condition) -> Lit {
        let (missing, encoding, circuit) = self.missing_answers();
        missing.condition(encoding, condition, circuit)
    }

    /// Whether an alarm with this condition is unsure: open because an answer is missing, and doubtful.
    pub(super) fn is_unsure(&mut self, condition: &Condition) -> Lit {
        let awaits = self.awaits_answer(condition);
        let doubt = self.doubt.take().unwrap_or_else(|| Doubt::new(&self.encoding, &mut self.circuit));
        let is_doubtful = doubt.condition(&self.encoding, condition, &mut self.circuit);
        self.doubt = Some(doubt);
        self.circuit.and([awaits, is_doubtful])
    }

    /// Whether the value of a question is open because an answer is missing.
    pub(super) fn question_awaits_answer(&mut self, question: Idx<Question>) -> Lit {
        let (missing, _, circuit) = self.missing_answers();
        missing.question(question, circuit)
    }

    fn missing_answers(&mut self) -> (&MissingAnswers, &Encoding<'q>, &mut Circuit) {
        let (encoding, circuit) = (&self.encoding, &mut self.circuit);
        let missing = self.missing_answers.get_or_insert_with(|| MissingAnswers::new(encoding, circuit));
        (missing, encoding, circuit)
    }

    /// The fewest answers that reach the goal, and of these as few ticks as possible.
    pub(super) fn shortest(&mut self, search: &Search<'_>) -> Verdict {
        match self.circuit.solve(&search.required) {
            SatResult::Unsatisfiable => return Verdict::Unreachable,
            SatResult::Stopped => return Verdict::Undecided,
            SatResult::Satisfiable => {}
        }
        for most in 0..=self.questionnaire.questions.len() {
            let is_short = !self.more_answers_than(most);
            let mut assumptions = search.required.clone();
            assumptions.push(is_short);
            match self.answers(&assumptions, search) {
                Verdict::Reachable(answers) => return Verdict::Reachable(self.simplify(answers, search)),
                Verdict::Undecided => return Verdict::Undecided,
                // It does not depend on the number of answers.
                Verdict::Unreachable if !self.circuit.is_in_core(is_short) => return Verdict::Unreachable,
                Verdict::Unreachable => {}
            }
        }
        Verdict::Unreachable
    }

    /// Whether more questions than this are answered.
    fn more_answers_than(&mut self, most: usize) -> Lit {
        let questions = self.questionnaire.questions.len();
        if most >= self.answered_totals.len() && self.answered_totals.len() < questions {
            // Most goals need few answers, and counting further takes more gates.
            let limit = (most + 1).next_power_of_two().clamp(8, questions.max(8));
            let answered: Vec<Lit> = self.encoding.questions().map(|(_, question)| question.answered).collect();
            self.answered_totals = self.circuit.totalizer(&answered, limit);
        }
        self.answered_totals.get(most).copied().unwrap_or(self.circuit.constant_false())
    }

    /// Answers under which all assumptions are true and all guesses are right.
    fn answers(&mut self, assumptions: &[Lit], search: &Search<'_>) -> Verdict {
        loop {
            match self.circuit.solve(assumptions) {
                SatResult::Unsatisfiable => return Verdict::Unreachable,
                SatResult::Stopped => return Verdict::Undecided,
                SatResult::Satisfiable => {}
            }
            if self.circuit.is_stopped() || self.wrong_guesses_left == Some(0) {
                return Verdict::Undecided;
            }
            let answers = self.encoding.answers_in_model(&self.circuit);
            let evaluation = Evaluation::new(self.questionnaire, &answers);
            let outcome = Outcome::new(&evaluation);
            let learned = self.clauses_from_wrong_guesses(search.guesses, &evaluation, &outcome);
            if learned.is_empty() {
                if (search.is_reached)(&evaluation, &outcome) {
                    return Verdict::Reachable(answers);
                }
                // The circuit and the engine disagree. The tests say that this cannot be; if it is, claim nothing.
                return Verdict::Undecided;
            }
            self.wrong_guesses_left = self.wrong_guesses_left.map(|left| left.saturating_sub(1));
            for clause in learned {
                self.circuit.add_clause(clause);
            }
        }
    }

    /// What the solver learns from the guesses that are wrong; nothing if all are right.
    fn clauses_from_wrong_guesses(
        &mut self,
        guesses: RankingGuesses,
        evaluation: &Evaluation<'_>,
        outcome: &Outcome,
    ) -> Vec<Vec<Lit>> {
        match guesses {
            RankingGuesses::None => Vec::new(),
            RankingGuesses::First(cause) => self.clause_if_not_first(cause, evaluation, outcome).into_iter().collect(),
            RankingGuesses::Above(above, below, guess) => {
                let mut clauses = Vec::new();
                if outcome.ranking.is_above(below, above) {
                    let mut clause = clause_if_above(below, above, evaluation, &self.causes, &mut self.circuit);
                    clause.push(!guess);
                    clauses.push(clause);
                }
                clauses
            }
            RankingGuesses::All => {
                let counting = outcome.ranking.ranked().filter(|ranked| ranked.counts_for_urgency());
                let counting: BTreeSet<Idx<Cause>> = counting.map(|ranked| ranked.cause).collect();
                let mut clauses = Vec::new();
                for (cause, _) in self.questionnaire.causes.iter() {
                    if self.circuit.is_true(self.first_guess(cause)) {
                        clauses.extend(self.clause_if_not_first(cause, evaluation, outcome));
                    }
                    clauses.extend(self.clause_if_counting_is_wrong(cause, counting.contains(&cause), evaluation));
                    if clauses.len() >= MOST_LEARNED {
                        break;
                    }
                }
                clauses
            }
        }
    }

    fn clause_if_not_first(
        &mut self,
        cause: Idx<Cause>,
        evaluation: &Evaluation<'_>,
        outcome: &Outcome,
    ) -> Option<Vec<Lit>> {
        let first = outcome.ranking.ranked().next()?.cause;
        if first == cause {
            return None;
        }
        let mut learned = clause_if_above(first, cause, evaluation, &self.causes, &mut self.circuit);
        learned.push(!self.first_guess(cause));
        Some(learned)
    }

    fn clause_if_counting_is_wrong(
        &mut self,
        cause: Idx<Cause>,
        counts: bool,
        evaluation: &Evaluation<'_>,
    ) -> Option<Vec<Lit>> {
        // A cause without a level makes no difference to the urgency.
        self.questionnaire.causes[cause].urgency?;
        let guess = self.counting_guess(cause);
        if counts == self.circuit.is_true(guess) {
            return None;
        }
        let mut learned = clause_if_counting(cause, counts, evaluation, &self.causes, &mut self.circuit);
        learned.push(if counts { guess } else { !guess });
        Some(learned)
    }

    /// Removes every tick and every mark *not sure* that the goal does not need, and makes numbers whole, while there is
    /// time.
    pub(super) fn simplify(&self, mut answers: Answers, search: &Search<'_>) -> Answers {
        let questions: Vec<Idx<Question>> = self.questionnaire.questions.iter().map(|(question, _)| question).collect();
        let is_reached = |answers: &Answers| {
            let evaluation = Evaluation::new(self.questionnaire, answers);
            let all_shown =
                questions.iter().all(|question| evaluation.is_shown(*question) || !evaluation.was_answered(*question));
            all_shown && (search.is_reached)(&evaluation, &Outcome::new(&evaluation))
        };
        for question in &questions {
            let simplifications = answers.get(*question).map(Simplification::of_answer).unwrap_or_default();
            for simplification in simplifications {
                if self.circuit.is_stopped() {
                    return answers;
                }
                let Some(answer) = answers.get(*question) else { continue };
                let mut simpler = answers.clone();
                simpler.set(*question, simplification.apply(answer));
                if is_reached(&simpler) {
                    answers = simpler;
                }
            }
        }
        answers
    }
}

/// A way to make an answer simpler.
enum Simplification {
    /// Without this tick or mark.
    Without(Idx<Choice>),
    /// With this whole number.
    Number(f64),
}

impl Simplification {
    fn of_answer(answer: &Answer) -> Vec<Simplification> {
        match answer {
            Answer::Many { ticked, unsure } => {
                ticked.iter().chain(unsure.iter()).map(Simplification::Without).collect()
            }
            Answer::Number(number) if number.fract() != 0.0 => {
                vec![Simplification::Number(number.floor()), Simplification::Number(number.ceil())]
            }
            Answer::Number(_) | Answer::One(_) | Answer::NotSure => Vec::new(),
        }
    }

    fn apply(&self, answer: &Answer) -> Answer {
        match (self, answer) {
            (Simplification::Without(option), Answer::Many { ticked, unsure }) => {
                let without = |options: &OptionSet| options.iter().filter(|other| other != option).collect();
                Answer::Many { ticked: without(ticked), unsure: without(unsure) }
            }
            (Simplification::Number(number), _) => Answer::Number(*number),
            (Simplification::Without(_), Answer::One(_) | Answer::Number(_) | Answer::NotSure) => answer.clone(),
        }
    }
}
