//! The two screens of an alarm that interrupts: whether its answers are right, and what to do. And the reminder of it on all
//! others.

use la_arena::Idx;

use crate::app::App;
use crate::app::blocks::{Badge, Block, Item, Pane, Role, View, paragraphs};
use crate::app::deed::Deed;
use crate::app::screens::results::reasons;
use crate::engine::outcome::answers_raising;
use crate::questionnaire::{Alarm, Answer, Question};

/// Shows which answers raised it, and asks whether they are right.
pub(in crate::app) fn confirm(app: &App<'_>, alarm: Idx<Alarm>) -> View {
    let questionnaire = app.interview().questionnaire();
    let raised = &questionnaire.alarms[alarm];
    let mut pairs = answers(app, alarm);
    pairs.extend(raised.title.iter().map(|title| ("That can mean:".to_owned(), title.clone())));
    pairs.push(("If it is right:".into(), questionnaire.urgencies[raised.urgency].say.clone()));
    let buttons =
        [("Yes, this is right: what do I do?", Deed::Confirm(alarm)), ("No, let me change my answer", Deed::Close)];
    view(app, alarm, vec![Block::heading("Is this right?"), Block::Pairs(pairs)], buttons)
}

/// Says what to do. Whoever needs help now does not need more questions.
pub(in crate::app) fn advice(app: &App<'_>, alarm: Idx<Alarm>) -> View {
    let questionnaire = app.interview().questionnaire();
    let raised = &questionnaire.alarms[alarm];
    let mut body = vec![Block::heading(&questionnaire.urgencies[raised.urgency].say)];
    body.extend(steps(&raised.say));
    view(app, alarm, body, [("Show my results", Deed::Results), ("Go on with the questions", Deed::GoOn)])
}

fn view(app: &App<'_>, alarm: Idx<Alarm>, mut body: Vec<Block>, buttons: [(&str, Deed); 2]) -> View {
    let questionnaire = app.interview().questionnaire();
    body.push(Block::buttons(buttons));
    let badge = Some(Badge::new(questionnaire, questionnaire.alarms[alarm].urgency));
    View { main: Pane { badge, body, ..Pane::default() }, ..View::default() }
}

/// What to do, sentence by sentence, so that it can be done step by step. A question is one step with its answer.
pub(in crate::app) fn steps(say: &str) -> Vec<Block> {
    let sentences = paragraphs(Role::Plain, say).into_iter().flat_map(|block| match block {
        Block::Text(_, text) => crate::text::sentences(&text),
        Block::Item(item) => vec![item.text],
        _ => Vec::new(),
    });
    let step = |(text, number): (String, usize)| Block::Item(Item { number: Some(number), ..Item::new(text) });
    let mut steps: Vec<String> = Vec::new();
    for sentence in sentences {
        match steps.last_mut().filter(|last| last.ends_with('?')) {
            Some(question) => *question = format!("{question} {sentence}"),
            None => steps.push(sentence),
        }
    }
    steps.into_iter().zip(1..).map(step).collect()
}

/// The answers that raised an alarm. What was ticked is clear without its question.
pub(in crate::app) fn answers(app: &App<'_>, alarm: Idx<Alarm>) -> Vec<(String, String)> {
    let evaluation = app.interview().evaluation();
    let questionnaire = app.interview().questionnaire();
    let raised_by = answers_raising(alarm, evaluation).into_iter();
    let said = |(question, answer): (Idx<Question>, Answer)| {
        let said = reasons::said_to(&questionnaire.alarms[alarm].when, question, evaluation);
        match answer {
            Answer::Many { .. } => said,
            Answer::One(_) | Answer::Number(_) | Answer::NotSure => {
                format!("{} {said}", questionnaire.questions[question].ask)
            }
        }
    };
    raised_by.map(|answer| ("You said:".to_owned(), said(answer))).collect()
}

/// The level of a confirmed alarm, while the questions go on. What-if answers raise none.
pub(in crate::app) fn standing(app: &App<'_>) -> Option<Badge> {
    let questionnaire = app.interview().questionnaire();
    let level = app.own_interview().raised_level()?;
    questionnaire.urgencies[level].interrupts.then(|| Badge::new(questionnaire, level))
}
