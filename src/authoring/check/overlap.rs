//! Whether one answer makes two conditions *yes* at once, and whether that answer is all that one of them requires.
//!
//! A condition is rewritten as alternatives, each a list of requirements on single questions. A fact is replaced by what it
//! tests, so that a finding that tests a fact can be compared with one that tests the answers behind it.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::rc::Rc;

use la_arena::{Arena, Idx};

use crate::questionnaire::{
    Choice, Condition, Fact, FactTest, Form, Interval, Kind, Question, Questionnaire, Subject, Test, position,
};

/// What a question or fact has to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Requirement {
    pub(super) subject: Subject,
    value: RequiredValue,
}

#[derive(Debug, Clone, PartialEq)]
enum RequiredValue {
    /// One of these options is chosen.
    Chosen(Options),
    /// As many of these options are ticked.
    Ticked(Options, RangeInclusive<usize>),
    Number(Interval),
    /// Anything but *not sure* was answered.
    Sure,
    /// The whole question was answered *not sure*.
    NotSure,
    /// The fact is this. It tests too much to be replaced by what it tests.
    Fact(FactTest),
}

/// Options in file order.
type Options = Rc<[Idx<Choice>]>;

/// Lists of requirements; a condition is *yes* when all of any one list are met.
type Alternatives = Vec<Vec<Requirement>>;

/// A fact with more requirements than this, in all its alternatives, is not replaced by them.
const MOST_REQUIREMENTS: usize = 64;

/// Rewrites conditions as requirements.
pub(super) struct Requirements<'q> {
    questionnaire: &'q Questionnaire,
    facts: Vec<FactRequirements>,
}

/// What makes a fact *yes*, and what makes it *no*; `None` when that is too much.
struct FactRequirements {
    yes: Option<Alternatives>,
    no: Option<Alternatives>,
}

impl<'q> Requirements<'q> {
    pub(super) fn new(questionnaire: &'q Questionnaire) -> Self {
        let mut requirements = Requirements { questionnaire, facts: Vec::new() };
        // A fact tests only facts before it.
        for fact in questionnaire.facts.values() {
            let yes = requirements.of_condition(&fact.when).filter(is_small);
            let no = requirements.of_failed_condition(&fact.when).filter(is_small);
            requirements.facts.push(FactRequirements { yes, no });
        }
        requirements
    }

    /// What makes a condition *yes*; `None` when it tests too much to be compared.
    pub(super) fn of_condition(&self, condition: &Condition) -> Option<Alternatives> {
        let tables: Option<Vec<_>> = condition.tables.iter().map(|table| self.of_table(table)).collect();
        tables.map(|tables| tables.into_iter().flatten().collect())
    }

    fn of_table(&self, tests: &[Test]) -> Option<Alternatives> {
        if tests.len() > MOST_REQUIREMENTS {
            return None;
        }
        tests.iter().try_fold(vec![Vec::new()], |alternatives, test| {
            both(&alternatives, &self.of_test(test, true)).or_else(|| match test {
                Test::Fact { fact, is } => both(&alternatives, &unexpanded(*fact, *is)),
                // Such a test is a single requirement.
                Test::Question { .. } => None,
            })
        })
    }

    /// What makes a condition *no*: one test fails in each of its tables.
    fn of_failed_condition(&self, condition: &Condition) -> Option<Alternatives> {
        condition.tables.iter().try_fold(vec![Vec::new()], |alternatives, table| {
            let failing = table.iter().flat_map(|test| self.of_test(test, false)).collect();
            both(&alternatives, &failing)
        })
    }

    /// What makes a test *yes*, or else *no*.
    fn of_test(&self, test: &Test, is_yes: bool) -> Alternatives {
        match test {
            Test::Question { question, form } => {
                let subject = Subject::Question(*question);
                let values = self.of_form(*question, form, is_yes).into_iter();
                values.map(|value| vec![Requirement { subject, value }]).collect()
            }
            Test::Fact { fact, is } => {
                let facts = self.facts.get(position(*fact));
                let (expanded, is) = match (is, is_yes) {
                    (FactTest::Holds, true) | (FactTest::Fails, false) => {
                        (facts.and_then(|fact| fact.yes.clone()), FactTest::Holds)
                    }
                    (FactTest::Fails, true) | (FactTest::Holds, false) => {
                        (facts.and_then(|fact| fact.no.clone()), FactTest::Fails)
                    }
                    (FactTest::Known, true) => (None, FactTest::Known),
                    // Whether a fact is known is never *no*.
                    (FactTest::Known, false) => return Vec::new(),
                };
                expanded.unwrap_or_else(|| unexpanded(*fact, is))
            }
        }
    }

    /// What makes a test of an answer *yes*, or else *no*; any of these.
    fn of_form(&self, question: Idx<Question>, form: &Form, is_yes: bool) -> Vec<RequiredValue> {
        let asked = &self.questionnaire.questions[question];
        let is_one = matches!(asked.kind, Kind::One(_));
        let all: Vec<Idx<Choice>> =
            asked.options().into_iter().flat_map(Arena::iter).map(|(option, _)| option).collect();
        let ticked = |options: &[Idx<Choice>], counts: Option<RangeInclusive<usize>>| {
            let options = sorted(options);
            let counts = if is_yes { counts.into_iter().collect() } else { other_counts(counts, options.len()) };
            counts.into_iter().map(|counts| RequiredValue::Ticked(Rc::clone(&options), counts)).collect()
        };
        let chosen = |options: &[Idx<Choice>], is_chosen: bool| {
            let options: Vec<_> = all.iter().copied().filter(|option| options.contains(option) == is_chosen).collect();
            if options.is_empty() { Vec::new() } else { vec![RequiredValue::Chosen(options.into())] }
        };
        match form {
            Form::Any(options) if is_one => chosen(options, is_yes),
            Form::Not(option) if is_one => chosen(&[*option], !is_yes),
            Form::Any(options) => ticked(options, Some(1..=options.len())),
            Form::Not(option) => ticked(&[*option], Some(0..=0)),
            Form::All(options) => ticked(options, Some(options.len()..=options.len())),
            Form::Nothing => ticked(&all, Some(0..=0)),
            Form::Count { of, count } => {
                let options = of.as_deref().unwrap_or(&all);
                ticked(options, Interval::from(*count).counts(options.len()))
            }
            Form::Number(comparison) if is_yes => vec![RequiredValue::Number((*comparison).into())],
            Form::Number(comparison) => Interval::from(*comparison).complement().map(RequiredValue::Number).collect(),
            Form::NotSure => vec![if is_yes { RequiredValue::NotSure } else { RequiredValue::Sure }],
        }
    }
}

/// Each of some alternatives together with each of others, without those that contradict each other; `None` when
/// that is too much.
fn both(some: &Alternatives, others: &Alternatives) -> Option<Alternatives> {
    // One more requirement for each alternative is never too much.
    let is_single = others.len() == 1 && others.iter().all(|other| other.len() == 1);
    let size = some.len().saturating_mul(others.iter().map(Vec::len).sum());
    if !is_single && (size > MOST_REQUIREMENTS || others.len() > MOST_REQUIREMENTS) {
        return None;
    }
    let pairs = some.iter().flat_map(|one| others.iter().map(move |other| (one, other)));
    let possible = pairs.filter(|(one, other)| !contradict(one, other));
    Some(possible.map(|(one, other)| with(one.clone(), other)).collect())
}

/// What two alternatives have in common, when one answer meets both and meets all of one of them. Where both also
/// require something else, what they have in common is only their context, and nothing is returned.
pub(super) fn shared(one: &[Requirement], other: &[Requirement]) -> Option<BTreeSet<Subject>> {
    if contradict(one, other) {
        return None;
    }
    let is_met_by_same_answer = |requirement: &Requirement, others: &[Requirement]| {
        others.iter().any(|other| other.subject == requirement.subject && compare(requirement, other).is_same_answer)
    };
    let all_shared = |one: &[Requirement], other: &[Requirement]| {
        (!one.is_empty() && one.iter().all(|requirement| is_met_by_same_answer(requirement, other)))
            .then(|| one.iter().map(|requirement| requirement.subject).collect())
    };
    all_shared(one, other).or_else(|| all_shared(other, one))
}

/// Whether no answers meet both of two alternatives.
fn contradict(one: &[Requirement], other: &[Requirement]) -> bool {
    one.iter().any(|a| other.iter().any(|b| a.subject == b.subject && !compare(a, b).is_possible))
}

/// How two requirements on one subject relate.
#[derive(Debug, Clone, Copy)]
struct Relation {
    /// One answer can meet both.
    is_possible: bool,
    /// The same part of the answer meets both.
    is_same_answer: bool,
}

impl Relation {
    /// For requirements that only the same part of an answer can meet together.
    fn same_answer_if(is_possible: bool) -> Relation {
        Relation { is_possible, is_same_answer: is_possible }
    }
}

fn compare(one: &Requirement, other: &Requirement) -> Relation {
    match (&one.value, &other.value) {
        (RequiredValue::Chosen(a), RequiredValue::Chosen(b)) => Relation::same_answer_if(in_both(a, b) > 0),
        (RequiredValue::Number(a), RequiredValue::Number(b)) => Relation::same_answer_if(a.intersection(*b).is_some()),
        (RequiredValue::Ticked(a, in_a), RequiredValue::Ticked(b, in_b)) => compare_ticks((a, in_a), (b, in_b)),
        (RequiredValue::NotSure, RequiredValue::NotSure) => Relation::same_answer_if(true),
        (RequiredValue::NotSure, _) | (_, RequiredValue::NotSure) => Relation::same_answer_if(false),
        (RequiredValue::Fact(a), RequiredValue::Fact(b)) => {
            let is_opposite = matches!((a, b), (FactTest::Holds, FactTest::Fails) | (FactTest::Fails, FactTest::Holds));
            Relation { is_possible: !is_opposite, is_same_answer: a == b }
        }
        // Any other answer is sure; and every question has requirements of only one kind.
        _ => Relation { is_possible: true, is_same_answer: false },
    }
}

/// How two requirements relate that each ask for some number of ticks among some options.
fn compare_ticks(
    (a, in_a): (&Options, &RangeInclusive<usize>),
    (b, in_b): (&Options, &RangeInclusive<usize>),
) -> Relation {
    let common = in_both(a, b);
    // How many of the common options have to be ticked even if all others are, and how many can be.
    let least = in_a.start().saturating_sub(a.len() - common).max(in_b.start().saturating_sub(b.len() - common));
    let most = common.min(*in_a.end()).min(*in_b.end());
    let is_possible = least <= most;
    let by_one_tick = *in_a.start() > 0 && *in_b.start() > 0 && most > 0;
    let by_one_missing_tick = *in_a.end() == 0 && *in_b.end() == 0 && common > 0;
    let is_equal = a == b && in_a == in_b;
    Relation { is_possible, is_same_answer: is_possible && (by_one_tick || by_one_missing_tick || is_equal) }
}

/// A fact that is not replaced by what it tests.
fn unexpanded(fact: Idx<Fact>, is: FactTest) -> Alternatives {
    vec![vec![Requirement { subject: Subject::Fact(fact), value: RequiredValue::Fact(is) }]]
}

/// The counts up to `most` that are not among these.
fn other_counts(counts: Option<RangeInclusive<usize>>, most: usize) -> Vec<RangeInclusive<usize>> {
    let Some(counts) = counts else { return vec![0..=most] };
    let below = counts.start().checked_sub(1).map(|end| 0..=end);
    let above = (*counts.end() < most).then(|| counts.end() + 1..=most);
    below.into_iter().chain(above).collect()
}

fn with(mut requirements: Vec<Requirement>, more: &[Requirement]) -> Vec<Requirement> {
    for requirement in more {
        if !requirements.contains(requirement) {
            requirements.push(requirement.clone());
        }
    }
    requirements
}

fn is_small(alternatives: &Alternatives) -> bool {
    alternatives.len() <= MOST_REQUIREMENTS && alternatives.iter().map(Vec::len).sum::<usize>() <= MOST_REQUIREMENTS
}

fn sorted(options: &[Idx<Choice>]) -> Options {
    let mut options = options.to_vec();
    options.sort();
    options.into()
}

/// How many options two lists have in common.
fn in_both(one: &[Idx<Choice>], other: &[Idx<Choice>]) -> usize {
    let (few, many) = if one.len() < other.len() { (one, other) } else { (other, one) };
    few.iter().filter(|option| many.binary_search(option).is_ok()).count()
}
