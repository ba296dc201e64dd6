//! What is known before the first question: whether answers are saved, and the earlier interview that can be resumed.

use la_arena::Idx;

use crate::app::blocks::{Block, View};
use crate::app::deed::Deed;
use crate::app::screens::Screen;
use crate::app::screens::since::Start;
use crate::app::{App, Effect};
use crate::diagnostic::quote;
use crate::interview::draft::{CarriedOver, Lost};
use crate::interview::{InView, Interview};
use crate::questionnaire::{Question, Questionnaire};
use crate::text::wording;

/// What the app is told when it starts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Opening {
    /// Whether answers are saved.
    pub keeping: Keeping,
    /// An earlier interview that can be resumed.
    pub earlier: Option<Earlier>,
    /// A saved file that could not be read and was moved aside.
    pub set_aside: Option<SetAside>,
    /// What the interview starts from.
    pub start: Start,
    /// Whether other people could open the folder of the saved answers until now.
    pub was_open_to_others: bool,
    /// Whether the person wants nothing to be copied.
    pub no_copy: bool,
}

/// Whether answers are saved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Keeping {
    /// No, as the person wants.
    #[default]
    Nothing,
    /// No, as there is no home folder to save them in.
    Nowhere,
    /// Yes, after each answer, in this folder.
    In(String),
    /// The last answer could not be saved, for this reason, which names the folder.
    Failed(String),
    /// The saved answers could not be deleted, for this reason.
    Undeleted(String),
    /// No, as another window saves the answers to these questions.
    Elsewhere,
    /// Not any more, as another window has taken over.
    TakenOver,
    /// Not any more, as they were deleted while the interview went on.
    Forgotten,
}

/// An earlier interview.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    /// The answers that still fit the question file, and what does not.
    pub carried: CarriedOver,
    /// Whether the question file has changed since.
    pub has_changed: bool,
    /// When it was saved, in seconds since 1970.
    pub saved: u64,
    /// The current time, in seconds since 1970.
    pub now: u64,
}

/// A saved file that could not be read and was moved aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Why it could not be read.
    pub why: String,
    /// Where it is now.
    pub place: String,
}

impl Opening {
    /// Sentences about earlier answers that cannot be used, and about whether new ones are saved.
    #[must_use]
    pub fn summary(&self) -> String {
        let set_aside = self.set_aside.as_ref().map(|SetAside { why, place }| {
            format!("The answers that were kept before cannot be read: {why}. That file is now {place}.")
        });
        let unfit = self.earlier.as_ref().filter(|earlier| !earlier.is_some_use() && !earlier.carried.lost.is_empty());
        let unfit = unfit.map(|earlier| {
            let ago = wording::ago(earlier.saved, earlier.now);
            format!(
                "You have answers from {ago}, but the questions have changed since, and none of them fits any more."
            )
        });
        let opened = self.was_open_to_others.then(|| "Until now, other people could open that folder.".to_owned());
        let sentences = set_aside.into_iter().chain(unfit).chain([self.keeping.sentences()]).chain(opened);
        sentences.collect::<Vec<_>>().join(" ")
    }
}

impl Keeping {
    /// Whether answers are saved, in sentences for somebody who begins.
    #[must_use]
    pub fn sentences(&self) -> String {
        match self {
            Keeping::Nothing => "Nothing is kept: when you quit, your answers are gone.".into(),
            Keeping::Nowhere => {
                "Nothing is kept, because you have no home folder here: when you quit, your answers are gone.".into()
            }
            Keeping::In(folder) => {
                format!("Your answers are kept in {folder} until you finish; `twinge forget` deletes them.")
            }
            Keeping::Elsewhere => {
                "Nothing is kept here, because another window keeps your answers: when you quit, what you answer here is gone."
                    .into()
            }
            Keeping::Failed(why) => {
                format!("Your answers cannot be kept: {why}. You can go on, but they may be gone when you quit.")
            }
            Keeping::Undeleted(why) => format!("Your earlier answers could not be deleted: {why}."),
            Keeping::TakenOver => {
                "Another window has taken over. It keeps your answers; what you answer here is not kept any more."
                    .into()
            }
            Keeping::Forgotten => {
                "Your answers were deleted, as by `twinge forget`. What you answer here is not kept any more.".into()
            }
        }
    }

    /// The same, for somebody who was told something else before.
    fn notice(&self) -> String {
        if let Keeping::In(_) = self { "Your answers are kept again.".into() } else { self.sentences() }
    }
}

impl Earlier {
    /// Whether any answer is left to resume with.
    #[must_use]
    pub fn is_some_use(&self) -> bool {
        !self.carried.answers.is_empty()
    }

    /// What can be resumed, in sentences.
    #[must_use]
    pub fn summary(&self, questionnaire: &Questionnaire) -> String {
        const DAY: u64 = 24 * 60 * 60;
        let ago = wording::ago(self.saved, self.now);
        let interview = Interview::resumed(questionnaire, self.carried.answers.clone());
        let answers = match interview.progress().answered {
            0 => format!("You have answers from {ago}, but none of them counts as things are now."),
            number => format!("You have {} from {ago}.", wording::counted(number, "answer")),
        };
        let changed = match (self.has_changed, self.carried.lost.is_empty()) {
            (false, true) => "",
            (false, false) => "Some of what was kept does not fit the questions:",
            (true, true) => "The questions have changed since. All these answers still fit.",
            (true, false) => "The questions have changed since. This does not fit any more:",
        };
        let is_old = self.now.saturating_sub(self.saved) >= DAY;
        let old = if is_old && changed.is_empty() { "If things are different now, start again." } else { "" };
        [answers.as_str(), changed, old].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// What cannot be taken over from earlier answers, one line for each. A file can be full of answers to questions that are gone.
#[must_use]
pub fn lost_in_words(lost: &[Lost], questionnaire: &Questionnaire) -> Vec<String> {
    const MOST: usize = 20;
    let ask = |question: Idx<Question>| questionnaire.questions[question].ask.as_str();
    let said = |lost: &Lost| match lost {
        Lost::NoQuestion(id) => format!("An answer to a question that is gone: {}", quote(id)),
        Lost::NoAnswer(question) => format!("Asked again: {}", ask(*question)),
        Lost::MoreOptions(question) => format!("Asked again, with more to choose from: {}", ask(*question)),
    };
    let more = lost.len().saturating_sub(MOST);
    let more = (more > 0).then(|| format!("And {more} more."));
    lost.iter().take(MOST).map(said).chain(more).collect()
}

impl App<'_> {
    /// Tells the app whether the answers are saved now. The person gets one notice when that changes.
    pub fn kept(&mut self, keeping: Keeping) {
        self.opening.keeping = keeping;
        self.tell_keeping();
        self.settle();
    }

    /// Whether every question is answered and the results are on the screen. The saved answers are then not needed any
    /// more.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.is_over() && self.own_interview().next() == InView::End
    }

    /// Begins anew, with what is known now that this window has taken over.
    pub fn reopen(&mut self, opening: Opening) {
        self.announced_keeping = opening.keeping.clone();
        self.screens.show(first_screen(&opening));
        let (start, no_copy) = (std::mem::take(&mut self.opening.start), self.opening.no_copy);
        self.opening = Opening { start, no_copy, ..opening };
        self.settle();
    }

    /// Resumes the earlier interview. An alarm that its answers raise interrupts again.
    pub(in crate::app) fn resume(&mut self) {
        if let Some(earlier) = self.opening.earlier.take() {
            self.interview = Interview::resumed(self.interview.questionnaire(), earlier.carried.answers);
        }
        if let Start::From(report) = &self.opening.start {
            self.interview.compare_with(report);
        }
        self.go_on();
    }

    /// Adds a notice about saving if its status has changed. During an alarm the notice waits.
    pub(in crate::app) fn tell_keeping(&mut self) {
        if self.announced_keeping == self.opening.keeping || self.screens.top.screen.is_alarm() {
            return;
        }
        self.announced_keeping = self.opening.keeping.clone();
        self.tell(&self.announced_keeping.notice());
    }

    /// Whether anything was ticked or typed that was not submitted.
    pub(in crate::app) fn has_unsubmitted(&self) -> bool {
        let says = |screen: &Screen| matches!(screen, Screen::Question(card) if card.says_something(&self.interview));
        self.screens.down().any(says) || !self.unsubmitted.is_empty()
    }
}

/// The screen that the program begins with.
pub(in crate::app) fn first_screen(opening: &Opening) -> Screen {
    if opening.keeping == Keeping::Elsewhere {
        Screen::InUse
    } else if opening.earlier.as_ref().is_some_and(Earlier::is_some_use) {
        Screen::Offer
    } else {
        Screen::Welcome
    }
}

/// That another window keeps the answers, and what can be done here.
pub(in crate::app) fn in_use(app: &App<'_>) -> View {
    let questionnaire = app.interview().questionnaire();
    let earlier = app.opening.earlier.as_ref();
    let look_only = if earlier.is_some_and(Earlier::is_some_use) { Deed::Resume } else { Deed::Welcome };
    let buttons =
        [("Look only, and keep nothing here", look_only), ("Take over, and go on here", Deed::Do(Effect::TakeOver))];
    let mut body = vec![Block::strong("These questions are open in another window, and your answers are kept there.")];
    body.extend(earlier.map(|earlier| Block::plain(earlier.summary(questionnaire))));
    body.push(Block::plain("If you take over, your answers are kept here from now on, and no longer there."));
    body.push(Block::buttons(buttons));
    View::new(&questionnaire.title, body)
}

/// What is left of the earlier answers, and what to do with them.
pub(in crate::app) fn offer(app: &App<'_>) -> View {
    let questionnaire = app.interview().questionnaire();
    let mut body = Vec::new();
    if let Some(earlier) = &app.opening.earlier {
        body.push(Block::strong(earlier.summary(questionnaire)));
        body.extend(lost_in_words(&earlier.carried.lost, questionnaire).into_iter().map(Block::item));
    }
    body.push(Block::plain(app.opening.summary()));
    let buttons = [("Go on with these answers", Deed::Resume), ("Start again (this erases them)", Deed::Welcome)];
    body.push(Block::buttons(buttons));
    View::new(&questionnaire.title, body)
}
