//! A cause or a family: what a line of the ranking is about, and what a cause can name as another explanation.

use la_arena::Idx;
use serde::{Deserialize, Serialize};

use crate::questionnaire::compiled::indexes;
use crate::questionnaire::{Cause, Family, Questionnaire};

/// A cause or a family of causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Topic {
    /// A cause.
    Cause(#[serde(with = "indexes")] Idx<Cause>),
    /// A family; whether one of its members or all of them are meant depends on who asks.
    Family(#[serde(with = "indexes")] Idx<Family>),
}

impl Topic {
    /// The line of the ranking in which a cause is shown: its family, if it has one.
    #[must_use]
    pub fn for_cause(cause: Idx<Cause>, questionnaire: &Questionnaire) -> Topic {
        questionnaire.causes[cause].family.map_or(Topic::Cause(cause), Topic::Family)
    }

    /// Its id in the question file.
    #[must_use]
    pub fn id(self, questionnaire: &Questionnaire) -> &str {
        match self {
            Topic::Cause(cause) => &questionnaire.causes[cause].id,
            Topic::Family(family) => &questionnaire.families[family].id,
        }
    }

    /// Its plain name.
    #[must_use]
    pub fn name(self, questionnaire: &Questionnaire) -> &str {
        match self {
            Topic::Cause(cause) => &questionnaire.causes[cause].name,
            Topic::Family(family) => &questionnaire.families[family].name,
        }
    }

    /// Whether it is this cause, or its family.
    #[must_use]
    pub fn covers(self, cause: Idx<Cause>, questionnaire: &Questionnaire) -> bool {
        match self {
            Topic::Cause(named) => named == cause,
            Topic::Family(family) => questionnaire.causes[cause].family == Some(family),
        }
    }
}
