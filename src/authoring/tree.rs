//! `twinge tree`: which answers open a question, which causes it moves and which alarms it can raise.

mod condition;
mod text;
mod mermaid;
mod mermaid_label;

use la_arena::Idx;

use crate::questionnaire::{Question, Questionnaire, Subject};

/// How the tree is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Indented lines of at most 80 columns.
    Text,
    /// A flowchart in the language of Mermaid.
    Mermaid,
}

/// Draws the tree.
#[must_use]
pub fn draw(questionnaire: &Questionnaire, format: Format) -> String {
    match format {
        Format::Text => text::draw(questionnaire),
        Format::Mermaid => mermaid::draw(questionnaire),
    }
}

/// The question that another hangs on: the last that its `when` or `from` looks at, through facts too.
fn parent(questionnaire: &Questionnaire, question: &Question) -> Option<Idx<Question>> {
    let tested = question.when.tests().filter_map(|test| match test.subject() {
        Subject::Question(tested) => Some(tested),
        // A fact is settled by the last question that it looks at.
        Subject::Fact(fact) => {
            let last = questionnaire.facts[fact].known_after.checked_sub(1)?;
            Some(Idx::from_raw(u32::try_from(last).ok()?.into()))
        }
    });
    tested.max().max(question.from())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
