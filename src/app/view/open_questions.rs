//! The page of open questions: which could move a cause to another place, and how far.

use crate::app::view::cause::{About, Signs};
use crate::app::view::text_and_scroll::{Flow, Line, Role, hung, wrapped};
use crate::app::view::{mark, role};
use crate::engine::open_questions::OpenQuestion;
use crate::engine::ranking::Ranked;
use crate::interview::Interview;
use crate::text::wording;

impl About<'_, '_> {
    /// The page. The selected question is marked only while the page is read.
    pub(in crate::app) fn still_open(
        &self,
        interview: &Interview<'_>,
        causes: &[&Ranked],
        selected: usize,
        is_reading: bool,
    ) -> Flow {
        let mut flow = Flow::default();
        let Some(highest) = causes.first() else { return flow };
        let open = interview.open_questions(highest.cause);
        let about = wording::frequency(highest.probability);
        let likely = wording::likelihood(highest.likelihood());
        flow.push(wrapped(Role::Plain, &format!("Now {likely}: {about}."), self.width));
        flow.push(self.widened(highest));
        let text = match (open.is_empty(), self.signs) {
            (true, _) => "No single question that is still open can change its place.",
            (false, Signs::Drawn) => "These questions can change its place. Enter goes to one, and comes back.",
            (false, Signs::Spoken) => "These questions can change its place.",
        };
        flow.push([Line::blank()]);
        flow.push(wrapped(Role::Plain, text, self.width));
        for (at, question) in open.iter().enumerate() {
            let is_selected = is_reading && at == selected;
            flow.push([Line::blank()]);
            let state = match self.evaluation.answer(question.question) {
                Some(_) => "You are not sure",
                None if interview.passed_over().contains(&question.question) => "Passed over",
                None => "No answer yet",
            };
            let start = match self.signs {
                Signs::Drawn => mark(is_selected),
                Signs::Spoken => Line::new(Role::Plain, format!("{}. ", at + 1)),
            };
            let state = format!("{state}. {}", could(question, highest));
            flow.push_item(self.open_question(question, &start, &state, is_selected), is_selected, 0);
        }
        flow
    }

    fn open_question(&self, open: &OpenQuestion, start: &Line, state: &str, is_selected: bool) -> Vec<Line> {
        let ask = &self.evaluation.questionnaire().questions[open.question].ask;
        let mut lines = hung(start, role(is_selected), ask, self.width);
        let indent = if self.signs == Signs::Drawn { Line::new(Role::Plain, "    ") } else { Line::blank() };
        lines.extend(hung(&indent, Role::Quiet, state, self.width));
        lines
    }

    /// The range that the *not sure* answers leave open, in a sentence.
    pub(super) fn widened(&self, ranked: &Ranked) -> Vec<Line> {
        let reach =
            crate::engine::bounds::Bounds::new(self.evaluation, crate::engine::reachability::FreeQuestions::Unsure)
                .of_cause(ranked.cause);
        let between = reach.and_then(|reach| wording::frequency_range(reach.low, reach.high));
        let text = between.map(|between| format!("With what you are not sure of, it could be anywhere {between}."));
        text.map(|text| wrapped(Role::Quiet, &text, self.width)).unwrap_or_default()
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
