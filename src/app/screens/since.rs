//! Starting from an earlier report: the answers that are kept, and what has moved since.

use la_arena::Idx;

use crate::app::App;
use crate::app::blocks::{Block, Row, View};
use crate::app::deed::Deed;
use crate::app::screens::answers::answer_text;
use crate::app::screens::results::what_if::{moves, urgencies};
use crate::app::screens::{Screen, resume};
use crate::interview::Interview;
use crate::interview::since::EarlierReport;
use crate::questionnaire::Question;

/// So many moves are told: the rest is far down in the ranking.
const MOVES: usize = 8;

/// What an interview starts from.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Start {
    /// Nothing.
    #[default]
    Afresh,
    /// Nothing, or an earlier report: the first screen offers it.
    Offered(EarlierReport),
    /// An earlier report, as the person asked for.
    From(EarlierReport),
}

impl Start {
    /// The report that there is to start from.
    fn report(&self) -> Option<&EarlierReport> {
        match self {
            Start::Afresh => None,
            Start::Offered(report) | Start::From(report) => Some(report),
        }
    }
}

impl App<'_> {
    /// What the first screen says about the earlier report that one starts from.
    pub(in crate::app) fn start_in_words(&self) -> Option<String> {
        let Start::From(report) = &self.opening.start else { return None };
        Some(match report.day.date {
            Some(_) => format!("You start from your report of {}.", report.day.words),
            None => "You start from an earlier report.".into(),
        })
    }

    /// What can be taken on the first screen: with an earlier report on offer, there is a choice.
    pub(in crate::app) fn ways_to_start(&self) -> Block {
        match &self.opening.start {
            Start::Offered(report) => {
                let follow_up = format!("Start from your report of {}", report.day.words);
                Block::buttons([("Begin", Deed::GoOn), (&follow_up, Deed::FollowUp)])
            }
            start => {
                let deed = Some(if start.report().is_some() { Deed::FollowUp } else { Deed::GoOn });
                let row = Row { say: "Press Enter to begin".into(), is_pinned: true, deed, ..Row::default() };
                Block::choices(vec![row])
            }
        }
    }

    /// Starts from the earlier report.
    pub(in crate::app) fn follow_up(&mut self) {
        let Some(report) = self.opening.start.report() else { return };
        self.interview = Interview::following_up(self.interview.questionnaire(), report);
        if report.kept.is_empty() && report.lost.is_empty() {
            self.go_on();
        } else {
            self.screens.show(Screen::Kept);
            self.screens.select(self.view().numbers().saturating_sub(1));
        }
    }
}

/// The questions whose answers were kept.
pub(in crate::app) fn kept(interview: &Interview<'_>) -> Vec<Idx<Question>> {
    let evaluation = interview.evaluation();
    let questions = &interview.questionnaire().questions;
    let is_kept = |id: &Idx<Question>| questions[*id].lasting && evaluation.answer(*id).is_some();
    evaluation.shown_questions().filter(is_kept).collect()
}

/// The kept answers, for a glance.
pub(in crate::app) fn view(app: &App<'_>) -> View {
    let interview = app.interview();
    let questionnaire = interview.questionnaire();
    let Some(report) = app.opening.start.report() else { return View::default() };
    let kept = kept(interview);
    let mut body = Vec::new();
    if !report.lost.is_empty() {
        body.push(Block::plain("Not all of it can be taken over:"));
        body.extend(resume::lost_in_words(&report.lost, questionnaire).into_iter().map(Block::item));
    }
    body.push(Block::plain(if kept.is_empty() {
        "Everything is asked again."
    } else {
        "These answers rarely change, so they are kept. If any is different now, or something is missing, change it. \
         Everything else is asked again."
    }));
    let row = |(question, number): (Idx<Question>, usize)| Row {
        below: vec![answer_text(interview, question)],
        ..Row::numbered(number, &questionnaire.questions[question].ask, Deed::GoTo(question))
    };
    let go_on = Row { is_pinned: true, ..Row::numbered(kept.len() + 1, "Go on", Deed::AskTheRest) };
    let rows = kept.into_iter().zip(1..).map(row).chain([go_on]).collect();
    body.push(Block::choices(rows));
    View::new(format!("Kept from {}", report.day.words), body)
}

/// What has moved since the report that the interview follows up.
pub(in crate::app) fn changes(app: &App<'_>) -> Vec<Block> {
    let Some(since) = app.interview().since() else { return Vec::new() };
    let questionnaire = app.interview().questionnaire();
    let mut blocks = vec![Block::heading(format!("Since {}", since.day.words))];
    // While an alarm leads, the causes are beside the point.
    let is_led = app.interview().outcome().is_led_by_alarm(questionnaire);
    let moved = if is_led { &[] } else { since.moves.as_slice() };
    match urgencies(questionnaire, since.urgency_then, since.urgency_now) {
        Some((then, now)) => blocks.push(Block::Pairs(vec![("Then".into(), then.into()), ("Now".into(), now.into())])),
        None if is_led => blocks.push(Block::plain("It is as urgent as it was.")),
        None if moved.is_empty() => blocks.push(Block::plain("Nothing has moved.")),
        None => {}
    }
    let more = moved.len().saturating_sub(MOVES);
    blocks.extend(moves(moved).take(MOVES));
    blocks.extend((more > 0).then(|| Block::quiet(format!("{more} more moved, further down."))));
    if since.is_open {
        blocks.push(Block::quiet("Some questions have no answer yet, so this can still change."));
    }
    blocks
}
