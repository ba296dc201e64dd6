//! What may be behind it: the causes as rows, each with its likelihood and reasons, and what comes below them.

use crate::report::causes::{CauseNote, CauseReason};
use crate::report::page::sections::{SectionWriter, plain, quiet, source_numbers, strong};
use crate::report::page::shorten::{cut_to_words, each_on_one_line, joined_as_fit, one_line};
use crate::report::page::{Block, CauseRow, TextRun};
use crate::text::{sentence, wording};

impl SectionWriter<'_, '_> {
    pub(super) fn what_may_be_behind_it(&self) -> Vec<Block> {
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
        let (own, code) = (one_line(cause.name), cause.codes.first().map(|code| one_line(code)));
        let term = cause.term.map(one_line);
        let mut beside = Vec::new();
        beside.extend(cause.family.map(one_line));
        if term.is_some() {
            beside.push(own.clone());
        }
        beside.extend(code);
        let mut name = vec![strong(term.unwrap_or(own))];
        if !beside.is_empty() {
            name.push(quiet(format!(" ({})", beside.join(" · "))));
        }
        let mut notes: Vec<String> = cause.evidence.iter().map(|evidence| (*evidence).to_owned()).collect();
        if cause.worth_checking {
            notes.push("worth checking, as more likely than usual".to_owned());
        }
        if cause.too_close_to_next {
            notes.push("too close to call with the next".to_owned());
        }
        CauseRow {
            name,
            likely: format!("{}: {}", wording::capitalized(cause.likelihood), cause.frequency),
            range: cause.frequency_range.clone(),
            notes,
            drawn: cause.drawn,
            why: self.why_this_cause(cause),
        }
    }

    fn why_this_cause(&self, cause: &CauseNote<'_>) -> Vec<Vec<TextRun>> {
        let mut why = Vec::new();
        for (label, reasons) in [("For: ", &cause.speaks_for), ("Against: ", &cause.speaks_against)] {
            if !reasons.is_empty() {
                let told: Vec<String> = reasons.iter().map(|reason| self.reason(reason)).collect();
                why.push(vec![strong(label), plain(sentence(&told.join(" · ")))]);
            }
        }
        let mut rest = Vec::new();
        if cause.further_reasons > 0 {
            rest.push(format!("And {}.", wording::counted(cause.further_reasons, "weaker reason")));
        }
        if !cause.sources.is_empty() {
            rest.push(format!("Usual rate{}.", source_numbers(&cause.sources)));
        }
        if !rest.is_empty() {
            why.push(vec![quiet(rest.join(" "))]);
        }
        if !cause.also.is_empty() {
            why.push(vec![
                strong("Also: "),
                plain(format!("{}.", joined_as_fit(&each_on_one_line(&cause.also), self.limits.reason))),
            ]);
        }
        if let Some(test) = cause.test {
            why.push(vec![strong("Test: "), plain(sentence(&one_line(test)))]);
        }
        why
    }

    fn reason(&self, reason: &CauseReason) -> String {
        format!("{}{}", cut_to_words(&one_line(&reason.said), self.limits.reason), source_numbers(&reason.sources))
    }
}
