//! The interview: the answers, the question in view, and the alarms that were confirmed.
//!
//! Nothing depends on the path. What is shown, what comes next and how much is left are computed from the answers.

mod change;
mod progress;

use std::cell::{OnceCell, RefCell};

use la_arena::Idx;

use crate::outcome::{Outcome, raised, raised_by};
use crate::questionnaire::{Alarm, Answer, Cause, Choice, Kind, Question, Questionnaire};
use crate::situation::{Answers, Situation};
use crate::still_open::{StillOpen, still_open};

pub use change::{Change, Move};
pub use progress::Progress;

/// An interview under way.
#[derive(Debug, Clone)]
pub struct Interview<'q> {
    questionnaire: &'q Questionnaire,
    answers: Answers,
    place: Place,
    confirmed: Vec<Confirmed>,
    /// Worked out once for the answers as they are: every key draws it.
    known: OnceCell<Known>,
}

/// What follows from the answers.
#[derive(Debug, Clone)]
struct Known {
    progress: Progress,
    raised: Vec<Idx<Alarm>>,
    /// The open questions of the cause that was asked about last.
    still_open: RefCell<Option<(Idx<Cause>, Vec<StillOpen>)>>,
}

/// Where the interview stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
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
        let mut interview = Interview {
            questionnaire,
            answers: Answers::new(),
            place: Place::End,
            confirmed: Vec::new(),
            known: OnceCell::new(),
        };
        interview.place = interview.next();
        interview
    }

    /// An interview that goes on with earlier answers, at the first question without one. No alarm counts as confirmed.
    #[must_use]
    pub fn resumed(questionnaire: &'q Questionnaire, answers: Answers) -> Interview<'q> {
        let mut interview = Interview { answers, known: OnceCell::new(), ..Interview::new(questionnaire) };
        interview.place = interview.next();
        interview
    }

    /// The questionnaire.
    #[must_use]
    pub fn questionnaire(&self) -> &'q Questionnaire {
        self.questionnaire
    }

    /// The answers, those to hidden questions too.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// What is in view.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    /// What the answers amount to.
    #[must_use]
    pub fn situation(&self) -> Situation<'_> {
        Situation::new(self.questionnaire, &self.answers)
    }

    /// The options that a shown question offers, in file order.
    #[must_use]
    pub fn offered(&self, question: Idx<Question>) -> Vec<Idx<Choice>> {
        let asked = &self.questionnaire.questions[question];
        match asked.from() {
            Some(_) => self.situation().offered(question),
            // What does not depend on answers is not worked out from them: every key asks.
            None => asked.options().into_iter().flat_map(|options| options.iter().map(|(option, _)| option)).collect(),
        }
    }

    /// The answer to a shown question, if it has one that still covers everything on offer.
    #[must_use]
    pub fn answer_to_shown(&self, question: Idx<Question>) -> Option<Answer> {
        match self.questionnaire.questions[question].from() {
            Some(_) => self.situation().answer(question).cloned(),
            // As with what it offers.
            None => self.answers.get(question).cloned(),
        }
    }

    /// What comes out of the answers so far.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome::new(&self.situation())
    }

    /// The first shown question without an answer, in file order.
    #[must_use]
    pub fn next(&self) -> Place {
        let situation = self.situation();
        let mut open = situation.shown_questions().filter(|question| situation.answer(*question).is_none());
        open.next().map_or(Place::End, Place::Question)
    }

    /// Answers a question and goes on to the first one without an answer. Says what that did.
    pub fn answer(&mut self, question: Idx<Question>, answer: Answer) -> Change {
        let before = self.clone();
        match &self.questionnaire.questions[question].kind {
            Kind::Many { from: Some(_), .. } => {
                let offered = self.situation().offered(question).into_iter().collect();
                self.answers_to_change().set_offered(question, answer, offered);
            }
            Kind::One(_) | Kind::Many { from: None, .. } | Kind::Number { .. } => {
                self.answers_to_change().set(question, answer);
            }
        }
        self.place = self.next();
        self.forget_withdrawn_alarms();
        let change = Change::between(&before.situation(), &self.situation());
        if before.situation().answer(question).is_some() { change } else { change.of_new_answer() }
    }

    /// Takes an answer back: the question is open again. Says what that did.
    pub fn retract(&mut self, question: Idx<Question>) -> Change {
        let before = self.clone();
        self.answers_to_change().unset(question);
        self.place = self.next();
        self.forget_withdrawn_alarms();
        Change::between(&before.situation(), &self.situation())
    }

    /// An alarm that was withdrawn, or is raised by other answers now, has to be confirmed anew.
    fn forget_withdrawn_alarms(&mut self) {
        let situation = Situation::new(self.questionnaire, &self.answers);
        let raised = raised(&situation);
        self.confirmed.retain(|confirmed| {
            raised.contains(&confirmed.alarm) && raised_by(confirmed.alarm, &situation) == confirmed.raised_by
        });
    }

    /// Goes to the previous shown question. False when there is none.
    pub fn back(&mut self) -> bool {
        let place = self.place;
        let previous = {
            let situation = self.situation();
            let mut shown = situation.shown_questions().rev();
            shown.find(|question| match place {
                Place::Question(here) => *question < here,
                Place::End => true,
            })
        };
        if let Some(question) = previous {
            self.place = Place::Question(question);
        }
        previous.is_some()
    }

    /// Goes on to the next shown question, or to the end, without a change. False when the question in view has no
    /// answer yet, or there is none in view.
    pub fn forward(&mut self) -> bool {
        let Place::Question(here) = self.place else { return false };
        let next = {
            let situation = self.situation();
            if situation.answer(here).is_none() {
                return false;
            }
            situation.shown_questions().find(|question| *question > here)
        };
        self.place = next.map_or(Place::End, Place::Question);
        true
    }

    /// Goes to a shown question. False when it is not shown.
    pub fn jump(&mut self, question: Idx<Question>) -> bool {
        let is_shown = self.situation().is_shown(question);
        if is_shown {
            self.place = Place::Question(question);
        }
        is_shown
    }

    /// Goes to the end, whatever is still unanswered.
    pub fn finish(&mut self) {
        self.place = Place::End;
    }

    /// Forgets everything.
    pub fn start_over(&mut self) {
        *self = Interview::new(self.questionnaire);
    }

    /// The first alarm that interrupts and was not confirmed for the answers that raise it now.
    #[must_use]
    pub fn interrupting(&self) -> Option<Idx<Alarm>> {
        let situation = self.situation();
        let questionnaire = self.questionnaire;
        raised(&situation).into_iter().find(|alarm| {
            let urgency = questionnaire.alarms[*alarm].urgency;
            questionnaire.urgencies[urgency].interrupts
                && !self.confirmed.contains(&Confirmed { alarm: *alarm, raised_by: raised_by(*alarm, &situation) })
        })
    }

    /// The person confirms the answers that raise an alarm.
    pub fn confirm(&mut self, alarm: Idx<Alarm>) {
        let raised_by = raised_by(alarm, &self.situation());
        self.confirmed.retain(|confirmed| confirmed.alarm != alarm);
        self.confirmed.push(Confirmed { alarm, raised_by });
    }

    /// How far the interview is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.known().progress
    }

    /// The alarms that hold, in file order.
    #[must_use]
    pub fn raised(&self) -> &[Idx<Alarm>] {
        &self.known().raised
    }

    /// The open questions that could, by themselves, move the line of a cause to another place: those that could move it
    /// most first.
    #[must_use]
    pub fn still_open(&self, cause: Idx<Cause>) -> Vec<StillOpen> {
        let mut known = self.known().still_open.borrow_mut();
        match &*known {
            Some((of, open)) if *of == cause => open.clone(),
            _ => known.insert((cause, still_open(&self.situation(), cause))).1.clone(),
        }
    }

    fn known(&self) -> &Known {
        self.known.get_or_init(|| {
            let situation = self.situation();
            Known { progress: Progress::of(&situation), raised: raised(&situation), still_open: RefCell::default() }
        })
    }

    /// The answers, of which nothing is known any more.
    fn answers_to_change(&mut self) -> &mut Answers {
        self.known = OnceCell::new();
        &mut self.answers
    }
}
