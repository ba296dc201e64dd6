//! Numbers that no condition tells apart: the search needs only one number of each class.

use std::collections::BTreeMap;

use la_arena::Idx;

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
    let mut ends: BTreeMap<Idx<Question>, Vec<f64>> = BTreeMap::new();
    for (id, question) in questionnaire.questions.iter() {
        if let Kind::Number { min, max } = question.kind {
            ends.insert(id, vec![min, max]);
        }
    }
    for test in questionnaire.conditions().flat_map(|(_, condition)| condition.tests()) {
        if let Test::Question { question, form: Form::Number(comparison) } = test
            && let Some(ends) = ends.get_mut(question)
        {
            // Those outside what the question accepts are refused when the file is read.
            ends.extend(Interval::from(*comparison).ends());
        }
    }
    ends.into_iter().map(|(id, ends)| (id, classes_between(ends))).collect()
}

/// Every end is a class by itself, and so are the numbers between two neighboring ends.
fn classes_between(mut ends: Vec<f64>) -> Vec<NumberClass> {
    ends.sort_by(f64::total_cmp);
    ends.dedup();
    let points = ends.iter().map(|end| NumberClass { interval: Comparison::Equal(*end).into(), example: *end });
    let gaps = ends.windows(2).filter_map(|pair| match pair {
        [low, high] => Some(NumberClass {
            interval: Interval::strictly_between(*low, *high)?,
            example: example_between(*low, *high)?,
        }),
        _ => None,
    });
    points.chain(gaps).collect()
}

/// A number between two, a whole one if there is any; `None` when no floating-point number lies between them.
fn example_between(low: f64, high: f64) -> Option<f64> {
    let whole = low.floor() + 1.0;
    let example = if whole < high { whole } else { low.midpoint(high) };
    (low < example && example < high).then_some(example)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ends: &[f64], examples: &[f64]) {
        let classes = classes_between(ends.to_vec());
        assert_eq!(classes.iter().map(|class| class.example).collect::<Vec<_>>(), examples);
        assert!(classes.iter().all(|class| class.interval.contains(class.example)), "{classes:?}");
    }

    #[test]
    fn the_ends_of_comparisons_and_the_numbers_between_them_are_told_apart() {
        check(&[0.0, 120.0, 40.0, 40.0], &[0.0, 40.0, 120.0, 1.0, 41.0]);
    }

    #[test]
    fn between_neighboring_whole_numbers_the_example_is_a_fraction() {
        check(&[2.0, 3.0], &[2.0, 3.0, 2.5]);
    }

    #[test]
    fn where_no_number_lies_between_two_ends_there_is_no_class() {
        check(&[1.0, 1.0_f64.next_up()], &[1.0, 1.0_f64.next_up()]);
    }
}
