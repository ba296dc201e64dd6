//! The screen that offers an earlier interview: go on with it, or start afresh.

use crate::app::screens::resume::Earlier;
use crate::app::view::frame::Frame;
use crate::app::view::lists::choices;
use crate::app::view::text_and_scroll::{Line, Role, wrapped};
use crate::app::view::{Body, cause};
use crate::app::{App, TwoButtons};

/// The buttons below it.
pub(in crate::app) const OFFER_BUTTONS: [&str; 2] =
    ["Go on with them", "Start afresh: your first new answer replaces them"];

/// What is left of the earlier answers, and what to do with them.
pub(super) fn offer(app: &App<'_>, buttons: TwoButtons, frame: &Frame) -> Body {
    let questionnaire = app.interview().questionnaire();
    let mut lines = wrapped(Role::Strong, &questionnaire.title, frame.width);
    lines.push(Line::blank());
    if let Some(earlier) = &app.opening.earlier {
        lines.extend(earlier_answers(app, earlier, frame));
    }
    lines.extend(wrapped(Role::Quiet, &app.opening.summary(), frame.width));
    lines.push(Line::blank());
    let list = choices(OFFER_BUTTONS, buttons.cursor, frame);
    Body::to_be_read(lines, list, buttons.scroll)
}

fn earlier_answers(app: &App<'_>, earlier: &Earlier, frame: &Frame) -> Vec<Line> {
    let questionnaire = app.interview().questionnaire();
    let mut lines = wrapped(Role::Plain, &earlier.summary(questionnaire), frame.width);
    for lost in earlier.lost(questionnaire) {
        lines.extend(cause::bullet(&lost, frame.width));
    }
    lines.push(Line::blank());
    lines
}
