//! The interactive program without its terminal: which screen is shown, and how keys and typed lines change it.
//!
//! Begin at [`App`]. A key becomes an [`Action`] in one table ([`keymap`](BINDINGS)), and [`App::update`] changes the state
//! and returns the [`Effect`] that the caller has to perform. Every screen describes itself as a list of blocks
//! (`blocks`), once; [`Frame`] lays them out and paints them, and [`Plain`] says them line by line, for screen readers and pipes.
//!
//! Invariants: nothing here touches a terminal, a file or a clock; drawing never changes the state; every key does
//! something sensible, or nothing, on every screen and at every size.

#![expect(clippy::wildcard_enum_match_arm, reason = "of many screens, blocks and keys, a function is about a few")]

mod blocks;
mod deed;
mod keymap;
pub mod search;
pub mod saved_report;
pub mod copied;
pub mod preview;
mod update;
mod frame;
pub mod screens;
mod lines;

use std::collections::BTreeMap;
use std::rc::Rc;

use la_arena::Idx;

use crate::engine::answers::Answers;
use crate::interview::Interview;
use crate::questionnaire::{Question, Questionnaire};

pub use frame::{Frame, theme};
pub use keymap::{Action, BINDINGS, Binding, Key, Mode, Modes, Motion, Trigger, action, bindings};
pub use lines::{Plain, Reply};
use preview::FileProblem;
use screens::question::Card;
use screens::results::what_if::WhatIf;
use screens::resume::{Keeping, Opening};
use screens::{Layer, Screen, Stack};

/// What the caller has to do after an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Draw the screen.
    Draw,
    /// Draw all of the screen, since something else may have drawn on the terminal.
    Redraw,
    /// Save the report, tell the app by [`App::saved`], and do what that returns.
    Save,
    /// Copy the result, tell the app by [`App::copied`], and draw.
    Copy,
    /// Delete the saved answers, and draw.
    Forget,
    /// End the program.
    Quit,
    /// End the program as Ctrl-C does: the saved answers stay.
    Interrupt,
    /// Save the answers here and no longer in the other window, and draw.
    TakeOver,
    /// Suspend the process until the shell continues it.
    Suspend,
}

/// The size of the screen, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

impl Size {
    /// The smallest screen that anything is shown on.
    pub const LEAST: Size = Size { columns: 30, rows: 8 };

    fn is_too_small(self) -> bool {
        self.columns < Size::LEAST.columns || self.rows < Size::LEAST.rows
    }
}

/// The program while it runs.
#[derive(Debug)]
pub struct App<'q> {
    interview: Interview<'q>,
    screens: Stack,
    /// The size of the screen; `None` in line mode, where nothing is drawn.
    size: Option<Size>,
    /// One line about what the last action did. The next key clears it.
    notice: String,
    /// Set while answers are changed only to see what that would do. `interview` then has the changed answers.
    what_if: Option<WhatIf<'q>>,
    /// Input that was ticked or typed on a question but not submitted, kept for when the person comes back to it.
    unsubmitted: BTreeMap<Idx<Question>, Card>,
    /// What was known at the start about earlier answers, and whether answers are being saved now.
    opening: Opening,
    /// The saving status that the person was last told; a notice appears when it changes.
    announced_keeping: Keeping,
    /// The report that was saved last: of which answers, and where.
    saved_report: Option<(Answers, String)>,
    /// Whether the program ends as soon as the report is saved.
    quits_when_saved: bool,
    /// Whether the person hid why questions are asked.
    hides_why: bool,
    /// Why the question file cannot be used as it is now, while it is previewed.
    file_problem: Option<FileProblem>,
    /// The screen as it is laid out now.
    frame: Rc<Frame>,
}

impl<'q> App<'q> {
    /// The program at its welcome screen, saving nothing.
    #[must_use]
    pub fn new(questionnaire: &'q Questionnaire, size: Size) -> App<'q> {
        App::open(questionnaire, size, Opening::default())
    }

    /// The program at its first screen, which offers an earlier interview if there is one, or says that another window has it.
    #[must_use]
    pub fn open(questionnaire: &'q Questionnaire, size: Size, opening: Opening) -> App<'q> {
        let mut app = App {
            interview: Interview::new(questionnaire),
            screens: Stack::new(screens::resume::first_screen(&opening)),
            size: Some(size),
            notice: String::new(),
            what_if: None,
            unsubmitted: BTreeMap::new(),
            announced_keeping: opening.keeping.clone(),
            opening,
            saved_report: None,
            quits_when_saved: false,
            hides_why: false,
            file_problem: None,
            frame: Rc::default(),
        };
        app.settle();
        app
    }

    /// The interview with the person's own answers, without what-if changes. This is what is saved and reported.
    #[must_use]
    pub fn own_interview(&self) -> &Interview<'q> {
        self.what_if.as_ref().map_or(&self.interview, |what_if| &what_if.own)
    }

    /// The interview that the screens show: the person's own, or the one with what-if changes.
    #[must_use]
    pub fn interview(&self) -> &Interview<'q> {
        &self.interview
    }

    /// The size of the screen. In line mode it is the smallest.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size.unwrap_or(Size::LEAST)
    }

    /// Which keys work now.
    #[must_use]
    pub fn mode(&self) -> Mode {
        if self.size.is_some_and(Size::is_too_small) {
            return Mode::TooSmall;
        }
        self.mode_of(&self.screens.top.screen)
    }

    /// Tells the app the new size of the terminal.
    pub fn resize(&mut self, size: Size) {
        self.size = Some(size);
        self.screens.top.main.hold(&self.frame.main);
        self.screens.top.side.hold(&self.frame.side);
        self.settle();
    }

    /// Does what a key does on the current screen; `None` if it does nothing here.
    pub fn press(&mut self, key: Key) -> Option<Effect> {
        if let Some((action, typed)) = action(key, self.mode()) {
            return Some(self.update(action, typed));
        }
        let Key::Char(c) = key else { return None };
        (c.is_alphabetic() && !c.is_ascii()).then(|| {
            // What was asked is no longer to be read.
            self.begin(None);
            self.notice = format!("The key “{c}” does nothing here. Switch your keyboard to Latin letters.");
            self.settle();
            Effect::Draw
        })
    }

    /// Tells the app that the process could not be suspended, because no shell could continue it.
    pub fn cannot_suspend(&mut self) {
        self.notice = "There is no shell to go back to. Press q to quit.".into();
        self.settle();
    }

    /// Types pasted text into a number or a search, all of it, so that what is no number can be seen. Elsewhere it is ignored.
    pub fn paste(&mut self, text: &str) {
        /// In characters; no number or search needs more.
        const LONGEST: usize = 40;
        if matches!(self.mode(), Mode::Number | Mode::Search) {
            for c in text.trim().chars().filter(|c| !c.is_control()).take(LONGEST) {
                self.update(Action::Type, Some(c));
            }
        }
    }

    /// The screen as it is laid out now.
    #[must_use]
    pub fn frame(&self) -> &Rc<Frame> {
        &self.frame
    }

    /// Adds to the notice.
    fn tell(&mut self, told: &str) {
        if !self.notice.is_empty() {
            self.notice.push(' ');
        }
        self.notice.push_str(told);
    }

    /// After any change: lays the screen out anew, scrolled so that what has to be in view is, and notes which options are.
    fn settle(&mut self) {
        let Some(size) = self.size else { return };
        if let Screen::Question(card) = &self.screens.top.screen {
            self.screens.top.main.cursor = card.cursor(&self.interview);
        }
        let mut view = self.view();
        view.keys = self.keys(&self.screens.top.screen, view.has_pages()).collect();
        if !self.screens.top.screen.is_alarm() {
            view.notice.clone_from(&self.notice);
        }
        let Layer { screen, main, side } = &mut self.screens.top;
        self.frame = Rc::new(frame::lay_out(&view, size, (main, side)));
        if let Screen::Question(card) = screen {
            card.note_seen(&self.interview, &self.frame.main);
        }
    }
}
