//! What hangs on what: which questions, facts, alarms and causes look at a question or a fact. It is known from the file
//! alone.

use la_arena::Idx;

use crate::questionnaire::condition::{Condition, Subject};
use crate::questionnaire::{Alarm, Cause, Fact, Questionnaire, Test, position};

/// What hangs on what.
#[derive(Debug, Clone, Default)]
pub struct Dependents {
    /// Questions and facts, each behind everything that it looks at.
    order: Vec<Subject>,
    /// The place of each question in that order.
    questions: Vec<usize>,
    /// The place of each fact in that order.
    facts: Vec<usize>,
    /// By the place of a question or fact: the places of those that look at it.
    subjects: Lists<usize>,
    alarms: Lists<Idx<Alarm>>,
    causes: Lists<Idx<Cause>>,
}

/// A list for each of some numbers, all in one piece.
#[derive(Debug, Clone)]
struct Lists<T> {
    starts: Vec<usize>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Lists<T> {
        Lists { starts: Vec::new(), items: Vec::new() }
    }
}

impl<T: Ord> Lists<T> {
    /// The items of each number below `count`, in order and each once.
    fn of(count: usize, mut entries: Vec<(usize, T)>) -> Lists<T> {
        entries.sort_unstable();
        entries.dedup();
        let mut starts = Vec::with_capacity(count + 1);
        for (at, (number, _)) in entries.iter().enumerate() {
            starts.resize(starts.len().max(number + 1), at);
        }
        starts.resize(count + 1, entries.len());
        Lists { starts, items: entries.into_iter().map(|(_, item)| item).collect() }
    }

    fn get(&self, number: usize) -> &[T] {
        let ends = (self.starts.get(number), self.starts.get(number.saturating_add(1)));
        if let (Some(start), Some(end)) = ends { self.items.get(*start..*end).unwrap_or_default() } else { &[] }
    }
}

impl Dependents {
    /// Finds out what hangs on what.
    pub(super) fn of(questionnaire: &Questionnaire) -> Dependents {
        let mut out = Dependents::in_order(questionnaire);
        let count = out.order.len();
        let mut subjects = Vec::new();
        for (id, question) in questionnaire.questions.iter() {
            let at = out.place(Subject::Question(id));
            let looked_at = question.when.tests().map(Test::subject);
            let looked_at = looked_at.chain(question.from().map(Subject::Question));
            subjects.extend(looked_at.map(|subject| (out.place(subject), at)));
        }
        for (id, fact) in questionnaire.facts.iter() {
            let at = out.place(Subject::Fact(id));
            subjects.extend(out.places(&fact.when).map(|place| (place, at)));
        }
        let mut alarms = Vec::new();
        for (id, alarm) in questionnaire.alarms.iter() {
            alarms.extend(out.places(&alarm.when).map(|place| (place, id)));
        }
        let mut causes = Vec::new();
        for (id, cause) in questionnaire.causes.iter() {
            let rows = cause.base.iter().map(|row| &row.when).chain(cause.adjust.iter().map(|row| &row.when));
            let conditions = rows.chain(cause.findings.iter().map(|finding| &finding.when)).chain([&cause.when]);
            causes.extend(conditions.flat_map(|when| out.places(when)).map(|place| (place, id)));
        }
        out.subjects = Lists::of(count, subjects);
        out.alarms = Lists::of(count, alarms);
        out.causes = Lists::of(count, causes);
        out
    }

    /// Each question stands behind the facts that it may test, and each fact behind what it tests.
    fn in_order(questionnaire: &Questionnaire) -> Dependents {
        let mut facts: Vec<(usize, Idx<Fact>)> =
            questionnaire.facts.iter().map(|(id, fact)| (fact.settled_by, id)).collect();
        // Of two facts that are settled together, the later one may test the earlier.
        facts.sort_unstable();
        let mut facts = facts.into_iter().peekable();
        let mut order = Vec::with_capacity(questionnaire.questions.len() + questionnaire.facts.len());
        for (question, _) in questionnaire.questions.iter() {
            while let Some((_, fact)) = facts.next_if(|(settled_by, _)| *settled_by <= position(question)) {
                order.push(Subject::Fact(fact));
            }
            order.push(Subject::Question(question));
        }
        order.extend(facts.map(|(_, fact)| Subject::Fact(fact)));
        let mut out = Dependents {
            questions: vec![0; questionnaire.questions.len()],
            facts: vec![0; questionnaire.facts.len()],
            ..Dependents::default()
        };
        for (at, subject) in order.iter().enumerate() {
            let place = match subject {
                Subject::Question(question) => out.questions.get_mut(position(*question)),
                Subject::Fact(fact) => out.facts.get_mut(position(*fact)),
            };
            if let Some(place) = place {
                *place = at;
            }
        }
        Dependents { order, ..out }
    }

    /// Every question and fact, each behind everything that it looks at; the questions in file order.
    #[must_use]
    pub fn order(&self) -> &[Subject] {
        &self.order
    }

    /// The questions and facts that look at one.
    pub fn on(&self, subject: Subject) -> impl Iterator<Item = Subject> {
        self.subjects.get(self.place(subject)).iter().filter_map(|place| self.order.get(*place).copied())
    }

    /// The alarms that look at a question or fact, in file order.
    #[must_use]
    pub fn alarms_on(&self, subject: Subject) -> &[Idx<Alarm>] {
        self.alarms.get(self.place(subject))
    }

    /// The causes whose place in the ranking looks at a question or fact, in file order.
    #[must_use]
    pub fn causes_on(&self, subject: Subject) -> &[Idx<Cause>] {
        self.causes.get(self.place(subject))
    }

    fn places(&self, when: &Condition) -> impl Iterator<Item = usize> {
        when.tests().map(|test| self.place(test.subject()))
    }

    fn place(&self, subject: Subject) -> usize {
        let place = match subject {
            Subject::Question(question) => self.questions.get(position(question)),
            Subject::Fact(fact) => self.facts.get(position(fact)),
        };
        // The index is made from the questionnaire whose indices are asked for, so that each has its place.
        place.copied().unwrap_or(usize::MAX)
    }
}
