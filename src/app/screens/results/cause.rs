//! The pages about a cause: what to do, and where that comes from.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::app::App;
use crate::app::blocks::{Block, Role, paragraphs, section};
use crate::app::screens::results::{Page, Results, list};
use crate::engine::evaluation::Evaluation;
use crate::engine::explanation::causal_chains::chains;
use crate::engine::outcome::Outcome;
use crate::engine::ranking::Ranked;
use crate::questionnaire::{Cause, Questionnaire, Source, Stage, Truth};
use crate::text::wording;

/// Everything that the text about causes depends on.
pub(super) struct About<'a, 'q> {
    pub(super) app: &'a App<'q>,
    pub(super) results: Results,
    pub(super) questionnaire: &'q Questionnaire,
    pub(super) evaluation: &'a Evaluation<'q>,
    pub(super) outcome: &'a Outcome,
}

impl<'a, 'q> About<'a, 'q> {
    pub(super) fn new(app: &'a App<'q>, results: Results) -> About<'a, 'q> {
        let interview = app.interview();
        let (evaluation, outcome) = (interview.evaluation(), interview.outcome());
        About { app, results, questionnaire: interview.questionnaire(), evaluation, outcome }
    }

    /// The page in view, about some causes.
    pub(super) fn page(&self, causes: &[&Ranked]) -> Vec<Block> {
        let mut blocks = Vec::new();
        if self.outcome.is_led_by_alarm(self.questionnaire) || self.outcome.interrupts(self.questionnaire) {
            blocks.push(Block::strong("First do what is said at the top of the list. This page does not change that."));
        }
        blocks.extend(match self.results.page {
            Page::Advice => self.each(causes, |ranked| self.advice_on(ranked)),
            Page::Why => self.each(causes, |ranked| self.why(ranked)),
            Page::Open => self.still_open(causes),
            Page::About => self.each(causes, |ranked| self.sources_of(ranked)),
        });
        blocks
    }

    /// A text for each cause, under its name if it belongs to a family.
    fn each(&self, causes: &[&Ranked], text: impl Fn(&Ranked) -> Vec<Block>) -> Vec<Block> {
        let family = |ranked: &&Ranked| self.questionnaire.causes[ranked.cause].family;
        let shared = causes.first().filter(|_| causes.len() > 1).and_then(family);
        let say = shared.and_then(|family| self.questionnaire.families[family].say.as_ref());
        let mut blocks: Vec<Block> = say.into_iter().flat_map(|say| paragraphs(Role::Plain, say)).collect();
        for ranked in causes {
            let name = &self.questionnaire.causes[ranked.cause].name;
            blocks.extend(family(ranked).map(|_| Block::heading(name)));
            blocks.extend(text(ranked));
        }
        blocks
    }

    /// The causes that lead to it and that it leads to, as far as they are named.
    pub(super) fn story(&self, ranked: &Ranked) -> Vec<Block> {
        let named = self.outcome.named().map(|named| named.cause).collect();
        let name = |cause: &Idx<Cause>| self.questionnaire.causes[*cause].name.as_str();
        let chains = chains(self.questionnaire, named, ranked.cause).into_iter();
        let story = chains.map(|chain| Block::item(chain.iter().map(name).collect::<Vec<_>>().join(" → ")));
        section("One can lead to the next", story)
    }

    fn advice_on(&self, ranked: &Ranked) -> Vec<Block> {
        let cause = &self.questionnaire.causes[ranked.cause];
        let mut blocks = vec![Block::plain(likelihood(ranked))];
        blocks.extend(cause.term.iter().map(|term| Block::quiet(format!("Doctors call it: {term}"))));
        blocks.extend(cause.summary.iter().flat_map(|summary| paragraphs(Role::Plain, summary)));
        let stages = [
            (Stage::Now, "Now"),
            (Stage::Next, "In the next weeks"),
            (Stage::See, "See someone"),
            (Stage::Avoid, "Avoid"),
        ];
        for (stage, title) in stages {
            let advice = self.outcome.advice(cause, stage, self.evaluation);
            blocks.extend(section(title, advice.map(|advice| Block::item(&advice.say))));
        }
        let test = self.outcome.test(cause, self.questionnaire);
        blocks.extend(section("What would settle it", test.map(Block::item)));
        blocks.extend(self.story(ranked));
        blocks
    }

    fn sources_of(&self, ranked: &Ranked) -> Vec<Block> {
        let cause = &self.questionnaire.causes[ranked.cause];
        let term = cause.term.iter().map(|term| Block::plain(format!("Doctors call it: {term}")));
        let mut blocks: Vec<Block> = term.collect();
        if !cause.codes.is_empty() {
            let codes = cause.codes.iter().map(|(system, codes)| (system.clone(), codes.join(", ")));
            blocks.extend([Block::heading("Codes"), Block::Pairs(codes.collect())]);
        }
        let of_base = cause.base.get(ranked.base_row).into_iter().flat_map(|row| &row.sources);
        let of_adjust = ranked.adjust_row.and_then(|at| cause.adjust.get(at)).into_iter().flat_map(|row| &row.sources);
        let weighing = ranked.weights.iter().filter_map(|weight| cause.findings.get(weight.finding));
        let of_findings = weighing.flat_map(|finding| &finding.sources);
        let given = cause.advice.iter().filter(|advice| self.evaluation.truth(&advice.when) == Truth::Yes);
        let of_advice = given.flat_map(|advice| &advice.sources);
        let sources: BTreeSet<Idx<Source>> =
            of_base.chain(of_adjust).chain(of_findings).chain(of_advice).copied().collect();
        blocks.push(Block::heading("Sources"));
        if sources.is_empty() {
            blocks.push(Block::plain("No source is named for what counts here."));
        }
        for source in sources {
            let source = &self.questionnaire.sources[source];
            let doi = source.doi.as_ref().map(|doi| format!(" doi:{doi}")).unwrap_or_default();
            blocks.push(Block::item(format!("{}{doi}", source.cite)));
        }
        blocks
    }
}

/// "quite possible: about 4 in 10", and how good the evidence is.
pub(super) fn likelihood(ranked: &Ranked) -> String {
    let words = wording::capitalized(wording::likelihood(ranked.likelihood()));
    let about = list::bar(ranked).words;
    match ranked.evidence() {
        Some(evidence) => format!("{words}: {about} · {}", wording::evidence(evidence)),
        None => format!("{words}: {about}"),
    }
}
