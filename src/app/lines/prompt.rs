//! What can be typed on a screen: the prompt, the hint after a line that was not understood, and the help.

use crate::app::lines::write::Text;
use crate::app::lines::{commands, results};
use crate::app::screens::Screen;
use crate::app::{Action, App, Mode};
use crate::interview::InView;
use crate::text::wording;

/// "1", "1 or 2", "1 to 9".
fn numbers(last: usize) -> String {
    match last {
        0 | 1 => last.to_string(),
        2 => "1 or 2".to_owned(),
        _ => format!("1 to {last}"),
    }
}

/// The range of the number that is asked for.
fn range(app: &App<'_>) -> String {
    let InView::Question(question) = app.interview().in_view() else { return String::new() };
    wording::number_range(&app.interview().questionnaire().questions[question].kind).unwrap_or_default()
}

/// The prompt: what the next line can be.
pub(super) fn prompt(app: &App<'_>) -> String {
    let mode = app.mode();
    let last = match mode {
        Mode::Results | Mode::WhatIf => results::places(app),
        _ => app.view().numbers(),
    };
    let numbers = numbers(last);
    let to_hear = if last == 0 { String::new() } else { format!("{numbers} to hear more, ") };
    let back = if app.leads_nowhere(Action::Back, &app.screens.top.screen) { "" } else { ", b for back" };
    let (what, takes) = match mode {
        Mode::One => ("Answer", format!("{numbers}, n{back}")),
        Mode::LongOne => ("Answer", format!("/ and a part of a name, or a number, n{back}")),
        Mode::Many if last < 2 => ("Answer", format!("{numbers}, 0 for none, n{back}")),
        Mode::Many => ("Answer", format!("{numbers}, several with spaces, 0 for none, n{back}")),
        Mode::LongMany => {
            ("Answer", "/ and a part of a name, a number to tick it, Enter to go on, 0 for none".to_owned())
        }
        Mode::Number => ("Answer", format!("{}, n{back}", range(app))),
        Mode::Answers if app.what_if.is_some() => ("Go to", format!("{numbers}, b for back")),
        Mode::Answers => ("Go to", format!("{numbers}, s to start over, b for back")),
        Mode::WhatIf => {
            let keys = "i to change one more, u to take it back, a to make it your own, e to end";
            ("What if", format!("{to_hear}{keys}"))
        }
        Mode::Results => {
            let keys = "s to save a report, m for my answers, b for the questions, q to quit";
            ("Results", format!("{to_hear}{keys}"))
        }
        _ if !matches!(&app.screens.top.screen, Screen::Kept) => ("Answer", numbers),
        _ if last < 2 => ("Go on", "Enter".to_owned()),
        _ => ("Go on", format!("Enter, or {} to change an answer", self::numbers(last - 1))),
    };
    format!("{what} ({takes}, ? for help): ")
}

/// The hint after a line that was not understood.
pub(super) fn usage(app: &App<'_>) -> Text {
    let takes = match app.mode() {
        Mode::One => "the number of one answer, or n for not sure.",
        Mode::LongOne => "/ and a part of a name to find it, the number of one answer, or n for not sure.",
        Mode::Many => "the numbers of all that fit, 0 for none of these, or n for not sure.",
        Mode::LongMany => {
            "/ and a part of a name to find it, a number to tick it, 0 for none of these, or n for not sure."
        }
        Mode::Number => &format!("a number from {}, or n for not sure.", range(app)),
        Mode::Answers => "the number of a question to go to it, or b to go back.",
        Mode::WhatIf => "the number of a line to hear more, or e to go back to your own answers.",
        Mode::Results => "the number of a line to hear more, or q to quit.",
        _ => match &app.screens.top.screen {
            Screen::Kept => return Text::from("Press Enter to go on, or type the number of an answer to change it."),
            Screen::Leave => "1, 2 or 3.",
            _ => "1 or 2.",
        },
    };
    Text::from(format!("Type {takes}").as_str())
}

/// The help: all that can be typed on the screen.
pub(super) fn help(app: &App<'_>, text: &mut Text) {
    const NUMBER: &str = "A number: choose that answer and go on.";
    const LISTED: &str = "/ and a part of a name: find it in the list.";
    const UNSURE: &str = "A question mark and a number, such as ?2: not sure about that one.";
    const NONE: &str = "0: none of these.";
    const GO_TO: &str = "A number: go to that question.";
    // The help lies on top.
    let below = app.screens.down().nth(1).unwrap_or(&app.screens.top.screen);
    let mode = app.mode_of(below);
    let answers: &[&str] = match mode {
        Mode::One => &[NUMBER],
        Mode::LongOne => &[NUMBER, LISTED],
        Mode::Many => &["Numbers with spaces, such as 1 3: these fit, and go on.", UNSURE, NONE],
        Mode::LongMany => &[
            LISTED,
            "A number: tick that one, or take the tick away.",
            UNSURE,
            "Enter alone: go on with what is ticked.",
            NONE,
        ],
        Mode::Number => &["A number: that is the answer."],
        Mode::Answers if app.what_if.is_some() => &[GO_TO],
        Mode::Answers => &[GO_TO, "s: start over. It asks first."],
        Mode::Results | Mode::WhatIf => &[
            "A number: what it is, and what to do about it.",
            "why and a number, such as why 2: what speaks for it and against it.",
            "figures and a number, such as figures 2: the same, with every figure.",
            "open and a number, such as open 2: the questions that could change its place.",
            "about and a number, such as about 2: where that comes from.",
            "go and a number, such as go 2: go to that one of the questions you have just heard.",
        ],
        _ if matches!(below, Screen::Kept) => &["Enter alone: go on with these answers.", GO_TO],
        _ => &["A number: choose that way."],
    };
    text.line("You can type, each with Enter:");
    for line in answers {
        text.line(line);
    }
    if matches!(below, Screen::Results(_)) && results::not_assessed(app).is_some() {
        text.line("o: the others, that your answers say nothing about.");
    }
    if matches!(below, Screen::Results(_)) && app.can_ask_passed_over() {
        text.line("ask: answer the questions that were passed over.");
    }
    commands::help(app, below).for_each(|line| text.line(line));
}
