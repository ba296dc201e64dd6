//! How an answer changes an evaluation: it is carried to what looks at it, and no farther than something changes.

use std::borrow::Cow;

use la_arena::Idx;

use crate::engine::answers::Given;
use crate::engine::evaluation::Evaluation;
use crate::questionnaire::{Answer, Fact, Kind, Question, Subject, position};

/// What stands otherwise since an answer was given or taken back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// The questions, with how they stood before: the answered one among them.
    pub questions: Vec<Was>,
    /// The facts.
    pub facts: Vec<Idx<Fact>>,
}

/// How a question stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Was {
    /// Which question.
    pub question: Idx<Question>,
    /// Whether it was shown.
    pub is_shown: bool,
    /// Whether it had an answer that counted.
    pub is_answered: bool,
    /// Whether it had an answer, even one that did not count.
    pub is_given: bool,
}

/// An answer that another one took the place of; `None` where there was none.
#[derive(Debug)]
pub(crate) struct Before(Option<Given>);

impl Before {
    /// No answer.
    pub(crate) fn nothing() -> Before {
        Before(None)
    }
}

impl Touched {
    /// The questions and the facts.
    pub fn subjects(&self) -> impl Iterator<Item = Subject> {
        let questions = self.questions.iter().map(|was| Subject::Question(was.question));
        questions.chain(self.facts.iter().map(|fact| Subject::Fact(*fact)))
    }
}

impl Evaluation<'_> {
    /// An answer about the options that are on offer now.
    pub(crate) fn given_now(&self, question: Idx<Question>, answer: Answer) -> Before {
        let offered = match &self.questionnaire.questions[question].kind {
            Kind::Many { from: Some(_), .. } => Some(self.offered(question).into_iter().collect()),
            Kind::One(_) | Kind::Many { from: None, .. } | Kind::Number { .. } => None,
        };
        Before(Some(Given { answer, offered }))
    }

    /// Puts an answer, or none, in the place of what is there, which is given back.
    pub(crate) fn swap(&mut self, question: Idx<Question>, given: Before) -> (Before, Touched) {
        let mut touched = Touched::default();
        touched.questions.push(self.was(question));
        let before = match &mut self.answers {
            Cow::Owned(answers) => answers.put(question, given.0),
            Cow::Borrowed(answers) => {
                let mut owned = answers.clone();
                let before = owned.put(question, given.0);
                self.answers = Cow::Owned(owned);
                before
            }
        };
        let dependents = &self.questionnaire.dependents;
        dependents.carry([Subject::Question(question)], |subject| match subject {
            Subject::Question(at) => self.settle_question(at, at == question, &mut touched),
            Subject::Fact(fact) => {
                let has_changed = self.evaluate_fact(fact);
                touched.facts.extend(has_changed.then_some(fact));
                has_changed
            }
        });
        (Before(before), touched)
    }

    /// Whether it stands otherwise now. An answer was given to the one that is asked about: that is noted already.
    fn settle_question(&mut self, at: Idx<Question>, is_given: bool, touched: &mut Touched) -> bool {
        let standing = self.evaluate_question(at);
        let has_changed = self.question_state(at) != Some(&standing);
        if has_changed && !is_given {
            touched.questions.push(self.was(at));
        }
        if let Some(slot) = self.questions.get_mut(position(at)) {
            *slot = standing;
        }
        has_changed || is_given
    }

    fn was(&self, question: Idx<Question>) -> Was {
        Was {
            question,
            is_shown: self.is_shown(question),
            is_answered: self.answer(question).is_some(),
            is_given: self.was_answered(question),
        }
    }
}
