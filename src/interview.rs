//! The interview: the answers, the question in view, and the alarms that were confirmed.
//!
//! Nothing depends on the path. What is shown, what comes next and how much is left are computed from the answers.

mod change;
mod derived;
mod progress;
pub mod draft;

use la_arena::Idx;

use crate::engine::answers::Answers;
use crate::engine::evaluation::{Before, Evaluation};
use crate::engine::open_questions::{OpenQuestion, open_questions};
use crate::engine::outcome::{Outcome, Topic, answers_raising};
use crate::questionnaire::{Alarm, Answer, Cause, Choice, Question, Questionnaire, Urgency};
use derived::Known;

pub use change::{Change, Move};
pub use progress::Progress;

/// An interview under way.
#[derive(Debug, Clone)]
pub struct Interview<'q> {
    evaluation: Evaluation<'q>,
    place: InView,
    confirmed: Vec<Confirmed>,
    known: Known,
}

/// Where the interview stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InView {
    /// A question is in view.
    Question(Idx<Question>),
    /// Every question is behind.
    End,
}

/// An alarm that the person confirmed, with the answers that raised it then. Other answers raise it anew.
#[derive(Debug, Clone, PartialEq)]
struct Confirmed {
    alarm: Idx<Alarm>,
    raised_by: Vec<(Idx<Question>, Answer)>,
}

impl<'q> Interview<'q> {
    /// An interview before its first question.
    #[must_use]
    pub fn new(questionnaire: &'q Questionnaire) -> Interview<'q> {
        Interview::resumed(questionnaire, Answers::new())
    }

    /// An interview that goes on with earlier answers, at the first question without one. No alarm counts as confirmed.
    #[must_use]
    pub fn resumed(questionnaire: &'q Questionnaire, answers: Answers) -> Interview<'q> {
        let evaluation = Evaluation::owning(questionnaire, answers);
        let known = Known::new(&evaluation);
        let mut interview = Interview { evaluation, place: InView::End, confirmed: Vec::new(), known };
        interview.place = interview.next();
        interview
    }

    /// The questionnaire.
    #[must_use]
    pub fn questionnaire(&self) -> &'q Questionnaire {
        self.evaluation.questionnaire()
    }

    /// The answers, those to hidden questions too.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        self.evaluation.answers()
    }

    /// What is in view.
    #[must_use]
    pub fn in_view(&self) -> InView {
        self.place
    }

    /// What the answers amount to.
    #[must_use]
    pub fn evaluation(&self) -> &Evaluation<'q> {
        &self.evaluation
    }

    /// Whether what follows from the answers is what follows from those of another interview.
    #[must_use]
    pub fn knows_the_same_as(&self, other: &Interview<'_>) -> bool {
        self.evaluation == other.evaluation && self.known == other.known
    }

    /// The options that a shown question offers, in file order.
    #[must_use]
    pub fn offered(&self, question: Idx<Question>) -> Vec<Idx<Choice>> {
        self.evaluation.offered(question)
    }

    /// The answer to a shown question. Where its options come from another, it has to cover everything on offer.
    #[must_use]
    pub fn answer_to_shown(&self, question: Idx<Question>) -> Option<Answer> {
        match self.questionnaire().questions[question].from() {
            Some(_) => self.evaluation.answer(question).cloned(),
            None => self.answers().get(question).cloned(),
        }
    }

    /// What comes out of the answers so far.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome::new(&self.evaluation)
    }

    /// The first shown question without an answer, in file order.
    #[must_use]
    pub fn next(&self) -> InView {
        self.known.course.unanswered.first().map_or(InView::End, |question| InView::Question(*question))
    }

    /// How many questions are shown up to one, itself among them.
    #[must_use]
    pub fn number(&self, question: Idx<Question>) -> usize {
        self.known.course.shown.range(..=question).count()
    }

    /// Answers a question and goes on to the first one without an answer. Says what that did; that a first answer moves
    /// the ranking goes without saying.
    pub fn answer(&mut self, question: Idx<Question>, answer: Answer) -> Change {
        let is_changed = self.evaluation.answer(question).is_some();
        let before = is_changed.then(|| self.topics());
        let change = self.put(question, self.evaluation.given_now(question, answer));
        match before {
            Some(before) => self.with_moves(change, &before),
            None => change,
        }
    }

    /// Takes an answer back: the question is open again. Says what that did.
    pub fn retract(&mut self, question: Idx<Question>) -> Change {
        let before = self.topics();
        let change = self.put(question, Before::nothing());
        self.with_moves(change, &before)
    }

    /// Whether an answer would raise an alarm that interrupts, or leaves one that does.
    pub fn would_interrupt(&mut self, question: Idx<Question>, answer: Answer) -> bool {
        let (before, touched) = self.evaluation.swap(question, self.evaluation.given_now(question, answer));
        self.known.follow(&self.evaluation, &touched);
        let interrupts = self.interrupting().is_some();
        let (_, touched) = self.evaluation.swap(question, before);
        self.known.follow(&self.evaluation, &touched);
        interrupts
    }

    fn put(&mut self, question: Idx<Question>, given: Before) -> Change {
        let (_, touched) = self.evaluation.swap(question, given);
        let turned = self.known.follow(&self.evaluation, &touched);
        self.place = self.next();
        self.forget_withdrawn_alarms();
        Change::of_answer(&touched, turned, &self.evaluation)
    }

    /// The lines of the ranking, in order.
    fn topics(&self) -> Vec<Topic> {
        self.known.prospects.topics(self.questionnaire())
    }

    fn with_moves(&self, change: Change, before: &[Topic]) -> Change {
        Change { moves: change::moves(self.questionnaire(), before, &self.topics()), ..change }
    }

    /// An alarm that was withdrawn, or is raised by other answers now, has to be confirmed anew.
    fn forget_withdrawn_alarms(&mut self) {
        let (evaluation, prospects) = (&self.evaluation, &self.known.prospects);
        self.confirmed.retain(|confirmed| {
            prospects.is_raised(confirmed.alarm) && answers_raising(confirmed.alarm, evaluation) == confirmed.raised_by
        });
    }

    /// Goes to the previous shown question. False when there is none.
    pub fn back(&mut self) -> bool {
        let shown = &self.known.course.shown;
        let previous = match self.place {
            InView::Question(here) => shown.range(..here).next_back(),
            InView::End => shown.last(),
        };
        let previous = previous.copied();
        if let Some(question) = previous {
            self.place = InView::Question(question);
        }
        previous.is_some()
    }

    /// Goes on to the next shown question, or to the end, without a change. False when the question in view has no
    /// answer yet, or there is none in view.
    pub fn forward(&mut self) -> bool {
        let InView::Question(here) = self.place else { return false };
        if self.evaluation.answer(here).is_none() {
            return false;
        }
        let next = self.known.course.shown.range(here..).find(|question| **question > here);
        self.place = next.map_or(InView::End, |question| InView::Question(*question));
        true
    }

    /// Goes to a shown question. False when it is not shown.
    pub fn jump(&mut self, question: Idx<Question>) -> bool {
        let is_shown = self.evaluation.is_shown(question);
        if is_shown {
            self.place = InView::Question(question);
        }
        is_shown
    }

    /// Goes to the end, whatever is still unanswered.
    pub fn finish(&mut self) {
        self.place = InView::End;
    }

    /// Forgets everything.
    pub fn start_over(&mut self) {
        *self = Interview::new(self.questionnaire());
    }

    /// The first alarm that interrupts and was not confirmed for the answers that raise it now.
    #[must_use]
    pub fn interrupting(&self) -> Option<Idx<Alarm>> {
        let questionnaire = self.questionnaire();
        self.raised_alarms().find(|alarm| {
            let urgency = questionnaire.alarms[*alarm].urgency;
            questionnaire.urgencies[urgency].interrupts && !self.is_confirmed(*alarm)
        })
    }

    fn is_confirmed(&self, alarm: Idx<Alarm>) -> bool {
        let mut confirmed = self.confirmed.iter().filter(|confirmed| confirmed.alarm == alarm);
        confirmed.any(|confirmed| confirmed.raised_by == answers_raising(alarm, &self.evaluation))
    }

    /// The person confirms the answers that raise an alarm.
    pub fn confirm(&mut self, alarm: Idx<Alarm>) {
        let raised_by = answers_raising(alarm, &self.evaluation);
        self.confirmed.retain(|confirmed| confirmed.alarm != alarm);
        self.confirmed.push(Confirmed { alarm, raised_by });
    }

    /// How far the interview is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.known.progress
    }

    /// The alarms that hold, in file order.
    pub fn raised_alarms(&self) -> impl Iterator<Item = Idx<Alarm>> {
        self.known.prospects.raised()
    }

    /// The highest level among the alarms that hold.
    #[must_use]
    pub fn raised_level(&self) -> Option<Idx<Urgency>> {
        self.known.prospects.raised_level()
    }

    /// Whether nothing that can still be answered changes which line of the ranking is first, or how urgent it is. What
    /// was answered *not sure* counts as answered.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.known.prospects.is_settled(self.questionnaire())
    }

    /// The open questions that could, by themselves, move the line of a cause to another place: those that could move it
    /// most first.
    #[must_use]
    pub fn still_open(&self, cause: Idx<Cause>) -> Vec<OpenQuestion> {
        let mut known = self.known.still_open.borrow_mut();
        match &*known {
            Some((of, open)) if *of == cause => open.clone(),
            _ => known.insert((cause, open_questions(&self.evaluation, cause))).1.clone(),
        }
    }
}
