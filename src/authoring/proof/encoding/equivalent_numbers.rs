//! Numbers with the same effect: what proves something about one proves it about all of its kind.

use std::collections::BTreeMap;

use la_arena::Idx;

use crate::questionnaire::{Form, Kind as Answers, Question, Questionnaire, Test};

/// Numbers that no condition tells apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::authoring::proof) struct NumberClass {
    low: f64,
    high: f64,
    /// One of them, a whole one if there is any.
    pub(in crate::authoring::proof) example: f64,
}

impl NumberClass {
    /// Whether a number is of this kind. What lies between two kinds' ends belongs to one of them only.
    pub(in crate::authoring::proof) fn covers(&self, number: f64) -> bool {
        if self.is_point() { (self.low..=self.high).contains(&number) } else { self.low < number && number < self.high }
    }

    fn is_point(&self) -> bool {
        self.high <= self.low
    }
}

/// The kinds of numbers that can be answered to each question.
pub(in crate::authoring::proof) fn number_classes(
    questionnaire: &Questionnaire,
) -> BTreeMap<Idx<Question>, Vec<NumberClass>> {
    let mut ends: BTreeMap<Idx<Question>, Vec<f64>> = BTreeMap::new();
    for (id, question) in questionnaire.questions.iter() {
        if let Answers::Number { min, max } = question.kind {
            ends.insert(id, vec![min, max]);
        }
    }
    for test in questionnaire.conditions().flat_map(|(_, condition)| condition.tests()) {
        if let Test::Question { question, form: Form::Number(comparison) } = test
            && let Some(ends) = ends.get_mut(question)
        {
            ends.extend(comparison.bounds());
        }
    }
    ends.into_iter().map(|(id, ends)| (id, classes_between(ends))).collect()
}

/// Every end is a kind of its own, and so is what lies between two. The first two are what the question takes.
fn classes_between(mut ends: Vec<f64>) -> Vec<NumberClass> {
    let (Some(min), Some(max)) = (ends.first().copied(), ends.get(1).copied()) else { return Vec::new() };
    ends.retain(|end| (min..=max).contains(end));
    ends.sort_by(f64::total_cmp);
    ends.dedup();
    let points = ends.iter().map(|end| NumberClass { low: *end, high: *end, example: *end });
    let gaps = ends.windows(2).filter_map(|pair| match pair {
        [low, high] => Some(NumberClass { low: *low, high: *high, example: example_between(*low, *high)? }),
        _ => None,
    });
    points.chain(gaps).collect()
}

/// A number between two, a whole one if there is any; `None` when nothing fits between them.
fn example_between(low: f64, high: f64) -> Option<f64> {
    let whole = low.floor() + 1.0;
    let example = if whole < high { whole } else { low.midpoint(high) };
    (low < example && example < high).then_some(example)
}
