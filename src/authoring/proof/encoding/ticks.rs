//! What forms make of ticks, and of options that are marked *not sure*.

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::circuit::Circuit;
use crate::authoring::proof::encoding::EncodedTruth;
use crate::questionnaire::{Choice, Comparison, Form, position};

/// What a form makes of ticks and marks.
pub(in crate::authoring::proof) fn test_ticks(form: &Form, ways: &[(Lit, Lit)], circuit: &mut Circuit) -> EncodedTruth {
    let of = |options: &[Idx<Choice>]| -> Vec<(Lit, Lit)> {
        options.iter().filter_map(|option| ways.get(position(*option)).copied()).collect()
    };
    let yes = |(ticked, _): &(Lit, Lit)| *ticked;
    let neither = |(ticked, unsure): &(Lit, Lit), circuit: &mut Circuit| circuit.and([!*ticked, !*unsure]);
    match form {
        Form::Any(options) => {
            let ways = of(options);
            let none: Vec<Lit> = ways.iter().map(|way| neither(way, circuit)).collect();
            EncodedTruth { yes: circuit.or(ways.iter().map(yes)), no: circuit.and(none) }
        }
        Form::Not(option) => {
            let ways = of(std::slice::from_ref(option));
            let none: Vec<Lit> = ways.iter().map(|way| neither(way, circuit)).collect();
            EncodedTruth { yes: circuit.and(none), no: circuit.or(ways.iter().map(yes)) }
        }
        Form::All(options) => {
            let ways = of(options);
            let none: Vec<Lit> = ways.iter().map(|way| neither(way, circuit)).collect();
            EncodedTruth { yes: circuit.and(ways.iter().map(yes)), no: circuit.or(none) }
        }
        Form::Count { of: Some(options), count } => test_count(*count, &of(options), circuit),
        Form::Count { of: None, count } => test_count(*count, ways, circuit),
        Form::Nothing => {
            let none: Vec<Lit> = ways.iter().map(|way| neither(way, circuit)).collect();
            EncodedTruth { yes: circuit.and(none), no: circuit.or(ways.iter().map(yes)) }
        }
        Form::NotSure | Form::Number(_) => EncodedTruth { yes: circuit.constant_false(), no: circuit.constant_false() },
    }
}

/// So many are ticked. What is marked may count or not.
fn test_count(count: Comparison, ways: &[(Lit, Lit)], circuit: &mut Circuit) -> EncodedTruth {
    let Some((least, most)) = whole_numbers(count) else {
        return EncodedTruth { yes: circuit.constant_false(), no: circuit.constant_true() };
    };
    let further = most.unwrap_or(least).saturating_add(1);
    let ticked: Vec<Lit> = ways.iter().map(|(ticked, _)| *ticked).collect();
    let possible: Vec<Lit> = ways.iter().map(|(ticked, unsure)| circuit.or([*ticked, *unsure])).collect();
    let (ticked, possible) = (circuit.totalizer(&ticked, further), circuit.totalizer(&possible, further));
    let reaches = |counts: &[Lit], wanted: usize, circuit: &Circuit| match wanted.checked_sub(1) {
        None => circuit.constant_true(),
        Some(at) => counts.get(at).copied().unwrap_or(circuit.constant_false()),
    };
    let enough = reaches(&ticked, least, circuit);
    let could_be_enough = reaches(&possible, least, circuit);
    let (too_many, could_be_too_many) = match most {
        None => (circuit.constant_false(), circuit.constant_false()),
        Some(most) => (reaches(&ticked, most + 1, circuit), reaches(&possible, most + 1, circuit)),
    };
    EncodedTruth { yes: circuit.and([enough, !could_be_too_many]), no: circuit.or([!could_be_enough, too_many]) }
}

/// The least and the most that compare so, of all whole numbers from 0; the most is `None` where there is none. `None`
/// when no whole number does.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is clamped, and far above any count")]
pub(in crate::authoring::proof) fn whole_numbers(count: Comparison) -> Option<(usize, Option<usize>)> {
    const FAR: f64 = 1e9;
    let whole = |number: f64| number.clamp(0.0, FAR) as usize;
    let (least, most) = match count {
        Comparison::AtLeast(bound) => (bound.ceil(), None),
        Comparison::Above(bound) => (bound.floor() + 1.0, None),
        Comparison::AtMost(bound) => (0.0, Some(bound.floor())),
        Comparison::Below(bound) => (0.0, Some(bound.ceil() - 1.0)),
        Comparison::Equal(bound) => (bound.ceil(), Some(bound.floor())),
        Comparison::Between(low, high) => (low.ceil(), Some(high.floor())),
    };
    if most.is_some_and(|most| most < least.max(0.0)) {
        return None;
    }
    Some((whole(least), most.map(whole)))
}
