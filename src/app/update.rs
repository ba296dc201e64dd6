//! What each action does: [`App::update`].

mod moves;
mod submit;

use crate::app::copied::Copied;
use crate::app::frame::place::Place;
use crate::app::screens::answers;
use crate::app::screens::results::list::Item;
use crate::app::screens::results::{Page, Results};
use crate::app::screens::{Layer, Screen};
use crate::app::{Action, App, Effect, Motion, Opening};

impl App<'_> {
    /// Does an action. `typed` is the character of its key, if it was one.
    pub fn update(&mut self, action: Action, typed: Option<char>) -> Effect {
        // A screen that is only drawn anew says what it said.
        if action != Action::Redraw {
            self.notice.clear();
            self.begin(Some(action));
        }
        let effect = self.act(action, typed);
        if self.screens.top.screen.is_results() {
            self.end_what_if_without_changes();
        }
        self.tell_keeping();
        self.settle();
        effect
    }

    /// Forgets what another action, or none, does not go on with.
    pub(in crate::app) fn begin(&mut self, action: Option<Action>) {
        if let Screen::Question(card) = &mut self.screens.top.screen {
            card.begin(action);
        }
    }

    fn act(&mut self, action: Action, typed: Option<char>) -> Effect {
        match action {
            Action::QuitNow => return self.interrupt(),
            Action::Suspend => return Effect::Suspend,
            Action::Redraw => return Effect::Redraw,
            Action::Save => return self.save(),
            Action::Copy if self.opening.no_copy => self.copied(Copied::SwitchedOff),
            Action::Copy => return Effect::Copy,
            Action::Quit => return self.quit(),
            Action::Accept | Action::Tick | Action::Unsure if self.reveal() => {}
            Action::Accept => return self.take(),
            Action::Help => self.screens.push(Screen::Help(self.frame.moves)),
            Action::WhatIf => self.choose_what_if(),
            Action::Answers if self.what_if.is_some() && self.screens.top.screen.is_results() => self.choose_what_if(),
            Action::Undo => self.undo(),
            Action::Keep => self.keep_what_if(),
            Action::EndWhatIf => self.end_what_if(),
            Action::Figures => self.toggle_figures(),
            Action::Answers => {
                self.keep_ticks();
                self.or_alarm(|app| {
                    app.screens.push(Screen::Answers);
                    app.screens.select(answers::in_view(&app.interview));
                });
            }
            Action::Peek => {
                self.keep_ticks();
                self.or_alarm(|app| app.screens.push(Screen::Peek));
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
            Action::Digit if !matches!(&self.screens.top.screen, Screen::Question(_)) => {
                self.select_key(&typed.unwrap_or_default().to_string());
            }
            // The others are about the question in view.
            _ => self.edit(action, typed),
        }
        Effect::Draw
    }

    /// Whether the side part is read, and not the list beside it.
    fn is_reading(&self) -> bool {
        matches!(&self.screens.top.screen, Screen::Results(results) if results.is_reading)
    }

    /// Moves the selection, or scrolls: on the side part while that is read.
    fn go(&mut self, motion: Motion) {
        let is_reading = self.is_reading();
        let is_page = matches!(motion, Motion::PageUp | Motion::PageDown);
        let is_beside = self.screens.top.screen.is_results() && self.frame.has_both && is_page;
        let Layer { screen, main, side } = &mut self.screens.top;
        if is_reading || is_beside {
            side.go(motion, &self.frame.side);
            return;
        }
        let before = main.cursor;
        main.go(motion, &self.frame.main);
        let has_moved = main.cursor != before;
        if has_moved {
            *side = Place::default();
        }
        match screen {
            // A newly selected line shows its advice first.
            Screen::Results(results) if has_moved => results.page = Page::default(),
            Screen::Question(card) => card.select(main.cursor, &self.interview),
            _ => {}
        }
    }

    /// Selects the line with a key, if there is one.
    pub(in crate::app) fn select_key(&mut self, key: &str) {
        if let Some(at) = self.view().rows().iter().position(|row| row.key.as_deref() == Some(key)) {
            self.screens.select(at);
        }
    }

    /// The results, if the selected line has pages.
    fn pages(&mut self) -> Option<&mut Results> {
        let has_pages = self.selected_item().is_some_and(|item| !item.causes().is_empty());
        match &mut self.screens.top.screen {
            Screen::Results(results) if has_pages => Some(results),
            _ => None,
        }
    }

    /// Goes to the next or previous page of text; after the last comes the first.
    fn turn(&mut self, is_forward: bool) {
        let step = if is_forward { 1 } else { Page::ALL.len() - 1 };
        if let Some(results) = self.pages() {
            results.page = Page::ALL.into_iter().cycle().nth(results.page as usize + step).unwrap_or_default();
            self.screens.top.side = Place::default();
        }
    }

    /// Shows or hides the factors of the calculation; shows them on the page *Why*.
    fn toggle_figures(&mut self) {
        if let Some(results) = self.pages() {
            results.shows_figures = !results.shows_figures || results.page != Page::Why;
            results.page = Page::Why;
            let told = if results.shows_figures {
                "The figures are at the end of this page."
            } else {
                "The figures are hidden again."
            };
            self.tell(told);
        }
    }

    /// The selected line of the results.
    pub(in crate::app) fn selected_item(&self) -> Option<Item> {
        if let Screen::Results(results) = &self.screens.top.screen { results.item(self) } else { None }
    }

    /// Scrolls what is selected into view, if it is not, so that nothing is chosen unread. True when it did.
    fn reveal(&mut self) -> bool {
        let is_drawn = self.size.is_some();
        let is_reading = self.is_reading();
        let Layer { main, side, .. } = &mut self.screens.top;
        let (place, extent) = if is_reading { (side, &self.frame.side) } else { (main, &self.frame.main) };
        is_drawn && place.reveal(extent)
    }

    /// Whether questions were passed over that can be asked now: not while the screens show what-if answers.
    pub(in crate::app) fn can_ask_passed_over(&self) -> bool {
        self.what_if.is_none() && !self.interview.passed_over().is_empty()
    }

    pub(in crate::app) fn start_over(&mut self) {
        self.what_if = None;
        self.interview.start_over();
        self.unsubmitted.clear();
        self.saved_report = None;
        let Opening { keeping, start, no_copy, .. } = std::mem::take(&mut self.opening);
        self.opening = Opening { keeping, start, no_copy, ..Opening::default() };
        self.screens.show(Screen::Welcome);
    }

    /// Saves the report, once for each set of answers.
    pub(in crate::app) fn save(&mut self) -> Effect {
        match &self.saved_report {
            Some((answers, _)) if answers == self.own_interview().answers() && self.quits_when_saved => Effect::Quit,
            Some((answers, place)) if answers == self.own_interview().answers() => {
                self.notice = format!("The report is saved already: {place}");
                Effect::Draw
            }
            _ => Effect::Save,
        }
    }
}
