//! The report laid out for one sheet of paper: what to do first, what was said, what may be behind it.
//!
//! Long lists end early and say how much is left out. The more there is in a report, the lower their limits.

mod sections;
mod shorten;
mod fit;

use crate::report::Report;
use crate::text::sentence;
use sections::SectionWriter;
use shorten::one_line;

/// The title of every report.
const TITLE: &str = "Report for a doctor or pharmacist";

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
    /// From the longest lists to the shortest.
    fn from_most_to_least() -> impl Iterator<Item = ListLimits> {
        [(100, 8), (80, 8), (65, 8), (50, 8), (40, 7), (30, 6), (20, 5), (10, 4)].into_iter().map(
            |(percent, causes)| {
                let of = |whole: usize| whole * percent / 100;
                ListLimits {
                    open: of(600),
                    yes: of(1600),
                    no_danger: of(2400),
                    no: of(600),
                    unknown: of(500),
                    taken: of(600),
                    reason: of(70) + 60,
                    causes,
                    sources: of(20),
                }
            },
        )
    }
}

/// A page, without anything that only one format has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page {
    /// [`TITLE`].
    pub(super) title: &'static str,
    /// The questionnaire; the day, and the program.
    pub(super) head: [String; 2],
    /// Its parts, the most urgent first.
    pub(super) sections: Vec<PageSection>,
    /// That this is no diagnosis.
    pub(super) foot: String,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageSection {
    pub(super) heading: &'static str,
    pub(super) blocks: Vec<Block>,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph.
    Text(Vec<TextRun>),
    /// A list.
    Items(Vec<Vec<TextRun>>),
    /// The causes, in order.
    Causes(Vec<CauseRow>),
    /// The sources, numbered from 1.
    Sources(Vec<String>),
}

/// A cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CauseRow {
    /// Its name, family, term and code.
    pub(super) name: Vec<TextRun>,
    /// How likely it is.
    pub(super) likely: String,
    /// The reasons for and against it, its sources, the other members of its family, the test that would settle it.
    pub(super) why: Vec<Vec<TextRun>>,
}

/// Text on one line, as it is or emphasized.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TextRun {
    Plain(String),
    Strong(String),
}

impl Page {
    /// The page with the longest lists that fit on one sheet. A report that never fits gets the shortest.
    pub(super) fn new(report: &Report<'_>) -> Page {
        let mut page = Page { title: TITLE, head: head(report), sections: Vec::new(), foot: foot(report) };
        for limits in ListLimits::from_most_to_least() {
            page.sections = SectionWriter { report, limits }.sections();
            if page.fits() {
                break;
            }
        }
        page
    }
}

/// "What is behind your muscle spasms? Version 1.0.0.", "2026-11-23. Written by twinge 0.1.0."
fn head(report: &Report<'_>) -> [String; 2] {
    let version = report.questionnaire.version.map(|version| format!(" Version {}.", one_line(version)));
    let about = format!("{}{}", sentence(&one_line(report.questionnaire.title)), version.unwrap_or_default());
    [about, format!("{}. Written by twinge {}.", report.date, report.program)]
}

fn foot(report: &Report<'_>) -> String {
    let own = "This is no diagnosis. It was worked out from answers alone.";
    let notice = report.notice.map(|notice| format!(" {}", one_line(notice)));
    format!("{own}{}", notice.unwrap_or_default())
}
