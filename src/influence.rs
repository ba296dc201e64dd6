//! Which causes a question can move, and which way: what "why we ask" tells.

use std::collections::BTreeSet;

use la_arena::{Arena, Idx};

use crate::questionnaire::{Cause, Condition, Fact, Finding, Question, Subject, Truth};
use crate::situation::Situation;

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

/// The causes that an answer to `question` can move by a finding, itself or through facts: those it can move most
/// first. Causes that are out of play for certain are left out.
#[must_use]
pub fn influences(situation: &Situation<'_>, question: Idx<Question>) -> Vec<Influence> {
    let questionnaire = situation.questionnaire();
    let facts = facts_on(&questionnaire.facts, question);
    let mut found: Vec<(f64, Influence)> = questionnaire
        .causes
        .iter()
        .filter(|(_, cause)| situation.truth(&cause.when) != Truth::No)
        .filter_map(|(id, cause)| {
            let on: Vec<&Finding> =
                cause.findings.iter().filter(|finding| is_on(&finding.when, question, &facts)).collect();
            let ratios = || on.iter().flat_map(|finding| std::iter::once(finding.lr).chain(finding.lr_no));
            let most = ratios().map(|lr| lr.ln().abs()).fold(0.0, f64::max);
            let influence =
                Influence { cause: id, raises: ratios().any(|lr| lr > 1.0), lowers: ratios().any(|lr| lr < 1.0) };
            (most > 0.0).then_some((most, influence))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, influence)| influence).collect()
}

/// The facts that test a question, themselves or through earlier facts.
fn facts_on(facts: &Arena<Fact>, question: Idx<Question>) -> BTreeSet<Idx<Fact>> {
    let mut on = BTreeSet::new();
    for (id, fact) in facts.iter() {
        if is_on(&fact.when, question, &on) {
            on.insert(id);
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
