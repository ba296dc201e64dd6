//! Detours from the results: to a question and back, and *what if*, where answers are changed only to see the effect.

use la_arena::Idx;

use crate::app::screens::results::{Item, Results};
use crate::app::{App, Screen};
use crate::engine::outcome::Outcome;
use crate::interview::{Change, Interview};
use crate::questionnaire::Question;

/// What is needed to leave what-if. The changed answers themselves are in `App::interview`.
#[derive(Debug)]
pub(in crate::app) struct WhatIf<'q> {
    /// The interview with the person's own answers.
    own: Interview<'q>,
    /// The interview before each change, for undo; the latest is last.
    earlier: Vec<Interview<'q>>,
}

/// How the what-if answers differ from the person's own, and the effect.
pub(in crate::app) struct WhatIfEffect<'a> {
    /// The questions with another answer, in file order.
    pub(in crate::app) changed: Vec<Idx<Question>>,
    /// What that changes.
    pub(in crate::app) change: Change,
    /// The outcome of the person's own answers.
    pub(in crate::app) before: &'a Outcome,
}

impl<'q> WhatIf<'q> {
    pub(in crate::app) fn own(&self) -> &Interview<'q> {
        &self.own
    }
}

impl App<'_> {
    /// Does what Enter does on the results: unfolds the unlikely causes, opens a text, or goes to an open question.
    pub(in crate::app) fn enter(&mut self) {
        let Screen::Results(results) = &mut self.screen else { return };
        if results.item(&self.interview) == Some(Item::PassedOver) && self.ask_passed_over() {
            return;
        }
        let Screen::Results(results) = &mut self.screen else { return };
        if matches!(results.item(&self.interview), Some(Item::Unlikely(_))) {
            results.is_unfolded = !results.is_unfolded;
            return;
        }
        if !results.is_reading {
            results.is_reading = true;
            return;
        }
        let open = results.open_questions(&self.interview).unwrap_or_default();
        match open.get(results.open) {
            Some(open) => self.go_aside(open.question),
            None => results.is_reading = false,
        }
    }

    /// Goes to the first question that was passed over, and asks everything from now on. False when there is none, or
    /// while the screens show what-if answers.
    pub(in crate::app) fn ask_passed_over(&mut self) -> bool {
        let asks = self.what_if.is_none() && !self.interview.passed_over().is_empty();
        if asks {
            self.interview.ask_all();
            self.show_place();
        }
        asks
    }

    /// Goes to a question, and back to these results once it is answered.
    pub(in crate::app) fn go_aside(&mut self, question: Idx<Question>) {
        if let Screen::Results(results) = &self.screen {
            self.return_to = Some(results.clone());
            self.open_question(question);
        }
    }

    /// Starts what-if, or continues it: shows the list of answers to choose one to change.
    pub(in crate::app) fn choose_what_if(&mut self) {
        if !matches!(self.screen, Screen::Results(_)) {
            return;
        }
        if self.what_if.is_none() {
            self.what_if = Some(WhatIf { own: self.interview.clone(), earlier: Vec::new() });
        }
        self.return_to = Some(Results::default());
        self.notice = Some("What if? Choose an answer to change. Your own answers stay as they are.".into());
        self.cover(|under| Screen::Answers { cursor: 0, under });
    }

    /// Whether the screens show what-if answers.
    pub(in crate::app) fn is_what_if(&self) -> bool {
        self.what_if.is_some()
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
        self.end_what_if_without_changes();
        self.notice = Some("The last change is taken back.".into());
    }

    /// Makes the what-if answers the person's own.
    pub(in crate::app) fn keep_what_if(&mut self) {
        if self.what_if.take().is_some() {
            self.notice = Some("These are your answers now.".into());
            self.or_alarm(|_| {});
        }
    }

    /// Drops the what-if answers.
    pub(in crate::app) fn end_what_if(&mut self) {
        if let Some(what_if) = self.what_if.take() {
            self.interview = what_if.own;
            self.screen = Screen::Results(Results::default());
            self.notice = Some("These are your own answers again.".into());
        }
    }

    /// Ends what-if when no answer differs from the person's own.
    pub(in crate::app) fn end_what_if_without_changes(&mut self) {
        if self.what_if.as_ref().is_some_and(|what_if| what_if.own.answers() == self.interview.answers())
            && let Some(what_if) = self.what_if.take()
        {
            self.interview = what_if.own;
        }
    }

    /// The effect of the what-if answers; `None` outside what-if.
    pub(in crate::app) fn what_if_effect(&self) -> Option<WhatIfEffect<'_>> {
        let own = self.what_if.as_ref()?.own();
        let questions = self.interview.questionnaire().questions.iter().map(|(question, _)| question);
        let answer = |interview: &Interview<'_>, question| interview.evaluation().answer(question).cloned();
        let changed = questions.filter(|question| answer(own, *question) != answer(&self.interview, *question));
        let (changed, change) = (changed.collect(), self.interview.change_since(own));
        Some(WhatIfEffect { changed, change, before: own.outcome() })
    }
}
