//! The conditions of a questionnaire as lists of numbers of tests: the form in which an evaluation walks them, since it lies
//! in one piece. Equal tests have one number, so each is judged once.

use std::ops::Range;

use foldhash::HashMap;
use serde::{Deserialize, Serialize};

use crate::questionnaire::condition::{Condition, Form, Subject, Test};
use crate::questionnaire::{Questionnaire, position};

/// The different tests of a questionnaire, numbered from 0, and its conditions as lists of these numbers. It depends on the
/// file alone, not on answers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TestTable {
    /// Where the tests on each question are, then those on each fact. They are numbered in this order.
    on_subjects: Vec<Place>,
    questions: usize,
    /// See [`TestsOn::any`].
    any: Vec<u64>,
    /// See [`TestsOn::others`].
    others: Vec<Test>,
    /// Which of the entries each condition has, by its number.
    conditions: Vec<Range<u32>>,
    entries: Vec<Entry>,
}

/// A test in a condition: its number times two, plus one if it is the last of its table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Entry(u32);

impl Entry {
    /// The number of the test.
    #[must_use]
    pub fn test(self) -> usize {
        as_position(self.0 >> 1)
    }

    /// Whether it is the last of its table.
    #[must_use]
    pub fn ends_table(self) -> bool {
        self.0 & 1 == 1
    }
}

/// Where the tests on a question or fact are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Place {
    any: Range<u32>,
    others: Range<u32>,
}

/// The tests on a question or fact, in the order of their numbers.
#[derive(Debug, Default)]
pub struct TestsOn<'t> {
    /// The number of the first.
    pub first: usize,
    /// The first of them test whether one of these options is chosen or ticked: the bits of the first 64.
    pub any: &'t [u64],
    /// The others.
    pub others: &'t [Test],
}

impl TestTable {
    /// Collects the tests and conditions.
    pub(super) fn new(questionnaire: &Questionnaire) -> TestTable {
        let questions = questionnaire.questions.len();
        let on_subjects = vec![Place::default(); questions + questionnaire.facts.len()];
        let mut table = TestTable { on_subjects, questions, ..TestTable::default() };
        let conditions = || questionnaire.conditions().map(|(_, condition)| condition).filter(|when| !when.is_always());
        let mut tests: Vec<&Test> = conditions().flat_map(Condition::tests).collect();
        tests.sort_by_key(|test| (test.subject(), any_of_first(test).is_none()));
        let mut numbers: HashMap<&Test, u32> = HashMap::default();
        for test in tests {
            numbers.entry(test).or_insert_with(|| table.push_test(test));
        }
        for condition in conditions() {
            table.push_condition(condition, &numbers);
        }
        table
    }

    /// Adds a test. Those on one question or fact are added together, the ones that are told by their options first.
    fn push_test(&mut self, test: &Test) -> u32 {
        let (any, others) = (length(&self.any), length(&self.others));
        match any_of_first(test) {
            Some(options) => self.any.push(options),
            None => self.others.push(test.clone()),
        }
        let place = self.place(test.subject());
        if let Some(on) = self.on_subjects.get_mut(place) {
            if *on == Place::default() {
                *on = Place { any: any..any, others: others..others };
            }
            (on.any.end, on.others.end) = (length(&self.any), length(&self.others));
        }
        any + others
    }

    fn push_condition(&mut self, condition: &Condition, numbers: &HashMap<&Test, u32>) {
        let first = length(&self.entries);
        for tests in &condition.tables {
            self.entries.extend(tests.iter().filter_map(|test| numbers.get(test)).map(|number| Entry(number << 1)));
            if let Some(Entry(last)) = self.entries.last_mut() {
                *last |= 1;
            }
        }
        if self.conditions.len() <= condition.number {
            self.conditions.resize(condition.number + 1, 0..0);
        }
        if let Some(entries) = self.conditions.get_mut(condition.number) {
            *entries = first..length(&self.entries);
        }
    }

    /// How many tests there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.any.len() + self.others.len()
    }

    /// The tests on a question or fact.
    #[must_use]
    pub fn tests_on(&self, subject: Subject) -> TestsOn<'_> {
        let Some(Place { any, others }) = self.on_subjects.get(self.place(subject)) else { return TestsOn::default() };
        let first = as_position(any.start + others.start);
        TestsOn { first, any: part(&self.any, any), others: part(&self.others, others) }
    }

    /// The tests of a condition, table by table; none if it is always *yes*.
    #[must_use]
    pub fn entries(&self, condition: &Condition) -> &[Entry] {
        self.conditions.get(condition.number).map(|entries| part(&self.entries, entries)).unwrap_or_default()
    }

    fn place(&self, subject: Subject) -> usize {
        match subject {
            Subject::Question(question) => position(question),
            Subject::Fact(fact) => self.questions + position(fact),
        }
    }
}

/// The options of a test of which any has to be chosen or ticked, if they are all among the first 64.
fn any_of_first(test: &Test) -> Option<u64> {
    match test {
        Test::Question { form: Form::Any(options), .. } => options.set().as_first_word(),
        Test::Question { .. } | Test::Fact { .. } => None,
    }
}

fn part<'t, T>(all: &'t [T], range: &Range<u32>) -> &'t [T] {
    all.get(as_position(range.start)..as_position(range.end)).unwrap_or_default()
}

fn length<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

fn as_position(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
