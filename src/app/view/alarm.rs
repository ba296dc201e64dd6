//! The two screens of an alarm that interrupts: whether its answers are right, and what to do.

use la_arena::Idx;

use crate::app::view::frame::Frame;
use crate::app::view::lists::choices;
use crate::app::view::text_and_scroll::{Line, Role, wrapped};
use crate::app::view::{Body, reasons};
use crate::app::{App, Raised, TwoButtons};
use crate::engine::outcome::answers_raising;
use crate::questionnaire::{Alarm, Questionnaire};

/// The buttons below the answers that raised it.
pub(in crate::app) const CONFIRM_BUTTONS: [&str; 2] =
    ["Yes, that is right: what do I do now?", "Let me look at that question again"];

/// The buttons below what to do.
pub(in crate::app) const ADVICE_BUTTONS: [&str; 2] = ["Go on with the questions", "See the results so far"];

/// Shows which answers raised it, and asks whether they are right.
pub(super) fn confirm(
    app: &App<'_>,
    Raised { alarm, buttons: TwoButtons { cursor, scroll } }: Raised,
    frame: &Frame,
) -> Body {
    let questionnaire = app.interview().questionnaire();
    let raised = &questionnaire.alarms[alarm];
    let mut lines = Vec::new();
    if let Some(title) = &raised.title {
        lines.extend(wrapped(Role::Strong, title, frame.width));
    }
    lines.extend(wrapped(Role::Plain, &if_right(questionnaire, alarm), frame.width));
    lines.push(Line::blank());
    for said in answers(app, alarm) {
        lines.extend(wrapped(Role::Plain, &said, frame.width));
        lines.push(Line::blank());
    }
    let list = choices(CONFIRM_BUTTONS, cursor, frame);
    Body::to_be_read(lines, list, scroll)
}

/// Says what to do.
pub(super) fn advice(
    app: &App<'_>,
    Raised { alarm, buttons: TwoButtons { cursor, scroll } }: Raised,
    frame: &Frame,
) -> Body {
    let questionnaire = app.interview().questionnaire();
    let raised = &questionnaire.alarms[alarm];
    let mut lines = wrapped(Role::Strong, &questionnaire.urgencies[raised.urgency].say, frame.width);
    lines.push(Line::blank());
    lines.extend(wrapped(Role::Plain, &raised.say, frame.width));
    lines.push(Line::blank());
    let list = choices(ADVICE_BUTTONS, cursor, frame);
    Body::to_be_read(lines, list, scroll)
}

/// What to do if the answers are right, in a sentence.
pub(in crate::app) fn if_right(questionnaire: &Questionnaire, alarm: Idx<Alarm>) -> String {
    let urgency = questionnaire.alarms[alarm].urgency;
    format!("If that is right: {}", questionnaire.urgencies[urgency].say)
}

/// The answers that raised it, a sentence each.
pub(in crate::app) fn answers(app: &App<'_>, alarm: Idx<Alarm>) -> Vec<String> {
    let evaluation = app.interview().evaluation();
    let questionnaire = app.interview().questionnaire();
    let raised_by = answers_raising(alarm, evaluation).into_iter();
    let sentences = raised_by.map(|(question, _)| {
        let said = reasons::said_to(&questionnaire.alarms[alarm].when, question, evaluation);
        format!("You said “{said}” to “{}”", questionnaire.questions[question].ask)
    });
    sentences.collect()
}
