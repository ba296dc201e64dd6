//! The sections of the page, each with as much in its lists as there is room for.

use crate::report::causes::{CauseNote, Reason};
use crate::report::follow_up_lists::Taken;
use crate::report::page::shorten::{capped, cut_to_words, joined, line, lines, shortened};
use crate::report::page::{Block, Room, Row, Section, Span};
use crate::report::statements::{Pertinence, Point};
use crate::report::{RaisedAlarm, Report};
use crate::text::{sentence, wording};

/// So many alarms say what to do; the others are named.
const ALARMS: usize = 3;
/// So many sentences of advice of one kind are given.
const ADVICE: usize = 2;

/// Writes the sections with so much room.
pub(super) struct Writer<'r, 'q> {
    pub(super) report: &'r Report<'q>,
    pub(super) room: Room,
}

impl Writer<'_, '_> {
    pub(super) fn sections(&self) -> Vec<Section> {
        let mut sections = vec![
            Section { heading: "What to do first", blocks: self.first() },
            Section { heading: "What was said", blocks: self.said() },
            Section { heading: "What may be behind it", blocks: self.causes() },
        ];
        if !self.report.sources.is_empty() {
            sections.push(Section { heading: "Sources", blocks: self.sources() });
        }
        sections
    }

    fn first(&self) -> Vec<Block> {
        let (report, room) = (self.report, self.room);
        let mut blocks = Vec::new();
        if let Some(level) = &report.urgency {
            let loud = level.loud.as_ref().map(|loud| format!("{}. ", line(loud))).unwrap_or_default();
            let mut spans = vec![strong(format!("{loud}{}", line(level.say)))];
            if !report.because_of.is_empty() {
                spans.push(plain(format!(" Because of: {}.", shortened(&lines(&report.because_of), room.reason * 2))));
            }
            blocks.push(Block::Text(spans));
        }
        let told = report.alarms.iter().take(ALARMS).map(|alarm| self.alarm(alarm));
        let mut alarms: Vec<Vec<Span>> = told.collect();
        let others: Vec<String> =
            report.alarms.iter().skip(ALARMS).map(|alarm| line(alarm.title.unwrap_or(alarm.say))).collect();
        if !others.is_empty() {
            alarms.push(vec![strong("Also: "), plain(format!("{}.", shortened(&others, room.open)))]);
        }
        if !alarms.is_empty() {
            blocks.push(Block::Items(alarms));
        }
        if !report.open_questions.is_empty() {
            let open = shortened(&lines(&report.open_questions), room.open);
            blocks.push(labelled("These questions are about danger signs and have no clear answer yet: ", &open));
        }
        if let Some(advice) = &report.advice {
            let mut items = Vec::new();
            for (label, says) in [("Now: ", &advice.now), ("Who to see: ", &advice.see), ("Avoid: ", &advice.avoid)] {
                if !says.is_empty() {
                    let says: Vec<String> = says.iter().take(ADVICE).map(|say| sentence(&line(say))).collect();
                    items.push(vec![strong(label), plain(says.join(" "))]);
                }
            }
            blocks.push(Block::Text(vec![plain("About the first cause, "), strong(line(advice.cause)), plain(":")]));
            blocks.push(Block::Items(items));
        }
        if let Some(safety) = report.safety {
            blocks.push(Block::Text(vec![plain(line(safety))]));
        }
        blocks
    }

    fn alarm(&self, alarm: &RaisedAlarm<'_>) -> Vec<Span> {
        let mut spans = Vec::new();
        if let Some(title) = alarm.title {
            spans.push(strong(sentence(&line(title))));
            spans.push(plain(" "));
        }
        let said = format!("{}{}", cut_to_words(&line(&alarm.said), self.room.reason), numbers(&alarm.sources));
        spans.push(plain(format!("{} Said: {}", sentence(&line(alarm.say)), sentence(&said))));
        spans
    }

    fn said(&self) -> Vec<Block> {
        let (report, room) = (self.report, self.room);
        let said = &report.said;
        let mut blocks = Vec::new();
        if !said.answers.is_empty() {
            let answers: Vec<String> = said
                .answers
                .iter()
                .map(|stated| format!("{} {}", line(stated.ask), sentence(&line(&stated.said))))
                .collect();
            let (shown, left) = capped(&answers, room.yes);
            let more =
                if left == 0 { String::new() } else { format!(" And {}.", wording::counted(left, "more answer")) };
            blocks.push(Block::Text(vec![plain(format!("{}{more}", shown.join(" ")))]));
        }
        let words = |points: &[Point<'_>]| -> Vec<String> { points.iter().map(|point| line(point.words())).collect() };
        if !said.yes.is_empty() {
            blocks.push(labelled("Says yes to: ", &shortened(&words(&said.yes), room.yes)));
        }
        blocks.extend(report.taken.iter().flat_map(|taken| self.taken(taken)));
        let of = |pertinence: Pertinence| -> Vec<Point<'_>> {
            said.no.iter().filter(|point| point.pertinence == pertinence).copied().collect()
        };
        let dangers = words(&of(Pertinence::Danger));
        if !dangers.is_empty() {
            blocks.push(labelled("Says no to (danger questions): ", &shortened(&dangers, room.no_danger)));
        }
        let (others, left) = (words(&of(Pertinence::Cause)), of(Pertinence::Other).len());
        let (shown, cut_off) = capped(&others, room.no);
        match (shown.is_empty(), left + cut_off) {
            (true, 0) => {}
            (true, left) => blocks.push(labelled("Says no to: ", &wording::counted(left, "other thing"))),
            (false, left) => blocks.push(labelled("Says no to: ", &joined(shown, left))),
        }
        if !said.not_sure.is_empty() {
            blocks.push(labelled("Not sure about: ", &shortened(&words(&said.not_sure), room.unknown)));
        }
        if !said.not_asked.is_empty() {
            blocks.push(labelled("No answer yet: ", &shortened(&lines(&said.not_asked), room.unknown)));
        }
        if said.not_shown > 0 {
            let are = if said.not_shown == 1 { "was" } else { "were" };
            let text =
                format!("{} {are} not asked, because of these answers.", wording::counted(said.not_shown, "question"));
            blocks.push(Block::Text(vec![plain(text)]));
        }
        blocks
    }

    /// A list that later questions come back to: what was ticked, and what was then said of it.
    fn taken(&self, taken: &Taken<'_>) -> Vec<Block> {
        let items: Vec<String> = taken
            .items
            .iter()
            .map(|item| format!("{}{}", line(item.say), if item.is_unsure { " (not sure)" } else { "" }))
            .collect();
        let others = match taken.others {
            0 => String::new(),
            1 => " Not the other one on the list.".to_owned(),
            others => format!(" None of the other {others} on the list."),
        };
        let text = if items.is_empty() {
            wording::NONE_OF_THESE.to_owned()
        } else {
            format!("{}.{others}", shortened(&items, self.room.taken))
        };
        let mut blocks = vec![labelled(&format!("{} ", line(taken.ask)), &text)];
        let follow_ups: Vec<Vec<Span>> = taken
            .asked_of_them
            .iter()
            .map(|asked| {
                let mut said: Vec<String> = Vec::new();
                for item in &taken.items {
                    if item.yes.contains(&asked.ask) {
                        said.push(line(item.say));
                    } else if item.not_sure.contains(&asked.ask) {
                        said.push(format!("{} (not sure)", line(item.say)));
                    }
                }
                let said = match (asked.is_answered, said.is_empty()) {
                    (false, _) => "no clear answer".to_owned(),
                    (true, true) => "none of them".to_owned(),
                    (true, false) => shortened(&said, self.room.taken),
                };
                vec![strong(format!("Of these: {} ", line(asked.ask))), plain(format!("{said}."))]
            })
            .collect();
        if !follow_ups.is_empty() {
            blocks.push(Block::Items(follow_ups));
        }
        blocks
    }

    fn causes(&self) -> Vec<Block> {
        let (report, room) = (self.report, self.room);
        let mut blocks = Vec::new();
        if report.causes.is_empty() {
            return vec![Block::Text(vec![plain("Nothing that was said points to a cause.")])];
        }
        if !report.stands_out {
            blocks.push(Block::Text(vec![plain("No single cause stands out. Often several small things add up.")]));
        }
        blocks.push(Block::Causes(report.causes.iter().take(room.causes).map(|cause| self.row(cause)).collect()));
        let mut rest = Vec::new();
        match report.further_causes + report.causes.len().saturating_sub(room.causes) {
            0 => {}
            1 => rest.push("1 more cause ranks lower.".to_owned()),
            further => rest.push(format!("{further} more causes rank lower.")),
        }
        let cut = report.causes.iter().skip(room.causes).filter(|cause| cause.worth_checking).map(|cause| cause.name);
        let worth: Vec<&str> = cut.chain(report.worth_checking.iter().copied()).collect();
        if !worth.is_empty() {
            let worth = shortened(&lines(&worth), room.open);
            rest.push(format!("Worth checking, too, as more likely than usual: {worth}."));
        }
        if !rest.is_empty() {
            blocks.push(Block::Text(vec![plain(rest.join(" "))]));
        }
        blocks
    }

    fn row(&self, cause: &CauseNote<'_>) -> Row {
        let mut name = Vec::new();
        match cause.family {
            Some(family) => {
                name.push(strong(line(family)));
                name.push(plain(format!(": {}", line(cause.name))));
            }
            None => name.push(strong(line(cause.name))),
        }
        let known: Vec<String> =
            cause.term.iter().map(|term| line(term)).chain(lines(&cause.codes).into_iter().take(1)).collect();
        if !known.is_empty() {
            name.push(plain(format!(" ({})", known.join("; "))));
        }
        let mut likely = format!("{}: {}", wording::capitalized(cause.likelihood), cause.about);
        for more in cause.between.as_deref().into_iter().chain(cause.evidence) {
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
            why.push(vec![strong("Before the answers: "), plain(format!("usual rate{}.", numbers(&cause.sources)))]);
        }
        if !cause.also.is_empty() {
            why.push(vec![strong("Also: "), plain(format!("{}.", shortened(&lines(&cause.also), self.room.reason)))]);
        }
        if let Some(test) = cause.test {
            why.push(vec![strong("Would settle it: "), plain(sentence(&line(test)))]);
        }
        Row { name, likely: likely + ".", why }
    }

    fn reason(&self, reason: &Reason) -> String {
        format!("{}{}", cut_to_words(&line(&reason.said), self.room.reason), numbers(&reason.sources))
    }

    fn sources(&self) -> Vec<Block> {
        let (report, room) = (self.report, self.room);
        let cited: Vec<String> = report
            .sources
            .iter()
            .take(room.sources)
            .map(|source| {
                let doi = source.doi.map(|doi| format!(" doi:{}", line(doi))).unwrap_or_default();
                format!("{}{doi}", line(source.cite))
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
fn numbers(sources: &[usize]) -> String {
    let mut sources = sources.to_vec();
    sources.sort_unstable();
    sources.dedup();
    let numbers: Vec<String> = sources.iter().map(usize::to_string).collect();
    if numbers.is_empty() { String::new() } else { format!(" [{}]", numbers.join(", ")) }
}

fn labelled(label: &str, text: &str) -> Block {
    Block::Text(vec![strong(label), plain(sentence(text))])
}

fn strong(text: impl Into<String>) -> Span {
    Span::Strong(text.into())
}

fn plain(text: impl Into<String>) -> Span {
    Span::Plain(text.into())
}
