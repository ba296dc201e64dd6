//! What each action does: [`App::update`] and the moves from screen to screen.

mod submit;

use la_arena::Idx;

use crate::app::frame::place::Place;
use crate::app::screens::answers;
use crate::app::screens::leave::Way;
use crate::app::screens::question::{Card, Done};
use crate::app::screens::results::list::Item;
use crate::app::screens::results::{Figures, Results};
use crate::app::screens::resume::Keeping;
use crate::app::screens::{Screen, Stack};
use crate::app::{Action, App, Effect, Motion, Opening};
use crate::engine::outcome::answers_raising;
use crate::interview::InView;
use crate::questionnaire::{Alarm, Question};

impl App<'_> {
    /// Does an action. `typed` is the character of its key, if it was one.
    pub fn update(&mut self, action: Action, typed: Option<char>) -> Effect {
        self.notice = None;
        let effect = self.act(action, typed);
        if self.screens.top().is_results() {
            self.end_what_if_without_changes();
        }
        self.tell_keeping();
        self.settle();
        effect
    }

    fn act(&mut self, action: Action, typed: Option<char>) -> Effect {
        match action {
            Action::QuitNow => return self.interrupt(),
            Action::Suspend => return Effect::Suspend,
            Action::Redraw => return Effect::Redraw,
            Action::Save => return self.save(),
            Action::Quit => return self.quit(),
            Action::Accept => return self.accept(),
            Action::Help => self.screens.push(Screen::Help, Place::default()),
            Action::WhatIf => self.choose_what_if(),
            Action::Answers if self.what_if.is_some() && self.screens.top().is_results() => self.choose_what_if(),
            Action::Undo => self.undo(),
            Action::Keep => self.keep_what_if(),
            Action::EndWhatIf => self.end_what_if(),
            Action::Figures => self.toggle_figures(),
            Action::Answers => {
                self.keep_ticks();
                self.or_alarm(|app| {
                    let place = Place::at(answers::in_view(&app.interview));
                    app.screens.push(Screen::Answers, place);
                });
            }
            Action::Peek => {
                self.keep_ticks();
                self.or_alarm(|app| app.screens.push(Screen::Peek, Place::default()));
            }
            Action::Results => {
                self.keep_ticks();
                self.or_alarm(|app| {
                    if !app.screens.pop_to(Screen::is_results) {
                        app.show_results();
                    }
                });
            }
            Action::Close => self.close(),
            Action::Move(motion) => self.go(motion),
            Action::Back => self.back(),
            Action::Forward => self.forward(),
            Action::NextPage | Action::PreviousPage => self.turn(action == Action::NextPage),
            Action::Digit => self.digit(typed.unwrap_or_default()),
            Action::Tick
            | Action::NoneOfThese
            | Action::NotSure
            | Action::Unsure
            | Action::Why
            | Action::Find
            | Action::Type
            | Action::Erase
            | Action::EraseAll => self.edit(action, typed),
        }
        Effect::Draw
    }

    /// Moves the selection, or scrolls: on the side part while that is read.
    fn go(&mut self, motion: Motion) {
        let is_reading = matches!(self.screens.top(), Screen::Results(results) if results.is_reading);
        let is_page = matches!(motion, Motion::PageUp | Motion::PageDown);
        let is_beside = self.screens.top().is_results() && self.frame.has_both && is_page;
        let (main, side) = self.screens.places();
        if is_reading || is_beside {
            side.go(motion, &self.frame.side);
            return;
        }
        let before = main.cursor;
        main.go(motion, &self.frame.main);
        let cursor = main.cursor;
        if before != cursor {
            *side = Place::default();
            if let Screen::Results(results) = self.screens.top_mut() {
                // A newly selected line shows its advice first.
                *results = Results { figures: results.figures, is_unfolded: results.is_unfolded, ..Results::default() };
            }
        }
        if let Screen::Question(card) = self.screens.top_mut() {
            card.begin_key(false);
            card.select(cursor, &self.interview);
        }
    }

    /// Selects a line by its number.
    fn digit(&mut self, digit: char) {
        if let Screen::Question(_) = self.screens.top() {
            self.edit(Action::Digit, Some(digit));
            return;
        }
        let at =
            digit.to_digit(10).and_then(|digit| usize::try_from(digit).ok()).and_then(|digit| digit.checked_sub(1));
        let at = match (self.screens.top(), at) {
            (Screen::Results(results), Some(at)) => {
                let is_it = |item: &Item| matches!(item, Item::Ranked { place, .. } if *place == at + 1);
                crate::app::screens::results::list::items(self, results.is_unfolded).iter().position(is_it)
            }
            (_, at) => at.filter(|at| *at < self.frame.main.lines.len()),
        };
        if let Some(at) = at {
            self.screens.select(at);
        }
    }

    fn turn(&mut self, is_forward: bool) {
        let has_pages = self.selected_item().is_some_and(|item| item.cause().is_some());
        if let Screen::Results(results) = self.screens.top_mut()
            && has_pages
        {
            results.turn(is_forward);
            *self.screens.places().1 = Place::default();
        }
    }

    fn toggle_figures(&mut self) {
        let has_pages = self.selected_item().is_some_and(|item| item.cause().is_some());
        if let Screen::Results(results) = self.screens.top_mut()
            && has_pages
        {
            results.toggle_figures();
            self.notice = Some(match results.figures {
                Figures::Shown => "The figures are at the end of this page.".into(),
                Figures::Hidden => "The figures are hidden again.".into(),
            });
        }
    }

    /// The selected line of the results.
    pub(in crate::app) fn selected_item(&self) -> Option<Item> {
        if let Screen::Results(results) = self.screens.top() { results.item(self) } else { None }
    }

    /// Accepts what is selected. What is out of view is first scrolled into view, so that nothing is chosen unread.
    fn accept(&mut self) -> Effect {
        let is_drawn = self.size.is_some() && !self.screens.top().is_results();
        if is_drawn && self.screens.places().0.reveal(&self.frame.main) {
            return Effect::Draw;
        }
        self.take()
    }

    /// Accepts what is selected, whether it is in view or not.
    pub(in crate::app) fn take(&mut self) -> Effect {
        let cursor = self.screens.cursor();
        match self.screens.top_mut() {
            Screen::Welcome => self.go_on(),
            Screen::InUse if cursor == 0 => self.look_only(),
            Screen::InUse => return Effect::TakeOver,
            Screen::Offer if cursor == 0 => self.resume(),
            Screen::Offer => self.screens.show(Screen::Welcome, Place::default()),
            Screen::Question(_) => self.edit(Action::Accept, None),
            Screen::ConfirmAlarm(alarm) => {
                let alarm = *alarm;
                if cursor == 0 {
                    self.interview.confirm(alarm);
                    self.screens.replace(Screen::AlarmAdvice(alarm), Place::default());
                } else {
                    self.look_again(alarm);
                }
            }
            Screen::AlarmAdvice(_) if cursor == 0 => self.or_alarm(Self::show_results),
            Screen::AlarmAdvice(_) => self.go_on(),
            Screen::Answers => match answers::rows(&self.interview).get(cursor) {
                Some(question) => {
                    let question = *question;
                    if self.what_if.is_some() {
                        self.screens.pop();
                        self.open_question(question);
                    } else {
                        self.interview.jump(question);
                        self.show_place();
                    }
                }
                None => self.screens.push(Screen::StartOver, Place::default()),
            },
            Screen::Results(_) => self.enter(),
            Screen::StartOver if cursor == 1 => {
                self.start_over();
                return Effect::Forget;
            }
            Screen::Leave => match self.ways_to_leave().get(cursor) {
                Some(Way::Quit) => return Effect::Quit,
                Some(Way::SaveAndQuit) => {
                    self.quits_when_saved = true;
                    self.screens.pop();
                    return Effect::Save;
                }
                Some(Way::Stay) | None => self.close(),
            },
            Screen::Why | Screen::Peek | Screen::Help | Screen::StartOver => self.close(),
        }
        Effect::Draw
    }

    /// Does what Enter does on the results: unfolds the unlikely causes, opens a text, or goes to an open question.
    fn enter(&mut self) {
        if self.selected_item() == Some(Item::PassedOver) && self.ask_passed_over() {
            return;
        }
        let is_fold = matches!(self.selected_item(), Some(Item::Unlikely(_)));
        let at = self.screens.side_cursor();
        let Screen::Results(results) = self.screens.top() else { return };
        let question = results.questions(self).get(at).copied().filter(|_| results.is_reading);
        if let Some(question) = question {
            self.open_question(question);
        } else if let Screen::Results(results) = self.screens.top_mut() {
            if is_fold {
                results.is_unfolded = !results.is_unfolded;
            } else {
                results.is_reading = !results.is_reading;
            }
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

    fn start_over(&mut self) {
        self.what_if = None;
        self.interview.start_over();
        self.unsubmitted.clear();
        self.saved_report = None;
        self.opening = Opening { keeping: self.opening.keeping.clone(), ..Opening::default() };
        self.screens = Stack::new(Screen::Welcome);
    }

    /// Saves the report, once for each set of answers.
    fn save(&mut self) -> Effect {
        match &self.saved_report {
            Some((answers, place)) if answers == self.own_interview().answers() => {
                self.notice = Some(format!("The report is saved already: {place}"));
                Effect::Draw
            }
            _ => Effect::Save,
        }
    }

    /// Shows what comes after an answer: an alarm if one interrupts, or the results that the question was opened from,
    /// or the next question.
    pub(in crate::app) fn go_on(&mut self) {
        self.or_alarm(|app| {
            if !app.screens.pop_to(Screen::is_results) {
                app.show_place();
            }
        });
    }

    /// Shows the question in view, or the results after the last one.
    pub(in crate::app) fn show_place(&mut self) {
        match self.interview.in_view() {
            InView::Question(question) => {
                let card = self.card(question);
                let place = Place::at(card.cursor(&self.interview));
                self.screens.show(Screen::Question(card), place);
            }
            InView::End => self.show_results(),
        }
    }

    /// Goes to a question. From the results, they stay below it.
    pub(in crate::app) fn open_question(&mut self, question: Idx<Question>) {
        self.begin_change();
        self.interview.jump(question);
        if self.screens.pop_to(Screen::is_results) {
            let card = self.card(question);
            let place = Place::at(card.cursor(&self.interview));
            self.screens.push(Screen::Question(card), place);
        } else {
            self.show_place();
        }
    }

    /// Shows the alarm that interrupts and was not confirmed yet, if there is one, or else what `show` shows. What-if
    /// answers do not interrupt.
    pub(in crate::app) fn or_alarm(&mut self, show: impl FnOnce(&mut Self)) {
        match self.interview.interrupting().filter(|_| self.what_if.is_none()) {
            Some(alarm) => self.screens.show(Screen::ConfirmAlarm(alarm), Place::default()),
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
        let Screen::Question(card) = self.screens.top() else {
            if self.screens.top().is_results() {
                if self.interview.in_view() == InView::End && !self.interview.back() {
                    return;
                }
                self.show_place();
            }
            return;
        };
        let card = card.clone();
        if self.is_over() {
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
            self.unsubmitted.insert(card.question, card.searching(None));
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
    }

    fn forward(&mut self) {
        let Screen::Question(card) = self.screens.top() else { return };
        if card.says_something(&self.interview) {
            self.edit(Action::Accept, None);
        } else if card.unsays(&self.interview) {
            let card = card.clone();
            self.keep(&card);
            self.or_alarm(Self::show_place);
        } else if self.interview.forward() {
            self.go_on();
        } else {
            self.notice = Some("Choose an answer first. If you don't know, press n.".into());
        }
    }

    fn quit(&mut self) -> Effect {
        // Ticks that raise an alarm are submitted first, so that nobody quits without seeing it.
        if let Screen::Question(card) = self.screens.top()
            && self.what_if.is_none()
        {
            let card = card.clone();
            if self.would_interrupt(&card) {
                self.keep(&card);
                self.or_alarm(Self::show_place);
                return Effect::Draw;
            }
        }
        let is_started = !self.interview.answers().is_empty() || self.has_unsubmitted();
        // Quitting from the question *Leave now?* itself is not asked about again.
        if !is_started || matches!(self.screens.top(), Screen::Leave) {
            return Effect::Quit;
        }
        self.screens.push(Screen::Leave, Place::default());
        Effect::Draw
    }

    /// Ends at once, unless answers would be lost: then this asks first, but only once.
    fn interrupt(&mut self) -> Effect {
        let is_kept = matches!(self.opening.keeping, Keeping::In(_) | Keeping::Undeleted(_));
        if is_kept || self.own_interview().answers().is_empty() || matches!(self.screens.top(), Screen::Leave) {
            return Effect::Interrupt;
        }
        self.screens.push(Screen::Leave, Place::default());
        Effect::Draw
    }

    /// Goes one step back: closes what lies on top, or ends what was begun.
    fn close(&mut self) {
        let question = match self.screens.top_mut() {
            Screen::Question(card) => {
                let option = card.row;
                card.search = None;
                if card.rows(&self.interview).contains(&option) {
                    card.row = option;
                }
                true
            }
            Screen::Results(results) if results.is_reading => {
                results.is_reading = false;
                false
            }
            Screen::ConfirmAlarm(alarm) => {
                let alarm = *alarm;
                self.look_again(alarm);
                false
            }
            Screen::AlarmAdvice(alarm) => {
                let alarm = *alarm;
                self.screens.replace(Screen::ConfirmAlarm(alarm), Place::default());
                false
            }
            _ => {
                self.screens.pop();
                false
            }
        };
        if question {
            self.follow();
        }
    }

    /// Keeps the selected option of a question in view.
    pub(in crate::app) fn follow(&mut self) {
        if let Screen::Question(card) = self.screens.top() {
            let cursor = card.cursor(&self.interview);
            let (main, _) = self.screens.places();
            (main.cursor, main.follows) = (cursor, true);
        }
    }

    /// Does what an edit of a question asks for.
    fn done(&mut self, done: Done) {
        match done {
            Done::Answered => self.answer(),
            Done::Told(told) => self.notice = Some(told),
            Done::Unseen => {
                let text = "There is more below. You can go on once all of it has been on screen.";
                self.notice = Some(text.into());
                if let Screen::Question(card) = self.screens.top_mut() {
                    card.focus_unseen(&self.interview);
                    let cursor = card.cursor(&self.interview);
                    // At the top of the window, so that as much as possible of the rest comes into view with it.
                    let start = self.frame.main.lines.get(cursor).map_or(0, |line| line.all.start);
                    *self.screens.places().0 = Place { cursor, scroll: start.saturating_sub(1), follows: true };
                }
            }
            Done::Nothing => {}
        }
    }
}
