//! Whether an answer has the form that a condition tests for.

use crate::questionnaire::{Answer, Form, OptionSet, Truth};

/// Whether an answer has the form that a condition tests for.
#[inline]
pub(crate) fn holds(form: &Form, value: &Answer) -> Truth {
    match (form, value) {
        (Form::NotSure, value) => Truth::from(*value == Answer::NotSure),
        (_, Answer::NotSure) => Truth::Open,
        (Form::Any(options), Answer::One(chosen)) => Truth::from(options.set().contains(chosen)),
        (Form::Not(option), Answer::One(chosen)) => Truth::from(option != chosen),
        (Form::Number(comparison), Answer::Number(number)) => Truth::from(comparison.holds(*number)),
        (form, Answer::Many { ticked, unsure }) => holds_of_many(form, ticked, unsure),
        // A form that its question cannot answer is refused when the file is read.
        (_, Answer::One(_) | Answer::Number(_)) => Truth::Open,
    }
}

#[inline]
pub(super) fn holds_of_many(form: &Form, ticked: &OptionSet, unsure: &OptionSet) -> Truth {
    match form {
        Form::Any(options) => options.set().any(ticked, unsure),
        Form::Not(option) if unsure.contains(option) => Truth::Open,
        Form::Not(option) => Truth::from(!ticked.contains(option)),
        Form::All(options) => options.set().all(ticked, unsure),
        Form::Count { of: Some(options), count } => {
            let (certain, possible) = options.set().tally(ticked, unsure);
            count.holds_within(certain, possible)
        }
        Form::Count { of: None, count } => count.holds_within(ticked.len(), ticked.len() + unsure.len()),
        Form::Nothing if !ticked.is_empty() => Truth::No,
        Form::Nothing if !unsure.is_empty() => Truth::Open,
        Form::Nothing => Truth::Yes,
        Form::NotSure | Form::Number(_) => Truth::Open,
    }
}
