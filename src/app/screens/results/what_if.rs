//! *What if*: answers are changed only to see the effect.

use la_arena::Idx;

use crate::app::App;
use crate::app::blocks::Block;
use crate::app::screens::Screen;
use crate::app::screens::answers::answer_text;
use crate::app::screens::results::Results;
use crate::app::screens::results::list;
use crate::interview::{Interview, Move};
use crate::questionnaire::{Questionnaire, Urgency};
use crate::text::wording;

/// What is needed to leave what-if. The changed answers themselves are in `App::interview`.
#[derive(Debug)]
pub(in crate::app) struct WhatIf<'q> {
    /// The interview with the person's own answers.
    pub(in crate::app) own: Interview<'q>,
    /// The interview before each change, for undo; the latest is last.
    earlier: Vec<Interview<'q>>,
}

impl App<'_> {
    /// Starts what-if, or continues it: shows the list of answers to choose one to change.
    pub(in crate::app) fn choose_what_if(&mut self) {
        if !self.screens.top.screen.is_results() {
            return;
        }
        if self.what_if.is_none() {
            self.what_if = Some(WhatIf { own: self.interview.clone(), earlier: Vec::new() });
        }
        self.screens.push(Screen::Answers);
    }

    /// What stands above every screen during what-if.
    pub(in crate::app) fn what_if_banner(&self) -> Option<Block> {
        let text = match &self.screens.top.screen {
            _ if self.what_if.is_none() => return None,
            Screen::Results(_) => "What if? This is not your result. a keep · u undo · i change more · e exit",
            Screen::Answers => "What if? Choose an answer to change. Your own answers stay as they are.",
            _ => "What if? Your own answers stay as they are.",
        };
        Some(Block::strong(text))
    }

    /// Keeps the interview as it is before a change, for undo.
    pub(in crate::app) fn begin_change(&mut self) {
        if let Some(what_if) = &mut self.what_if {
            what_if.earlier.push(self.interview.clone());
        }
    }

    /// Takes the last what-if change back.
    pub(in crate::app) fn undo(&mut self) {
        let Some(what_if) = &mut self.what_if else { return };
        while let Some(before) = what_if.earlier.pop() {
            if before.answers() != self.interview.answers() {
                self.interview = before;
                break;
            }
        }
        self.tell("The last change is taken back.");
        self.end_what_if_without_changes();
    }

    /// Makes the what-if answers the person's own.
    pub(in crate::app) fn keep_what_if(&mut self) {
        if self.what_if.take().is_some() {
            self.show_results();
            self.tell("These are your answers now.");
            self.or_alarm(|_| {});
        }
    }

    /// Drops the what-if answers.
    pub(in crate::app) fn end_what_if(&mut self) {
        if let Some(what_if) = self.what_if.take() {
            self.interview = what_if.own;
            self.show_results();
            self.tell("These are your own answers again.");
        }
    }

    /// Back at the results, ends what-if when no answer differs from the person's own.
    pub(in crate::app) fn end_what_if_without_changes(&mut self) {
        if self.what_if.as_ref().is_some_and(|what_if| what_if.own.answers() == self.interview.answers()) {
            self.end_what_if();
        }
    }

    /// The results, with what comes first selected.
    pub(in crate::app) fn show_results(&mut self) {
        self.screens.show(Screen::Results(Results::default()));
        self.screens.select(list::first(self));
    }
}

/// The what-if answers and their effect.
pub(super) fn changes(app: &App<'_>) -> Vec<Block> {
    let (tried, own) = (app.interview(), app.own_interview());
    let questionnaire = tried.questionnaire();
    let is_changed = |question| tried.evaluation().answer(question) != own.evaluation().answer(question);
    let mut blocks = vec![Block::heading("What if you had said")];
    for (question, asked) in questionnaire.questions.iter().filter(|(question, _)| is_changed(*question)) {
        let (before, now) = (answer_text(own, question), answer_text(tried, question));
        blocks.push(Block::noted(format!("{before} → {now}"), vec![asked.ask.clone()]));
    }
    blocks.push(Block::heading("What would change"));
    if let Some((before, after)) = urgencies(questionnaire, own.outcome().urgency, tried.outcome().urgency) {
        blocks.push(Block::item(format!("{} → {after}", before.trim_end_matches('.'))));
    }
    let change = tried.change_since(own);
    blocks.extend(moves(&change.moves));
    if change.moves.is_empty() {
        blocks.push(Block::item("No cause would change its place."));
    }
    blocks
}

/// What two levels of urgency say, if they are not the same.
pub(in crate::app) fn urgencies(
    questionnaire: &Questionnaire,
    before: Option<Idx<Urgency>>,
    after: Option<Idx<Urgency>>,
) -> Option<(&str, &str)> {
    let say = |level: Idx<Urgency>| questionnaire.urgencies[level].say.as_str();
    before.zip(after).filter(|(before, after)| before != after).map(|(before, after)| (say(before), say(after)))
}

/// The lines of the ranking that moved.
pub(in crate::app) fn moves(moves: &[Move]) -> impl Iterator<Item = Block> {
    moves.iter().map(|moved| Block::item(wording::moved(&moved.name, moved.from, moved.to)))
}
