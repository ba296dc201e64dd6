//! Questions, and what can be answered to them.

use std::sync::Arc;

use foldhash::HashMap;
use la_arena::{Arena, Idx};
use serde::{Deserialize, Serialize};

use crate::questionnaire::compiled::indexes;
use crate::questionnaire::{Answer, Condition, Figure, Section};

/// A question. Every question can also be answered with *not sure*.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Its id in the file.
    pub id: String,
    /// The part of the interview that it belongs to.
    #[serde(with = "indexes")]
    pub section: Option<Idx<Section>>,
    /// The question itself.
    pub ask: String,
    /// Why it is asked.
    pub why: Option<String>,
    /// What can be answered.
    pub kind: Kind,
    /// It is shown while this is *yes*.
    pub when: Condition,
    /// What conditions take for its answer while `when` is *no*.
    pub otherwise: Option<Answer>,
    /// The picture beside its options.
    #[serde(with = "indexes")]
    pub figure: Option<Idx<Figure>>,
    /// Whether its answer rarely changes, so that it is kept when an earlier report is followed up.
    pub lasting: bool,
}

/// What can be answered to a question, besides *not sure*.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// One of these.
    One(Arc<Choices>),
    /// Any number of these, or none.
    Many {
        /// The options; those of the other question where `from` names one.
        options: Arc<Choices>,
        /// The earlier question of which only the ticked options are offered.
        #[serde(with = "indexes")]
        from: Option<Idx<Question>>,
    },
    /// A number, both ends included.
    Number {
        /// The smallest number.
        min: f64,
        /// The largest number.
        max: f64,
        /// How many decimals a number can have, 0 to 3.
        decimals: u8,
    },
}

/// The options of a question, which can be found by their ids.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<Choice>", into = "Vec<Choice>")]
pub struct Choices {
    all: Arena<Choice>,
    by_id: HashMap<String, Idx<Choice>>,
}

/// An option of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its id in the file; unique in its question.
    pub id: String,
    /// What it says.
    pub say: String,
    /// A phrase that explains it.
    pub help: Option<String>,
    /// Other words by which a search finds it.
    pub also: Vec<String>,
    /// A clinician's word for it, for reports.
    pub term: Option<String>,
    /// The letter of its part of the question's figure.
    pub mark: Option<char>,
}

impl std::ops::Deref for Choices {
    type Target = Arena<Choice>;

    fn deref(&self) -> &Arena<Choice> {
        &self.all
    }
}

impl From<Vec<Choice>> for Choices {
    fn from(choices: Vec<Choice>) -> Choices {
        choices.into_iter().collect()
    }
}

impl From<Choices> for Vec<Choice> {
    fn from(choices: Choices) -> Vec<Choice> {
        choices.all.into_iter().map(|(_, choice)| choice).collect()
    }
}

impl FromIterator<Choice> for Choices {
    fn from_iter<T: IntoIterator<Item = Choice>>(choices: T) -> Choices {
        let mut all = Choices::default();
        for choice in choices {
            let id = choice.id.clone();
            let option = all.all.alloc(choice);
            all.by_id.entry(id).or_insert(option);
        }
        all
    }
}

impl Question {
    /// What can be chosen; `None` for a number.
    #[must_use]
    pub fn options(&self) -> Option<&Arena<Choice>> {
        match &self.kind {
            Kind::One(options) | Kind::Many { options, .. } => Some(&options.all),
            Kind::Number { .. } => None,
        }
    }

    /// What one of its options says; nothing for a number, which has none.
    #[must_use]
    pub fn option_text(&self, option: Idx<Choice>) -> &str {
        self.options().map_or("", |options| &options[option].say)
    }

    /// The option with this id.
    #[must_use]
    pub fn option(&self, id: &str) -> Option<Idx<Choice>> {
        match &self.kind {
            Kind::One(options) | Kind::Many { options, .. } => options.by_id.get(id).copied(),
            Kind::Number { .. } => None,
        }
    }

    /// Whether it is answered with yes or no.
    #[must_use]
    pub fn is_yes_no(&self) -> bool {
        matches!(self.kind, Kind::One(_)) && self.option("yes").is_some() && self.option("no").is_some()
    }

    /// The earlier question of which only the ticked options are offered.
    #[must_use]
    pub fn from(&self) -> Option<Idx<Question>> {
        match &self.kind {
            Kind::Many { from, .. } => *from,
            Kind::One(_) | Kind::Number { .. } => None,
        }
    }
}
