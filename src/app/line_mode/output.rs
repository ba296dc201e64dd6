//! Each screen in sentences, with its options by number.

use crate::app::line_mode::options::{Options, ticked};
use crate::app::line_mode::results;
use crate::app::line_mode::sentences::Text;
use crate::app::screens::question::Card;
use crate::app::view::what_if::ONLY_TRIED;
use crate::app::view::{self, START_OVER, alarm, lists, question, resume};
use crate::app::{App, Screen};
use crate::engine::influence::{Influence, influences};
use crate::questionnaire::Kind;
use crate::text::{sentence, wording};

/// The welcome: what the questions are about, and how to type answers.
pub(super) fn welcome(app: &App<'_>, text: &mut Text) {
    let questionnaire = app.interview().questionnaire();
    text.line(&questionnaire.title);
    for said in [&questionnaire.intro, &questionnaire.notice].into_iter().flatten() {
        text.sentences(said);
    }
    text.sentences(
        "Type the number of an answer and press Enter. The letter n says not sure, b goes back, q quits. A question \
         mark lists all that can be typed. Nothing you type leaves this computer.",
    );
    text.sentences(&app.opening.summary());
}

/// The screen in view.
pub(super) fn screen(app: &App<'_>, text: &mut Text) {
    match &app.screen {
        Screen::Question(card) => question(app, card, text),
        Screen::ConfirmAlarm(raised) => {
            let questionnaire = app.interview().questionnaire();
            let alarm = &questionnaire.alarms[raised.alarm];
            text.line(format!("{}.", wording::loud_word(&questionnaire.urgencies[alarm.urgency])));
            if let Some(title) = &alarm.title {
                text.sentences(&sentence(title));
            }
            text.sentences(&alarm::if_right(questionnaire, raised.alarm));
            for said in alarm::answers(app, raised.alarm) {
                text.line(said);
            }
            buttons(alarm::CONFIRM_BUTTONS, text);
        }
        Screen::AlarmAdvice(raised) => {
            let questionnaire = app.interview().questionnaire();
            let alarm = &questionnaire.alarms[raised.alarm];
            let urgency = &questionnaire.urgencies[alarm.urgency];
            text.line(format!("{}.", wording::loud_word(urgency)));
            text.sentences(&urgency.say);
            text.sentences(&alarm.say);
            buttons(alarm::ADVICE_BUTTONS, text);
        }
        Screen::Answers { .. } => answers(app, text),
        Screen::Results(_) => results::overview(app, text),
        Screen::StartOver { .. } => dialog(&START_OVER, text),
        Screen::Leave { under, .. } => dialog(&view::leave(app, under), text),
        Screen::Offer(_) => offer(app, text),
        // The line mode never stays on these screens.
        Screen::Welcome { .. } | Screen::Why { .. } | Screen::Peek { .. } | Screen::Help { .. } => {}
    }
}

fn dialog(dialog: &view::Dialog, text: &mut Text) {
    text.sentences(&dialog.ask);
    buttons(dialog.buttons, text);
}

/// The offer to resume an earlier interview.
fn offer(app: &App<'_>, text: &mut Text) {
    let questionnaire = app.interview().questionnaire();
    text.line(&questionnaire.title);
    if let Some(earlier) = &app.opening.earlier {
        text.sentences(&earlier.summary(questionnaire));
        for lost in earlier.lost(questionnaire) {
            text.line(sentence(&lost));
        }
    }
    text.sentences(&app.opening.summary());
    buttons(resume::OFFER_BUTTONS, text);
}

fn buttons(buttons: [&str; 2], text: &mut Text) {
    for (button, number) in buttons.into_iter().zip(1..) {
        text.line(format!("{number}. {button}"));
    }
}

fn question(app: &App<'_>, card: &Card, text: &mut Text) {
    let interview = app.interview();
    let questionnaire = interview.questionnaire();
    let asked = &questionnaire.questions[card.question];
    let place = interview.number(card.question);
    let left = match interview.progress().left() {
        0 => "all answered".to_owned(),
        left => format!("about {left} left"),
    };
    if app.is_what_if() {
        text.sentences(ONLY_TRIED);
    }
    let section = asked.section.map(|section| format!(" {}.", questionnaire.sections[section].title));
    text.line(format!("Question {place}, {left}.{}", section.unwrap_or_default()));
    text.sentences(&asked.ask);
    let options = Options::new(app, card);
    match &asked.kind {
        Kind::Number { .. } => {
            text.line(format!("A number from {}.", wording::number_range(&asked.kind).unwrap_or_default()));
        }
        Kind::One(_) | Kind::Many { .. } if card.is_searchable(interview) => {
            let number = options.numbers.len();
            text.line(format!("{number} in the list."));
            text.line("Type / and a part of a name to find it, or l for the whole list.");
        }
        Kind::Many { .. } => {
            text.line("More than one can fit.");
            options.all(text);
        }
        Kind::One(_) => options.all(text),
    }
    if matches!(asked.kind, Kind::Many { .. }) {
        text.line("0. None of these");
    }
    text.line("n. Not sure");
    earlier(app, card, text);
}

/// The earlier answer, or the ticks so far.
fn earlier(app: &App<'_>, card: &Card, text: &mut Text) {
    let interview = app.interview();
    let asked = &interview.questionnaire().questions[card.question];
    let evaluation = interview.evaluation();
    if card.says_something(interview) || (evaluation.answer(card.question).is_none() && !card.is_blank()) {
        text.line(sentence(&format!("Ticked so far: {}", ticked(app, card).join("; "))));
        text.line("Press Enter to go on with that.");
    } else if let Some(answer) = evaluation.answer(card.question) {
        text.line(sentence(&format!("Your answer so far: {}", wording::answer(asked, answer))));
        text.line("Press Enter to keep it.");
    }
}

/// The question again, with the whole list however long it is.
pub(super) fn whole(app: &App<'_>, card: &Card) -> Text {
    let mut text = Text::default();
    if card.is_searchable(app.interview()) {
        Options::new(app, card).all(&mut text);
    } else {
        question(app, card, &mut text);
    }
    text
}

/// Why a question is asked, and which causes it can raise or lower.
pub(super) fn why(app: &App<'_>, card: &Card) -> Text {
    let interview = app.interview();
    let questionnaire = interview.questionnaire();
    let mut text = Text::default();
    text.line("Why we ask:");
    text.sentences(question::reason(&questionnaire.questions[card.question]));
    let influences = influences(interview.evaluation(), card.question);
    if influences.is_empty() {
        return text;
    }
    text.line("What an answer can do:");
    for Influence { cause, raises, lowers } in influences.iter().take(question::NAMED) {
        let way = match (raises, lowers) {
            (true, true) => "more or less likely",
            (true, false) => "more likely",
            _ => "less likely",
        };
        text.line(format!("{}: {way}.", questionnaire.causes[*cause].name));
    }
    let others = influences.len().saturating_sub(question::NAMED);
    if others > 0 {
        text.line(format!("And {others} more."));
    }
    text
}

fn answers(app: &App<'_>, text: &mut Text) {
    let interview = app.interview();
    let questionnaire = interview.questionnaire();
    let mut section = None;
    text.line("My answers.");
    for (question, number) in view::answer_rows(interview).into_iter().zip(1..) {
        let asked = &questionnaire.questions[question];
        if asked.section != section {
            section = asked.section;
            text.line(
                section.map_or_else(String::new, |section| format!("{}:", questionnaire.sections[section].title)),
            );
        }
        text.line(format!("{number}. {}", asked.ask));
        text.line(sentence(&lists::answer_text(interview, question)));
    }
    if let Some(hidden) = lists::hidden_answers(interview) {
        text.sentences(&hidden);
    }
}
