//! The interactive program without its terminal: which screen is shown, and how keys and typed lines change it.
//!
//! Begin at [`App`]. A key becomes an [`Action`] in one table ([`keymap`](BINDINGS)), [`App::update`] changes the state
//! and returns the [`Effect`] that the caller has to perform, and [`App::sheet`] gives the lines to draw. [`Plain`]
//! puts the same state behind typed lines of text, for screen readers and pipes.
//!
//! Invariants: nothing here touches a terminal, a file or a clock; drawing never changes the state; every key does
//! something sensible, or nothing, on every screen and at every size.

mod keymap;
pub mod search;
pub mod saved_report;
mod update;
pub mod screens;
mod view;
mod line_mode;

use std::cell::Cell;
use std::collections::BTreeMap;

use la_arena::Idx;

use crate::interview::Interview;
use crate::questionnaire::{Alarm, Kind, Question, Questionnaire};

pub use keymap::{BINDINGS, Binding, Key, Mode, Trigger, action, bindings};
pub use line_mode::{Plain, Reply};
use screens::question::Card;
use screens::results::Results;
use screens::resume::{Keeping, Opening};
use update::what_if::WhatIf;
use view::Layout;
pub use view::text_and_scroll::{Line, Role, Sheet, Span};

/// What a person can do. [`action`] says which key does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Move the selection, or scroll.
    Move(Motion),
    /// Accept and go on.
    Accept,
    /// Back to the question before.
    Back,
    /// Forward, keeping the answer.
    Forward,
    /// Change the answer on a question.
    Edit(Edit),
    /// The list of answers.
    Answers,
    /// The ranking so far.
    Peek,
    /// The results.
    Results,
    /// The list of keys.
    Help,
    /// Show or hide the figures behind a cause.
    Figures,
    /// Change an answer only to see what that would do: *what if*.
    WhatIf,
    /// Take the last what-if change back.
    Undo,
    /// Keep the what-if changes as the person's own answers.
    Keep,
    /// Drop the what-if changes, and go back to the person's own answers.
    EndWhatIf,
    /// The next page of the text.
    NextPage,
    /// The previous page of the text.
    PreviousPage,
    /// Save the report.
    Save,
    /// Close the screen on top.
    Close,
    /// Quit; asks first in the middle of the questions.
    Quit,
    /// Quit without asking.
    QuitNow,
    /// Suspend the program, and leave the terminal to the shell (Ctrl-Z).
    Suspend,
}

/// Changes of the answer on a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edit {
    /// Choose an option by its number.
    Pick,
    /// Tick or untick.
    Tick,
    /// Answer *not sure*, or mark an option *not sure*.
    NotSure,
    /// Show or hide why the question is asked.
    Why,
    /// Search in a long list.
    Find,
    /// Type a character.
    Type,
    /// Delete a character.
    Erase,
}

/// How far to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Motion {
    /// One up.
    Up,
    /// One down.
    Down,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
}

/// What the caller has to do after an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Draw the screen.
    Draw,
    /// Save the report, tell the app by [`App::saved`], and draw.
    Save,
    /// Delete the saved answers, and draw.
    Forget,
    /// End the program.
    Quit,
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
    screen: Screen,
    size: Size,
    /// One line about what the last action did. The next key clears it.
    notice: Option<String>,
    /// Set when a question was opened from the results: where to go back to after answering.
    return_to: Option<Results>,
    /// Set while answers are changed only to see what that would do. `interview` then has the changed answers.
    what_if: Option<WhatIf<'q>>,
    /// Input that was ticked or typed on a question but not submitted, kept for when the person comes back to it.
    unsubmitted: BTreeMap<Idx<Question>, Card>,
    /// What was known at the start about earlier answers, and whether answers are being saved now.
    opening: Opening,
    /// The saving status that the person was last told; a notice appears when it changes.
    announced_keeping: Keeping,
    /// The layout of the screen as it was last drawn, so that moving does not compute it again. Cleared by any change.
    last_layout: Cell<Option<Layout>>,
}

/// What is in view.
#[derive(Debug, Clone)]
enum Screen {
    Welcome {
        scroll: usize,
    },
    /// Asks whether to go on with earlier answers.
    Offer(TwoButtons),
    Question(Card),
    Why {
        card: Card,
        scroll: usize,
    },
    /// Shows the answers that raise an alarm, and asks whether they are right.
    ConfirmAlarm(Raised),
    /// Says what to do about a confirmed alarm.
    AlarmAdvice(Raised),
    Answers {
        cursor: usize,
        under: Box<Screen>,
    },
    Peek {
        scroll: usize,
        under: Box<Screen>,
    },
    Results(Results),
    Help {
        scroll: usize,
        under: Box<Screen>,
    },
    StartOver {
        cursor: usize,
        under: Box<Screen>,
    },
    Leave {
        cursor: usize,
        under: Box<Screen>,
    },
}

/// An alarm on the screen.
#[derive(Debug, Clone, Copy)]
struct Raised {
    alarm: Idx<Alarm>,
    buttons: TwoButtons,
}

/// A text with two buttons below it. A button can only be chosen once it has been scrolled into view.
#[derive(Debug, Clone, Copy, Default)]
struct TwoButtons {
    cursor: usize,
    scroll: usize,
}

impl Raised {
    fn new(alarm: Idx<Alarm>) -> Raised {
        Raised { alarm, buttons: TwoButtons::default() }
    }
}

impl TwoButtons {
    /// Scrolls down to the buttons before moving between them. `most` is the largest scroll offset.
    fn motion(&mut self, motion: Motion, page: usize, most: usize) {
        if self.cursor == 0 && (self.scroll < most || matches!(motion, Motion::Up | Motion::First | Motion::PageUp)) {
            self.scroll = update::navigation::moved(self.scroll, motion, page, most);
        } else {
            self.cursor = update::navigation::moved(self.cursor, motion, page, 1);
        }
    }

    /// Scrolls back to the largest offset, `most`, if it was passed.
    fn clamp_scroll(&mut self, most: usize) {
        self.scroll = self.scroll.min(most);
        // While the buttons are out of view, the first one stays selected.
        if self.scroll < most {
            self.cursor = 0;
        }
    }
}

impl<'q> App<'q> {
    /// The program at its welcome screen, saving nothing.
    #[must_use]
    pub fn new(questionnaire: &'q Questionnaire, size: Size) -> App<'q> {
        App::open(questionnaire, size, Opening::default())
    }

    /// The program at its first screen, which offers an earlier interview if there is one.
    #[must_use]
    pub fn open(questionnaire: &'q Questionnaire, size: Size, opening: Opening) -> App<'q> {
        let screen = match &opening.earlier {
            Some(earlier) if earlier.is_some_use() => Screen::Offer(TwoButtons::default()),
            Some(_) | None => Screen::Welcome { scroll: 0 },
        };
        App {
            interview: Interview::new(questionnaire),
            screen,
            size,
            notice: None,
            return_to: None,
            what_if: None,
            unsubmitted: BTreeMap::new(),
            last_layout: Cell::new(None),
            announced_keeping: opening.keeping.clone(),
            opening,
        }
    }

    /// The interview with the person's own answers, without what-if changes. This is what is saved and reported.
    #[must_use]
    pub fn own_interview(&self) -> &Interview<'q> {
        self.what_if.as_ref().map_or(&self.interview, WhatIf::own)
    }

    /// The interview that the screens show: the person's own, or the one with what-if changes.
    #[must_use]
    pub fn interview(&self) -> &Interview<'q> {
        &self.interview
    }

    /// The size of the screen.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// Which keys work now.
    #[must_use]
    pub fn mode(&self) -> Mode {
        if self.size.is_too_small() {
            return Mode::TooSmall;
        }
        self.mode_of(&self.screen)
    }

    /// Which keys work on a screen.
    fn mode_of(&self, screen: &Screen) -> Mode {
        let mode = screen.mode(&self.interview);
        match (mode, &self.what_if) {
            (Mode::Results, Some(_)) => Mode::WhatIf,
            (Mode::Details, Some(_)) => Mode::WhatIfDetails,
            (Mode::StillOpen, Some(_)) => Mode::WhatIfStillOpen,
            (mode, _) => mode,
        }
    }

    /// Tells the app the new size of the terminal.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.last_layout.take();
        self.restore_screen_invariants();
    }

    /// Does what a key does on the current screen; `None` if it does nothing here.
    pub fn press(&mut self, key: Key) -> Option<Effect> {
        let (action, typed) = action(key, self.mode())?;
        Some(self.update(action, typed))
    }

    /// Tells the app that the process could not be suspended, because no shell could continue it.
    pub fn cannot_suspend(&mut self) {
        self.notice = Some("There is no shell to go back to. Press q to quit.".into());
        self.last_layout.take();
    }

    /// Types pasted text into a number or a search. Elsewhere it is ignored.
    pub fn paste(&mut self, text: &str) {
        /// In characters; no number or search needs more.
        const LONGEST: usize = 40;
        for c in text.chars().filter(|c| !c.is_control()).take(LONGEST) {
            if matches!(action(Key::Char(c), self.mode()), Some((Action::Edit(Edit::Type), _))) {
                self.update(Action::Edit(Edit::Type), Some(c));
            }
        }
    }

    /// The lines of the screen, and where the cursor is.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        view::sheet(self)
    }
}

impl Screen {
    /// Which keys work on it, before what-if is taken into account.
    fn mode(&self, interview: &Interview<'_>) -> Mode {
        match self {
            Screen::Welcome { .. } => Mode::Welcome,
            Screen::Offer(_) => Mode::Offer,
            Screen::Question(card) if card.search.is_some() => Mode::Search,
            Screen::Question(card) => match interview.questionnaire().questions[card.question].kind {
                Kind::One(_) if card.is_searchable(interview) => Mode::LongOne,
                Kind::One(_) => Mode::One,
                Kind::Many { .. } if card.is_searchable(interview) => Mode::LongMany,
                Kind::Many { .. } => Mode::Many,
                Kind::Number { .. } => Mode::Number,
            },
            Screen::Why { .. } => Mode::Why,
            Screen::ConfirmAlarm(_) | Screen::AlarmAdvice(_) | Screen::StartOver { .. } | Screen::Leave { .. } => {
                Mode::Choice
            }
            Screen::Answers { .. } => Mode::Answers,
            Screen::Peek { .. } => Mode::Peek,
            Screen::Results(results) if results.is_reading && results.is_at_questions(interview) => Mode::StillOpen,
            Screen::Results(results) if results.is_reading => Mode::Details,
            Screen::Results(_) => Mode::Results,
            Screen::Help { .. } => Mode::Help,
        }
    }

    /// The question on the screen, or on the screen below the one on top.
    fn card(&self) -> Option<&Card> {
        match self {
            Screen::Question(card) | Screen::Why { card, .. } => Some(card),
            Screen::Answers { under, .. }
            | Screen::Peek { under, .. }
            | Screen::Help { under, .. }
            | Screen::StartOver { under, .. }
            | Screen::Leave { under, .. } => under.card(),
            Screen::Welcome { .. }
            | Screen::Offer(_)
            | Screen::ConfirmAlarm(_)
            | Screen::AlarmAdvice(_)
            | Screen::Results(_) => None,
        }
    }

    /// Whether it shows the results, or was opened on top of them.
    fn is_over(&self) -> bool {
        match self {
            Screen::Results(_) => true,
            Screen::Answers { under, .. } | Screen::Peek { under, .. } | Screen::Help { under, .. } => under.is_over(),
            Screen::Welcome { .. }
            | Screen::Offer(_)
            | Screen::Question(_)
            | Screen::Why { .. }
            | Screen::ConfirmAlarm(_)
            | Screen::AlarmAdvice(_)
            | Screen::StartOver { .. }
            | Screen::Leave { .. } => false,
        }
    }
}
