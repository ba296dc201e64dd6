//! Every condition of a questionnaire, with its place in the file.

use la_arena::Idx;

use crate::questionnaire::{Cause, Condition, Place, Questionnaire};

impl Questionnaire {
    /// Every condition, those that always hold too: of questions, facts, alarms, for whom the causes are, and of causes.
    pub fn conditions(&self) -> impl Iterator<Item = (Place, &Condition)> {
        let questions = self.questions.iter().map(|(id, question)| (Place::QuestionWhen(id), &question.when));
        let facts = self.facts.iter().map(|(id, fact)| (Place::FactWhen(id), &fact.when));
        let alarms = self.alarms.iter().map(|(id, alarm)| (Place::AlarmWhen(id), &alarm.when));
        let ranking = [(Place::Ranking, &self.ranks_when)];
        let causes = self.causes.iter().flat_map(|(id, cause)| of_cause(id, cause));
        questions.chain(facts).chain(alarms).chain(ranking).chain(causes)
    }
}

fn of_cause(id: Idx<Cause>, cause: &Cause) -> impl Iterator<Item = (Place, &Condition)> {
    let base = cause.base.iter().enumerate().map(move |(at, row)| (Place::BaseWhen(id, at), &row.when));
    let adjust = cause.adjust.iter().enumerate().map(move |(at, row)| (Place::AdjustWhen(id, at), &row.when));
    let findings = cause.findings.iter().enumerate().map(move |(at, row)| (Place::FindingWhen(id, at), &row.when));
    let advice = cause.advice.iter().enumerate().map(move |(at, row)| (Place::AdviceWhen(id, at), &row.when));
    std::iter::once((Place::CauseWhen(id), &cause.when)).chain(base).chain(adjust).chain(findings).chain(advice)
}
