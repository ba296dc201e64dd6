//! Options that no condition tells apart: the search needs only a few of each class.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use la_arena::{Arena, Idx};

use crate::questionnaire::{Choice, Comparison, Form, Interval, Kind, Question, Questionnaire, Test};

/// The options of each question that the search needs. Of every class of options that no condition tells apart, these are
/// the first one, or as many as conditions count.
pub(in crate::authoring::proof) fn distinct_options(
    questionnaire: &Questionnaire,
) -> BTreeMap<Idx<Question>, Vec<Idx<Choice>>> {
    let mut forms: BTreeMap<Idx<Question>, Vec<&Form>> = BTreeMap::new();
    for test in questionnaire.conditions().flat_map(|(_, condition)| condition.tests()) {
        if let Test::Question { question, form } = test {
            forms.entry(questionnaire.owner_of_options(*question)).or_default().push(form);
        }
    }
    let distinct = questionnaire.questions.iter().filter_map(|(id, question)| {
        let forms = forms.get(&questionnaire.owner_of_options(id)).map_or(&[][..], Vec::as_slice);
        let options = question.options()?;
        let of_each_class = match question.kind {
            Kind::Many { .. } => most_counted(forms, options.len()),
            Kind::One(_) | Kind::Number { .. } => 1,
        };
        Some((id, first_of_each_class(options, forms, of_each_class)))
    });
    distinct.collect()
}

fn first_of_each_class(options: &Arena<Choice>, forms: &[&Form], of_each_class: usize) -> Vec<Idx<Choice>> {
    // A class is given by the forms that name its options.
    let mut named_in: BTreeMap<Idx<Choice>, Vec<usize>> = BTreeMap::new();
    for (at, form) in forms.iter().enumerate() {
        for option in form.options() {
            named_in.entry(*option).or_default().push(at);
        }
    }
    // Where named options are counted, each of them makes a difference.
    let counting = forms.iter().filter(|form| matches!(form, Form::All(_) | Form::Count { .. }));
    let counted: BTreeSet<&Idx<Choice>> = counting.flat_map(|form| form.options()).collect();
    let mut seen: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    let is_needed = |option: &Idx<Choice>| {
        let before = seen.entry(named_in.remove(option).unwrap_or_default()).or_default();
        *before += 1;
        *before <= of_each_class || counted.contains(option)
    };
    options.iter().map(|(option, _)| option).filter(is_needed).collect()
}

/// How many ticks among all options make a difference.
fn most_counted(forms: &[&Form], options: usize) -> usize {
    let limits = forms.iter().map(|form| match form {
        Form::Count { of: None, count } => last_to_differ(*count, options),
        Form::Count { .. } | Form::Any(_) | Form::Not(_) | Form::All(_) | Form::Number(_) => 1,
        Form::Nothing | Form::NotSure => 1,
    });
    limits.max().unwrap_or(1)
}

/// From this count on, more makes no difference.
fn last_to_differ(count: Comparison, options: usize) -> usize {
    match Interval::from(count).counts(options).map(RangeInclusive::into_inner) {
        Some((_, most)) if most < options => most + 1,
        Some((least, _)) => least.max(1),
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::parse;

    /// Which of the options `a` to `d` of a question the search needs, given an alarm for each condition on it.
    #[track_caller]
    fn check(kind: &str, conditions: &[&str], expected: &[&str]) {
        let options = ["a", "b", "c", "d"].map(|id| format!("{{ id = \"{id}\", say = \"{id}\" }}")).join(", ");
        let alarms = conditions.iter().enumerate().map(|(at, condition)| {
            format!("{{ id = \"alarm{at}\", when = {{ q = {condition} }}, urgency = \"now\", say = \"Go.\" }}")
        });
        let alarms = alarms.collect::<Vec<_>>().join(", ");
        let file = format!(
            "format = 1\ntitle = \"T\"\nurgency = [{{ id = \"now\", say = \"Now.\" }}]\nalarm = [{alarms}]\n\
             question = [{{ id = \"q\", ask = \"Q?\", kind = \"{kind}\", options = [{options}] }}]\n"
        );
        let questionnaire = parse(file.as_bytes()).unwrap_or_else(|problems| panic!("{problems:#?}"));
        let question = questionnaire.question("q").expect("the question");
        let arena = questionnaire.questions[question].options().expect("options");
        let distinct: Vec<_> =
            distinct_options(&questionnaire)[&question].iter().map(|option| arena[*option].id.as_str()).collect();
        assert_eq!(distinct, expected, "{conditions:?}");
    }

    #[test]
    fn options_that_are_always_named_together_are_one() {
        check("one", &["[\"a\", \"b\"]"], &["a", "c"]);
        check("one", &["[\"a\", \"b\"]", "\"b\""], &["a", "b", "c"]);
        check("many", &["\"!d\""], &["a", "d"]);
    }

    #[test]
    fn options_that_are_counted_by_name_are_told_apart() {
        check("many", &["{ all = [\"a\", \"b\"] }"], &["a", "b", "c"]);
    }

    #[test]
    fn as_many_options_are_needed_as_ticks_make_a_difference() {
        check("many", &["\">= 3\""], &["a", "b", "c"]);
        check("many", &["\"<= 1\""], &["a", "b"]);
        check("many", &["\"<= 4\""], &["a"]);
    }
}
