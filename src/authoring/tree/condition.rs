//! Conditions in words, with the ids of the file, which an author can search for.

use la_arena::Idx;

use crate::questionnaire::{Choice, Comparison, Condition, FactTest, Form, Question, Questionnaire, Test};

/// When a question is asked; `None` for one that is always asked.
pub(super) fn gate(questionnaire: &Questionnaire, question: &Question) -> Option<String> {
    let ticked = question.from().map(|from| format!("something is ticked in {}", questionnaire.questions[from].id));
    let when = (!question.when.is_always()).then(|| condition(questionnaire, &question.when));
    match (ticked, when) {
        (Some(ticked), Some(when)) => Some(format!("{ticked}, and {when}")),
        (ticked, when) => ticked.or(when),
    }
}

pub(super) fn condition(questionnaire: &Questionnaire, condition: &Condition) -> String {
    let tables = condition
        .tables
        .iter()
        .map(|table| table.iter().map(|entry| test(questionnaire, entry)).collect::<Vec<_>>().join(" and "));
    tables.collect::<Vec<_>>().join(", or ")
}

fn test(questionnaire: &Questionnaire, test: &Test) -> String {
    match test {
        Test::Fact { fact, is } => {
            let id = &questionnaire.facts[*fact].id;
            match is {
                FactTest::Holds => id.clone(),
                FactTest::Fails => format!("not {id}"),
                FactTest::Known => format!("{id} is known"),
            }
        }
        Test::Question { question, form } => {
            let question = &questionnaire.questions[*question];
            let id = &question.id;
            let name = |option: &Idx<Choice>| question.options().map_or("", |options| options[*option].id.as_str());
            let names = |options: &[Idx<Choice>]| options.iter().map(name).collect::<Vec<_>>();
            match form {
                Form::Any(options) => format!("{id} is {}", names(options).join(" or ")),
                Form::Not(option) => format!("{id} is not {}", name(option)),
                Form::All(options) => format!("{id} has all of {}", names(options).join(", ")),
                Form::Count { of: Some(options), count } => {
                    format!("{id} has {} of {}", comparison(*count), names(options).join(", "))
                }
                Form::Count { of: None, count } => format!("{id} has {} ticked", comparison(*count)),
                Form::Number(number) => format!("{id} is {}", comparison(*number)),
                Form::Nothing => format!("{id} is none of these"),
                Form::NotSure => format!("{id} is not sure"),
            }
        }
    }
}

fn comparison(comparison: Comparison) -> String {
    match comparison {
        Comparison::AtLeast(bound) => format!(">= {bound}"),
        Comparison::Above(bound) => format!("> {bound}"),
        Comparison::AtMost(bound) => format!("<= {bound}"),
        Comparison::Below(bound) => format!("< {bound}"),
        Comparison::Equal(bound) => format!("= {bound}"),
        Comparison::Between(low, high) => format!("{low}-{high}"),
    }
}
