//! The text about one line of the results: advice, reasons, sources; and what to do before anything else.

use std::collections::BTreeSet;

use la_arena::Idx;

use super::alarm::answers;
use super::reasons::{Reason, reasons};
use crate::app::App;
use crate::app::sheet::{Line, Role, hung, wrapped};
use crate::outcome::{Because, Outcome};
use crate::questionnaire::{Grade, Question, Questionnaire, Source, Stage, Truth};
use crate::ranking::{OVERLAP, Ranked, Weight};
use crate::situation::Situation;
use crate::wording;

/// What to do first: alarms, open danger questions, the safety net.
pub(in crate::app) fn first(app: &App<'_>, outcome: &Outcome, width: usize) -> Vec<Line> {
    let questionnaire = app.interview().questionnaire();
    let mut lines = Vec::new();
    if let Some(urgency) = outcome.urgency {
        lines.extend(wrapped(Role::Strong, &questionnaire.urgencies[urgency].say, width));
        lines.extend(wrapped(Role::Quiet, &because(questionnaire, outcome), width));
        lines.push(Line::blank());
    }
    let mut alarms = outcome.alarms.clone();
    alarms.sort_by_key(|alarm| std::cmp::Reverse(questionnaire.alarms[*alarm].urgency));
    for alarm in alarms {
        let raised = &questionnaire.alarms[alarm];
        if let Some(title) = &raised.title {
            lines.extend(wrapped(Role::Strong, title, width));
        }
        lines.extend(wrapped(Role::Plain, &raised.say, width));
        for said in answers(app, alarm) {
            lines.extend(wrapped(Role::Quiet, &said, width));
        }
        for source in &raised.sources {
            lines.extend(wrapped(Role::Quiet, &format!("Source: {}", questionnaire.sources[*source].cite), width));
        }
        lines.push(Line::blank());
    }
    let open = open_questions(outcome);
    if !open.is_empty() {
        let text = "Danger signs hang on these questions, which are still open. An answer can make this more urgent. \
            The letter m leads to them.";
        lines.extend(wrapped(Role::Plain, text, width));
        for question in open {
            lines.extend(bullet(&questionnaire.questions[question].ask, width));
        }
        lines.push(Line::blank());
    }
    if outcome.ranking.ranked().next().is_some() && !outcome.ranking.stands_out() {
        let text = "No single cause stands out. That is common: often several small things add up. The list shows \
            what fits best.";
        lines.extend(wrapped(Role::Plain, text, width));
        lines.push(Line::blank());
    }
    if let Some(safety) = &questionnaire.safety {
        lines.extend(wrapped(Role::Plain, safety, width));
    }
    lines
}

/// What makes it this urgent.
fn because(questionnaire: &Questionnaire, outcome: &Outcome) -> String {
    match &outcome.because {
        Because::Alarms => "That is because of what you said about danger signs.".into(),
        Because::Causes(causes) => {
            let names: Vec<&str> = causes.iter().map(|cause| questionnaire.causes[*cause].name.as_str()).collect();
            format!("That is because of: {}.", names.join("; "))
        }
        Because::OpenAlarms => "That is because questions about danger signs are still open.".into(),
        Because::Caution => "That is to be on the safe side.".into(),
    }
}

/// The questions that keep an alarm open, each once, in file order.
pub(super) fn open_questions(outcome: &Outcome) -> BTreeSet<Idx<Question>> {
    outcome.open_alarms.iter().flat_map(|(_, questions)| questions).copied().collect()
}

/// The causes at their base rates.
pub(in crate::app) fn rest(questionnaire: &Questionnaire, outcome: &Outcome, width: usize) -> Vec<Line> {
    let text = "No answer of yours speaks for or against these. How likely they are comes from your background alone.";
    let mut lines = wrapped(Role::Plain, text, width);
    lines.push(Line::blank());
    for ranked in outcome.ranking.at_base_rate() {
        let cause = &questionnaire.causes[ranked.cause];
        lines.extend(bullet(&format!("{}: {}", cause.name, wording::about(ranked.probability)), width));
    }
    lines
}

/// What the text about causes is made from.
pub(in crate::app) struct About<'a, 's> {
    pub(in crate::app) situation: &'a Situation<'s>,
    pub(in crate::app) width: usize,
    pub(in crate::app) signs: Signs,
}

/// How a text says how much something weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Signs {
    /// By arrows, under a heading.
    Drawn,
    /// In words, for whoever hears it.
    Spoken,
}

impl About<'_, '_> {
    /// What it is, and what to do.
    pub(in crate::app) fn advice(&self, causes: &[&Ranked]) -> Vec<Line> {
        self.each(causes, |ranked, lines| self.advice_on(ranked, lines))
    }

    /// What speaks for and against it.
    pub(in crate::app) fn why(&self, causes: &[&Ranked]) -> Vec<Line> {
        self.each(causes, |ranked, lines| self.why_of(ranked, lines))
    }

    /// Where figures and advice come from.
    pub(in crate::app) fn sources(&self, causes: &[&Ranked]) -> Vec<Line> {
        self.each(causes, |ranked, lines| self.sources_of(ranked, lines))
    }

    /// A text for each cause; members of a family each under their own name.
    fn each(&self, causes: &[&Ranked], write: impl Fn(&Ranked, &mut Vec<Line>)) -> Vec<Line> {
        let mut lines = Vec::new();
        for (at, ranked) in causes.iter().enumerate() {
            let cause = &self.situation.questionnaire().causes[ranked.cause];
            if at > 0 {
                lines.push(Line::blank());
            }
            if cause.family.is_some() {
                lines.extend(wrapped(Role::Strong, &cause.name, self.width));
            }
            write(ranked, &mut lines);
        }
        lines
    }

    fn advice_on(&self, ranked: &Ranked, lines: &mut Vec<Line>) {
        let questionnaire = self.situation.questionnaire();
        let cause = &questionnaire.causes[ranked.cause];
        lines.extend(wrapped(Role::Plain, &likelihood(ranked), self.width));
        if let Some(term) = &cause.term {
            lines.extend(wrapped(Role::Quiet, &format!("Also called: {term}"), self.width));
        }
        if let Some(summary) = &cause.summary {
            lines.push(Line::blank());
            lines.extend(wrapped(Role::Plain, summary, self.width));
        }
        let stages = [
            (Stage::Now, "Now"),
            (Stage::Next, "In the next weeks"),
            (Stage::See, "Who to see"),
            (Stage::Avoid, "Avoid"),
        ];
        for (stage, title) in stages {
            let advice: Vec<_> = cause
                .advice
                .iter()
                .filter(|advice| advice.stage == stage && self.situation.truth(&advice.when) == Truth::Yes)
                .collect();
            if advice.is_empty() {
                continue;
            }
            lines.extend([Line::blank(), Line::new(Role::Strong, title)]);
            for advice in advice {
                lines.extend(bullet(&advice.say, self.width));
            }
        }
        if let Some(test) = &cause.test {
            lines.extend([Line::blank(), Line::new(Role::Strong, "What would settle it")]);
            lines.extend(bullet(test, self.width));
        }
    }

    fn why_of(&self, ranked: &Ranked, lines: &mut Vec<Line>) {
        let questionnaire = self.situation.questionnaire();
        let cause = &questionnaire.causes[ranked.cause];
        let known =
            |grade: Option<Grade>| grade.map(|grade| format!(" ({})", wording::grade(grade))).unwrap_or_default();
        let base = cause.base.get(ranked.base_row).and_then(|row| row.grade);
        let start = format!("Before your answers: {}{}.", wording::about(ranked.base_rate), known(base));
        lines.extend(wrapped(Role::Plain, &start, self.width));
        if let Some(row) = ranked.adjust_row.and_then(|at| cause.adjust.get(at)) {
            let way = if row.odds > 1.0 { "more" } else { "less" };
            let text = format!("Your background makes it {way} likely{}.", known(row.grade));
            lines.extend(wrapped(Role::Plain, &text, self.width));
            self.reason_lines(&row.when, lines);
        }
        for (title, is_for) in [("Speaks for it", true), ("Speaks against it", false)] {
            let weights: Vec<&Weight> =
                ranked.weights.iter().filter(|weight| (weight.weight > 0.0) == is_for).collect();
            if weights.is_empty() {
                continue;
            }
            if self.signs == Signs::Drawn {
                lines.extend([Line::blank(), Line::new(Role::Strong, title)]);
            }
            for weight in weights {
                self.weight_lines(ranked, weight, lines);
            }
        }
        if ranked.weights.is_empty() {
            lines.extend(wrapped(Role::Plain, "No answer speaks for or against it beyond that.", self.width));
        }
        self.explained_lines(ranked, lines);
        lines.push(Line::blank());
        lines.extend(wrapped(Role::Plain, &format!("Together: {}", likelihood(ranked)), self.width));
        let range = format!("Between {} and {}.", wording::about(ranked.low), wording::about(ranked.high));
        lines.extend(wrapped(Role::Quiet, &range, self.width));
    }

    fn weight_lines(&self, ranked: &Ranked, weight: &Weight, lines: &mut Vec<Line>) {
        let questionnaire = self.situation.questionnaire();
        let Some(finding) = questionnaire.causes[ranked.cause].findings.get(weight.finding) else { return };
        let found = reasons(&finding.when, self.situation);
        match self.signs {
            Signs::Drawn => {
                let arrow = if weight.weight > 0.0 { "▲" } else { "▼" };
                let start = Line::new(Role::Accent, format!("{:<6}", arrow.repeat(steps(weight))));
                for (at, reason) in found.iter().enumerate() {
                    let start = if at == 0 { start.clone() } else { Line::new(Role::Plain, " ".repeat(start.width())) };
                    lines.extend(hung(&start, Role::Plain, &reason.said, self.width));
                    if let Some(ask) = &reason.ask {
                        lines.extend(hung(&indent(), Role::Quiet, ask, self.width));
                    }
                }
            }
            Signs::Spoken => lines.extend(found.iter().map(|reason| spoken(reason, weight))),
        }
        let cites: Vec<&str> =
            finding.sources.iter().map(|source| questionnaire.sources[*source].cite.as_str()).collect();
        let short: Vec<&str> = cites.iter().filter_map(|cite| cite.split([',', '.']).next()).collect();
        let mut known = wording::grade(weight.grade).to_owned();
        if !short.is_empty() {
            known = format!("{known} ({})", short.join("; "));
        }
        if weight.share <= OVERLAP {
            known.push_str("; counts in part, as it says much the same as another");
        }
        let known = if self.signs == Signs::Spoken { format!("That is {known}.") } else { known };
        lines.extend(hung(&indent(), Role::Quiet, &known, self.width));
    }

    fn reason_lines(&self, when: &crate::questionnaire::Condition, lines: &mut Vec<Line>) {
        for reason in reasons(when, self.situation) {
            let text = match &reason.ask {
                Some(ask) => format!("{ask} {}", reason.said),
                None => reason.said.clone(),
            };
            lines.extend(hung(&indent(), Role::Quiet, &text, self.width));
        }
    }

    /// What takes away less than a tenth is not worth a word.
    fn explained_lines(&self, ranked: &Ranked, lines: &mut Vec<Line>) {
        let questionnaire = self.situation.questionnaire();
        let Some(other) = ranked.explained_by.filter(|_| ranked.left < 0.9) else { return };
        let other = &questionnaire.causes[other].name;
        let text =
            format!("It counts only as far as nothing else explains what you have. This may explain it too: {other}.");
        lines.push(Line::blank());
        lines.extend(wrapped(Role::Plain, &text, self.width));
    }

    fn sources_of(&self, ranked: &Ranked, lines: &mut Vec<Line>) {
        let questionnaire = self.situation.questionnaire();
        let cause = &questionnaire.causes[ranked.cause];
        let of_base = cause.base.get(ranked.base_row).into_iter().flat_map(|row| &row.sources);
        let of_adjust = ranked.adjust_row.and_then(|at| cause.adjust.get(at)).into_iter().flat_map(|row| &row.sources);
        let weighing = ranked.weights.iter().filter_map(|weight| cause.findings.get(weight.finding));
        let of_findings = weighing.flat_map(|finding| &finding.sources);
        let given = cause.advice.iter().filter(|advice| self.situation.truth(&advice.when) == Truth::Yes);
        let of_advice = given.flat_map(|advice| &advice.sources);
        let sources: BTreeSet<Idx<Source>> =
            of_base.chain(of_adjust).chain(of_findings).chain(of_advice).copied().collect();
        if sources.is_empty() {
            let text = "No source is named for what weighs here.";
            lines.extend(wrapped(Role::Plain, text, self.width));
        }
        for source in sources {
            let source = &questionnaire.sources[source];
            let doi = source.doi.as_ref().map(|doi| format!(" doi:{doi}")).unwrap_or_default();
            lines.extend(bullet(&format!("{}{doi}", source.cite), self.width));
        }
        for (system, codes) in &cause.codes {
            lines.extend(wrapped(Role::Quiet, &format!("{system}: {}", codes.join(", ")), self.width));
        }
    }
}

/// "quite possible: about 4 in 10 (some evidence)".
fn likelihood(ranked: &Ranked) -> String {
    let words = wording::likelihood(ranked.likelihood());
    let about = wording::about(ranked.probability);
    match ranked.evidence() {
        Some(evidence) => format!("{words}: {about} ({})", wording::evidence(evidence)),
        None => format!("{words}: {about}"),
    }
}

/// How many arrows a weight is worth: one for each doubling of the odds, rounded, from one to five.
fn steps(weight: &Weight) -> usize {
    let doublings = (weight.weight * weight.share).abs() / std::f64::consts::LN_2;
    (1..=5)
        .rev()
        .find(|steps| doublings >= f64::from(*steps) - 0.5)
        .map_or(1, |steps| usize::try_from(steps).unwrap_or(1))
}

/// "Speaks for it, strongly: you said “Yes” to “Does it hurt?”".
fn spoken(reason: &Reason, weight: &Weight) -> Line {
    let way = if weight.weight > 0.0 { "for" } else { "against" };
    let how = match steps(weight) {
        1 => "a little",
        2 => "clearly",
        3 => "strongly",
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
    Line::new(Role::Plain, " ".repeat(6))
}

pub(super) fn bullet(text: &str, width: usize) -> Vec<Line> {
    hung(&Line::new(Role::Plain, "  "), Role::Plain, text, width)
}
