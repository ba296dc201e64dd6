//! Reads a question file: from its bytes to a [`Questionnaire`], or to every problem in it.
//!
//! The file is read once, table by table. What others can name comes first, so that most names are resolved while they are
//! read. A problem is noted and reading goes on, with a value in place of the wrong one that nobody sees: a file with a
//! problem gives no questionnaire.
//!
//! To give a table another key, read it where the table is read, in this module, [`questions`] or [`causes`], and add it to
//! the model. An unknown key is one that nobody asked for.

pub(crate) mod document;
pub(crate) mod problems;
pub(crate) mod fields;
pub(crate) mod allow;
pub(crate) mod spans;
mod names;
mod answer;
mod form;
mod condition;
mod figures;
mod questions;
mod causes;
mod cycles;
mod characters;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::Range;

use la_arena::Idx;
use toml::Spanned;
use toml::de::DeTable;

use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::condition::{Condition, Subject};
use crate::questionnaire::{
    Alarm, DependencyGraph, Fact, Figure, Question, Questionnaire, Section, Source, TestTable, Topic, Urgency, index,
    position,
};
use allow::Allow;
use condition::{ConditionReader, MayTest};
use fields::{Fields, TomlText, TomlValue};
use names::Names;
use problems::Problems;
use spans::{FilePart, Spans};

/// A question file: what it means, and how it is written.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// What the file means.
    pub questionnaire: Questionnaire,
    /// Where its parts are.
    pub spans: Spans,
    /// The warnings that its author does not want.
    pub(crate) allows: Vec<Allow>,
}

/// Reads a question file.
///
/// # Errors
///
/// Every problem in the file, in file order. A file with a problem gives no questionnaire.
pub fn parse(bytes: &[u8]) -> Result<Questionnaire, Vec<Diagnostic>> {
    document::read(bytes, |table, problems| FileReader::new(problems, None).file(table))
}

/// Reads a question file as [`parse`] does, and notes where its parts are.
///
/// # Errors
///
/// Those of [`parse`].
pub fn parse_with_spans(bytes: &[u8]) -> Result<Parsed, Vec<Diagnostic>> {
    let mut spans = Spans::new(bytes);
    let mut allows = Vec::new();
    let questionnaire = document::read(bytes, |table, problems| {
        FileReader::new(problems, Some(Layout { spans: &mut spans, allows: &mut allows })).file(table)
    })?;
    spans.share_options(&questionnaire);
    Ok(Parsed { questionnaire, spans, allows })
}

/// What is noted of how a file is written.
struct Layout<'l> {
    spans: &'l mut Spans,
    allows: &'l mut Vec<Allow>,
}

/// A question file while it is read.
struct FileReader<'t, 'p, 'l> {
    problems: &'p Problems,
    layout: Option<Layout<'l>>,
    /// What has been read so far.
    out: Questionnaire,
    urgencies: Names<'t, Idx<Urgency>>,
    sections: Names<'t, Idx<Section>>,
    sources: Names<'t, Idx<Source>>,
    subjects: Names<'t, Subject>,
    topics: Names<'t, Topic>,
    figures: Names<'t, Idx<Figure>>,
    /// The questions whose kind could not be read: conditions on them cannot be judged.
    broken: BTreeSet<Idx<Question>>,
    /// How many conditions have been read.
    conditions: Cell<usize>,
}

/// The condition of a fact, which may test any question, and the facts written before it.
struct FactCondition<'t> {
    fact: Idx<Fact>,
    when: Option<&'t TomlValue<'t>>,
}

impl<'t, 'p, 'l> FileReader<'t, 'p, 'l> {
    fn new(problems: &'p Problems, layout: Option<Layout<'l>>) -> Self {
        FileReader {
            problems,
            layout,
            out: Questionnaire::default(),
            urgencies: Names::new(),
            sections: Names::new(),
            sources: Names::new(),
            subjects: Names::new(),
            topics: Names::new(),
            figures: Names::new(),
            broken: BTreeSet::new(),
            conditions: Cell::new(0),
        }
    }

    /// Reads the whole file; `None` if it has a problem.
    fn file(mut self, table: &'t DeTable<'t>) -> Option<Questionnaire> {
        let mut fields = Fields::from_table("a question file", table, 0..0, self.problems);
        format(&mut fields);
        let title = fields.value("title").map(Spanned::span);
        self.out.version = fields.text("version");
        self.out.title = fields.required_text("title");
        self.out.language = self.language(&mut fields);
        self.out.intro = fields.text("intro");
        self.out.notice = fields.text("notice");
        self.out.safety = fields.text("safety");
        fields.tables("urgency", "an urgency", |at, fields| self.urgency(index(at), fields));
        fields.tables("section", "a section", |at, fields| self.section(index(at), fields));
        fields.named_tables("source", "a source", |at, id, fields| self.source(index(at), &id, fields));
        let figures = fields.named_tables("figure", "a figure", |at, id, fields| self.figure(index(at), id, fields));
        let questions = fields.tables("question", "a question", |at, fields| self.question(index(at), fields));
        let facts = fields.named_tables("fact", "a fact", |at, id, fields| self.fact(index(at), &id, fields));
        self.fact_conditions(facts);
        self.question_conditions(questions);
        self.check_marks(&figures);
        self.out.enough = self.interview(&mut fields);
        let mut alarm_ids = Names::new();
        let worse = fields.tables("alarm", "an alarm", |at, fields| self.alarm(index(at), &mut alarm_ids, fields));
        self.worse_alarms(worse, &alarm_ids);
        self.out.ranks_when = self.ranking(&mut fields);
        let causes = fields.tables("cause", "a cause", |at, fields| self.cause(index(at), fields));
        fields.named_tables("family", "a family", |at, id, fields| self.family(index(at), &id, fields));
        self.cause_topics(&causes);
        self.finish(FilePart::File, title, fields);
        if !self.problems.is_empty() {
            return None;
        }
        let (dependency_graph, test_table) = (DependencyGraph::new(&self.out), TestTable::new(&self.out));
        Some(Questionnaire { dependency_graph, test_table, ..self.out })
    }

    /// Ends the reading of a table: reads what every table can have, and notes the keys that nobody asked for. `name` is
    /// where its id is; a table without one is found by all of itself.
    fn finish(&mut self, part: FilePart, name: Option<Range<usize>>, mut fields: Fields<'t, 'p>) {
        let allows = allow::read(part, &mut fields);
        if let Some(layout) = &mut self.layout {
            layout.allows.extend(allows);
            layout.spans.record(part, name.unwrap_or(fields.span()), fields.values());
        }
        fields.finish();
    }

    fn urgency(&mut self, urgency: Idx<Urgency>, mut fields: Fields<'t, 'p>) {
        let id = fields.required_name("id");
        self.urgencies.insert(id.as_ref(), urgency, self.problems);
        self.out.urgencies.alloc(Urgency {
            id: text_of(id.as_ref()),
            say: fields.required_text("say"),
            interrupts: fields.flag("interrupts"),
            leads: fields.flag("leads"),
        });
        self.finish(FilePart::Urgency(urgency), span_of(id.as_ref()), fields);
    }

    fn section(&mut self, section: Idx<Section>, mut fields: Fields<'t, 'p>) {
        let id = fields.required_name("id");
        self.sections.insert(id.as_ref(), section, self.problems);
        self.out.sections.alloc(Section { id: text_of(id.as_ref()), title: fields.required_text("title") });
        self.finish(FilePart::Section(section), span_of(id.as_ref()), fields);
    }

    fn source(&mut self, source: Idx<Source>, id: &TomlText<'t>, mut fields: Fields<'t, 'p>) {
        self.sources.insert(Some(id), source, self.problems);
        self.out.sources.alloc(Source {
            id: text_of(Some(id)),
            cite: fields.required_text("cite"),
            doi: fields.text("doi"),
        });
        self.finish(FilePart::Source(source), Some(id.span()), fields);
    }

    fn fact(&mut self, fact: Idx<Fact>, id: &TomlText<'t>, mut fields: Fields<'t, 'p>) -> FactCondition<'t> {
        self.subjects.insert(Some(id), Subject::Fact(fact), self.problems);
        self.out.facts.alloc(Fact {
            id: text_of(Some(id)),
            say: fields.text("say"),
            when: Condition::always(),
            known_after: 0,
        });
        let when = fields.required("when");
        self.finish(FilePart::Fact(fact), Some(id.span()), fields);
        FactCondition { fact, when }
    }

    fn fact_conditions(&mut self, facts: Vec<FactCondition<'t>>) {
        for FactCondition { fact, when } in facts {
            let when = self.condition(MayTest::BeforeFact(fact), when);
            let known_after = when.tests().map(|test| match test.subject() {
                Subject::Question(question) => position(question) + 1,
                Subject::Fact(earlier) => self.out.facts[earlier].known_after,
            });
            self.out.facts[fact].known_after = known_after.max().unwrap_or(0);
            self.out.facts[fact].when = when;
        }
    }

    /// Reads an alarm. The alarms that its `worse` names may stand below it, so their names are returned.
    fn alarm(
        &mut self,
        alarm: Idx<Alarm>,
        ids: &mut Names<'t, Idx<Alarm>>,
        mut fields: Fields<'t, 'p>,
    ) -> Vec<TomlText<'t>> {
        let id = fields.required_name("id");
        ids.insert(id.as_ref(), alarm, self.problems);
        let when = self.condition(MayTest::All, fields.required("when"));
        let urgency = fields.required_name("urgency").and_then(|name| self.urgency_named(&name));
        let unsure = fields.name("unsure").and_then(|name| self.urgency_named(&name));
        let (title, say) = (fields.text("title"), fields.required_text("say"));
        let sources = self.sources(&mut fields);
        let worse = fields.names("worse");
        self.out.alarms.alloc(Alarm {
            id: text_of(id.as_ref()),
            when,
            urgency: urgency.unwrap_or(index(0)),
            unsure,
            worse: Vec::new(),
            title,
            say,
            sources,
        });
        self.finish(FilePart::Alarm(alarm), span_of(id.as_ref()), fields);
        worse
    }

    fn worse_alarms(&mut self, named: Vec<Vec<TomlText<'t>>>, ids: &Names<'t, Idx<Alarm>>) {
        for (at, names) in named.into_iter().enumerate() {
            let alarm: Idx<Alarm> = index(at);
            for name in &names {
                let Some(worse) = ids.resolve(name, "an alarm", self.problems) else { continue };
                if self.out.alarms[worse].urgency <= self.out.alarms[alarm].urgency {
                    let [other, own] = [worse, alarm].map(|alarm| quote(&self.out.alarms[alarm].id));
                    let message = format!("{other} is not more urgent than {own}");
                    let help = "name alarms of a higher level; levels are written from the lowest up";
                    self.problems.push_with_help(Rule::NotWorse, name.span(), message, help);
                }
                self.out.alarms[alarm].worse.push(worse);
            }
        }
    }

    fn language(&self, fields: &mut Fields<'t, 'p>) -> Option<String> {
        let language = fields.name("language")?;
        let is_subtag =
            |subtag: &str| (1..=8).contains(&subtag.len()) && subtag.chars().all(|c| c.is_ascii_alphanumeric());
        let is_primary = |subtag: &str| subtag.len() > 1 && subtag.chars().all(|c| c.is_ascii_alphabetic());
        let mut subtags = language.get_ref().split('-');
        if subtags.clone().all(is_subtag) && subtags.next().is_some_and(is_primary) {
            return Some(text_of(Some(&language)));
        }
        let message = format!("{} is no language tag", quote(language.get_ref()));
        let help = "write a tag of BCP 47, such as \"en\", \"en-GB\" or \"de\"";
        self.problems.push_with_help(Rule::UnknownValue, language.span(), message, help);
        None
    }

    /// The `enough` of `[interview]`; 0 without one.
    fn interview(&mut self, fields: &mut Fields<'t, 'p>) -> f64 {
        let Some(table) = fields.value("interview") else { return 0.0 };
        let Some(mut interview) = Fields::new("the interview", table, self.problems) else { return 0.0 };
        let enough = interview.number("enough");
        self.finish(FilePart::Interview, None, interview);
        if let Some(enough) = enough.as_ref().filter(|enough| !(0.0..1.0).contains(enough.get_ref())) {
            let message = format!("`enough` is a chance from 0 to below 1, not {}", enough.get_ref());
            self.problems.push(Rule::OutOfRange, enough.span(), message);
        }
        enough.map_or(0.0, Spanned::into_inner)
    }

    /// The condition of `[ranking]`.
    fn ranking(&mut self, fields: &mut Fields<'t, 'p>) -> Condition {
        let Some(table) = fields.value("ranking") else { return Condition::always() };
        let Some(mut ranking) = Fields::new("the ranking", table, self.problems) else { return Condition::always() };
        let when = self.condition(MayTest::All, ranking.required("when"));
        self.finish(FilePart::Ranking, None, ranking);
        when
    }

    fn urgency_named(&self, name: &TomlText<'t>) -> Option<Idx<Urgency>> {
        self.urgencies.resolve(name, "an urgency", self.problems)
    }

    /// The sources that the `source` of a table names.
    fn sources(&self, fields: &mut Fields<'t, 'p>) -> Vec<Idx<Source>> {
        let names = fields.names("source");
        names.iter().filter_map(|name| self.sources.resolve(name, "a source", self.problems)).collect()
    }

    /// Reads a `when`. One that is left out or wrong is always *yes*.
    fn condition(&self, may_test: MayTest, when: Option<&TomlValue<'t>>) -> Condition {
        let reader = ConditionReader {
            names: &self.subjects,
            questions: &self.out.questions,
            broken: &self.broken,
            facts: &self.out.facts,
            may_test,
            problems: self.problems,
        };
        let Some(tables) = when.and_then(|when| reader.tables(when)) else { return Condition::always() };
        self.conditions.update(|number| number + 1);
        Condition { tables, number: self.conditions.get() }
    }
}

/// The only format there is.
const FORMAT: f64 = 1.0;

fn format(fields: &mut Fields<'_, '_>) {
    let Some(format) = fields.required_number("format") else { return };
    if format.get_ref().total_cmp(&FORMAT).is_ne() {
        let message = format!("this program does not know format {}", format.get_ref());
        fields.problems().push_with_help(Rule::UnknownFormat, format.span(), message, "write `format = 1`");
    }
}

/// The meaning of a word, of the few that a key takes.
fn one_of<T: Copy>(name: &TomlText<'_>, key: &str, known: &[(&str, T)], problems: &Problems) -> Option<T> {
    let found = known.iter().find(|(word, _)| word == name.get_ref()).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let words: Vec<_> = known.iter().map(|(word, _)| format!("`{word}`")).collect();
        let message = format!("`{key}` cannot be {}", quote(name.get_ref()));
        problems.push_with_help(Rule::UnknownValue, name.span(), message, format!("it is one of {}", words.join(", ")));
    }
    found
}

fn text_of(text: Option<&TomlText<'_>>) -> String {
    text.map(|text| (*text.get_ref()).to_owned()).unwrap_or_default()
}

fn span_of(text: Option<&TomlText<'_>>) -> Option<Range<usize>> {
    text.map(Spanned::span)
}
