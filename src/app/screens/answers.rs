//! The list of answers: to review them, to change one, and to start over.

use la_arena::Idx;

use crate::app::App;
use crate::app::blocks::{Block, Row, View};
use crate::app::deed::Deed;
use crate::interview::{InView, Interview};
use crate::questionnaire::Question;
use crate::text::wording;

/// The questions that are shown, each with its answer; and starting over.
pub(in crate::app) fn view(app: &App<'_>) -> View {
    let interview = app.interview();
    let questionnaire = interview.questionnaire();
    let mut section = None;
    let row = |(question, number): (Idx<Question>, usize)| {
        let asked = &questionnaire.questions[question];
        let heading = asked.section.filter(|_| std::mem::replace(&mut section, asked.section) != asked.section);
        Row {
            heading: heading.map(|section| questionnaire.sections[section].title.clone()),
            below: vec![answer_text(interview, question)],
            ..Row::numbered(number, &asked.ask, Deed::GoTo(question))
        }
    };
    let mut rows: Vec<Row> = interview.evaluation().shown_questions().zip(1..).map(row).collect();
    if app.what_if.is_none() {
        let deed = Some(Deed::AskToStartOver);
        rows.push(Row { key: Some("s".into()), say: "Start over".into(), is_pinned: true, deed, ..Row::default() });
    }
    let mut body = vec![Block::choices(rows)];
    body.extend(hidden(interview).map(Block::quiet));
    View::new("My answers", body)
}

/// The place of the question in view in the list.
pub(in crate::app) fn in_view(interview: &Interview<'_>) -> usize {
    let (evaluation, place) = (interview.evaluation(), interview.in_view());
    let at = evaluation.shown_questions().position(|question| InView::Question(question) == place);
    at.unwrap_or(evaluation.shown_questions().count().saturating_sub(1))
}

/// The answer to a question in words.
pub(in crate::app) fn answer_text(interview: &Interview<'_>, question: Idx<Question>) -> String {
    let asked = &interview.questionnaire().questions[question];
    let answer = interview.evaluation().answer(question);
    match answer {
        Some(answer) => wording::answer(asked, answer),
        None if interview.passed_over().contains(&question) => "passed over".to_owned(),
        None => "no answer yet".to_owned(),
    }
}

/// A sentence about the answers to questions that are hidden now, if there are any.
fn hidden(interview: &Interview<'_>) -> Option<String> {
    let evaluation = interview.evaluation();
    let questions = interview.questionnaire().questions.iter();
    let is_hidden = |question| evaluation.was_answered(question) && !evaluation.is_shown(question);
    match questions.filter(|(question, _)| is_hidden(*question)).count() {
        0 => None,
        1 => Some("1 answer doesn't count now, because of other answers. Change those, and it counts again.".into()),
        hidden => Some(format!(
            "{hidden} answers don't count now, because of other answers. Change those, and they count again."
        )),
    }
}
