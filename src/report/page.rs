//! The report laid out for one sheet of paper with two readers: a clinician, who gives it a minute, and below a line the
//! person it is about.
//!
//! For the clinician: who it is, how urgent and why, what was said yes and no to, what may be behind it.
//!
//! Long lists end early and say how much is left out. The more there is in a report, the lower their limits.

mod shorten;
mod sections;
mod said;
mod cause_rows;
mod fit;

use crate::report::{DrawnRange, Report};
use crate::text::sentence;
use sections::SectionWriter;
use shorten::{each_on_one_line, first_that_fit, one_line};

/// The title of every report.
const TITLE: &str = "Report for a doctor or pharmacist";

/// The most characters about who the person is.
const WHO: usize = 160;

/// How long lists may be: in characters, except for causes and sources.
#[derive(Debug, Clone, Copy)]
struct ListLimits {
    /// Other alarms, or open questions.
    open: usize,
    /// What was said yes to.
    yes: usize,
    /// What was said no to, of what alarms depend on.
    no_danger: usize,
    /// What was said no to, of what the first causes depend on.
    no: usize,
    /// What was answered with *not sure*, or not answered.
    unknown: usize,
    /// What was ticked on a follow-up list.
    taken: usize,
    /// One reason for or against a cause, or for an alarm.
    reason: usize,
    /// The number of causes.
    causes: usize,
    /// The number of sources.
    sources: usize,
}

impl ListLimits {
    /// From the longest lists to the shortest, each with whether the back of the sheet is used.
    fn from_most_to_least() -> impl Iterator<Item = (bool, ListLimits)> {
        let one_sided = [(100, 8), (80, 8), (65, 8), (50, 8), (40, 7), (30, 6)].map(|limits| (false, limits));
        let two_sided = [(100, 8), (80, 8), (65, 8), (50, 8), (40, 7), (30, 6), (20, 5), (10, 4)];
        one_sided.into_iter().chain(two_sided.map(|limits| (true, limits))).map(|(is_two_sided, (percent, causes))| {
            let of = |whole: usize| whole * percent / 100;
            let limits = ListLimits {
                open: of(600),
                yes: of(1600).max(600),
                no_danger: of(2400),
                no: of(600),
                unknown: of(500),
                taken: of(600).max(200),
                reason: of(70) + 60,
                causes,
                sources: of(20),
            };
            (is_two_sided, limits)
        })
    }
}

/// A page, without anything that only one format has.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Page {
    /// The language of its texts.
    pub(super) language: String,
    /// [`TITLE`].
    pub(super) title: &'static str,
    /// Who the person is; without anything about that, [`TITLE`].
    pub(super) who: String,
    /// How urgent it is and why.
    pub(super) lead: Vec<Block>,
    /// What this is and is not; the questionnaire; the day, and the program.
    pub(super) about: [String; 2],
    /// Its parts: those for the clinician, and the last for the person.
    pub(super) sections: Vec<PageSection>,
    /// Whether the part for the person is on the back, where the front has no room for it.
    pub(super) is_two_sided: bool,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PageSection {
    pub(super) heading: String,
    pub(super) blocks: Vec<Block>,
    /// Whether the person is to read it, not the clinician.
    pub(super) is_for_person: bool,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// A paragraph.
    Text(Vec<TextRun>),
    /// A list.
    Items(Vec<Vec<TextRun>>),
    /// Lists of short items in columns.
    Columns(Width, Vec<Group>),
    /// The causes, in order.
    Causes(Vec<CauseRow>),
    /// The sources, numbered from 1.
    Sources(Vec<String>),
}

/// How wide columns are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    /// Two fit on a sheet.
    Wide,
    /// Four fit on a sheet.
    Narrow,
}

/// Items that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) heading: Option<String>,
    pub(super) items: Vec<Vec<TextRun>>,
}

/// A cause.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CauseRow {
    /// Its term, name, family and code.
    pub(super) name: Vec<TextRun>,
    /// How likely it is.
    pub(super) likely: String,
    /// The range in words: the text for `drawn`.
    pub(super) range: Option<String>,
    /// How good the evidence is, and how sure its place.
    pub(super) notes: Vec<String>,
    /// The range to draw.
    pub(super) drawn: DrawnRange,
    /// The reasons for and against it, its sources, the other members of its family, the test that would settle it.
    pub(super) why: Vec<Vec<TextRun>>,
}

/// Text on one line, as it is, emphasized, or less important.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TextRun {
    Plain(String),
    Strong(String),
    Quiet(String),
}

impl TextRun {
    pub(super) fn text(&self) -> &str {
        match self {
            TextRun::Plain(text) | TextRun::Strong(text) | TextRun::Quiet(text) => text,
        }
    }
}

impl Page {
    /// The page with the longest lists that fit on one sheet. A report that never fits gets the shortest.
    pub(super) fn new(report: &Report<'_>) -> Page {
        let mut page = Page {
            language: report.language.to_owned(),
            title: TITLE,
            who: TITLE.to_owned(),
            lead: Vec::new(),
            about: about(report),
            sections: Vec::new(),
            is_two_sided: false,
        };
        if !report.who.is_empty() {
            let who = each_on_one_line(&report.who);
            let (shown, left) = first_that_fit(&who, WHO);
            page.who = shown.join(" · ") + if left > 0 { " …" } else { "" };
        }
        for (is_two_sided, limits) in ListLimits::from_most_to_least() {
            let writer = SectionWriter { report, limits };
            page.lead = writer.lead();
            page.sections = writer.sections();
            page.is_two_sided = is_two_sided;
            if page.fits() {
                break;
            }
        }
        page
    }
}

/// "Report for a doctor or pharmacist. … What is behind your muscle spasms? Version 1.0.0.", "2026-11-23. Written by …"
fn about(report: &Report<'_>) -> [String; 2] {
    let title = if report.who.is_empty() { String::new() } else { format!("{TITLE}. ") };
    let own = "No diagnosis: worked out from answers alone.";
    let version = report.questionnaire.version.map(|version| format!(" Version {}.", one_line(version)));
    let questionnaire = format!("{}{}", sentence(&one_line(report.questionnaire.title)), version.unwrap_or_default());
    [format!("{title}{own} {questionnaire}"), format!("{}. Written by twinge {}.", report.date, report.program)]
}

/// The paragraphs and lists of a text of the question file.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim).chain([""]) {
        if line.is_empty() || line.starts_with("- ") {
            end_of_block(&mut blocks, &lines.join(" "));
            lines.clear();
        }
        lines.push(line);
    }
    blocks
}

/// Adds a paragraph, or an item to the list that it follows.
fn end_of_block(blocks: &mut Vec<Block>, text: &str) {
    let text = text.trim();
    match (text.strip_prefix("- "), blocks.last_mut()) {
        _ if text.is_empty() => {}
        (Some(item), Some(Block::Items(items))) => items.push(vec![TextRun::Plain(one_line(item))]),
        (Some(item), _) => blocks.push(Block::Items(vec![vec![TextRun::Plain(one_line(item))]])),
        (None, _) => blocks.push(Block::Text(vec![TextRun::Plain(one_line(text))])),
    }
}
