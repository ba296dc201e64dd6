//! The drawing that `twinge tree` prints: when each question is asked, which causes it makes more or less likely, and which
//! alarms it can raise.

mod condition;
mod text;
mod mermaid;
mod mermaid_label;

use la_arena::Idx;

use crate::questionnaire::{Question, Questionnaire, Subject, index};

/// How the tree is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Indented lines of at most 80 columns.
    Text,
    /// A Mermaid flowchart.
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

/// The question below which another is drawn: the last one that its `when`, directly or through facts, or its `from` names.
fn parent(questionnaire: &Questionnaire, question: &Question) -> Option<Idx<Question>> {
    let tested = question.when.tests().filter_map(|test| match test.subject() {
        Subject::Question(tested) => Some(tested),
        // The question before the place from which a fact is known is the last one that it tests.
        Subject::Fact(fact) => questionnaire.facts[fact].known_after.checked_sub(1).map(index),
    });
    tested.max().max(question.from())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
