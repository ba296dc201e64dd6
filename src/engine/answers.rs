//! The answers given so far.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::Idx;

use crate::questionnaire::{Answer, Choice, Question};

/// The answers given so far, including those to questions that are hidden now.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    given: BTreeMap<Idx<Question>, Given>,
}

/// An answer, and the options that it is about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Given {
    pub(crate) answer: Answer,
    /// The options that were offered; `None` when they are always the same.
    pub(crate) offered: Option<BTreeSet<Idx<Choice>>>,
}

impl Answers {
    /// No answers.
    #[must_use]
    pub fn new() -> Answers {
        Answers::default()
    }

    /// The answer to a question, whether or not the question is shown now.
    #[must_use]
    pub fn get(&self, question: Idx<Question>) -> Option<&Answer> {
        self.given(question).map(|given| &given.answer)
    }

    /// The questions that have an answer, in file order.
    pub fn questions(&self) -> impl Iterator<Item = Idx<Question>> {
        self.given.keys().copied()
    }

    /// The options that an answer is about; `None` when it is about all of them.
    #[must_use]
    pub fn offered(&self, question: Idx<Question>) -> Option<&BTreeSet<Idx<Choice>>> {
        self.given(question)?.offered.as_ref()
    }

    /// Gives an answer about all options that the question can ever offer.
    pub fn set(&mut self, question: Idx<Question>, answer: Answer) {
        self.put(question, Some(Given { answer, offered: None }));
    }

    /// Gives an answer about the offered options only. When more are offered later, the question is unanswered again.
    pub fn set_offered(&mut self, question: Idx<Question>, answer: Answer, offered: BTreeSet<Idx<Choice>>) {
        self.put(question, Some(Given { answer, offered: Some(offered) }));
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
        match given {
            Some(given) => self.given.insert(question, given),
            None => self.given.remove(&question),
        }
    }

    pub(super) fn given(&self, question: Idx<Question>) -> Option<&Given> {
        self.given.get(&question)
    }
}
