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
