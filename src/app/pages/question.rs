//! A question, its options, and why it is asked.

use la_arena::Idx;
use unicode_width::UnicodeWidthStr;

use super::frame::Frame;
use super::{Body, mark, role};
use crate::app::card::{Card, Field, Row};
use crate::app::sheet::{Flow, Line, Role, hung, wrapped};
use crate::app::{App, Mode};
use crate::influence::{Influence, influences};
use crate::questionnaire::{Answer, Choice, Kind};
use crate::wording;

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
    Body::list(text, list, frame.height)
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
    let ticked = match card.ticked.len() {
        0 => "Tick all that fit.".to_owned(),
        n => format!("{n} ticked."),
    };
    if card.is_searchable(app.interview()) {
        let options = app.interview().situation().offered(card.question).len();
        format!("{ticked} {options} in the list. Press / and type a name to find one.")
    } else {
        ticked
    }
}

fn rows(app: &App<'_>, card: &Card, frame: &Frame) -> Flow {
    let interview = app.interview();
    let rows = card.rows(interview);
    let offered = interview.situation().offered(card.question);
    let mut flow = Flow::default();
    let is_many = matches!(interview.questionnaire().questions[card.question].kind, Kind::Many { .. });
    for row in &rows {
        let is_focused = *row == card.row;
        if is_many && *row == Row::NoneOfThese {
            flow.push([Line::new(Role::Quiet, "    ─────")]);
        }
        let lines = match row {
            Row::Option(option) => option_lines(app, card, *option, &offered, frame),
            Row::Field(Field) => field(app, card, frame),
            Row::NoneOfThese => special(app, card, *row, wording::NONE_OF_THESE, frame),
            Row::NotSure => special(app, card, *row, wording::NOT_SURE, frame),
        };
        if is_focused {
            let column = if *row == Row::Field(Field) { 4 + card.typed.chars().count() } else { 0 };
            flow.push_focused(lines, column);
        } else {
            flow.push(lines);
        }
    }
    if rows.is_empty() {
        flow.push([Line::new(Role::Quiet, "    Nothing in the list fits.")]);
    }
    flow
}

fn option_lines(app: &App<'_>, card: &Card, option: Idx<Choice>, offered: &[Idx<Choice>], frame: &Frame) -> Vec<Line> {
    let Some(options) = card.options(app.interview()) else { return Vec::new() };
    let choice = &options[option];
    let is_focused = card.row == Row::Option(option);
    let number = offered.iter().position(|other| *other == option).map_or(0, |at| at + 1);
    let key = if number <= 9 && app.mode() != Mode::Search { number.to_string() } else { " ".into() };
    let mut start = mark(is_focused).and(Role::Quiet, format!("{key} "));
    let is_many = matches!(app.interview().questionnaire().questions[card.question].kind, Kind::Many { .. });
    if is_many {
        start = start.and(role(is_focused), tick_box(card, option));
    }
    start = start.and(Role::Plain, " ");
    let say = if !is_many && is_chosen(app, card, &Answer::One(option)) {
        format!("{} (your answer)", choice.say)
    } else {
        choice.say.clone()
    };
    let mut lines = hung(&start, role(is_focused), &say, frame.width);
    let names = (!choice.also.is_empty()).then(|| choice.also.join(", "));
    let beside: Vec<String> = names.into_iter().chain(choice.help.clone()).collect();
    let beside = beside.join(" · ");
    let indent = start.width().max(lines.last().map_or(0, Line::width));
    match lines.last_mut() {
        // Names to search by stand behind the option where there is room, so that more options are in view.
        Some(last) if !choice.also.is_empty() && indent.max(NAMES_COLUMN) + 2 + beside.width() <= frame.width => {
            *last = std::mem::take(last).padded(NAMES_COLUMN).and(Role::Quiet, format!("  {beside}"));
        }
        _ if beside.is_empty() => {}
        _ => {
            let indent = Line::new(Role::Plain, " ".repeat(start.width()));
            lines.extend(hung(&indent, Role::Quiet, &beside, frame.width));
        }
    }
    lines
}

/// Where the names of short options begin.
const NAMES_COLUMN: usize = 26;

fn tick_box(card: &Card, option: Idx<Choice>) -> &'static str {
    match (card.ticked.contains(&option), card.unsure.contains(&option)) {
        (true, _) => "[x]",
        (false, true) => "[?]",
        (false, false) => "[ ]",
    }
}

fn is_chosen(app: &App<'_>, card: &Card, answer: &Answer) -> bool {
    app.interview().situation().answer(card.question) == Some(answer)
}

/// *None of these* and *not sure*.
fn special(app: &App<'_>, card: &Card, row: Row, say: &str, frame: &Frame) -> Vec<Line> {
    let is_focused = card.row == row;
    let key = if row == Row::NotSure { "n " } else { "  " };
    let is_many = matches!(app.interview().questionnaire().questions[card.question].kind, Kind::Many { .. });
    let mut start = mark(is_focused);
    let whole = Answer::NotSure;
    let none = Answer::Many { ticked: [].into(), unsure: [].into() };
    let is_chosen = card.is_blank() && is_chosen(app, card, if row == Row::NotSure { &whole } else { &none });
    start = match (is_many, row) {
        // On a list `n` marks a single option, so that here no key stands before it.
        (true, _) => start.and(Role::Plain, "      "),
        (false, _) => start.and(Role::Quiet, key).and(Role::Plain, " "),
    };
    let say = match (is_many, row) {
        (true, Row::NotSure) => "Not sure about any of this",
        _ => say,
    };
    let say = if is_chosen { format!("{say} (your answer)") } else { say.to_owned() };
    hung(&start, role(is_focused), &say, frame.width)
}

fn field(app: &App<'_>, card: &Card, frame: &Frame) -> Vec<Line> {
    let asked = &app.interview().questionnaire().questions[card.question];
    let is_focused = card.row == Row::Field(Field);
    let range = wording::range(&asked.kind).unwrap_or_default();
    let start = mark(is_focused).and(Role::Plain, "  ");
    let mut lines = vec![start.and(role(is_focused), format!("{}▏", card.typed)), Line::blank()];
    let hint = format!("A number from {range}, then Enter.");
    lines.extend(hung(&Line::new(Role::Plain, "    "), Role::Quiet, &hint, frame.width));
    lines.push(Line::blank());
    lines
}

fn why(app: &App<'_>, card: &Card, frame: &Frame) -> Vec<Line> {
    const NAMED: usize = 3;
    let questionnaire = app.interview().questionnaire();
    let asked = &questionnaire.questions[card.question];
    let mut text = asked.why.clone().unwrap_or_else(|| "The author of this question gave no reason.".into());
    let influences = influences(&app.interview().situation(), card.question);
    let moves: Vec<String> = influences
        .iter()
        .take(NAMED)
        .map(|Influence { cause, raises, lowers }| {
            let arrows = match (raises, lowers) {
                (true, true) => "▲▼",
                (true, false) => "▲",
                _ => "▼",
            };
            format!("{} {arrows}", questionnaire.causes[*cause].name)
        })
        .collect();
    if !moves.is_empty() {
        let others = influences.len().saturating_sub(NAMED);
        let and = if others > 0 { format!(", and {others} more") } else { String::new() };
        text = format!("{text} It can move: {}{and}.", moves.join(", "));
    }
    let indent = if frame.width >= 60 { 13 } else { 0 };
    if indent == 0 {
        let mut lines = vec![Line::new(Role::Strong, "Why we ask")];
        lines.extend(wrapped(Role::Plain, &text, frame.width));
        return lines;
    }
    hung(&Line::new(Role::Strong, "Why we ask   "), Role::Plain, &text, frame.width)
}
