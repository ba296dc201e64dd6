//! What hangs on what: which questions, facts, alarms and causes look at a question or a fact. It is known from the file
//! alone, so that an answer need only be carried to what looks at it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use la_arena::Idx;

use crate::questionnaire::condition::{Condition, Subject};
use crate::questionnaire::{Alarm, Cause, Explainer, Fact, Family, Questionnaire, Test, position};

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
    /// Whether the condition for whom the causes are looks at it.
    ranking: Vec<bool>,
    /// By cause: the causes that it explains away.
    of_causes: Lists<Idx<Cause>>,
    /// By family: the causes that its members explain away.
    of_families: Lists<Idx<Cause>>,
    /// By family: its members.
    members: Lists<Idx<Cause>>,
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
        let mut ranking = vec![false; count];
        for place in out.places(&questionnaire.ranks_when) {
            if let Some(is_looked_at) = ranking.get_mut(place) {
                *is_looked_at = true;
            }
        }
        out.subjects = Lists::of(count, subjects);
        out.alarms = Lists::of(count, alarms);
        out.causes = Lists::of(count, causes);
        out.ranking = ranking;
        out.explaining(questionnaire)
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

    fn explaining(self, questionnaire: &Questionnaire) -> Dependents {
        let (mut of_causes, mut of_families, mut members) = (Vec::new(), Vec::new(), Vec::new());
        for (id, cause) in questionnaire.causes.iter() {
            members.extend(cause.family.map(|family| (position(family), id)));
            for explainer in &cause.unless {
                match explainer {
                    Explainer::Cause(other) => of_causes.push((position(*other), id)),
                    Explainer::Family(family) => of_families.push((position(*family), id)),
                }
            }
        }
        let (causes, families) = (questionnaire.causes.len(), questionnaire.families.len());
        Dependents {
            of_causes: Lists::of(causes, of_causes),
            of_families: Lists::of(families, of_families),
            members: Lists::of(families, members),
            ..self
        }
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

    /// Whether the condition for whom the causes are looks at a question or fact.
    #[must_use]
    pub fn is_for_all_causes(&self, subject: Subject) -> bool {
        self.ranking.get(self.place(subject)).copied().unwrap_or(false)
    }

    /// The causes that a cause explains away by itself, in file order.
    #[must_use]
    pub fn explained_by(&self, cause: Idx<Cause>) -> &[Idx<Cause>] {
        self.of_causes.get(position(cause))
    }

    /// The causes that any member of a family explains away, in file order.
    #[must_use]
    pub fn explained_by_family(&self, family: Idx<Family>) -> &[Idx<Cause>] {
        self.of_families.get(position(family))
    }

    /// The members of a family, in file order.
    #[must_use]
    pub fn members(&self, family: Idx<Family>) -> &[Idx<Cause>] {
        self.members.get(position(family))
    }

    /// Carries a change on: from where it starts, in order, to all that looks at what changed. `has_changed` looks at
    /// one of them again, and says whether that is otherwise now.
    pub fn carry(&self, start: impl IntoIterator<Item = Subject>, mut has_changed: impl FnMut(Subject) -> bool) {
        let mut waiting: BinaryHeap<Reverse<usize>> =
            start.into_iter().map(|subject| Reverse(self.place(subject))).collect();
        let mut last = None;
        while let Some(Reverse(place)) = waiting.pop() {
            let Some(subject) = self.order.get(place).filter(|_| last != Some(place)) else { continue };
            last = Some(place);
            if has_changed(*subject) {
                waiting.extend(self.subjects.get(place).iter().copied().map(Reverse));
            }
        }
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
