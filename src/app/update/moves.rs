//! The moves from screen to screen: on, back, to a question, to an alarm, and out.

use la_arena::Idx;

use crate::app::screens::question::Card;
use crate::app::screens::resume::Keeping;
use crate::app::screens::{Layer, Screen};
use crate::app::{Action, App, Effect};
use crate::engine::outcome::answers_raising;
use crate::interview::InView;
use crate::questionnaire::{Alarm, Question};

impl App<'_> {
    /// Shows what comes after an answer: an alarm if one interrupts, or the screen that the question was opened from,
    /// or the next question.
    pub(in crate::app) fn go_on(&mut self) {
        self.or_alarm(|app| {
            if !app.screens.pop_to(Screen::is_led_back_to) {
                app.show_place();
            }
        });
    }

    /// Shows the question in view, or the results after the last one.
    pub(in crate::app) fn show_place(&mut self) {
        match self.interview.in_view() {
            InView::Question(question) => {
                self.screens.show(Screen::Question(self.card(question)));
                self.follow();
            }
            InView::End => self.show_results(),
        }
    }

    /// Goes to a question. A screen that it leads back to stays below it.
    pub(in crate::app) fn open_question(&mut self, question: Idx<Question>) {
        self.begin_change();
        self.interview.jump(question);
        if self.screens.pop_to(Screen::is_led_back_to) {
            self.screens.push(Screen::Question(self.card(question)));
            self.follow();
        } else {
            self.show_place();
        }
    }

    /// Shows the alarm that interrupts and was not confirmed yet, if there is one, or else what `show` shows. What-if
    /// answers do not interrupt.
    pub(in crate::app) fn or_alarm(&mut self, show: impl FnOnce(&mut Self)) {
        match self.interview.interrupting().filter(|_| self.what_if.is_none()) {
            Some(alarm) => self.screens.show(Screen::ConfirmAlarm(alarm)),
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

    pub(in crate::app) fn back(&mut self) {
        let Screen::Question(card) = &self.screens.top.screen else {
            if self.screens.top.screen.is_results() {
                if self.interview.in_view() == InView::End && !self.interview.back() {
                    return;
                }
                self.show_place();
            }
            return;
        };
        let mut card = card.clone();
        if self.screens.down().any(Screen::is_led_back_to) {
            if self.what_if.is_none() {
                self.keep(card);
            }
            self.go_on();
            return;
        }
        let question = card.question;
        let was_answered = self.interview.evaluation().answer(question).is_some();
        if was_answered || self.would_interrupt(&card) {
            self.keep(card);
            self.interview.jump(question);
        } else if card.differs(&self.interview) {
            card.search = None;
            self.unsubmitted.insert(question, card);
        }
        let has_moved = self.interview.back();
        if !has_moved && self.notice.is_empty() {
            self.tell("This is the first question.");
        }
        self.or_alarm(|app| {
            if has_moved {
                app.show_place();
            }
        });
    }

    pub(super) fn forward(&mut self) {
        let Screen::Question(card) = &self.screens.top.screen else { return };
        if card.says_something(&self.interview) {
            self.edit(Action::Accept, None);
        } else if card.unsays(&self.interview) {
            self.keep(card.clone());
            self.or_alarm(Self::show_place);
        } else if self.interview.forward() {
            self.go_on();
        } else {
            self.tell("Choose an answer first. If you don't know, press n.");
        }
    }

    pub(super) fn quit(&mut self) -> Effect {
        // Ticks that raise an alarm are submitted first, so that nobody quits without seeing it.
        if let Screen::Question(card) = &self.screens.top.screen
            && self.what_if.is_none()
            && self.would_interrupt(card)
        {
            self.keep(card.clone());
            self.or_alarm(Self::show_place);
            return Effect::Draw;
        }
        let is_started = !self.interview.answers().is_empty() || self.has_unsubmitted();
        if is_started { self.ask_to_leave(Effect::Quit) } else { Effect::Quit }
    }

    /// Ends at once, unless answers would be lost: then this asks first, but only once.
    pub(super) fn interrupt(&mut self) -> Effect {
        let is_kept = matches!(self.opening.keeping, Keeping::In(_) | Keeping::Undeleted(_));
        let asks = !is_kept && !self.own_interview().answers().is_empty();
        if asks { self.ask_to_leave(Effect::Interrupt) } else { Effect::Interrupt }
    }

    /// Asks whether to leave. From the question *Leave now?* itself, leaves.
    fn ask_to_leave(&mut self, leave: Effect) -> Effect {
        if matches!(&self.screens.top.screen, Screen::Leave) {
            return leave;
        }
        self.screens.push(Screen::Leave);
        Effect::Draw
    }

    /// Goes one step back: closes what lies on top, or ends what was begun.
    pub(in crate::app) fn close(&mut self) {
        match &mut self.screens.top.screen {
            Screen::Question(card) => {
                card.search = None;
                self.follow();
            }
            Screen::Results(results) if results.is_reading => results.is_reading = false,
            &mut Screen::ConfirmAlarm(alarm) => self.look_again(alarm),
            &mut Screen::AlarmAdvice(alarm) => self.screens.show(Screen::ConfirmAlarm(alarm)),
            _ => self.screens.pop(),
        }
    }

    /// Keeps the selected option of a question in view, or the field of a search while nothing is typed in it.
    pub(in crate::app) fn follow(&mut self) {
        let Layer { screen: Screen::Question(card), main, .. } = &mut self.screens.top else { return };
        main.follows = card.search.as_deref() != Some("");
        main.scroll = if main.follows { main.scroll } else { 0 };
    }
}
