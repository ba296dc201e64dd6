//! What can be typed on a screen: the prompt, the hint after a line that was not understood, and the help.

use crate::app::App;
use crate::app::lines::write::Text;
use crate::app::lines::{commands, results};
use crate::app::screens::{Screen, answers};
use crate::questionnaire::Kind;
use crate::text::wording;

/// "1", "1 or 2", "1 to 9".
fn numbers(last: usize) -> String {
    match last {
        0 | 1 => last.to_string(),
        2 => "1 or 2".to_owned(),
        _ => format!("1 to {last}"),
    }
}

/// The prompt: what the next line can be.
pub(super) fn prompt(app: &App<'_>) -> String {
    let interview = app.interview();
    match app.screens.top() {
        Screen::Question(card) => {
            let asked = &interview.questionnaire().questions[card.question];
            let last = interview.evaluation().offered(card.question).len();
            let numbers = numbers(last);
            let takes = match (&asked.kind, card.is_searchable(interview)) {
                (Kind::One(_), false) => numbers,
                (Kind::One(_), true) => "/ and a part of a name, or a number".to_owned(),
                (Kind::Many { .. }, false) if last < 2 => format!("{numbers}, 0 for none"),
                (Kind::Many { .. }, false) => format!("{numbers}, several with spaces, 0 for none"),
                (Kind::Many { .. }, true) => {
                    return "Answer (/ and a part of a name, a number to tick it, Enter to go on, 0 for none, \
                        ? for help): "
                        .to_owned();
                }
                (Kind::Number { .. }, _) => wording::number_range(&asked.kind).unwrap_or_default(),
            };
            format!("Answer ({takes}, n, b for back, ? for help): ")
        }
        Screen::Answers => {
            let last = answers::rows(interview).len();
            let start_over = if app.what_if.is_some() { "" } else { "s to start over, " };
            format!("Go to ({}, {start_over}b for back, ? for help): ", numbers(last))
        }
        Screen::Results(_) => {
            let last = results::places(app);
            let numbers = if last == 0 { String::new() } else { format!("{} to hear more, ", numbers(last)) };
            if app.what_if.is_some() {
                return format!(
                    "What if ({numbers}i to change one more, u to take it back, a to make it your own, e to end, ? for \
                    help): "
                );
            }
            format!(
                "Results ({numbers}s to save a report, m for my answers, b for the questions, q to quit, ? for help): "
            )
        }
        Screen::Kept => match app.view().numbers() {
            1 => "Go on (Enter, ? for help): ".to_owned(),
            last => format!("Go on (Enter, or {} to change an answer, ? for help): ", numbers(last - 1)),
        },
        _ => format!("Answer ({}, ? for help): ", numbers(app.view().numbers())),
    }
}

/// The hint after a line that was not understood.
pub(super) fn usage(app: &App<'_>) -> Text {
    let hint = match app.screens.top() {
        Screen::Question(card) => {
            let kind = &app.interview().questionnaire().questions[card.question].kind;
            let takes = match (kind, card.is_searchable(app.interview())) {
                (Kind::One(_), false) => "the number of one answer",
                (Kind::One(_), true) => "/ and a part of a name to find it, the number of one answer",
                (Kind::Many { .. }, false) => "the numbers of all that fit, 0 for none of these",
                (Kind::Many { .. }, true) => {
                    "/ and a part of a name to find it, a number to tick it, 0 for none of these"
                }
                (Kind::Number { .. }, _) => {
                    &format!("a number from {}", wording::number_range(kind).unwrap_or_default())
                }
            };
            &format!("Type {takes}, or n for not sure.")
        }
        Screen::Answers => "Type the number of a question to go to it, or b to go back.",
        Screen::Results(_) if app.what_if.is_some() => {
            "Type the number of a line to hear more, or e to go back to your own answers."
        }
        Screen::Results(_) => "Type the number of a line to hear more, or q to quit.",
        Screen::Kept => "Press Enter to go on, or type the number of an answer to change it.",
        Screen::Leave => "Type 1, 2 or 3.",
        _ => "Type 1 or 2.",
    };
    Text::from(hint)
}

/// The help: all that can be typed on the screen.
pub(super) fn help(app: &App<'_>, text: &mut Text) {
    const NUMBER: &str = "A number: choose that answer and go on.";
    const LISTED: &str = "/ and a part of a name: find it in the list.";
    const UNSURE: &str = "A question mark and a number, such as ?2: not sure about that one.";
    const NONE: &str = "0: none of these.";
    const GO_TO: &str = "A number: go to that question.";
    // The help lies on top.
    let below = app.screens.down().nth(1).unwrap_or(app.screens.top());
    let answers: &[&str] = match below {
        Screen::Question(card) => {
            let is_long = card.is_searchable(app.interview());
            match (&app.interview().questionnaire().questions[card.question].kind, is_long) {
                (Kind::One(_), false) => &[NUMBER],
                (Kind::One(_), true) => &[NUMBER, LISTED],
                (Kind::Many { .. }, false) => {
                    &["Numbers with spaces, such as 1 3: these fit, and go on.", UNSURE, NONE]
                }
                (Kind::Many { .. }, true) => &[
                    LISTED,
                    "A number: tick that one, or take the tick away.",
                    UNSURE,
                    "Enter alone: go on with what is ticked.",
                    NONE,
                ],
                (Kind::Number { .. }, _) => &["A number: that is the answer."],
            }
        }
        Screen::Answers if app.what_if.is_some() => &[GO_TO],
        Screen::Answers => &[GO_TO, "s: start over. It asks first."],
        Screen::Results(_) => &[
            "A number: what it is, and what to do about it.",
            "why and a number, such as why 2: what speaks for it and against it.",
            "figures and a number, such as figures 2: the same, with every figure.",
            "open and a number, such as open 2: the questions that could change its place.",
            "sources and a number, such as sources 2: where that comes from.",
            "o: the others, that your answers say nothing about.",
            "ask: answer the questions that were passed over, if there are any.",
        ],
        Screen::Kept => &["Enter alone: go on with these answers.", GO_TO],
        _ => &["A number: choose that way."],
    };
    text.line("You can type, each with Enter:");
    for line in answers {
        text.line(line);
    }
    commands::help(app.mode_of(below)).for_each(|line| text.line(line));
}
