//! What an author may write: every table of a question file with its keys, before any name is looked up.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use crate::diagnostic::{Rule, quote};
use crate::questionnaire::parse::allow;
use crate::questionnaire::parse::fields::{Fields, Problems, Value, Word};
use crate::questionnaire::{Choice, Choices, Family, Grade, Section, Source, Stage, Urgency};

/// The whole file.
pub(in crate::questionnaire) struct File<'t> {
    pub(in crate::questionnaire) version: Option<String>,
    pub(in crate::questionnaire) title: String,
    pub(in crate::questionnaire) intro: Option<String>,
    pub(in crate::questionnaire) notice: Option<String>,
    pub(in crate::questionnaire) safety: Option<String>,
    pub(in crate::questionnaire) urgencies: Vec<(Option<Word<'t>>, Urgency)>,
    pub(in crate::questionnaire) sections: Vec<(Option<Word<'t>>, Section)>,
    pub(in crate::questionnaire) questions: Vec<RawQuestion<'t>>,
    pub(in crate::questionnaire) facts: Vec<RawFact<'t>>,
    pub(in crate::questionnaire) alarms: Vec<RawAlarm<'t>>,
    pub(in crate::questionnaire) ranking: Option<&'t Value<'t>>,
    pub(in crate::questionnaire) causes: Vec<RawCause<'t>>,
    pub(in crate::questionnaire) families: Vec<(Word<'t>, Family)>,
    pub(in crate::questionnaire) sources: Vec<(Word<'t>, Source)>,
}

pub(in crate::questionnaire) struct RawQuestion<'t> {
    pub(in crate::questionnaire) span: Range<usize>,
    pub(in crate::questionnaire) id: Option<Word<'t>>,
    pub(in crate::questionnaire) section: Option<Word<'t>>,
    pub(in crate::questionnaire) ask: String,
    pub(in crate::questionnaire) why: Option<String>,
    pub(in crate::questionnaire) kind: Option<RawKind>,
    pub(in crate::questionnaire) options: Option<RawOptions<'t>>,
    pub(in crate::questionnaire) from: Option<Word<'t>>,
    pub(in crate::questionnaire) min: Option<Spanned<f64>>,
    pub(in crate::questionnaire) max: Option<Spanned<f64>>,
    pub(in crate::questionnaire) when: Option<&'t Value<'t>>,
    pub(in crate::questionnaire) otherwise: Option<&'t Value<'t>>,
    /// The keys of its kind that stand there, rightly written or not.
    pub(in crate::questionnaire) given: Vec<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::questionnaire) enum RawKind {
    One,
    Many,
    Number,
}

impl RawKind {
    const ALL: [(&str, RawKind); 3] = [("one", RawKind::One), ("many", RawKind::Many), ("number", RawKind::Number)];

    pub(in crate::questionnaire) fn name(self) -> &'static str {
        RawKind::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

pub(in crate::questionnaire) struct RawOptions<'t> {
    pub(in crate::questionnaire) span: Range<usize>,
    pub(in crate::questionnaire) choices: Vec<(Option<Word<'t>>, Choice)>,
}

pub(in crate::questionnaire) struct RawFact<'t> {
    pub(in crate::questionnaire) id: Word<'t>,
    pub(in crate::questionnaire) say: Option<String>,
    pub(in crate::questionnaire) when: Option<&'t Value<'t>>,
}

pub(in crate::questionnaire) struct RawAlarm<'t> {
    pub(in crate::questionnaire) id: Option<Word<'t>>,
    pub(in crate::questionnaire) when: Option<&'t Value<'t>>,
    pub(in crate::questionnaire) urgency: Option<Word<'t>>,
    pub(in crate::questionnaire) title: Option<String>,
    pub(in crate::questionnaire) say: String,
    pub(in crate::questionnaire) sources: Vec<Word<'t>>,
}

pub(in crate::questionnaire) struct RawCause<'t> {
    pub(in crate::questionnaire) id: Option<Word<'t>>,
    pub(in crate::questionnaire) name: String,
    pub(in crate::questionnaire) term: Option<String>,
    pub(in crate::questionnaire) codes: Vec<(String, Vec<String>)>,
    pub(in crate::questionnaire) family: Option<Word<'t>>,
    pub(in crate::questionnaire) when: Option<&'t Value<'t>>,
    pub(in crate::questionnaire) attribution: Option<Spanned<f64>>,
    pub(in crate::questionnaire) urgency: Option<Word<'t>>,
    pub(in crate::questionnaire) summary: Option<String>,
    pub(in crate::questionnaire) test: Option<String>,
    pub(in crate::questionnaire) base: Option<RawBase<'t>>,
    pub(in crate::questionnaire) adjust: Vec<RawRow<'t>>,
    pub(in crate::questionnaire) findings: Vec<RawFinding<'t>>,
    pub(in crate::questionnaire) unless: Vec<Word<'t>>,
    pub(in crate::questionnaire) via: Vec<Word<'t>>,
    pub(in crate::questionnaire) advice: Vec<RawAdvice<'t>>,
}

pub(in crate::questionnaire) struct RawBase<'t> {
    pub(in crate::questionnaire) span: Range<usize>,
    pub(in crate::questionnaire) rows: Vec<RawRow<'t>>,
}

/// A row of `base` or `adjust`.
pub(in crate::questionnaire) struct RawRow<'t> {
    pub(in crate::questionnaire) span: Range<usize>,
    pub(in crate::questionnaire) figure: Option<Spanned<f64>>,
    pub(in crate::questionnaire) when: Option<&'t Value<'t>>,
    pub(in crate::questionnaire) grade: Option<Grade>,
    pub(in crate::questionnaire) sources: Vec<Word<'t>>,
}

pub(in crate::questionnaire) struct RawFinding<'t> {
    pub(in crate::questionnaire) lr: Option<Spanned<f64>>,
    pub(in crate::questionnaire) lr_no: Option<Spanned<f64>>,
    pub(in crate::questionnaire) when: Option<&'t Value<'t>>,
    pub(in crate::questionnaire) group: Option<String>,
    pub(in crate::questionnaire) grade: Option<Grade>,
    pub(in crate::questionnaire) sources: Vec<Word<'t>>,
}

pub(in crate::questionnaire) struct RawAdvice<'t> {
    pub(in crate::questionnaire) stage: Option<Stage>,
    pub(in crate::questionnaire) say: String,
    pub(in crate::questionnaire) when: Option<&'t Value<'t>>,
    pub(in crate::questionnaire) sources: Vec<Word<'t>>,
}

/// Reads the whole file, table by table.
pub(in crate::questionnaire) fn read<'t>(table: &'t DeTable<'t>, problems: &Problems) -> File<'t> {
    let mut fields = Fields::of_table("a question file", table, 0..0, problems);
    format(&mut fields);
    let file = File {
        version: fields.text("version"),
        title: fields.required_text("title"),
        intro: fields.text("intro"),
        notice: fields.text("notice"),
        safety: fields.text("safety"),
        urgencies: fields.tables("urgency", "an urgency", urgency),
        sections: fields.tables("section", "a section", section),
        questions: fields.tables("question", "a question", question),
        facts: fields.named_tables("fact", "a fact", fact),
        alarms: fields.tables("alarm", "an alarm", alarm),
        ranking: ranking(&mut fields, problems),
        causes: fields.tables("cause", "a cause", cause),
        families: fields.named_tables("family", "a family", family),
        sources: fields.named_tables("source", "a source", source),
    };
    finish(fields);
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

/// The condition of `[ranking]`.
fn ranking<'t>(fields: &mut Fields<'t, '_>, problems: &Problems) -> Option<&'t Value<'t>> {
    let mut ranking = Fields::of("the ranking", fields.value("ranking")?, problems)?;
    let when = ranking.required("when");
    finish(ranking);
    when
}

/// Reads what every table can have, and notes what it cannot.
fn finish(mut fields: Fields<'_, '_>) {
    allow::check(&mut fields);
    fields.finish();
}

fn id_of(id: Option<&Word<'_>>) -> String {
    id.map(|id| (*id.get_ref()).to_owned()).unwrap_or_default()
}

fn urgency<'t>(mut fields: Fields<'t, '_>) -> (Option<Word<'t>>, Urgency) {
    let id = fields.required_name("id");
    let urgency =
        Urgency { id: id_of(id.as_ref()), say: fields.required_text("say"), interrupts: fields.flag("interrupts") };
    finish(fields);
    (id, urgency)
}

fn section<'t>(mut fields: Fields<'t, '_>) -> (Option<Word<'t>>, Section) {
    let id = fields.required_name("id");
    let section = Section { id: id_of(id.as_ref()), title: fields.required_text("title") };
    finish(fields);
    (id, section)
}

fn question<'t>(mut fields: Fields<'t, '_>) -> RawQuestion<'t> {
    let question = RawQuestion {
        span: fields.span(),
        id: fields.required_name("id"),
        section: fields.name("section"),
        ask: fields.required_text("ask"),
        why: fields.text("why"),
        kind: kind(&mut fields),
        options: options(&mut fields),
        from: fields.name("from"),
        min: fields.number("min"),
        max: fields.number("max"),
        when: fields.value("when"),
        otherwise: fields.value("otherwise"),
        given: ["options", "from", "min", "max"].into_iter().filter(|key| fields.has(key)).collect(),
    };
    finish(fields);
    question
}

fn kind(fields: &mut Fields<'_, '_>) -> Option<RawKind> {
    let name = fields.required_name("kind")?;
    one_of(&name, "kind", &RawKind::ALL, fields.problems())
}

fn options<'t>(fields: &mut Fields<'t, '_>) -> Option<RawOptions<'t>> {
    let span = fields.value("options")?.span();
    fields.list("options")?;
    let choices = fields.tables("options", "an option", |mut fields| {
        let id = fields.required_name("id");
        let choice = Choice {
            id: id_of(id.as_ref()),
            say: fields.required_text("say"),
            help: fields.text("help"),
            also: fields.texts("also"),
        };
        finish(fields);
        (id, choice)
    });
    Some(RawOptions { span, choices })
}

fn fact<'t>(id: Word<'t>, mut fields: Fields<'t, '_>) -> RawFact<'t> {
    let fact = RawFact { id, say: fields.text("say"), when: fields.required("when") };
    finish(fields);
    fact
}

fn alarm<'t>(mut fields: Fields<'t, '_>) -> RawAlarm<'t> {
    let alarm = RawAlarm {
        id: fields.required_name("id"),
        when: fields.required("when"),
        urgency: fields.required_name("urgency"),
        title: fields.text("title"),
        say: fields.required_text("say"),
        sources: fields.names("source"),
    };
    finish(fields);
    alarm
}

fn cause<'t>(mut fields: Fields<'t, '_>) -> RawCause<'t> {
    let cause = RawCause {
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
        base: base(&mut fields),
        adjust: fields.tables("adjust", "an `adjust` row", |fields| row(fields, "odds")),
        findings: fields.tables("findings", "a finding", finding),
        unless: unless(&mut fields),
        via: fields.names("via"),
        advice: fields.tables("advice", "advice", advice),
    };
    finish(fields);
    cause
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
        let words = crate::questionnaire::parse::fields::words("codes", value, problems);
        for word in words.iter().chain([&system]).filter(|word| word.get_ref().trim().is_empty()) {
            problems.push(Rule::EmptyText, word.span(), "a code has no text");
        }
        let words = words.iter().map(|word| (*word.get_ref()).to_owned()).collect();
        codes.push(((*system.get_ref()).to_owned(), words));
    }
    codes
}

fn base<'t>(fields: &mut Fields<'t, '_>) -> Option<RawBase<'t>> {
    let span = fields.required("base")?.span();
    fields.list("base")?;
    Some(RawBase { span, rows: fields.tables("base", "a `base` row", |fields| row(fields, "p")) })
}

fn row<'t>(mut fields: Fields<'t, '_>, figure: &'static str) -> RawRow<'t> {
    let row = RawRow {
        span: fields.span(),
        figure: fields.required_number(figure),
        when: fields.value("when"),
        grade: grade(&mut fields),
        sources: fields.names("source"),
    };
    finish(fields);
    row
}

fn finding<'t>(mut fields: Fields<'t, '_>) -> RawFinding<'t> {
    let finding = RawFinding {
        lr: fields.required_number("lr"),
        lr_no: fields.number("lr_no"),
        when: fields.required("when"),
        group: fields.text("group"),
        grade: fields.required("grade").and_then(|_| grade(&mut fields)),
        sources: fields.names("source"),
    };
    finish(fields);
    finding
}

fn grade(fields: &mut Fields<'_, '_>) -> Option<Grade> {
    const GRADES: [(&str, Grade); 3] = [("A", Grade::A), ("B", Grade::B), ("C", Grade::C)];
    let name = fields.name("grade")?;
    one_of(&name, "grade", &GRADES, fields.problems())
}

/// The names in `unless`. An empty list is allowed: it says that nothing explains the cause away.
fn unless<'t>(fields: &mut Fields<'t, '_>) -> Vec<Word<'t>> {
    match fields.value("unless") {
        Some(value) if value.get_ref().as_array().is_some_and(|list| list.is_empty()) => Vec::new(),
        Some(value) => crate::questionnaire::parse::fields::words("unless", value, fields.problems()),
        None => Vec::new(),
    }
}

fn advice<'t>(mut fields: Fields<'t, '_>) -> RawAdvice<'t> {
    const STAGES: [(&str, Stage); 4] =
        [("now", Stage::Now), ("next", Stage::Next), ("see", Stage::See), ("avoid", Stage::Avoid)];
    let name = fields.required_name("stage");
    let advice = RawAdvice {
        stage: name.and_then(|name| one_of(&name, "stage", &STAGES, fields.problems())),
        say: fields.required_text("say"),
        when: fields.value("when"),
        sources: fields.names("source"),
    };
    finish(fields);
    advice
}

fn family<'t>(id: Word<'t>, mut fields: Fields<'t, '_>) -> (Word<'t>, Family) {
    let family = Family { id: id_of(Some(&id)), name: fields.required_text("name"), say: fields.text("say") };
    finish(fields);
    (id, family)
}

fn source<'t>(id: Word<'t>, mut fields: Fields<'t, '_>) -> (Word<'t>, Source) {
    let source = Source { id: id_of(Some(&id)), cite: fields.required_text("cite"), doi: fields.text("doi") };
    finish(fields);
    (id, source)
}

fn one_of<T: Copy>(name: &Word<'_>, key: &str, known: &[(&str, T)], problems: &Problems) -> Option<T> {
    let found = known.iter().find(|(word, _)| word == name.get_ref()).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let words: Vec<_> = known.iter().map(|(word, _)| format!("`{word}`")).collect();
        let message = format!("`{key}` cannot be {}", quote(name.get_ref()));
        problems.push_with_help(Rule::UnknownValue, name.span(), message, format!("it is one of {}", words.join(", ")));
    }
    found
}

/// The two options of a `one` without any.
pub(in crate::questionnaire) fn yes_no() -> Choices {
    [("yes", "Yes"), ("no", "No")]
        .into_iter()
        .map(|(id, say)| Choice { id: id.into(), say: say.into(), help: None, also: Vec::new() })
        .collect()
}
