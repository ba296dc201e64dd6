//! Where the parts of a question file are, for problems that are found only once the whole file has been read.
//!
//! It does not change what a questionnaire means, so none of it is in [`Questionnaire`].

use std::collections::HashMap;
use std::ops::Range;

use la_arena::Idx;

use crate::diagnostic::LineIndex;
use crate::questionnaire::{
    Alarm, Cause, Choice, Fact, Family, Figure, Question, Questionnaire, Section, Source, Urgency,
};

/// A table of a question file. Rows of a cause are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FilePart {
    /// The whole file, found by its title.
    File,
    /// A level of urgency.
    Urgency(Idx<Urgency>),
    /// A section.
    Section(Idx<Section>),
    /// A question.
    Question(Idx<Question>),
    /// An option of a question. One that is offered through `from` is written at the other question.
    Option(Idx<Question>, Idx<Choice>),
    /// A fact.
    Fact(Idx<Fact>),
    /// An alarm.
    Alarm(Idx<Alarm>),
    /// The table `[ranking]`.
    Ranking,
    /// A cause.
    Cause(Idx<Cause>),
    /// A row of a cause's `base`.
    Base(Idx<Cause>, usize),
    /// A row of a cause's `adjust`.
    Adjust(Idx<Cause>, usize),
    /// One of a cause's `findings`.
    Finding(Idx<Cause>, usize),
    /// One of a cause's `advice`.
    Advice(Idx<Cause>, usize),
    /// A family.
    Family(Idx<Family>),
    /// A figure.
    Figure(Idx<Figure>),
    /// `[interview]`.
    Interview,
    /// A source.
    Source(Idx<Source>),
}

impl FilePart {
    /// The table that this one is written in; `None` for the file.
    #[must_use]
    pub fn parent(self) -> Option<FilePart> {
        match self {
            FilePart::File => None,
            FilePart::Option(question, _) => Some(FilePart::Question(question)),
            FilePart::Base(cause, _)
            | FilePart::Adjust(cause, _)
            | FilePart::Finding(cause, _)
            | FilePart::Advice(cause, _) => Some(FilePart::Cause(cause)),
            FilePart::Urgency(_)
            | FilePart::Section(_)
            | FilePart::Question(_)
            | FilePart::Fact(_)
            | FilePart::Alarm(_)
            | FilePart::Ranking
            | FilePart::Cause(_)
            | FilePart::Family(_)
            | FilePart::Figure(_)
            | FilePart::Interview
            | FilePart::Source(_) => Some(FilePart::File),
        }
    }
}

/// Where every part of one question file is, in bytes.
#[derive(Debug, Clone)]
pub struct Spans {
    parts: HashMap<FilePart, Range<usize>>,
    values: HashMap<(FilePart, &'static str), Range<usize>>,
    /// The part that begins at a byte, or has a value that does.
    by_start: HashMap<usize, FilePart>,
    /// The questions that offer what was ticked in another one.
    from: HashMap<Idx<Question>, Idx<Question>>,
    lines: LineIndex,
}

impl Spans {
    /// No parts yet, of a file with these bytes.
    pub(super) fn new(bytes: &[u8]) -> Spans {
        Spans {
            parts: HashMap::new(),
            values: HashMap::new(),
            by_start: HashMap::new(),
            from: HashMap::new(),
            lines: LineIndex::new(bytes),
        }
    }

    /// Takes in a part with the values of its keys. The parts inside it come first.
    pub(super) fn record(
        &mut self,
        part: FilePart,
        span: Range<usize>,
        values: impl Iterator<Item = (&'static str, Range<usize>)>,
    ) {
        for (key, span) in values {
            // A list of tables begins where the first of them does.
            self.by_start.entry(span.start).or_insert(part);
            self.values.insert((part, key), span);
        }
        self.by_start.insert(span.start, part);
        self.parts.insert(part, span);
    }

    /// Notes which questions have no options of their own.
    pub(super) fn share_options(&mut self, questionnaire: &Questionnaire) {
        let questions = questionnaire.questions.iter();
        self.from = questions.filter_map(|(id, question)| Some((id, question.from()?))).collect();
    }

    /// Where a part is: the id of what has one, the whole table of what has none. An option that is written nowhere is
    /// where its question is.
    #[must_use]
    pub fn span(&self, part: FilePart) -> Range<usize> {
        let mut part = part;
        loop {
            if let Some(span) = self.parts.get(&part) {
                return span.clone();
            }
            part = match (part, part.parent()) {
                (FilePart::Option(question, option), Some(parent)) => {
                    self.from.get(&question).map_or(parent, |from| FilePart::Option(*from, option))
                }
                (_, Some(parent)) => parent,
                (_, None) => return 0..0,
            };
        }
    }

    /// Where the value of a key is in the table of a part. A key that is left out is where the part is.
    #[must_use]
    pub fn value(&self, part: FilePart, key: &'static str) -> Range<usize> {
        self.values.get(&(part, key)).cloned().unwrap_or_else(|| self.span(part))
    }

    /// The line on which a part begins, from 1.
    #[must_use]
    pub fn line(&self, part: FilePart) -> usize {
        self.lines.line(self.span(part).start)
    }

    /// The part to which a span belongs that [`Spans::span`] or [`Spans::value`] gave, by its start.
    pub(crate) fn part_at(&self, start: usize) -> FilePart {
        self.by_start.get(&start).copied().unwrap_or(FilePart::File)
    }
}
