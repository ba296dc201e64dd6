//! The sections of the page, each with as much in its lists as the limits allow.

use crate::report::causes::{CauseNote, CauseReason};
use crate::report::follow_up_lists::FollowUpList;
use crate::report::page::shorten::{cut_to_words, each_on_one_line, first_that_fit, joined, joined_as_fit, one_line};
use crate::report::page::{Block, CauseRow, ListLimits, PageSection, TextRun};
use crate::report::statements::{Pertinence, Statement};
use crate::report::{AlarmNote, Report};
use crate::text::{sentence, wording};

/// This many alarms say what to do; the others are only named.
const ALARMS: usize = 3;
/// This many sentences of advice of one stage are given.
const ADVICE: usize = 2;

/// Writes the sections within limits.
pub(super) struct SectionWriter<'r, 'q> {
    pub(super) report: &'r Report<'q>,
    pub(super) limits: ListLimits,
}

impl SectionWriter<'_, '_> {
    pub(super) fn sections(&self) -> Vec<PageSection> {
        let mut sections = vec![
            PageSection { heading: "What to do first", blocks: self.what_to_do_first() },
            PageSection { heading: "What was said", blocks: self.what_was_said() },
            PageSection {
                heading: wording::causes_heading(self.is_led_by_alarm()),
                blocks: self.what_may_be_behind_it(),
            },
        ];
        if !self.report.sources.is_empty() {
            sections.push(PageSection { heading: "Sources", blocks: self.sources() });
        }
        sections
    }

    fn what_to_do_first(&self) -> Vec<Block> {
        let (report, limits) = (self.report, self.limits);
        let mut blocks = Vec::new();
        if let Some(level) = &report.urgency {
            let head = match &level.loud {
                Some(loud) => format!("{}. {}", one_line(loud), one_line(level.say)),
                // The text of the level speaks to the person, not to the reader.
                None => format!("Urgency, rated from the answers: {}.", level.id.replace('_', " ")),
            };
            let mut runs = vec![strong(head)];
            if !report.because_of.is_empty() {
                runs.push(plain(format!(
                    " Because of: {}.",
                    joined_as_fit(&each_on_one_line(&report.because_of), limits.reason * 2)
                )));
            }
            blocks.push(Block::Text(runs));
        }
        let told = report.alarms.iter().take(ALARMS).map(|alarm| self.alarm(alarm));
        let mut alarms: Vec<Vec<TextRun>> = told.collect();
        let others: Vec<String> =
            report.alarms.iter().skip(ALARMS).map(|alarm| one_line(alarm.title.unwrap_or(alarm.say))).collect();
        if !others.is_empty() {
            alarms.push(vec![strong("Also: "), plain(format!("{}.", joined_as_fit(&others, limits.open)))]);
        }
        if !alarms.is_empty() {
            blocks.push(Block::Items(alarms));
        }
        let unsure: Vec<Vec<TextRun>> =
            report.unsure_alarms.iter().take(ALARMS).map(|alarm| self.unsure(alarm)).collect();
        if !unsure.is_empty() {
            blocks.push(Block::Items(unsure));
        }
        if !report.open_danger_questions.is_empty() {
            let open = joined_as_fit(&each_on_one_line(&report.open_danger_questions), limits.open);
            blocks.push(labeled("These questions are about danger signs and have no clear answer yet: ", &open));
        }
        if let Some(advice) = &report.advice {
            let mut items = Vec::new();
            for (label, says) in [("Now: ", &advice.now), ("Who to see: ", &advice.see), ("Avoid: ", &advice.avoid)] {
                if !says.is_empty() {
                    let says: Vec<String> = says.iter().take(ADVICE).map(|say| sentence(&one_line(say))).collect();
                    items.push(vec![strong(label), plain(says.join(" "))]);
                }
            }
            blocks.push(Block::Text(vec![
                plain("About the first cause, "),
                strong(one_line(advice.cause)),
                plain(":"),
            ]));
            blocks.push(Block::Items(items));
        }
        if let Some(safety) = report.safety {
            blocks.push(Block::Text(vec![plain(one_line(safety))]));
        }
        blocks
    }

    fn alarm(&self, alarm: &AlarmNote<'_>) -> Vec<TextRun> {
        let mut runs = Vec::new();
        if let Some(title) = alarm.title {
            runs.push(strong(sentence(&one_line(title))));
            runs.push(plain(" "));
        }
        let said =
            format!("{}{}", cut_to_words(&one_line(&alarm.said), self.limits.reason), source_numbers(&alarm.sources));
        runs.push(plain(format!("{} Said: {}", sentence(&one_line(alarm.say)), sentence(&said))));
        runs
    }

    fn unsure(&self, alarm: &AlarmNote<'_>) -> Vec<TextRun> {
        let said =
            format!("{}{}", cut_to_words(&one_line(&alarm.said), self.limits.reason), source_numbers(&alarm.sources));
        let title = alarm.title.map(|title| format!("{} ", sentence(&one_line(title)))).unwrap_or_default();
        vec![
            strong(format!("Not sure: {title}")),
            plain(format!("{} Not sure about: {}", sentence(&one_line(alarm.say)), sentence(&said))),
        ]
    }

    fn is_led_by_alarm(&self) -> bool {
        self.report.alarms.iter().any(|alarm| alarm.leads)
    }

    fn what_was_said(&self) -> Vec<Block> {
        let (report, limits) = (self.report, self.limits);
        let said = &report.said;
        let mut blocks = Vec::new();
        if !said.answers.is_empty() {
            let answers: Vec<String> = said
                .answers
                .iter()
                .map(|stated| format!("{} {}", one_line(stated.ask), sentence(&one_line(&stated.said))))
                .collect();
            let (shown, left) = first_that_fit(&answers, limits.yes);
            let more =
                if left == 0 { String::new() } else { format!(" And {}.", wording::counted(left, "more answer")) };
            blocks.push(Block::Text(vec![plain(format!("{}{more}", shown.join(" ")))]));
        }
        let words =
            |points: &[Statement<'_>]| -> Vec<String> { points.iter().map(|point| one_line(point.words())).collect() };
        if !said.yes.is_empty() {
            blocks.push(labeled("Says yes to: ", &joined_as_fit(&words(&said.yes), limits.yes)));
        }
        blocks.extend(report.follow_up_lists.iter().flat_map(|taken| self.follow_up_list(taken)));
        let of = |pertinence: Pertinence| -> Vec<Statement<'_>> {
            said.no.iter().filter(|point| point.pertinence == pertinence).copied().collect()
        };
        let dangers = words(&of(Pertinence::Danger));
        if !dangers.is_empty() {
            blocks.push(labeled("Says no to (danger questions): ", &joined_as_fit(&dangers, limits.no_danger)));
        }
        let (others, left) = (words(&of(Pertinence::Cause)), of(Pertinence::Other).len());
        let (shown, cut_off) = first_that_fit(&others, limits.no);
        match (shown.is_empty(), left + cut_off) {
            (true, 0) => {}
            (true, left) => blocks.push(labeled("Says no to: ", &wording::counted(left, "other thing"))),
            (false, left) => blocks.push(labeled("Says no to: ", &joined(shown, left))),
        }
        if !said.not_sure.is_empty() {
            blocks.push(labeled("Not sure about: ", &joined_as_fit(&words(&said.not_sure), limits.unknown)));
        }
        if !said.not_asked.is_empty() {
            blocks.push(labeled("No answer yet: ", &joined_as_fit(&each_on_one_line(&said.not_asked), limits.unknown)));
        }
        if said.not_shown > 0 {
            let are = if said.not_shown == 1 { "was" } else { "were" };
            let text =
                format!("{} {are} not asked, because of these answers.", wording::counted(said.not_shown, "question"));
            blocks.push(Block::Text(vec![plain(text)]));
        }
        blocks
    }

    /// A follow-up list: what was ticked, and what was answered to the later questions about it.
    fn follow_up_list(&self, taken: &FollowUpList<'_>) -> Vec<Block> {
        let items: Vec<String> = taken
            .items
            .iter()
            .map(|item| format!("{}{}", one_line(item.say), if item.is_unsure { " (not sure)" } else { "" }))
            .collect();
        let others = match taken.others {
            0 => String::new(),
            1 => " Not the other one on the list.".to_owned(),
            others => format!(" None of the other {others} on the list."),
        };
        let text = if items.is_empty() {
            wording::NONE_OF_THESE.to_owned()
        } else {
            format!("{}.{others}", joined_as_fit(&items, self.limits.taken))
        };
        let mut blocks = vec![labeled(&format!("{} ", one_line(taken.ask)), &text)];
        let follow_ups: Vec<Vec<TextRun>> = taken
            .asked_of_them
            .iter()
            .map(|asked| {
                let mut said: Vec<String> = Vec::new();
                for item in &taken.items {
                    if item.yes.contains(&asked.ask) {
                        said.push(one_line(item.say));
                    } else if item.not_sure.contains(&asked.ask) {
                        said.push(format!("{} (not sure)", one_line(item.say)));
                    }
                }
                let said = match (asked.is_answered, said.is_empty()) {
                    (false, _) => "no clear answer".to_owned(),
                    (true, true) => "none of them".to_owned(),
                    (true, false) => joined_as_fit(&said, self.limits.taken),
                };
                vec![strong(format!("Of these: {} ", one_line(asked.ask))), plain(format!("{said}."))]
            })
            .collect();
        if !follow_ups.is_empty() {
            blocks.push(Block::Items(follow_ups));
        }
        blocks
    }

    fn what_may_be_behind_it(&self) -> Vec<Block> {
        let (report, limits) = (self.report, self.limits);
        let mut blocks = Vec::new();
        if report.causes.is_empty() {
            return vec![Block::Text(vec![plain("Nothing that was said points to a cause.")])];
        }
        if !report.stands_out && !self.is_led_by_alarm() {
            blocks.push(Block::Text(vec![plain("No single cause stands out. Often several small things add up.")]));
        }
        blocks
            .push(Block::Causes(report.causes.iter().take(limits.causes).map(|cause| self.cause_row(cause)).collect()));
        let mut rest = Vec::new();
        match report.further_causes + report.causes.len().saturating_sub(limits.causes) {
            0 => {}
            1 => rest.push("1 more cause ranks lower.".to_owned()),
            further => rest.push(format!("{further} more causes rank lower.")),
        }
        rest.extend(report.unnamed.as_ref().map(|unnamed| sentence(unnamed)));
        let cut = report.causes.iter().skip(limits.causes).filter(|cause| cause.worth_checking).map(|cause| cause.name);
        let worth: Vec<&str> = cut.chain(report.worth_checking.iter().copied()).collect();
        if !worth.is_empty() {
            let worth = joined_as_fit(&each_on_one_line(&worth), limits.open);
            rest.push(format!("Worth checking, too, as more likely than usual: {worth}."));
        }
        if !rest.is_empty() {
            blocks.push(Block::Text(vec![plain(rest.join(" "))]));
        }
        blocks
    }

    fn cause_row(&self, cause: &CauseNote<'_>) -> CauseRow {
        let mut name = Vec::new();
        match cause.family {
            Some(family) => {
                name.push(strong(one_line(family)));
                name.push(plain(format!(": {}", one_line(cause.name))));
            }
            None => name.push(strong(one_line(cause.name))),
        }
        let known: Vec<String> = cause
            .term
            .iter()
            .map(|term| one_line(term))
            .chain(each_on_one_line(&cause.codes).into_iter().take(1))
            .collect();
        if !known.is_empty() {
            name.push(plain(format!(" ({})", known.join("; "))));
        }
        let mut likely = format!("{}: {}", wording::capitalized(cause.likelihood), cause.frequency);
        for more in cause.frequency_range.as_deref().into_iter().chain(cause.evidence) {
            likely.push_str(", ");
            likely.push_str(more);
        }
        if cause.worth_checking {
            likely.push_str("; worth checking, as more likely than usual");
        }
        if cause.too_close_to_next {
            likely.push_str("; too close to call with the next");
        }
        let mut why = Vec::new();
        for (label, reasons) in [("For: ", &cause.speaks_for), ("Against: ", &cause.speaks_against)] {
            if !reasons.is_empty() {
                let told: Vec<String> = reasons.iter().map(|reason| self.reason(reason)).collect();
                why.push(vec![strong(label), plain(format!("{}.", told.join(" · ")))]);
            }
        }
        if cause.further_reasons > 0 {
            why.push(vec![plain(format!("And {}.", wording::counted(cause.further_reasons, "weaker reason")))]);
        }
        if !cause.sources.is_empty() {
            why.push(vec![
                strong("Before the answers: "),
                plain(format!("usual rate{}.", source_numbers(&cause.sources))),
            ]);
        }
        if !cause.also.is_empty() {
            why.push(vec![
                strong("Also: "),
                plain(format!("{}.", joined_as_fit(&each_on_one_line(&cause.also), self.limits.reason))),
            ]);
        }
        if let Some(test) = cause.test {
            why.push(vec![strong("Would settle it: "), plain(sentence(&one_line(test)))]);
        }
        CauseRow { name, likely: likely + ".", why }
    }

    fn reason(&self, reason: &CauseReason) -> String {
        format!("{}{}", cut_to_words(&one_line(&reason.said), self.limits.reason), source_numbers(&reason.sources))
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
fn source_numbers(sources: &[usize]) -> String {
    let mut sources = sources.to_vec();
    sources.sort_unstable();
    sources.dedup();
    let numbers: Vec<String> = sources.iter().map(usize::to_string).collect();
    if numbers.is_empty() { String::new() } else { format!(" [{}]", numbers.join(", ")) }
}

fn labeled(label: &str, text: &str) -> Block {
    Block::Text(vec![strong(label), plain(sentence(text))])
}

fn strong(text: impl Into<String>) -> TextRun {
    TextRun::Strong(text.into())
}

fn plain(text: impl Into<String>) -> TextRun {
    TextRun::Plain(text.into())
}
