//! The pages about a cause: what to do, and where that comes from.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::app::App;
use crate::app::blocks::{Block, Tone, paragraphs};
use crate::app::screens::results::{Figures, Page, Results, list};
use crate::engine::evaluation::Evaluation;
use crate::engine::explanation::causal_chains::chains;
use crate::engine::outcome::Outcome;
use crate::engine::ranking::Ranked;
use crate::interview::Interview;
use crate::questionnaire::{Advice, Source, Stage, Truth};
use crate::text::wording;

/// Everything that the text about causes depends on.
pub(super) struct About<'a, 'q> {
    pub(super) interview: &'a Interview<'q>,
    pub(super) evaluation: &'a Evaluation<'q>,
    pub(super) outcome: &'a Outcome,
    pub(super) figures: Figures,
    /// The selected open question, and whether the keys move there.
    pub(super) selected: (usize, bool),
}

impl<'a, 'q> About<'a, 'q> {
    pub(super) fn new(app: &'a App<'q>, results: Results) -> About<'a, 'q> {
        let interview = app.interview();
        About {
            interview,
            evaluation: interview.evaluation(),
            outcome: interview.outcome(),
            figures: results.figures,
            selected: (app.screens.side_cursor(), results.is_reading),
        }
    }

    /// A page about some causes.
    pub(super) fn page(&self, page: Page, causes: &[&Ranked]) -> Vec<Block> {
        let mut blocks: Vec<Block> = self.alarm_first().into_iter().map(Block::strong).collect();
        blocks.extend(match page {
            Page::Advice => self.each(causes, |ranked, blocks| self.advice_on(ranked, blocks)),
            Page::Why => self.each(causes, |ranked, blocks| self.why(ranked, blocks)),
            Page::Open => self.still_open(causes),
            Page::About => self.each(causes, |ranked, blocks| self.sources_of(ranked, blocks)),
        });
        blocks
    }

    /// The warning above the text about a cause while an alarm is raised that comes first.
    fn alarm_first(&self) -> Option<&'static str> {
        let questionnaire = self.evaluation.questionnaire();
        let comes_first = self.outcome.is_led_by_alarm(questionnaire) || self.outcome.interrupts(questionnaire);
        comes_first.then_some("First do what is said at the top of the list. This page does not change that.")
    }

    /// A text for each cause, under its name if it belongs to a family.
    fn each(&self, causes: &[&Ranked], write: impl Fn(&Ranked, &mut Vec<Block>)) -> Vec<Block> {
        let questionnaire = self.evaluation.questionnaire();
        let family = causes.first().filter(|_| causes.len() > 1).and_then(|it| questionnaire.causes[it.cause].family);
        let say = family.and_then(|family| questionnaire.families[family].say.as_ref());
        let mut blocks: Vec<Block> = say.into_iter().flat_map(|say| paragraphs(Tone::Plain, say)).collect();
        for ranked in causes {
            let cause = &questionnaire.causes[ranked.cause];
            if cause.family.is_some() {
                blocks.push(Block::heading(&cause.name));
            }
            write(ranked, &mut blocks);
        }
        blocks
    }

    /// The causes that lead to it and that it leads to, as far as they are named.
    pub(super) fn story(&self, ranked: &Ranked, blocks: &mut Vec<Block>) {
        let questionnaire = self.evaluation.questionnaire();
        let chains = chains(questionnaire, self.outcome.named().map(|named| named.cause).collect(), ranked.cause);
        if chains.is_empty() {
            return;
        }
        blocks.push(Block::heading("One can lead to the next"));
        for chain in chains {
            let names: Vec<&str> = chain.iter().map(|cause| questionnaire.causes[*cause].name.as_str()).collect();
            blocks.push(Block::item(names.join(" → ")));
        }
    }

    fn advice_on(&self, ranked: &Ranked, blocks: &mut Vec<Block>) {
        let cause = &self.evaluation.questionnaire().causes[ranked.cause];
        blocks.push(Block::plain(likelihood(ranked)));
        blocks.extend(cause.term.iter().map(|term| Block::quiet(format!("Doctors call it: {term}"))));
        blocks.extend(cause.summary.iter().flat_map(|summary| paragraphs(Tone::Plain, summary)));
        let stages = [
            (Stage::Now, "Now"),
            (Stage::Next, "In the next weeks"),
            (Stage::See, "See someone"),
            (Stage::Avoid, "Avoid"),
        ];
        for (stage, title) in stages {
            let advice: Vec<&Advice> = self.outcome.advice(cause, stage, self.evaluation).collect();
            if !advice.is_empty() {
                blocks.push(Block::heading(title));
                blocks.extend(advice.into_iter().map(|advice| Block::item(&advice.say)));
            }
        }
        if let Some(test) = self.outcome.test(cause, self.evaluation.questionnaire()) {
            blocks.extend([Block::heading("What would settle it"), Block::item(test)]);
        }
        self.story(ranked, blocks);
    }

    fn sources_of(&self, ranked: &Ranked, blocks: &mut Vec<Block>) {
        let questionnaire = self.evaluation.questionnaire();
        let cause = &questionnaire.causes[ranked.cause];
        blocks.extend(cause.term.iter().map(|term| Block::plain(format!("Doctors call it: {term}"))));
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
            let source = &questionnaire.sources[source];
            let doi = source.doi.as_ref().map(|doi| format!(" doi:{doi}")).unwrap_or_default();
            blocks.push(Block::item(format!("{}{doi}", source.cite)));
        }
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
