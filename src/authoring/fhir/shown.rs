//! When a form has to show each question: the conditions of the question file as formulas.
//!
//! *Open* is neither *yes* nor *no*, so each condition has one formula for either. A question that is hidden for certain
//! counts as its `otherwise`; in a form it has no answer, so formulas about it also say when it is hidden.

use la_arena::{Arena, Idx};

use crate::authoring::fhir::formula::{Atom, Formula, Operator};
use crate::engine::evaluation::holds;
use crate::questionnaire::{
    Choice, Comparison, Condition, Fact, FactTest, Form, Interval, Kind, Options, Question, Questionnaire, Subject,
    Test, Truth, position,
};
use crate::report::fhir::names::takes_integers;

/// The longest formula that is written, in things that it says. Conditions that build on one another can double with each
/// step.
const LONGEST: usize = 1_000;

/// When something is *yes*, and when it is *no*; `None` where that is too long to say.
#[derive(Debug, Clone)]
struct Sides {
    yes: Option<Formula>,
    no: Option<Formula>,
}

impl Sides {
    fn of(&self, truth: Truth) -> Option<Formula> {
        match truth {
            Truth::Yes => self.yes.clone(),
            Truth::No => self.no.clone(),
            Truth::Open => None,
        }
    }
}

/// When each question is shown.
#[derive(Debug)]
pub(super) struct Shown<'q> {
    questionnaire: &'q Questionnaire,
    questions: Vec<Sides>,
    facts: Vec<Sides>,
}

impl<'q> Shown<'q> {
    pub(super) fn new(questionnaire: &'q Questionnaire) -> Shown<'q> {
        let unknown = Sides { yes: None, no: None };
        let mut shown = Shown {
            questionnaire,
            questions: vec![unknown.clone(); questionnaire.questions.len()],
            facts: vec![unknown; questionnaire.facts.len()],
        };
        // Each comes after all that it tests.
        for subject in questionnaire.dependency_graph.evaluation_order() {
            match subject {
                Subject::Question(question) => {
                    let yes = shown.is_shown(*question);
                    let sides = Sides { yes, no: shown.is_hidden(*question) };
                    put(&mut shown.questions, position(*question), sides);
                }
                Subject::Fact(fact) => {
                    let when = &questionnaire.facts[*fact].when;
                    let sides = Sides { yes: shown.condition(when, Truth::Yes), no: shown.condition(when, Truth::No) };
                    put(&mut shown.facts, position(*fact), sides);
                }
            }
        }
        shown
    }

    /// When a question is shown; `None` if that is too long to say.
    pub(super) fn when(&self, question: Idx<Question>) -> Option<Formula> {
        self.questions.get(position(question))?.yes.clone()
    }

    fn is_shown(&self, question: Idx<Question>) -> Option<Formula> {
        let asked = &self.questionnaire.questions[question];
        let when = self.condition(&asked.when, Truth::Yes)?;
        let Some(from) = asked.from() else { return Some(when) };
        short(Formula::all([when, self.answer(from, &Form::Nothing, Truth::No)?]))
    }

    /// When a question is hidden for certain.
    fn is_hidden(&self, question: Idx<Question>) -> Option<Formula> {
        let asked = &self.questionnaire.questions[question];
        let when = self.condition(&asked.when, Truth::No)?;
        let Some(from) = asked.from() else { return Some(when) };
        let source = if self.questionnaire.questions[from].otherwise.is_none() {
            self.question(from, Truth::No)?
        } else {
            Formula::FALSE
        };
        short(Formula::any([when, self.answer(from, &Form::Nothing, Truth::Yes)?, source]))
    }

    fn question(&self, question: Idx<Question>, is: Truth) -> Option<Formula> {
        self.questions.get(position(question))?.of(is)
    }

    fn fact(&self, fact: Idx<Fact>, is: Truth) -> Option<Formula> {
        self.facts.get(position(fact))?.of(is)
    }

    fn condition(&self, condition: &Condition, is: Truth) -> Option<Formula> {
        let tables = condition.tables.iter().map(|table| {
            let tests = table.iter().map(|test| self.test(test, is)).collect::<Option<Vec<_>>>()?;
            Some(if is == Truth::Yes { Formula::all(tests) } else { Formula::any(tests) })
        });
        let tables = tables.collect::<Option<Vec<_>>>()?;
        short(if is == Truth::Yes { Formula::any(tables) } else { Formula::all(tables) })
    }

    fn test(&self, test: &Test, is: Truth) -> Option<Formula> {
        match test {
            Test::Question { question, form } => self.answer(*question, form, is),
            Test::Fact { fact, is: FactTest::Holds } => self.fact(*fact, is),
            Test::Fact { fact, is: FactTest::Fails } => self.fact(*fact, !is),
            // That a fact is known is never *no*.
            Test::Fact { is: FactTest::Known, .. } if is == Truth::No => Some(Formula::FALSE),
            Test::Fact { fact, is: FactTest::Known } => {
                Some(Formula::any([self.fact(*fact, Truth::Yes)?, self.fact(*fact, Truth::No)?]))
            }
        }
    }

    /// When a test of a question is *yes* or *no*: by the answer, or because the question is hidden and counts so.
    fn answer(&self, question: Idx<Question>, form: &Form, is: Truth) -> Option<Formula> {
        let asked = &self.questionnaire.questions[question];
        let given = match &asked.kind {
            Kind::One(options) => of_one(question, options, form, is),
            Kind::Number { min, .. } => of_number(question, *min, takes_integers(&asked.kind), form, is),
            Kind::Many { options, from } => self.of_many(question, options.len(), *from, form, is)?,
        };
        let counts = asked.otherwise.as_ref().is_some_and(|otherwise| holds(form, otherwise) == is);
        let otherwise = if counts { self.question(question, Truth::No)? } else { Formula::FALSE };
        short(Formula::any([given, otherwise]))
    }

    fn of_many(
        &self,
        question: Idx<Question>,
        options: usize,
        from: Option<Idx<Question>>,
        form: &Form,
        is: Truth,
    ) -> Option<Formula> {
        // Of a question that offers what was ticked on another, only that counts.
        let has = |option: &Idx<Choice>| {
            let ticked = Formula::Atom(Atom::Has(question, *option));
            let Some(from) = from else { return Some(ticked) };
            let offered = self.answer(from, &Form::Any([*option].into_iter().collect()), Truth::Yes)?;
            Some(Formula::all([ticked, offered]))
        };
        let sure = || {
            let sources = std::iter::successors(Some(question), |at| self.questionnaire.questions[*at].from());
            Formula::all(sources.map(|at| Formula::Atom(Atom::Sure(at))))
        };
        let count = |of: Option<&Options>, range| Formula::Atom(Atom::Count(question, of.map(|of| of.to_vec()), range));
        let without =
            |of: &[Idx<Choice>]| Formula::all([Formula::Atom(Atom::Count(question, Some(of.to_vec()), 0..=0)), sure()]);
        let is_yes = is == Truth::Yes;
        Some(match form {
            Form::Any(of) if is_yes => Formula::any(of.iter().map(has).collect::<Option<Vec<_>>>()?),
            Form::Any(of) => without(of),
            Form::Not(option) if is_yes => without(&[*option]),
            Form::Not(option) => has(option)?,
            Form::All(of) if is_yes => Formula::all(of.iter().map(has).collect::<Option<Vec<_>>>()?),
            Form::All(of) => Formula::all([count(Some(of), 0..=of.set().len().saturating_sub(1)), sure()]),
            Form::Nothing if is_yes => Formula::all([
                Formula::Atom(Atom::Nothing(question)),
                if from.is_some() { sure() } else { Formula::TRUE },
            ]),
            Form::Nothing => count(None, 1..=options),
            Form::NotSure if is_yes => Formula::Atom(Atom::NotSure(question)),
            Form::NotSure => Formula::any([count(None, 1..=options), Formula::Atom(Atom::Nothing(question))]),
            Form::Number(_) => Formula::FALSE,
            Form::Count { of, count: comparison } => {
                let of = of.as_ref();
                let most = of.map_or(options, |of| of.set().len());
                let Some(range) = Interval::from(*comparison).counts(most) else {
                    return Some(if is_yes {
                        Formula::FALSE
                    } else {
                        Formula::all([count(None, 0..=options), sure()])
                    });
                };
                let (low, high) = range.into_inner();
                // What is not sure can only add to the count.
                if is_yes {
                    let is_certain = low > 0 && high == most;
                    Formula::all([count(of, low..=high), if is_certain { Formula::TRUE } else { sure() }])
                } else {
                    let above = if high < most { count(of, high + 1..=most) } else { Formula::FALSE };
                    let below = match low.checked_sub(1) {
                        Some(below) => Formula::all([count(of, 0..=below), sure()]),
                        None => Formula::FALSE,
                    };
                    Formula::any([above, below])
                }
            }
        })
    }
}

fn put(list: &mut [Sides], at: usize, sides: Sides) {
    if let Some(slot) = list.get_mut(at) {
        *slot = sides;
    }
}

fn short(formula: Formula) -> Option<Formula> {
    (formula.len() <= LONGEST).then_some(formula)
}

fn of_one(question: Idx<Question>, options: &Arena<Choice>, form: &Form, is: Truth) -> Formula {
    let any = |is_meant: &dyn Fn(Idx<Choice>) -> bool| {
        let meant = options.iter().map(|(option, _)| option).filter(|option| is_meant(*option));
        Formula::any(meant.map(|option| Formula::Atom(Atom::Has(question, option))))
    };
    let is_yes = is == Truth::Yes;
    match form {
        Form::Any(of) => any(&|option| of.contains(&option) == is_yes),
        Form::Not(not) => any(&|option| (option != *not) == is_yes),
        Form::NotSure if is_yes => Formula::Atom(Atom::NotSure(question)),
        Form::NotSure => any(&|_| true),
        Form::All(_) | Form::Count { .. } | Form::Number(_) | Form::Nothing => Formula::FALSE,
    }
}

fn of_number(question: Idx<Question>, min: f64, is_integer: bool, form: &Form, is: Truth) -> Formula {
    let compare = |operator: Operator, bound: f64| {
        let bound = match operator {
            _ if !is_integer => bound,
            Operator::AtLeast | Operator::Below => bound.ceil(),
            Operator::Above | Operator::AtMost => bound.floor(),
            Operator::Equal if bound.fract() != 0.0 => return Formula::FALSE,
            Operator::Equal => bound,
        };
        Formula::Atom(Atom::Number(question, operator, bound))
    };
    let is_yes = is == Truth::Yes;
    match form {
        Form::NotSure if is_yes => Formula::Atom(Atom::NotSure(question)),
        Form::NotSure => compare(Operator::AtLeast, min),
        Form::Number(comparison) if is_yes => match *comparison {
            Comparison::AtLeast(bound) => compare(Operator::AtLeast, bound),
            Comparison::Above(bound) => compare(Operator::Above, bound),
            Comparison::AtMost(bound) => compare(Operator::AtMost, bound),
            Comparison::Below(bound) => compare(Operator::Below, bound),
            Comparison::Equal(bound) => compare(Operator::Equal, bound),
            Comparison::Between(low, high) => {
                Formula::all([compare(Operator::AtLeast, low), compare(Operator::AtMost, high)])
            }
        },
        Form::Number(comparison) => match *comparison {
            Comparison::AtLeast(bound) => compare(Operator::Below, bound),
            Comparison::Above(bound) => compare(Operator::AtMost, bound),
            Comparison::AtMost(bound) => compare(Operator::Above, bound),
            Comparison::Below(bound) => compare(Operator::AtLeast, bound),
            Comparison::Equal(bound) => {
                Formula::any([compare(Operator::Below, bound), compare(Operator::Above, bound)])
            }
            Comparison::Between(low, high) => {
                Formula::any([compare(Operator::Below, low), compare(Operator::Above, high)])
            }
        },
        Form::Any(_) | Form::Not(_) | Form::All(_) | Form::Count { .. } | Form::Nothing => Formula::FALSE,
    }
}
