//! The results in sentences: how urgent it is, what comes first, the ranking, and the text about a line of it.

use crate::app::App;
use crate::app::blocks::{Role, paragraphs};
use crate::app::lines::write::{Text, is_list};
use crate::app::screens::Screen;
use crate::app::screens::results::list::{self, Item, Kind};
use crate::app::screens::results::{Page, Results, view};
use crate::questionnaire::Stage;
use crate::text::wording;

/// The results when they come into view.
pub(super) fn overview(app: &App<'_>, text: &mut Text) {
    results(app, Results::default(), text);
    passed_over(app, text);
    if not_assessed(app).is_some() {
        text.line("Type o to hear those that are not assessed.");
    }
}

/// The results with the whole ranking.
pub(super) fn in_full(app: &App<'_>) -> Text {
    let mut text = Text::default();
    results(app, Results { is_unfolded: true, ..Results::default() }, &mut text);
    passed_over(app, &mut text);
    text
}

/// How to answer the questions that were passed over.
fn passed_over(app: &App<'_>, text: &mut Text) {
    if app.can_ask_passed_over() {
        let count = app.interview().passed_over().len();
        let them = if count == 1 { "it" } else { "them" };
        text.line(format!("{}. Type ask to answer {them}.", wording::passed_over(count)));
    }
}

/// What to do now about the cause that fits best.
fn best(app: &App<'_>, text: &mut Text) {
    let (outcome, questionnaire) = (app.interview().outcome(), app.interview().questionnaire());
    let Some(best) = outcome.best() else { return };
    let cause = &questionnaire.causes[best.cause];
    let mut advice = outcome.advice(cause, Stage::Now, app.interview().evaluation()).peekable();
    if advice.peek().is_some() {
        text.line(format!("What fits best: {}.", cause.name));
        advice.for_each(|advice| text.sentences(&advice.say));
    }
}

fn results(app: &App<'_>, results: Results, text: &mut Text) {
    let view = view::view(app, results);
    if let Some(what_if) = app.what_if_banner() {
        text.blocks([&what_if]);
    }
    text.blocks(&view.banner.body);
    text.line(crate::text::sentence(&format!("{} ({})", view.main.title, view.main.extent)));
    let first = list::told_first(app);
    for item in &first {
        text.blank();
        text.blocks(&view::page(app, results, item));
        if item.kind == Kind::OpenDanger && view::can_be_more_urgent(app) {
            text.line("Type go and a number to answer one of these, such as go 1.");
        }
    }
    text.blank();
    text.blocks(view.main.body.iter().filter(|block| !is_list(block)));
    let is_folded = |item: &Item| item.kind == Kind::Unlikely && results.is_unfolded;
    let is_rest = |item: &Item| !is_folded(item) && !matches!(item.kind, Kind::Safety | Kind::PassedOver);
    let items = list::items(app, results.is_unfolded).into_iter().skip(first.len());
    let rest: Vec<Item> = items.filter(is_rest).collect();
    let has_more = rest.iter().any(|item| item.kind == Kind::Unlikely);
    text.rows(&list::rows(rest));
    if has_more {
        text.line("Type l to hear the whole list.");
    }
    best(app, text);
    if let Some(safety) = &app.interview().questionnaire().safety {
        text.blank();
        text.blocks(&paragraphs(Role::Plain, safety));
    }
}

/// The text for the end of input: the results as far as they were not said yet.
pub(super) fn end(app: &mut App<'_>) -> Text {
    // What-if answers are no result.
    let was_what_if = app.what_if.is_some();
    app.end_what_if();
    let is_told = !was_what_if && app.screens.top.screen.is_results();
    let is_read = is_told && app.screens.top.main.cursor != list::first(app);
    app.keep_ticks();
    let mut text = Text::default();
    if !is_told {
        results(app, Results { is_unfolded: true, ..Results::default() }, &mut text);
    }
    if !is_read && places(app) > 0 {
        app.screens.show(Screen::Results(Results::default()));
        select(app, 1, Page::Advice, false);
        text.blank();
        text.append(about(app));
    }
    text
}

/// How many lines the ranking has.
pub(super) fn places(app: &App<'_>) -> usize {
    app.interview().outcome().lines(app.interview().questionnaire()).len()
}

/// The place of the line of the ranking that was read last.
pub(super) fn read_last(app: &App<'_>) -> Option<usize> {
    match app.selected_item()?.kind {
        Kind::Ranked { place, .. } => Some(place),
        _ => None,
    }
}

/// Selects a line of the ranking by its place, as the keys do, and a page of its text.
pub(super) fn select(app: &mut App<'_>, place: usize, page: Page, shows_figures: bool) {
    if let Screen::Results(results) = &mut app.screens.top.screen {
        *results = Results { page, shows_figures, is_unfolded: true, ..*results };
        app.select_key(&place.to_string());
    }
}

/// The page about the selected line.
pub(super) fn about(app: &App<'_>) -> Text {
    let mut text = Text::default();
    let (Screen::Results(results), Some(item)) = (&app.screens.top.screen, app.selected_item()) else { return text };
    let Some(pane) = view::view(app, *results).side else { return text };
    if let Some(what_if) = app.what_if_banner() {
        text.blocks([&what_if]);
    }
    let title = match item.kind {
        Kind::Ranked { place, .. } => format!("{place}, {}: {}", pane.title, results.page.title()),
        _ => pane.title,
    };
    text.line(crate::text::sentence(&title));
    text.blocks(&pane.body);
    text
}

/// The causes that no answer speaks for or against.
pub(super) fn others(app: &App<'_>) -> Text {
    let Some(item) = not_assessed(app) else { return Text::from("There are no others.") };
    let mut text = Text::default();
    text.blocks(&view::page(app, Results::default(), &item));
    text
}

/// The line of the causes that no answer speaks for or against, if there are any.
pub(super) fn not_assessed(app: &App<'_>) -> Option<Item> {
    list::items(app, false).into_iter().find(|item| item.kind == Kind::NotAssessed)
}
