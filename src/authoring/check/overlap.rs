//! Whether one answer can make two tables of conditions *yes*, and whether that answer is all that one of them asks for.
//!
//! Facts are taken apart into what they test, so that it does not matter whether a finding names an answer or a fact that
//! stands for it.

use std::collections::BTreeSet;
use std::rc::Rc;

use la_arena::{Arena, Idx};

use crate::authoring::check::interval::{Interval, float};
use crate::questionnaire::{Choice, Condition, FactTest, Form, Kind, Question, Questionnaire, Subject, Test, position};

/// One thing that has to be so for a table to be *yes*.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Atom {
    /// Of what it has to be so.
    pub(super) subject: Subject,
    wanted: Requirement,
}

#[derive(Debug, Clone, PartialEq)]
enum Requirement {
    /// One of these options is chosen.
    Chosen(Options),
    /// An option is chosen, and none of these.
    ChosenBut(Options),
    /// So many of these are ticked.
    Ticked(Options, Interval),
    /// So many of all are ticked.
    TickedOfAll(Interval),
    /// The number lies in here.
    Number(Interval),
    /// Anything but *not sure* was answered.
    Sure,
    /// The whole question was answered *not sure*.
    NotSure,
    /// The fact is so, and what it tests is too much to take apart.
    Fact(FactTest),
}

/// Options, sorted.
type Options = Rc<[Idx<Choice>]>;

/// Tables, any of which is enough.
type Tables = Vec<Vec<Atom>>;

/// A fact that comes apart into more than this is looked at as a whole.
const MOST_ATOMS: usize = 64;

/// The facts of a questionnaire, taken apart.
pub(super) struct Atoms<'q> {
    questionnaire: &'q Questionnaire,
    /// What makes each fact *yes*, and *no*.
    facts: Vec<(Option<Tables>, Option<Tables>)>,
}

impl<'q> Atoms<'q> {
    pub(super) fn of(questionnaire: &'q Questionnaire) -> Self {
        let mut atoms = Atoms { questionnaire, facts: Vec::new() };
        for fact in questionnaire.facts.values() {
            let holds = atoms.of_condition(&fact.when);
            let taken_apart = (holds.filter(is_small), atoms.of_failed(&fact.when).filter(is_small));
            atoms.facts.push(taken_apart);
        }
        atoms
    }

    /// What makes a condition *yes*; `None` when it asks for too much to be compared.
    pub(super) fn of_condition(&self, condition: &Condition) -> Option<Tables> {
        let tables: Option<Vec<_>> = condition.tables.iter().map(|table| self.of_table(table)).collect();
        tables.map(|tables| tables.into_iter().flatten().collect())
    }

    fn of_table(&self, tests: &[Test]) -> Option<Tables> {
        if tests.len() > MOST_ATOMS {
            return None;
        }
        let mut tables = vec![Vec::new()];
        for test in tests {
            tables = self.all_of(&tables, &self.of_test(test, true)).unwrap_or_else(|| {
                let whole = whole(test);
                tables.into_iter().map(|table| with(table, std::slice::from_ref(&whole))).collect()
            });
        }
        Some(tables)
    }

    /// What makes a condition *no*: a test that fails in each of its tables.
    fn of_failed(&self, condition: &Condition) -> Option<Tables> {
        condition.tables.iter().try_fold(vec![Vec::new()], |tables, table| {
            let failing = table.iter().flat_map(|test| self.of_test(test, false)).collect();
            self.all_of(&tables, &failing)
        })
    }

    /// What makes a test *yes*, or *no*.
    fn of_test(&self, test: &Test, holds: bool) -> Tables {
        match test {
            Test::Question { question, form } => {
                let subject = Subject::Question(*question);
                let wanted = self.wanted(*question, form);
                let wanted = if holds { vec![wanted] } else { self.unwanted(*question, wanted) };
                wanted.into_iter().map(|wanted| vec![Atom { subject, wanted }]).collect()
            }
            Test::Fact { fact, is } => {
                let taken_apart = self.facts.get(position(*fact));
                let holds_apart = taken_apart.and_then(|(holds, _)| holds.clone());
                let fails_apart = taken_apart.and_then(|(_, fails)| fails.clone());
                let of_whole = |is| vec![vec![Atom { subject: Subject::Fact(*fact), wanted: Requirement::Fact(is) }]];
                match (is, holds) {
                    (FactTest::Holds, true) | (FactTest::Fails, false) => {
                        holds_apart.unwrap_or_else(|| of_whole(FactTest::Holds))
                    }
                    (FactTest::Fails, true) | (FactTest::Holds, false) => {
                        fails_apart.unwrap_or_else(|| of_whole(FactTest::Fails))
                    }
                    (FactTest::Known, true) => of_whole(FactTest::Known),
                    // What is known or not is never *no*.
                    (FactTest::Known, false) => Vec::new(),
                }
            }
        }
    }

    /// Every table of the one with every table of the other, without those that can never be *yes*. `None` when there is
    /// too much in them.
    fn all_of(&self, some: &Tables, others: &Tables) -> Option<Tables> {
        // What adds one atom to each table is never too much.
        let is_single = others.len() == 1 && others.iter().all(|other| other.len() == 1);
        let size = some.len().saturating_mul(others.iter().map(Vec::len).sum());
        if !is_single && (size > MOST_ATOMS || others.len() > MOST_ATOMS) {
            return None;
        }
        let possible = |table: &&Vec<Atom>, other: &[Atom]| !self.contradict(table, other);
        let both = some.iter().flat_map(|table| {
            others.iter().filter(move |other| possible(&table, other)).map(|other| with(table.clone(), other))
        });
        Some(both.collect())
    }

    fn wanted(&self, question: Idx<Question>, form: &Form) -> Requirement {
        let is_many = matches!(self.questionnaire.questions[question].kind, Kind::Many { .. });
        match form {
            Form::Any(options) if is_many => Requirement::Ticked(sorted(options), Interval::at_least(1.0)),
            Form::Any(options) => Requirement::Chosen(sorted(options)),
            Form::Not(option) if is_many => Requirement::Ticked(sorted(&[*option]), Interval::at_most(0.0)),
            Form::Not(option) => Requirement::ChosenBut(sorted(&[*option])),
            Form::All(options) => Requirement::Ticked(sorted(options), Interval::at_least(float(options.len()))),
            Form::Count { of: Some(options), count } => {
                Requirement::Ticked(sorted(options), Interval::of_count(*count))
            }
            Form::Count { of: None, count } => Requirement::TickedOfAll(Interval::of_count(*count)),
            Form::Number(comparison) => Requirement::Number(Interval::of(*comparison)),
            Form::Nothing => Requirement::TickedOfAll(Interval::at_most(0.0)),
            Form::NotSure => Requirement::NotSure,
        }
    }

    /// What is so when something is not, though the question was answered.
    fn unwanted(&self, question: Idx<Question>, wanted: Requirement) -> Vec<Requirement> {
        match wanted {
            Requirement::Chosen(options) => vec![Requirement::ChosenBut(options)],
            Requirement::ChosenBut(options) => vec![Requirement::Chosen(options)],
            Requirement::Ticked(options, count) => {
                let rest = count.rest_of_count(options.len()).into_iter();
                rest.map(|count| Requirement::Ticked(Rc::clone(&options), count)).collect()
            }
            Requirement::TickedOfAll(count) => {
                count.rest_of_count(self.options(question)).into_iter().map(Requirement::TickedOfAll).collect()
            }
            Requirement::Number(interval) => interval.rest().into_iter().map(Requirement::Number).collect(),
            Requirement::NotSure => vec![Requirement::Sure],
            Requirement::Sure => vec![Requirement::NotSure],
            Requirement::Fact(_) => Vec::new(),
        }
    }

    /// Whether two tables can never be *yes* together.
    fn contradict(&self, table: &[Atom], other: &[Atom]) -> bool {
        table
            .iter()
            .any(|atom| other.iter().any(|with| atom.subject == with.subject && !self.meet(atom, with).possible))
    }

    /// How two atoms of one subject stand to each other.
    fn meet(&self, atom: &Atom, other: &Atom) -> Compatibility {
        let options = match atom.subject {
            Subject::Question(question) => self.options(question),
            Subject::Fact(_) => 0,
        };
        match (&atom.wanted, &other.wanted) {
            (Requirement::Chosen(a), Requirement::Chosen(b)) => Compatibility::if_any(in_both(a, b) > 0),
            (Requirement::Chosen(a), Requirement::ChosenBut(b))
            | (Requirement::ChosenBut(b), Requirement::Chosen(a)) => Compatibility::if_any(in_both(a, b) < a.len()),
            (Requirement::ChosenBut(a), Requirement::ChosenBut(b)) => {
                Compatibility::if_any(a.len() + b.len() - in_both(a, b) < options)
            }
            (Requirement::Number(a), Requirement::Number(b)) => Compatibility::if_any(a.and(*b).is_some()),
            (Requirement::NotSure, Requirement::NotSure) => Compatibility::if_any(true),
            (Requirement::NotSure, _) | (_, Requirement::NotSure) => Compatibility::if_any(false),
            (Requirement::Sure, _) | (_, Requirement::Sure) => Compatibility { possible: true, shared: false },
            (Requirement::Fact(a), Requirement::Fact(b)) => {
                let opposite =
                    matches!((a, b), (FactTest::Holds, FactTest::Fails) | (FactTest::Fails, FactTest::Holds));
                Compatibility { possible: !opposite, shared: a == b }
            }
            (Requirement::Ticked(a, m), Requirement::Ticked(b, n)) => {
                OptionOverlap { first: a.len(), second: b.len(), both: in_both(a, b) }.meet(*m, *n)
            }
            (Requirement::Ticked(a, m), Requirement::TickedOfAll(n))
            | (Requirement::TickedOfAll(n), Requirement::Ticked(a, m)) => {
                OptionOverlap { first: a.len(), second: options, both: a.len() }.meet(*m, *n)
            }
            (Requirement::TickedOfAll(m), Requirement::TickedOfAll(n)) => {
                OptionOverlap { first: options, second: options, both: options }.meet(*m, *n)
            }
            // Of one question, only forms of its kind are tested.
            _ => Compatibility { possible: true, shared: false },
        }
    }

    fn options(&self, question: Idx<Question>) -> usize {
        self.questionnaire.questions[question].options().map_or(0, Arena::len)
    }
}

/// What two tables share, when one answer makes both *yes* and is all that one of them asks for. What stands beside
/// other tests in both is context.
pub(super) fn shared(table: &[Atom], other: &[Atom], atoms: &Atoms<'_>) -> Option<BTreeSet<Subject>> {
    if atoms.contradict(table, other) {
        return None;
    }
    let is_in = |atom: &Atom, table: &[Atom]| {
        table.iter().any(|with| with.subject == atom.subject && atoms.meet(atom, with).shared)
    };
    let asked_by_both = |table: &[Atom], other: &[Atom]| {
        (!table.is_empty() && table.iter().all(|atom| is_in(atom, other)))
            .then(|| table.iter().map(|atom| atom.subject).collect())
    };
    asked_by_both(table, other).or_else(|| asked_by_both(other, table))
}

/// How two atoms of one subject stand to each other.
#[derive(Debug, Clone, Copy)]
struct Compatibility {
    /// Both can be so at once.
    possible: bool,
    /// The same answer makes them so.
    shared: bool,
}

impl Compatibility {
    /// Of atoms that are so together only by the same answer.
    fn if_any(any: bool) -> Compatibility {
        Compatibility { possible: any, shared: any }
    }
}

/// How many options there are in two lists, and in both.
struct OptionOverlap {
    first: usize,
    second: usize,
    both: usize,
}

impl OptionOverlap {
    /// So many ticks in the first list, and so many in the second.
    fn meet(&self, first: Interval, second: Interval) -> Compatibility {
        // With so many ticks in what they have in common, each can still get as many as it has beside that.
        let beside = |of: usize| float(of - self.both);
        let least = (first.least() - beside(self.first)).max(second.least() - beside(self.second)).max(0.0);
        let most = first.most().min(second.most()).min(float(self.both));
        let fits = |interval: Interval, of: usize| interval.least() <= interval.most().min(float(of));
        let possible = least <= most && fits(first, self.first) && fits(second, self.second);
        // The same tick, or the same want of one, makes both so.
        let both_tick = first.least() >= 1.0 && second.least() >= 1.0 && most >= 1.0;
        let both_leave = first.most() <= 0.0 && second.most() <= 0.0 && self.both > 0;
        let same = first == second && self.both == self.first && self.both == self.second;
        Compatibility { possible, shared: possible && (both_tick || both_leave || same) }
    }
}

fn with(mut table: Vec<Atom>, more: &[Atom]) -> Vec<Atom> {
    for atom in more {
        if !table.contains(atom) {
            table.push(atom.clone());
        }
    }
    table
}

/// A test that is not taken apart.
fn whole(test: &Test) -> Atom {
    match test {
        Test::Fact { fact, is } => Atom { subject: Subject::Fact(*fact), wanted: Requirement::Fact(*is) },
        // Every form is an atom by itself.
        Test::Question { question, .. } => Atom { subject: Subject::Question(*question), wanted: Requirement::Sure },
    }
}

fn is_small(tables: &Tables) -> bool {
    tables.len() <= MOST_ATOMS && tables.iter().map(Vec::len).sum::<usize>() <= MOST_ATOMS
}

fn sorted(options: &[Idx<Choice>]) -> Options {
    let mut options = options.to_vec();
    options.sort();
    options.into()
}

/// How many options stand in both of two sorted lists.
fn in_both(first: &[Idx<Choice>], second: &[Idx<Choice>]) -> usize {
    let (few, many) = if first.len() < second.len() { (first, second) } else { (second, first) };
    few.iter().filter(|option| many.binary_search(option).is_ok()).count()
}
