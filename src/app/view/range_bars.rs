//! The lines of the ranking, each with a bar: the range of its probability, with the estimate marked.

use std::ops::Range;

use crate::app::screens::results::Item;
use crate::app::view::text_and_scroll::{Flow, Line, Role, cut, hung, wrapped};
use crate::app::view::{mark, role};
use crate::engine::outcome::{self, Outcome};
use crate::engine::ranking::{POSSIBLE, Ranked};
use crate::questionnaire::Questionnaire;
use crate::text::wording;

/// Everything that the lines of the ranking depend on.
pub(super) struct Bars<'a> {
    pub(super) outcome: &'a Outcome,
    pub(super) questionnaire: &'a Questionnaire,
    pub(super) selected: Option<&'a Item>,
    pub(super) width: usize,
}

impl Bars<'_> {
    /// Lines of the ranking, by their places from 0. The legend is above the first place.
    pub(super) fn lines(&self, range: Range<usize>) -> Flow {
        let mut flow = Flow::default();
        let lines = self.outcome.lines(self.questionnaire);
        let highest = |at: usize| lines.get(at).and_then(outcome::RankingLine::highest);
        let is_possible = |at: usize| highest(at).is_some_and(|it| it.probability >= POSSIBLE);
        for at in range {
            let (Some(line), Some(here)) = (lines.get(at), highest(at)) else { continue };
            if at == 0 {
                flow.push(wrapped(Role::Quiet, "╋ farther right: more likely. ━ range", self.width));
            }
            if !is_possible(at) && at.checked_sub(1).is_none_or(is_possible) {
                flow.push([Line::new(Role::Quiet, "  Less likely")]);
            }
            let place = at + 1;
            let is_focused = matches!(self.selected, Some(Item::Ranked { place: other, .. }) if *other == place);
            flow.push_item(self.line(line, here, place, is_focused), is_focused, 0);
            if highest(at + 1).is_some_and(|next| here.is_too_close_to(next)) {
                let text = format!("     too close to call: {place} and {}", place + 1);
                flow.push([Line::new(Role::Quiet, cut(&text, self.width))]);
            }
        }
        flow
    }

    fn line(&self, line: &outcome::RankingLine<'_>, highest: &Ranked, place: usize, is_focused: bool) -> Vec<Line> {
        let bar_width = (self.width / 4).min(20);
        let start = mark(is_focused).and(Role::Quiet, format!("{place:<2} "));
        let room = self.width.saturating_sub(bar_width + 1);
        let mut rows = hung(&start, role(is_focused), line.topic.name(self.questionnaire), room);
        if let Some(first) = rows.first_mut() {
            *first = std::mem::take(first).padded(self.width - bar_width);
            first.spans.extend(bar(highest, bar_width).spans);
        }
        if line.family().is_some() {
            let member = &self.questionnaire.causes[highest.cause].name;
            rows.extend(hung(&Line::new(Role::Plain, " ".repeat(start.width())), Role::Quiet, member, room));
        }
        rows
    }
}

/// The bar of a probability and its range, on a scale from 0 to 90 %.
fn bar(ranked: &Ranked, width: usize) -> Line {
    let column = |probability: f64| {
        let steps = u32::try_from(width.saturating_sub(1)).map_or(0.0, f64::from);
        let at = (wording::shown_probability(probability) / 0.9 * steps).round();
        // The probability is clamped, so `at` is within the width.
        (0..width).find(|column| u32::try_from(*column).map_or(0.0, f64::from) >= at).unwrap_or(width.saturating_sub(1))
    };
    let (low, estimate, high) = (column(ranked.low), column(ranked.probability), column(ranked.high));
    let mut line = Line::blank();
    for at in 0..width {
        let (role, sign) = match at {
            at if at == estimate => (Role::Accent, "╋"),
            at if (low..=high).contains(&at) => (Role::Accent, "━"),
            _ => (Role::Quiet, "─"),
        };
        line = match line.spans.last_mut() {
            Some(last) if last.role == role => {
                last.text.push_str(sign);
                line
            }
            _ => line.and(role, sign),
        };
    }
    line
}
