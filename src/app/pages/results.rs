//! The results: how urgent it is, the ranked causes, and the text about the selected one.

use la_arena::Idx;

use super::frame::Frame;
use super::{Body, Scroll, Side, details, mark, role};
use crate::app::sheet::{Flow, Line, Role, cut, hung, wrapped};
use crate::app::{App, Item, Page, Results, results};
use crate::outcome::{self, Outcome};
use crate::questionnaire::{Cause, Family, Questionnaire};
use crate::ranking::{POSSIBLE, Ranked};
use crate::wording;

/// From this many columns on, the text stands beside the list.
const TWO_COLUMNS: usize = 72;

/// The results as the size of the screen allows.
pub(super) fn body(app: &App<'_>, view: &Results, frame: &Frame) -> Body {
    let questionnaire = app.interview().questionnaire();
    let outcome = app.interview().outcome();
    let items = results::items(&outcome, questionnaire);
    let item = items.get(view.cursor).unwrap_or(&Item::First);
    if frame.columns < TWO_COLUMNS {
        if view.is_reading {
            let (pinned, lines) = text(app, &outcome, item, view.page, frame.width);
            let flow = Flow { lines, ..Flow::default() };
            return Body { pinned, flow, scroll: Scroll::At(view.scroll), side: None };
        }
        let headline = headline(&outcome, questionnaire, frame.width);
        return Body::list(headline, list(&outcome, questionnaire, &items, view.cursor, frame.width), frame.height);
    }
    let left = (frame.columns * 46 / 100).min(60);
    let right = (frame.columns - left - 2).min(frame.width);
    let (pinned, lines) = text(app, &outcome, item, view.page, right);
    let side = Side {
        column: left,
        pinned,
        flow: Flow { lines, ..Flow::default() },
        scroll: view.scroll,
        is_focused: view.is_reading,
    };
    let list = list(&outcome, questionnaire, &items, view.cursor, left - 1);
    let headline = headline(&outcome, questionnaire, left - 1);
    Body { side: Some(side), ..Body::list(headline, list, frame.height) }
}

/// How urgent it is, and what is still open about that.
fn headline(outcome: &Outcome, questionnaire: &Questionnaire, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(urgency) = outcome.urgency {
        let level = &questionnaire.urgencies[urgency];
        if level.interrupts {
            lines.push(Line::new(Role::Emergency, format!(" {} ", wording::loud(level))));
        }
        lines.extend(wrapped(Role::Strong, &level.say, width));
    }
    if !outcome.open_alarms.is_empty() {
        let open = details::open_questions(outcome).len();
        let are = if open == 1 { "is" } else { "are" };
        let text = format!("{} about danger signs {are} still open.", wording::counted(open, "question"));
        lines.extend(wrapped(Role::Plain, &text, width));
    }
    if !outcome.ranking.stands_out() {
        lines.extend(wrapped(Role::Plain, "No single cause stands out.", width));
    }
    lines.push(Line::blank());
    lines
}

fn list(outcome: &Outcome, questionnaire: &Questionnaire, items: &[Item], cursor: usize, width: usize) -> Flow {
    let mut flow = Flow::default();
    flow.push_item(hung(&mark(cursor == 0), role(cursor == 0), "What to do first", width), cursor == 0, 0);
    flow.push([Line::blank()]);
    let selected = items.get(cursor);
    let ranked = ranked_lines(outcome, questionnaire, selected, width);
    if ranked.lines.is_empty() {
        flow.push(wrapped(Role::Plain, "Nothing you said points to a cause.", width));
    } else {
        flow.push([Line::new(Role::Strong, "What may be behind it")]);
        flow.append(ranked);
    }
    let mut has_heading = false;
    for item in items {
        let is_focused = selected == Some(item);
        match item {
            Item::First | Item::Ranked { .. } => {}
            Item::WorthChecking(cause) => {
                if !std::mem::replace(&mut has_heading, true) {
                    flow.push([Line::blank(), Line::new(Role::Strong, "Worth checking")]);
                }
                let Some(ranked) = outcome.ranking.ranked().find(|ranked| ranked.cause == *cause) else { continue };
                let text = format!("{}: {:.0} times its usual rate", questionnaire.causes[*cause].name, ranked.lift);
                flow.push_item(
                    hung(&mark(is_focused).and(Role::Quiet, "!  "), role(is_focused), &text, width),
                    is_focused,
                    0,
                );
            }
            Item::Rest => {
                let rest = outcome.ranking.at_base_rate().count();
                let text = format!("{} that nothing you said speaks on", wording::counted(rest, "cause"));
                flow.push([Line::blank()]);
                flow.push_item(hung(&mark(is_focused), role(is_focused), &text, width), is_focused, 0);
            }
        }
    }
    flow
}

/// The ranked causes, each with a bar, or its likelihood in words where there is no room for one.
pub(super) fn ranked_lines(
    outcome: &Outcome,
    questionnaire: &Questionnaire,
    selected: Option<&Item>,
    width: usize,
) -> Flow {
    let mut flow = Flow::default();
    let lines = outcome.lines(questionnaire);
    let bar_width = (width / 4).min(20);
    for (at, line) in lines.iter().enumerate() {
        let Some(highest) = line.highest() else { continue };
        let place = at + 1;
        let is_possible = |line: &outcome::Line<'_>| line.highest().is_some_and(|it| it.probability >= POSSIBLE);
        let is_first_below =
            !is_possible(line) && at.checked_sub(1).is_none_or(|at| lines.get(at).is_some_and(is_possible));
        if is_first_below {
            flow.push([Line::new(Role::Quiet, "  Less likely")]);
        }
        let is_focused = matches!(selected, Some(Item::Ranked { place: other, .. }) if *other == place);
        let start = mark(is_focused).and(Role::Quiet, format!("{place:<2} "));
        let room = width.saturating_sub(bar_width + 1);
        let mut rows = hung(&start, role(is_focused), name(questionnaire, line.family, highest.cause), room);
        if let Some(first) = rows.first_mut() {
            *first = std::mem::take(first).padded(width - bar_width);
            first.spans.extend(bar(highest, bar_width).spans);
        }
        if line.family.is_some() {
            let member = &questionnaire.causes[highest.cause].name;
            rows.extend(hung(&Line::new(Role::Plain, " ".repeat(start.width())), Role::Quiet, member, room));
        }
        flow.push_item(rows, is_focused, 0);
        if lines.get(at + 1).and_then(outcome::Line::highest).is_some_and(|next| highest.is_too_close_to(next)) {
            let text = format!("too close to call: {place} and {}", place + 1);
            flow.push([Line::new(Role::Quiet, cut(&format!("     {text}"), width))]);
        }
    }
    if !lines.is_empty() {
        flow.push(wrapped(Role::Quiet, "╋ likely, ━ range: 0 to 9 in 10", width));
    }
    flow
}

/// The range with the estimate on it. All bars share one scale, from 0 to 90 %.
fn bar(ranked: &Ranked, width: usize) -> Line {
    let column = |probability: f64| {
        let steps = u32::try_from(width.saturating_sub(1)).map_or(0.0, f64::from);
        let at = (wording::shown_probability(probability) / 0.9 * steps).round();
        // Between 0 and the width: the probability is clamped.
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

/// The name of a line of the ranking.
pub(in crate::app) fn name(questionnaire: &Questionnaire, family: Option<Idx<Family>>, cause: Idx<Cause>) -> &str {
    match family {
        Some(family) => &questionnaire.families[family].name,
        None => &questionnaire.causes[cause].name,
    }
}

/// The text about an item: what stays in view, and what scrolls.
fn text(app: &App<'_>, outcome: &Outcome, item: &Item, page: Page, width: usize) -> (Vec<Line>, Vec<Line>) {
    let questionnaire = app.interview().questionnaire();
    let (title, causes) = match item {
        Item::First => return (heading("What to do first", width), details::first(app, outcome, width)),
        Item::Rest => {
            return (heading("Nothing you said speaks on these", width), details::rest(questionnaire, outcome, width));
        }
        Item::Ranked { family, causes, .. } => {
            let Some(first) = causes.first() else { return (Vec::new(), Vec::new()) };
            (name(questionnaire, *family, *first), causes.clone())
        }
        Item::WorthChecking(cause) => (questionnaire.causes[*cause].name.as_str(), vec![*cause]),
    };
    let mut tabs = Line::blank();
    for (at, tab) in Page::ALL.into_iter().enumerate() {
        if at > 0 {
            tabs = tabs.and(Role::Plain, "   ");
        }
        tabs = if tab == page {
            tabs.and(Role::Selected, format!("[{}]", tab.title()))
        } else {
            tabs.and(Role::Quiet, tab.title())
        };
    }
    let mut pinned = wrapped(Role::Strong, title, width);
    pinned.extend([tabs, Line::blank()]);
    let situation = app.interview().situation();
    let of: Vec<&Ranked> =
        causes.iter().filter_map(|cause| outcome.ranking.causes.iter().find(|ranked| ranked.cause == *cause)).collect();
    let about = details::About { situation: &situation, width, signs: details::Signs::Drawn };
    let lines = match page {
        Page::Advice => about.advice(&of),
        Page::Why => about.why(&of),
        Page::Sources => about.sources(&of),
    };
    (pinned, lines)
}

fn heading(title: &str, width: usize) -> Vec<Line> {
    let mut lines = wrapped(Role::Strong, title, width);
    lines.push(Line::blank());
    lines
}
