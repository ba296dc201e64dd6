//! An alarm that interrupts: first whether its answers are right, then what to do.

use la_arena::Idx;

use super::frame::Frame;
use super::lists::choices;
use super::{Body, reasons};
use crate::app::sheet::{Line, Role, wrapped};
use crate::app::{App, Raised, Ways};
use crate::outcome::raised_by;
use crate::questionnaire::Alarm;

/// Shows which answers raised it, and asks whether they are right.
pub(super) fn doubt(app: &App<'_>, Raised { alarm, ways: Ways { cursor, scroll } }: Raised, frame: &Frame) -> Body {
    let questionnaire = app.interview().questionnaire();
    let raised = &questionnaire.alarms[alarm];
    let mut lines = Vec::new();
    if let Some(title) = &raised.title {
        lines.extend(wrapped(Role::Strong, title, frame.width));
    }
    let if_right = format!("If that is right: {}", questionnaire.urgencies[raised.urgency].say);
    lines.extend(wrapped(Role::Plain, &if_right, frame.width));
    lines.push(Line::blank());
    lines.extend(answers(app, alarm, frame));
    let list = choices(["Yes, that is right: what do I do now?", "Let me look at that question again"], cursor, frame);
    Body::to_be_read(lines, list, scroll)
}

/// Says what to do, before anything else.
pub(super) fn told(app: &App<'_>, Raised { alarm, ways: Ways { cursor, scroll } }: Raised, frame: &Frame) -> Body {
    let questionnaire = app.interview().questionnaire();
    let raised = &questionnaire.alarms[alarm];
    let mut lines = wrapped(Role::Strong, &questionnaire.urgencies[raised.urgency].say, frame.width);
    lines.push(Line::blank());
    lines.extend(wrapped(Role::Plain, &raised.say, frame.width));
    lines.push(Line::blank());
    let list = choices(["Go on with the questions", "See the results so far"], cursor, frame);
    Body::to_be_read(lines, list, scroll)
}

fn answers(app: &App<'_>, alarm: Idx<Alarm>, frame: &Frame) -> Vec<Line> {
    let situation = app.interview().situation();
    let questionnaire = app.interview().questionnaire();
    let mut lines = Vec::new();
    for (question, _) in raised_by(alarm, &situation) {
        let said = reasons::said_to(&questionnaire.alarms[alarm].when, question, &situation);
        let ask = &questionnaire.questions[question].ask;
        lines.extend(wrapped(Role::Plain, &format!("You said “{said}” to “{ask}”"), frame.width));
        lines.push(Line::blank());
    }
    lines
}
