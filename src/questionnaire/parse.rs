//! From the bytes of a question file to a [`Questionnaire`], or to every problem there is in it.

pub(crate) mod document;
pub(crate) mod fields;
pub(crate) mod raw;
mod names;
mod condition;
mod causes;
mod cycles;
mod characters;
pub(crate) mod allow;
pub(crate) mod spans;

use std::collections::BTreeSet;
use std::sync::Arc;

use la_arena::Idx;
use toml::Spanned;

use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::condition::{Condition, Subject};
use crate::questionnaire::{
    Alarm, Choices, DependencyGraph, Fact, Kind, Question, Questionnaire, Section, Source, Topic, Urgency, position,
};
use allow::Allow;
use condition::{ConditionReader, FormReader, MayTest};
use fields::{Problems, TomlText};
use names::Names;
use raw::{File, RawAlarm, RawFact, RawKind, RawOptions, RawQuestion};
use spans::Spans;

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
    document::read(bytes, |table, problems| Resolver::new(problems).resolve(raw::read(table, problems, None)))
}

/// Reads a question file as [`parse`] does, and notes where its parts are.
///
/// # Errors
///
/// As those of [`parse`].
pub fn parse_with_spans(bytes: &[u8]) -> Result<Parsed, Vec<Diagnostic>> {
    let mut spans = Spans::new(bytes);
    let (questionnaire, allows) = document::read(bytes, |table, problems| {
        let mut file = raw::read(table, problems, Some(&mut spans));
        let allows = std::mem::take(&mut file.allows);
        Some((Resolver::new(problems).resolve(file)?, allows))
    })?;
    spans.share_options(&questionnaire);
    Ok(Parsed { questionnaire, spans, allows })
}

/// The file while its names are resolved. Problems are noted; reading goes on.
struct Resolver<'t, 'p> {
    problems: &'p Problems,
    out: Questionnaire,
    urgencies: Names<'t, Idx<Urgency>>,
    sections: Names<'t, Idx<Section>>,
    subjects: Names<'t, Subject>,
    topics: Names<'t, Topic>,
    sources: Names<'t, Idx<Source>>,
    broken: BTreeSet<Idx<Question>>,
}

impl<'t, 'p> Resolver<'t, 'p> {
    fn new(problems: &'p Problems) -> Self {
        Resolver {
            problems,
            out: Questionnaire::default(),
            urgencies: Names::new(),
            sections: Names::new(),
            subjects: Names::new(),
            topics: Names::new(),
            sources: Names::new(),
            broken: BTreeSet::new(),
        }
    }

    /// `None` when something is so wrong that nothing can stand for it; a problem has been noted then.
    fn resolve(mut self, raw: File<'t>) -> Option<Questionnaire> {
        self.out.version = raw.version;
        self.out.title = raw.title;
        self.out.intro = raw.intro;
        self.out.notice = raw.notice;
        self.out.safety = raw.safety;
        self.names(raw.urgencies, raw.sections, raw.sources);
        self.questions(&raw.questions);
        let facts = self.facts(raw.facts);
        let gates = self.question_conditions(&raw.questions);
        let alarms = self.alarms(raw.alarms);
        let ranks = self.conditions(MayTest::All).condition(raw.ranking);
        let causes = self.causes(raw.causes, raw.families);
        self.out.ranks_when = ranks?;
        let is_whole = facts.is_some() && gates.is_some() && alarms.is_some() && causes.is_some();
        is_whole.then(|| Questionnaire { dependency_graph: DependencyGraph::new(&self.out), ..self.out })
    }

    fn names(
        &mut self,
        urgencies: Vec<(Option<TomlText<'t>>, Urgency)>,
        sections: Vec<(Option<TomlText<'t>>, Section)>,
        sources: Vec<(TomlText<'t>, Source)>,
    ) {
        for (id, urgency) in urgencies {
            let level = self.out.urgencies.alloc(urgency);
            insert(&mut self.urgencies, id.as_ref(), level, self.problems);
        }
        for (id, section) in sections {
            let section = self.out.sections.alloc(section);
            insert(&mut self.sections, id.as_ref(), section, self.problems);
        }
        for (id, source) in sources {
            let source = self.out.sources.alloc(source);
            insert(&mut self.sources, Some(&id), source, self.problems);
        }
    }

    /// Takes in the questions, without what they hang on.
    fn questions(&mut self, raw: &[RawQuestion<'t>]) {
        for raw in raw {
            let kind = self.kind(raw);
            let section = raw.section.as_ref().and_then(|name| self.sections.resolve(name, "a section", self.problems));
            let broken = kind.is_none();
            let question = self.out.questions.alloc(Question {
                id: raw.id.as_ref().map(|id| (*id.get_ref()).to_owned()).unwrap_or_default(),
                section,
                ask: raw.ask.clone(),
                why: raw.why.clone(),
                kind: kind.unwrap_or_else(|| Kind::One(Arc::default())),
                when: Condition::always(),
                otherwise: None,
            });
            if broken {
                self.broken.insert(question);
            }
            insert(&mut self.subjects, raw.id.as_ref(), Subject::Question(question), self.problems);
        }
    }

    fn kind(&self, raw: &RawQuestion<'t>) -> Option<Kind> {
        // Options are read even if the kind is wrong, so that all their problems are told.
        let options = raw.options.as_ref().map(|options| self.options(options));
        let kind = raw.kind?;
        self.misplaced(raw, kind);
        let is_given = |key| raw.given.contains(&key);
        let needs = |keys: &str| {
            let message = format!("a question of kind `{}` needs {keys}", kind.name());
            self.problems.push(Rule::MissingKey, raw.span.clone(), message);
        };
        match kind {
            RawKind::One if is_given("options") => Some(Kind::One(Arc::new(options?))),
            RawKind::One => Some(Kind::One(Arc::new(raw::yes_no()))),
            RawKind::Many if is_given("options") && is_given("from") => {
                let span = raw.from.as_ref().map_or(raw.span.clone(), Spanned::span);
                self.problems.push(Rule::BadFrom, span, "a question has either `options` or `from`");
                None
            }
            RawKind::Many if is_given("options") => Some(Kind::Many { options: Arc::new(options?), from: None }),
            RawKind::Many if is_given("from") => self.from(raw.from.as_ref()?),
            RawKind::Many => {
                needs("`options` or `from`");
                None
            }
            RawKind::Number => {
                for key in ["min", "max"].into_iter().filter(|key| !is_given(key)) {
                    needs(&format!("`{key}`"));
                }
                let (min, max) = (raw.min.as_ref()?, raw.max.as_ref()?);
                if min.get_ref() > max.get_ref() {
                    let message = format!("`min` is {} and `max` is {}", min.get_ref(), max.get_ref());
                    self.problems.push_with_help(Rule::UpsideDown, min.span(), message, "swap them");
                    return None;
                }
                Some(Kind::Number { min: *min.get_ref(), max: *max.get_ref() })
            }
        }
    }

    /// Keys that another kind of question has.
    fn misplaced(&self, raw: &RawQuestion<'t>, kind: RawKind) {
        let options = raw.options.as_ref().map(|options| options.span.clone());
        let (min, max) = (raw.min.as_ref().map(Spanned::span), raw.max.as_ref().map(Spanned::span));
        let from = raw.from.as_ref().map(Spanned::span);
        let misplaced = match kind {
            RawKind::One => [("from", from), ("min", min), ("max", max)],
            RawKind::Many => [("min", min), ("max", max), ("", None)],
            RawKind::Number => [("options", options), ("from", from), ("", None)],
        };
        for (key, span) in misplaced {
            if let Some(span) = span {
                let message = format!("a question of kind `{}` has no `{key}`", kind.name());
                self.problems.push_with_help(Rule::MisplacedKey, span, message, "take it out, or change `kind`");
            }
        }
    }

    fn options(&self, raw: &RawOptions<'t>) -> Choices {
        if raw.choices.is_empty() {
            let help = "list what can be chosen; a `one` without `options` is yes/no";
            self.problems.push_with_help(Rule::Empty, raw.span.clone(), "the list of `options` is empty", help);
        }
        let mut names = Names::new();
        for (id, _) in &raw.choices {
            insert(&mut names, id.as_ref(), (), self.problems);
        }
        raw.choices.iter().map(|(_, choice)| choice.clone()).collect()
    }

    /// The options of an earlier `many` question.
    fn from(&self, name: &TomlText<'t>) -> Option<Kind> {
        let help = "`from` names an earlier question of kind `many`";
        let Some(Subject::Question(question)) = self.subjects.get(name.get_ref()) else {
            let known = self.out.questions.values().map(|question| question.id.as_str());
            let message = format!("{} is no earlier question", quote(name.get_ref()));
            self.problems.push_unknown(Rule::BadFrom, name, message, known);
            return None;
        };
        match &self.out.questions[question].kind {
            Kind::Many { options, .. } => Some(Kind::Many { options: Arc::clone(options), from: Some(question) }),
            Kind::One(_) | Kind::Number { .. } => {
                if !self.broken.contains(&question) {
                    let message = format!("{} is not a question of kind `many`", quote(name.get_ref()));
                    self.problems.push_with_help(Rule::BadFrom, name.span(), message, help);
                }
                None
            }
        }
    }

    /// Facts, in file order, each of which may look at any question and at earlier facts.
    fn facts(&mut self, raw: Vec<RawFact<'t>>) -> Option<()> {
        let mut whole = Some(());
        for raw in &raw {
            let fact = self.out.facts.alloc(Fact {
                id: (*raw.id.get_ref()).to_owned(),
                say: raw.say.clone(),
                when: Condition::always(),
                known_after: 0,
            });
            insert(&mut self.subjects, Some(&raw.id), Subject::Fact(fact), self.problems);
        }
        let facts: Vec<_> = self.out.facts.iter().map(|(fact, _)| fact).collect();
        for (fact, raw) in facts.into_iter().zip(raw) {
            let when = raw.when.and_then(|when| self.conditions(MayTest::Fact(fact)).condition(Some(when)));
            let Some(when) = when else {
                whole = None;
                continue;
            };
            let settled_by = when.tests().map(|test| self.settled_by(test.subject())).max().unwrap_or(0);
            self.out.facts[fact].known_after = settled_by;
            self.out.facts[fact].when = when;
        }
        whole
    }

    fn settled_by(&self, subject: Subject) -> usize {
        match subject {
            Subject::Question(question) => position(question) + 1,
            Subject::Fact(fact) => self.out.facts[fact].known_after,
        }
    }

    /// What the questions hang on, and what they count as while hidden.
    fn question_conditions(&mut self, raw: &[RawQuestion<'t>]) -> Option<()> {
        let mut whole = Some(());
        let questions: Vec<_> = self.out.questions.iter().map(|(question, _)| question).collect();
        for (question, raw) in questions.into_iter().zip(raw) {
            match self.conditions(MayTest::Before(question)).condition(raw.when) {
                Some(when) => self.out.questions[question].when = when,
                None => whole = None,
            }
            if self.broken.contains(&question) {
                whole = None;
            } else if let Some(value) = raw.otherwise {
                let reader = FormReader { question: &self.out.questions[question], problems: self.problems };
                let otherwise = reader.otherwise(value);
                self.out.questions[question].otherwise = otherwise;
            }
        }
        whole
    }

    fn alarms(&mut self, raw: Vec<RawAlarm<'t>>) -> Option<()> {
        let mut names = Names::new();
        let mut whole = Some(());
        for raw in raw {
            insert(&mut names, raw.id.as_ref(), (), self.problems);
            let urgency =
                raw.urgency.as_ref().and_then(|name| self.urgencies.resolve(name, "an urgency", self.problems));
            let when = raw.when.and_then(|when| self.conditions(MayTest::All).condition(Some(when)));
            let sources = self.sources(&raw.sources);
            let (Some(id), Some(urgency), Some(when)) = (raw.id, urgency, when) else {
                whole = None;
                continue;
            };
            let id = (*id.get_ref()).to_owned();
            self.out.alarms.alloc(Alarm { id, when, urgency, title: raw.title, say: raw.say, sources });
        }
        whole
    }

    fn sources(&self, names: &[TomlText<'t>]) -> Vec<Idx<Source>> {
        names.iter().filter_map(|name| self.sources.resolve(name, "a source", self.problems)).collect()
    }

    fn conditions(&self, reach: MayTest) -> ConditionReader<'_, 't> {
        ConditionReader {
            names: &self.subjects,
            questions: &self.out.questions,
            broken: &self.broken,
            facts: &self.out.facts,
            may_test: reach,
            problems: self.problems,
        }
    }
}

fn insert<'t, T: Copy>(names: &mut Names<'t, T>, id: Option<&TomlText<'t>>, meaning: T, problems: &Problems) {
    if let Some(id) = id {
        names.insert(id, meaning, problems);
    }
}
