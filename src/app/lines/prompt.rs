//! What can be typed on a screen: the prompt, the hint after a line that was not understood, and the help.

use crate::app::App;
use crate::app::lines::results;
use crate::app::lines::write::Text;
use crate::app::screens::{Screen, answers, since};
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
        Screen::Kept => match since::kept(interview).len() {
            0 => "Go on (Enter, ? for help): ".to_owned(),
            last => format!("Go on (Enter, or {} to change an answer, ? for help): ", numbers(last)),
        },
        Screen::Leave => "Answer (1 to 3, ? for help): ".to_owned(),
        _ => "Answer (1 or 2, ? for help): ".to_owned(),
    }
}

/// The hint after a line that was not understood.
pub(super) fn usage(app: &App<'_>) -> Text {
    let mut text = Text::default();
    text.line(match app.screens.top() {
        Screen::Question(card) => {
            let kind = &app.interview().questionnaire().questions[card.question].kind;
            match kind {
                Kind::One(_) if card.is_searchable(app.interview()) => {
                    "Type / and a part of a name to find it, the number of one answer, or n for not sure.".to_owned()
                }
                Kind::Many { .. } if card.is_searchable(app.interview()) => {
                    "Type / and a part of a name to find it, a number to tick it, 0 for none of these, or n for not sure."
                        .to_owned()
                }
                Kind::One(_) => "Type the number of one answer, or n for not sure.".to_owned(),
                Kind::Many { .. } => {
                    "Type the numbers of all that fit, 0 for none of these, or n for not sure.".to_owned()
                }
                Kind::Number { .. } => {
                    format!(
                        "Type a number from {}, or n for not sure.",
                        wording::number_range(kind).unwrap_or_default()
                    )
                }
            }
        }
        Screen::Answers => "Type the number of a question to go to it, or b to go back.".to_owned(),
        Screen::Results(_) if app.what_if.is_some() => {
            "Type the number of a line to hear more, or e to go back to your own answers.".to_owned()
        }
        Screen::Results(_) => "Type the number of a line to hear more, or q to quit.".to_owned(),
        Screen::Kept => "Press Enter to go on, or type the number of an answer to change it.".to_owned(),
        Screen::Leave => "Type 1, 2 or 3.".to_owned(),
        _ => "Type 1 or 2.".to_owned(),
    });
    text
}

/// The help: all that can be typed on the screen.
pub(super) fn help(app: &App<'_>) -> Text {
    const ASKING: [&str; 8] = [
        "b: back to the question before. Your answer stays.",
        "f: forward, keeping your answer.",
        "w: why this question is asked.",
        "m: my answers, to look at them, change them or start over.",
        "p: the ranking so far.",
        "r: the results now.",
        "l: hear it again. Of a long list, hear all of it.",
        "q: quit.",
    ];
    const LISTED: &str = "/ and a part of a name: find it in the list.";
    let lines: &[&str] = match app.screens.top() {
        Screen::Question(card) => {
            let is_long = card.is_searchable(app.interview());
            let mut text = Text::default();
            text.line("You can type, each with Enter:");
            let takes: &[&str] = match (&app.interview().questionnaire().questions[card.question].kind, is_long) {
                (Kind::One(_), false) => &["A number: choose that answer and go on."],
                (Kind::One(_), true) => &["A number: choose that answer and go on.", LISTED],
                (Kind::Many { .. }, false) => &[
                    "Numbers with spaces, such as 1 3: these fit, and go on.",
                    "A question mark and a number, such as ?2: not sure about that one.",
                    "0: none of these.",
                ],
                (Kind::Many { .. }, true) => &[
                    LISTED,
                    "A number: tick that one, or take the tick away.",
                    "A question mark and a number, such as ?2: not sure about that one.",
                    "Enter alone: go on with what is ticked.",
                    "0: none of these.",
                ],
                (Kind::Number { .. }, _) => &["A number: that is the answer."],
            };
            for line in takes.iter().chain(&["n: not sure."]).chain(&ASKING) {
                text.line(*line);
            }
            return text;
        }
        Screen::Answers if app.what_if.is_some() => &[
            "A number: go to that question.",
            "r: the results.",
            "l: hear the list again.",
            "b: back to where you were.",
            "q: quit.",
        ],
        Screen::Answers => &[
            "A number: go to that question.",
            "s: start over. It asks first.",
            "r: the results.",
            "l: hear the list again.",
            "b: back to where you were.",
            "q: quit.",
        ],
        Screen::Results(_) if app.what_if.is_some() => &[
            "A number: what it is, and what to do about it.",
            "why, figures, open or sources and a number: more about it.",
            "i: change one more answer.",
            "u: take the last change back.",
            "a: make these answers your own.",
            "e: back to your own answers.",
            "l: hear the whole list.",
            "q: quit.",
        ],
        Screen::Results(_) => &[
            "A number: what it is, and what to do about it.",
            "why and a number, such as why 2: what speaks for it and against it.",
            "figures and a number, such as figures 2: the same, with every figure.",
            "open and a number, such as open 2: the questions that could change its place.",
            "i: what if. Change an answer to see what it would do.",
            "sources and a number, such as sources 2: where that comes from.",
            "o: the others, that your answers say nothing about.",
            "ask: answer the questions that were passed over, if there are any.",
            "l: hear the whole list.",
            "s: save a report for a doctor or pharmacist, in this folder.",
            "m: my answers, to look at them, change them or start over.",
            "b: back to the questions.",
            "q: quit.",
        ],
        Screen::Kept => &[
            "Enter alone: go on with these answers.",
            "A number: go to that question.",
            "l: hear them again.",
            "q: quit.",
        ],
        _ => &["A number: choose that way.", "b: back, with everything as it was.", "l: hear it again.", "q: quit."],
    };
    let mut text = Text::default();
    text.line("You can type, each with Enter:");
    for line in lines {
        text.line(*line);
    }
    text
}
