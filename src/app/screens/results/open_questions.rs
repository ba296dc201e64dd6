//! The page of open questions: which could move a cause to another place, and how far.

use crate::app::blocks::{Block, Row};
use crate::app::deed::Deed;
use crate::app::screens::results::cause::About;
use crate::engine::bounds::Bounds;
use crate::engine::open_questions::OpenQuestion;
use crate::engine::ranking::Ranked;
use crate::engine::reachability::FreeQuestions;
use crate::text::wording;

impl About<'_, '_> {
    /// The page about some causes, of which the first counts.
    pub(super) fn still_open(&self, causes: &[&Ranked]) -> Vec<Block> {
        let Some(highest) = causes.first() else { return Vec::new() };
        let open = self.app.interview().open_questions(highest.cause);
        let mut blocks = vec![Block::plain(format!("Current estimate: {}", wording::frequency(highest.probability)))];
        blocks.extend(self.widened(highest).map(Block::quiet));
        if open.found.is_empty() {
            blocks.push(Block::plain("No single question that is still open can change its place."));
        } else {
            blocks.push(Block::plain("These questions can change its place:"));
            let row = |(open, number)| self.open_question(open, highest, number);
            let rows = open.found.iter().zip(1..).map(row).collect();
            blocks.push(Block::choices(rows));
        }
        if open.untried > 0 {
            let untried = wording::counted(open.untried, "more question");
            blocks.push(Block::quiet(format!("Not looked at: {untried}, each of which matters less to it.")));
        }
        blocks
    }

    fn open_question(&self, open: &OpenQuestion, highest: &Ranked, number: usize) -> Row {
        let state = match self.evaluation.answer(open.question) {
            Some(_) => "You are not sure.",
            None if self.app.interview().passed_over().contains(&open.question) => "Passed over.",
            None => "No answer yet.",
        };
        let asked = &self.questionnaire.questions[open.question];
        Row {
            below: vec![state.into(), could(open, highest)],
            ..Row::numbered(number, &asked.ask, Deed::GoTo(open.question))
        }
    }

    /// The range that the *not sure* answers leave open, in a sentence.
    pub(super) fn widened(&self, ranked: &Ranked) -> Option<String> {
        let reach = Bounds::new(self.evaluation, FreeQuestions::Unsure).of_cause(ranked.cause)?;
        let between = wording::frequency_range(reach.low, reach.high)?;
        Some(format!("With what you are not sure of, it could be anywhere {between}."))
    }
}

/// How far an answer could raise or lower the cause, in a sentence.
fn could(open: &OpenQuestion, highest: &Ranked) -> String {
    let now = wording::frequency(highest.probability);
    let (low, high) = (wording::frequency(open.low), wording::frequency(open.high));
    match (high != now && open.high > highest.probability, low != now && open.low < highest.probability) {
        (true, true) => format!("It can rise to {high}, or fall to {low}."),
        (true, false) => format!("It can rise to {high}."),
        (false, true) => format!("It can fall to {low}."),
        (false, false) => "It can move a little.".into(),
    }
}
