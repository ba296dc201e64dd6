//! One interview over time: answer, go back and forward, change, confirm alarms.
//!
//! [`Interview`] is the state: the answers, the question in view, and the alarms that the person confirmed. Everything
//! else ([`Evaluation`], [`Outcome`], [`Progress`] …) follows from the answers and is computed from them, at most once
//! after each answer. The path does not matter: whoever gives the same answers in another order sees the same.

mod change;
pub mod draft;
pub mod snapshot;
mod progress;
pub mod since;
#[cfg(test)]
mod tests;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;

use la_arena::Idx;

use crate::engine::answers::Answers;
use crate::engine::evaluation::Evaluation;
use crate::engine::open_questions::{OpenQuestions, open_questions};
use crate::engine::outcome::{Outcome, answers_raising, raised_alarms};
use crate::engine::passed_over::passed_over;
use crate::engine::settled::is_settled;
use crate::questionnaire::{Alarm, Answer, Cause, Choice, Question, Questionnaire, Urgency};

pub use change::{Change, Move};
pub use progress::Progress;
use since::Earlier;

/// An interview under way.
#[derive(Debug, Clone)]
pub struct Interview<'q> {
    derived: Derived<'q>,
    /// `None` is the first question without an answer.
    in_view: Option<InView>,
    confirmed: Vec<ConfirmedAlarm>,
    asks_all: bool,
    /// The report that it follows up.
    earlier: Option<Earlier<'q>>,
}

/// The answers with what follows from them, each part computed when it is first asked for.
#[derive(Debug, Clone)]
struct Derived<'q> {
    evaluation: Evaluation<'q>,
    outcome: OnceCell<Outcome>,
    progress: OnceCell<Progress>,
    is_settled: OnceCell<bool>,
    passed_over: OnceCell<BTreeSet<Idx<Question>>>,
    /// Those of the cause that was asked about last.
    open_questions: RefCell<Option<(Idx<Cause>, OpenQuestions)>>,
}

/// What the person sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InView {
    /// A question.
    Question(Idx<Question>),
    /// The end, after the last question.
    End,
}

/// An alarm that the person confirmed, with the answers that raised it at that time. When other answers raise it, it
/// has to be confirmed again.
#[derive(Debug, Clone, PartialEq)]
struct ConfirmedAlarm {
    alarm: Idx<Alarm>,
    raised_by: Vec<(Idx<Question>, Answer)>,
}

impl<'q> Derived<'q> {
    fn new(questionnaire: &'q Questionnaire, answers: Answers) -> Derived<'q> {
        Derived {
            evaluation: Evaluation::owning(questionnaire, answers),
            outcome: OnceCell::new(),
            progress: OnceCell::new(),
            is_settled: OnceCell::new(),
            passed_over: OnceCell::new(),
            open_questions: RefCell::default(),
        }
    }

    fn forget_passed_over(&mut self) {
        self.passed_over = OnceCell::new();
        self.progress = OnceCell::new();
    }

    fn outcome(&self) -> &Outcome {
        self.outcome.get_or_init(|| Outcome::new(&self.evaluation))
    }
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
        let derived = Derived::new(questionnaire, answers);
        Interview { derived, in_view: None, confirmed: Vec::new(), asks_all: false, earlier: None }
    }

    /// The questionnaire.
    #[must_use]
    pub fn questionnaire(&self) -> &'q Questionnaire {
        self.evaluation().questionnaire()
    }

    /// The answers, including those to hidden questions.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        self.evaluation().answers()
    }

    /// What is in view.
    #[must_use]
    pub fn in_view(&self) -> InView {
        self.in_view.unwrap_or_else(|| self.next())
    }

    /// The answers, evaluated.
    #[must_use]
    pub fn evaluation(&self) -> &Evaluation<'q> {
        &self.derived.evaluation
    }

    /// The outcome of the answers so far.
    #[must_use]
    pub fn outcome(&self) -> &Outcome {
        self.derived.outcome()
    }

    /// The options that a shown question offers, in file order.
    #[must_use]
    pub fn offered(&self, question: Idx<Question>) -> Vec<Idx<Choice>> {
        self.evaluation().offered(question)
    }

    /// The answer to a shown question. Where its options come from another, it has to cover everything on offer.
    #[must_use]
    pub fn answer_to_shown(&self, question: Idx<Question>) -> Option<Answer> {
        match self.questionnaire().questions[question].from() {
            Some(_) => self.evaluation().answer(question).cloned(),
            None => self.answers().get(question).cloned(),
        }
    }

    /// The first shown question, in file order, that has no answer and is not passed over.
    #[must_use]
    pub fn next(&self) -> InView {
        let next = self.asked().find(|question| self.evaluation().answer(*question).is_none());
        next.map_or(InView::End, InView::Question)
    }

    /// The questions that are shown and not passed over, in file order.
    fn asked(&self) -> impl DoubleEndedIterator<Item = Idx<Question>> {
        self.evaluation().shown_questions().filter(|question| !self.passed_over().contains(question))
    }

    /// The shown questions without an answer that are passed over, since their answers would hardly change the results.
    #[must_use]
    pub fn passed_over(&self) -> &BTreeSet<Idx<Question>> {
        let enough = if self.asks_all { 0.0 } else { self.questionnaire().enough };
        self.derived.passed_over.get_or_init(|| passed_over(self.evaluation(), self.outcome(), enough))
    }

    /// From now on asks every question, those that were passed over included, and goes to the first without an answer.
    pub fn ask_all(&mut self) {
        self.asks_all = true;
        self.derived.forget_passed_over();
        self.go_on();
    }

    /// The number of a shown question among the shown ones, from 1.
    #[must_use]
    pub fn number(&self, question: Idx<Question>) -> usize {
        self.evaluation().shown_questions().take_while(|shown| *shown <= question).count()
    }

    /// Answers a question and goes on to the first one without an answer. Returns what that changed; moves in the
    /// ranking are reported only when an earlier answer is replaced.
    pub fn answer(&mut self, question: Idx<Question>, answer: Answer) -> Change {
        let replaces = self.evaluation().answer(question).is_some();
        let answers = self.answers_with(question, answer);
        let change = self.replace_answers(answers);
        if replaces { change } else { Change { moves: Vec::new(), ..change } }
    }

    /// Takes an answer back: the question is unanswered again. Returns what that changed.
    pub fn retract(&mut self, question: Idx<Question>) -> Change {
        let mut answers = self.answers().clone();
        answers.unset(question);
        self.replace_answers(answers)
    }

    /// What is different from an earlier state of this interview.
    #[must_use]
    pub fn change_since(&self, earlier: &Interview<'_>) -> Change {
        Change::between(&earlier.derived, &self.derived)
    }

    /// Whether an answer would raise, or leave raised, an interrupting alarm that is not confirmed.
    #[must_use]
    pub fn would_interrupt(&self, question: Idx<Question>, answer: Answer) -> bool {
        let answers = self.answers_with(question, answer);
        let evaluation = Evaluation::new(self.questionnaire(), &answers);
        self.first_interrupting(&raised_alarms(&evaluation), &evaluation).is_some()
    }

    /// The answers with one more, given about the options that are on offer now.
    fn answers_with(&self, question: Idx<Question>, answer: Answer) -> Answers {
        let mut answers = self.answers().clone();
        match self.questionnaire().questions[question].from() {
            Some(_) => answers.set_offered(question, answer, self.offered(question).into_iter().collect()),
            None => answers.set(question, answer),
        }
        answers
    }

    fn replace_answers(&mut self, answers: Answers) -> Change {
        let derived = Derived::new(self.questionnaire(), answers);
        let change = Change::between(&self.derived, &derived);
        self.derived = derived;
        self.in_view = None;
        let confirmed = std::mem::take(&mut self.confirmed);
        self.confirmed = confirmed.into_iter().filter(|confirmed| self.is_raised_as_confirmed(confirmed)).collect();
        change
    }

    fn is_raised_as_confirmed(&self, confirmed: &ConfirmedAlarm) -> bool {
        self.outcome().alarms.contains(&confirmed.alarm)
            && answers_raising(confirmed.alarm, self.evaluation()) == confirmed.raised_by
    }

    /// Goes to the previous question that is shown and not passed over. False when there is none.
    pub fn back(&mut self) -> bool {
        let previous = self.previous();
        if let Some(question) = previous {
            self.in_view = Some(InView::Question(question));
        }
        previous.is_some()
    }

    /// The question that [`back`](Interview::back) goes to.
    #[must_use]
    pub fn previous(&self) -> Option<Idx<Question>> {
        match self.in_view() {
            InView::Question(here) => self.asked().take_while(|question| *question < here).last(),
            InView::End => self.asked().next_back(),
        }
    }

    /// Goes to the next question that is shown and not passed over, or to the end, and keeps the answer. False when the
    /// question in view has no answer yet and is not passed over, or none is in view.
    pub fn forward(&mut self) -> bool {
        let InView::Question(here) = self.in_view() else { return false };
        if self.evaluation().answer(here).is_none() && !self.passed_over().contains(&here) {
            return false;
        }
        let next = self.asked().find(|question| *question > here);
        self.in_view = Some(next.map_or(InView::End, InView::Question));
        true
    }

    /// Goes to a shown question. False when it is not shown.
    pub fn jump(&mut self, question: Idx<Question>) -> bool {
        let is_shown = self.evaluation().is_shown(question);
        if is_shown {
            self.in_view = Some(InView::Question(question));
        }
        is_shown
    }

    /// Goes to the first question that has no answer and is not passed over.
    pub fn go_on(&mut self) {
        self.in_view = None;
    }

    /// Goes to the end, even with questions unanswered.
    pub fn finish(&mut self) {
        self.in_view = Some(InView::End);
    }

    /// Forgets everything.
    pub fn start_over(&mut self) {
        *self = Interview { asks_all: self.asks_all, ..Interview::new(self.questionnaire()) };
    }

    /// The first interrupting alarm that is raised and not yet confirmed for the answers that raise it.
    #[must_use]
    pub fn interrupting(&self) -> Option<Idx<Alarm>> {
        self.first_interrupting(&self.outcome().alarms, self.evaluation())
    }

    fn first_interrupting(&self, raised: &[Idx<Alarm>], evaluation: &Evaluation<'_>) -> Option<Idx<Alarm>> {
        let questionnaire = self.questionnaire();
        let is_confirmed = |alarm: Idx<Alarm>| {
            let mut confirmed = self.confirmed.iter().filter(|confirmed| confirmed.alarm == alarm);
            confirmed.any(|confirmed| confirmed.raised_by == answers_raising(alarm, evaluation))
        };
        let interrupts = |alarm: Idx<Alarm>| questionnaire.urgencies[questionnaire.alarms[alarm].urgency].interrupts;
        raised.iter().copied().find(|alarm| interrupts(*alarm) && !is_confirmed(*alarm))
    }

    /// The person confirms the answers that raise an alarm.
    pub fn confirm(&mut self, alarm: Idx<Alarm>) {
        let raised_by = answers_raising(alarm, self.evaluation());
        self.confirmed.retain(|confirmed| confirmed.alarm != alarm);
        self.confirmed.push(ConfirmedAlarm { alarm, raised_by });
    }

    /// How many questions are answered, and how many can still come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        *self.derived.progress.get_or_init(|| Progress::new(self.evaluation(), self.passed_over()))
    }

    /// The highest level among the alarms that are raised.
    #[must_use]
    pub fn raised_level(&self) -> Option<Idx<Urgency>> {
        self.outcome().alarms.iter().map(|alarm| self.questionnaire().alarms[*alarm].urgency).max()
    }

    /// Whether no answer that is still missing can change which line of the ranking is first, nor the urgency. *Not
    /// sure* is an answer here.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        *self.derived.is_settled.get_or_init(|| is_settled(self.evaluation(), self.outcome()))
    }

    /// The questions without a clear answer that could, each alone, move the line of a cause to another place: first
    /// those that could move its probability most.
    #[must_use]
    pub fn open_questions(&self, cause: Idx<Cause>) -> OpenQuestions {
        let mut cached = self.derived.open_questions.borrow_mut();
        match &*cached {
            Some((of, open)) if *of == cause => open.clone(),
            _ => cached.insert((cause, open_questions(self.evaluation(), cause))).1.clone(),
        }
    }
}
