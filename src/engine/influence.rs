//! The causes that a question can move, and in which direction: for "why we ask", and for authors.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::engine::evaluation::Evaluation;
use crate::questionnaire::{Alarm, Cause, Condition, DependencyGraph, Fact, Question, Questionnaire, Subject, Truth};

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
#[derive(Debug, Clone, PartialEq, Eq)]
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
    strongest_first(may_be_in_play.map(|(id, cause)| (id, reach.by_findings(cause))))
}

/// Everything that an answer to `question` can do, directly or through facts.
#[must_use]
pub fn effects(questionnaire: &Questionnaire, question: Idx<Question>) -> Effects {
    let reach = QuestionReach::new(questionnaire, question);
    let moves = |cause: &Cause| {
        let factors = [reach.by_findings(cause), reach.by_base(cause), reach.by_background(cause)];
        factors.concat()
    };
    let touched = reach.causes(questionnaire);
    let causes = || touched.iter().map(|id| (*id, &questionnaire.causes[*id]));
    Effects {
        causes: strongest_first(causes().map(|(id, cause)| (id, moves(cause)))),
        admits: causes().filter(|(_, cause)| reach.touches(&cause.when)).map(|(id, _)| id).collect(),
        admits_any: reach.touches(&questionnaire.ranks_when),
        alarms: reach.alarms(questionnaire).into_iter().collect(),
    }
}

/// The causes with their directions, sorted by the largest of their factors on the odds.
fn strongest_first(causes: impl Iterator<Item = (Idx<Cause>, Vec<f64>)>) -> Vec<Influence> {
    let mut found: Vec<(f64, Influence)> = causes
        .filter_map(|(cause, factors)| {
            let most = factors.iter().map(|factor| factor.ln().abs()).fold(0.0, f64::max);
            let raises = factors.iter().any(|factor| *factor > 1.0);
            let lowers = factors.iter().any(|factor| *factor < 1.0);
            (most > 0.0).then_some((most, Influence { cause, raises, lowers }))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, influence)| influence).collect()
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

    /// The alarms that depend on the question, in file order.
    fn alarms(&self, questionnaire: &Questionnaire) -> BTreeSet<Idx<Alarm>> {
        self.subjects().flat_map(|subject| questionnaire.dependency_graph.alarms_on(subject)).copied().collect()
    }

    fn subjects(&self) -> impl Iterator<Item = Subject> {
        let facts = self.facts.iter().map(|fact| Subject::Fact(*fact));
        facts.chain([Subject::Question(self.question)])
    }

    fn touches(&self, condition: &Condition) -> bool {
        is_on(condition, self.question, &self.facts)
    }

    fn by_findings(&self, cause: &Cause) -> Vec<f64> {
        let on = cause.findings.iter().filter(|finding| self.touches(&finding.when));
        on.flat_map(|finding| std::iter::once(finding.lr).chain(finding.lr_no)).collect()
    }

    /// The factors by which a row of `base` can replace one of the rows after it.
    fn by_base(&self, cause: &Cause) -> Vec<f64> {
        let odds = |p: f64| p / (1.0 - p);
        let rows: Vec<(bool, f64)> = cause.base.iter().map(|row| (self.touches(&row.when), odds(row.p))).collect();
        instead_of_those_behind(&rows)
    }

    /// The factors by which a row of `adjust` can replace one of the rows after it, or none at all.
    fn by_background(&self, cause: &Cause) -> Vec<f64> {
        let rows = cause.adjust.iter().map(|row| (self.touches(&row.when), row.odds));
        let rows: Vec<(bool, f64)> = rows.chain([(false, 1.0)]).collect();
        instead_of_those_behind(&rows)
    }
}

/// The odds of each row that depends on the question, divided by those of every row after it.
fn instead_of_those_behind(rows: &[(bool, f64)]) -> Vec<f64> {
    let with_those_behind = rows.iter().zip(1..).filter(|((is_on, _), _)| *is_on);
    with_those_behind.flat_map(|((_, odds), at)| rows.iter().skip(at).map(move |(_, behind)| odds / behind)).collect()
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

fn is_on(condition: &Condition, question: Idx<Question>, facts: &BTreeSet<Idx<Fact>>) -> bool {
    condition.tests().any(|test| match test.subject() {
        Subject::Question(tested) => tested == question,
        Subject::Fact(fact) => facts.contains(&fact),
    })
}
