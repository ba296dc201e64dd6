//! The validated questionnaire: what one question file means.
//!
//! Ids are resolved to small integers when the file is read, so that no look-up can miss afterwards. [`parse`] is the
//! only way to get one.

mod condition;
mod interval;
mod all_conditions;
mod answer;
mod dependency_graph;
mod topic;
pub mod schema;
pub(crate) mod parse;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use la_arena::{Arena, Idx};

pub use answer::{AnswerError, WrittenAnswer};
pub use condition::{Comparison, Condition, FactTest, Form, Subject, Test, Truth};
pub use dependency_graph::DependencyGraph;
pub use interval::Interval;
pub use parse::document::MAX_BYTES;
pub use parse::spans::{FilePart, Spans};
pub use parse::{Parsed, parse, parse_with_spans};
pub use topic::Topic;

/// A questionnaire, as one valid question file says it. Everything is in file order.
#[derive(Debug, Clone, Default)]
pub struct Questionnaire {
    /// The version of the text.
    pub version: Option<String>,
    /// What the person is asked about.
    pub title: String,
    /// What is going to happen.
    pub intro: Option<String>,
    /// What this is not, and for whom it is.
    pub notice: Option<String>,
    /// What stands on every result: when to get help whatever the ranking says.
    pub safety: Option<String>,
    /// The levels of urgency, lowest first.
    pub urgencies: Arena<Urgency>,
    /// The parts of the interview.
    pub sections: Arena<Section>,
    /// The questions, in the order in which they are asked.
    pub questions: Arena<Question>,
    /// The named conditions.
    pub facts: Arena<Fact>,
    /// The red flags.
    pub alarms: Arena<Alarm>,
    /// For whom the causes are: while it is *no*, none is in play.
    pub ranks_when: Condition,
    /// What may contribute.
    pub causes: Arena<Cause>,
    /// The families of causes.
    pub families: Arena<Family>,
    /// Where figures and advice come from.
    pub sources: Arena<Source>,
    /// What tests what.
    pub dependency_graph: DependencyGraph,
}

/// A level of urgency. Later ones are more urgent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urgency {
    /// Its id in the file.
    pub id: String,
    /// What it means for the person, as a sentence.
    pub say: String,
    /// Whether an alarm of this level stops the interview at once.
    pub interrupts: bool,
}

/// A part of the interview, named in the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its id in the file.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A question. Every question also takes *not sure*.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its id in the file.
    pub id: String,
    /// The part of the interview that it belongs to.
    pub section: Option<Idx<Section>>,
    /// The question itself.
    pub ask: String,
    /// Why it is asked.
    pub why: Option<String>,
    /// What can be answered.
    pub kind: Kind,
    /// The question is shown while this is *yes*. It tests only what stands before it.
    pub when: Condition,
    /// What the question counts as while it is hidden for certain.
    pub otherwise: Option<Answer>,
}

/// What can be answered to a question, apart from *not sure*.
#[derive(Debug, Clone)]
pub enum Kind {
    /// One of these.
    One(Arc<Choices>),
    /// Any of these, or none.
    Many {
        /// What is offered. With `from`, at most what was ticked there.
        options: Arc<Choices>,
        /// The earlier question whose ticks are offered.
        from: Option<Idx<Question>>,
    },
    /// A number, both ends included.
    Number {
        /// The smallest number.
        min: f64,
        /// The largest number.
        max: f64,
    },
}

/// The options of a question, each found by its id.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    all: Arena<Choice>,
    by_id: HashMap<String, Idx<Choice>>,
}

/// An option of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id in the file; unique in its question.
    pub id: String,
    /// What it says.
    pub say: String,
    /// A phrase that makes it clear.
    pub help: Option<String>,
    /// Other words by which it is found.
    pub also: Vec<String>,
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The person does not know.
    NotSure,
    /// One option.
    One(Idx<Choice>),
    /// Any number of options; the rest are not ticked.
    Many {
        /// The options that hold.
        ticked: BTreeSet<Idx<Choice>>,
        /// The options that may or may not hold.
        unsure: BTreeSet<Idx<Choice>>,
    },
    /// A number.
    Number(f64),
}

/// A named condition.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its id in the file.
    pub id: String,
    /// What is so when it holds, in words that follow "because".
    pub say: Option<String>,
    /// The condition.
    pub when: Condition,
    /// How many of the first questions have to be known before the fact is: it tests no later one.
    pub known_after: usize,
}

/// A red flag. It never enters the arithmetic.
#[derive(Debug, Clone)]
pub struct Alarm {
    /// Its id in the file.
    pub id: String,
    /// When it is raised.
    pub when: Condition,
    /// How urgent it is.
    pub urgency: Idx<Urgency>,
    /// What it is about, in a few words.
    pub title: Option<String>,
    /// What to do, now.
    pub say: String,
    /// Where that comes from.
    pub sources: Vec<Idx<Source>>,
}

/// Something that may contribute. Several causes can be true at once.
#[derive(Debug, Clone)]
pub struct Cause {
    /// Its id in the file; causes and families share one set of ids.
    pub id: String,
    /// Its plain name.
    pub name: String,
    /// Its name in the field.
    pub term: Option<String>,
    /// Its codes: the name of a coding system, and the codes there.
    pub codes: Vec<(String, Vec<String>)>,
    /// The family it is shown in.
    pub family: Option<Idx<Family>>,
    /// While this does not hold, the cause is not in play.
    pub when: Condition,
    /// The probability that it contributes given that it is present, in (0, 1].
    pub attribution: f64,
    /// Whom to see when it ranks high.
    pub urgency: Option<Idx<Urgency>>,
    /// What it is.
    pub summary: Option<String>,
    /// What would settle it.
    pub test: Option<String>,
    /// Its base rates; the first row that holds counts, and the last always holds.
    pub base: Vec<BaseRow>,
    /// Background; the first row that holds counts, if any.
    pub adjust: Vec<AdjustRow>,
    /// What speaks for or against it.
    pub findings: Vec<Finding>,
    /// What explains it away.
    pub unless: Vec<Topic>,
    /// What it can come from: shown as one story, and no part of the arithmetic.
    pub via: Vec<Topic>,
    /// What to do about it.
    pub advice: Vec<Advice>,
}

/// A base rate: the probability that a cause contributes before any finding.
#[derive(Debug, Clone)]
pub struct BaseRow {
    /// The probability, above 0 and below the cause's attribution.
    pub p: f64,
    /// When the row holds.
    pub when: Condition,
    /// How well it is known.
    pub grade: Option<Grade>,
    /// Where it comes from.
    pub sources: Vec<Idx<Source>>,
}

/// Background that multiplies the prior odds.
#[derive(Debug, Clone)]
pub struct AdjustRow {
    /// The factor, above 0 and not 1.
    pub odds: f64,
    /// When the row holds.
    pub when: Condition,
    /// How well it is known.
    pub grade: Option<Grade>,
    /// Where it comes from.
    pub sources: Vec<Idx<Source>>,
}

/// A condition that speaks for or against a cause.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The likelihood ratio when the condition is *yes*: above 0 and not 1.
    pub lr: f64,
    /// The likelihood ratio when the condition is *no*, if it then says anything.
    pub lr_no: Option<f64>,
    /// The condition.
    pub when: Condition,
    /// Findings of one group overlap.
    pub group: Option<String>,
    /// How well it is known.
    pub grade: Grade,
    /// Where it comes from.
    pub sources: Vec<Idx<Source>>,
}

/// How well a figure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// A published figure, used as published.
    A,
    /// Calculated from published figures.
    B,
    /// Judgement.
    C,
}

/// Something to do about a cause.
#[derive(Debug, Clone)]
pub struct Advice {
    /// When to do it.
    pub stage: Stage,
    /// What to do.
    pub say: String,
    /// For whom.
    pub when: Condition,
    /// Where it comes from.
    pub sources: Vec<Idx<Source>>,
}

/// When advice applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Now.
    Now,
    /// In the next weeks.
    Next,
    /// Whom to see, and when.
    See,
    /// What not to do.
    Avoid,
}

/// Causes that are shown as one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// Its id in the file; causes and families share one set of ids.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Why they are one story.
    pub say: Option<String>,
}

/// Where a figure or an advice comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its id in the file.
    pub id: String,
    /// How to cite it.
    pub cite: String,
    /// Its digital object identifier.
    pub doi: Option<String>,
}

impl std::ops::Deref for Choices {
    type Target = Arena<Choice>;

    fn deref(&self) -> &Arena<Choice> {
        &self.all
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
    /// What can be chosen; nothing for a number.
    #[must_use]
    pub fn options(&self) -> Option<&Arena<Choice>> {
        match &self.kind {
            Kind::One(options) | Kind::Many { options, .. } => Some(&options.all),
            Kind::Number { .. } => None,
        }
    }

    /// Whether it is answered with yes or no.
    #[must_use]
    pub fn is_yes_no(&self) -> bool {
        matches!(self.kind, Kind::One(_)) && self.option("yes").is_some() && self.option("no").is_some()
    }

    /// The earlier question whose ticks it offers, if it does.
    #[must_use]
    pub fn from(&self) -> Option<Idx<Question>> {
        match &self.kind {
            Kind::Many { from, .. } => *from,
            Kind::One(_) | Kind::Number { .. } => None,
        }
    }

    /// The option with this id.
    #[must_use]
    pub fn option(&self, id: &str) -> Option<Idx<Choice>> {
        match &self.kind {
            Kind::One(options) | Kind::Many { options, .. } => options.by_id.get(id).copied(),
            Kind::Number { .. } => None,
        }
    }
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

    /// The lowest urgency that an unclear result may have: the second-lowest level, or the only one.
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
