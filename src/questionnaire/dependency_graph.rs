//! Which questions, facts, alarms and causes test a question or a fact, and the order in which all can be evaluated.

use std::collections::BTreeMap;

use la_arena::Idx;

use crate::questionnaire::condition::{Condition, Subject};
use crate::questionnaire::{Alarm, Cause, Fact, Question, Questionnaire, Test, index, position};

/// What tests what in a questionnaire. It depends on the file alone, not on answers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DependencyGraph {
    evaluation_order: Vec<Subject>,
    on_questions: Vec<Dependents>,
    on_facts: Vec<Dependents>,
}

/// What tests one question or fact, each in file order and once.
#[derive(Debug, Clone, Default, PartialEq)]
struct Dependents {
    /// The place of the question or fact itself in the order of evaluation, from 0.
    place: usize,
    subjects: Vec<Subject>,
    alarms: Vec<Idx<Alarm>>,
    causes: Vec<Idx<Cause>>,
}

impl DependencyGraph {
    /// Collects what tests what.
    pub(super) fn new(questionnaire: &Questionnaire) -> DependencyGraph {
        let mut graph = DependencyGraph {
            evaluation_order: evaluation_order(questionnaire),
            on_questions: vec![Dependents::default(); questionnaire.questions.len()],
            on_facts: vec![Dependents::default(); questionnaire.facts.len()],
        };
        for at in 0..graph.evaluation_order.len() {
            if let Some(on) = graph.evaluation_order.get(at).copied().and_then(|subject| graph.on_mut(subject)) {
                on.place = at;
            }
        }
        for (id, question) in questionnaire.questions.iter() {
            let tested = tested_by([&question.when]).chain(question.from().map(Subject::Question));
            graph.note(tested, Subject::Question(id), |on| &mut on.subjects);
        }
        for (id, fact) in questionnaire.facts.iter() {
            graph.note(tested_by([&fact.when]), Subject::Fact(id), |on| &mut on.subjects);
        }
        for (id, alarm) in questionnaire.alarms.iter() {
            graph.note(tested_by([&alarm.when]), id, |on| &mut on.alarms);
        }
        for (id, cause) in questionnaire.causes.iter() {
            graph.note(tested_by(cause.conditions()), id, |on| &mut on.causes);
        }
        graph
    }

    fn note<T: PartialEq + Copy>(
        &mut self,
        tested: impl Iterator<Item = Subject>,
        dependent: T,
        list: impl Fn(&mut Dependents) -> &mut Vec<T>,
    ) {
        for subject in tested {
            if let Some(list) = self.on_mut(subject).map(&list)
                && list.last() != Some(&dependent)
            {
                list.push(dependent);
            }
        }
    }

    /// Every question and fact, each after everything that it tests; the questions in file order.
    #[must_use]
    pub fn evaluation_order(&self) -> &[Subject] {
        &self.evaluation_order
    }

    /// The questions and facts that test this one, or offer what is ticked in it.
    #[must_use]
    pub fn subjects_on(&self, subject: Subject) -> &[Subject] {
        self.on(subject).map_or(&[], |on| &on.subjects)
    }

    /// The questions and facts that depend on a question, directly or through others, in the order of evaluation.
    #[must_use]
    pub fn dependents(&self, question: Idx<Question>) -> Vec<Subject> {
        let mut found: BTreeMap<usize, Subject> = BTreeMap::new();
        let mut waiting = self.subjects_on(Subject::Question(question)).to_vec();
        while let Some(subject) = waiting.pop() {
            let place = self.on(subject).map_or(0, |on| on.place);
            if found.insert(place, subject).is_none() {
                waiting.extend(self.subjects_on(subject));
            }
        }
        found.into_values().collect()
    }

    /// The alarms that test a question or fact, in file order.
    #[must_use]
    pub fn alarms_on(&self, subject: Subject) -> &[Idx<Alarm>] {
        self.on(subject).map_or(&[], |on| &on.alarms)
    }

    /// The causes whose place in the ranking tests a question or fact, in file order. Their advice is no part of it.
    #[must_use]
    pub fn causes_on(&self, subject: Subject) -> &[Idx<Cause>] {
        self.on(subject).map_or(&[], |on| &on.causes)
    }

    fn on_mut(&mut self, subject: Subject) -> Option<&mut Dependents> {
        match subject {
            Subject::Question(question) => self.on_questions.get_mut(position(question)),
            Subject::Fact(fact) => self.on_facts.get_mut(position(fact)),
        }
    }

    fn on(&self, subject: Subject) -> Option<&Dependents> {
        match subject {
            Subject::Question(question) => self.on_questions.get(position(question)),
            Subject::Fact(fact) => self.on_facts.get(position(fact)),
        }
    }
}

/// Each question follows the facts that it may test, and each fact what it tests.
fn evaluation_order(questionnaire: &Questionnaire) -> Vec<Subject> {
    let mut facts: Vec<(usize, Idx<Fact>)> =
        questionnaire.facts.iter().map(|(id, fact)| (fact.known_after, id)).collect();
    // Of two facts that need the same questions, the later one may test the earlier.
    facts.sort_unstable();
    let mut facts = facts.into_iter().peekable();
    let mut order = Vec::with_capacity(questionnaire.questions.len() + questionnaire.facts.len());
    for at in 0..questionnaire.questions.len() {
        while let Some((_, fact)) = facts.next_if(|(known_after, _)| *known_after <= at) {
            order.push(Subject::Fact(fact));
        }
        order.push(Subject::Question(index(at)));
    }
    order.extend(facts.map(|(_, fact)| Subject::Fact(fact)));
    order
}

fn tested_by<'q>(conditions: impl IntoIterator<Item = &'q Condition>) -> impl Iterator<Item = Subject> {
    conditions.into_iter().flat_map(Condition::tests).map(Test::subject)
}
