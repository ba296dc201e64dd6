//! Causes and families: their figures, findings and advice, and the topics that they name.

use std::collections::HashMap;
use std::ops::Range;

use la_arena::Idx;
use pxfm::f_log;
use toml::Spanned;

use crate::diagnostic::{Rule, quote};
use crate::questionnaire::condition::Condition;
use crate::questionnaire::parse::condition::MayTest;
use crate::questionnaire::parse::cycles::on_cycles;
use crate::questionnaire::parse::fields::{Fields, TomlText, text_list};
use crate::questionnaire::parse::spans::FilePart;
use crate::questionnaire::parse::{FileReader, one_of, span_of, text_of};
use crate::questionnaire::{
    AdjustRow, Advice, BaseRow, Cause, Family, Finding, Grade, Source, Stage, Topic, index, position,
};

/// The topics that a cause names, which are resolved once every cause and family is known.
pub(super) struct CauseTopics<'t> {
    id: Option<TomlText<'t>>,
    family: Option<TomlText<'t>>,
    unless: Vec<TomlText<'t>>,
    via: Vec<TomlText<'t>>,
}

/// A row of `base` or `adjust`.
struct Row {
    span: Range<usize>,
    /// Its figure, if there is one that is a number.
    figure: Option<Spanned<f64>>,
    has_when: bool,
    when: Condition,
    grade: Option<Grade>,
    sources: Vec<Idx<Source>>,
}

impl<'t, 'p> FileReader<'t, 'p, '_> {
    pub(super) fn cause(&mut self, cause: Idx<Cause>, mut fields: Fields<'t, 'p>) -> CauseTopics<'t> {
        let id = fields.required_name("id");
        self.topics.insert(id.as_ref(), Topic::Cause(cause), self.problems);
        let (name, term, codes) = (fields.required_text("name"), fields.text("term"), codes(&mut fields));
        let family = fields.name("family");
        let when = self.condition(MayTest::All, fields.value("when"));
        let attribution = self.attribution(fields.number("attribution").as_ref());
        let urgency = fields.name("urgency").and_then(|name| self.urgency_named(&name));
        let (summary, test) = (fields.text("summary"), fields.text("test"));
        let base = self.base(cause, attribution, &mut fields);
        let adjust = fields
            .tables("adjust", "an `adjust` row", |at, fields| self.row(FilePart::Adjust(cause, at), "odds", fields));
        self.note_unreachable(&adjust, "odds");
        let adjust = adjust.into_iter().map(|row| self.adjust(row)).collect();
        let mut groups = HashMap::new();
        let findings = fields.tables("findings", "a finding", |at, fields| {
            self.finding(FilePart::Finding(cause, at), fields, &mut groups)
        });
        let topics = CauseTopics { id, family, unless: unless(&mut fields), via: fields.names("via") };
        let advice = fields.tables("advice", "advice", |at, fields| self.advice(FilePart::Advice(cause, at), fields));
        self.out.causes.alloc(Cause {
            id: text_of(topics.id.as_ref()),
            name,
            term,
            codes,
            family: None,
            when,
            attribution,
            urgency,
            summary,
            test,
            base,
            adjust,
            findings,
            unless: Vec::new(),
            via: Vec::new(),
            advice,
        });
        self.finish(FilePart::Cause(cause), span_of(topics.id.as_ref()), fields);
        topics
    }

    pub(super) fn family(&mut self, family: Idx<Family>, id: &TomlText<'t>, mut fields: Fields<'t, 'p>) {
        self.topics.insert(Some(id), Topic::Family(family), self.problems);
        self.out.families.alloc(Family {
            id: text_of(Some(id)),
            name: fields.required_text("name"),
            say: fields.text("say"),
        });
        self.finish(FilePart::Family(family), Some(id.span()), fields);
    }

    /// Resolves the topics that the causes name.
    pub(super) fn cause_topics(&mut self, causes: &[CauseTopics<'t>]) {
        for (at, named) in causes.iter().enumerate() {
            let family = named.family.as_ref().and_then(|name| self.family_named(name));
            let unless = self.unless(named, family);
            let via = named.via.iter().filter_map(|name| self.topic_named(name)).collect();
            let cause = &mut self.out.causes[index::<Cause>(at)];
            (cause.family, cause.unless, cause.via) = (family, unless, via);
        }
        self.note_circular_via(causes);
    }

    fn family_named(&self, name: &TomlText<'t>) -> Option<Idx<Family>> {
        match self.topics.get(name.get_ref()) {
            Some(Topic::Family(family)) => Some(family),
            // A cause that has the id of the family: that is the problem, and it is noted.
            Some(Topic::Cause(_)) if self.out.families.values().any(|family| family.id == *name.get_ref()) => None,
            Some(Topic::Cause(_)) | None => {
                let known = self.out.families.values().map(|family| family.id.as_str());
                let message = format!("{} is not the id of a family", quote(name.get_ref()));
                self.problems.push_unknown(Rule::UnknownName, name, message, known);
                None
            }
        }
    }

    fn topic_named(&self, name: &TomlText<'t>) -> Option<Topic> {
        self.topics.resolve(name, "a cause or family", self.problems)
    }

    fn unless(&self, cause: &CauseTopics<'t>, own: Option<Idx<Family>>) -> Vec<Topic> {
        let mut topics = Vec::new();
        for name in &cause.unless {
            let is_itself = cause.id.as_ref().is_some_and(|id| id.get_ref() == name.get_ref());
            let message = match self.topic_named(name) {
                Some(Topic::Cause(_)) if is_itself => "a cause cannot explain itself away",
                Some(Topic::Family(family)) if own == Some(family) => {
                    "a cause cannot be explained away by its own family"
                }
                topic => {
                    topics.extend(topic);
                    continue;
                }
            };
            self.problems.push_with_help(Rule::SelfUnless, name.span(), message, "take it out of `unless`");
        }
        topics
    }

    /// Notes causes that come from themselves, through their family or others.
    fn note_circular_via(&self, named: &[CauseTopics<'t>]) {
        let causes = &self.out.causes;
        // After the causes come the families: what comes from a family comes from each of its members.
        let node = |topic: &Topic| match topic {
            Topic::Cause(cause) => position(*cause),
            Topic::Family(family) => causes.len() + position(*family),
        };
        let mut leads_to: Vec<Vec<usize>> = causes.values().map(|cause| cause.via.iter().map(node).collect()).collect();
        leads_to.resize(causes.len() + self.out.families.len(), Vec::new());
        for (id, cause) in causes.iter() {
            let family = cause.family.map(Topic::Family);
            if let Some(members) = family.and_then(|family| leads_to.get_mut(node(&family))) {
                members.push(position(id));
            }
        }
        for (cause, is_circular) in named.iter().zip(on_cycles(&leads_to)) {
            if let (true, Some(name)) = (is_circular, cause.via.first()) {
                let message = "a cause cannot come from itself, through its family or others";
                let help = "take what leads back to it out of `via`";
                self.problems.push_with_help(Rule::CircularVia, name.span(), message, help);
            }
        }
    }

    fn attribution(&self, written: Option<&Spanned<f64>>) -> f64 {
        let Some(attribution) = written else { return 1.0 };
        if !(*attribution.get_ref() > 0.0 && *attribution.get_ref() <= 1.0) {
            let message = format!("`attribution` is a probability above 0 and up to 1, not {}", attribution.get_ref());
            self.problems.push(Rule::OutOfRange, attribution.span(), message);
            return 1.0;
        }
        *attribution.get_ref()
    }

    fn base(&mut self, cause: Idx<Cause>, attribution: f64, fields: &mut Fields<'t, 'p>) -> Vec<BaseRow> {
        let Some(list) = fields.required("base") else { return Vec::new() };
        if fields.list("base").is_none() {
            return Vec::new();
        }
        let rows = fields.tables("base", "a `base` row", |at, fields| self.row(FilePart::Base(cause, at), "p", fields));
        if rows.last().is_none_or(|row| row.has_when) {
            let span = rows.last().map_or(list.span(), |row| row.span.clone());
            let help = "add a last row without `when`: what counts when no other row holds";
            self.problems.push_with_help(Rule::NoFinalBase, span, "`base` has no last row that always holds", help);
        }
        self.note_unreachable(&rows, "p");
        rows.into_iter().filter_map(|row| self.base_row(row, attribution)).collect()
    }

    fn row(&mut self, part: FilePart, figure: &'static str, mut fields: Fields<'t, 'p>) -> Row {
        let row = Row {
            span: fields.span(),
            figure: fields.required_number(figure),
            has_when: fields.has("when"),
            when: self.condition(MayTest::All, fields.value("when")),
            grade: self.grade(&mut fields),
            sources: self.sources(&mut fields),
        };
        self.finish(part, None, fields);
        row
    }

    fn base_row(&self, row: Row, attribution: f64) -> Option<BaseRow> {
        /// A base rate below one in a thousand million is taken for a mistake.
        const LEAST: f64 = 1e-9;
        let p = row.figure?;
        if !(*p.get_ref() >= LEAST && *p.get_ref() < attribution) {
            let below = if attribution < 1.0 { format!("the attribution, {attribution}") } else { "1".into() };
            let message = format!("`p` must be above 0 and below {below}; it is {}", p.get_ref());
            self.problems.push(Rule::OutOfRange, p.span(), message);
        }
        let p = p.into_inner();
        let present = p / attribution;
        let log_odds = f_log(present / (1.0 - present));
        Some(BaseRow { p, log_odds, when: row.when, grade: row.grade, sources: row.sources })
    }

    fn adjust(&self, row: Row) -> AdjustRow {
        let odds = self.ratio("odds", row.figure.as_ref());
        AdjustRow { odds, weight: f_log(odds), when: row.when, grade: row.grade, sources: row.sources }
    }

    /// Notes the rows after one without a condition, which are never used.
    fn note_unreachable(&self, rows: &[Row], figure: &str) {
        let reached = rows.iter().position(|row| !row.has_when).map_or(rows.len(), |last| last + 1);
        for row in rows.iter().skip(reached) {
            let message = format!("this row is never reached: a row before it has a `{figure}` without `when`");
            let help = "put the row without `when` last";
            self.problems.push_with_help(Rule::UnreachableRow, row.span.clone(), message, help);
        }
    }

    /// `groups` are the groups of its cause so far, each with its number.
    fn finding(&mut self, part: FilePart, mut fields: Fields<'t, 'p>, groups: &mut HashMap<String, usize>) -> Finding {
        let next = groups.len();
        let lr = self.ratio("lr", fields.required_number("lr").as_ref());
        let lr_no = fields.number("lr_no").map(|lr_no| self.ratio("lr_no", Some(&lr_no)));
        let finding = Finding {
            lr,
            lr_no,
            weight: f_log(lr),
            weight_no: lr_no.map(f_log),
            when: self.condition(MayTest::All, fields.required("when")),
            group: fields.text("group").map(|group| *groups.entry(group).or_insert(next)),
            grade: fields.required("grade").and_then(|_| self.grade(&mut fields)).unwrap_or(Grade::C),
            sources: self.sources(&mut fields),
        };
        self.finish(part, None, fields);
        finding
    }

    /// A factor on odds. A wrong one is 1.
    fn ratio(&self, key: &str, written: Option<&Spanned<f64>>) -> f64 {
        /// A factor above this, or below its inverse, is more than evidence can be and is taken for a mistake.
        const MOST: f64 = 1e6;
        let Some(written) = written else { return 1.0 };
        let ratio = *written.get_ref();
        if !(1.0 / MOST..=MOST).contains(&ratio) {
            let message = format!("`{key}` must be above 0 and at most a million; it is {ratio}");
            self.problems.push(Rule::OutOfRange, written.span(), message);
            return 1.0;
        }
        if ratio.total_cmp(&1.0).is_eq() {
            let message = format!("`{key}` is 1, which says nothing");
            self.problems.push_with_help(Rule::OutOfRange, written.span(), message, "take it out");
        }
        ratio
    }

    fn grade(&self, fields: &mut Fields<'t, 'p>) -> Option<Grade> {
        const GRADES: [(&str, Grade); 3] = [("A", Grade::A), ("B", Grade::B), ("C", Grade::C)];
        one_of(&fields.name("grade")?, "grade", &GRADES, self.problems)
    }

    fn advice(&mut self, part: FilePart, mut fields: Fields<'t, 'p>) -> Advice {
        const STAGES: [(&str, Stage); 4] =
            [("now", Stage::Now), ("next", Stage::Next), ("see", Stage::See), ("avoid", Stage::Avoid)];
        let stage = fields.required_name("stage");
        let advice = Advice {
            stage: stage.and_then(|name| one_of(&name, "stage", &STAGES, self.problems)).unwrap_or(Stage::Now),
            say: fields.required_text("say"),
            when: self.condition(MayTest::All, fields.value("when")),
            beside: fields.flag("beside"),
            sources: self.sources(&mut fields),
        };
        self.finish(part, None, fields);
        advice
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

/// The names in `unless`. An empty list is allowed: it says that nothing explains the cause away.
fn unless<'t>(fields: &mut Fields<'t, '_>) -> Vec<TomlText<'t>> {
    match fields.value("unless") {
        Some(value) if value.get_ref().as_array().is_some_and(|list| list.is_empty()) => Vec::new(),
        Some(value) => text_list("unless", value, fields.problems()),
        None => Vec::new(),
    }
}
