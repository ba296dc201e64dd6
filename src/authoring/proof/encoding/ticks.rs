//! Tests of ticks, where an option may also be marked *not sure*.

use std::ops::RangeInclusive;

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::circuit::Circuit;
use crate::authoring::proof::encoding::EncodedTruth;
use crate::authoring::proof::encoding::question::OptionLiterals;
use crate::questionnaire::{Choice, Comparison, Form, Interval, position};

/// Whether ticks are what a form asks for.
pub(super) fn test_ticks(form: &Form, options: &[OptionLiterals], circuit: &mut Circuit) -> EncodedTruth {
    let named = |named: &[Idx<Choice>]| -> Vec<OptionLiterals> {
        named.iter().filter_map(|option| options.get(position(*option)).copied()).collect()
    };
    match form {
        Form::Any(options) => {
            let options = is_ticked(&named(options), circuit);
            EncodedTruth::any(&options, circuit)
        }
        Form::All(options) => {
            let options = is_ticked(&named(options), circuit);
            EncodedTruth::all(&options, circuit)
        }
        Form::Not(option) => none_ticked(&named(std::slice::from_ref(option)), circuit),
        Form::Nothing => none_ticked(options, circuit),
        Form::Count { of: Some(options), count } => test_count(*count, &named(options), circuit),
        Form::Count { of: None, count } => test_count(*count, options, circuit),
        Form::NotSure | Form::Number(_) => EncodedTruth::open(circuit),
    }
}

/// Of each option, whether it is ticked: open while it is marked *not sure*.
fn is_ticked(options: &[OptionLiterals], circuit: &mut Circuit) -> Vec<EncodedTruth> {
    let is_ticked = |option: &OptionLiterals| EncodedTruth {
        yes: option.ticked,
        no: circuit.and([!option.ticked, !option.unsure]),
    };
    options.iter().map(is_ticked).collect()
}

fn none_ticked(options: &[OptionLiterals], circuit: &mut Circuit) -> EncodedTruth {
    let not_ticked: Vec<_> = is_ticked(options, circuit).into_iter().map(|truth| !truth).collect();
    EncodedTruth::all(&not_ticked, circuit)
}

/// Whether the number of ticks compares so. An option that is marked *not sure* may be ticked or not.
fn test_count(count: Comparison, options: &[OptionLiterals], circuit: &mut Circuit) -> EncodedTruth {
    let Some((least, most)) = Interval::from(count).counts(options.len()).map(RangeInclusive::into_inner) else {
        return !EncodedTruth::always(circuit);
    };
    let is_limited = most < options.len();
    let limit = if is_limited { most } else { least } + 1;
    let ticked: Vec<Lit> = options.iter().map(|option| option.ticked).collect();
    let possible: Vec<Lit> = options.iter().map(|option| circuit.or([option.ticked, option.unsure])).collect();
    let (ticked, possible) = (circuit.totalizer(&ticked, limit), circuit.totalizer(&possible, limit));
    let at_least = |totals: &[Lit], wanted: usize, circuit: &Circuit| match wanted.checked_sub(1) {
        None => circuit.constant_true(),
        Some(at) => totals.get(at).copied().unwrap_or(circuit.constant_false()),
    };
    let enough = at_least(&ticked, least, circuit);
    let could_be_enough = at_least(&possible, least, circuit);
    let too_many = at_least(&ticked, most + 1, circuit);
    let could_be_too_many = at_least(&possible, most + 1, circuit);
    EncodedTruth { yes: circuit.and([enough, !could_be_too_many]), no: circuit.or([!could_be_enough, too_many]) }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::engine::evaluation::holds;
    use crate::questionnaire::{Answer, Truth, index};

    const OPTIONS: usize = 3;

    /// Every answer to a question with three options, each of which is ticked, marked *not sure*, or neither.
    fn every_answer() -> impl Iterator<Item = Answer> {
        (0..27).map(|number| {
            let marks = [number % 3, number / 3 % 3, number / 9];
            let with = |mark: usize| (0..OPTIONS).filter(|at| marks[*at] == mark).map(index).collect();
            Answer::Many { ticked: with(1), unsure: with(2) }
        })
    }

    /// The circuit gives a form the truth value that the engine gives it, for every answer.
    #[track_caller]
    fn check(form: &Form) {
        for answer in every_answer() {
            let Answer::Many { ticked, unsure } = &answer else { panic!("{answer:?}") };
            let mut circuit = Circuit::new(Arc::new(|| false));
            let literal = |is_true: bool| if is_true { circuit.constant_true() } else { circuit.constant_false() };
            let options: Vec<OptionLiterals> = (0..OPTIONS)
                .map(index)
                .map(|option| OptionLiterals {
                    ticked: literal(ticked.contains(&option)),
                    unsure: literal(unsure.contains(&option)),
                })
                .collect();
            let truth = test_ticks(form, &options, &mut circuit);
            let expected = match holds(form, &answer) {
                Truth::Yes => EncodedTruth::always(&circuit),
                Truth::No => !EncodedTruth::always(&circuit),
                Truth::Open => EncodedTruth::open(&circuit),
            };
            assert_eq!(truth, expected, "{form:?} and {answer:?}");
        }
    }

    #[test]
    fn named_options_are_tested_as_the_engine_tests_them() {
        check(&Form::Any([0, 2].map(index).into_iter().collect()));
        check(&Form::All([0, 2].map(index).into_iter().collect()));
        check(&Form::Not(index(1)));
        check(&Form::Nothing);
    }

    #[test]
    fn counts_are_tested_as_the_engine_tests_them() {
        let counts = [
            Comparison::AtLeast(2.0),
            Comparison::Above(3.0),
            Comparison::AtMost(1.0),
            Comparison::Below(0.0),
            Comparison::Equal(0.0),
            Comparison::Equal(3.0),
            Comparison::Between(1.0, 2.0),
        ];
        for count in counts {
            check(&Form::Count { of: None, count });
            check(&Form::Count { of: Some([0, 1].map(index).into_iter().collect()), count });
        }
    }
}
