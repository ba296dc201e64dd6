//! What each action does: [`App::update`] and the moves from screen to screen.

pub(super) mod answer;
pub(super) mod what_if;
pub(super) mod navigation;

use la_arena::Idx;

use crate::app::screens::question::Card;
use crate::app::screens::results::{Figures, Results};
use crate::app::{Action, App, Effect, Mode, Motion, Opening, Raised, Screen, TwoButtons, view};
use crate::engine::outcome::answers_raising;
use crate::interview::InView;
use crate::questionnaire::{Alarm, Question};

impl App<'_> {
    /// Does an action. `typed` is the character of its key, if it was one.
    pub fn update(&mut self, action: Action, typed: Option<char>) -> Effect {
        if self.notice.take().is_some() {
            // The notice took rows from the screen.
            self.last_layout.take();
        }
        let effect = self.act(action, typed);
        self.last_layout.take();
        self.tell_keeping();
        effect
    }

    fn act(&mut self, action: Action, typed: Option<char>) -> Effect {
        match action {
            Action::QuitNow => return Effect::Quit,
            Action::Suspend => return Effect::Suspend,
            Action::Save => return Effect::Save,
            Action::Quit => return self.quit(),
            Action::Help => self.cover(|under| Screen::Help { scroll: 0, under }),
            Action::WhatIf => self.choose_what_if(),
            Action::Answers if self.what_if.is_some() && matches!(self.screen, Screen::Results(_)) => {
                self.choose_what_if();
            }
            Action::Undo => self.undo(),
            Action::Keep => self.keep_what_if(),
            Action::EndWhatIf => self.end_what_if(),
            Action::Figures => {
                if let Screen::Results(results) = &mut self.screen
                    && results.item(&self.interview).is_some_and(|item| item.cause().is_some())
                {
                    results.toggle_figures();
                    self.notice = Some(match results.figures {
                        Figures::Shown => "The figures stand at the end of this page.".into(),
                        Figures::Hidden => "The figures are hidden again.".into(),
                    });
                }
            }
            Action::Answers => {
                self.keep_ticks();
                self.or_alarm(|app| {
                    let cursor = app.answer_in_view();
                    app.cover(|under| Screen::Answers { cursor, under });
                });
            }
            Action::Peek => {
                self.keep_ticks();
                self.or_alarm(|app| app.cover(|under| Screen::Peek { scroll: 0, under }));
            }
            Action::Results => {
                self.keep_ticks();
                self.or_alarm(|app| app.screen = Screen::Results(app.return_to.take().unwrap_or_default()));
            }
            Action::Close => self.close(),
            Action::Move(motion) => self.motion(motion),
            Action::Back => self.back(),
            Action::Accept => return self.accept(),
            Action::Forward => self.forward(),
            Action::NextPage | Action::PreviousPage => {
                if let Screen::Results(results) = &mut self.screen
                    && results.item(&self.interview).is_some_and(|item| item.cause().is_some())
                {
                    results.turn(action == Action::NextPage);
                }
            }
            Action::Edit(edit) => self.edit(edit, typed),
        }
        self.restore_screen_invariants();
        Effect::Draw
    }

    fn accept(&mut self) -> Effect {
        if let Screen::Offer(buttons)
        | Screen::ConfirmAlarm(Raised { buttons, .. })
        | Screen::AlarmAdvice(Raised { buttons, .. }) = &self.screen
            && buttons.cursor == 0
            && !view::layout(self).is_focus_in_view
        {
            self.motion(Motion::PageDown);
            return Effect::Draw;
        }
        if self.scroll_to_focus() {
            return Effect::Draw;
        }
        if self.scroll_to_unread() {
            self.restore_screen_invariants();
            return Effect::Draw;
        }
        self.take()
    }

    /// Accepts what is selected, whether it is in view or not.
    pub(super) fn take(&mut self) -> Effect {
        match &mut self.screen {
            Screen::Welcome { .. } => self.go_on(),
            Screen::Offer(TwoButtons { cursor: 0, .. }) => self.resume(),
            Screen::Offer(_) => self.screen = Screen::Welcome { scroll: 0 },
            Screen::Question(card) => {
                if card.accept(&self.interview) {
                    self.answer();
                } else {
                    self.notice = card.hint(&self.interview);
                }
            }
            Screen::ConfirmAlarm(Raised { alarm, buttons: TwoButtons { cursor: 0, .. } }) => {
                let alarm = *alarm;
                self.interview.confirm(alarm);
                self.screen = Screen::AlarmAdvice(Raised::new(alarm));
            }
            Screen::ConfirmAlarm(Raised { alarm, .. }) => {
                let alarm = *alarm;
                self.look_again(alarm);
            }
            Screen::AlarmAdvice(Raised { buttons, .. }) => {
                let goes_on = buttons.cursor == 0;
                if goes_on {
                    self.go_on();
                } else {
                    self.or_alarm(|app| app.screen = Screen::Results(Results::default()));
                }
            }
            Screen::Answers { cursor, .. } => {
                let cursor = *cursor;
                self.open_answer(cursor);
            }
            Screen::Results(_) => self.enter(),
            Screen::StartOver { cursor, .. } => {
                if *cursor == 1 {
                    self.start_over();
                    return Effect::Forget;
                }
                self.close();
            }
            Screen::Leave { cursor, .. } => {
                if *cursor == 1 {
                    return Effect::Quit;
                }
                self.close();
            }
            Screen::Why { .. } | Screen::Peek { .. } | Screen::Help { .. } => self.close(),
        }
        self.restore_screen_invariants();
        Effect::Draw
    }

    fn start_over(&mut self) {
        self.what_if = None;
        self.return_to = None;
        self.interview.start_over();
        self.unsubmitted.clear();
        self.opening = Opening { keeping: self.opening.keeping.clone(), ..Opening::default() };
        self.screen = Screen::Welcome { scroll: 0 };
    }

    /// Shows what comes after an answer: an alarm if one interrupts, or the results that the question was opened from,
    /// or the next question.
    pub(super) fn go_on(&mut self) {
        self.or_alarm(|app| match app.return_to.take() {
            Some(results) => app.screen = Screen::Results(results),
            None => app.show_place(),
        });
    }

    pub(super) fn show_place(&mut self) {
        self.screen = match self.interview.in_view() {
            InView::Question(question) => Screen::Question(self.card(question)),
            InView::End => Screen::Results(Results::default()),
        };
    }

    /// Shows the alarm that interrupts and was not confirmed yet, if there is one, or else what `show` shows. What-if
    /// answers do not interrupt.
    pub(super) fn or_alarm(&mut self, show: impl FnOnce(&mut Self)) {
        match self.interview.interrupting().filter(|_| self.what_if.is_none()) {
            Some(alarm) => self.screen = Screen::ConfirmAlarm(Raised::new(alarm)),
            None => show(self),
        }
    }

    /// Goes to the last of the questions whose answers raise an alarm, to look at that answer again.
    fn look_again(&mut self, alarm: Idx<Alarm>) {
        let raised_by = answers_raising(alarm, self.interview.evaluation());
        if let Some((question, _)) = raised_by.last() {
            self.interview.jump(*question);
        }
        self.show_place();
    }

    fn card(&self, question: Idx<Question>) -> Card {
        self.unsubmitted.get(&question).cloned().unwrap_or_else(|| Card::new(&self.interview, question))
    }

    pub(super) fn back(&mut self) {
        match &self.screen {
            Screen::Question(card) => {
                let card = card.clone();
                if self.return_to.is_some() {
                    if self.what_if.is_none() {
                        self.keep(&card);
                    }
                    self.go_on();
                    return;
                }
                let was_answered = self.interview.evaluation().answer(card.question).is_some();
                if was_answered || self.would_interrupt(&card) {
                    self.keep(&card);
                    self.interview.jump(card.question);
                } else if card.differs(&self.interview) {
                    self.unsubmitted.insert(card.question, Card { search: None, is_why_open: false, ..card });
                }
                let has_moved = self.interview.back();
                if !has_moved && self.notice.is_none() {
                    self.notice = Some("This is the first question.".into());
                }
                self.or_alarm(|app| {
                    if has_moved {
                        app.show_place();
                    }
                });
                return;
            }
            Screen::Results(_) => {
                if self.interview.in_view() == InView::End && !self.interview.back() {
                    return;
                }
            }
            Screen::Welcome { .. }
            | Screen::Offer(_)
            | Screen::Why { .. }
            | Screen::ConfirmAlarm(_)
            | Screen::AlarmAdvice(_)
            | Screen::Answers { .. }
            | Screen::Peek { .. }
            | Screen::Help { .. }
            | Screen::StartOver { .. }
            | Screen::Leave { .. } => return,
        }
        self.show_place();
    }

    fn forward(&mut self) {
        let Screen::Question(card) = &self.screen else { return };
        if card.says_something(&self.interview) {
            self.answer();
        } else if card.unsays(&self.interview) {
            let card = card.clone();
            self.keep(&card);
            self.or_alarm(Self::show_place);
        } else if self.interview.forward() {
            self.go_on();
        } else {
            let is_list = matches!(self.mode(), Mode::Many | Mode::LongMany);
            let not_sure = if is_list { "choose the last line" } else { "press n for not sure" };
            self.notice = Some(format!("Choose an answer first. If you do not know, {not_sure}."));
        }
    }

    fn quit(&mut self) -> Effect {
        // Ticks that raise an alarm are submitted first, so that nobody quits without seeing it.
        if let Screen::Question(card) = &self.screen
            && self.what_if.is_none()
        {
            let card = card.clone();
            if self.would_interrupt(&card) {
                self.keep(&card);
                self.or_alarm(Self::show_place);
                return Effect::Draw;
            }
        }
        let is_started = !self.interview.answers().is_empty() || self.has_unsubmitted(&self.screen);
        // Quitting from the question *Leave now?* itself is not asked about again.
        if !is_started || self.screen.is_over() || matches!(self.screen, Screen::Leave { .. }) {
            return Effect::Quit;
        }
        self.cover(|under| Screen::Leave { cursor: 0, under });
        Effect::Draw
    }

    /// Opens a screen on top of the current one.
    pub(super) fn cover(&mut self, make: impl FnOnce(Box<Screen>) -> Screen) {
        let under = std::mem::replace(&mut self.screen, Screen::Welcome { scroll: 0 });
        self.screen = make(Box::new(under));
    }

    /// Closes the screen on top.
    fn close(&mut self) {
        let screen = std::mem::replace(&mut self.screen, Screen::Welcome { scroll: 0 });
        self.screen = match screen {
            Screen::Help { under, .. }
            | Screen::Peek { under, .. }
            | Screen::Answers { under, .. }
            | Screen::StartOver { under, .. }
            | Screen::Leave { under, .. } => *under,
            Screen::Why { card, .. } => Screen::Question(Card { is_why_open: false, ..card }),
            Screen::Question(mut card) => {
                card.end_search();
                Screen::Question(card)
            }
            Screen::Results(results) => Screen::Results(Results { is_reading: false, ..results }),
            Screen::ConfirmAlarm(Raised { alarm, .. }) => {
                self.look_again(alarm);
                return;
            }
            Screen::AlarmAdvice(Raised { alarm, .. }) => Screen::ConfirmAlarm(Raised::new(alarm)),
            Screen::Welcome { .. } | Screen::Offer(_) => screen,
        };
    }

    /// The place of the question in view in the list of answers.
    fn answer_in_view(&self) -> usize {
        let rows = view::answer_rows(&self.interview);
        let place = self.interview.in_view();
        rows.iter().position(|question| InView::Question(*question) == place).unwrap_or(rows.len().saturating_sub(1))
    }

    fn open_answer(&mut self, cursor: usize) {
        match view::answer_rows(&self.interview).get(cursor) {
            Some(question) => {
                let question = *question;
                self.open_question(question);
            }
            None => self.cover(|under| Screen::StartOver { cursor: 0, under }),
        }
    }

    pub(super) fn open_question(&mut self, question: Idx<Question>) {
        self.begin_change();
        self.interview.jump(question);
        self.screen = Screen::Question(self.card(question));
    }
}
