//! `twinge tree`: the questions, nested under the answers that open them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use la_arena::{Arena, Idx};

use crate::questionnaire::{
    Choice, Comparison, Condition, FactTest, Form, Kind, Question, Questionnaire, Subject, Test,
};

/// Deeper questions are not moved farther to the right, so that a long chain stays readable.
const DEEPEST: usize = 12;

/// Draws the tree. A question stands below the last question that its `when` looks at, under what that has to be.
#[must_use]
pub fn draw(questionnaire: &Questionnaire) -> String {
    let mut roots = Vec::new();
    let mut children: BTreeMap<Idx<Question>, Vec<Idx<Question>>> = BTreeMap::new();
    for (id, question) in questionnaire.questions.iter() {
        match parent(questionnaire, question) {
            Some(parent) => children.entry(parent).or_default().push(id),
            None => roots.push(id),
        }
    }
    let mut out = String::new();
    let mut section = None;
    let mut waiting: Vec<(Idx<Question>, usize)> = roots.into_iter().rev().map(|root| (root, 0)).collect();
    let mut opened_by: Vec<Option<String>> = Vec::new();
    while let Some((id, depth)) = waiting.pop() {
        let question = &questionnaire.questions[id];
        if depth == 0 && question.section != section {
            section = question.section;
            let title = section.map_or_else(String::new, |section| one_line(&questionnaire.sections[section].title));
            let gap = if out.is_empty() { "" } else { "\n" };
            let _ = writeln!(out, "{gap}{title}");
        }
        let indent = "  ".repeat(1 + 2 * depth.min(DEEPEST));
        opened_by.truncate(depth + 1);
        if let Some(condition) = gate(questionnaire, question) {
            // Neighbours that hang on the same answer stand under it together.
            let is_new = opened_by.get(depth).is_none_or(|above| above.as_deref() != Some(condition.as_str()));
            if is_new {
                let _ = writeln!(out, "{}if {condition}", "  ".repeat(2 * depth.min(DEEPEST)));
            }
            opened_by.resize(depth, None);
            opened_by.push(Some(condition));
        } else {
            opened_by.resize(depth, None);
            opened_by.push(None);
        }
        let _ = writeln!(
            out,
            "{indent}{}  {}  ({})",
            question.id,
            one_line(&question.ask),
            answers(questionnaire, question)
        );
        waiting.extend(children.get(&id).into_iter().flatten().rev().map(|child| (*child, depth + 1)));
    }
    if !questionnaire.facts.is_empty() {
        let _ = writeln!(out, "\nFacts");
        for fact in questionnaire.facts.values() {
            let _ = writeln!(out, "  {}  {}", fact.id, condition(questionnaire, &fact.when));
        }
    }
    out
}

/// The last question that the `when` or `from` of a question looks at, through facts too.
fn parent(questionnaire: &Questionnaire, question: &Question) -> Option<Idx<Question>> {
    let tested = question.when.tests().filter_map(|test| match test.subject() {
        Subject::Question(tested) => Some(tested),
        // A fact is settled by the last question that it looks at.
        Subject::Fact(fact) => {
            let last = questionnaire.facts[fact].settled_by.checked_sub(1)?;
            Some(Idx::from_raw(u32::try_from(last).ok()?.into()))
        }
    });
    tested.max().max(question.from())
}

fn gate(questionnaire: &Questionnaire, question: &Question) -> Option<String> {
    let ticked = question.from().map(|from| format!("something is ticked in {}", questionnaire.questions[from].id));
    let when = (!question.when.is_always()).then(|| condition(questionnaire, &question.when));
    match (ticked, when) {
        (Some(ticked), Some(when)) => Some(format!("{ticked}, and {when}")),
        (ticked, when) => ticked.or(when),
    }
}

fn answers(questionnaire: &Questionnaire, question: &Question) -> String {
    let number = question.options().map_or(0, Arena::len);
    match &question.kind {
        Kind::One(_) => ids(question, " | "),
        Kind::Many { from: Some(from), .. } => format!("what is ticked in {}", questionnaire.questions[*from].id),
        Kind::Many { from: None, .. } if number > 12 => format!("any of {number} options"),
        Kind::Many { from: None, .. } => format!("any of {}", ids(question, ", ")),
        Kind::Number { min, max } => format!("{min} to {max}"),
    }
}

fn ids(question: &Question, between: &str) -> String {
    let options = question.options().into_iter().flat_map(Arena::values);
    options.map(|choice| choice.id.as_str()).collect::<Vec<_>>().join(between)
}

fn condition(questionnaire: &Questionnaire, condition: &Condition) -> String {
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

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
