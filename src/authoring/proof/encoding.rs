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
use equivalent_numbers::{NumberClass as Numbers, number_classes};
use equivalent_options::DistinctOptions;
use ticks::test_ticks;

/// Whether something is *yes*, and whether it is *no*; *open* while neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EncodedTruth {
    pub(super) yes: Lit,
    pub(super) no: Lit,
}

/// A questionnaire as a circuit.
pub(super) struct Encoding<'q> {
    pub(super) questionnaire: &'q Questionnaire,
    questions: Vec<EncodedQuestion>,
    facts: Vec<EncodedTruth>,
}

/// A question, and what could be answered to it.
pub(super) struct EncodedQuestion {
    pub(super) shown: EncodedTruth,
    /// Whether what it offers again was ticked; always, where it offers nothing again.
    pub(super) offers: EncodedTruth,
    /// Whether it has an answer; only shown ones do.
    pub(super) answered: Lit,
    /// Whether that is *not sure*.
    pub(super) not_sure: Lit,
    /// What else could be answered.
    pub(super) answer: AnswerLiterals,
    /// What it counts as.
    value: EncodedValue,
}

/// Answers that could be given.
pub(super) enum AnswerLiterals {
    One(Vec<(Idx<Choice>, Lit)>),
    /// With each option, whether it is ticked and whether it is marked *not sure*.
    Many(Vec<(Idx<Choice>, Lit, Lit)>),
    /// Numbers, one of each kind that conditions tell apart.
    Number(Vec<(f64, Lit)>),
}

/// What a question counts as: its answer, or what it is said to be while it is hidden for certain.
struct EncodedValue {
    known: Lit,
    not_sure: Lit,
    literals: ValueLiterals,
}

enum ValueLiterals {
    One(Vec<Lit>),
    Many(Vec<(Lit, Lit)>),
    Number(Vec<(Numbers, Lit)>),
}

impl<'q> Encoding<'q> {
    pub(super) fn new(questionnaire: &'q Questionnaire, circuit: &mut Circuit) -> Encoding<'q> {
        let never = circuit.constant_false();
        let mut encoding = Encoding {
            questionnaire,
            questions: Vec::with_capacity(questionnaire.questions.len()),
            facts: vec![EncodedTruth { yes: never, no: never }; questionnaire.facts.len()],
        };
        let merged = DistinctOptions::new(questionnaire);
        let numbers = number_classes(questionnaire);
        for subject in questionnaire.dependents.order() {
            match *subject {
                Subject::Fact(fact) => encoding.encode_fact(fact, circuit),
                Subject::Question(question) => {
                    let kinds = numbers.get(&question).map_or(&[][..], Vec::as_slice);
                    let asked = encoding.encode_question(question, merged.of(question), kinds, circuit);
                    encoding.questions.push(asked);
                }
            }
        }
        encoding
    }

    pub(super) fn question(&self, question: Idx<Question>) -> Option<&EncodedQuestion> {
        self.questions.get(position(question))
    }

    /// Every question, in file order.
    pub(super) fn questions(&self) -> impl Iterator<Item = (Idx<Question>, &EncodedQuestion)> {
        self.questionnaire.questions.iter().map(|(question, _)| question).zip(&self.questions)
    }

    pub(super) fn fact(&self, fact: Idx<Fact>, circuit: &Circuit) -> EncodedTruth {
        let unknown = EncodedTruth { yes: circuit.constant_false(), no: circuit.constant_false() };
        self.facts.get(position(fact)).copied().unwrap_or(unknown)
    }

    /// Whether a condition holds.
    pub(super) fn condition(&self, condition: &Condition, circuit: &mut Circuit) -> EncodedTruth {
        let tables: Vec<EncodedTruth> = condition.tables.iter().map(|table| self.table(table, circuit)).collect();
        let yes = circuit.or(tables.iter().map(|table| table.yes));
        let no = circuit.and(tables.iter().map(|table| table.no));
        EncodedTruth { yes, no }
    }

    /// Whether one table of a condition holds.
    pub(super) fn table(&self, table: &[Test], circuit: &mut Circuit) -> EncodedTruth {
        let tests: Vec<EncodedTruth> = table.iter().map(|test| self.test(test, circuit)).collect();
        let yes = circuit.and(tests.iter().map(|test| test.yes));
        let no = circuit.or(tests.iter().map(|test| test.no));
        EncodedTruth { yes, no }
    }

    /// Whether one test of a condition holds.
    pub(super) fn test(&self, test: &Test, circuit: &mut Circuit) -> EncodedTruth {
        match test {
            Test::Question { question, form } => {
                let unknown = EncodedTruth { yes: circuit.constant_false(), no: circuit.constant_false() };
                self.question(*question).map_or(unknown, |asked| asked.value.test(form, circuit))
            }
            Test::Fact { fact, is } => {
                let fact = self.fact(*fact, circuit);
                match is {
                    FactTest::Holds => fact,
                    FactTest::Fails => EncodedTruth { yes: fact.no, no: fact.yes },
                    FactTest::Known => {
                        EncodedTruth { yes: circuit.or([fact.yes, fact.no]), no: circuit.constant_false() }
                    }
                }
            }
        }
    }

    fn encode_fact(&mut self, fact: Idx<Fact>, circuit: &mut Circuit) {
        let settled = self.condition(&self.questionnaire.facts[fact].when, circuit);
        if let Some(slot) = self.facts.get_mut(position(fact)) {
            *slot = settled;
        }
    }

    fn encode_question(
        &self,
        id: Idx<Question>,
        apart: &[Idx<Choice>],
        numbers: &[Numbers],
        circuit: &mut Circuit,
    ) -> EncodedQuestion {
        let question = &self.questionnaire.questions[id];
        let always = EncodedTruth { yes: circuit.constant_true(), no: circuit.constant_false() };
        let source = question.from().and_then(|from| self.question(from)).map(|source| &source.value);
        let offers = source.map_or(always, |source| source.has_ticks(circuit));
        let gate = self.condition(&question.when, circuit);
        let shown = EncodedTruth { yes: circuit.and([gate.yes, offers.yes]), no: circuit.or([gate.no, offers.no]) };

        let (answered, not_sure) = (circuit.new_literal(), circuit.new_literal());
        circuit.add_clause([!answered, shown.yes]);
        circuit.add_clause([!not_sure, answered]);
        let surely = circuit.and([answered, !not_sure]);
        let given = match &question.kind {
            Kind::One(_) => AnswerLiterals::One(choose_one(apart.iter().copied(), surely, circuit)),
            Kind::Number { .. } => {
                AnswerLiterals::Number(choose_one(numbers.iter().map(|kind| kind.example), surely, circuit))
            }
            Kind::Many { .. } => AnswerLiterals::Many(choose_any(apart, surely, source, circuit)),
        };
        let hidden = question.otherwise.as_ref().map(|otherwise| (shown.no, otherwise));
        let value = encode_value(
            question,
            ShownAnswer { answered, not_sure, surely, given: &given },
            source,
            hidden,
            numbers,
            circuit,
        );
        EncodedQuestion { shown, offers, answered, not_sure, answer: given, value }
    }
}

/// What is answered while a question is shown.
#[derive(Clone, Copy)]
struct ShownAnswer<'a> {
    answered: Lit,
    not_sure: Lit,
    surely: Lit,
    given: &'a AnswerLiterals,
}

/// Exactly one of these, if any is to be chosen.
fn choose_one<T>(of: impl Iterator<Item = T>, chosen: Lit, circuit: &mut Circuit) -> Vec<(T, Lit)> {
    let ways: Vec<(T, Lit)> = of.map(|way| (way, circuit.new_literal())).collect();
    circuit.add_clause(ways.iter().map(|(_, way)| *way).chain([!chosen]));
    let mut before = circuit.constant_false();
    for (_, way) in &ways {
        circuit.add_clause([!*way, chosen]);
        circuit.add_clause([!*way, !before]);
        before = circuit.or([before, *way]);
    }
    ways
}

/// Any of these, each ticked or marked *not sure*, and only what is on offer.
fn choose_any(
    apart: &[Idx<Choice>],
    chosen: Lit,
    source: Option<&EncodedValue>,
    circuit: &mut Circuit,
) -> Vec<(Idx<Choice>, Lit, Lit)> {
    let mut ways = Vec::with_capacity(apart.len());
    for option in apart {
        let offered = source.map_or(circuit.constant_true(), |source| source.option(*option, circuit).0);
        let may = circuit.and([chosen, offered]);
        let (ticked, unsure) = if may == circuit.constant_false() {
            (circuit.constant_false(), circuit.constant_false())
        } else {
            (circuit.new_literal(), circuit.new_literal())
        };
        circuit.add_clause([!ticked, may]);
        circuit.add_clause([!unsure, may]);
        circuit.add_clause([!ticked, !unsure]);
        ways.push((*option, ticked, unsure));
    }
    ways
}

/// What a question counts as: what is answered while it is shown, and what is said of it while it is hidden.
fn encode_value(
    question: &Question,
    shown: ShownAnswer<'_>,
    source: Option<&EncodedValue>,
    hidden: Option<(Lit, &Answer)>,
    numbers: &[Numbers],
    circuit: &mut Circuit,
) -> EncodedValue {
    let never = circuit.constant_false();
    let or_hidden = |lit: Lit, counts: bool, circuit: &mut Circuit| match hidden {
        Some((hidden, _)) if counts => circuit.or([lit, hidden]),
        _ => lit,
    };
    let otherwise = hidden.map(|(_, otherwise)| otherwise);
    let known = or_hidden(shown.answered, true, circuit);
    let not_sure = or_hidden(shown.not_sure, otherwise == Some(&Answer::NotSure), circuit);
    let options = || question.options().into_iter().flat_map(|options| options.iter().map(|(option, _)| option));
    let of = match shown.given {
        AnswerLiterals::One(ways) => {
            let chosen = |option| ways.iter().find(|(way, _)| *way == option).map_or(never, |(_, lit)| *lit);
            let is = |option| matches!(otherwise, Some(Answer::One(other)) if *other == option);
            ValueLiterals::One(options().map(|option| or_hidden(chosen(option), is(option), circuit)).collect())
        }
        AnswerLiterals::Many(ways) => {
            let mut of = vec![(never, never); options().count()];
            for (option, ticked, unsure) in ways {
                if let Some(slot) = of.get_mut(position(*option)) {
                    *slot = (*ticked, *unsure);
                }
            }
            for (option, slot) in options().zip(&mut of) {
                if let Some(source) = source {
                    let doubted = source.option(option, circuit).1;
                    let inherited = circuit.and([shown.surely, doubted]);
                    slot.1 = circuit.or([slot.1, inherited]);
                }
                if let Some(Answer::Many { ticked, unsure }) = otherwise {
                    slot.0 = or_hidden(slot.0, ticked.contains(&option), circuit);
                    slot.1 = or_hidden(slot.1, unsure.contains(&option), circuit);
                }
            }
            ValueLiterals::Many(of)
        }
        AnswerLiterals::Number(ways) => {
            let is = |kind: &Numbers| matches!(otherwise, Some(Answer::Number(other)) if kind.covers(*other));
            let ways = numbers.iter().zip(ways);
            ValueLiterals::Number(ways.map(|(kind, (_, lit))| (*kind, or_hidden(*lit, is(kind), circuit))).collect())
        }
    };
    EncodedValue { known, not_sure, literals: of }
}

impl EncodedValue {
    /// Whether it is what a form asks for.
    fn test(&self, form: &Form, circuit: &mut Circuit) -> EncodedTruth {
        let surely = circuit.and([self.known, !self.not_sure]);
        match (form, &self.literals) {
            (Form::NotSure, _) => EncodedTruth { yes: self.not_sure, no: surely },
            (Form::Any(options), ValueLiterals::One(ways)) => {
                let in_form = |at: usize| options.iter().any(|option| position(*option) == at);
                truth_of_cases(ways.iter().enumerate().map(|(at, way)| (in_form(at), *way)), circuit)
            }
            (Form::Not(option), ValueLiterals::One(ways)) => {
                truth_of_cases(ways.iter().enumerate().map(|(at, way)| (at != position(*option), *way)), circuit)
            }
            (Form::Number(comparison), ValueLiterals::Number(ways)) => {
                truth_of_cases(ways.iter().map(|(kind, way)| (comparison.holds(kind.example), *way)), circuit)
            }
            (form, ValueLiterals::Many(ways)) => {
                let is = test_ticks(form, ways, circuit);
                EncodedTruth { yes: circuit.and([surely, is.yes]), no: circuit.and([surely, is.no]) }
            }
            // A form that its question cannot answer is refused when the file is read.
            (_, ValueLiterals::One(_) | ValueLiterals::Number(_)) => {
                EncodedTruth { yes: circuit.constant_false(), no: circuit.constant_false() }
            }
        }
    }

    /// Whether an option is ticked, and whether it is marked *not sure*.
    fn option(&self, option: Idx<Choice>, circuit: &Circuit) -> (Lit, Lit) {
        let never = (circuit.constant_false(), circuit.constant_false());
        match &self.literals {
            ValueLiterals::Many(ways) => ways.get(position(option)).copied().unwrap_or(never),
            ValueLiterals::One(_) | ValueLiterals::Number(_) => never,
        }
    }

    /// Whether it offers anything to a question that offers its ticks again.
    fn has_ticks(&self, circuit: &mut Circuit) -> EncodedTruth {
        let nothing = self.test(&Form::Nothing, circuit);
        EncodedTruth { yes: nothing.no, no: nothing.yes }
    }

    /// Whether something about it is *not sure*.
    pub(super) fn is_unsure(&self, circuit: &mut Circuit) -> Lit {
        let marks: Vec<Lit> = match &self.literals {
            ValueLiterals::Many(ways) => ways.iter().map(|(_, unsure)| *unsure).collect(),
            ValueLiterals::One(_) | ValueLiterals::Number(_) => Vec::new(),
        };
        let marked = circuit.or(marks);
        let marked = circuit.and([self.known, marked]);
        circuit.or([self.not_sure, marked])
    }
}

impl EncodedQuestion {
    /// Whether something about what it counts as is *not sure*.
    pub(super) fn is_unsure(&self, circuit: &mut Circuit) -> Lit {
        self.value.is_unsure(circuit)
    }
}

/// What holds in some ways and fails in the others.
fn truth_of_cases(ways: impl Iterator<Item = (bool, Lit)>, circuit: &mut Circuit) -> EncodedTruth {
    let (yes, no): (Vec<_>, Vec<_>) = ways.partition(|(holds, _)| *holds);
    let any = |ways: Vec<(bool, Lit)>, circuit: &mut Circuit| circuit.or(ways.into_iter().map(|(_, way)| way));
    EncodedTruth { yes: any(yes, circuit), no: any(no, circuit) }
}

impl Encoding<'_> {
    /// The answers in what was found last.
    pub(super) fn answers_in_model(&self, circuit: &Circuit) -> Answers {
        let mut answers = Answers::new();
        for (question, asked) in self.questions().filter(|(_, asked)| circuit.is_true(asked.answered)) {
            answers.set(question, asked.answer_in_model(circuit));
        }
        answers
    }
}

impl EncodedQuestion {
    fn answer_in_model(&self, circuit: &Circuit) -> Answer {
        if circuit.is_true(self.not_sure) {
            return Answer::NotSure;
        }
        match &self.answer {
            AnswerLiterals::One(ways) => {
                let chosen = ways.iter().find(|(_, way)| circuit.is_true(*way));
                chosen.map_or(Answer::NotSure, |(option, _)| Answer::One(*option))
            }
            AnswerLiterals::Number(ways) => {
                let chosen = ways.iter().find(|(_, way)| circuit.is_true(*way));
                chosen.map_or(Answer::NotSure, |(number, _)| Answer::Number(*number))
            }
            AnswerLiterals::Many(ways) => Answer::Many {
                ticked: ways
                    .iter()
                    .filter(|(_, ticked, _)| circuit.is_true(*ticked))
                    .map(|(option, ..)| *option)
                    .collect(),
                unsure: ways
                    .iter()
                    .filter(|(.., unsure)| circuit.is_true(*unsure))
                    .map(|(option, ..)| *option)
                    .collect(),
            },
        }
    }
}
