//! The screens as values: what is in view, and what each action does to it.
//!
//! [`App::update`] does what keys ask for; the other methods that change anything tell of what happened outside.
//! [`App::sheet`] only looks.

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

/// What a person can do. Which key does it is the business of [`action`].
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
    /// Something that only a question takes.
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
    /// Change an answer to see what it would do.
    WhatIf,
    /// Take the last such change back.
    Undo,
    /// Make such changes the person's own answers.
    Keep,
    /// Back from such changes to the person's own answers.
    EndWhatIf,
    /// The next page of the text.
    NextPage,
    /// The previous page of the text.
    PreviousPage,
    /// Save the report.
    Save,
    /// Close what lies on top.
    Close,
    /// Quit; asks first in the middle of the questions.
    Quit,
    /// Quit without asking.
    QuitNow,
    /// Stop, and leave the terminal to the shell for a while.
    Suspend,
}

/// What only a question takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edit {
    /// Choose an option by its number.
    Pick,
    /// Tick or untick.
    Tick,
    /// Not sure.
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

/// What the loop has to do after an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Draw.
    Draw,
    /// Save the report, say where it is, and draw.
    Save,
    /// Delete what is kept of the answers, and draw.
    Forget,
    /// End.
    Quit,
    /// Stop until the shell lets us go on.
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
    /// What the last action did, if that is worth a line. It goes with the next key.
    notice: Option<String>,
    /// The results from which the question in view was gone to, and to which its answer leads back.
    return_to: Option<Results>,
    /// While answers are changed only to see what that would do: what the person really said.
    what_if: Option<WhatIf<'q>>,
    /// What was begun on a question and left without a word.
    unsubmitted: BTreeMap<Idx<Question>, Card>,
    /// What was known before the first question; whether answers are kept, as it is now.
    opening: Opening,
    /// What the person was told last of whether answers are kept.
    announced_keeping: Keeping,
    /// How the screen that was drawn last is laid out, until anything changes: a key that moves need not ask again.
    last_layout: Cell<Option<Layout>>,
}

/// What is in view.
#[derive(Debug, Clone)]
enum Screen {
    Welcome {
        scroll: usize,
    },
    /// There are earlier answers: go on with them?
    Offer(TwoButtons),
    Question(Card),
    Why {
        card: Card,
        scroll: usize,
    },
    /// An alarm asks whether its answers are right.
    ConfirmAlarm(Raised),
    /// A confirmed alarm says what to do.
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

/// An alarm in view.
#[derive(Debug, Clone, Copy)]
struct Raised {
    alarm: Idx<Alarm>,
    buttons: TwoButtons,
}

/// Two ways on below a text. It is read first: the ways on can be chosen once they are in view.
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
    /// Scrolls to the ways on before it moves between them; `most` is how far that is.
    fn motion(&mut self, motion: Motion, page: usize, most: usize) {
        if self.cursor == 0 && (self.scroll < most || matches!(motion, Motion::Up | Motion::First | Motion::PageUp)) {
            self.scroll = update::navigation::moved(self.scroll, motion, page, most);
        } else {
            self.cursor = update::navigation::moved(self.cursor, motion, page, 1);
        }
    }

    /// Scrolls no farther than `most`.
    fn clamp_scroll(&mut self, most: usize) {
        self.scroll = self.scroll.min(most);
        // The ways on are not in view, so none is chosen.
        if self.scroll < most {
            self.cursor = 0;
        }
    }
}

impl<'q> App<'q> {
    /// The program at its welcome screen, with nothing kept.
    #[must_use]
    pub fn new(questionnaire: &'q Questionnaire, size: Size) -> App<'q> {
        App::open(questionnaire, size, Opening::default())
    }

    /// The program at its welcome screen, which offers an earlier interview if there is one.
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

    /// What the person really said. It is what is kept, and what is told at the end.
    #[must_use]
    pub fn own_interview(&self) -> &Interview<'q> {
        self.what_if.as_ref().map_or(&self.interview, WhatIf::own)
    }

    /// The interview in view: the person's own, or one with answers that were changed to see what that would do.
    #[must_use]
    pub fn interview(&self) -> &Interview<'q> {
        &self.interview
    }

    /// The size of the screen.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// What keys mean now.
    #[must_use]
    pub fn mode(&self) -> Mode {
        if self.size.is_too_small() {
            return Mode::TooSmall;
        }
        self.mode_of(&self.screen)
    }

    /// What keys mean on a screen.
    fn mode_of(&self, screen: &Screen) -> Mode {
        let mode = screen.mode(&self.interview);
        match (mode, &self.what_if) {
            (Mode::Results, Some(_)) => Mode::WhatIf,
            (Mode::Details, Some(_)) => Mode::WhatIfDetails,
            (Mode::StillOpen, Some(_)) => Mode::WhatIfStillOpen,
            (mode, _) => mode,
        }
    }

    /// The screen has another size now.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.last_layout.take();
        self.restore_screen_invariants();
    }

    /// A key was pressed. A key without a meaning here does nothing.
    pub fn press(&mut self, key: Key) -> Option<Effect> {
        let (action, typed) = action(key, self.mode())?;
        Some(self.update(action, typed))
    }

    /// There is no shell that could let us go on, so nothing was stopped.
    pub fn cannot_suspend(&mut self) {
        self.notice = Some("There is no shell to go back to. Press q to quit.".into());
        self.last_layout.take();
    }

    /// Text was pasted: typed where text is typed, and passed over elsewhere.
    pub fn paste(&mut self, text: &str) {
        /// Nothing that is typed here is longer.
        const LONGEST: usize = 40;
        for c in text.chars().filter(|c| !c.is_control()).take(LONGEST) {
            if matches!(action(Key::Char(c), self.mode()), Some((Action::Edit(Edit::Type), _))) {
                self.update(Action::Edit(Edit::Type), Some(c));
            }
        }
    }

    /// What the screen says.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        view::sheet(self)
    }
}

impl Screen {
    /// What keys mean on it.
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

    /// The question in view, or below what lies on top of it.
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

    /// Whether it shows the results, or lies on top of them.
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
