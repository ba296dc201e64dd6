//! What can be proven, each as what the solver has to look for and what has to come of it.

use std::collections::BTreeSet;

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::prover::{Guesses, Prover, Wanted};
use crate::authoring::proof::{Effort, Held, Subject, Verdict};
use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::Outcome;
use crate::questionnaire::{Alarm, Cause, Condition, Question, Questionnaire, Truth, Urgency};

impl Prover<'_> {
    /// A shortest set of answers for a subject, or the proof that there is none.
    pub fn prove(&mut self, subject: Subject, effort: Effort) -> Verdict {
        self.give(effort);
        match subject {
            Subject::First(cause) => self.first_cause(cause),
            Subject::Raised(alarm) => self.raised(alarm),
            Subject::Level(level) => self.level(level),
            Subject::Advice(cause, at) => self.advice(cause, at),
            Subject::NotAsked(question, held) => self.not_asked(question, held),
            Subject::Ahead(ahead, behind) => self.ahead(ahead, behind),
            Subject::Longest => self.longest(),
        }
    }

    fn first_cause(&mut self, cause: Idx<Cause>) -> Verdict {
        if self.dominating(cause).is_some() {
            return Verdict::Never;
        }
        let conditions = vec![self.first(cause)];
        self.shortest(&Wanted {
            conditions,
            guesses: Guesses::First(cause),
            has_come: &|_, outcome| outcome.ranking.ranked().next().is_some_and(|first| first.cause == cause),
        })
    }

    fn ahead(&mut self, ahead: Idx<Cause>, behind: Idx<Cause>) -> Verdict {
        if self.dominates(behind, ahead) {
            return Verdict::Never;
        }
        let guess = self.circuit.free();
        let ranked = self.gates(ahead).map_or(self.circuit.never(), |gates| gates.ranked);
        self.shortest(&Wanted {
            conditions: vec![guess, ranked],
            guesses: Guesses::Ahead(ahead, behind, guess),
            has_come: &|_, outcome| is_ahead(outcome, ahead, behind),
        })
    }

    fn raised(&mut self, alarm: Idx<Alarm>) -> Verdict {
        let is = self.encoding.condition(&self.questionnaire.alarms[alarm].when, &mut self.circuit);
        self.shortest(&Wanted {
            conditions: vec![is.yes],
            guesses: Guesses::None,
            has_come: &|_, outcome| outcome.alarms.contains(&alarm),
        })
    }

    fn advice(&mut self, cause: Idx<Cause>, at: usize) -> Verdict {
        let Some(advice) = self.questionnaire.causes[cause].advice.get(at) else { return Verdict::Never };
        let is = self.encoding.condition(&advice.when, &mut self.circuit);
        let ranked = self.gates(cause).map_or(self.circuit.never(), |gates| gates.ranked);
        self.shortest(&Wanted {
            conditions: vec![is.yes, ranked],
            guesses: Guesses::None,
            has_come: &|evaluation, outcome| is_advised(evaluation, outcome, cause, &advice.when),
        })
    }

    /// The question is not asked, though whatever it hangs on has been answered.
    fn not_asked(&mut self, question: Idx<Question>, held: Held) -> Verdict {
        let Some(shown) = self.encoding.question(question).map(|asked| asked.shown) else { return Verdict::Never };
        let wants = self.question_wanting(question);
        let wants = if held == Held::Unclear { wants } else { !wants };
        let mut conditions = vec![!shown.yes, wants];
        let above = above(self.questionnaire, question);
        for question in &above {
            let Some((asked, answered)) = self.encoding.question(*question).map(|it| (it.shown.yes, it.answered))
            else {
                continue;
            };
            conditions.push(self.circuit.or([!asked, answered]));
        }
        self.shortest(&Wanted {
            conditions,
            guesses: Guesses::None,
            has_come: &|evaluation, _| is_held(evaluation, question, held, &above),
        })
    }

    fn level(&mut self, level: Idx<Urgency>) -> Verdict {
        let comes = self.comes_to(level);
        self.shortest(&Wanted {
            conditions: vec![comes],
            guesses: Guesses::Urgency,
            has_come: &|_, outcome| outcome.urgency == Some(level),
        })
    }

    /// Whether the urgency of the result is this level, with every guess right.
    fn comes_to(&mut self, level: Idx<Urgency>) -> Lit {
        let questionnaire = self.questionnaire;
        let Some(cautious) = questionnaire.cautious_urgency() else { return self.circuit.never() };
        let levels: Vec<Idx<Urgency>> = questionnaire.urgencies.iter().map(|(level, _)| level).collect();
        let held: Vec<(Idx<Urgency>, Lit)> =
            levels.iter().map(|level| (*level, self.is_held_by_something(*level))).collect();
        let open: Vec<Lit> = questionnaire.alarms.values().map(|alarm| self.wanting(&alarm.when)).collect();
        let firsts: Vec<(Idx<Urgency>, Lit)> = questionnaire
            .causes
            .iter()
            .filter_map(|(id, cause)| Some((cause.urgency?, self.first(id))))
            .filter(|(level, _)| *level >= cautious)
            .collect();
        let circuit = &mut self.circuit;
        let open = circuit.or(open);
        let nothing_above: Vec<Lit> = held.iter().filter(|(other, _)| *other > level).map(|(_, held)| !*held).collect();
        let nothing_above = circuit.and(nothing_above);
        let nothing_held = circuit.and(held.iter().map(|(_, held)| !*held));
        let held_here = circuit.or(held.iter().filter(|(other, _)| *other == level).map(|(_, held)| *held));
        let mut ways = Vec::new();
        let may_stay = if level >= cautious { circuit.always() } else { !open };
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
    fn is_held_by_something(&mut self, level: Idx<Urgency>) -> Lit {
        let questionnaire = self.questionnaire;
        let alarms = questionnaire.alarms.values().filter(|alarm| alarm.urgency == level);
        let mut ways: Vec<Lit> =
            alarms.map(|alarm| self.encoding.condition(&alarm.when, &mut self.circuit).yes).collect();
        let causes = questionnaire.causes.iter().filter(|(_, cause)| cause.urgency == Some(level));
        ways.extend(causes.map(|(id, _)| self.counts(id)));
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

fn is_held(evaluation: &Evaluation<'_>, question: Idx<Question>, held: Held, above: &BTreeSet<Idx<Question>>) -> bool {
    let is_answered = |question: &Idx<Question>| evaluation.answer(*question).is_some();
    !evaluation.is_shown(question)
        && evaluation.question_awaits_answer(question) == (held == Held::Unclear)
        && above.iter().all(|question| !evaluation.is_shown(*question) || is_answered(question))
}

/// The questions that a question hangs on, also by others.
fn above(questionnaire: &Questionnaire, question: Idx<Question>) -> BTreeSet<Idx<Question>> {
    let mut above = BTreeSet::new();
    let mut waiting = vec![question];
    while let Some(next) = waiting.pop() {
        let asked = &questionnaire.questions[next];
        let mut found = looked_at(questionnaire, &asked.when);
        found.extend(asked.from());
        waiting.extend(found.into_iter().filter(|question| above.insert(*question)));
    }
    above
}

/// The questions that a condition looks at, also by facts.
pub fn looked_at(questionnaire: &Questionnaire, condition: &Condition) -> BTreeSet<Idx<Question>> {
    use crate::questionnaire::Subject as Tested;
    let mut questions = BTreeSet::new();
    let mut facts = BTreeSet::new();
    let mut waiting: Vec<Tested> = condition.tests().map(crate::questionnaire::Test::subject).collect();
    while let Some(subject) = waiting.pop() {
        match subject {
            Tested::Question(question) => {
                questions.insert(question);
            }
            Tested::Fact(fact) if facts.insert(fact) => {
                waiting.extend(questionnaire.facts[fact].when.tests().map(crate::questionnaire::Test::subject));
            }
            Tested::Fact(_) => {}
        }
    }
    questions
}
