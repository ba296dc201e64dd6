//! What an author may write: every table of a question file with its keys, before any name is looked up.

use std::ops::Range;

use la_arena::Idx;
use toml::Spanned;
use toml::de::DeTable;

use crate::diagnostic::{Rule, quote};
use crate::questionnaire::parse::allow::{self, Allow};
use crate::questionnaire::parse::fields::{Fields, Problems, TomlText, TomlValue, text_list};
use crate::questionnaire::parse::spans::{FilePart, Spans};
use crate::questionnaire::{
    Alarm, Cause, Choice, Choices, Fact, Family, Grade, Question, Section, Source, Stage, Urgency, index,
};

/// The whole file.
pub(super) struct File<'t> {
    pub(super) version: Option<String>,
    pub(super) title: String,
    pub(super) intro: Option<String>,
    pub(super) notice: Option<String>,
    pub(super) safety: Option<String>,
    pub(super) urgencies: Vec<(Option<TomlText<'t>>, Urgency)>,
    pub(super) sections: Vec<(Option<TomlText<'t>>, Section)>,
    pub(super) questions: Vec<RawQuestion<'t>>,
    pub(super) facts: Vec<RawFact<'t>>,
    pub(super) alarms: Vec<RawAlarm<'t>>,
    pub(super) ranking: Option<&'t TomlValue<'t>>,
    pub(super) causes: Vec<RawCause<'t>>,
    pub(super) families: Vec<(TomlText<'t>, Family)>,
    pub(super) sources: Vec<(TomlText<'t>, Source)>,
    pub(super) allows: Vec<Allow>,
}

pub(super) struct RawQuestion<'t> {
    pub(super) span: Range<usize>,
    pub(super) id: Option<TomlText<'t>>,
    pub(super) section: Option<TomlText<'t>>,
    pub(super) ask: String,
    pub(super) why: Option<String>,
    pub(super) kind: Option<RawKind>,
    pub(super) options: Option<RawOptions<'t>>,
    pub(super) from: Option<TomlText<'t>>,
    pub(super) min: Option<Spanned<f64>>,
    pub(super) max: Option<Spanned<f64>>,
    pub(super) when: Option<&'t TomlValue<'t>>,
    pub(super) otherwise: Option<&'t TomlValue<'t>>,
    /// The keys of its kind that stand there, rightly written or not.
    pub(super) given: Vec<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RawKind {
    One,
    Many,
    Number,
}

impl RawKind {
    const ALL: [(&str, RawKind); 3] = [("one", RawKind::One), ("many", RawKind::Many), ("number", RawKind::Number)];

    pub(super) fn name(self) -> &'static str {
        RawKind::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

pub(super) struct RawOptions<'t> {
    pub(super) span: Range<usize>,
    pub(super) choices: Vec<(Option<TomlText<'t>>, Choice)>,
}

pub(super) struct RawFact<'t> {
    pub(super) id: TomlText<'t>,
    pub(super) say: Option<String>,
    pub(super) when: Option<&'t TomlValue<'t>>,
}

pub(super) struct RawAlarm<'t> {
    pub(super) id: Option<TomlText<'t>>,
    pub(super) when: Option<&'t TomlValue<'t>>,
    pub(super) urgency: Option<TomlText<'t>>,
    pub(super) title: Option<String>,
    pub(super) say: String,
    pub(super) sources: Vec<TomlText<'t>>,
}

pub(super) struct RawCause<'t> {
    pub(super) id: Option<TomlText<'t>>,
    pub(super) name: String,
    pub(super) term: Option<String>,
    pub(super) codes: Vec<(String, Vec<String>)>,
    pub(super) family: Option<TomlText<'t>>,
    pub(super) when: Option<&'t TomlValue<'t>>,
    pub(super) attribution: Option<Spanned<f64>>,
    pub(super) urgency: Option<TomlText<'t>>,
    pub(super) summary: Option<String>,
    pub(super) test: Option<String>,
    pub(super) base: Option<RawBase<'t>>,
    pub(super) adjust: Vec<RawRow<'t>>,
    pub(super) findings: Vec<RawFinding<'t>>,
    pub(super) unless: Vec<TomlText<'t>>,
    pub(super) via: Vec<TomlText<'t>>,
    pub(super) advice: Vec<RawAdvice<'t>>,
}

pub(super) struct RawBase<'t> {
    pub(super) span: Range<usize>,
    pub(super) rows: Vec<RawRow<'t>>,
}

/// A row of `base` or `adjust`.
pub(super) struct RawRow<'t> {
    pub(super) span: Range<usize>,
    pub(super) figure: Option<Spanned<f64>>,
    pub(super) when: Option<&'t TomlValue<'t>>,
    pub(super) grade: Option<Grade>,
    pub(super) sources: Vec<TomlText<'t>>,
}

pub(super) struct RawFinding<'t> {
    pub(super) lr: Option<Spanned<f64>>,
    pub(super) lr_no: Option<Spanned<f64>>,
    pub(super) when: Option<&'t TomlValue<'t>>,
    pub(super) group: Option<String>,
    pub(super) grade: Option<Grade>,
    pub(super) sources: Vec<TomlText<'t>>,
}

pub(super) struct RawAdvice<'t> {
    pub(super) stage: Option<Stage>,
    pub(super) say: String,
    pub(super) when: Option<&'t TomlValue<'t>>,
    pub(super) sources: Vec<TomlText<'t>>,
}

/// Reads the whole file, table by table, and notes where its parts are if `spans` are wanted.
pub(super) fn read<'t>(table: &'t DeTable<'t>, problems: &Problems, spans: Option<&mut Spans>) -> File<'t> {
    let mut fields = Fields::from_table("a question file", table, 0..0, problems);
    let mut tables = TableReader { spans, allows: Vec::new() };
    format(&mut fields);
    let title = fields.value("title").map(Spanned::span);
    let mut file = File {
        version: fields.text("version"),
        title: fields.required_text("title"),
        intro: fields.text("intro"),
        notice: fields.text("notice"),
        safety: fields.text("safety"),
        urgencies: fields.tables("urgency", "an urgency", |at, fields| tables.urgency(index(at), fields)),
        sections: fields.tables("section", "a section", |at, fields| tables.section(index(at), fields)),
        questions: fields.tables("question", "a question", |at, fields| tables.question(index(at), fields)),
        facts: fields.named_tables("fact", "a fact", |at, id, fields| tables.fact(index(at), id, fields)),
        alarms: fields.tables("alarm", "an alarm", |at, fields| tables.alarm(index(at), fields)),
        ranking: tables.ranking(&mut fields),
        causes: fields.tables("cause", "a cause", |at, fields| tables.cause(index(at), fields)),
        families: fields.named_tables("family", "a family", |at, id, fields| tables.family(index(at), id, fields)),
        sources: fields.named_tables("source", "a source", |at, id, fields| tables.source(index(at), id, fields)),
        allows: Vec::new(),
    };
    tables.finish(FilePart::File, title, fields);
    file.allows = tables.allows;
    file
}

/// The only format there is.
const FORMAT: f64 = 1.0;

fn format(fields: &mut Fields<'_, '_>) {
    let Some(format) = fields.required_number("format") else { return };
    if !(FORMAT..=FORMAT).contains(format.get_ref()) {
        let message = format!("this program does not know format {}", format.get_ref());
        fields.problems().push_with_help(Rule::UnknownFormat, format.span(), message, "write `format = 1`");
    }
}

/// Reads each kind of table. To give one another key, read it here and keep it in the raw table above, or in the model.
struct TableReader<'s> {
    spans: Option<&'s mut Spans>,
    allows: Vec<Allow>,
}

impl<'t> TableReader<'_> {
    /// Ends the reading of a table: reads what every table can have, and notes the keys that nobody asked for. `name` is
    /// where its id is; a table without one is found by all of itself.
    fn finish(&mut self, part: FilePart, name: Option<Range<usize>>, mut fields: Fields<'t, '_>) {
        self.allows.extend(allow::read(part, &mut fields));
        if let Some(spans) = &mut self.spans {
            spans.record(part, name.unwrap_or(fields.span()), fields.values());
        }
        fields.finish();
    }

    fn urgency(&mut self, urgency: Idx<Urgency>, mut fields: Fields<'t, '_>) -> (Option<TomlText<'t>>, Urgency) {
        let id = fields.required_name("id");
        let read = Urgency {
            id: text_of(id.as_ref()),
            say: fields.required_text("say"),
            interrupts: fields.flag("interrupts"),
        };
        self.finish(FilePart::Urgency(urgency), span_of(id.as_ref()), fields);
        (id, read)
    }

    fn section(&mut self, section: Idx<Section>, mut fields: Fields<'t, '_>) -> (Option<TomlText<'t>>, Section) {
        let id = fields.required_name("id");
        let read = Section { id: text_of(id.as_ref()), title: fields.required_text("title") };
        self.finish(FilePart::Section(section), span_of(id.as_ref()), fields);
        (id, read)
    }

    fn question(&mut self, question: Idx<Question>, mut fields: Fields<'t, '_>) -> RawQuestion<'t> {
        let read = RawQuestion {
            span: fields.span(),
            id: fields.required_name("id"),
            section: fields.name("section"),
            ask: fields.required_text("ask"),
            why: fields.text("why"),
            kind: fields.required_name("kind").and_then(|name| one_of(&name, "kind", &RawKind::ALL, fields.problems())),
            options: self.options(question, &mut fields),
            from: fields.name("from"),
            min: fields.number("min"),
            max: fields.number("max"),
            when: fields.value("when"),
            otherwise: fields.value("otherwise"),
            given: ["options", "from", "min", "max"].into_iter().filter(|key| fields.has(key)).collect(),
        };
        self.finish(FilePart::Question(question), span_of(read.id.as_ref()), fields);
        read
    }

    fn options(&mut self, question: Idx<Question>, fields: &mut Fields<'t, '_>) -> Option<RawOptions<'t>> {
        let span = fields.value("options")?.span();
        fields.list("options")?;
        let choices = fields.tables("options", "an option", |at, mut fields| {
            let id = fields.required_name("id");
            let choice = Choice {
                id: text_of(id.as_ref()),
                say: fields.required_text("say"),
                help: fields.text("help"),
                also: fields.texts("also"),
            };
            self.finish(FilePart::Option(question, index(at)), span_of(id.as_ref()), fields);
            (id, choice)
        });
        Some(RawOptions { span, choices })
    }

    fn fact(&mut self, fact: Idx<Fact>, id: TomlText<'t>, mut fields: Fields<'t, '_>) -> RawFact<'t> {
        let read = RawFact { id, say: fields.text("say"), when: fields.required("when") };
        self.finish(FilePart::Fact(fact), Some(read.id.span()), fields);
        read
    }

    fn alarm(&mut self, alarm: Idx<Alarm>, mut fields: Fields<'t, '_>) -> RawAlarm<'t> {
        let read = RawAlarm {
            id: fields.required_name("id"),
            when: fields.required("when"),
            urgency: fields.required_name("urgency"),
            title: fields.text("title"),
            say: fields.required_text("say"),
            sources: fields.names("source"),
        };
        self.finish(FilePart::Alarm(alarm), span_of(read.id.as_ref()), fields);
        read
    }

    /// The condition of `[ranking]`.
    fn ranking(&mut self, fields: &mut Fields<'t, '_>) -> Option<&'t TomlValue<'t>> {
        let mut ranking = Fields::new("the ranking", fields.value("ranking")?, fields.problems())?;
        let when = ranking.required("when");
        self.finish(FilePart::Ranking, None, ranking);
        when
    }

    fn cause(&mut self, cause: Idx<Cause>, mut fields: Fields<'t, '_>) -> RawCause<'t> {
        let read = RawCause {
            id: fields.required_name("id"),
            name: fields.required_text("name"),
            term: fields.text("term"),
            codes: codes(&mut fields),
            family: fields.name("family"),
            when: fields.value("when"),
            attribution: fields.number("attribution"),
            urgency: fields.name("urgency"),
            summary: fields.text("summary"),
            test: fields.text("test"),
            base: self.base(cause, &mut fields),
            adjust: fields.tables("adjust", "an `adjust` row", |at, fields| {
                self.row(FilePart::Adjust(cause, at), fields, "odds")
            }),
            findings: fields
                .tables("findings", "a finding", |at, fields| self.finding(FilePart::Finding(cause, at), fields)),
            unless: unless(&mut fields),
            via: fields.names("via"),
            advice: fields.tables("advice", "advice", |at, fields| self.advice(FilePart::Advice(cause, at), fields)),
        };
        self.finish(FilePart::Cause(cause), span_of(read.id.as_ref()), fields);
        read
    }

    fn base(&mut self, cause: Idx<Cause>, fields: &mut Fields<'t, '_>) -> Option<RawBase<'t>> {
        let span = fields.required("base")?.span();
        fields.list("base")?;
        let rows = fields.tables("base", "a `base` row", |at, fields| self.row(FilePart::Base(cause, at), fields, "p"));
        Some(RawBase { span, rows })
    }

    fn row(&mut self, part: FilePart, mut fields: Fields<'t, '_>, figure: &'static str) -> RawRow<'t> {
        let read = RawRow {
            span: fields.span(),
            figure: fields.required_number(figure),
            when: fields.value("when"),
            grade: grade(&mut fields),
            sources: fields.names("source"),
        };
        self.finish(part, None, fields);
        read
    }

    fn finding(&mut self, part: FilePart, mut fields: Fields<'t, '_>) -> RawFinding<'t> {
        let read = RawFinding {
            lr: fields.required_number("lr"),
            lr_no: fields.number("lr_no"),
            when: fields.required("when"),
            group: fields.text("group"),
            grade: fields.required("grade").and_then(|_| grade(&mut fields)),
            sources: fields.names("source"),
        };
        self.finish(part, None, fields);
        read
    }

    fn advice(&mut self, part: FilePart, mut fields: Fields<'t, '_>) -> RawAdvice<'t> {
        const STAGES: [(&str, Stage); 4] =
            [("now", Stage::Now), ("next", Stage::Next), ("see", Stage::See), ("avoid", Stage::Avoid)];
        let name = fields.required_name("stage");
        let read = RawAdvice {
            stage: name.and_then(|name| one_of(&name, "stage", &STAGES, fields.problems())),
            say: fields.required_text("say"),
            when: fields.value("when"),
            sources: fields.names("source"),
        };
        self.finish(part, None, fields);
        read
    }

    fn family(&mut self, family: Idx<Family>, id: TomlText<'t>, mut fields: Fields<'t, '_>) -> (TomlText<'t>, Family) {
        let read = Family { id: text_of(Some(&id)), name: fields.required_text("name"), say: fields.text("say") };
        self.finish(FilePart::Family(family), Some(id.span()), fields);
        (id, read)
    }

    fn source(&mut self, source: Idx<Source>, id: TomlText<'t>, mut fields: Fields<'t, '_>) -> (TomlText<'t>, Source) {
        let read = Source { id: text_of(Some(&id)), cite: fields.required_text("cite"), doi: fields.text("doi") };
        self.finish(FilePart::Source(source), Some(id.span()), fields);
        (id, read)
    }
}

fn codes(fields: &mut Fields<'_, '_>) -> Vec<(String, Vec<String>)> {
    let span = fields.value("codes").map(Spanned::span);
    let entries = fields.entries("codes");
    let problems = fields.problems();
    if let (Some(span), true) = (span, entries.is_empty()) {
        problems.push(Rule::Empty, span, "`codes` is empty");
    }
    let mut codes = Vec::new();
    for (system, value) in entries {
        let names = text_list("codes", value, problems);
        for name in names.iter().chain([&system]).filter(|name| name.get_ref().trim().is_empty()) {
            problems.push(Rule::EmptyText, name.span(), "a code has no text");
        }
        codes.push((text_of(Some(&system)), names.iter().map(|name| text_of(Some(name))).collect()));
    }
    codes
}

fn grade(fields: &mut Fields<'_, '_>) -> Option<Grade> {
    const GRADES: [(&str, Grade); 3] = [("A", Grade::A), ("B", Grade::B), ("C", Grade::C)];
    let name = fields.name("grade")?;
    one_of(&name, "grade", &GRADES, fields.problems())
}

/// The names in `unless`. An empty list is allowed: it says that nothing explains the cause away.
fn unless<'t>(fields: &mut Fields<'t, '_>) -> Vec<TomlText<'t>> {
    match fields.value("unless") {
        Some(value) if value.get_ref().as_array().is_some_and(|list| list.is_empty()) => Vec::new(),
        Some(value) => text_list("unless", value, fields.problems()),
        None => Vec::new(),
    }
}

fn text_of(text: Option<&TomlText<'_>>) -> String {
    text.map(|text| (*text.get_ref()).to_owned()).unwrap_or_default()
}

fn span_of(text: Option<&TomlText<'_>>) -> Option<Range<usize>> {
    text.map(Spanned::span)
}

fn one_of<T: Copy>(name: &TomlText<'_>, key: &str, known: &[(&str, T)], problems: &Problems) -> Option<T> {
    let found = known.iter().find(|(word, _)| word == name.get_ref()).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let words: Vec<_> = known.iter().map(|(word, _)| format!("`{word}`")).collect();
        let message = format!("`{key}` cannot be {}", quote(name.get_ref()));
        problems.push_with_help(Rule::UnknownValue, name.span(), message, format!("it is one of {}", words.join(", ")));
    }
    found
}

/// The two options of a `one` without any.
pub(super) fn yes_no() -> Choices {
    [("yes", "Yes"), ("no", "No")]
        .into_iter()
        .map(|(id, say)| Choice { id: id.into(), say: say.into(), help: None, also: Vec::new() })
        .collect()
}
