//! The conditions of a questionnaire as lists of numbers of tests: the form in which an evaluation walks them, since it lies
//! in one piece. Equal tests have one number, so each is judged once.

use std::ops::Range;

use foldhash::HashMap;
use la_arena::{Arena, Idx};
use serde::{Deserialize, Serialize};

use crate::questionnaire::condition::{Condition, FactTest, Form, Test};
use crate::questionnaire::{Choice, Fact, Question, Questionnaire, position};

/// The different tests of a questionnaire, numbered from 0, and its conditions as lists of these numbers. It depends on the
/// file alone, not on answers.
///
/// The tests on a fact come first, whether or not a condition has them: whether it is *yes*, whether it is *no*, and whether
/// it is either.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TestTable {
    facts: usize,
    /// The tests on each question, in file order.
    on_questions: Vec<Place>,
    /// See [`TestsOn::others`].
    others: Vec<Form>,
    /// Where the names of each option of each question begin, and at last where they end.
    options: Vec<u32>,
    /// The tests that name an option.
    names: Vec<Name>,
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

/// A test that names an option: its number times two, plus one if it is whether that is *not* chosen or ticked.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Name(u32);

impl Name {
    /// The number of the test.
    #[must_use]
    pub fn test(self) -> usize {
        as_position(self.0 >> 1)
    }

    /// Whether the test is *no* when the option is chosen or ticked.
    #[must_use]
    pub fn is_not(self) -> bool {
        self.0 & 1 == 1
    }
}

/// Where the tests on a question are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Place {
    first: u32,
    any: u32,
    not: u32,
    others: Range<u32>,
    /// Where its options begin.
    options: u32,
}

/// The tests on a question, in the order of their numbers.
#[derive(Debug, Default)]
pub struct TestsOn<'t> {
    /// The number of the first.
    pub first: usize,
    /// So many of them test whether one of some options is chosen or ticked.
    pub any: usize,
    /// So many of them test whether an option is not chosen or ticked.
    pub not: usize,
    /// The others.
    pub others: &'t [Form],
}

impl TestTable {
    /// Collects the tests and conditions.
    pub(super) fn new(questionnaire: &Questionnaire) -> TestTable {
        let conditions = || questionnaire.conditions().map(|(_, condition)| condition).filter(|when| !when.is_always());
        let mut numbers: HashMap<&Test, u32> = HashMap::default();
        let mut on_questions = vec![Vec::new(); questionnaire.questions.len()];
        for test in conditions().flat_map(Condition::tests) {
            match test {
                Test::Fact { fact, is } => {
                    numbers.insert(test, number(fact_test(*fact, *is)));
                }
                Test::Question { question, form } if numbers.insert(test, 0).is_none() => {
                    if let Some(tests) = on_questions.get_mut(position(*question)) {
                        tests.push((test, form));
                    }
                }
                Test::Question { .. } => {}
            }
        }
        let mut table = TestTable { facts: questionnaire.facts.len(), ..TestTable::default() };
        for (question, tests) in questionnaire.questions.values().zip(on_questions) {
            table.push_question(question.options().map_or(0, Arena::len), tests, &mut numbers);
        }
        table.options.push(length(&table.names));
        for condition in conditions() {
            table.push_condition(condition, &numbers);
        }
        table
    }

    /// Adds the tests on the next question, which has so many options.
    fn push_question<'t>(
        &mut self,
        options: usize,
        mut tests: Vec<(&'t Test, &'t Form)>,
        numbers: &mut HashMap<&'t Test, u32>,
    ) {
        let mut place = Place { first: number(self.count()), options: length(&self.options), ..Place::default() };
        place.others = length(&self.others)..length(&self.others);
        let mut names = vec![Vec::new(); options];
        tests.sort_by_key(|(_, form)| named(form).map_or(2, |(_, is_not)| u8::from(is_not)));
        for ((test, form), number) in tests.into_iter().zip(place.first..) {
            numbers.insert(test, number);
            let Some((options, is_not)) = named(form) else {
                self.others.push(form.clone());
                place.others.end += 1;
                continue;
            };
            *if is_not { &mut place.not } else { &mut place.any } += 1;
            for option in options {
                if let Some(names) = names.get_mut(position(*option)) {
                    names.push(Name(number << 1 | u32::from(is_not)));
                }
            }
        }
        for names in names {
            self.options.push(length(&self.names));
            self.names.extend(names);
        }
        self.on_questions.push(place);
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
        let last = self
            .on_questions
            .last()
            .map(|last| last.first + last.any + last.not + (last.others.end - last.others.start));
        last.map_or(3 * self.facts, as_position)
    }

    /// The tests on a question.
    #[must_use]
    pub fn tests_on(&self, question: Idx<Question>) -> TestsOn<'_> {
        let Some(Place { first, any, not, others, .. }) = self.on_questions.get(position(question)) else {
            return TestsOn::default();
        };
        let others = part(&self.others, others);
        TestsOn { first: as_position(*first), any: as_position(*any), not: as_position(*not), others }
    }

    /// The tests that name an option of a question.
    #[must_use]
    pub fn names(&self, question: Idx<Question>, option: Idx<Choice>) -> &[Name] {
        let options = self.on_questions.get(position(question)).map_or(0, |place| as_position(place.options));
        match self.options.get(options + position(option)..) {
            Some([start, end, ..]) => part(&self.names, &(*start..*end)),
            _ => &[],
        }
    }

    /// The tests of a condition, table by table; none if it is always *yes*.
    #[must_use]
    pub fn entries(&self, condition: &Condition) -> &[Entry] {
        self.conditions.get(condition.number).map(|entries| part(&self.entries, entries)).unwrap_or_default()
    }
}

/// The number of a test on a fact.
#[must_use]
pub fn fact_test(fact: Idx<Fact>, is: FactTest) -> usize {
    3 * position(fact) + is as usize
}

/// The options of a form that asks whether any of them is chosen or ticked, or, as the second value says, that one is not.
/// `None` for other forms.
fn named(form: &Form) -> Option<(&[Idx<Choice>], bool)> {
    match form {
        Form::Any(options) => Some((options, false)),
        Form::Not(option) => Some((std::slice::from_ref(option), true)),
        Form::All(_) | Form::Count { .. } | Form::Number(_) | Form::Nothing | Form::NotSure => None,
    }
}

fn part<'t, T>(all: &'t [T], range: &Range<u32>) -> &'t [T] {
    all.get(as_position(range.start)..as_position(range.end)).unwrap_or_default()
}

fn length<T>(list: &[T]) -> u32 {
    number(list.len())
}

fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn as_position(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
