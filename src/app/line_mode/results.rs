//! The results in sentences: what to do first, the ranking, and the text about a line of it.

use crate::app::line_mode::sentences::{Text, UNWRAPPED};
use crate::app::screens::results::{self, Figures, Item, Page, Results};
use crate::app::view::cause::{self, About, Signs};
use crate::app::view::text_and_scroll::{Line, Span};
use crate::app::view::what_if::NOT_YOUR_OWN;
use crate::app::view::{frame, lists};
use crate::app::{App, Screen};
use crate::engine::outcome::{self, Outcome};
use crate::engine::ranking::Ranked;
use crate::questionnaire::Questionnaire;
use crate::text::{sentence, wording};

/// What to do first, and the ranking without its unlikely end.
pub(super) fn overview(app: &App<'_>, text: &mut Text) {
    let outcome = app.interview().outcome();
    first(app, outcome, text);
    text.blank();
    ranking(app, outcome, Tail::Counted, text);
    if rest(outcome, text) {
        text.line(HEAR_REST);
    }
    passed_over(app, text);
}

const HEAR_REST: &str = "Type o to hear them.";

/// What to do first, and the whole ranking.
pub(super) fn in_full(app: &App<'_>) -> Text {
    let mut text = Text::default();
    if in_full_but_for_hints(app, &mut text) {
        text.line(HEAR_REST);
    }
    passed_over(app, &mut text);
    text
}

/// The questions that were passed over, and how to answer them.
fn passed_over(app: &App<'_>, text: &mut Text) {
    let count = app.interview().passed_over().len();
    if count > 0 && !app.is_what_if() {
        let them = if count == 1 { "it" } else { "them" };
        text.line(format!("{}. Type ask to answer {them}.", wording::passed_over(count)));
    }
}

/// The same without a hint at the causes outside the ranking. True when there are any.
fn in_full_but_for_hints(app: &App<'_>, text: &mut Text) -> bool {
    let outcome = app.interview().outcome();
    first(app, outcome, text);
    text.blank();
    ranking(app, outcome, Tail::Said, text);
    rest(outcome, text)
}

/// The ranking in the middle of the questions.
pub(super) fn so_far(app: &App<'_>, text: &mut Text) {
    let outcome = app.interview().outcome();
    not_your_own(app, text);
    text.sentences(lists::SO_FAR);
    ranking(app, outcome, Tail::Said, text);
}

/// The text for the end of input: the results as far as they were not printed yet.
pub(super) fn end(app: &mut App<'_>) -> Text {
    // What-if answers are no result.
    let was_what_if = app.is_what_if();
    app.end_what_if();
    let is_told = !was_what_if && matches!(&app.screen, Screen::Results(_));
    let is_read = matches!(&app.screen, Screen::Results(results) if results.cursor > 0);
    app.keep_ticks();
    let mut text = Text::default();
    if !is_told {
        in_full_but_for_hints(app, &mut text);
        app.screen = Screen::Results(Results::default());
    }
    if !is_read && places(app) > 0 {
        text.blank();
        text.append(about(app, 1, Page::Advice, Figures::Hidden));
    }
    text
}

/// How many lines the ranking has.
pub(super) fn places(app: &App<'_>) -> usize {
    app.interview().outcome().lines(app.interview().questionnaire()).len()
}

/// The line of the ranking that was read last, by its place.
pub(super) fn read_last(app: &App<'_>) -> Option<usize> {
    let Screen::Results(results) = &app.screen else { return None };
    match results.item(app.interview()) {
        Some(Item::Ranked { place, .. }) => Some(place),
        Some(
            Item::Alarm(_) | Item::First | Item::Unlikely(_) | Item::WorthChecking(_) | Item::Rest | Item::PassedOver,
        )
        | None => None,
    }
}

/// Selects a line of the ranking by its place, as the keys do, and a page of its text.
pub(super) fn select(app: &mut App<'_>, place: usize, page: Page) {
    let Screen::Results(results) = &mut app.screen else { return };
    let items = results::items(&app.interview, true);
    let at = |item: &Item| matches!(item, Item::Ranked { place: here, .. } if *here == place);
    let cursor = items.iter().position(at).unwrap_or(0);
    *results = Results { cursor, page, is_unfolded: true, is_reading: false, ..Results::default() };
}

/// A page of the text about a line of the ranking.
pub(super) fn about(app: &App<'_>, place: usize, page: Page, figures: Figures) -> Text {
    let questionnaire = app.interview().questionnaire();
    let outcome = app.interview().outcome();
    let lines = outcome.lines(questionnaire);
    let mut text = Text::default();
    let Some(line) = place.checked_sub(1).and_then(|at| lines.get(at)) else { return text };
    let name = line.topic.name(questionnaire);
    let evaluation = app.interview().evaluation();
    let about = About { evaluation, outcome, width: UNWRAPPED, signs: Signs::Spoken, figures };
    not_your_own(app, &mut text);
    text.sentences(cause::alarm_first(questionnaire, outcome).unwrap_or_default());
    match page {
        Page::Open => {
            text.line(format!("Still open about {place}, {name}."));
            text.list(&about.still_open(app.interview(), &line.members, 0, false).lines);
        }
        Page::Advice => {
            text.line(format!("About {place}, {name}."));
            text.page(&about.advice(&line.members));
        }
        Page::Why => {
            text.line(format!("Why {place}, {name}, is where it is."));
            text.page(&about.why(&line.members));
        }
        Page::Sources => {
            text.line(format!("Sources on {place}, {name}."));
            text.list(&about.sources(&line.members));
        }
    }
    text
}

/// The causes that no answer speaks for or against.
pub(super) fn others(app: &App<'_>) -> Text {
    let outcome = app.interview().outcome();
    if outcome.ranking.unranked().next().is_none() {
        return Text::from("There are no others.");
    }
    let mut text = Text::default();
    text.page(&cause::rest(app.interview().questionnaire(), outcome, UNWRAPPED));
    text
}

fn first(app: &App<'_>, outcome: &Outcome, text: &mut Text) {
    let questionnaire = app.interview().questionnaire();
    not_your_own(app, text);
    if let Some(level) = outcome.urgency.map(|urgency| &questionnaire.urgencies[urgency])
        && level.interrupts
    {
        text.line(format!("{}.", wording::loud_word(level)));
    }
    let (answered, unsure) = frame::answered(app.interview());
    let doubt = if unsure == 0 { String::new() } else { format!(", {unsure} not sure") };
    let whose = if app.is_what_if() { "What it would be" } else { "Your results" };
    text.line(format!("{whose}, from {}{doubt}.", wording::counted(answered, "answer")));
    match app.interview().progress().fewest {
        0 => {}
        1 => text.line("1 question has no answer yet."),
        left => text.line(format!("{left} questions have no answer yet.")),
    }
    text.line("What to do first:");
    text.page(&cause::first(app, outcome, |_| true, UNWRAPPED).iter().map(without_arrows).collect::<Vec<_>>());
}

fn not_your_own(app: &App<'_>, text: &mut Text) {
    if app.is_what_if() {
        text.sentences(NOT_YOUR_OWN);
    }
}

/// "2nd, now 5th".
fn without_arrows(line: &Line) -> Line {
    let spans = line.spans.iter().map(|span| Span { text: crate::app::line_mode::spoken(&span.text), role: span.role });
    Line { spans: spans.collect() }
}

/// Whether the unlikely end of a long ranking is listed or only counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tail {
    Said,
    Counted,
}

fn ranking(app: &App<'_>, outcome: &Outcome, tail: Tail, text: &mut Text) {
    let questionnaire = app.interview().questionnaire();
    let lines = outcome.lines(questionnaire);
    if lines.is_empty() {
        text.line("Nothing you said points to a cause.");
        return;
    }
    text.line(format!("{}:", wording::causes_heading(outcome.is_led_by_alarm(questionnaire))));
    let said = match tail {
        Tail::Said => lines.len(),
        Tail::Counted => results::listed(&lines),
    };
    let mut before: Option<&Ranked> = None;
    for (line, place) in lines.iter().take(said).zip(1..) {
        let Some(highest) = line.highest() else { continue };
        text.line(place_line(questionnaire, line, highest, place));
        if line.family().is_some() {
            text.line(format!("First of these: {}.", questionnaire.causes[highest.cause].name));
        }
        if before.is_some_and(|before| before.is_too_close_to(highest)) {
            text.line(format!("Too close to call: {} and {place}.", place - 1));
        }
        before = Some(highest);
    }
    if said < lines.len() {
        let more = lines.len() - said;
        text.line(format!("{more} others, each unlikely. Type l to hear the whole list."));
    }
    text.sentences(&wording::unnamed(outcome).map(|more| sentence(&more)).unwrap_or_default());
    worth_checking(questionnaire, outcome, &lines, text);
}

/// "2. Night leg cramps: likely, about 8 in 10 (between 6 and 9 in 10)."
fn place_line(
    questionnaire: &Questionnaire,
    line: &outcome::RankingLine<'_>,
    highest: &Ranked,
    place: usize,
) -> String {
    let name = line.topic.name(questionnaire);
    let likely = wording::likelihood(highest.likelihood());
    let about = wording::frequency(highest.probability);
    match wording::frequency_range(highest.low, highest.high) {
        Some(between) => format!("{place}. {name}: {likely}, {about} ({between})."),
        None => format!("{place}. {name}: {likely}, {about}."),
    }
}

fn worth_checking(
    questionnaire: &Questionnaire,
    outcome: &Outcome,
    lines: &[outcome::RankingLine<'_>],
    text: &mut Text,
) {
    let mut worth = outcome.worth_checking().peekable();
    if worth.peek().is_some() {
        text.line("Worth checking:");
    }
    for ranked in worth {
        let name = &questionnaire.causes[ranked.cause].name;
        let is_of = |line: &outcome::RankingLine<'_>| line.members.iter().any(|member| member.cause == ranked.cause);
        let place = lines.iter().position(is_of).map_or(0, |at| at + 1);
        text.line(format!("{name}: {:.0} times its usual rate. It is number {place}.", ranked.lift));
    }
}

/// Prints how many causes no answer speaks for or against. True when there are any.
fn rest(outcome: &Outcome, text: &mut Text) -> bool {
    let rest = outcome.ranking.unranked().count();
    if rest > 0 {
        text.line(format!("Your answers say nothing about {}.", wording::counted(rest, "other cause")));
    }
    rest > 0
}
