//! What a form can know about its answers, put together with *and* and *or*.
//!
//! A form has two truths where a condition has three: a formula says when a condition is *yes*, or when it is *no*.

use std::ops::RangeInclusive;

use la_arena::Idx;

use crate::questionnaire::{Choice, Question};

/// Something that is true or false of the answers in a form.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Formula {
    /// All of these are true.
    All(Vec<Formula>),
    /// Any of these is true.
    Any(Vec<Formula>),
    /// One thing is true.
    Atom(Atom),
}

/// One thing that can be true of the answers in a form. A question that is not asked has no answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Atom {
    /// The option is chosen or ticked.
    Has(Idx<Question>, Idx<Choice>),
    /// *Not sure* is chosen or ticked.
    NotSure(Idx<Question>),
    /// *None of these* is ticked.
    Nothing(Idx<Question>),
    /// *Not sure* is not ticked.
    Sure(Idx<Question>),
    /// The number compares so.
    Number(Idx<Question>, Operator, f64),
    /// There is no answer.
    Unanswered(Idx<Question>),
    /// There is an answer, and so many of these options are ticked; of all options if none are given.
    Count(Idx<Question>, Option<Vec<Idx<Choice>>>, RangeInclusive<usize>),
}

/// How a number compares, in the words of FHIR and of `FHIRPath`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    AtLeast,
    Above,
    AtMost,
    Below,
    Equal,
}

impl Operator {
    pub(super) fn sign(self) -> &'static str {
        match self {
            Operator::AtLeast => ">=",
            Operator::Above => ">",
            Operator::AtMost => "<=",
            Operator::Below => "<",
            Operator::Equal => "=",
        }
    }
}

impl Formula {
    /// What is always true.
    pub(super) const TRUE: Formula = Formula::All(Vec::new());
    /// What is never true.
    pub(super) const FALSE: Formula = Formula::Any(Vec::new());

    /// How many things it says.
    pub(super) fn len(&self) -> usize {
        match self {
            Formula::All(parts) | Formula::Any(parts) => parts.iter().map(Formula::len).sum(),
            Formula::Atom(_) => 1,
        }
    }

    /// All of these, as short as it can be said.
    pub(super) fn all(parts: impl IntoIterator<Item = Formula>) -> Formula {
        let mut all = Vec::new();
        for part in parts {
            match part {
                Formula::All(inner) => inner.into_iter().for_each(|part| push_new(&mut all, part)),
                Formula::Any(inner) if inner.is_empty() => return Formula::FALSE,
                part @ (Formula::Any(_) | Formula::Atom(_)) => push_new(&mut all, part),
            }
        }
        absorb(&mut all, |part| if let Formula::Any(inner) = part { Some(inner) } else { None });
        one_or(all, Formula::All)
    }

    /// Any of these, as short as it can be said.
    pub(super) fn any(parts: impl IntoIterator<Item = Formula>) -> Formula {
        let mut any = Vec::new();
        for part in parts {
            match part {
                Formula::Any(inner) => inner.into_iter().for_each(|part| push_new(&mut any, part)),
                Formula::All(inner) if inner.is_empty() => return Formula::TRUE,
                part @ (Formula::All(_) | Formula::Atom(_)) => push_new(&mut any, part),
            }
        }
        absorb(&mut any, |part| if let Formula::All(inner) = part { Some(inner) } else { None });
        one_or(any, Formula::Any)
    }
}

fn push_new(parts: &mut Vec<Formula>, part: Formula) {
    if !parts.contains(&part) {
        parts.push(part);
    }
}

/// Leaves out what says no more than another part: `a and (a or b)` is `a`, and so is `a or (a and b)`.
fn absorb(parts: &mut Vec<Formula>, inner: impl Fn(&Formula) -> Option<&Vec<Formula>>) {
    let singles: Vec<Formula> = parts.iter().filter(|part| inner(part).is_none()).cloned().collect();
    parts.retain(|part| inner(part).is_none_or(|inner| !inner.iter().any(|part| singles.contains(part))));
}

fn one_or(mut parts: Vec<Formula>, several: fn(Vec<Formula>) -> Formula) -> Formula {
    match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => only,
        (last, _) => several(parts.into_iter().chain(last).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::index;

    fn has(option: usize) -> Formula {
        Formula::Atom(Atom::Has(index(0), index(option)))
    }

    #[test]
    fn a_formula_is_as_short_as_it_can_be_said() {
        assert_eq!(Formula::all([has(1), Formula::all([has(2), has(1)])]), Formula::All(vec![has(1), has(2)]));
        assert_eq!(Formula::all([Formula::any([has(1)]), Formula::TRUE]), has(1));
        assert_eq!(Formula::all([has(1), Formula::FALSE]), Formula::FALSE);
        assert_eq!(Formula::any([has(1), Formula::TRUE]), Formula::TRUE);
        assert_eq!(Formula::any([has(1), Formula::all([has(2), has(1)])]), has(1));
        assert_eq!(Formula::all([Formula::any([has(2), has(1)]), has(1)]), has(1));
    }
}
