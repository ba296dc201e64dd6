//! Every condition of a questionnaire, and every test behind a condition.

use std::collections::{BTreeSet, HashSet};

use la_arena::Idx;

use crate::questionnaire::{Cause, Condition, FilePart, Question, Questionnaire, Test};

impl Questionnaire {
    /// Some tests, and those of every fact that they test, directly or through other facts. Those of a fact come once. In no
    /// particular order.
    pub fn tests_behind<'q>(&'q self, tests: impl Iterator<Item = &'q Test>) -> impl Iterator<Item = &'q Test> {
        let mut waiting: Vec<&Test> = tests.collect();
        let mut facts = HashSet::new();
        std::iter::from_fn(move || {
            let test = waiting.pop()?;
            if let Test::Fact { fact, .. } = test
                && facts.insert(*fact)
            {
                waiting.extend(self.facts[*fact].when.tests());
            }
            Some(test)
        })
    }

    /// The questions that are tested by these, directly or through facts.
    #[must_use]
    pub fn questions_behind<'q>(&'q self, tests: impl Iterator<Item = &'q Test>) -> BTreeSet<Idx<Question>> {
        let questions = self.tests_behind(tests).filter_map(|test| match test {
            Test::Question { question, .. } => Some(*question),
            Test::Fact { .. } => None,
        });
        questions.collect()
    }

    /// Every condition with the part whose `when` it is, parts without one included.
    pub fn conditions(&self) -> impl Iterator<Item = (FilePart, &Condition)> {
        let questions = self.questions.iter().map(|(id, question)| (FilePart::Question(id), &question.when));
        let facts = self.facts.iter().map(|(id, fact)| (FilePart::Fact(id), &fact.when));
        let alarms = self.alarms.iter().map(|(id, alarm)| (FilePart::Alarm(id), &alarm.when));
        let ranking = [(FilePart::Ranking, &self.ranks_when)];
        let causes = self.causes.iter().flat_map(|(id, cause)| conditions_of_cause(id, cause));
        questions.chain(facts).chain(alarms).chain(ranking).chain(causes)
    }
}

fn conditions_of_cause(id: Idx<Cause>, cause: &Cause) -> impl Iterator<Item = (FilePart, &Condition)> {
    let base = cause.base.iter().enumerate().map(move |(at, row)| (FilePart::Base(id, at), &row.when));
    let adjust = cause.adjust.iter().enumerate().map(move |(at, row)| (FilePart::Adjust(id, at), &row.when));
    let findings = cause.findings.iter().enumerate().map(move |(at, row)| (FilePart::Finding(id, at), &row.when));
    let advice = cause.advice.iter().enumerate().map(move |(at, row)| (FilePart::Advice(id, at), &row.when));
    std::iter::once((FilePart::Cause(id), &cause.when)).chain(base).chain(adjust).chain(findings).chain(advice)
}
