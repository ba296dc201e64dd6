//! The text about what-if answers: which differ, and what that would change.

use crate::app::view::cause::bullet;
use crate::app::view::lists::answer_text;
use crate::app::view::text_and_scroll::{Line, Role, cut, wrapped};
use crate::app::{App, Screen};
use crate::engine::outcome::Outcome;
use crate::text::wording;

/// The line above results of what-if answers.
pub(in crate::app) const NOT_YOUR_OWN: &str = "What if? This is not your own result.";

/// The line above questions during what-if.
pub(in crate::app) const ONLY_TRIED: &str = "What if? Your own answers stay.";

/// The line at the top of every screen during what-if.
pub(super) fn standing(app: &App<'_>, columns: usize) -> Option<Line> {
    let is_result = matches!(app.screen, Screen::Results(_) | Screen::Peek { .. });
    let text = if is_result { NOT_YOUR_OWN } else { ONLY_TRIED };
    app.is_what_if().then(|| Line::new(Role::Selected, cut(text, columns)))
}

/// The what-if answers and their effect; empty outside what-if.
pub(super) fn changes(app: &App<'_>, outcome: &Outcome, width: usize) -> Vec<Line> {
    let Some(tried) = app.what_if_effect() else { return Vec::new() };
    let questionnaire = app.interview().questionnaire();
    let mut lines = wrapped(Role::Strong, "What if you had said", width);
    for question in &tried.changed {
        lines.extend(wrapped(Role::Quiet, &questionnaire.questions[*question].ask, width));
        let (own, now) = (answer_text(app.own_interview(), *question), answer_text(app.interview(), *question));
        lines.extend(bullet(&format!("{own} → {now}"), width));
    }
    lines.push(Line::blank());
    lines.extend(wrapped(Role::Strong, "What would move", width));
    let say = |outcome: &Outcome| outcome.urgency.map(|level| questionnaire.urgencies[level].say.as_str());
    if let (Some(before), Some(after)) = (say(tried.before), say(outcome))
        && before != after
    {
        lines.extend(bullet(&format!("{} → {after}", before.trim_end_matches('.')), width));
    }
    for moved in &tried.change.moves {
        let place = |place: Option<usize>| place.map_or_else(|| "not ranked".to_owned(), wording::ordinal);
        lines.extend(bullet(&format!("{}: {} → {}", moved.name, place(moved.from), place(moved.to)), width));
    }
    if tried.change.moves.is_empty() {
        lines.extend(bullet("No cause would change its place.", width));
    }
    lines.push(Line::blank());
    let keys =
        "The letter a makes these answers your own, u takes the last change back, i changes one more, e ends this.";
    lines.extend(wrapped(Role::Quiet, keys, width));
    lines.push(Line::blank());
    lines
}
