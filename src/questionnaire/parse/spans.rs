//! Where things stand in a question file that is valid: what is found out about a questionnaire only later has a place too.
//!
//! Nothing of this is kept in the questionnaire, which means the same wherever its parts stand. The file is read again,
//! and its order is that of the questionnaire.

use std::collections::HashMap;
use std::ops::Range;

use la_arena::Idx;
use toml::de::DeTable;

use crate::questionnaire::parse::fields::{Value, in_file_order};
use crate::questionnaire::{Alarm, Cause, Choice, Fact, Family, Question, Section, Source, Urgency};

/// Something that stands in a question file. Rows are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The file: its title.
    File,
    /// A level of urgency.
    Urgency(Idx<Urgency>),
    /// A section.
    Section(Idx<Section>),
    /// A question.
    Question(Idx<Question>),
    /// What a question hangs on.
    QuestionWhen(Idx<Question>),
    /// An option of a question, which may stand where its `from` leads.
    Option(Idx<Question>, Idx<Choice>),
    /// A fact.
    Fact(Idx<Fact>),
    /// The condition of a fact.
    FactWhen(Idx<Fact>),
    /// An alarm.
    Alarm(Idx<Alarm>),
    /// The condition of an alarm.
    AlarmWhen(Idx<Alarm>),
    /// The condition of `[ranking]`.
    Ranking,
    /// A cause.
    Cause(Idx<Cause>),
    /// While what holds a cause is in play.
    CauseWhen(Idx<Cause>),
    /// A row of `base`.
    Base(Idx<Cause>, usize),
    /// Its condition.
    BaseWhen(Idx<Cause>, usize),
    /// Its grade.
    BaseGrade(Idx<Cause>, usize),
    /// A row of `adjust`.
    Adjust(Idx<Cause>, usize),
    /// Its condition.
    AdjustWhen(Idx<Cause>, usize),
    /// Its grade.
    AdjustGrade(Idx<Cause>, usize),
    /// A finding.
    Finding(Idx<Cause>, usize),
    /// Its condition.
    FindingWhen(Idx<Cause>, usize),
    /// Its grade.
    FindingGrade(Idx<Cause>, usize),
    /// What it weighs when it is *no*.
    FindingNo(Idx<Cause>, usize),
    /// An advice.
    Advice(Idx<Cause>, usize),
    /// Its condition.
    AdviceWhen(Idx<Cause>, usize),
    /// A family.
    Family(Idx<Family>),
    /// A source.
    Source(Idx<Source>),
    /// Its identifier.
    SourceDoi(Idx<Source>),
}

/// The places of everything in one file.
#[derive(Debug, Clone, Default)]
pub struct Places {
    spans: HashMap<Place, Range<usize>>,
    /// The questions that offer what was ticked in another one.
    from: HashMap<Idx<Question>, Idx<Question>>,
    /// Where the lines begin.
    lines: Vec<usize>,
}

impl Places {
    /// The places in a file that [`super::parse`] has taken. Of any other file they may be wrong.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Places {
        let after_breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        let mut places = Places { lines: std::iter::once(0).chain(after_breaks).collect(), ..Places::default() };
        let source = std::str::from_utf8(bytes).unwrap_or_default();
        if let Ok(table) = DeTable::parse(source) {
            places.file(table.get_ref());
        }
        places
    }

    /// Where something stands, in bytes: the id of what has one, the whole of a row. What a file leaves out stands
    /// where that does of which it would be a part.
    #[must_use]
    pub fn span(&self, place: Place) -> Range<usize> {
        let mut place = place;
        loop {
            if let Some(span) = self.spans.get(&place) {
                return span.clone();
            }
            let Some(around) = self.around(place) else { return 0..0 };
            place = around;
        }
    }

    /// The line on which something begins, from 1.
    #[must_use]
    pub fn line(&self, place: Place) -> usize {
        let start = self.span(place).start;
        self.lines.partition_point(|line| *line <= start)
    }

    /// Where to look for what stands nowhere itself.
    fn around(&self, place: Place) -> Option<Place> {
        match place {
            Place::Option(question, option) => {
                // The options of yes and no are written nowhere.
                let from = self.from.get(&question);
                Some(from.map_or(Place::Question(question), |from| Place::Option(*from, option)))
            }
            Place::QuestionWhen(question) => Some(Place::Question(question)),
            Place::FactWhen(fact) => Some(Place::Fact(fact)),
            Place::AlarmWhen(alarm) => Some(Place::Alarm(alarm)),
            Place::CauseWhen(cause) => Some(Place::Cause(cause)),
            Place::BaseWhen(cause, row) | Place::BaseGrade(cause, row) => Some(Place::Base(cause, row)),
            Place::AdjustWhen(cause, row) | Place::AdjustGrade(cause, row) => Some(Place::Adjust(cause, row)),
            Place::FindingWhen(cause, row) | Place::FindingGrade(cause, row) | Place::FindingNo(cause, row) => {
                Some(Place::Finding(cause, row))
            }
            Place::AdviceWhen(cause, row) => Some(Place::Advice(cause, row)),
            Place::SourceDoi(source) => Some(Place::Source(source)),
            Place::Base(cause, _) | Place::Adjust(cause, _) | Place::Finding(cause, _) | Place::Advice(cause, _) => {
                Some(Place::Cause(cause))
            }
            Place::Ranking
            | Place::Urgency(_)
            | Place::Section(_)
            | Place::Question(_)
            | Place::Fact(_)
            | Place::Alarm(_)
            | Place::Cause(_)
            | Place::Family(_)
            | Place::Source(_) => Some(Place::File),
            Place::File => None,
        }
    }

    fn file(&mut self, file: &DeTable<'_>) {
        self.key(file, "title", Place::File);
        for (at, item) in items(file, "urgency") {
            self.element(item, Place::Urgency(index(at)), &[]);
        }
        for (at, item) in items(file, "section") {
            self.element(item, Place::Section(index(at)), &[]);
        }
        self.questions(file);
        for (at, item) in items(file, "alarm") {
            self.element(item, Place::Alarm(index(at)), &[("when", Place::AlarmWhen(index(at)))]);
        }
        if let Some(ranking) = file.get("ranking").and_then(|ranking| ranking.get_ref().as_table()) {
            self.key(ranking, "when", Place::Ranking);
        }
        for (at, item) in items(file, "cause") {
            self.cause(item, index(at));
        }
        self.named(file, "fact", |at| (Place::Fact(index(at)), "when", Place::FactWhen(index(at))));
        self.named(file, "family", |at| (Place::Family(index(at)), "name", Place::Family(index(at))));
        self.named(file, "source", |at| (Place::Source(index(at)), "doi", Place::SourceDoi(index(at))));
    }

    fn questions(&mut self, file: &DeTable<'_>) {
        let mut by_id = HashMap::new();
        for (at, item) in items(file, "question") {
            let question = index(at);
            self.element(item, Place::Question(question), &[("when", Place::QuestionWhen(question))]);
            let Some(table) = item.get_ref().as_table() else { continue };
            for (at, option) in items(table, "options") {
                self.element(option, Place::Option(question, index(at)), &[]);
            }
            let text = |key| table.get(key).and_then(|value| value.get_ref().as_str());
            if let Some(from) = text("from").and_then(|from| by_id.get(from)) {
                self.from.insert(question, *from);
            }
            if let Some(id) = text("id") {
                by_id.insert(id, question);
            }
        }
    }

    fn cause(&mut self, item: &Value<'_>, cause: Idx<Cause>) {
        self.element(item, Place::Cause(cause), &[("when", Place::CauseWhen(cause))]);
        let Some(table) = item.get_ref().as_table() else { return };
        for (at, row) in items(table, "base") {
            let parts = [("when", Place::BaseWhen(cause, at)), ("grade", Place::BaseGrade(cause, at))];
            self.row(row, Place::Base(cause, at), &parts);
        }
        for (at, row) in items(table, "adjust") {
            let parts = [("when", Place::AdjustWhen(cause, at)), ("grade", Place::AdjustGrade(cause, at))];
            self.row(row, Place::Adjust(cause, at), &parts);
        }
        for (at, row) in items(table, "findings") {
            let parts = [
                ("when", Place::FindingWhen(cause, at)),
                ("grade", Place::FindingGrade(cause, at)),
                ("lr_no", Place::FindingNo(cause, at)),
            ];
            self.row(row, Place::Finding(cause, at), &parts);
        }
        for (at, row) in items(table, "advice") {
            self.row(row, Place::Advice(cause, at), &[("when", Place::AdviceWhen(cause, at))]);
        }
    }

    /// A table with an id, and keys of it.
    fn element(&mut self, item: &Value<'_>, place: Place, parts: &[(&str, Place)]) {
        self.row(item, place, parts);
        if let Some(table) = item.get_ref().as_table() {
            self.key(table, "id", place);
        }
    }

    fn row(&mut self, item: &Value<'_>, place: Place, parts: &[(&str, Place)]) {
        self.spans.insert(place, item.span());
        let Some(table) = item.get_ref().as_table() else { return };
        for (key, part) in parts {
            self.key(table, key, *part);
        }
    }

    /// The tables of `[key.name]`: the place of each name, and that of one key.
    fn named(&mut self, file: &DeTable<'_>, key: &str, places: impl Fn(usize) -> (Place, &'static str, Place)) {
        let Some(tables) = file.get(key).and_then(|tables| tables.get_ref().as_table()) else { return };
        for (at, (name, value)) in in_file_order(tables).into_iter().enumerate() {
            let (place, part, part_place) = places(at);
            if let Some(table) = value.get_ref().as_table() {
                self.key(table, part, part_place);
            }
            self.spans.insert(place, name.span());
        }
    }

    fn key(&mut self, table: &DeTable<'_>, key: &str, place: Place) {
        if let Some(value) = table.get(key) {
            self.spans.insert(place, value.span());
        }
    }
}

/// The items of a list of tables, each with its place in it.
fn items<'t>(table: &'t DeTable<'t>, key: &str) -> impl Iterator<Item = (usize, &'t Value<'t>)> {
    table.get(key).and_then(|list| list.get_ref().as_array()).into_iter().flat_map(|list| list.iter()).enumerate()
}

/// The index of what stands in such a place of its list.
fn index<T>(at: usize) -> Idx<T> {
    Idx::from_raw(u32::try_from(at).unwrap_or(u32::MAX).into())
}
