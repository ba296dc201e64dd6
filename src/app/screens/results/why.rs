//! The page *Why*: how sure a result is, what speaks for and against it, and every factor of the calculation.

use la_arena::Idx;

use crate::app::blocks::{Block, Item, section};
use crate::app::screens::results::cause::{About, likelihood};
use crate::app::screens::results::reasons::{Reason, expected, in_words};
use crate::engine::explanation::{self, FindingReasons};
use crate::engine::outcome;
use crate::engine::ranking::{BreakdownStep, GROUP_CAP, LOWER_CAP, Limit, RAISE_CAP, Ranked, Weight};
use crate::questionnaire::{Cause, Condition, Finding, Grade, Source};
use crate::text::wording;

/// How many of the findings that would fit but were not said are listed.
const EXPECTED: usize = 3;

impl About<'_, '_> {
    /// The page about a cause.
    pub(super) fn why(&self, ranked: &Ranked) -> Vec<Block> {
        let cause = &self.questionnaire.causes[ranked.cause];
        let reasons = FindingReasons::new(cause, self.evaluation);
        let mut blocks = self.how_sure(ranked);
        blocks.extend(self.findings(cause, ranked, &reasons));
        blocks.extend(self.expected(cause));
        blocks.extend(self.start(cause, ranked));
        blocks.extend(self.explained(ranked));
        blocks.extend(self.story(ranked));
        if self.results.shows_figures {
            let steps = ranked.breakdown(cause);
            let step = |step| self.step(step, cause, &reasons);
            blocks.extend([Block::heading("The figures"), Block::Pairs(steps.into_iter().map(step).collect())]);
        }
        blocks
    }

    /// The likelihood in words, its range, and which neighbors are too close to tell apart.
    fn how_sure(&self, ranked: &Ranked) -> Vec<Block> {
        let mut blocks = vec![Block::plain(likelihood(ranked))];
        if let Some(between) = wording::frequency_range(ranked.low, ranked.high) {
            blocks.push(Block::quiet(format!("Likely range: {between}")));
        }
        blocks.extend(self.widened(ranked).map(Block::quiet));
        let too_close = self.too_close(ranked).into_iter();
        blocks.extend(too_close.map(|(place, name)| Block::quiet(format!("Too close to call with {place}: {name}"))));
        blocks
    }

    /// The neighbors in the ranking that it cannot be told apart from, with their places from 1.
    fn too_close(&self, ranked: &Ranked) -> Vec<(usize, &str)> {
        let lines = self.outcome.lines(self.questionnaire);
        let is_it =
            |line: &outcome::RankingLine<'_>| line.highest().is_some_and(|highest| highest.cause == ranked.cause);
        let Some(at) = lines.iter().position(is_it) else { return Vec::new() };
        let beside = lines.iter().enumerate().filter(|(other, _)| other.abs_diff(at) == 1);
        beside
            .filter(|(_, line)| line.highest().is_some_and(|other| other.is_too_close_to(ranked)))
            .map(|(at, line)| (at + 1, line.topic.name(self.questionnaire)))
            .collect()
    }

    fn findings<'q>(&self, cause: &'q Cause, ranked: &Ranked, reasons: &FindingReasons<'_, 'q>) -> Vec<Block> {
        let (speak_for, against): (Vec<_>, Vec<_>) = ranked.weights.iter().partition(|weight| weight.weight > 0.0);
        let finding = |weight: &Weight| self.finding(cause.findings.get(weight.finding)?, weight, reasons);
        let mut blocks = section("Speaks for it", speak_for.into_iter().filter_map(finding));
        blocks.extend(section("Speaks against it", against.into_iter().filter_map(finding)));
        if blocks.is_empty() {
            blocks.push(Block::plain("No answer speaks for or against it."));
        }
        blocks
    }

    /// The answers behind a finding, with how strongly they count together and how that is known.
    fn finding<'q>(&self, finding: &'q Finding, weight: &Weight, reasons: &FindingReasons<'_, 'q>) -> Option<Block> {
        let found = in_words(&reasons.of(finding), self.questionnaire);
        let said: Vec<&str> = found.iter().map(|reason| reason.said.as_str()).collect();
        let asks = found.iter().filter_map(|reason| reason.ask.clone());
        let level = level(weight);
        let mut known = vec![strength(level).to_owned()];
        known.extend(self.known(Some(weight.grade), &finding.sources));
        if weight.share < 1.0 {
            known.push("counts less: much like another line".into());
        }
        let mut notes: Vec<String> = asks.chain([known.join(" · ")]).collect();
        notes.dedup();
        let item = Item { weight: Some(level), notes, ..Item::new(said.join("; ")) };
        (!said.is_empty()).then_some(Block::Item(item))
    }

    /// Findings that would fit and were asked about, but were not said.
    fn expected(&self, cause: &Cause) -> Vec<Block> {
        let item = |Reason { said, ask }| Block::noted(said, ask.into_iter().collect());
        let expected = expected(cause, EXPECTED, self.evaluation).into_iter();
        section("Would fit, but you didn't say it", expected.map(item))
    }

    /// The starting point before any finding: base rate and background.
    fn start(&self, cause: &Cause, ranked: &Ranked) -> Vec<Block> {
        let notes = |when, grade, sources: &[Idx<Source>]| {
            let mut notes = self.background(when);
            notes.extend(self.known(grade, sources));
            notes
        };
        let mut blocks = vec![Block::heading("Starting point, before your answers")];
        if let Some(row) = cause.base.get(ranked.base_row) {
            let notes = notes(&row.when, row.grade, &row.sources);
            blocks.push(Block::noted(wording::frequency(ranked.base_rate), notes));
        }
        if let Some(row) = ranked.adjust_row.and_then(|at| cause.adjust.get(at)) {
            let more_or_less = if row.odds > 1.0 { "more" } else { "less" };
            let text = format!("Your background makes it {more_or_less} likely.");
            blocks.push(Block::noted(text, notes(&row.when, row.grade, &row.sources)));
        }
        blocks
    }

    /// Says which other cause explains the same answers, if that takes away more than a tenth.
    fn explained(&self, ranked: &Ranked) -> Vec<Block> {
        let Some(other) = ranked.explained_by.filter(|_| ranked.left < 0.9) else { return Vec::new() };
        let mut blocks = vec![Block::plain("It counts only as far as nothing else explains what you have.")];
        blocks.extend(self.explainer(other).map(|name| Block::plain(format!("This may explain it too: {name}."))));
        blocks
    }

    /// The name of a cause that explains another away, if it has a place in the results.
    fn explainer(&self, cause: Idx<Cause>) -> Option<&str> {
        let is_unnamed = self.outcome.unnamed().any(|ranked| ranked.cause == cause);
        (!is_unnamed).then(|| self.questionnaire.causes[cause].name.as_str())
    }

    /// The figure of a step, and what it is.
    fn step<'q>(&self, step: BreakdownStep, cause: &'q Cause, reasons: &FindingReasons<'_, 'q>) -> (String, String) {
        let times = |factor: f64| format!("× {factor:.2}");
        match step {
            BreakdownStep::Base(p) => (format!("{p:.4}"), "base rate".into()),
            BreakdownStep::Odds(odds) if cause.attribution < 1.0 => {
                let text = format!("odds that you have it: base rate / {}, as odds", cause.attribution);
                (format!("{odds:.4}"), text)
            }
            BreakdownStep::Odds(odds) => (format!("{odds:.4}"), "the same as odds".into()),
            BreakdownStep::Background(odds) => (times(odds), "your background".into()),
            BreakdownStep::Finding(weight) => {
                let found = cause.findings.get(weight.finding);
                let said = found.and_then(|found| in_words(&reasons.of(found), self.questionnaire).into_iter().next());
                let said = said.map(|reason| reason.said).unwrap_or_default();
                let less = if weight.share < 1.0 {
                    format!(" ({:.2} to the power of {}, as it counts less)", pxfm::f_exp(weight.weight), weight.share)
                } else {
                    String::new()
                };
                (times(weight.factor()), format!("{said}{less}"))
            }
            BreakdownStep::Cap(cap) => {
                let limit = match cap.limit {
                    Limit::Group => format!("limit: answers that say much the same count {GROUP_CAP} times at most"),
                    Limit::All if cap.weight > 0.0 => {
                        format!("limit: all answers together lower it {LOWER_CAP} times at most")
                    }
                    Limit::All => format!("limit: all answers together raise it {RAISE_CAP} times at most"),
                };
                (times(pxfm::f_exp(cap.weight)), limit)
            }
            BreakdownStep::Present(probability) => (format!("= {probability:.4}"), "the odds as a probability".into()),
            BreakdownStep::Attribution(share) => (times(share), "how often it adds to this when you have it".into()),
            BreakdownStep::Left(left, other) => {
                let other = self.explainer(other).unwrap_or("something else");
                (times(left), format!("what is left, as this may explain it too: {other}"))
            }
            BreakdownStep::Result(probability) => (format!("= {probability:.4}"), "what comes out".into()),
        }
    }

    /// Where a figure comes from: its grade of evidence and its sources.
    fn known(&self, grade: Option<Grade>, sources: &[Idx<Source>]) -> Option<String> {
        let cites = sources.iter().map(|source| self.questionnaire.sources[*source].cite.as_str());
        let short: Vec<&str> = cites.filter_map(|cite| cite.split([',', '.']).next()).collect();
        let grade = wording::grade(grade?);
        Some(if short.is_empty() { grade.to_owned() } else { format!("{grade}: {}", short.join("; ")) })
    }

    /// The answers that make a row of base rates or adjustments apply.
    fn background(&self, when: &Condition) -> Vec<String> {
        let reasons = in_words(&explanation::reasons(when, self.evaluation), self.questionnaire)
            .into_iter()
            .filter(|_| !when.is_always());
        let text = |Reason { said, ask }| ask.map_or_else(|| said.clone(), |ask| format!("{ask} {said}"));
        reasons.map(text).collect()
    }
}

/// How strongly a finding counts, from 1 to 4: one for each doubling of the odds.
fn level(weight: &Weight) -> usize {
    match (weight.weight * weight.share).abs() / std::f64::consts::LN_2 {
        doublings if doublings < 1.5 => 1,
        doublings if doublings < 2.5 => 2,
        doublings if doublings < 3.5 => 3,
        _ => 4,
    }
}

fn strength(level: usize) -> &'static str {
    match level {
        1 => "a little",
        2 => "clearly",
        3 => "strongly",
        _ => "very strongly",
    }
}
