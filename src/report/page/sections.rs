//! The sections of the page, each with as much in its lists as the limits allow.

use crate::engine::outcome::UrgencyReason;
use crate::report::page::shorten::{cut_to_words, each_on_one_line, joined_as_fit, one_line};
use crate::report::page::{Block, ListLimits, PageSection, TextRun, paragraphs};
use crate::report::{AlarmNote, Report, SinceNote, UrgencyLevel};
use crate::text::{sentence, wording};

/// This many alarms say why and what to do; the others are only named.
const ALARMS: usize = 3;
/// This many sentences of advice of one stage are given.
const ADVICE: usize = 2;

/// Writes the sections within limits.
pub(super) struct SectionWriter<'r, 'q> {
    pub(super) report: &'r Report<'q>,
    pub(super) limits: ListLimits,
}

impl SectionWriter<'_, '_> {
    /// How urgent it is and why, about the person and not to them.
    pub(super) fn lead(&self) -> Vec<Block> {
        let report = self.report;
        let mut blocks = Vec::new();
        if let Some(level) = &report.urgency {
            let name = level.id.replace('_', " ");
            let head =
                level.loud.as_ref().map_or_else(|| format!("Urgency: {name}."), |loud| sentence(&one_line(loud)));
            let advised = format!(" The questionnaire advised: “{}”", one_line(level.say));
            blocks.push(Block::Text(vec![strong(head), plain(advised), plain(self.why_so_urgent())]));
        }
        let raised = report.alarms.iter().take(ALARMS).map(|alarm| self.alarm(alarm, "", "Said"));
        let mut alarms: Vec<Vec<TextRun>> = raised.collect();
        let others: Vec<String> =
            report.alarms.iter().skip(ALARMS).map(|alarm| one_line(alarm.title.unwrap_or(alarm.say))).collect();
        if !others.is_empty() {
            alarms.push(vec![strong("Also: "), plain(format!("{}.", joined_as_fit(&others, self.limits.open)))]);
        }
        let unsure = report.unsure_alarms.iter().take(ALARMS);
        alarms.extend(unsure.map(|alarm| self.alarm(alarm, "Not certain: ", "Not sure about")));
        if !alarms.is_empty() {
            blocks.push(Block::Items(alarms));
        }
        blocks
    }

    fn why_so_urgent(&self) -> String {
        let report = self.report;
        match report.urgency_reason {
            UrgencyReason::Alarms | UrgencyReason::UnsureAlarms => " Why:".to_owned(),
            UrgencyReason::Causes(_) if report.because_of.is_empty() => String::new(),
            UrgencyReason::Causes(_) => {
                let causes = joined_as_fit(&each_on_one_line(&report.because_of), self.limits.reason * 2);
                format!(" Why: {}", sentence(&causes))
            }
            UrgencyReason::OpenAlarms => " Why: some danger signs have no clear answer.".to_owned(),
            UrgencyReason::Caution => " Why: as a precaution.".to_owned(),
        }
    }

    /// What an alarm is about, and the answers behind it.
    fn alarm(&self, alarm: &AlarmNote<'_>, before: &str, label: &str) -> Vec<TextRun> {
        let title = alarm.title.map_or_else(|| one_line(alarm.id), one_line);
        let said = cut_to_words(&one_line(&alarm.said), self.limits.reason * 2);
        let said = format!("{said}{}", source_numbers(&alarm.sources));
        vec![strong(format!("{before}{} ", sentence(&title))), plain(format!("{label}: {}", sentence(&said)))]
    }

    pub(super) fn sections(&self) -> Vec<PageSection> {
        let mut sections = self.what_was_said();
        sections.push(section(wording::causes_heading(self.is_led_by_alarm()), self.what_may_be_behind_it()));
        sections.extend(self.report.since.as_ref().map(|since| self.since(since)));
        if !self.report.sources.is_empty() {
            sections.push(section("Sources", self.sources()));
        }
        let told = self.told_to_person();
        if !told.is_empty() {
            let heading = "For the person who answered".to_owned();
            sections.push(PageSection { heading, blocks: told, is_for_person: true });
        }
        sections
    }

    /// What has moved since an earlier report.
    fn since(&self, since: &SinceNote<'_>) -> PageSection {
        let advised = |level: &UrgencyLevel<'_>| format!("“{}”", one_line(level.say));
        let urgency = match (&since.urgency, &self.report.urgency) {
            (Some(then), Some(now)) if then.id != now.id => {
                Some(format!("It advised {}, and now {}.", advised(then), advised(now)))
            }
            _ => None,
        };
        let moves: Vec<String> =
            since.moved.iter().map(|it| wording::moved(&one_line(&it.name), it.from, it.to)).collect();
        let moves = (!moves.is_empty()).then(|| sentence(&joined_as_fit(&moves, self.limits.open)));
        let text: Vec<String> = urgency.into_iter().chain(moves).collect();
        let text = if text.is_empty() { "Nothing has moved.".to_owned() } else { text.join(" ") };
        section(format!("Since {}", since.day), vec![Block::Text(vec![plain(text)])])
    }

    pub(super) fn is_led_by_alarm(&self) -> bool {
        self.report.alarms.iter().any(|alarm| alarm.leads)
    }

    /// What the person should do.
    fn told_to_person(&self) -> Vec<Block> {
        let report = self.report;
        let mut blocks = Vec::new();
        let raised = report.alarms.iter().take(ALARMS).map(|alarm| (alarm, ""));
        let unsure = report.unsure_alarms.iter().take(ALARMS).map(|alarm| (alarm, "You weren't sure about this: "));
        for (alarm, certainty) in raised.chain(unsure) {
            let mut say = paragraphs(alarm.say);
            let title = alarm.title.map(|title| sentence(&one_line(title)) + " ").unwrap_or_default();
            let label = format!("{certainty}{title}");
            if let Some(Block::Text(first)) = say.first_mut().filter(|_| !label.is_empty()) {
                first.insert(0, strong(label));
            }
            blocks.extend(say);
        }
        if let Some(advice) = &report.advice {
            let mut items = Vec::new();
            for (label, says) in [("Now: ", &advice.now), ("Who to see: ", &advice.see), ("Avoid: ", &advice.avoid)] {
                if !says.is_empty() {
                    let says: Vec<String> = says.iter().take(ADVICE).map(|say| sentence(&one_line(say))).collect();
                    items.push(vec![strong(label), plain(says.join(" "))]);
                }
            }
            blocks.push(Block::Text(vec![strong(one_line(advice.cause))]));
            blocks.push(Block::Items(items));
        }
        blocks.extend(report.safety.into_iter().chain(report.notice).flat_map(paragraphs));
        blocks
    }

    fn sources(&self) -> Vec<Block> {
        let (report, limits) = (self.report, self.limits);
        let cited: Vec<String> = report
            .sources
            .iter()
            .take(limits.sources)
            .map(|source| {
                let doi = source.doi.map(|doi| format!(" doi:{}", one_line(doi))).unwrap_or_default();
                format!("{}{doi}", one_line(source.cite))
            })
            .collect();
        let left = report.sources.len() - cited.len();
        let mut blocks = vec![Block::Sources(cited)];
        if left > 0 {
            let text = format!("{} in the JSON report.", wording::counted(left, "more source"));
            blocks.push(Block::Text(vec![plain(text)]));
        }
        blocks
    }
}

/// " [1, 3]"; nothing without sources.
pub(super) fn source_numbers(sources: &[usize]) -> String {
    let mut sources = sources.to_vec();
    sources.sort_unstable();
    sources.dedup();
    let numbers: Vec<String> = sources.iter().map(usize::to_string).collect();
    if numbers.is_empty() { String::new() } else { format!(" [{}]", numbers.join(", ")) }
}

pub(super) fn labeled(label: &str, text: &str) -> Block {
    Block::Text(vec![strong(label), plain(sentence(text))])
}

pub(super) fn strong(text: impl Into<String>) -> TextRun {
    TextRun::Strong(text.into())
}

pub(super) fn plain(text: impl Into<String>) -> TextRun {
    TextRun::Plain(text.into())
}

pub(super) fn quiet(text: impl Into<String>) -> TextRun {
    TextRun::Quiet(text.into())
}

/// A section for the clinician.
pub(super) fn section(heading: impl Into<String>, blocks: Vec<Block>) -> PageSection {
    PageSection { heading: heading.into(), blocks, is_for_person: false }
}
