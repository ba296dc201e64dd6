//! The compiled form of a questionnaire, from which it is there in a fraction of the time that parsing takes. `src/build.rs`
//! compiles the built-in questions; no other program and no other version reads them.

use std::sync::Arc;

use la_arena::Idx;

use crate::questionnaire::{Choices, DependencyGraph, Kind, Question, Questionnaire};

/// Compiles a questionnaire.
///
/// # Errors
///
/// None that could happen: all of it can be written.
pub fn write(questionnaire: &Questionnaire) -> postcard::Result<Vec<u8>> {
    let mut questionnaire = questionnaire.clone();
    // The options of a question with `from` are those of another one, and written there.
    share_options(&mut questionnaire, |_, _| Arc::default());
    postcard::to_allocvec(&questionnaire)
}

/// Reads what [`write()`] wrote.
///
/// # Errors
///
/// When it is something else.
pub fn read(bytes: &[u8]) -> postcard::Result<Questionnaire> {
    let mut questionnaire = postcard::from_bytes(bytes)?;
    share_options(&mut questionnaire, |questionnaire, from| match &questionnaire.questions[from].kind {
        Kind::One(options) | Kind::Many { options, .. } => Arc::clone(options),
        Kind::Number { .. } => Arc::default(),
    });
    questionnaire.dependency_graph = DependencyGraph::new(&questionnaire);
    Ok(questionnaire)
}

/// Sets the options of each question with `from`, which is given.
fn share_options(questionnaire: &mut Questionnaire, options: impl Fn(&Questionnaire, Idx<Question>) -> Arc<Choices>) {
    let of: Vec<_> = questionnaire.questions.iter().filter_map(|(id, question)| Some((id, question.from()?))).collect();
    for (id, from) in of {
        let kind = Kind::Many { options: options(questionnaire, from), from: Some(from) };
        questionnaire.questions[id].kind = kind;
    }
}

/// An arena as a list.
pub(super) mod arena {
    use la_arena::Arena;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<T: Serialize, S: Serializer>(arena: &Arena<T>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(arena.values())
    }

    pub(crate) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Arena<T>, D::Error> {
        Vec::deserialize(from).map(Arena::from_iter)
    }
}

/// Indexes as numbers.
pub(super) mod indexes {
    use la_arena::Idx;
    use serde::de::DeserializeOwned;
    use serde::{Deserializer, Serialize, Serializer};

    use crate::questionnaire::{index, position};

    /// What holds indexes.
    pub(crate) trait Indexes {
        /// The same with numbers in their place.
        type Numbers: Serialize + DeserializeOwned;
        fn numbers(&self) -> Self::Numbers;
        fn from_numbers(numbers: Self::Numbers) -> Self;
    }

    impl<T> Indexes for Idx<T> {
        type Numbers = usize;
        fn numbers(&self) -> usize {
            position(*self)
        }
        fn from_numbers(number: usize) -> Self {
            index(number)
        }
    }

    impl<T> Indexes for Option<Idx<T>> {
        type Numbers = Option<usize>;
        fn numbers(&self) -> Option<usize> {
            self.map(position)
        }
        fn from_numbers(number: Option<usize>) -> Self {
            number.map(index)
        }
    }

    impl<T> Indexes for Vec<Idx<T>> {
        type Numbers = Vec<usize>;
        fn numbers(&self) -> Vec<usize> {
            self.iter().copied().map(position).collect()
        }
        fn from_numbers(numbers: Vec<usize>) -> Self {
            numbers.into_iter().map(index).collect()
        }
    }

    pub(crate) fn serialize<I: Indexes, S: Serializer>(indexes: &I, to: S) -> Result<S::Ok, S::Error> {
        indexes.numbers().serialize(to)
    }

    pub(crate) fn deserialize<'de, I: Indexes, D: Deserializer<'de>>(from: D) -> Result<I, D::Error> {
        serde::Deserialize::deserialize(from).map(I::from_numbers)
    }
}
