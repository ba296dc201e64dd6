//! The page *Why*: how sure a result is, what speaks for and against it, and every factor of the calculation.

use la_arena::Idx;

use crate::app::screens::results::Figures;
use crate::app::view::cause::{About, Signs, bullet, likelihood};
use crate::app::view::reasons::{Reason, expected, of_finding, reasons};
use crate::app::view::text_and_scroll::{Line, Role, hung, wrapped};
use crate::engine::outcome;
use crate::engine::ranking::{BreakdownStep, GROUP_CAP, LOWER_CAP, Limit, RAISE_CAP, Ranked, Weight};
use crate::questionnaire::{Cause, Condition, Finding, Grade, Source};
use crate::text::wording;

/// How many of the findings that would fit but were not said are listed.
const EXPECTED: usize = 3;

/// The width of the longest bar, in columns.
const BAR: usize = 6;

impl About<'_, '_> {
    /// The page about some causes.
    pub(in crate::app) fn why(&self, causes: &[&Ranked]) -> Vec<Line> {
        self.each(causes, |ranked, lines| {
            let cause = &self.evaluation.questionnaire().causes[ranked.cause];
            self.how_sure(ranked, lines);
            self.findings(cause, ranked, lines);
            self.expected(cause, lines);
            self.start(cause, ranked, lines);
            self.explained(ranked, lines);
            self.story(ranked, lines);
            if self.figures == Figures::Shown {
                self.account(cause, ranked, lines);
            }
        })
    }

    /// The likelihood in words, its range, and which neighbors are too close to tell apart.
    fn how_sure(&self, ranked: &Ranked, lines: &mut Vec<Line>) {
        lines.extend(wrapped(Role::Plain, &likelihood(ranked), self.width));
        if let Some(between) = wording::frequency_range(ranked.low, ranked.high) {
            let range = format!("As far as it is known: {between}.");
            lines.extend(wrapped(Role::Quiet, &range, self.width));
        }
        lines.extend(self.widened(ranked));
        for (place, name) in self.too_close(ranked) {
            lines.extend(wrapped(Role::Quiet, &format!("Too close to call with {place}: {name}."), self.width));
        }
    }

    /// The neighbors in the ranking that it cannot be told apart from, with their places from 1.
    fn too_close(&self, ranked: &Ranked) -> Vec<(usize, &str)> {
        let questionnaire = self.evaluation.questionnaire();
        let lines = self.outcome.lines(questionnaire);
        let is_it =
            |line: &outcome::RankingLine<'_>| line.highest().is_some_and(|highest| highest.cause == ranked.cause);
        let Some(at) = lines.iter().position(is_it) else { return Vec::new() };
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        let beside = beside.filter_map(|at| Some((at + 1, lines.get(at)?)));
        beside
            .filter(|(_, line)| line.highest().is_some_and(|other| other.is_too_close_to(ranked)))
            .map(|(place, line)| (place, line.topic.name(questionnaire)))
            .collect()
    }

    fn findings(&self, cause: &Cause, ranked: &Ranked, lines: &mut Vec<Line>) {
        for (title, is_for) in [("Speaks for it", true), ("Speaks against it", false)] {
            let mut weights = ranked.weights.iter().filter(|weight| (weight.weight > 0.0) == is_for).peekable();
            if weights.peek().is_none() {
                continue;
            }
            if self.signs == Signs::Drawn {
                lines.extend([Line::blank(), Line::new(Role::Strong, title)]);
            }
            for weight in weights {
                let Some(finding) = cause.findings.get(weight.finding) else { continue };
                self.finding(cause, finding, weight, lines);
            }
        }
        if ranked.weights.is_empty() {
            lines.push(Line::blank());
            lines.extend(wrapped(Role::Plain, "No answer speaks for or against it.", self.width));
        }
    }

    fn finding(&self, cause: &Cause, finding: &Finding, weight: &Weight, lines: &mut Vec<Line>) {
        let found = of_finding(cause, finding, self.evaluation);
        match self.signs {
            Signs::Drawn => {
                let bar = Line::new(Role::Accent, "━".repeat(length(weight))).padded(BAR + 1);
                for (at, reason) in found.iter().enumerate() {
                    let start = if at == 0 { bar.clone() } else { indent() };
                    self.reason(&start, reason, lines);
                }
            }
            Signs::Spoken => lines.extend(found.iter().map(|reason| spoken(reason, weight))),
        }
        let mut known = self.known(Some(weight.grade), &finding.sources).unwrap_or_default();
        if weight.share < 1.0 {
            known.push_str("; counts less: much like another line");
        }
        let known = if self.signs == Signs::Spoken { format!("That is {known}.") } else { known };
        lines.extend(hung(&self.indent(), Role::Quiet, &known, self.width));
    }

    /// Findings that would fit and were asked about, but were not said.
    fn expected(&self, cause: &Cause, lines: &mut Vec<Line>) {
        let expected = expected(cause, self.evaluation);
        if expected.is_empty() {
            return;
        }
        lines.push(Line::blank());
        lines.extend(wrapped(Role::Strong, "Would fit, but you did not say it", self.width));
        for reason in expected.iter().take(EXPECTED) {
            match (self.signs, &reason.ask) {
                (Signs::Spoken, Some(ask)) => {
                    lines.push(Line::new(Role::Quiet, format!("“{}”, at “{ask}”", reason.said)));
                }
                (Signs::Spoken | Signs::Drawn, _) => self.reason(&Line::new(Role::Plain, "  "), reason, lines),
            }
        }
    }

    /// The starting point before any finding: base rate and background.
    fn start(&self, cause: &Cause, ranked: &Ranked, lines: &mut Vec<Line>) {
        let known = |grade: Option<Grade>, sources: &[_]| {
            self.known(grade, sources).map(|known| format!(" ({known})")).unwrap_or_default()
        };
        lines.extend([Line::blank(), Line::new(Role::Strong, "Where it starts")]);
        if let Some(row) = cause.base.get(ranked.base_row) {
            let about = wording::frequency(ranked.base_rate);
            let text = format!("Before it was asked about: {about}{}.", known(row.grade, &row.sources));
            lines.extend(bullet(&text, self.width));
            self.background(&row.when, lines);
        }
        if let Some(row) = ranked.adjust_row.and_then(|at| cause.adjust.get(at)) {
            let way = if row.odds > 1.0 { "more" } else { "less" };
            let text = format!("Your background makes it {way} likely{}.", known(row.grade, &row.sources));
            lines.extend(bullet(&text, self.width));
            self.background(&row.when, lines);
        }
    }

    /// Says which other cause explains the same answers, if that takes away more than a tenth.
    fn explained(&self, ranked: &Ranked, lines: &mut Vec<Line>) {
        let Some(other) = ranked.explained_by.filter(|_| ranked.left < 0.9) else { return };
        let other = self.explainer(other).map(|name| format!(" This may explain it too: {name}.")).unwrap_or_default();
        let text = format!("It counts only as far as nothing else explains what you have.{other}");
        lines.push(Line::blank());
        lines.extend(wrapped(Role::Plain, &text, self.width));
    }

    /// The name of a cause that explains another away, if it has a place in the results.
    fn explainer(&self, cause: Idx<Cause>) -> Option<&str> {
        let is_unnamed = self.outcome.unnamed().any(|ranked| ranked.cause == cause);
        (!is_unnamed).then(|| self.evaluation.questionnaire().causes[cause].name.as_str())
    }

    /// Every factor of the calculation, from the base rate to the probability.
    fn account(&self, cause: &Cause, ranked: &Ranked, lines: &mut Vec<Line>) {
        lines.extend([Line::blank(), Line::new(Role::Strong, "The figures")]);
        for step in ranked.breakdown(cause) {
            let (figure, what) = self.step(step, cause);
            let line = match self.signs {
                Signs::Drawn => hung(&Line::new(Role::Plain, format!("{figure:>9}  ")), Role::Quiet, &what, self.width),
                Signs::Spoken => vec![Line::new(Role::Quiet, format!("{}: {what}.", figure.replace('×', "times")))],
            };
            lines.extend(line);
        }
    }

    /// The figure of a step, and what it is.
    fn step(&self, step: BreakdownStep, cause: &Cause) -> (String, String) {
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
                let said = found.and_then(|finding| of_finding(cause, finding, self.evaluation).into_iter().next());
                let said = said.map(|reason| reason.said).unwrap_or_default();
                let less = if weight.share < 1.0 {
                    format!(" ({:.2} to the power of {}, as it counts less)", weight.weight.exp(), weight.share)
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
                (times(cap.weight.exp()), limit)
            }
            BreakdownStep::Present(probability) => (format!("= {probability:.4}"), "the odds as a probability".into()),
            BreakdownStep::Attribution(share) => (times(share), "how often it adds to this when you have it".into()),
            BreakdownStep::Left(left, other) => {
                let other = self.explainer(other).map_or("something else", |name| name);
                (times(left), format!("what is left, as this may explain it too: {other}"))
            }
            BreakdownStep::Result(probability) => (format!("= {probability:.4}"), "what comes out".into()),
        }
    }

    /// Where a figure comes from: its grade of evidence and its sources.
    fn known(&self, grade: Option<Grade>, sources: &[Idx<Source>]) -> Option<String> {
        let cites = sources.iter().map(|source| self.evaluation.questionnaire().sources[*source].cite.as_str());
        let short: Vec<&str> = cites.filter_map(|cite| cite.split([',', '.']).next()).collect();
        let grade = wording::grade(grade?);
        Some(if short.is_empty() { grade.to_owned() } else { format!("{grade}: {}", short.join("; ")) })
    }

    /// The answers that make a row of base rates or adjustments apply.
    fn background(&self, when: &Condition, lines: &mut Vec<Line>) {
        for reason in reasons(when, self.evaluation).iter().filter(|_| !when.is_always()) {
            let text = match &reason.ask {
                Some(ask) => format!("{ask} {}", reason.said),
                None => reason.said.clone(),
            };
            lines.extend(hung(&self.indent(), Role::Quiet, &text, self.width));
        }
    }

    fn reason(&self, start: &Line, reason: &Reason, lines: &mut Vec<Line>) {
        lines.extend(hung(start, Role::Plain, &reason.said, self.width));
        if let Some(ask) = &reason.ask {
            let below = Line::new(Role::Plain, " ".repeat(start.width()));
            lines.extend(hung(&below, Role::Quiet, ask, self.width));
        }
    }

    fn indent(&self) -> Line {
        if self.signs == Signs::Drawn { indent() } else { Line::blank() }
    }
}

/// The length of the bar of a weight: two columns for each doubling of the odds.
fn length(weight: &Weight) -> usize {
    let columns = 2.0 * doublings(weight);
    (1..=BAR).rev().find(|length| columns >= u32::try_from(*length).map_or(0.0, f64::from) - 0.5).unwrap_or(1)
}

fn doublings(weight: &Weight) -> f64 {
    (weight.weight * weight.share).abs() / std::f64::consts::LN_2
}

/// "Speaks for it, strongly: you said “Yes” to “Does it hurt?”".
fn spoken(reason: &Reason, weight: &Weight) -> Line {
    let way = if weight.weight > 0.0 { "for" } else { "against" };
    let how = match doublings(weight) {
        d if d < 1.5 => "a little",
        d if d < 2.5 => "clearly",
        d if d < 3.5 => "strongly",
        _ => "very strongly",
    };
    let what = match (&reason.ask, reason.unticked()) {
        (Some(ask), Some(unticked)) => format!("you did not tick “{unticked}” at “{ask}”"),
        (Some(ask), None) => format!("you said “{}” to “{ask}”", reason.said),
        (None, _) => format!("{}.", reason.said),
    };
    Line::new(Role::Quiet, format!("Speaks {way} it, {how}: {what}"))
}

fn indent() -> Line {
    Line::new(Role::Plain, " ".repeat(BAR + 1))
}
