//! An earlier interview is offered: go on with it, or start afresh.

use crate::app::screens::resume::Earlier;
use crate::app::view::frame::Frame;
use crate::app::view::lists::choices;
use crate::app::view::text_and_scroll::{Line, Role, wrapped};
use crate::app::view::{Body, cause};
use crate::app::{App, Ways};

/// The ways on from earlier answers.
pub(in crate::app) const OFFER: [&str; 2] = ["Go on with them", "Start afresh: your first new answer replaces them"];

/// What there is of earlier answers, and what can be done with them.
pub(super) fn offer(app: &App<'_>, ways: Ways, frame: &Frame) -> Body {
    let questionnaire = app.interview().questionnaire();
    let mut lines = wrapped(Role::Strong, &questionnaire.title, frame.width);
    lines.push(Line::blank());
    if let Some(earlier) = &app.opening.earlier {
        lines.extend(earlier_answers(app, earlier, frame));
    }
    lines.extend(wrapped(Role::Quiet, &app.opening.said(), frame.width));
    lines.push(Line::blank());
    let list = choices(OFFER, ways.cursor, frame);
    Body::to_be_read(lines, list, ways.scroll)
}

fn earlier_answers(app: &App<'_>, earlier: &Earlier, frame: &Frame) -> Vec<Line> {
    let questionnaire = app.interview().questionnaire();
    let mut lines = wrapped(Role::Plain, &earlier.said(questionnaire), frame.width);
    for lost in earlier.lost(questionnaire) {
        lines.extend(cause::bullet(&lost, frame.width));
    }
    lines.push(Line::blank());
    lines
}
