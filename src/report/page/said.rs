//! What was said: what is positive, the lists that later questions come back to, what is negative, and what is not known.

use crate::report::follow_up_lists::{FollowUpItem, FollowUpList};
use crate::report::page::sections::{SectionWriter, labeled, plain, quiet, section, strong};
use crate::report::page::shorten::{each_on_one_line, first_that_fit, joined_as_fit, one_line};
use crate::report::page::{Block, Group, PageSection, TextRun, Width};
use crate::report::statements::{Pertinence, Statement};
use crate::text::{sentence, wording};

impl SectionWriter<'_, '_> {
    pub(super) fn what_was_said(&self) -> Vec<PageSection> {
        let mut sections = vec![section("Positive", self.positive())];
        sections.extend(self.report.follow_up_lists.iter().map(|list| self.follow_up_list(list)));
        sections.push(section("Negative", self.negative()));
        sections.push(section("Not known", self.not_known()));
        sections.retain(|section| !section.blocks.is_empty());
        let not_shown = self.report.said.not_shown;
        if let Some(last) = sections.last_mut().filter(|_| not_shown > 0) {
            let text = format!("{} did not apply.", wording::counted(not_shown, "question"));
            last.blocks.push(Block::Text(vec![quiet(text)]));
        }
        sections
    }

    /// What was said yes to, in clinicians' words with the person's own behind them.
    fn positive(&self) -> Vec<Block> {
        let said = &self.report.said;
        let ticked = said.yes.iter().filter(|point| !point.tells_who).map(|point| match point.option {
            Some(option) => (point.term, one_line(option)),
            None => (None, format!("{} Yes", one_line(point.ask))),
        });
        let answers = said.answers.iter().filter(|stated| !stated.tells_who && !stated.is_no);
        let answers = answers.map(|stated| match stated.term {
            Some(_) => (stated.term, one_line(&stated.said)),
            None => (None, format!("{} {}", one_line(stated.ask), one_line(&stated.said))),
        });
        let (terms, words): (Vec<String>, Vec<String>) = ticked
            .chain(answers)
            .map(|(term, words)| match term.map(one_line) {
                Some(term) if term.to_lowercase() != words.to_lowercase() => (term, format!(" “{words}”")),
                _ => (words, String::new()),
            })
            .unzip();
        let lengths: Vec<String> = terms.iter().zip(&words).map(|(term, words)| format!("{term}{words}")).collect();
        let (shown, left) = first_that_fit(&lengths, self.limits.yes);
        let shown = terms.into_iter().zip(words).take(shown.len());
        let items = shown.map(|(term, words)| vec![strong(term), quiet(words)]).collect();
        in_columns(Width::Wide, items, left)
    }

    /// A follow-up list: what was ticked, and what was answered to the later questions about it.
    fn follow_up_list(&self, list: &FollowUpList<'_>) -> PageSection {
        let word = |item: &FollowUpItem<'_>, is_unsure: bool| {
            format!("{}{}", one_line(item.term.unwrap_or(item.say)), if is_unsure { " (not sure)" } else { "" })
        };
        let items: Vec<String> = list.items.iter().map(|item| word(item, item.is_unsure)).collect();
        let (shown, left) = first_that_fit(&items, self.limits.taken);
        let mut blocks = in_columns(Width::Narrow, shown.iter().map(|item| vec![plain(item.clone())]).collect(), left);
        let follow_ups: Vec<Vec<TextRun>> = list
            .asked_of_them
            .iter()
            .map(|asked| {
                let said = list.items.iter().filter_map(|item| {
                    let is_unsure = item.not_sure.contains(&asked.ask);
                    (is_unsure || item.yes.contains(&asked.ask)).then(|| word(item, is_unsure))
                });
                let said: Vec<String> = said.collect();
                let said = match (asked.is_answered, said.is_empty()) {
                    (false, _) => "no clear answer".to_owned(),
                    (true, true) => "none of them".to_owned(),
                    (true, false) => joined_as_fit(&said, self.limits.taken),
                };
                vec![strong(format!("{} ", one_line(asked.ask))), plain(sentence(&said))]
            })
            .collect();
        if !follow_ups.is_empty() {
            blocks.push(Block::Items(follow_ups));
        }
        let others = match (items.is_empty(), list.others) {
            (_, 0) => return section(one_line(list.section.unwrap_or(list.ask)), blocks),
            (true, listed) => format!("None of the {listed} listed."),
            (false, 1) => "Not the other one listed.".to_owned(),
            (false, others) => format!("None of the other {others} listed."),
        };
        blocks.push(Block::Text(vec![plain(others)]));
        section(one_line(list.section.unwrap_or(list.ask)), blocks)
    }

    /// What alarms or the first causes depend on and was said no to, under the titles of the sections.
    fn negative(&self) -> Vec<Block> {
        let said = &self.report.said;
        let of = |pertinence: Pertinence| -> Vec<&Statement<'_>> {
            said.no.iter().filter(|point| point.pertinence == pertinence && !point.tells_who).collect()
        };
        let words = |points: &[&Statement<'_>]| -> Vec<String> {
            points.iter().map(|point| one_line(point.clinical_words())).collect()
        };
        let (dangers, causes) = (of(Pertinence::Danger), of(Pertinence::Cause));
        let (danger_words, cause_words) = (words(&dangers), words(&causes));
        let (shown_dangers, dangers_left) = first_that_fit(&danger_words, self.limits.no_danger);
        let (shown_causes, causes_left) = first_that_fit(&cause_words, self.limits.no);
        let answers = said.answers.iter().filter(|stated| stated.is_no);
        let answers = answers.map(|stated| {
            let own = || format!("{} {}", one_line(stated.ask), one_line(&stated.said));
            (stated.section, stated.term.map_or_else(own, one_line))
        });
        let shown = dangers.iter().zip(shown_dangers).chain(causes.iter().zip(shown_causes));
        let shown: Vec<_> = answers.chain(shown.map(|(point, words)| (point.section, words.clone()))).collect();
        let mut groups: Vec<Group> = Vec::new();
        let titles = self.report.sections.iter().copied().map(Some);
        for title in std::iter::once(None).chain(titles) {
            let mut items: Vec<Vec<TextRun>> = Vec::new();
            for (_, words) in shown.iter().filter(|(section, _)| *section == title) {
                let item = vec![plain(words.clone())];
                if !groups.iter().any(|group| group.items.contains(&item)) && !items.contains(&item) {
                    items.push(item);
                }
            }
            if !items.is_empty() {
                groups.push(Group { heading: title.map(one_line), items });
            }
        }
        let mut blocks = Vec::new();
        if !groups.is_empty() {
            blocks.push(Block::Columns(Width::Narrow, groups));
        }
        let rest = match dangers_left + causes_left + of(Pertinence::Other).len() {
            0 => return blocks,
            left if blocks.is_empty() => format!("Said no to {}.", wording::counted(left, "thing")),
            left => format!("And {left} more."),
        };
        blocks.push(Block::Text(vec![quiet(rest)]));
        blocks
    }

    fn not_known(&self) -> Vec<Block> {
        let (report, limits) = (self.report, self.limits);
        let said = &report.said;
        let mut blocks = Vec::new();
        let dangers = &report.open_danger_questions;
        if !dangers.is_empty() {
            let text = joined_as_fit(&each_on_one_line(dangers), limits.open);
            blocks.push(labeled("Danger signs without a clear answer: ", &text));
        }
        let is_told = |point: &&Statement<'_>| point.option.is_some() || !dangers.contains(&point.ask);
        let unsure: Vec<String> =
            said.not_sure.iter().filter(is_told).map(|point| one_line(point.clinical_words())).collect();
        if !unsure.is_empty() {
            blocks.push(labeled("Not sure: ", &joined_as_fit(&unsure, limits.unknown)));
        }
        let unanswered: Vec<&str> = said.not_asked.iter().copied().filter(|ask| !dangers.contains(ask)).collect();
        if !unanswered.is_empty() {
            blocks.push(labeled("Not answered: ", &joined_as_fit(&each_on_one_line(&unanswered), limits.unknown)));
        }
        blocks
    }
}

fn in_columns(width: Width, items: Vec<Vec<TextRun>>, left: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !items.is_empty() {
        blocks.push(Block::Columns(width, vec![Group { heading: None, items }]));
    }
    if left > 0 {
        blocks.push(Block::Text(vec![quiet(format!("And {left} more."))]));
    }
    blocks
}
