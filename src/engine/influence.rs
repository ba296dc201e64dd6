//! The causes that a question can move, and in which direction: for "why we ask", and for authors.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::Idx;
use pxfm::f_log;

use crate::engine::evaluation::Evaluation;
use crate::questionnaire::{
    Alarm, Cause, Condition, DependencyGraph, Fact, Finding, Question, Questionnaire, Subject, Truth,
};

/// How a question can move a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Influence {
    /// The cause.
    pub cause: Idx<Cause>,
    /// Some answer makes it more likely.
    pub raises: bool,
    /// Some answer makes it less likely.
    pub lowers: bool,
}

/// Everything that a question can do to a result, whatever else is answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effects {
    /// The causes that it can move by a finding, a base rate or an adjustment, the most movable first.
    pub causes: Vec<Influence>,
    /// The causes whose `when` depends on it, in file order.
    pub admits: Vec<Idx<Cause>>,
    /// Whether `[ranking] when`, which decides on all causes at once, depends on it.
    pub admits_any: bool,
    /// The alarms that an answer can raise, in file order.
    pub alarms: Vec<Idx<Alarm>>,
}

/// The causes that an answer to `question` can move by a finding, directly or through facts, the most movable first.
/// Causes whose `when` is *no* are left out.
#[must_use]
pub fn influences(evaluation: &Evaluation<'_>, question: Idx<Question>) -> Vec<Influence> {
    let questionnaire = evaluation.questionnaire();
    let reach = QuestionReach::new(questionnaire, question);
    let causes = reach.causes(questionnaire).into_iter().map(|id| (id, &questionnaire.causes[id]));
    let may_be_in_play = causes.filter(|(_, cause)| evaluation.truth(&cause.when) != Truth::No);
    let by_findings = |cause: &Cause| {
        let on = cause.findings.iter().filter(|finding| reach.touches(&finding.when));
        on.map(Movement::by_finding).fold(Movement::default(), Movement::and)
    };
    strongest_first(may_be_in_play.map(|(id, cause)| (id, by_findings(cause))))
}

/// Whether an answer to `question` can raise an alarm, directly or through facts.
#[must_use]
pub fn can_raise_alarm(questionnaire: &Questionnaire, question: Idx<Question>) -> bool {
    let reach = QuestionReach::new(questionnaire, question);
    reach.subjects().any(|subject| !questionnaire.dependency_graph.alarms_on(subject).is_empty())
}

/// Everything that an answer to each question can do, directly or through facts. All questions at once take one walk through
/// the file.
#[must_use]
pub fn effects(questionnaire: &Questionnaire) -> BTreeMap<Idx<Question>, Effects> {
    let mut moved: BTreeMap<Idx<Question>, Vec<(Idx<Cause>, Movement)>> = BTreeMap::new();
    let mut effects: BTreeMap<Idx<Question>, Effects> =
        questionnaire.questions.iter().map(|(id, _)| (id, Effects::default())).collect();
    let mut on_each = |condition: &Condition, note: &dyn Fn(&mut Effects)| {
        for question in questionnaire.questions_behind(condition.tests()) {
            effects.get_mut(&question).into_iter().for_each(note);
        }
    };
    for (id, cause) in questionnaire.causes.iter() {
        on_each(&cause.when, &|on| on.admits.push(id));
        for (when, movement) in movements(cause) {
            for question in questionnaire.questions_behind(when.tests()) {
                let moved = moved.entry(question).or_default();
                match moved.last_mut() {
                    Some((last, whole)) if *last == id => *whole = whole.and(movement),
                    _ => moved.push((id, movement)),
                }
            }
        }
    }
    on_each(&questionnaire.ranks_when, &|on| on.admits_any = true);
    for (id, alarm) in questionnaire.alarms.iter() {
        on_each(&alarm.when, &|on| on.alarms.push(id));
    }
    for (question, moved) in moved {
        effects.entry(question).or_default().causes = strongest_first(moved.into_iter());
    }
    effects
}

/// How much an answer to each question can move the odds of a cause, as a logarithm, directly or through facts.
pub(super) fn strengths(questionnaire: &Questionnaire, cause: &Cause) -> BTreeMap<Idx<Question>, f64> {
    let mut strengths: BTreeMap<Idx<Question>, f64> = BTreeMap::new();
    for (when, movement) in movements(cause) {
        for question in questionnaire.questions_behind(when.tests()) {
            let strength = strengths.entry(question).or_default();
            *strength = strength.max(movement.most);
        }
    }
    strengths
}

/// The causes with their directions, the most movable first.
fn strongest_first(causes: impl Iterator<Item = (Idx<Cause>, Movement)>) -> Vec<Influence> {
    let mut found: Vec<(Idx<Cause>, Movement)> = causes.filter(|(_, movement)| movement.most > 0.0).collect();
    found.sort_by(|(_, a), (_, b)| b.most.total_cmp(&a.most));
    found.into_iter().map(|(cause, Movement { raises, lowers, .. })| Influence { cause, raises, lowers }).collect()
}

/// How answers can move the odds of a cause.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Movement {
    /// The largest of the factors on the odds, either way, as a logarithm.
    most: f64,
    raises: bool,
    lowers: bool,
}

impl Movement {
    fn by(factor: f64) -> Movement {
        Movement { most: f_log(factor).abs(), raises: factor > 1.0, lowers: factor < 1.0 }
    }

    fn by_finding(finding: &Finding) -> Movement {
        finding.lr_no.map(Movement::by).unwrap_or_default().and(Movement::by(finding.lr))
    }

    fn and(self, other: Movement) -> Movement {
        Movement {
            most: self.most.max(other.most),
            raises: self.raises || other.raises,
            lowers: self.lowers || other.lowers,
        }
    }
}

/// What each condition of a cause does to its odds. A condition can stand there several times.
fn movements(cause: &Cause) -> Vec<(&Condition, Movement)> {
    let mut movements: Vec<_> =
        cause.findings.iter().map(|finding| (&finding.when, Movement::by_finding(finding))).collect();
    let base = cause.base.iter().map(|row| (&row.when, row.p / (1.0 - row.p)));
    movements.extend(instead_of_those_behind(base, None));
    // Where no row is *yes*, the odds stay as they are.
    let adjust = cause.adjust.iter().map(|row| (&row.when, row.odds));
    movements.extend(instead_of_those_behind(adjust, Some(1.0)));
    movements
}

/// What each row does in the place of those behind it, of which only the ones with the lowest and the highest odds count.
/// `end` is what stands behind all of them.
fn instead_of_those_behind<'c>(
    rows: impl DoubleEndedIterator<Item = (&'c Condition, f64)>,
    end: Option<f64>,
) -> impl Iterator<Item = (&'c Condition, Movement)> {
    rows.rev().scan(end.map(|end| (end, end)), |behind, (when, odds)| {
        let movement = behind.map(|(low, high)| Movement::by(odds / low).and(Movement::by(odds / high)));
        let (low, high) = behind.unwrap_or((odds, odds));
        *behind = Some((low.min(odds), high.max(odds)));
        Some((when, movement.unwrap_or_default()))
    })
}

/// A question with the facts that depend on it: a condition depends on the question when it tests one of these.
struct QuestionReach {
    question: Idx<Question>,
    facts: BTreeSet<Idx<Fact>>,
}

impl QuestionReach {
    fn new(questionnaire: &Questionnaire, question: Idx<Question>) -> QuestionReach {
        QuestionReach { question, facts: facts_on(&questionnaire.dependency_graph, question) }
    }

    /// The causes with a condition that depends on the question, in file order.
    fn causes(&self, questionnaire: &Questionnaire) -> BTreeSet<Idx<Cause>> {
        self.subjects().flat_map(|subject| questionnaire.dependency_graph.causes_on(subject)).copied().collect()
    }

    fn subjects(&self) -> impl Iterator<Item = Subject> {
        let facts = self.facts.iter().map(|fact| Subject::Fact(*fact));
        facts.chain([Subject::Question(self.question)])
    }

    fn touches(&self, condition: &Condition) -> bool {
        condition.tests().any(|test| match test.subject() {
            Subject::Question(tested) => tested == self.question,
            Subject::Fact(fact) => self.facts.contains(&fact),
        })
    }
}

/// The facts that test a question, directly or through earlier facts.
fn facts_on(graph: &DependencyGraph, question: Idx<Question>) -> BTreeSet<Idx<Fact>> {
    let mut on = BTreeSet::new();
    let mut waiting = vec![Subject::Question(question)];
    while let Some(subject) = waiting.pop() {
        for dependent in graph.subjects_on(subject) {
            if let Subject::Fact(fact) = dependent
                && on.insert(*fact)
            {
                waiting.push(*dependent);
            }
        }
    }
    on
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_row_moves_the_odds_as_if_it_were_compared_with_each_row_behind_it(
            odds in proptest::collection::vec(0.1..10.0, 1..9),
            none in proptest::option::of(Just(1.0)),
        ) {
            let always = Condition::always();
            let rows = odds.iter().map(|odds| (&always, *odds));
            let mut moved: Vec<Movement> = instead_of_those_behind(rows, none).map(|(_, movement)| movement).collect();
            moved.reverse();
            for (at, movement) in moved.iter().enumerate() {
                let behind = odds.iter().skip(at + 1).copied().chain(none);
                let each = behind.map(|behind| Movement::by(odds[at] / behind)).fold(Movement::default(), Movement::and);
                prop_assert_eq!(*movement, each);
            }
        }
    }
}
