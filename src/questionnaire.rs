//! The questionnaire: the model of a question file, and reading it.
//!
//! [`parse`] turns the bytes of a question file into a [`Questionnaire`], or into every problem that the file has.
//! [`parse_with_spans`] also keeps where each part is written, for tools that tell the author about it.
//!
//! A questionnaire comes only from a file without a problem. So its parts can name one another by index: every index is
//! of a part that exists, a question tests only what is known before it is asked, and a fact tests questions, and facts
//! written before it. Nothing that uses a questionnaire checks any of this again.

mod question;
mod option_set;
mod condition;
mod figure;
mod interval;
mod answer;
mod cause;
mod topic;
mod all_conditions;
mod dependency_graph;
mod test_table;
pub mod compiled;
pub mod schema;
pub(crate) mod parse;

use la_arena::{Arena, Idx};
use serde::{Deserialize, Serialize};

pub(crate) use answer::Ticks;
pub(crate) use answer::has_decimals;
pub use answer::{Answer, AnswerError, WrittenAnswer};
pub use cause::{AdjustRow, Advice, BaseRow, Cause, Family, Finding, Grade, Stage};
use compiled::{arena, indexes};
pub use condition::{Comparison, Condition, FactTest, Form, Options, Subject, Test, Truth};
pub use dependency_graph::DependencyGraph;
pub use figure::Figure;
pub use interval::Interval;
pub(crate) use interval::as_number;
pub use option_set::OptionSet;
pub use parse::document::MAX_BYTES;
pub use parse::spans::{FilePart, Spans};
pub use parse::{Parsed, parse, parse_with_spans};
pub use question::{Choice, Choices, Kind, Question};
pub use test_table::{Entry, TestTable, TestsOn, fact_test};
pub use topic::Topic;

/// What a question file means. Lists are in file order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Questionnaire {
    /// The version of the text.
    pub version: Option<String>,
    /// What the person is asked about.
    pub title: String,
    /// The language of the texts, as a BCP 47 tag.
    pub language: Option<String>,
    /// What is going to happen, shown before the first question.
    pub intro: Option<String>,
    /// Whom the questionnaire is for, and what it cannot do.
    pub notice: Option<String>,
    /// When to get help whatever the ranking says. It is part of every result.
    pub safety: Option<String>,
    /// The levels of urgency, from the lowest to the highest.
    #[serde(with = "arena")]
    pub urgencies: Arena<Urgency>,
    /// The parts of the interview.
    #[serde(with = "arena")]
    pub sections: Arena<Section>,
    /// The questions, in the order in which they are asked.
    #[serde(with = "arena")]
    pub questions: Arena<Question>,
    /// The named conditions.
    #[serde(with = "arena")]
    pub facts: Arena<Fact>,
    /// The red flags.
    #[serde(with = "arena")]
    pub alarms: Arena<Alarm>,
    /// The pictures that questions can show.
    #[serde(with = "arena")]
    pub figures: Arena<Figure>,
    /// The chance of changing what the results say first below which a question is passed over, from 0 to below 1; 0 asks
    /// every question.
    pub enough: f64,
    /// Whom the ranking is for: while this is *no*, no cause is ranked.
    pub ranks_when: Condition,
    /// What may be contributing.
    #[serde(with = "arena")]
    pub causes: Arena<Cause>,
    /// The families of causes.
    #[serde(with = "arena")]
    pub families: Arena<Family>,
    /// Where figures, alarms and advice come from.
    #[serde(with = "arena")]
    pub sources: Arena<Source>,
    /// Which of these parts test which questions and facts.
    #[serde(skip)]
    pub dependency_graph: DependencyGraph,
    /// Their conditions as evaluation walks them.
    pub test_table: TestTable,
}

/// A level of urgency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urgency {
    /// Its id in the file.
    pub id: String,
    /// What it means for the person, as a sentence.
    pub say: String,
    /// Whether an alarm of this level interrupts the interview as soon as it is raised.
    pub interrupts: bool,
    /// Whether a raised alarm of this level leads: it comes before the causes, and most of their advice is left out.
    pub leads: bool,
}

/// A part of the interview, named in the header of its questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its id in the file.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A named condition, which other conditions can test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// Its id in the file.
    pub id: String,
    /// What is so when it is *yes*, in words that can follow "because".
    pub say: Option<String>,
    /// The condition.
    pub when: Condition,
    /// The number of questions, counted from the first, that include every question it depends on.
    pub known_after: usize,
}

/// A red flag. It has no influence on the ranking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alarm {
    /// Its id in the file.
    pub id: String,
    /// It is raised while this is *yes*.
    pub when: Condition,
    /// How urgent it is.
    #[serde(with = "indexes")]
    pub urgency: Idx<Urgency>,
    /// The least urgency of the result while the person is not sure whether the alarm is raised.
    #[serde(with = "indexes")]
    pub unsure: Option<Idx<Urgency>>,
    /// The more urgent alarms that its text speaks of.
    #[serde(with = "indexes")]
    pub worse: Vec<Idx<Alarm>>,
    /// What it is about, in a few words.
    pub title: Option<String>,
    /// What to do, now.
    pub say: String,
    /// Where it comes from.
    #[serde(with = "indexes")]
    pub sources: Vec<Idx<Source>>,
}

/// Where a figure, an alarm or advice comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its id in the file.
    pub id: String,
    /// How to cite it.
    pub cite: String,
    /// Its digital object identifier, such as `10.1001/jama.2010.1833`.
    pub doi: Option<String>,
}

impl Questionnaire {
    /// The question with this id.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<Idx<Question>> {
        self.questions.iter().find(|(_, question)| question.id == id).map(|(question, _)| question)
    }

    /// The question at which the options of a question are written: itself, or the one where its `from` ends.
    #[must_use]
    pub fn owner_of_options(&self, question: Idx<Question>) -> Idx<Question> {
        let chain = std::iter::successors(Some(question), |question| self.questions[*question].from());
        chain.last().unwrap_or(question)
    }

    /// The lowest urgency that an unclear result may have: the second-lowest level, or the only one. `None` without
    /// levels.
    #[must_use]
    pub fn cautious_urgency(&self) -> Option<Idx<Urgency>> {
        let mut levels = self.urgencies.iter().map(|(level, _)| level);
        let lowest = levels.next();
        levels.next().or(lowest)
    }
}

/// The index of what is at some position in its arena, from 0.
pub(crate) fn index<T>(position: usize) -> Idx<T> {
    Idx::from_raw(u32::try_from(position).unwrap_or(u32::MAX).into())
}

/// The position of an index in its arena, from 0.
pub(crate) fn position<T>(index: Idx<T>) -> usize {
    usize::try_from(index.into_raw().into_u32()).unwrap_or(usize::MAX)
}
