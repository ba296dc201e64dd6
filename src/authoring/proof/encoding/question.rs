//! A question as a circuit: what can be answered to it, and what conditions see of that.

use batsat::Lit;
use la_arena::{Arena, Idx};

use crate::authoring::proof::circuit::Circuit;
use crate::authoring::proof::encoding::equivalent_numbers::NumberClass;
use crate::authoring::proof::encoding::ticks::test_ticks;
use crate::authoring::proof::encoding::{EncodedTruth, Encoding};
use crate::questionnaire::{Answer, Choice, Form, Kind, Question, position};

/// A question, with literals for all its possible answers.
pub(in crate::authoring::proof) struct EncodedQuestion {
    pub(in crate::authoring::proof) shown: EncodedTruth,
    /// Whether an option is ticked in the question that this one takes its options from; *yes* where it takes none.
    pub(in crate::authoring::proof) has_options: EncodedTruth,
    /// Whether it has an answer. Only a shown question has one.
    pub(in crate::authoring::proof) answered: Lit,
    /// Whether that answer is *not sure*.
    not_sure: Lit,
    answer: AnswerLiterals,
    value: EncodedValue,
}

/// A literal for each possible answer other than *not sure*; of equivalent answers, only for some.
enum AnswerLiterals {
    One(Vec<(Idx<Choice>, Lit)>),
    Many(Vec<(Idx<Choice>, OptionLiterals)>),
    Number(Vec<(NumberClass, Lit)>),
}

/// Whether an option is ticked, and whether it is marked *not sure*. At most one of these is true.
#[derive(Debug, Clone, Copy)]
pub(super) struct OptionLiterals {
    pub(super) ticked: Lit,
    pub(super) unsure: Lit,
}

/// What conditions see of a question: its answer while it is shown, and its `otherwise` while it is hidden for certain.
struct EncodedValue {
    known: Lit,
    not_sure: Lit,
    literals: ValueLiterals,
}

/// The value of a question other than *not sure*. Options are in the order of the file.
enum ValueLiterals {
    One(Vec<Lit>),
    Many(Vec<OptionLiterals>),
    Number(Vec<(NumberClass, Lit)>),
}

impl EncodedQuestion {
    /// Encodes a question, after every question and fact that it depends on.
    pub(super) fn new(
        encoding: &Encoding<'_>,
        question: &Question,
        options: &[Idx<Choice>],
        numbers: &[NumberClass],
        circuit: &mut Circuit,
    ) -> EncodedQuestion {
        let source = question.from().and_then(|from| encoding.question(from));
        let has_options = match source {
            Some(source) => {
                let has_ticks = !source.value.test(&Form::Nothing, circuit);
                // Without an `otherwise` it has no value while it is hidden for certain: then nothing is on offer.
                let is_without =
                    question.from().is_some_and(|from| encoding.questionnaire.questions[from].otherwise.is_none());
                let hidden = if is_without { source.shown.no } else { circuit.constant_false() };
                EncodedTruth { no: circuit.or([has_ticks.no, hidden]), ..has_ticks }
            }
            None => EncodedTruth::always(circuit),
        };
        let source = source.map(|source| &source.value);
        let gate = encoding.condition(&question.when, circuit);
        let shown = EncodedTruth::all(&[gate, has_options], circuit);

        let (answered, not_sure) = (circuit.new_literal(), circuit.new_literal());
        circuit.add_clause([!answered, shown.yes]);
        circuit.add_clause([!not_sure, answered]);
        let is_sure = circuit.and([answered, !not_sure]);
        let answer = match &question.kind {
            Kind::One(_) => AnswerLiterals::One(exactly_one(options, is_sure, circuit)),
            Kind::Number { .. } => AnswerLiterals::Number(exactly_one(numbers, is_sure, circuit)),
            Kind::Many { .. } => AnswerLiterals::Many(any_number(options, is_sure, source, circuit)),
        };

        let literals = answer.by_position(question, circuit);
        let mut value = EncodedValue { known: answered, not_sure, literals };
        if let Some(source) = source {
            value.inherit_doubts(source, is_sure, circuit);
        }
        if let Some(otherwise) = &question.otherwise {
            value.add_otherwise(otherwise, shown.no, circuit);
        }
        EncodedQuestion { shown, has_options, answered, not_sure, answer, value }
    }

    pub(super) fn test(&self, form: &Form, circuit: &mut Circuit) -> EncodedTruth {
        self.value.test(form, circuit)
    }

    /// Whether its value is *not sure*, as a whole or in part.
    pub(super) fn is_unsure(&self, circuit: &mut Circuit) -> Lit {
        let marks: Vec<Lit> = match &self.value.literals {
            ValueLiterals::Many(options) => options.iter().map(|option| option.unsure).collect(),
            ValueLiterals::One(_) | ValueLiterals::Number(_) => Vec::new(),
        };
        let marked = circuit.or(marks);
        let marked = circuit.and([self.value.known, marked]);
        circuit.or([self.value.not_sure, marked])
    }

    /// The answer in the model that the solver found last.
    pub(super) fn answer_in_model(&self, circuit: &Circuit) -> Answer {
        if circuit.is_true(self.not_sure) {
            return Answer::NotSure;
        }
        match &self.answer {
            AnswerLiterals::One(options) => {
                let chosen = options.iter().find(|(_, chosen)| circuit.is_true(*chosen));
                chosen.map_or(Answer::NotSure, |(option, _)| Answer::One(*option))
            }
            AnswerLiterals::Number(classes) => {
                let chosen = classes.iter().find(|(_, chosen)| circuit.is_true(*chosen));
                chosen.map_or(Answer::NotSure, |(class, _)| Answer::Number(class.example))
            }
            AnswerLiterals::Many(options) => {
                let options_with = |literal: fn(&OptionLiterals) -> Lit| {
                    let with = options.iter().filter(|(_, literals)| circuit.is_true(literal(literals)));
                    with.map(|(option, _)| *option).collect()
                };
                Answer::Many {
                    ticked: options_with(|option| option.ticked),
                    unsure: options_with(|option| option.unsure),
                }
            }
        }
    }
}

/// A literal for each item: exactly one of them is true if `is_chosen` is, and otherwise none.
fn exactly_one<T: Copy>(items: &[T], is_chosen: Lit, circuit: &mut Circuit) -> Vec<(T, Lit)> {
    let choices: Vec<(T, Lit)> = items.iter().map(|item| (*item, circuit.new_literal())).collect();
    circuit.add_clause(choices.iter().map(|(_, choice)| *choice).chain([!is_chosen]));
    let mut earlier = circuit.constant_false();
    for (_, choice) in &choices {
        circuit.add_clause([!*choice, is_chosen]);
        circuit.add_clause([!*choice, !earlier]);
        earlier = circuit.or([earlier, *choice]);
    }
    choices
}

/// Literals for each option, which may be true only if `is_chosen` is, and if the option is ticked in the question that
/// the options are taken from.
fn any_number(
    options: &[Idx<Choice>],
    is_chosen: Lit,
    source: Option<&EncodedValue>,
    circuit: &mut Circuit,
) -> Vec<(Idx<Choice>, OptionLiterals)> {
    let mut choices = Vec::with_capacity(options.len());
    for option in options {
        let offered = source.map_or(circuit.constant_true(), |source| source.option(*option, circuit).ticked);
        let is_allowed = circuit.and([is_chosen, offered]);
        let literals = if is_allowed == circuit.constant_false() {
            OptionLiterals::never(circuit)
        } else {
            OptionLiterals { ticked: circuit.new_literal(), unsure: circuit.new_literal() }
        };
        circuit.add_clause([!literals.ticked, is_allowed]);
        circuit.add_clause([!literals.unsure, is_allowed]);
        circuit.add_clause([!literals.ticked, !literals.unsure]);
        choices.push((*option, literals));
    }
    choices
}

impl AnswerLiterals {
    /// The literals of all options in the order of the file, those without one as constants.
    fn by_position(&self, question: &Question, circuit: &Circuit) -> ValueLiterals {
        let options = question.options().map_or(0, Arena::len);
        match self {
            AnswerLiterals::One(chosen) => {
                ValueLiterals::One(in_positions(chosen, vec![circuit.constant_false(); options]))
            }
            AnswerLiterals::Many(marked) => {
                ValueLiterals::Many(in_positions(marked, vec![OptionLiterals::never(circuit); options]))
            }
            AnswerLiterals::Number(classes) => ValueLiterals::Number(classes.clone()),
        }
    }
}

fn in_positions<T: Copy>(options: &[(Idx<Choice>, T)], mut all: Vec<T>) -> Vec<T> {
    for (option, literals) in options {
        if let Some(slot) = all.get_mut(position(*option)) {
            *slot = *literals;
        }
    }
    all
}

impl OptionLiterals {
    fn never(circuit: &Circuit) -> OptionLiterals {
        OptionLiterals { ticked: circuit.constant_false(), unsure: circuit.constant_false() }
    }
}

impl EncodedValue {
    /// Whether an option is offered is as unsure as its tick in the question that the options are taken from.
    fn inherit_doubts(&mut self, source: &EncodedValue, is_sure: Lit, circuit: &mut Circuit) {
        if let (ValueLiterals::Many(options), ValueLiterals::Many(offered)) = (&mut self.literals, &source.literals) {
            for (option, offered) in options.iter_mut().zip(offered) {
                let inherited = circuit.and([is_sure, offered.unsure]);
                option.unsure = circuit.or([option.unsure, inherited]);
            }
        }
    }

    /// While the question is hidden for certain, it has this value.
    fn add_otherwise(&mut self, otherwise: &Answer, hidden: Lit, circuit: &mut Circuit) {
        let mut add = |literal: &mut Lit| *literal = circuit.or([*literal, hidden]);
        add(&mut self.known);
        match (otherwise, &mut self.literals) {
            (Answer::NotSure, _) => add(&mut self.not_sure),
            (Answer::One(option), ValueLiterals::One(options)) => options.get_mut(position(*option)).map_or((), add),
            (Answer::Many { ticked, unsure }, ValueLiterals::Many(options)) => {
                for (at, option) in options.iter_mut().enumerate() {
                    if ticked.iter().any(|ticked| position(ticked) == at) {
                        add(&mut option.ticked);
                    }
                    if unsure.iter().any(|unsure| position(unsure) == at) {
                        add(&mut option.unsure);
                    }
                }
            }
            (Answer::Number(number), ValueLiterals::Number(classes)) => {
                classes.iter_mut().filter(|(class, _)| class.interval.contains(*number)).for_each(|(_, lit)| add(lit));
            }
            // An answer of another kind is refused when the file is read.
            (Answer::One(_) | Answer::Many { .. } | Answer::Number(_), _) => {}
        }
    }

    fn test(&self, form: &Form, circuit: &mut Circuit) -> EncodedTruth {
        // Of a question with thousands of options or numbers, each test takes thousands of literals.
        if circuit.is_stopped() {
            return EncodedTruth::open(circuit);
        }
        let is_sure = circuit.and([self.known, !self.not_sure]);
        match (form, &self.literals) {
            (Form::NotSure, _) => EncodedTruth { yes: self.not_sure, no: is_sure },
            (Form::Any(named), ValueLiterals::One(options)) => {
                let is_named = |at: usize| named.iter().any(|option| position(*option) == at);
                truth_by_case(options.iter().enumerate().map(|(at, chosen)| (is_named(at), *chosen)), circuit)
            }
            (Form::Not(named), ValueLiterals::One(options)) => {
                let cases = options.iter().enumerate().map(|(at, chosen)| (at != position(*named), *chosen));
                truth_by_case(cases, circuit)
            }
            (Form::Number(comparison), ValueLiterals::Number(classes)) => {
                let cases = classes.iter().map(|(class, chosen)| (comparison.holds(class.example), *chosen));
                truth_by_case(cases, circuit)
            }
            (form, ValueLiterals::Many(options)) => {
                let truth = test_ticks(form, options, circuit);
                EncodedTruth { yes: circuit.and([is_sure, truth.yes]), no: circuit.and([is_sure, truth.no]) }
            }
            // A form that does not fit the kind of its question is refused when the file is read.
            (_, ValueLiterals::One(_) | ValueLiterals::Number(_)) => EncodedTruth::open(circuit),
        }
    }

    fn option(&self, option: Idx<Choice>, circuit: &Circuit) -> OptionLiterals {
        let options = match &self.literals {
            ValueLiterals::Many(options) => options.as_slice(),
            ValueLiterals::One(_) | ValueLiterals::Number(_) => &[],
        };
        options.get(position(option)).copied().unwrap_or(OptionLiterals::never(circuit))
    }
}

/// *Yes* in the cases that are marked so, *no* in the others, and open when none is true.
fn truth_by_case(cases: impl Iterator<Item = (bool, Lit)>, circuit: &mut Circuit) -> EncodedTruth {
    let (yes, no): (Vec<_>, Vec<_>) = cases.partition(|(is_yes, _)| *is_yes);
    let any = |cases: Vec<(bool, Lit)>, circuit: &mut Circuit| circuit.or(cases.into_iter().map(|(_, case)| case));
    EncodedTruth { yes: any(yes, circuit), no: any(no, circuit) }
}
