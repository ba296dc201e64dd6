//! The screen of a question: its options, and why it is asked.

use std::collections::BTreeMap;

use la_arena::Idx;
use unicode_width::UnicodeWidthStr;

use crate::app::App;
use crate::app::screens::question::{Card, Row};
use crate::app::view::frame::Frame;
use crate::app::view::text_and_scroll::{Flow, Line, Role, hung, wrapped};
use crate::app::view::{Body, Scroll, mark, role};
use crate::engine::influence::{Influence, influences};
use crate::questionnaire::{Answer, Choice, Kind, Question};
use crate::text::wording;

/// The question with its options.
pub(super) fn body(app: &App<'_>, card: &Card, frame: &Frame) -> Body {
    let asked = &app.interview().questionnaire().questions[card.question];
    let mut text = wrapped(Role::Strong, &asked.ask, frame.width);
    if matches!(asked.kind, Kind::Many { .. }) && card.search.is_none() {
        text.extend(wrapped(Role::Quiet, &many_hint(app, card), frame.width));
    }
    text.push(match &card.search {
        Some(search) => Line::new(Role::Accent, "/ ").and(Role::Plain, format!("{search}▏")),
        None => Line::blank(),
    });
    let mut list = rows(app, card, frame);
    if card.is_why_open {
        list.push([Line::blank()]);
        list.push(why(app, card, frame));
    }
    let body = Body::list(text, list, frame.height);
    Body { scroll: if card.is_at_top { Scroll::At(0) } else { Scroll::Around(card.inner) }, ..body }
}

/// Why the question is asked, on a page of its own: for a screen that has no room for it below the options.
pub(super) fn why_page(app: &App<'_>, card: &Card, frame: &Frame, scroll: usize) -> Body {
    let asked = &app.interview().questionnaire().questions[card.question];
    let mut lines = wrapped(Role::Strong, &asked.ask, frame.width);
    lines.push(Line::blank());
    lines.extend(why(app, card, frame));
    Body::text(lines, scroll)
}

fn many_hint(app: &App<'_>, card: &Card) -> String {
    let names = card.ticked_names(app.interview());
    let ticked = match (names.len(), card.is_searchable(app.interview())) {
        (0, _) => "Tick all that fit.".to_owned(),
        (n, false) => format!("{n} ticked."),
        // Most of a long list is out of view.
        (_, true) => format!("Ticked: {}.", names.join("; ")),
    };
    if card.is_searchable(app.interview()) {
        let options = app.interview().offered(card.question).len();
        format!("{ticked} {options} in the list. Press / and type a name to find one.")
    } else {
        ticked
    }
}

/// What the rows of a question are made from.
struct Rows<'a> {
    card: &'a Card,
    asked: &'a Question,
    /// The current answer.
    answer: Option<Answer>,
    is_many: bool,
    width: usize,
}

fn rows(app: &App<'_>, card: &Card, frame: &Frame) -> Flow {
    let interview = app.interview();
    let asked = &interview.questionnaire().questions[card.question];
    let is_many = matches!(asked.kind, Kind::Many { .. });
    let answer = interview.answer_to_shown(card.question);
    let of = Rows { card, asked, answer, is_many, width: frame.width };
    let numbers: BTreeMap<Idx<Choice>, usize> = interview.offered(card.question).into_iter().take(9).zip(1..).collect();
    let mut flow = Flow::default();
    let rows = card.rows(interview);
    for row in &rows {
        if is_many && *row == Row::NoneOfThese {
            flow.push([Line::new(Role::Quiet, "    ─────")]);
        }
        let lines = match row {
            Row::Option(option) => of.option(*option, numbers.get(option).copied()),
            Row::Field => of.field(),
            Row::NoneOfThese | Row::NotSure => of.special(*row),
        };
        let column = if *row == Row::Field { 4 + card.typed.width() } else { 0 };
        flow.push_item(lines, *row == card.row, column);
    }
    if rows.is_empty() {
        flow.push([Line::new(Role::Quiet, "    Nothing in the list fits.")]);
    }
    flow
}

impl Rows<'_> {
    fn option(&self, option: Idx<Choice>, number: Option<usize>) -> Vec<Line> {
        let Some(choice) = self.asked.options().map(|options| &options[option]) else { return Vec::new() };
        let is_focused = self.card.row == Row::Option(option);
        // During a search digits are text, so options show no number.
        let key = number.filter(|_| self.card.search.is_none()).map_or_else(|| " ".to_owned(), |n| n.to_string());
        let mut start = mark(is_focused).and(Role::Quiet, format!("{key} "));
        if self.is_many {
            start = start.and(role(is_focused), self.tick_box(option));
        }
        start = start.and(Role::Plain, " ");
        let is_chosen = !self.is_many && self.answer == Some(Answer::One(option));
        let say = if is_chosen { format!("{} (your answer)", choice.say) } else { choice.say.clone() };
        let mut lines = hung(&start, role(is_focused), &say, self.width);
        self.beside(choice, start.width(), &mut lines);
        lines
    }

    /// Adds the other names and the help of an option: behind it where there is room, so that more options fit, or else
    /// below it.
    fn beside(&self, choice: &Choice, indent: usize, lines: &mut Vec<Line>) {
        let names = (!choice.also.is_empty()).then(|| choice.also.join(", "));
        let text: Vec<String> = names.into_iter().chain(choice.help.clone()).collect();
        let text = text.join(" · ");
        let taken = lines.last().map_or(0, Line::width).max(NAMES_COLUMN);
        match lines.last_mut() {
            Some(last) if !choice.also.is_empty() && taken + 2 + text.width() <= self.width => {
                *last = std::mem::take(last).padded(NAMES_COLUMN).and(Role::Quiet, format!("  {text}"));
            }
            _ if text.is_empty() => {}
            _ => lines.extend(hung(&Line::new(Role::Plain, " ".repeat(indent)), Role::Quiet, &text, self.width)),
        }
    }

    fn tick_box(&self, option: Idx<Choice>) -> &'static str {
        match (self.card.ticked.contains(&option), self.card.unsure.contains(&option)) {
            (true, _) => "[x]",
            (false, true) => "[?]",
            (false, false) => "[ ]",
        }
    }

    /// *None of these* and *not sure*.
    fn special(&self, row: Row) -> Vec<Line> {
        let is_focused = self.card.row == row;
        let none = Answer::Many { ticked: [].into(), unsure: [].into() };
        let (say, answer) = match row {
            Row::NotSure if self.is_many => ("Not sure about any of this", Answer::NotSure),
            Row::NotSure => (wording::NOT_SURE, Answer::NotSure),
            Row::Option(_) | Row::Field | Row::NoneOfThese => (wording::NONE_OF_THESE, none),
        };
        // On a list `n` marks one option and does not choose this row, so the row shows no key.
        let start = match (self.is_many, row) {
            (true, _) => mark(is_focused).and(Role::Plain, "      "),
            (false, _) => mark(is_focused).and(Role::Quiet, "n ").and(Role::Plain, " "),
        };
        let is_chosen = self.card.is_blank() && self.answer == Some(answer);
        let say = if is_chosen { format!("{say} (your answer)") } else { say.to_owned() };
        hung(&start, role(is_focused), &say, self.width)
    }

    fn field(&self) -> Vec<Line> {
        let is_focused = self.card.row == Row::Field;
        let range = wording::number_range(&self.asked.kind).unwrap_or_default();
        let start = mark(is_focused).and(Role::Plain, "  ");
        // If the text is too wide for the field, its end is shown.
        let room = self.width.saturating_sub(6);
        let hidden = self.card.typed.chars().count().saturating_sub(room);
        let typed: String = self.card.typed.chars().skip(hidden).collect();
        let mut lines = vec![start.and(role(is_focused), format!("{typed}▏")), Line::blank()];
        let hint = format!("A number from {range}, then Enter.");
        lines.extend(hung(&Line::new(Role::Plain, "    "), Role::Quiet, &hint, self.width));
        lines.push(Line::blank());
        lines
    }
}

/// The column at which the other names of options begin, where there is room.
const NAMES_COLUMN: usize = 26;

/// How many of the causes that a question can move are named.
pub(in crate::app) const NAMED: usize = 3;

/// Why a question is asked, in the words of its author.
pub(in crate::app) fn reason(asked: &Question) -> &str {
    asked.why.as_deref().unwrap_or("The author of this question gave no reason.")
}

fn why(app: &App<'_>, card: &Card, frame: &Frame) -> Vec<Line> {
    let questionnaire = app.interview().questionnaire();
    let mut text = reason(&questionnaire.questions[card.question]).to_owned();
    let influences = influences(app.interview().evaluation(), card.question);
    let moves: Vec<String> = influences
        .iter()
        .take(NAMED)
        .map(|Influence { cause, raises, lowers }| {
            format!("{} {}", questionnaire.causes[*cause].name, wording::arrows(*raises, *lowers))
        })
        .collect();
    if !moves.is_empty() {
        let others = influences.len().saturating_sub(NAMED);
        let and = if others > 0 { format!(", and {others} more") } else { String::new() };
        text = format!("{text}\n\nAn answer can make these more (▲) or less (▼) likely: {}{and}.", moves.join(", "));
    }
    let indent = if frame.width >= 60 { 13 } else { 0 };
    if indent == 0 {
        let mut lines = vec![Line::new(Role::Strong, "Why we ask")];
        lines.extend(wrapped(Role::Plain, &text, frame.width));
        return lines;
    }
    hung(&Line::new(Role::Strong, "Why we ask   "), Role::Plain, &text, frame.width)
}
