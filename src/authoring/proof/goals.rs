//! Each goal as what the solver searches for, and how the engine tells that it is reached.

use std::collections::BTreeSet;

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::prover::{Prover, RankingGuesses, Search};
use crate::authoring::proof::{Effort, Goal, Proof, Verdict, WhyNotAsked};
use crate::engine::evaluation::Evaluation;
use crate::questionnaire::{Alarm, Cause, Question, Questionnaire, Urgency};

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
            if self.circuit.is_stopped() {
                break;
            }
            proof.verdict = self.prove(proof.goal, Effort::Unlimited);
            report(&proof.verdict);
        }
        proofs
    }

    /// A shortest set of answers that reaches a goal, or the proof that none does.
    pub fn prove(&mut self, goal: Goal, effort: Effort) -> Verdict {
        // Even to say what is searched for can take long.
        if self.circuit.is_stopped() {
            return Verdict::Undecided;
        }
        self.limit_search(effort);
        match goal {
            Goal::First(cause) => self.first(cause),
            Goal::Raised(alarm) => self.raised(&[alarm]),
            Goal::Worse(alarm, worse) => self.raised(&[alarm, worse]),
            Goal::Unsure(alarm) => self.unsure(alarm),
            Goal::Urgency(level) => self.urgency(level),
            Goal::Advised(cause, row) => self.advised(cause, row),
            Goal::NotAsked(question, why) => self.not_asked(question, why),
            Goal::Above(above, below) => self.above(above, below),
            Goal::LongestInterview => self.longest_interview(),
        }
    }

    fn first(&mut self, cause: Idx<Cause>) -> Verdict {
        if self.dominating(cause).next().is_some() {
            return Verdict::Unreachable;
        }
        self.shortest(&Search {
            required: vec![self.first_guess(cause)],
            guesses: RankingGuesses::First(cause),
            is_reached: &|_, outcome| outcome.ranking.place(cause) == Some(0),
        })
    }

    fn above(&mut self, above: Idx<Cause>, below: Idx<Cause>) -> Verdict {
        if self.dominates(below, above) {
            return Verdict::Unreachable;
        }
        let guess = self.circuit.new_literal();
        self.shortest(&Search {
            required: vec![guess, self.is_ranked(above)],
            guesses: RankingGuesses::Above(above, below, guess),
            is_reached: &|_, outcome| outcome.ranking.is_above(above, below),
        })
    }

    /// All of these alarms are raised.
    fn raised(&mut self, alarms: &[Idx<Alarm>]) -> Verdict {
        let conditions = alarms.iter().map(|alarm| &self.questionnaire.alarms[*alarm].when);
        let required = conditions.map(|when| self.encoding.condition(when, &mut self.circuit).yes).collect();
        self.shortest(&Search {
            required,
            guesses: RankingGuesses::None,
            is_reached: &|_, outcome| alarms.iter().all(|alarm| outcome.alarms.contains(alarm)),
        })
    }

    fn unsure(&mut self, alarm: Idx<Alarm>) -> Verdict {
        let is_unsure = self.is_unsure(&self.questionnaire.alarms[alarm].when);
        self.shortest(&Search {
            required: vec![is_unsure],
            guesses: RankingGuesses::None,
            is_reached: &|_, outcome| outcome.unsure_alarms.contains(&alarm),
        })
    }

    fn advised(&mut self, cause: Idx<Cause>, row: usize) -> Verdict {
        let Some(advice) = self.questionnaire.causes[cause].advice.get(row) else { return Verdict::Unreachable };
        let given = self.encoding.condition(&advice.when, &mut self.circuit);
        let is_silenced =
            if advice.yields_to_alarms() { self.is_led_by_alarm() } else { self.circuit.constant_false() };
        self.shortest(&Search {
            required: vec![given.yes, self.is_ranked(cause), !is_silenced],
            guesses: RankingGuesses::None,
            is_reached: &|evaluation, outcome| outcome.is_advised(cause, row, evaluation),
        })
    }

    /// Whether an alarm is raised whose level leads.
    fn is_led_by_alarm(&mut self) -> Lit {
        let questionnaire = self.questionnaire;
        let leading = questionnaire.alarms.values().filter(|alarm| questionnaire.urgencies[alarm.urgency].leads);
        let raised: Vec<Lit> =
            leading.map(|alarm| self.encoding.condition(&alarm.when, &mut self.circuit).yes).collect();
        self.circuit.or(raised)
    }

    fn not_asked(&mut self, question: Idx<Question>, why: WhyNotAsked) -> Verdict {
        let Some(shown) = self.encoding.question(question).map(|question| question.shown) else {
            return Verdict::Unreachable;
        };
        let awaits_answer = self.question_awaits_answer(question);
        let mut required = vec![!shown.yes, if why == WhyNotAsked::NotSure { awaits_answer } else { !awaits_answer }];
        let gating = questions_gating(self.questionnaire, question);
        for question in gating.iter().filter_map(|question| self.encoding.question(*question)) {
            required.push(self.circuit.or([!question.shown.yes, question.answered]));
        }
        let is_reached = |evaluation: &Evaluation<'_>| {
            let is_answered = |question: &Idx<Question>| evaluation.answer(*question).is_some();
            !evaluation.is_shown(question)
                && evaluation.question_awaits_answer(question) == (why == WhyNotAsked::NotSure)
                && gating.iter().all(|question| !evaluation.is_shown(*question) || is_answered(question))
        };
        self.shortest(&Search {
            required,
            guesses: RankingGuesses::None,
            is_reached: &|evaluation, _| is_reached(evaluation),
        })
    }

    fn urgency(&mut self, level: Idx<Urgency>) -> Verdict {
        let is_level = self.encode_urgency(level);
        self.shortest(&Search {
            required: vec![is_level],
            guesses: RankingGuesses::All,
            is_reached: &|_, outcome| outcome.urgency == Some(level),
        })
    }

    /// Whether the result has this level of urgency, provided that all guesses are right. This is what
    /// [`Outcome::urgency`](crate::engine::outcome::Outcome::urgency) computes for one set of answers.
    fn encode_urgency(&mut self, level: Idx<Urgency>) -> Lit {
        let questionnaire = self.questionnaire;
        let Some(cautious) = questionnaire.cautious_urgency() else { return self.circuit.constant_false() };
        let levels: Vec<(Idx<Urgency>, Lit)> =
            questionnaire.urgencies.iter().map(|(level, _)| (level, self.encode_level(level))).collect();
        let open_alarms: Vec<Lit> =
            questionnaire.alarms.values().map(|alarm| self.awaits_answer(&alarm.when)).collect();
        let first_causes: Vec<(Idx<Urgency>, Lit)> = questionnaire
            .causes
            .iter()
            .filter_map(|(id, cause)| Some((cause.urgency?, self.first_guess(id))))
            .filter(|(level, _)| *level >= cautious)
            .collect();

        let circuit = &mut self.circuit;
        let any_open = circuit.or(open_alarms);
        let above: Vec<Lit> = levels.iter().filter(|(other, _)| *other > level).map(|(_, has)| !*has).collect();
        let none_above = circuit.and(above);
        let none_has_any = circuit.and(levels.iter().map(|(_, has)| !*has));
        let has_this = circuit.or(levels.iter().filter(|(other, _)| *other == level).map(|(_, has)| *has));
        let mut ways = Vec::new();
        // An alarm or a cause has this level. Below the cautious one, that is not enough while an alarm is open.
        let is_enough = if level >= cautious { circuit.constant_true() } else { !any_open };
        ways.push(circuit.and([has_this, none_above, is_enough]));
        // No alarm is raised and no cause counts, so the level of the first cause is taken.
        let first_has_this = first_causes.iter().filter(|(other, _)| *other == level).map(|(_, first)| *first);
        let first_has_this = circuit.or(first_has_this);
        ways.push(circuit.and([none_has_any, first_has_this]));
        if level == cautious {
            // An open alarm raises a lower level to this one.
            let has_lower = circuit.or(levels.iter().filter(|(other, _)| *other < level).map(|(_, has)| *has));
            ways.push(circuit.and([has_lower, none_above, !has_this, any_open]));
            // The first cause has no level either, or one below the cautious one.
            let no_first = circuit.and(first_causes.iter().map(|(_, first)| !*first));
            ways.push(circuit.and([none_has_any, no_first]));
        }
        circuit.or(ways)
    }

    /// Whether an alarm of this level is raised, one with this `unsure` level is unsure, or a cause of this level counts
    /// for the urgency.
    fn encode_level(&mut self, level: Idx<Urgency>) -> Lit {
        let questionnaire = self.questionnaire;
        let alarms = questionnaire.alarms.values().filter(|alarm| alarm.urgency == level);
        let mut ways: Vec<Lit> =
            alarms.map(|alarm| self.encoding.condition(&alarm.when, &mut self.circuit).yes).collect();
        let unsure = questionnaire.alarms.values().filter(|alarm| alarm.unsure == Some(level));
        ways.extend(unsure.map(|alarm| self.is_unsure(&alarm.when)));
        let causes = questionnaire.causes.iter().filter(|(_, cause)| cause.urgency == Some(level));
        ways.extend(causes.map(|(id, _)| self.counting_guess(id)));
        self.circuit.or(ways)
    }
}

/// The questions that decide whether a question is shown, directly or through facts and other questions.
fn questions_gating(questionnaire: &Questionnaire, question: Idx<Question>) -> BTreeSet<Idx<Question>> {
    let mut gating = BTreeSet::new();
    let mut waiting = vec![question];
    while let Some(next) = waiting.pop() {
        let gated = &questionnaire.questions[next];
        let direct = questionnaire.questions_behind(gated.when.tests()).into_iter().chain(gated.from());
        waiting.extend(direct.filter(|question| gating.insert(*question)));
    }
    gating
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::proof::{prover, read};
    use crate::engine::answers_json::AnswersJson;

    const FILE: &str = r#"urgency = [{ id = "later", say = "Later." }, { id = "soon", say = "Soon." }, { id = "now", say = "Now." }]
question = [
  { id = "pain", ask = "Pain?", kind = "one" },
  { id = "numb", ask = "Numb?", kind = "one", when = { pain = "yes" } },
  { id = "cold", ask = "Cold?", kind = "one", when = { pain = "no" } },
]
alarm = [{ id = "nerve", when = { numb = "yes" }, urgency = "now", say = "Go." }]
[[cause]]
id = "strain"
name = "Strain"
urgency = "later"
base = [{ p = 0.5 }]
findings = [{ lr = 2, lr_no = 0.5, when = { pain = "yes" }, grade = "C" }]
advice = [{ stage = "now", say = "Rest.", when = { numb = "no" } }, { stage = "now", say = "Move.", when = { cold = "yes", pain = "yes" } }]
[[cause]]
id = "chill"
name = "Chill"
base = [{ p = 0.4 }]
findings = [{ lr = 2, lr_no = 0.5, when = { pain = "yes" }, grade = "C" }]
"#;

    /// The shortest answers that reach a goal; `None` if none do.
    #[track_caller]
    fn check(goal: impl Fn(&Questionnaire) -> Goal, expected: Option<&str>) {
        let questionnaire = read(FILE);
        let goal = goal(&questionnaire);
        let answers = match prover(&questionnaire).prove(goal, Effort::Unlimited) {
            Verdict::Reachable(answers) => {
                let answers = AnswersJson::from_answers(&questionnaire, &answers).expect("they belong to it");
                Some(serde_json::to_string(&answers).expect("it can be written"))
            }
            Verdict::Unreachable => None,
            Verdict::Undecided => panic!("nothing stopped it"),
        };
        assert_eq!(answers.as_deref(), expected, "{goal:?}");
    }

    fn cause(questionnaire: &Questionnaire, at: usize) -> Idx<Cause> {
        questionnaire.causes.iter().nth(at).expect("a cause").0
    }

    fn level(questionnaire: &Questionnaire, at: usize) -> Idx<Urgency> {
        questionnaire.urgencies.iter().nth(at).expect("a level").0
    }

    #[test]
    fn an_alarm_behind_a_gate_takes_the_answer_that_opens_the_gate() {
        let raised = |file: &Questionnaire| Goal::Raised(file.alarms.iter().next().expect("an alarm").0);
        check(raised, Some(r#"{"pain":"yes","numb":"yes"}"#));
    }

    #[test]
    fn a_cause_with_the_lower_figures_never_comes_first() {
        check(|file| Goal::First(cause(file, 1)), None);
        check(|file| Goal::Above(cause(file, 1), cause(file, 0)), None);
    }

    #[test]
    fn advice_is_given_when_its_own_condition_is_yes() {
        check(|file| Goal::Advised(cause(file, 0), 0), Some(r#"{"pain":"yes","numb":"no"}"#));
        check(|file| Goal::Advised(cause(file, 0), 1), None);
    }

    #[test]
    fn without_any_answer_the_result_has_the_cautious_level() {
        check(|file| Goal::Urgency(level(file, 1)), Some("{}"));
    }

    #[test]
    fn the_lowest_level_takes_an_answer_that_closes_every_alarm() {
        check(|file| Goal::Urgency(level(file, 0)), Some(r#"{"pain":"no"}"#));
    }

    #[test]
    fn questions_that_exclude_each_other_are_not_in_one_interview() {
        let questionnaire = read(FILE);
        let verdict = prover(&questionnaire).prove(Goal::LongestInterview, Effort::Unlimited);
        let Verdict::Reachable(answers) = verdict else { panic!("{verdict:?}") };
        assert_eq!(Evaluation::new(&questionnaire, &answers).shown_questions().count(), 2);
    }
}
