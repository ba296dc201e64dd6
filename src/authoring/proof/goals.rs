//! What can be proven, each as what the solver has to look for and what has to come of it.

use std::collections::BTreeSet;

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::prover::{Prover, RankingGuesses, Search};
use crate::authoring::proof::{Effort, Goal, Proof, Verdict, WhyNotAsked};
use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::Outcome;
use crate::questionnaire::{Alarm, Cause, Condition, Question, Questionnaire, Truth, Urgency};

/// How far a first search for a goal goes. All goals are searched this far before any goes further, so that a hard one
/// does not take the time of all others.
const FIRST_SEARCH: Effort = Effort::WrongGuesses(300);

impl Prover<'_> {
    /// Decides as many goals as there is time for. `on_progress` is called after each search with how many are decided,
    /// and how many there are.
    pub fn prove_all(&mut self, goals: &[Goal], on_progress: &mut dyn FnMut(usize, usize)) -> Vec<Proof> {
        let mut decided = 0;
        let mut report = |verdict: &Verdict| {
            decided += usize::from(*verdict != Verdict::Undecided);
            on_progress(decided, goals.len());
        };
        let mut proofs: Vec<Proof> = Vec::with_capacity(goals.len());
        for goal in goals {
            let verdict = self.prove(*goal, FIRST_SEARCH);
            report(&verdict);
            proofs.push(Proof { goal: *goal, verdict });
        }
        for proof in proofs.iter_mut().filter(|proof| proof.verdict == Verdict::Undecided) {
            proof.verdict = self.prove(proof.goal, Effort::Unlimited);
            report(&proof.verdict);
        }
        proofs
    }

    /// A shortest set of answers for a subject, or the proof that there is none.
    pub fn prove(&mut self, subject: Goal, effort: Effort) -> Verdict {
        self.limit_search(effort);
        match subject {
            Goal::First(cause) => self.first_cause(cause),
            Goal::Raised(alarm) => self.raised(alarm),
            Goal::Urgency(level) => self.level(level),
            Goal::Advised(cause, at) => self.advice(cause, at),
            Goal::NotAsked(question, held) => self.not_asked(question, held),
            Goal::Above(ahead, behind) => self.ahead(ahead, behind),
            Goal::LongestInterview => self.longest(),
        }
    }

    fn first_cause(&mut self, cause: Idx<Cause>) -> Verdict {
        if self.is_dominated(cause) {
            return Verdict::Unreachable;
        }
        let conditions = vec![self.guess_of_first(cause)];
        self.shortest(&Search {
            required: conditions,
            guesses: RankingGuesses::First(cause),
            is_reached: &|_, outcome| outcome.ranking.ranked().next().is_some_and(|first| first.cause == cause),
        })
    }

    fn ahead(&mut self, ahead: Idx<Cause>, behind: Idx<Cause>) -> Verdict {
        if self.dominates(behind, ahead) {
            return Verdict::Unreachable;
        }
        let guess = self.circuit.new_literal();
        let ranked = self.gates(ahead).map_or(self.circuit.constant_false(), |gates| gates.ranked);
        self.shortest(&Search {
            required: vec![guess, ranked],
            guesses: RankingGuesses::Above(ahead, behind, guess),
            is_reached: &|_, outcome| is_ahead(outcome, ahead, behind),
        })
    }

    fn raised(&mut self, alarm: Idx<Alarm>) -> Verdict {
        let is = self.encoding.condition(&self.questionnaire.alarms[alarm].when, &mut self.circuit);
        self.shortest(&Search {
            required: vec![is.yes],
            guesses: RankingGuesses::None,
            is_reached: &|_, outcome| outcome.alarms.contains(&alarm),
        })
    }

    fn advice(&mut self, cause: Idx<Cause>, at: usize) -> Verdict {
        let Some(advice) = self.questionnaire.causes[cause].advice.get(at) else { return Verdict::Unreachable };
        let is = self.encoding.condition(&advice.when, &mut self.circuit);
        let ranked = self.gates(cause).map_or(self.circuit.constant_false(), |gates| gates.ranked);
        self.shortest(&Search {
            required: vec![is.yes, ranked],
            guesses: RankingGuesses::None,
            is_reached: &|evaluation, outcome| is_advised(evaluation, outcome, cause, &advice.when),
        })
    }

    /// The question is not asked, though whatever it hangs on has been answered.
    fn not_asked(&mut self, question: Idx<Question>, held: WhyNotAsked) -> Verdict {
        let Some(shown) = self.encoding.question(question).map(|asked| asked.shown) else {
            return Verdict::Unreachable;
        };
        let wants = self.question_awaits_answer(question);
        let wants = if held == WhyNotAsked::NotSure { wants } else { !wants };
        let mut conditions = vec![!shown.yes, wants];
        let above = questions_gating(self.questionnaire, question);
        for question in &above {
            let Some((asked, answered)) = self.encoding.question(*question).map(|it| (it.shown.yes, it.answered))
            else {
                continue;
            };
            conditions.push(self.circuit.or([!asked, answered]));
        }
        self.shortest(&Search {
            required: conditions,
            guesses: RankingGuesses::None,
            is_reached: &|evaluation, _| is_not_asked(evaluation, question, held, &above),
        })
    }

    fn level(&mut self, level: Idx<Urgency>) -> Verdict {
        let comes = self.encode_urgency(level);
        self.shortest(&Search {
            required: vec![comes],
            guesses: RankingGuesses::All,
            is_reached: &|_, outcome| outcome.urgency == Some(level),
        })
    }

    /// Whether the urgency of the result is this level, with every guess right.
    fn encode_urgency(&mut self, level: Idx<Urgency>) -> Lit {
        let questionnaire = self.questionnaire;
        let Some(cautious) = questionnaire.cautious_urgency() else { return self.circuit.constant_false() };
        let levels: Vec<Idx<Urgency>> = questionnaire.urgencies.iter().map(|(level, _)| level).collect();
        let held: Vec<(Idx<Urgency>, Lit)> = levels.iter().map(|level| (*level, self.has_level(*level))).collect();
        let open: Vec<Lit> = questionnaire.alarms.values().map(|alarm| self.awaits_answer(&alarm.when)).collect();
        let firsts: Vec<(Idx<Urgency>, Lit)> = questionnaire
            .causes
            .iter()
            .filter_map(|(id, cause)| Some((cause.urgency?, self.guess_of_first(id))))
            .filter(|(level, _)| *level >= cautious)
            .collect();
        let circuit = &mut self.circuit;
        let open = circuit.or(open);
        let nothing_above: Vec<Lit> = held.iter().filter(|(other, _)| *other > level).map(|(_, held)| !*held).collect();
        let nothing_above = circuit.and(nothing_above);
        let nothing_held = circuit.and(held.iter().map(|(_, held)| !*held));
        let held_here = circuit.or(held.iter().filter(|(other, _)| *other == level).map(|(_, held)| *held));
        let mut ways = Vec::new();
        let may_stay = if level >= cautious { circuit.constant_true() } else { !open };
        ways.push(circuit.and([held_here, nothing_above, may_stay]));
        let first_here = circuit.or(firsts.iter().filter(|(other, _)| *other == level).map(|(_, first)| *first));
        ways.push(circuit.and([nothing_held, first_here]));
        if level == cautious {
            let below = circuit.or(held.iter().filter(|(other, _)| *other < level).map(|(_, held)| *held));
            ways.push(circuit.and([below, nothing_above, !held_here, open]));
            let no_first = circuit.and(firsts.iter().map(|(_, first)| !*first));
            ways.push(circuit.and([nothing_held, no_first]));
        }
        circuit.or(ways)
    }

    /// Whether an alarm of this level holds, or a cause of this level counts.
    fn has_level(&mut self, level: Idx<Urgency>) -> Lit {
        let questionnaire = self.questionnaire;
        let alarms = questionnaire.alarms.values().filter(|alarm| alarm.urgency == level);
        let mut ways: Vec<Lit> =
            alarms.map(|alarm| self.encoding.condition(&alarm.when, &mut self.circuit).yes).collect();
        let causes = questionnaire.causes.iter().filter(|(_, cause)| cause.urgency == Some(level));
        ways.extend(causes.map(|(id, _)| self.guess_of_counting(id)));
        self.circuit.or(ways)
    }
}

fn is_ahead(outcome: &Outcome, ahead: Idx<Cause>, behind: Idx<Cause>) -> bool {
    let place = |cause| outcome.ranking.ranked().position(|ranked| ranked.cause == cause);
    place(ahead).is_some_and(|ahead| place(behind).is_none_or(|behind| ahead < behind))
}

fn is_advised(evaluation: &Evaluation<'_>, outcome: &Outcome, cause: Idx<Cause>, when: &Condition) -> bool {
    evaluation.truth(when) == Truth::Yes && outcome.ranking.ranked().any(|ranked| ranked.cause == cause)
}

fn is_not_asked(
    evaluation: &Evaluation<'_>,
    question: Idx<Question>,
    held: WhyNotAsked,
    above: &BTreeSet<Idx<Question>>,
) -> bool {
    let is_answered = |question: &Idx<Question>| evaluation.answer(*question).is_some();
    !evaluation.is_shown(question)
        && evaluation.question_awaits_answer(question) == (held == WhyNotAsked::NotSure)
        && above.iter().all(|question| !evaluation.is_shown(*question) || is_answered(question))
}

/// The questions that a question hangs on, also by others.
fn questions_gating(questionnaire: &Questionnaire, question: Idx<Question>) -> BTreeSet<Idx<Question>> {
    let mut above = BTreeSet::new();
    let mut waiting = vec![question];
    while let Some(next) = waiting.pop() {
        let asked = &questionnaire.questions[next];
        let mut found = questionnaire.questions_behind(&asked.when);
        found.extend(asked.from());
        waiting.extend(found.into_iter().filter(|question| above.insert(*question)));
    }
    above
}
