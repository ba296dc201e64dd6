//! A questionnaire as a circuit: every answer that could be given, and what conditions make of it.
//!
//! It says what [`crate::engine::evaluation`] works out, for all answers at once. The two are compared by property tests.

pub(super) mod ticks;
pub(super) mod missing_answers;
pub(super) mod equivalent_options;
pub(super) mod equivalent_numbers;

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::circuit::Circuit;
use crate::engine::answers::Answers;
use crate::questionnaire::{
    Answer, Choice, Condition, Fact, FactTest, Form, Kind, Question, Questionnaire, Subject, Test, position,
};
use equivalent_numbers::{Kind as Numbers, kinds_of_numbers};
use equivalent_options::Merged;
use ticks::of_ticks;

/// Whether something is *yes*, and whether it is *no*; *open* while neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Either {
    pub(super) yes: Lit,
    pub(super) no: Lit,
}

/// A questionnaire as a circuit.
pub(super) struct Encoding<'q> {
    pub(super) questionnaire: &'q Questionnaire,
    questions: Vec<Asked>,
    facts: Vec<Either>,
}

/// A question, and what could be answered to it.
pub(super) struct Asked {
    pub(super) shown: Either,
    /// Whether what it offers again was ticked; always, where it offers nothing again.
    pub(super) offers: Either,
    /// Whether it has an answer; only shown ones do.
    pub(super) answered: Lit,
    /// Whether that is *not sure*.
    pub(super) not_sure: Lit,
    /// What else could be answered.
    pub(super) given: Given,
    /// What it counts as.
    value: Value,
}

/// Answers that could be given.
pub(super) enum Given {
    One(Vec<(Idx<Choice>, Lit)>),
    /// With each option, whether it is ticked and whether it is marked *not sure*.
    Many(Vec<(Idx<Choice>, Lit, Lit)>),
    /// Numbers, one of each kind that conditions tell apart.
    Number(Vec<(f64, Lit)>),
}

/// What a question counts as: its answer, or what it is said to be while it is hidden for certain.
struct Value {
    known: Lit,
    not_sure: Lit,
    of: Of,
}

enum Of {
    One(Vec<Lit>),
    Many(Vec<(Lit, Lit)>),
    Number(Vec<(Numbers, Lit)>),
}

impl<'q> Encoding<'q> {
    pub(super) fn new(questionnaire: &'q Questionnaire, circuit: &mut Circuit) -> Encoding<'q> {
        let never = circuit.never();
        let mut encoding = Encoding {
            questionnaire,
            questions: Vec::with_capacity(questionnaire.questions.len()),
            facts: vec![Either { yes: never, no: never }; questionnaire.facts.len()],
        };
        let merged = Merged::new(questionnaire);
        let numbers = kinds_of_numbers(questionnaire);
        for subject in questionnaire.dependents.order() {
            match *subject {
                Subject::Fact(fact) => encoding.settle(fact, circuit),
                Subject::Question(question) => {
                    let kinds = numbers.get(&question).map_or(&[][..], Vec::as_slice);
                    let asked = encoding.ask(question, merged.of(question), kinds, circuit);
                    encoding.questions.push(asked);
                }
            }
        }
        encoding
    }

    pub(super) fn question(&self, question: Idx<Question>) -> Option<&Asked> {
        self.questions.get(position(question))
    }

    /// Every question, in file order.
    pub(super) fn questions(&self) -> impl Iterator<Item = (Idx<Question>, &Asked)> {
        self.questionnaire.questions.iter().map(|(question, _)| question).zip(&self.questions)
    }

    pub(super) fn fact(&self, fact: Idx<Fact>, circuit: &Circuit) -> Either {
        let unknown = Either { yes: circuit.never(), no: circuit.never() };
        self.facts.get(position(fact)).copied().unwrap_or(unknown)
    }

    /// Whether a condition holds.
    pub(super) fn condition(&self, condition: &Condition, circuit: &mut Circuit) -> Either {
        let tables: Vec<Either> = condition.tables.iter().map(|table| self.table(table, circuit)).collect();
        let yes = circuit.or(tables.iter().map(|table| table.yes));
        let no = circuit.and(tables.iter().map(|table| table.no));
        Either { yes, no }
    }

    /// Whether one table of a condition holds.
    pub(super) fn table(&self, table: &[Test], circuit: &mut Circuit) -> Either {
        let tests: Vec<Either> = table.iter().map(|test| self.test(test, circuit)).collect();
        let yes = circuit.and(tests.iter().map(|test| test.yes));
        let no = circuit.or(tests.iter().map(|test| test.no));
        Either { yes, no }
    }

    /// Whether one test of a condition holds.
    pub(super) fn test(&self, test: &Test, circuit: &mut Circuit) -> Either {
        match test {
            Test::Question { question, form } => {
                let unknown = Either { yes: circuit.never(), no: circuit.never() };
                self.question(*question).map_or(unknown, |asked| asked.value.is(form, circuit))
            }
            Test::Fact { fact, is } => {
                let fact = self.fact(*fact, circuit);
                match is {
                    FactTest::Holds => fact,
                    FactTest::Fails => Either { yes: fact.no, no: fact.yes },
                    FactTest::Known => Either { yes: circuit.or([fact.yes, fact.no]), no: circuit.never() },
                }
            }
        }
    }

    fn settle(&mut self, fact: Idx<Fact>, circuit: &mut Circuit) {
        let settled = self.condition(&self.questionnaire.facts[fact].when, circuit);
        if let Some(slot) = self.facts.get_mut(position(fact)) {
            *slot = settled;
        }
    }

    fn ask(&self, id: Idx<Question>, apart: &[Idx<Choice>], numbers: &[Numbers], circuit: &mut Circuit) -> Asked {
        let question = &self.questionnaire.questions[id];
        let always = Either { yes: circuit.always(), no: circuit.never() };
        let source = question.from().and_then(|from| self.question(from)).map(|source| &source.value);
        let offers = source.map_or(always, |source| source.ticks_something(circuit));
        let gate = self.condition(&question.when, circuit);
        let shown = Either { yes: circuit.and([gate.yes, offers.yes]), no: circuit.or([gate.no, offers.no]) };

        let (answered, not_sure) = (circuit.free(), circuit.free());
        circuit.require([!answered, shown.yes]);
        circuit.require([!not_sure, answered]);
        let surely = circuit.and([answered, !not_sure]);
        let given = match &question.kind {
            Kind::One(_) => Given::One(one_of(apart.iter().copied(), surely, circuit)),
            Kind::Number { .. } => Given::Number(one_of(numbers.iter().map(|kind| kind.example), surely, circuit)),
            Kind::Many { .. } => Given::Many(any_of(apart, surely, source, circuit)),
        };
        let hidden = question.otherwise.as_ref().map(|otherwise| (shown.no, otherwise));
        let value =
            value(question, Shown { answered, not_sure, surely, given: &given }, source, hidden, numbers, circuit);
        Asked { shown, offers, answered, not_sure, given, value }
    }
}

/// What is answered while a question is shown.
#[derive(Clone, Copy)]
struct Shown<'a> {
    answered: Lit,
    not_sure: Lit,
    surely: Lit,
    given: &'a Given,
}

/// Exactly one of these, if any is to be chosen.
fn one_of<T>(of: impl Iterator<Item = T>, chosen: Lit, circuit: &mut Circuit) -> Vec<(T, Lit)> {
    let ways: Vec<(T, Lit)> = of.map(|way| (way, circuit.free())).collect();
    circuit.require(ways.iter().map(|(_, way)| *way).chain([!chosen]));
    let mut before = circuit.never();
    for (_, way) in &ways {
        circuit.require([!*way, chosen]);
        circuit.require([!*way, !before]);
        before = circuit.or([before, *way]);
    }
    ways
}

/// Any of these, each ticked or marked *not sure*, and only what is on offer.
fn any_of(
    apart: &[Idx<Choice>],
    chosen: Lit,
    source: Option<&Value>,
    circuit: &mut Circuit,
) -> Vec<(Idx<Choice>, Lit, Lit)> {
    let mut ways = Vec::with_capacity(apart.len());
    for option in apart {
        let offered = source.map_or(circuit.always(), |source| source.tick(*option, circuit).0);
        let may = circuit.and([chosen, offered]);
        let (ticked, unsure) =
            if may == circuit.never() { (circuit.never(), circuit.never()) } else { (circuit.free(), circuit.free()) };
        circuit.require([!ticked, may]);
        circuit.require([!unsure, may]);
        circuit.require([!ticked, !unsure]);
        ways.push((*option, ticked, unsure));
    }
    ways
}

/// What a question counts as: what is answered while it is shown, and what is said of it while it is hidden.
fn value(
    question: &Question,
    shown: Shown<'_>,
    source: Option<&Value>,
    hidden: Option<(Lit, &Answer)>,
    numbers: &[Numbers],
    circuit: &mut Circuit,
) -> Value {
    let never = circuit.never();
    let or_hidden = |lit: Lit, counts: bool, circuit: &mut Circuit| match hidden {
        Some((hidden, _)) if counts => circuit.or([lit, hidden]),
        _ => lit,
    };
    let otherwise = hidden.map(|(_, otherwise)| otherwise);
    let known = or_hidden(shown.answered, true, circuit);
    let not_sure = or_hidden(shown.not_sure, otherwise == Some(&Answer::NotSure), circuit);
    let options = || question.options().into_iter().flat_map(|options| options.iter().map(|(option, _)| option));
    let of = match shown.given {
        Given::One(ways) => {
            let chosen = |option| ways.iter().find(|(way, _)| *way == option).map_or(never, |(_, lit)| *lit);
            let is = |option| matches!(otherwise, Some(Answer::One(other)) if *other == option);
            Of::One(options().map(|option| or_hidden(chosen(option), is(option), circuit)).collect())
        }
        Given::Many(ways) => {
            let mut of = vec![(never, never); options().count()];
            for (option, ticked, unsure) in ways {
                if let Some(slot) = of.get_mut(position(*option)) {
                    *slot = (*ticked, *unsure);
                }
            }
            for (option, slot) in options().zip(&mut of) {
                if let Some(source) = source {
                    let doubted = source.tick(option, circuit).1;
                    let inherited = circuit.and([shown.surely, doubted]);
                    slot.1 = circuit.or([slot.1, inherited]);
                }
                if let Some(Answer::Many { ticked, unsure }) = otherwise {
                    slot.0 = or_hidden(slot.0, ticked.contains(&option), circuit);
                    slot.1 = or_hidden(slot.1, unsure.contains(&option), circuit);
                }
            }
            Of::Many(of)
        }
        Given::Number(ways) => {
            let is = |kind: &Numbers| matches!(otherwise, Some(Answer::Number(other)) if kind.covers(*other));
            let ways = numbers.iter().zip(ways);
            Of::Number(ways.map(|(kind, (_, lit))| (*kind, or_hidden(*lit, is(kind), circuit))).collect())
        }
    };
    Value { known, not_sure, of }
}

impl Value {
    /// Whether it is what a form asks for.
    fn is(&self, form: &Form, circuit: &mut Circuit) -> Either {
        let surely = circuit.and([self.known, !self.not_sure]);
        match (form, &self.of) {
            (Form::NotSure, _) => Either { yes: self.not_sure, no: surely },
            (Form::Any(options), Of::One(ways)) => {
                let in_form = |at: usize| options.iter().any(|option| position(*option) == at);
                split(ways.iter().enumerate().map(|(at, way)| (in_form(at), *way)), circuit)
            }
            (Form::Not(option), Of::One(ways)) => {
                split(ways.iter().enumerate().map(|(at, way)| (at != position(*option), *way)), circuit)
            }
            (Form::Number(comparison), Of::Number(ways)) => {
                split(ways.iter().map(|(kind, way)| (comparison.holds(kind.example), *way)), circuit)
            }
            (form, Of::Many(ways)) => {
                let is = of_ticks(form, ways, circuit);
                Either { yes: circuit.and([surely, is.yes]), no: circuit.and([surely, is.no]) }
            }
            // A form that its question cannot answer is refused when the file is read.
            (_, Of::One(_) | Of::Number(_)) => Either { yes: circuit.never(), no: circuit.never() },
        }
    }

    /// Whether an option is ticked, and whether it is marked *not sure*.
    fn tick(&self, option: Idx<Choice>, circuit: &Circuit) -> (Lit, Lit) {
        let never = (circuit.never(), circuit.never());
        match &self.of {
            Of::Many(ways) => ways.get(position(option)).copied().unwrap_or(never),
            Of::One(_) | Of::Number(_) => never,
        }
    }

    /// Whether it offers anything to a question that offers its ticks again.
    fn ticks_something(&self, circuit: &mut Circuit) -> Either {
        let nothing = self.is(&Form::Nothing, circuit);
        Either { yes: nothing.no, no: nothing.yes }
    }

    /// Whether something about it is *not sure*.
    pub(super) fn is_unsure(&self, circuit: &mut Circuit) -> Lit {
        let marks: Vec<Lit> = match &self.of {
            Of::Many(ways) => ways.iter().map(|(_, unsure)| *unsure).collect(),
            Of::One(_) | Of::Number(_) => Vec::new(),
        };
        let marked = circuit.or(marks);
        let marked = circuit.and([self.known, marked]);
        circuit.or([self.not_sure, marked])
    }
}

impl Asked {
    /// Whether something about what it counts as is *not sure*.
    pub(super) fn is_unsure(&self, circuit: &mut Circuit) -> Lit {
        self.value.is_unsure(circuit)
    }
}

/// What holds in some ways and fails in the others.
fn split(ways: impl Iterator<Item = (bool, Lit)>, circuit: &mut Circuit) -> Either {
    let (yes, no): (Vec<_>, Vec<_>) = ways.partition(|(holds, _)| *holds);
    let any = |ways: Vec<(bool, Lit)>, circuit: &mut Circuit| circuit.or(ways.into_iter().map(|(_, way)| way));
    Either { yes: any(yes, circuit), no: any(no, circuit) }
}

impl Encoding<'_> {
    /// The answers in what was found last.
    pub(super) fn answers(&self, circuit: &Circuit) -> Answers {
        let mut answers = Answers::new();
        for (question, asked) in self.questions().filter(|(_, asked)| circuit.holds(asked.answered)) {
            answers.set(question, asked.answer(circuit));
        }
        answers
    }
}

impl Asked {
    fn answer(&self, circuit: &Circuit) -> Answer {
        if circuit.holds(self.not_sure) {
            return Answer::NotSure;
        }
        match &self.given {
            Given::One(ways) => {
                let chosen = ways.iter().find(|(_, way)| circuit.holds(*way));
                chosen.map_or(Answer::NotSure, |(option, _)| Answer::One(*option))
            }
            Given::Number(ways) => {
                let chosen = ways.iter().find(|(_, way)| circuit.holds(*way));
                chosen.map_or(Answer::NotSure, |(number, _)| Answer::Number(*number))
            }
            Given::Many(ways) => Answer::Many {
                ticked: ways
                    .iter()
                    .filter(|(_, ticked, _)| circuit.holds(*ticked))
                    .map(|(option, ..)| *option)
                    .collect(),
                unsure: ways.iter().filter(|(.., unsure)| circuit.holds(*unsure)).map(|(option, ..)| *option).collect(),
            },
        }
    }
}
