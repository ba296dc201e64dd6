//! The text about one line of the results: advice and sources, and what to do first.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::app::App;
use crate::app::screens::results::{self, Figures};
use crate::app::view::alarm::answers;
use crate::app::view::text_and_scroll::{Line, Role, hung, wrapped};
use crate::engine::evaluation::Evaluation;
use crate::engine::explanation::causal_chains::chains;
use crate::engine::outcome::{Outcome, UrgencyReason};
use crate::engine::ranking::Ranked;
use crate::questionnaire::{Advice, Alarm, Questionnaire, Source, Stage, Truth, Urgency};
use crate::text::{sentence, wording};

/// What to do first: the alarms of the levels that `tells` accepts, unsure alarms, open danger questions, when to get
/// help.
pub(in crate::app) fn first(
    app: &App<'_>,
    outcome: &Outcome,
    tells: impl Fn(&Urgency) -> bool,
    width: usize,
) -> Vec<Line> {
    let questionnaire = app.interview().questionnaire();
    let mut lines = crate::app::view::what_if::changes(app, outcome, width);
    if let Some(urgency) = outcome.urgency {
        lines.extend(wrapped(Role::Strong, &questionnaire.urgencies[urgency].say, width));
        lines.extend(wrapped(Role::Quiet, &because(questionnaire, outcome), width));
        lines.push(Line::blank());
    }
    for (id, alarm) in outcome.alarms_to_tell(questionnaire) {
        if tells(&questionnaire.urgencies[alarm.urgency]) {
            lines.extend(self::alarm(app, id, width));
        }
    }
    for (id, _) in outcome.unsure_alarms_to_tell(questionnaire) {
        lines.extend(unsure_alarm(app, id, width));
    }
    if outcome.alarms.is_empty() && outcome.unsure_alarms_to_tell(questionnaire).is_empty() {
        lines.extend(for_now(app.interview().evaluation(), outcome, width));
    }
    let open = outcome.open_danger_questions(app.interview().evaluation());
    if !open.is_empty() {
        let text = "These questions are about danger signs and have no clear answer yet. An answer can make this more \
            urgent. The letter m leads to them.";
        lines.extend(wrapped(Role::Plain, text, width));
        for question in open {
            lines.extend(bullet(&questionnaire.questions[question].ask, width));
        }
        lines.push(Line::blank());
    }
    if outcome.says_nothing_stands_out(questionnaire) {
        let text = "No single cause stands out. That is common: often several small things add up. The list begins \
            with the most likely. For each cause it says why, and what you can do.";
        lines.extend(wrapped(Role::Plain, text, width));
        lines.push(Line::blank());
    }
    if let Some(safety) = &questionnaire.safety {
        lines.extend(wrapped(Role::Plain, safety, width));
    }
    lines
}

/// An alarm that is raised: what to do, the answers that raised it, and its sources.
pub(in crate::app) fn alarm(app: &App<'_>, alarm: Idx<Alarm>, width: usize) -> Vec<Line> {
    about_alarm(app, alarm, &answers(app, alarm), width)
}

/// An alarm that the person is not sure about: the same, with the answers that were not sure.
fn unsure_alarm(app: &App<'_>, alarm: Idx<Alarm>, width: usize) -> Vec<Line> {
    let questionnaire = app.interview().questionnaire();
    let doubts = app.interview().evaluation().doubts(&questionnaire.alarms[alarm].when);
    let doubts =
        doubts.into_iter().map(|(question, options)| wording::doubt(&questionnaire.questions[question], &options));
    about_alarm(app, alarm, &doubts.collect::<Vec<_>>(), width)
}

fn about_alarm(app: &App<'_>, alarm: Idx<Alarm>, said: &[String], width: usize) -> Vec<Line> {
    let questionnaire = app.interview().questionnaire();
    let alarm = &questionnaire.alarms[alarm];
    let mut lines: Vec<Line> = alarm.title.iter().flat_map(|title| wrapped(Role::Strong, title, width)).collect();
    lines.extend(wrapped(Role::Plain, &alarm.say, width));
    lines.extend(said.iter().flat_map(|said| wrapped(Role::Quiet, said, width)));
    for source in &alarm.sources {
        lines.extend(wrapped(Role::Quiet, &format!("Source: {}", questionnaire.sources[*source].cite), width));
    }
    lines.push(Line::blank());
    lines
}

/// What to do now about the cause that fits best; nothing if none stands out.
fn for_now(evaluation: &Evaluation<'_>, outcome: &Outcome, width: usize) -> Vec<Line> {
    let Some(best) = outcome.best() else { return Vec::new() };
    let cause = &evaluation.questionnaire().causes[best.cause];
    let advice: Vec<&Advice> = outcome.advice(cause, Stage::Now, evaluation).collect();
    if advice.is_empty() {
        return Vec::new();
    }
    let mut lines = wrapped(Role::Strong, &format!("What fits best: {}.", cause.name), width);
    lines.extend(advice.into_iter().flat_map(|advice| bullet(&advice.say, width)));
    lines.push(Line::blank());
    lines
}

/// Why it is this urgent, in a sentence.
fn because<'q>(questionnaire: &'q Questionnaire, outcome: &Outcome) -> String {
    let title = |alarm: &'q Alarm| alarm.title.as_deref().unwrap_or(&alarm.say);
    let (because, names): (&str, Vec<&str>) = match &outcome.because {
        UrgencyReason::Alarms => {
            let alarms = outcome.alarms.iter().map(|alarm| &questionnaire.alarms[*alarm]);
            let of_level = alarms.filter(|alarm| Some(alarm.urgency) == outcome.urgency);
            ("of", of_level.map(title).collect())
        }
        UrgencyReason::Causes(_) => {
            ("of", outcome.causes_of_urgency().map(|cause| questionnaire.causes[cause].name.as_str()).collect())
        }
        UrgencyReason::UnsureAlarms => {
            let alarms = outcome.unsure_alarms.iter().map(|alarm| &questionnaire.alarms[*alarm]);
            let of_level = alarms.filter(|alarm| alarm.unsure == outcome.urgency);
            ("you were not sure about this", of_level.map(title).collect())
        }
        UrgencyReason::OpenAlarms => {
            return "That is because questions about danger signs have no clear answer yet.".into();
        }
        UrgencyReason::Caution => ("", Vec::new()),
    };
    if names.is_empty() {
        return "That is to be on the safe side.".into();
    }
    sentence(&format!("That is because {because}: {}", names.join("; ")))
}

/// The warning above the text about a cause while an alarm that interrupts is raised.
pub(in crate::app) fn alarm_first(questionnaire: &Questionnaire, outcome: &Outcome) -> Option<&'static str> {
    if outcome.is_led_by_alarm(questionnaire) {
        Some("First do what is said at the top of the list. This page does not change that.")
    } else {
        outcome
            .interrupts(questionnaire)
            .then_some("First do what stands under What to do first. This page does not change that.")
    }
}

/// The causes that no answer speaks for or against, at their base rates.
pub(in crate::app) fn rest(questionnaire: &Questionnaire, outcome: &Outcome, width: usize) -> Vec<Line> {
    let text = "Your answers say nothing for or against these. How likely they are comes from your background alone.";
    let mut lines = wrapped(Role::Plain, text, width);
    lines.push(Line::blank());
    for ranked in outcome.ranking.unranked() {
        let cause = &questionnaire.causes[ranked.cause];
        lines.extend(bullet(&format!("{}: {}", cause.name, wording::frequency(ranked.probability)), width));
    }
    lines
}

/// The causes that are folded into one line at the end of the list.
pub(super) fn unlikely(questionnaire: &Questionnaire, outcome: &Outcome, width: usize) -> Vec<Line> {
    let text = "What you said speaks for or against these too, but each stays unlikely. Enter opens them in the list, \
        and closes them again.";
    let mut lines = wrapped(Role::Plain, text, width);
    lines.push(Line::blank());
    let ranking = outcome.lines(questionnaire);
    let folded = ranking.iter().skip(results::listed(&ranking)).filter_map(|line| Some((line, line.highest()?)));
    for (line, highest) in folded {
        let name = line.topic.name(questionnaire);
        lines.extend(bullet(&format!("{name}: {}", wording::frequency(highest.probability)), width));
    }
    lines
}

/// Everything that the text about causes depends on.
pub(in crate::app) struct About<'a, 's> {
    pub(in crate::app) evaluation: &'a Evaluation<'s>,
    pub(in crate::app) outcome: &'a Outcome,
    pub(in crate::app) width: usize,
    pub(in crate::app) signs: Signs,
    pub(in crate::app) figures: Figures,
}

/// Whether a text is drawn or read aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Signs {
    /// With bars, arrows and indents.
    Drawn,
    /// In words only, for the line mode.
    Spoken,
}

impl About<'_, '_> {
    /// What it is, and what to do.
    pub(in crate::app) fn advice(&self, causes: &[&Ranked]) -> Vec<Line> {
        self.each(causes, |ranked, lines| self.advice_on(ranked, lines))
    }

    /// Where figures and advice come from.
    pub(in crate::app) fn sources(&self, causes: &[&Ranked]) -> Vec<Line> {
        self.each(causes, |ranked, lines| self.sources_of(ranked, lines))
    }

    /// A text for each cause, under its name if it belongs to a family.
    pub(super) fn each(&self, causes: &[&Ranked], write: impl Fn(&Ranked, &mut Vec<Line>)) -> Vec<Line> {
        let mut lines = self.of_family(causes);
        for (at, ranked) in causes.iter().enumerate() {
            let cause = &self.evaluation.questionnaire().causes[ranked.cause];
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

    /// Why the members of a family are shown as one line.
    fn of_family(&self, causes: &[&Ranked]) -> Vec<Line> {
        let questionnaire = self.evaluation.questionnaire();
        let family = causes.first().filter(|_| causes.len() > 1).and_then(|it| questionnaire.causes[it.cause].family);
        let say = family.and_then(|family| questionnaire.families[family].say.as_ref());
        let mut lines: Vec<Line> = say.into_iter().flat_map(|say| wrapped(Role::Plain, say, self.width)).collect();
        if !lines.is_empty() {
            lines.push(Line::blank());
        }
        lines
    }

    /// The causes that lead to it and that it leads to, as far as they are named.
    pub(super) fn story(&self, ranked: &Ranked, lines: &mut Vec<Line>) {
        let questionnaire = self.evaluation.questionnaire();
        let chains = chains(questionnaire, self.outcome.named().map(|named| named.cause).collect(), ranked.cause);
        if chains.is_empty() {
            return;
        }
        lines.extend([Line::blank(), Line::new(Role::Strong, "These can act together")]);
        let (first, then) = if self.signs == Signs::Drawn { ("", " → ") } else { ("First ", ", then ") };
        for chain in chains {
            let names: Vec<&str> = chain.iter().map(|cause| questionnaire.causes[*cause].name.as_str()).collect();
            lines.extend(bullet(&format!("{first}{}", names.join(then)), self.width));
        }
    }

    fn advice_on(&self, ranked: &Ranked, lines: &mut Vec<Line>) {
        let questionnaire = self.evaluation.questionnaire();
        let cause = &questionnaire.causes[ranked.cause];
        lines.extend(wrapped(Role::Plain, &likelihood(ranked), self.width));
        if let Some(term) = &cause.term {
            lines.extend(wrapped(Role::Quiet, &format!("Also called: {term}"), self.width));
        }
        if let Some(summary) = &cause.summary {
            lines.push(Line::blank());
            lines.extend(wrapped(Role::Plain, summary, self.width));
        }
        self.story(ranked, lines);
        let stages = [
            (Stage::Now, "Now"),
            (Stage::Next, "In the next weeks"),
            (Stage::See, "Who to see"),
            (Stage::Avoid, "Avoid"),
        ];
        for (stage, title) in stages {
            let advice: Vec<&Advice> = self.outcome.advice(cause, stage, self.evaluation).collect();
            if advice.is_empty() {
                continue;
            }
            lines.extend([Line::blank(), Line::new(Role::Strong, title)]);
            for advice in advice {
                lines.extend(bullet(&advice.say, self.width));
            }
        }
        if let Some(test) = self.outcome.test(cause, questionnaire) {
            lines.extend([Line::blank(), Line::new(Role::Strong, "What would settle it")]);
            lines.extend(bullet(test, self.width));
        }
    }

    fn sources_of(&self, ranked: &Ranked, lines: &mut Vec<Line>) {
        let questionnaire = self.evaluation.questionnaire();
        let cause = &questionnaire.causes[ranked.cause];
        let of_base = cause.base.get(ranked.base_row).into_iter().flat_map(|row| &row.sources);
        let of_adjust = ranked.adjust_row.and_then(|at| cause.adjust.get(at)).into_iter().flat_map(|row| &row.sources);
        let weighing = ranked.weights.iter().filter_map(|weight| cause.findings.get(weight.finding));
        let of_findings = weighing.flat_map(|finding| &finding.sources);
        let given = cause.advice.iter().filter(|advice| self.evaluation.truth(&advice.when) == Truth::Yes);
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
pub(super) fn likelihood(ranked: &Ranked) -> String {
    let words = wording::likelihood(ranked.likelihood());
    let about = wording::frequency(ranked.probability);
    match ranked.evidence() {
        Some(evidence) => format!("{words}: {about} ({})", wording::evidence(evidence)),
        None => format!("{words}: {about}"),
    }
}

pub(super) fn bullet(text: &str, width: usize) -> Vec<Line> {
    hung(&Line::new(Role::Plain, "  "), Role::Plain, text, width)
}
