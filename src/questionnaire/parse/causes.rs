//! Causes and families: their names, figures and findings, from what an author wrote to what it means.

use la_arena::Idx;
use toml::Spanned;

use crate::diagnostic::{Rule, quote};
use crate::questionnaire::parse::condition::MayTest;
use crate::questionnaire::parse::cycles::on_cycles;
use crate::questionnaire::parse::fields::TomlText;
use crate::questionnaire::parse::raw::{RawAdvice, RawCause, RawFinding, RawRow};
use crate::questionnaire::parse::{Resolver, insert};
use crate::questionnaire::{AdjustRow, Advice, BaseRow, Cause, Family, Finding, Topic, index, position};

/// The other causes that a cause names.
struct NamedTopics {
    unless: Vec<Topic>,
    via: Vec<Topic>,
}

impl<'t> Resolver<'t, '_> {
    pub(super) fn causes(&mut self, raw: Vec<RawCause<'t>>, families: Vec<(TomlText<'t>, Family)>) -> Option<()> {
        for (at, raw) in raw.iter().enumerate() {
            insert(&mut self.topics, raw.id.as_ref(), Topic::Cause(index(at)), self.problems);
        }
        for (id, family) in families {
            let family = self.out.families.alloc(family);
            insert(&mut self.topics, Some(&id), Topic::Family(family), self.problems);
        }
        let family_of: Vec<_> = raw.iter().map(|raw| raw.family.as_ref().and_then(|name| self.family(name))).collect();
        let mut whole = Some(());
        let vias: Vec<Vec<Topic>> = raw.iter().map(|raw| self.via(raw)).collect();
        self.circular_vias(&raw, &vias, &family_of);
        for ((raw, family), via) in raw.into_iter().zip(family_of).zip(vias) {
            let unless = self.unless(&raw, family);
            match self.cause(raw, family, NamedTopics { unless, via }) {
                Some(cause) => {
                    self.out.causes.alloc(cause);
                }
                None => whole = None,
            }
        }
        whole
    }

    fn family(&self, name: &TomlText<'t>) -> Option<Idx<Family>> {
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

    fn unless(&self, raw: &RawCause<'t>, own: Option<Idx<Family>>) -> Vec<Topic> {
        let mut named = Vec::new();
        for name in &raw.unless {
            let itself = raw.id.as_ref().is_some_and(|id| id.get_ref() == name.get_ref());
            match self.topics.resolve(name, "a cause or family", self.problems) {
                Some(Topic::Cause(_)) if itself => self.self_unless(name, "a cause cannot explain itself away"),
                Some(Topic::Family(family)) if own == Some(family) => {
                    self.self_unless(name, "a cause cannot be explained away by its own family");
                }
                topic => named.extend(topic),
            }
        }
        named
    }

    fn self_unless(&self, name: &TomlText<'t>, message: &str) {
        self.problems.push_with_help(Rule::SelfUnless, name.span(), message, "take it out of `unless`");
    }

    /// What a cause can come from.
    fn via(&self, raw: &RawCause<'t>) -> Vec<Topic> {
        raw.via.iter().filter_map(|name| self.topics.resolve(name, "a cause or family", self.problems)).collect()
    }

    /// A story has a beginning: nothing comes from itself, through its family or others.
    fn circular_vias(&self, raw: &[RawCause<'t>], vias: &[Vec<Topic>], family_of: &[Option<Idx<Family>>]) {
        // Families stand behind the causes: what comes from a family comes from each of its members.
        let place_of = |family: Idx<Family>| vias.len() + position(family);
        let mut leads_to: Vec<Vec<usize>> = vias
            .iter()
            .map(|vias| {
                let sources = vias.iter().map(|via| match via {
                    Topic::Cause(cause) => position(*cause),
                    Topic::Family(family) => place_of(*family),
                });
                sources.collect()
            })
            .collect();
        leads_to.resize(vias.len() + self.out.families.len(), Vec::new());
        for (cause, family) in family_of.iter().enumerate() {
            if let Some(members) = family.and_then(|family| leads_to.get_mut(place_of(family))) {
                members.push(cause);
            }
        }
        for (raw, is_circular) in raw.iter().zip(on_cycles(&leads_to)) {
            if let (true, Some(name)) = (is_circular, raw.via.first()) {
                let message = "a cause cannot come from itself, through its family or others";
                let help = "take what leads back to it out of `via`";
                self.problems.push_with_help(Rule::CircularVia, name.span(), message, help);
            }
        }
    }

    fn cause(&self, raw: RawCause<'t>, family: Option<Idx<Family>>, others: NamedTopics) -> Option<Cause> {
        let attribution = self.attribution(raw.attribution.as_ref());
        let urgency = raw.urgency.as_ref().and_then(|name| self.urgencies.resolve(name, "an urgency", self.problems));
        let scope = self.conditions(MayTest::All);
        let when = scope.condition(raw.when);
        let base = self.base(&raw, attribution);
        self.rows_behind(&raw.adjust, "odds");
        let adjust: Vec<_> = raw.adjust.iter().map(|row| self.adjust(row)).collect();
        let findings: Vec<_> = raw.findings.into_iter().map(|finding| self.finding(finding)).collect();
        let advice: Vec<_> = raw.advice.into_iter().map(|advice| self.advice(advice)).collect();
        Some(Cause {
            id: (*raw.id?.get_ref()).to_owned(),
            name: raw.name,
            term: raw.term,
            codes: raw.codes,
            family,
            when: when?,
            attribution,
            urgency,
            summary: raw.summary,
            test: raw.test,
            base: base?,
            adjust: adjust.into_iter().collect::<Option<_>>()?,
            findings: findings.into_iter().collect::<Option<_>>()?,
            unless: others.unless,
            via: others.via,
            advice: advice.into_iter().collect::<Option<_>>()?,
        })
    }

    fn attribution(&self, raw: Option<&Spanned<f64>>) -> f64 {
        let Some(attribution) = raw else { return 1.0 };
        if !(*attribution.get_ref() > 0.0 && *attribution.get_ref() <= 1.0) {
            let message = format!("`attribution` is a probability above 0 and up to 1, not {}", attribution.get_ref());
            self.problems.push(Rule::OutOfRange, attribution.span(), message);
            return 1.0;
        }
        *attribution.get_ref()
    }

    fn base(&self, raw: &RawCause<'t>, attribution: f64) -> Option<Vec<BaseRow>> {
        let base = raw.base.as_ref()?;
        if base.rows.last().is_none_or(|row| row.when.is_some()) {
            let span = base.rows.last().map_or(base.span.clone(), |row| row.span.clone());
            let help = "add a last row without `when`: what counts when no other row holds";
            self.problems.push_with_help(Rule::NoFinalBase, span, "`base` has no last row that always holds", help);
        }
        self.rows_behind(&base.rows, "p");
        let rows: Vec<_> = base.rows.iter().map(|row| self.base_row(row, attribution)).collect();
        rows.into_iter().collect()
    }

    fn base_row(&self, row: &RawRow<'t>, attribution: f64) -> Option<BaseRow> {
        /// A base rate below this is no base rate: one in a thousand million.
        const LEAST: f64 = 1e-9;
        let when = self.conditions(MayTest::All).condition(row.when);
        let sources = self.sources(&row.sources);
        let p = row.figure.as_ref()?;
        if !(*p.get_ref() >= LEAST && *p.get_ref() < attribution) {
            let below = if attribution < 1.0 { format!("the attribution, {attribution}") } else { "1".into() };
            let message = format!("`p` must be above 0 and below {below}; it is {}", p.get_ref());
            self.problems.push(Rule::OutOfRange, p.span(), message);
        }
        Some(BaseRow { p: *p.get_ref(), when: when?, grade: row.grade, sources })
    }

    /// Rows behind one that always holds are never reached.
    fn rows_behind(&self, rows: &[RawRow<'t>], figure: &str) {
        let Some(final_row) = rows.iter().position(|row| row.when.is_none()) else { return };
        for row in rows.iter().skip(final_row + 1) {
            let message = format!("this row is never reached: a row before it has a `{figure}` without `when`");
            self.problems.push_with_help(
                Rule::UnreachableRow,
                row.span.clone(),
                message,
                "put the row without `when` last",
            );
        }
    }

    fn adjust(&self, row: &RawRow<'t>) -> Option<AdjustRow> {
        let odds = self.ratio("odds", row.figure.as_ref());
        let when = self.conditions(MayTest::All).condition(row.when);
        let sources = self.sources(&row.sources);
        Some(AdjustRow { odds: odds?, when: when?, grade: row.grade, sources })
    }

    fn finding(&self, raw: RawFinding<'t>) -> Option<Finding> {
        let lr = self.ratio("lr", raw.lr.as_ref());
        let lr_no = raw.lr_no.as_ref().map(|lr_no| self.ratio("lr_no", Some(lr_no)));
        let when = raw.when.and_then(|when| self.conditions(MayTest::All).condition(Some(when)));
        let sources = self.sources(&raw.sources);
        let lr_no = match lr_no {
            Some(lr_no) => Some(lr_no?),
            None => None,
        };
        Some(Finding { lr: lr?, lr_no, when: when?, group: raw.group, grade: raw.grade?, sources })
    }

    /// A factor on odds: above 0, of a size that evidence can have, and not 1, which would say nothing.
    fn ratio(&self, key: &str, raw: Option<&Spanned<f64>>) -> Option<f64> {
        const MOST: f64 = 1e6;
        let raw = raw?;
        let ratio = *raw.get_ref();
        if !(1.0 / MOST..=MOST).contains(&ratio) {
            let message = format!("`{key}` must be above 0 and at most a million; it is {ratio}");
            self.problems.push(Rule::OutOfRange, raw.span(), message);
            return None;
        }
        if (1.0..=1.0).contains(&ratio) {
            let message = format!("`{key}` is 1, which says nothing");
            self.problems.push_with_help(Rule::OutOfRange, raw.span(), message, "take it out");
            return None;
        }
        Some(ratio)
    }

    fn advice(&self, raw: RawAdvice<'t>) -> Option<Advice> {
        let when = self.conditions(MayTest::All).condition(raw.when);
        let sources = self.sources(&raw.sources);
        Some(Advice { stage: raw.stage?, say: raw.say, when: when?, sources })
    }
}
