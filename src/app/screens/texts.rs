//! The screens that are only read: welcome, why a question is asked, the ranking so far, and all keys.

use la_arena::Idx;

use crate::app::blocks::{Block, Pane, Role, View, paragraphs};
use crate::app::screens::results::list;
use crate::app::screens::{Screen, question};
use crate::app::{Action, App, Mode};
use crate::questionnaire::Question;
use crate::text::wording;

/// What the questions are about, and how to begin.
pub(in crate::app) fn welcome(app: &App<'_>) -> View {
    let questionnaire = app.interview().questionnaire();
    let mut body = Vec::new();
    for text in [&questionnaire.intro, &questionnaire.notice].into_iter().flatten() {
        body.extend(paragraphs(Role::Plain, text));
    }
    body.push(Block::plain("Nothing you type leaves this computer."));
    body.push(Block::plain(app.opening.summary()));
    body.extend(app.start_in_words().map(Block::plain));
    body.push(app.ways_to_start());
    let mut view = View::new(&questionnaire.title, body);
    view.main.extent = questionnaire.version.as_ref().map(|version| format!("questions {version}")).unwrap_or_default();
    view
}

/// Why a question is asked.
pub(in crate::app) fn why(app: &App<'_>, question: Idx<Question>) -> View {
    let asked = &app.interview().questionnaire().questions[question];
    let head = vec![Block::heading(&asked.ask)];
    let mut body = question::view::why(app.interview(), question);
    if body.is_empty() {
        body.push(Block::plain("The author of this question gave no reason."));
    }
    View { main: Pane { title: "Why we ask".into(), head, body, ..Pane::default() }, ..View::default() }
}

/// The ranking so far.
pub(in crate::app) fn peek(app: &App<'_>) -> View {
    let mut body = vec![Block::plain("This is how it looks so far. More answers can still change it.")];
    let rows = list::rows(list::ranked(app));
    body.push(if rows.is_empty() {
        Block::plain("Nothing you said points to a cause yet.")
    } else {
        Block::List(rows)
    });
    body.extend(wording::unnamed(app.interview().outcome()).map(Block::quiet));
    View::new("The ranking so far", body)
}

/// Every key that works on the screen below.
pub(in crate::app) fn help(app: &App<'_>, moves: bool) -> View {
    let below = app.screens.down().nth(1).unwrap_or(&app.screens.top.screen);
    let item = if let Screen::Results(results) = below { results.item(app) } else { None };
    let has_pages = item.is_some_and(|item| !item.causes().is_empty());
    let keys = app.keys(below, has_pages).filter(|binding| moves || !matches!(binding.action, Action::Move(_)));
    let mut body = vec![Block::Pairs(keys.map(|it| (it.name.to_owned(), it.long.to_owned())).collect())];
    if matches!(app.mode_of(below), Mode::LongOne | Mode::LongMany) {
        body.push(Block::plain("While you search, letters are text. Press Esc to end the search."));
    }
    View::new("Keys that work here", body)
}
