//! The answers given so far.

use la_arena::Idx;

use crate::questionnaire::{Answer, OptionSet, Question, index, position};

/// The answers given so far, including those to questions that are hidden now.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// By the number of the question. The last one is never `None`, so that equal answers have equal lists.
    given: Vec<Option<Given>>,
}

/// An answer, and the options that it is about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Given {
    pub(crate) answer: Answer,
    /// The options that were offered; `None` when they are always the same.
    pub(crate) offered: Option<Box<OptionSet>>,
}

impl Answers {
    /// No answers.
    #[must_use]
    pub fn new() -> Answers {
        Answers::default()
    }

    /// No answers, with room for those to so many questions.
    pub(super) fn with_capacity(questions: usize) -> Answers {
        Answers { given: Vec::with_capacity(questions) }
    }

    /// The answer to a question, whether or not the question is shown now.
    #[must_use]
    pub fn get(&self, question: Idx<Question>) -> Option<&Answer> {
        self.given(question).map(|given| &given.answer)
    }

    /// The questions that have an answer, in file order.
    pub fn questions(&self) -> impl Iterator<Item = Idx<Question>> {
        self.given.iter().enumerate().filter(|(_, given)| given.is_some()).map(|(at, _)| index(at))
    }

    /// The options that an answer is about; `None` when it is about all of them.
    #[must_use]
    pub fn offered(&self, question: Idx<Question>) -> Option<&OptionSet> {
        self.given(question)?.offered.as_deref()
    }

    /// Gives an answer about all options that the question can ever offer.
    pub fn set(&mut self, question: Idx<Question>, answer: Answer) {
        self.put(question, Some(Given { answer, offered: None }));
    }

    /// Gives an answer about the offered options only. When more are offered later, the question is unanswered again.
    pub fn set_offered(&mut self, question: Idx<Question>, answer: Answer, offered: OptionSet) {
        self.put(question, Some(Given { answer, offered: Some(offered.into()) }));
    }

    /// Takes an answer back.
    pub fn unset(&mut self, question: Idx<Question>) {
        self.put(question, None);
    }

    /// Whether nothing has been answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    /// Gives an answer, or takes it back; what stood there before comes back.
    pub(super) fn put(&mut self, question: Idx<Question>, given: Option<Given>) -> Option<Given> {
        let at = position(question);
        if given.is_some() && self.given.len() <= at {
            self.given.resize(at, None);
            self.given.push(given);
            return None;
        }
        let before = std::mem::replace(self.given.get_mut(at)?, given);
        while self.given.last().is_some_and(Option::is_none) {
            self.given.pop();
        }
        before
    }

    pub(super) fn given(&self, question: Idx<Question>) -> Option<&Given> {
        self.given.get(position(question))?.as_ref()
    }
}
