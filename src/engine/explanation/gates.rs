//! Which tests of a finding only say whom it applies to, which is not worth telling.
//!
//! That depends on all findings of its cause. They are looked through once, and not again for each of them.

use std::collections::{HashMap, HashSet};

use crate::engine::evaluation::Evaluation;
use crate::questionnaire::{Cause, Condition, Finding, Form, Subject, Test};

/// What a cause tests, as far as it decides which tests are worth telling.
#[derive(Debug)]
pub(super) struct Gates<'q> {
    raising: Side<'q>,
    lowering: Side<'q>,
    /// What some table of a finding tests and nothing else.
    alone: HashSet<Subject>,
    /// What `base` and `adjust` test.
    background: HashSet<Subject>,
}

/// The findings that move a cause in one direction.
#[derive(Debug, Default)]
struct Side<'q> {
    tests: HashSet<&'q Test>,
    /// In which findings a fact is tested beside something else.
    beside: HashMap<(&'q Test, Subject), Findings<'q>>,
}

/// Some findings.
#[derive(Debug)]
struct Findings<'q> {
    first: &'q Condition,
    /// Whether they have more than one condition.
    differ: bool,
}

impl<'q> Gates<'q> {
    pub(super) fn new(cause: &'q Cause) -> Gates<'q> {
        let rows = cause.base.iter().map(|row| &row.when).chain(cause.adjust.iter().map(|row| &row.when));
        let background = rows.flat_map(Condition::tests).map(Test::subject).collect();
        let (raising, lowering) = (Side::default(), Side::default());
        let mut gates = Gates { raising, lowering, alone: HashSet::new(), background };
        for finding in &cause.findings {
            let side = if finding.lr > 1.0 { &mut gates.raising } else { &mut gates.lowering };
            for table in &finding.when.tables {
                side.add(table, &finding.when);
                if let [first, rest @ ..] = table.as_slice()
                    && rest.iter().all(|test| test.subject() == first.subject())
                {
                    gates.alone.insert(first.subject());
                }
            }
        }
        gates
    }

    /// The tests of a table that are worth showing; at least one.
    pub(super) fn without<'t>(
        &self,
        finding: &Finding,
        table: &'t [Test],
        evaluation: &Evaluation<'_>,
    ) -> Vec<&'t Test> {
        let is_number = |test: &Test| matches!(test, Test::Question { form: Form::Number(_), .. });
        let facts = &evaluation.questionnaire().facts;
        let says = |test: &Test| matches!(test, Test::Fact { fact, .. } if facts[*fact].say.is_some());
        let (same, opposite) =
            if finding.lr > 1.0 { (&self.raising, &self.lowering) } else { (&self.lowering, &self.raising) };
        let is_gate = |test: &Test| {
            let moves_alone = self.alone.contains(&test.subject());
            let is_background = self.background.contains(&test.subject());
            opposite.tests.contains(test)
                || (!moves_alone
                    && (is_background || is_number(test) || (says(test) && !same.carries(finding, table, test))))
        };
        let told: Vec<&Test> = table.iter().filter(|test| !is_gate(test)).collect();
        let beside_numbers: Vec<&Test> = table.iter().filter(|test| !is_number(test)).collect();
        [told, beside_numbers].into_iter().find(|kept| !kept.is_empty()).unwrap_or_else(|| table.iter().collect())
    }
}

impl<'q> Side<'q> {
    fn add(&mut self, table: &'q [Test], when: &'q Condition) {
        self.tests.extend(table);
        for fact in table.iter().filter(|test| matches!(test, Test::Fact { .. })) {
            for other in table {
                let findings = self.beside.entry((fact, other.subject()));
                let findings = findings.or_insert(Findings { first: when, differ: false });
                findings.differ |= findings.first != when;
            }
        }
    }

    /// Whether a test moves a cause the same way whatever is answered to the other tests of its table: another finding
    /// combines it with another answer.
    fn carries(&self, finding: &Finding, table: &[Test], test: &Test) -> bool {
        let others = table.iter().filter(|other| *other != test);
        let mut beside = others.filter_map(|other| self.beside.get(&(test, other.subject())));
        beside.any(|findings| findings.differ || *findings.first != finding.when)
    }
}
