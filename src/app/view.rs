//! The lines of each screen, laid out for the size of the terminal.

pub(super) mod text_and_scroll;
pub(super) mod frame;
pub(super) mod lists;
pub(super) mod range_bars;
pub(super) mod alarm;
pub(super) mod cause;
pub(super) mod resume;
pub(super) mod question;
pub(super) mod reasons;
pub(super) mod results;
pub(super) mod open_questions;
pub(super) mod what_if;
pub(super) mod why;

use std::borrow::Cow;

use la_arena::Idx;

use crate::app::{App, Screen};
use crate::interview::{Change, Interview};
use crate::questionnaire::{Alarm, Question, Questionnaire};
use crate::text::wording;
use text_and_scroll::{Flow, Line, Role, Sheet, Window};

/// The middle of a screen, between header and footer.
struct Body {
    /// Lines that never scroll.
    pinned: Vec<Line>,
    /// Lines that scroll below them.
    flow: Flow,
    /// How far they are scrolled.
    scroll: Scroll,
    /// A second column.
    side: Option<Side>,
}

/// How far lines are scrolled.
#[derive(Debug, Clone, Copy)]
enum Scroll {
    /// By this many lines.
    At(usize),
    /// So that the item in focus is in view; by this many lines inside it if it is taller than the screen.
    Around(usize),
}

/// What moving and scrolling need to know about the layout of the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// The largest scroll offset, in lines.
    pub(super) most_scroll: usize,
    /// Whether there is a second column.
    pub(super) has_side: bool,
    /// Whether everything is in view at once.
    pub(super) fits: bool,
    /// The largest scroll offset inside the item in focus, in lines.
    pub(super) most_inner: usize,
    /// How many lines a page is.
    pub(super) page_lines: usize,
    /// How many items a page down is.
    pub(super) page_down: usize,
    /// How many items a page up is.
    pub(super) page_up: usize,
    /// Whether the item in focus is in view.
    pub(super) is_focus_in_view: bool,
}

/// A second column, to the right of the first.
struct Side {
    /// Where it begins.
    column: usize,
    /// Lines that never scroll.
    pinned: Vec<Line>,
    /// Lines that scroll below them.
    flow: Flow,
    /// How far they are scrolled.
    scroll: usize,
    /// Whether the hardware cursor is in it.
    is_focused: bool,
}

impl Body {
    /// A text, scrolled by some lines.
    fn text(lines: Vec<Line>, scroll: usize) -> Body {
        Body { pinned: Vec::new(), flow: Flow { lines, ..Flow::default() }, scroll: Scroll::At(scroll), side: None }
    }

    /// A list below a text. A text that takes too much room scrolls with the list.
    fn list(text: Vec<Line>, list: Flow, height: usize) -> Body {
        Body::list_below(Vec::new(), text, list, height)
    }

    /// A list below two texts, of which the first matters more. On a small screen the second scrolls with the list, and
    /// on a very small one both do.
    fn list_below(kept: Vec<Line>, text: Vec<Line>, list: Flow, height: usize) -> Body {
        let leaves_room = |lines: usize| lines * 2 <= height;
        let all = kept.len() + text.len();
        let (pinned, flow) = if leaves_room(all) || all + list.lines.len() <= height {
            ([kept, text].concat(), list)
        } else if leaves_room(kept.len()) {
            (kept, list.below(text))
        } else {
            (Vec::new(), list.below([kept, text].concat()))
        };
        Body { pinned, flow, scroll: Scroll::Around(0), side: None }
    }

    /// A text with buttons below it, scrolled by some lines.
    fn to_be_read(text: Vec<Line>, list: Flow, scroll: usize) -> Body {
        Body { pinned: Vec::new(), flow: list.below(text), scroll: Scroll::At(scroll), side: None }
    }

    /// The part of the flow that is in view below the pinned lines.
    fn window(&self, height: usize) -> Window {
        match self.scroll {
            Scroll::At(offset) => self.flow.at(offset, height),
            Scroll::Around(inner) => self.flow.around_focus(inner, height),
        }
    }

    fn height(&self) -> usize {
        self.pinned.len() + self.flow.lines.len()
    }
}

/// The lines of the whole screen.
pub(super) fn sheet(app: &App<'_>) -> Sheet {
    if app.size.is_too_small() {
        return frame::too_small(app.size);
    }
    let frame = frame::Frame::new(app);
    let body = body(app, &frame);
    app.last_layout.set(Some(layout_of(&frame, &body)));
    frame.assemble(&body)
}

/// The layout of the screen.
pub(super) fn layout(app: &App<'_>) -> Layout {
    let frame = frame::Frame::new(app);
    layout_of(&frame, &body(app, &frame))
}

fn layout_of(frame: &frame::Frame, body: &Body) -> Layout {
    let below = |pinned: &[Line]| frame.height.saturating_sub(pinned.len());
    let height = below(&body.pinned);
    Layout {
        most_scroll: match &body.side {
            Some(side) => side.flow.most(below(&side.pinned)),
            None => body.flow.most(height),
        },
        has_side: body.side.is_some(),
        fits: body.height() <= frame.height,
        most_inner: body.flow.most_inner(height),
        page_lines: height.saturating_sub(2).max(1),
        page_down: body.flow.page(true, height),
        page_up: body.flow.page(false, height),
        is_focus_in_view: body.window(height).row.is_some(),
    }
}

fn body(app: &App<'_>, frame: &frame::Frame) -> Body {
    match &app.screen {
        Screen::Welcome { scroll } => lists::welcome(app, frame, *scroll),
        Screen::Offer(buttons) => resume::offer(app, *buttons, frame),
        Screen::Question(card) => question::body(app, card, frame),
        Screen::Why { card, scroll } => question::why_page(app, card, frame, *scroll),
        Screen::ConfirmAlarm(raised) => alarm::confirm(app, *raised, frame),
        Screen::AlarmAdvice(raised) => alarm::advice(app, *raised, frame),
        Screen::Answers { cursor, .. } => lists::answers(app, *cursor, frame),
        Screen::Peek { scroll, .. } => lists::peek(app, frame, *scroll),
        Screen::Results(results) => results::body(app, results, frame),
        Screen::Help { scroll, under } => lists::help(app, under, frame, *scroll),
        Screen::StartOver { cursor, .. } => lists::choice(&START_OVER, *cursor, frame),
        Screen::Leave { cursor, under } => lists::choice(&leave(app, under), *cursor, frame),
    }
}

/// A question of the program itself, with two buttons.
pub(super) struct Dialog {
    pub(super) ask: Cow<'static, str>,
    pub(super) buttons: [&'static str; 2],
}

/// Asked before all answers are deleted.
pub(super) const START_OVER: Dialog = Dialog {
    ask: Cow::Borrowed("Start over? All your answers are forgotten."),
    buttons: ["No, keep my answers", "Yes, forget them and start over"],
};

/// Asked before the program ends in the middle of the questions.
pub(super) fn leave(app: &App<'_>, under: &Screen) -> Dialog {
    Dialog { ask: Cow::Owned(app.leaving(under)), buttons: ["Stay", "Leave"] }
}

/// The questions in the list of answers: all that are shown, answered or not.
pub(super) fn answer_rows(interview: &Interview<'_>) -> Vec<Idx<Question>> {
    interview.evaluation().shown_questions().collect()
}

/// What an answer changed, in a few sentences; empty when nothing is worth saying. Alarms that interrupt are left out,
/// as they have a screen of their own.
pub(super) fn change(questionnaire: &Questionnaire, change: &Change) -> String {
    const MOVES: usize = 2;
    let mut parts = Vec::new();
    for alarm in &change.raised {
        let alarm = &questionnaire.alarms[*alarm];
        let urgency = &questionnaire.urgencies[alarm.urgency];
        if !urgency.interrupts {
            parts.push(format!("{}: {}", alarm_name(alarm), urgency.say));
        }
    }
    for alarm in &change.withdrawn {
        parts.push(format!("{}: this no longer applies.", alarm_name(&questionnaire.alarms[*alarm])));
    }
    let applies = |number: usize, one: &str, many: &str| {
        format!("{} {}.", wording::counted(number, "answer"), if number == 1 { one } else { many })
    };
    if change.dropped > 0 {
        parts.push(applies(change.dropped, "no longer applies", "no longer apply"));
    }
    if change.restored > 0 {
        parts.push(applies(change.restored, "applies again", "apply again"));
    }
    for moved in change.moves.iter().take(MOVES) {
        let place = |place: Option<usize>| place.map_or_else(|| "not ranked".to_owned(), wording::ordinal);
        parts.push(format!("{} {} → {}.", moved.name, place(moved.from), place(moved.to)));
    }
    parts.join(" ")
}

fn alarm_name(alarm: &Alarm) -> &str {
    alarm.title.as_deref().unwrap_or(&alarm.say)
}

/// The mark before the item in focus; before other items, blanks of the same width.
fn mark(is_focused: bool) -> Line {
    if is_focused { Line::new(Role::Accent, "▸ ") } else { Line::new(Role::Plain, "  ") }
}

fn role(is_focused: bool) -> Role {
    if is_focused { Role::Selected } else { Role::Plain }
}
