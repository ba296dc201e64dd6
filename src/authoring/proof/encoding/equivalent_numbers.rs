//! Numbers that no condition tells apart: the search needs only one number of each class.

use std::collections::BTreeMap;

use la_arena::Idx;

use crate::questionnaire::has_decimals;
use crate::questionnaire::{Comparison, Form, Interval, Kind, Question, Questionnaire, Test};

/// Numbers that no condition tells apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::authoring::proof) struct NumberClass {
    pub(in crate::authoring::proof) interval: Interval,
    /// One of them, a whole one if there is any.
    pub(in crate::authoring::proof) example: f64,
}

/// The classes of the numbers that each number question accepts.
pub(in crate::authoring::proof) fn number_classes(
    questionnaire: &Questionnaire,
) -> BTreeMap<Idx<Question>, Vec<NumberClass>> {
    let mut ends: BTreeMap<Idx<Question>, (Vec<f64>, u8)> = BTreeMap::new();
    for (id, question) in questionnaire.questions.iter() {
        if let Kind::Number { min, max, decimals } = question.kind {
            ends.insert(id, (vec![min, max], decimals));
        }
    }
    for test in questionnaire.conditions().flat_map(|(_, condition)| condition.tests()) {
        if let Test::Question { question, form: Form::Number(comparison) } = test
            && let Some((ends, _)) = ends.get_mut(question)
        {
            // Those outside what the question accepts are refused when the file is read.
            ends.extend(Interval::from(*comparison).ends());
        }
    }
    ends.into_iter().map(|(id, (ends, decimals))| (id, classes_between(ends, decimals))).collect()
}

/// Every end is a class by itself, and so are the numbers between two neighboring ends, as far as numbers with so many
/// decimals exist there.
fn classes_between(mut ends: Vec<f64>, decimals: u8) -> Vec<NumberClass> {
    ends.sort_by(f64::total_cmp);
    ends.dedup();
    let points = ends
        .iter()
        .filter(|end| has_decimals(**end, decimals))
        .map(|end| NumberClass { interval: Comparison::Equal(*end).into(), example: *end });
    let gaps = ends.windows(2).filter_map(|pair| match pair {
        [low, high] => Some(NumberClass {
            interval: Interval::strictly_between(*low, *high)?,
            example: example_between(*low, *high, decimals)?,
        }),
        _ => None,
    });
    points.chain(gaps).collect()
}

/// The first number between two with as few decimals as possible; `None` when there is none with at most so many.
fn example_between(low: f64, high: f64, decimals: u8) -> Option<f64> {
    let first_above = |decimals: u8| {
        let scale = 10_f64.powi(i32::from(decimals));
        ((low * scale).floor() + 1.0) / scale
    };
    (0..=decimals).map(first_above).find(|example| low < *example && *example < high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ends: &[f64], decimals: u8, examples: &[f64]) {
        let classes = classes_between(ends.to_vec(), decimals);
        assert_eq!(classes.iter().map(|class| class.example).collect::<Vec<_>>(), examples);
        assert!(classes.iter().all(|class| class.interval.contains(class.example)), "{classes:?}");
    }

    #[test]
    fn the_ends_of_comparisons_and_the_numbers_between_them_are_told_apart() {
        check(&[0.0, 120.0, 40.0, 40.0], 0, &[0.0, 40.0, 120.0, 1.0, 41.0]);
    }

    #[test]
    fn between_neighboring_whole_numbers_there_is_a_class_only_where_decimals_are_taken() {
        check(&[2.0, 3.0], 0, &[2.0, 3.0]);
        check(&[2.0, 3.0], 1, &[2.0, 3.0, 2.1]);
    }

    #[test]
    fn a_comparison_with_a_number_that_nobody_can_give_is_no_class() {
        check(&[2.0, 2.5, 4.0], 0, &[2.0, 4.0, 3.0]);
    }
}
