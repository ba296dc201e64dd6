//! What it does to take a line of a screen: a button, or a question in a list.

use la_arena::Idx;

use crate::app::screens::Screen;
use crate::app::{Action, App, Effect};
use crate::questionnaire::{Alarm, Question};

/// What a line is for. The screen that has the line says so; [`App::take`] does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Deed {
    /// Close the screen, with everything as it was.
    Close,
    /// Go on with the questions.
    GoOn,
    /// Go on with the questions that an earlier report does not answer.
    AskTheRest,
    /// Start from an earlier report.
    FollowUp,
    /// Go on with the answers that were kept.
    Resume,
    /// Begin without them.
    Welcome,
    /// What the caller has to do.
    Do(Effect),
    /// Confirm the answers that raise an alarm, to be told what to do.
    Confirm(Idx<Alarm>),
    /// Show the results.
    Results,
    /// Read the text about the line, or go back to the list.
    Read,
    /// List the unlikely causes one by one, or no longer.
    Unfold,
    /// Go to the first question that was passed over, and ask everything from now on.
    AskPassedOver,
    /// Go to a question.
    GoTo(Idx<Question>),
    /// Ask whether to start over.
    AskToStartOver,
    StartOver,
    SaveAndQuit,
}

impl App<'_> {
    /// Takes the selected line, whether it is in view or not. Where there is none, closes the screen.
    pub(in crate::app) fn take(&mut self) -> Effect {
        if let Screen::Question(_) = &self.screens.top.screen {
            self.edit(Action::Accept, None);
            return Effect::Draw;
        }
        let view = self.view();
        let cursor = if view.is_side_read { self.screens.top.side.cursor } else { self.screens.top.main.cursor };
        let deed = view.rows().get(cursor).and_then(|row| row.deed);
        self.carry_out(deed.unwrap_or(Deed::Close))
    }

    /// Does what a line is for.
    pub(in crate::app) fn carry_out(&mut self, deed: Deed) -> Effect {
        match deed {
            Deed::Close => self.close(),
            Deed::GoOn => self.go_on(),
            Deed::AskTheRest => {
                self.interview.go_on();
                self.or_alarm(Self::show_place);
            }
            Deed::FollowUp => self.follow_up(),
            Deed::Resume => self.resume(),
            Deed::Welcome => self.screens.show(Screen::Welcome),
            Deed::Do(effect) => return effect,
            Deed::Confirm(alarm) => {
                self.interview.confirm(alarm);
                self.screens.show(Screen::AlarmAdvice(alarm));
            }
            Deed::Results => self.or_alarm(Self::show_results),
            Deed::Read | Deed::Unfold => {
                if let Screen::Results(results) = &mut self.screens.top.screen {
                    let is_on = if deed == Deed::Read { &mut results.is_reading } else { &mut results.is_unfolded };
                    *is_on = !*is_on;
                }
            }
            Deed::AskPassedOver => {
                self.interview.ask_all();
                self.show_place();
            }
            Deed::GoTo(question) if matches!(&self.screens.top.screen, Screen::Answers) && self.what_if.is_none() => {
                self.interview.jump(question);
                self.show_place();
            }
            Deed::GoTo(question) => self.open_question(question),
            Deed::AskToStartOver => self.screens.push(Screen::StartOver),
            Deed::StartOver => {
                self.start_over();
                return Effect::Forget;
            }
            Deed::SaveAndQuit => {
                self.quits_when_saved = true;
                self.screens.pop();
                return self.save();
            }
        }
        Effect::Draw
    }
}
