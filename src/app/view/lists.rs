//! The simple screens: welcome, the list of answers, the ranking so far, the keys, and two buttons.

use la_arena::Idx;

use crate::app::keymap::{Mode, bindings};
use crate::app::view::frame::Frame;
use crate::app::view::range_bars::Bars;
use crate::app::view::text_and_scroll::{Flow, Line, Role, hung, wrapped};
use crate::app::view::{Body, Dialog, Scroll, answer_rows, mark, role};
use crate::app::{App, Screen};
use crate::interview::Interview;
use crate::questionnaire::Question;
use crate::text::wording;

/// The welcome: what the questions are about, and how to begin.
pub(super) fn welcome(app: &App<'_>, frame: &Frame, scroll: usize) -> Body {
    let questionnaire = app.interview().questionnaire();
    let mut lines = wrapped(Role::Strong, &questionnaire.title, frame.width);
    for text in [&questionnaire.intro, &questionnaire.notice].into_iter().flatten() {
        lines.push(Line::blank());
        lines.extend(wrapped(Role::Plain, text, frame.width));
    }
    lines.push(Line::blank());
    let keys = "The arrow keys, Space and Enter are enough. The letter n says not sure. Nothing you type leaves this \
        computer.";
    lines.extend(wrapped(Role::Plain, &format!("{keys} {}", app.opening.summary()), frame.width));
    let begin = Flow {
        lines: vec![Line::blank(), mark(true).and(Role::Selected, "Press Enter to begin")],
        items: vec![1],
        focus: 1..2,
        column: 0,
    };
    let room = frame.height.saturating_sub(begin.lines.len());
    if lines.len() <= room {
        // The button is right below the text, not at the bottom of a tall screen.
        return Body::list(lines, begin, frame.height);
    }
    lines.extend(begin.lines);
    let last = lines.len() - 1;
    let flow = Flow { lines, items: vec![last], focus: last..last + 1, column: 0 };
    Body { pinned: Vec::new(), flow, scroll: Scroll::At(scroll), side: None }
}

/// The questions that are shown, each with its answer; and starting over.
pub(super) fn answers(app: &App<'_>, cursor: usize, frame: &Frame) -> Body {
    let interview = app.interview();
    let questionnaire = interview.questionnaire();
    let rows = answer_rows(interview);
    let mut flow = Flow::default();
    let mut section = None;
    for (at, question) in rows.iter().enumerate() {
        let asked = &questionnaire.questions[*question];
        if asked.section != section {
            section = asked.section;
            if let Some(section) = section {
                flow.push(heading(&questionnaire.sections[section].title, !flow.lines.is_empty()));
            }
        }
        let is_focused = at == cursor;
        let mut lines = hung(&mark(is_focused), Role::Quiet, &asked.ask, frame.width);
        let said = answer_text(interview, *question);
        lines.extend(hung(&Line::new(Role::Plain, "    "), role(is_focused), &said, frame.width));
        flow.push_item(lines, is_focused, 0);
    }
    if let Some(text) = hidden_answers(interview) {
        flow.push([Line::blank()]);
        flow.push(wrapped(Role::Quiet, &text, frame.width));
    }
    if !app.is_what_if() {
        flow.push([Line::blank()]);
        let is_focused = cursor >= rows.len();
        let start_over = hung(&mark(is_focused), role(is_focused), "Start over", frame.width);
        flow.push_item(start_over, is_focused, 0);
    }
    Body { pinned: Vec::new(), flow, scroll: Scroll::Around(0), side: None }
}

/// The answer to a question in words.
pub(in crate::app) fn answer_text(interview: &Interview<'_>, question: Idx<Question>) -> String {
    let asked = &interview.questionnaire().questions[question];
    let evaluation = interview.evaluation();
    match evaluation.answer(question) {
        Some(answer) => wording::answer(asked, answer),
        None if interview.passed_over().contains(&question) => "passed over".to_owned(),
        None => "no answer yet".to_owned(),
    }
}

/// A sentence about the answers to questions that are hidden now, if there are any.
pub(in crate::app) fn hidden_answers(interview: &Interview<'_>) -> Option<String> {
    let evaluation = interview.evaluation();
    let questions = interview.questionnaire().questions.iter();
    let hidden =
        questions.filter(|(question, _)| evaluation.was_answered(*question) && !evaluation.is_shown(*question));
    let hidden = hidden.count();
    let does = if hidden == 1 { "does" } else { "do" };
    (hidden > 0).then(|| {
        format!(
            "{} {does} not count now, because of other answers. Change those, and they count again.",
            wording::counted(hidden, "answer")
        )
    })
}

/// The sentence above the ranking so far.
pub(in crate::app) const SO_FAR: &str = "This is how it looks so far. More answers can still change it.";

/// The ranking so far.
pub(super) fn peek(app: &App<'_>, frame: &Frame, scroll: usize) -> Body {
    let questionnaire = app.interview().questionnaire();
    let outcome = app.interview().outcome();
    let mut lines = wrapped(Role::Plain, SO_FAR, frame.width);
    lines.push(Line::blank());
    let bars = Bars { outcome, questionnaire, selected: None, width: frame.width };
    let ranked = bars.lines(0..outcome.lines(questionnaire).len());
    if ranked.lines.is_empty() {
        lines.extend(wrapped(Role::Plain, "Nothing you said points to a cause yet.", frame.width));
    }
    lines.extend(ranked.lines);
    let unnamed = wording::unnamed(outcome).unwrap_or_default();
    lines.extend(hung(&Line::new(Role::Plain, "  "), Role::Quiet, &unnamed, frame.width));
    Body::text(lines, scroll)
}

/// Every key that works on the screen below.
pub(super) fn help(app: &App<'_>, under: &Screen, frame: &Frame, scroll: usize) -> Body {
    let mode = app.mode_of(under);
    let mut lines = vec![Line::new(Role::Strong, "Keys that work here"), Line::blank()];
    let rows: Vec<_> = bindings(mode).collect();
    let widest = rows.iter().map(|binding| binding.name.chars().count()).max().unwrap_or(0);
    for binding in rows {
        let key = Line::new(Role::Strong, binding.name).padded(widest + 2);
        lines.extend(hung(&key, Role::Plain, binding.long, frame.width));
    }
    if matches!(mode, Mode::LongOne | Mode::LongMany) {
        lines.push(Line::blank());
        let text = "While you search, letters are text. Press Esc to end the search.";
        lines.extend(wrapped(Role::Quiet, text, frame.width));
    }
    Body::text(lines, scroll)
}

/// A question with two buttons.
pub(super) fn choice(dialog: &Dialog, cursor: usize, frame: &Frame) -> Body {
    let mut text = wrapped(Role::Strong, &dialog.ask, frame.width);
    text.push(Line::blank());
    Body::list(text, choices(dialog.buttons, cursor, frame), frame.height)
}

/// The rows of two buttons.
pub(super) fn choices(buttons: [&str; 2], cursor: usize, frame: &Frame) -> Flow {
    let mut flow = Flow::default();
    for (at, button) in buttons.into_iter().enumerate() {
        let lines = hung(&mark(at == cursor), role(at == cursor), button, frame.width);
        flow.push_item(lines, at == cursor, 0);
    }
    flow
}

fn heading(title: &str, is_after_something: bool) -> Vec<Line> {
    let title = Line::new(Role::Strong, title);
    if is_after_something { vec![Line::blank(), title] } else { vec![title] }
}
