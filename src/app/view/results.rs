//! The screen of the results: the urgency, the ranked causes, and the text about the selected one.

use crate::app::App;
use crate::app::screens::results::{self, Item, Page, Results};
use crate::app::view::frame::Frame;
use crate::app::view::range_bars::Bars;
use crate::app::view::text_and_scroll::{Flow, Line, Role, hung, wrapped};
use crate::app::view::{Body, Scroll, Side, cause, mark, role};
use crate::engine::outcome::Outcome;
use crate::engine::ranking::Ranked;
use crate::interview::Interview;
use crate::questionnaire::Questionnaire;
use crate::text::wording;

/// From this many columns on, the text is beside the list.
const TWO_COLUMNS: usize = 72;

/// In two columns where the screen is wide enough; else the list or, while it is read, the text.
pub(super) fn body(app: &App<'_>, view: &Results, frame: &Frame) -> Body {
    let questionnaire = app.interview().questionnaire();
    let outcome = app.interview().outcome();
    let items = results::items(app.interview(), view.is_unfolded);
    let item = items.get(view.cursor).unwrap_or(&Item::First);
    if frame.columns < TWO_COLUMNS {
        if view.is_reading {
            let Text { pinned, flow } = text(app, outcome, item, view, frame.width);
            let scroll = scroll(view, &flow, frame.height.saturating_sub(pinned.len()));
            return Body { pinned, flow, scroll: Scroll::At(scroll), side: None };
        }
        let list = list(app.interview(), &items, view, frame.width);
        let (urgency, text) = (urgency(outcome, questionnaire, frame.width), unsettled(app, outcome, frame.width));
        return Body::list_below(urgency, text, list, frame.height);
    }
    let left = (frame.columns * 46 / 100).min(60);
    let right = (frame.columns - left - 2).min(frame.width);
    let Text { pinned, flow } = text(app, outcome, item, view, right);
    let scroll = scroll(view, &flow, frame.height.saturating_sub(pinned.len()));
    let side = Side { column: left, pinned, flow, scroll, is_focused: view.is_reading };
    let list = list(app.interview(), &items, view, left - 1);
    let (urgency, text) = (urgency(outcome, questionnaire, left - 1), unsettled(app, outcome, left - 1));
    Body { side: Some(side), ..Body::list_below(urgency, text, list, frame.height) }
}

/// The text about an item.
struct Text {
    /// Lines that never scroll.
    pinned: Vec<Line>,
    /// Lines that scroll below them.
    flow: Flow,
}

/// How many lines the text is scrolled: as chosen, or so that the selected open question is in view.
fn scroll(view: &Results, flow: &Flow, height: usize) -> usize {
    if flow.items.is_empty() { view.scroll } else { flow.offset(height) }
}

/// How urgent it is.
fn urgency(outcome: &Outcome, questionnaire: &Questionnaire, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(urgency) = outcome.urgency {
        let level = &questionnaire.urgencies[urgency];
        if level.interrupts {
            lines.push(Line::new(Role::Emergency, format!(" {} ", wording::loud_word(level))));
        }
        lines.extend(wrapped(Role::Strong, &level.say, width));
    }
    lines
}

/// What makes the urgency and the ranking uncertain.
fn unsettled(app: &App<'_>, outcome: &Outcome, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if !outcome.open_alarms.is_empty() {
        let open = outcome.open_danger_questions(app.interview().evaluation()).len();
        let have = if open == 1 { "has" } else { "have" };
        let text = format!("{} about danger signs {have} no clear answer yet.", wording::counted(open, "question"));
        lines.extend(wrapped(Role::Plain, &text, width));
    }
    if outcome.says_nothing_stands_out(app.interview().questionnaire()) {
        lines.extend(wrapped(Role::Plain, "No single cause stands out.", width));
    }
    lines.push(Line::blank());
    lines
}

fn list(interview: &Interview<'_>, items: &[Item], view: &Results, width: usize) -> Flow {
    let (outcome, questionnaire) = (interview.outcome(), interview.questionnaire());
    let mut flow = Flow::default();
    let cursor = view.cursor;
    let selected = items.get(cursor);
    let leading = outcome.leading_alarms(questionnaire);
    if !leading.is_empty() {
        flow.push([Line::new(Role::Strong, "Most important")]);
    }
    for (id, alarm) in &leading {
        let is_focused = selected == Some(&Item::Alarm(*id));
        let title = alarm.title.as_deref().unwrap_or(&alarm.say);
        flow.push_item(hung(&mark(is_focused).and(Role::Strong, "!  "), role(is_focused), title, width), is_focused, 0);
    }
    let is_first = selected == Some(&Item::First);
    flow.push_item(hung(&mark(is_first), role(is_first), first_title(outcome, questionnaire), width), is_first, 0);
    flow.push([Line::blank()]);
    let bars = Bars { outcome, questionnaire, selected, width };
    let lines = outcome.lines(questionnaire);
    let listed = results::listed(&lines);
    if lines.is_empty() {
        flow.push(wrapped(Role::Plain, "Nothing you said points to a cause.", width));
    } else {
        flow.push([Line::new(Role::Strong, wording::causes_heading(!leading.is_empty()))]);
        flow.append(bars.lines(0..listed));
    }
    let mut unnamed = wording::unnamed(outcome).map(|text| hung(&mark(false), Role::Quiet, &text, width));
    let mut has_heading = false;
    for item in items {
        let is_focused = selected == Some(item);
        if matches!(item, Item::WorthChecking(_) | Item::Rest) {
            flow.push(unnamed.take().unwrap_or_default());
        }
        match item {
            Item::Alarm(_) | Item::First | Item::Ranked { .. } => {}
            Item::Unlikely(others) => {
                let sign = if view.is_unfolded { "▾" } else { "…" };
                let text = format!("{}, each unlikely", wording::counted(*others, "other"));
                let start = mark(is_focused).and(Role::Quiet, format!("{sign}  "));
                flow.push_item(hung(&start, role(is_focused), &text, width), is_focused, 0);
                if view.is_unfolded {
                    flow.append(bars.lines(listed..lines.len()));
                }
            }
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
                let rest = outcome.ranking.unranked().count();
                let text = format!("{} your answers say nothing about", wording::counted(rest, "cause"));
                flow.push([Line::blank()]);
                flow.push_item(hung(&mark(is_focused), role(is_focused), &text, width), is_focused, 0);
            }
            Item::PassedOver => {
                let text = format!("{} passed over", wording::counted(interview.passed_over().len(), "question"));
                flow.push([Line::blank()]);
                flow.push_item(hung(&mark(is_focused), role(is_focused), &text, width), is_focused, 0);
            }
        }
    }
    flow.push(unnamed.unwrap_or_default());
    flow
}

fn first_title(outcome: &Outcome, questionnaire: &Questionnaire) -> &'static str {
    if outcome.is_led_by_alarm(questionnaire) { "Also important" } else { "What to do first" }
}

/// The text about an item.
fn text(app: &App<'_>, outcome: &Outcome, item: &Item, view: &Results, width: usize) -> Text {
    let questionnaire = app.interview().questionnaire();
    let plain = |title: &str, lines: Vec<Line>| {
        let mut pinned = wrapped(Role::Strong, title, width);
        pinned.push(Line::blank());
        Text { pinned, flow: Flow { lines, ..Flow::default() } }
    };
    let (title, causes) = match item {
        Item::Alarm(alarm) => return plain("What to do now", cause::alarm(app, *alarm, width)),
        Item::First => {
            return plain(first_title(outcome, questionnaire), cause::first(app, outcome, |level| !level.leads, width));
        }
        Item::Rest => {
            let title = "Your answers say nothing about these";
            return plain(title, cause::rest(questionnaire, outcome, width));
        }
        Item::PassedOver => return plain("Passed over", passed_over(app, width)),
        Item::Unlikely(_) => return plain("Unlikely causes", cause::unlikely(questionnaire, outcome, width)),
        Item::Ranked { topic, causes, .. } => (topic.name(questionnaire), causes.clone()),
        Item::WorthChecking(cause) => (questionnaire.causes[*cause].name.as_str(), vec![*cause]),
    };
    let mut pinned = wrapped(Role::Strong, title, width);
    pinned.extend([tabs(view.page, width), Line::blank()]);
    let evaluation = app.interview().evaluation();
    let of: Vec<&Ranked> =
        causes.iter().filter_map(|cause| outcome.ranking.causes.iter().find(|ranked| ranked.cause == *cause)).collect();
    let about = cause::About { evaluation, outcome, width, signs: cause::Signs::Drawn, figures: view.figures };
    let warning = cause::alarm_first(questionnaire, outcome);
    let mut above: Vec<Line> = warning.into_iter().flat_map(|text| wrapped(Role::Strong, text, width)).collect();
    if !above.is_empty() {
        above.push(Line::blank());
    }
    let flow = |lines| Flow { lines, ..Flow::default() };
    let flow = match view.page {
        Page::Advice => flow(about.advice(&of)),
        Page::Why => flow(about.why(&of)),
        Page::Open => about.still_open(app.interview(), &of, view.open, view.is_reading),
        Page::Sources => flow(about.sources(&of)),
    };
    Text { pinned, flow: flow.below(above) }
}

/// The questions that were passed over, and how to answer them.
fn passed_over(app: &App<'_>, width: usize) -> Vec<Line> {
    let interview = app.interview();
    let questions = interview.passed_over();
    let mut text = format!("{}.", wording::passed_over(questions.len()));
    if !app.is_what_if() {
        text += if questions.len() == 1 { " Press Enter to answer it." } else { " Press Enter to answer them." };
    }
    let mut lines = wrapped(Role::Plain, &text, width);
    for question in questions {
        lines.push(Line::blank());
        lines.extend(wrapped(Role::Quiet, &interview.questionnaire().questions[*question].ask, width));
    }
    lines
}

/// The titles of all pages with the current one marked; where they do not fit, its title and number.
fn tabs(page: Page, width: usize) -> Line {
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
    if tabs.width() <= width {
        return tabs;
    }
    let place = Page::ALL.into_iter().position(|tab| tab == page).map_or(1, |at| at + 1);
    Line::new(Role::Selected, format!("[{}]", page.title()))
        .and(Role::Quiet, format!(" {place} of {}", Page::ALL.len()))
}
