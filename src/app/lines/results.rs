//! The results in sentences: how urgent it is, what comes first, the ranking, and the text about a line of it.

use crate::app::App;
use crate::app::frame::place::Place;
use crate::app::lines::write::{Length, Text};
use crate::app::screens::Screen;
use crate::app::screens::results::list::{self, Item, SO_FAR};
use crate::app::screens::results::{Page, Results, view};
use crate::questionnaire::Stage;
use crate::text::wording;

/// How much of the results is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// The unlikely causes are only counted.
    Short,
    /// The whole ranking.
    Full,
}

/// The results when they come into view.
pub(super) fn overview(app: &App<'_>, text: &mut Text) {
    results(app, Extent::Short, text);
    passed_over(app, text);
    if list::items(app, false).contains(&Item::NotAssessed) {
        text.line("Type o to hear those that are not assessed.");
    }
}

/// The results with the whole ranking.
pub(super) fn in_full(app: &App<'_>) -> Text {
    let mut text = Text::default();
    results(app, Extent::Full, &mut text);
    passed_over(app, &mut text);
    text
}

/// How to answer the questions that were passed over.
fn passed_over(app: &App<'_>, text: &mut Text) {
    let count = app.interview().passed_over().len();
    if count > 0 && app.what_if.is_none() {
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

fn results(app: &App<'_>, extent: Extent, text: &mut Text) {
    let whole = Results { is_unfolded: extent == Extent::Full, ..Results::default() };
    let view = view::view(app, whole);
    if let Some(what_if) = app.what_if_banner() {
        text.blocks([&what_if], Length::Whole);
    }
    text.blocks(&view.banner, Length::Whole);
    text.line(crate::text::sentence(&format!("{}: {}", view.main.title, view.main.extent)));
    let items = list::items(app, whole.is_unfolded);
    for item in items.iter().filter(|item| item.is_told_first()) {
        text.blank();
        text.blocks(&view::page(app, whole, item), Length::Whole);
    }
    text.blank();
    text.blocks(
        view.main.body.iter().filter(|block| !matches!(block, crate::app::blocks::Block::Choices(_))),
        Length::Whole,
    );
    let is_rest = |item: &&Item| {
        let is_folded = matches!(item, Item::Unlikely(_)) && extent == Extent::Full;
        !item.is_told_first() && !is_folded && !matches!(item, Item::Safety | Item::PassedOver)
    };
    let rest: Vec<Item> = items.iter().filter(is_rest).cloned().collect();
    for row in &list::rows(app, &rest) {
        text.row(row);
    }
    if rest.iter().any(|item| matches!(item, Item::Unlikely(_))) {
        text.line("Type l to hear the whole list.");
    }
    best(app, text);
    if items.contains(&Item::Safety) {
        text.blank();
        text.blocks(&view::page(app, whole, &Item::Safety), Length::Whole);
    }
}

/// The ranking in the middle of the questions.
pub(super) fn so_far(app: &App<'_>, text: &mut Text) {
    text.sentences(SO_FAR);
    let rows = list::ranked_rows(app);
    if rows.is_empty() {
        text.line("Nothing you said points to a cause yet.");
    }
    for row in &rows {
        text.row(row);
    }
}

/// The text for the end of input: the results as far as they were not said yet.
pub(super) fn end(app: &mut App<'_>) -> Text {
    // What-if answers are no result.
    let was_what_if = app.what_if.is_some();
    app.end_what_if();
    let is_told = !was_what_if && app.screens.top().is_results();
    let is_read = is_told && app.screens.cursor() != list::first(app);
    app.keep_ticks();
    let mut text = Text::default();
    if !is_told {
        results(app, Extent::Full, &mut text);
    }
    if !is_read && places(app) > 0 {
        app.screens.show(Screen::Results(Results::default()), Place::default());
        select(app, 1, Page::Advice);
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
    match app.selected_item() {
        Some(Item::Ranked { place, .. }) => Some(place),
        _ => None,
    }
}

/// Selects a line of the ranking by its place, as the keys do, and a page of its text.
pub(super) fn select(app: &mut App<'_>, place: usize, page: Page) {
    let is_it = |item: &Item| matches!(item, Item::Ranked { place: here, .. } if *here == place);
    let cursor = list::items(app, true).iter().position(is_it).unwrap_or(0);
    if let Screen::Results(results) = app.screens.top_mut() {
        *results = Results { page, is_unfolded: true, ..*results };
        app.screens.select(cursor);
    }
}

/// The page about the selected line.
pub(super) fn about(app: &App<'_>) -> Text {
    let mut text = Text::default();
    let (Screen::Results(results), Some(item)) = (app.screens.top(), app.selected_item()) else { return text };
    let Some(side) = view::view(app, *results).side else { return text };
    if let Some(what_if) = app.what_if_banner() {
        text.blocks([&what_if], Length::Whole);
    }
    let title = match &item {
        Item::Ranked { place, .. } => format!("{place}, {}: {}", side.pane.title, results.page.title()),
        _ => side.pane.title.clone(),
    };
    text.line(crate::text::sentence(&title));
    text.blocks(&side.pane.body, Length::Whole);
    text
}

/// The causes that no answer speaks for or against.
pub(super) fn others(app: &App<'_>) -> Text {
    if !list::items(app, false).contains(&Item::NotAssessed) {
        return Text::from("There are no others.");
    }
    let mut text = Text::default();
    text.blocks(&view::page(app, Results::default(), &Item::NotAssessed), Length::Whole);
    text
}
