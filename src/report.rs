//! The report: one page for a doctor or pharmacist, and the same for other programs.
//!
//! [`Report::new`] gathers everything that a report says from an interview; [`Report::write`] turns it into text, Markdown,
//! HTML or JSON. The first three write the same `page`, which is cut to one sheet of paper; only the JSON has everything.
//! Beside it are [`score`], which ranks the causes for many people at once, and [`summary`], the lines that stay on the
//! terminal when an interview ends.
//!
//! Everything about causes comes from one [`Outcome`], so a report never differs from what the screens showed. Everything
//! about answers is in the words of the question file.

mod terms;
mod phrase;
pub mod score;
mod statements;
mod follow_up_lists;
mod causes;
pub mod fhir;
mod read_answers;
mod page;
pub(crate) mod format;
pub mod summary;

use std::collections::BTreeSet;

use la_arena::Idx;
use serde::Serialize;

use crate::engine::answers::Answers;
use crate::engine::answers_json::AnswersJson;
use crate::engine::evaluation::Evaluation;
use crate::engine::explanation::reasons;
use crate::engine::outcome::{Outcome, RankingLine, UrgencyReason};
use crate::interview::draft::{Offered, offered};
use crate::interview::{Interview, Move};
use crate::questionnaire::{Alarm, Questionnaire, Source, Stage, Urgency};
use crate::text::{each_once, wording};
use score::Scored;

pub use causes::{CauseNote, CauseReason, DrawnRange};
pub use follow_up_lists::{FollowUpItem, FollowUpList, FollowUpQuestion};
pub use read_answers::{AnswersFile, MAX_BYTES, read_earlier_report};
pub use statements::{Pertinence, QuestionAndAnswer, Statement, Statements};

/// A day of the calendar. The edge knows which one is today; the core has no clock.
pub use jiff::civil::Date;

/// A format that a report can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A page of HTML that needs no other file.
    Html,
    /// JSON on one line: the report, the line that `score` would write, and the answers.
    Json,
}

/// Everything that a report says. Its fields are the keys of the JSON, unless `serde` renames them.
#[derive(Debug, Serialize)]
pub struct Report<'q> {
    /// The version of the program.
    #[serde(skip)]
    pub program: &'static str,
    /// The language of the texts, as a BCP 47 tag.
    #[serde(skip)]
    pub language: &'q str,
    /// The day on which it was made.
    #[serde(skip)]
    pub date: Date,
    /// The questionnaire that was answered.
    #[serde(skip)]
    pub questionnaire: QuestionnaireVersion<'q>,
    /// Who the person is, in short answers: "Age 54".
    pub who: Vec<String>,
    /// How urgent it is.
    pub urgency: Option<UrgencyLevel<'q>>,
    /// The causes that raise it to this level; empty when alarms or caution do.
    pub because_of: Vec<&'q str>,
    /// The alarms that were raised, the most urgent first.
    pub alarms: Vec<AlarmNote<'q>>,
    /// The alarms with an `unsure` level that the person is not sure about, the most urgent first.
    pub unsure_alarms: Vec<AlarmNote<'q>>,
    /// What has moved since the report that is followed up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<SinceNote<'q>>,
    /// Questions without a clear answer that an alarm depends on.
    #[serde(rename = "open_questions")]
    pub open_danger_questions: Vec<&'q str>,
    /// What to do about the first cause; `None` if it does not stand out, or while an alarm says what to do at once.
    pub advice: Option<FirstAdvice<'q>>,
    /// When to get help, whatever the ranking says.
    pub safety: Option<&'q str>,
    /// The answers.
    pub said: Statements<'q>,
    /// What was ticked on lists that later questions ask about again.
    #[serde(rename = "taken")]
    pub follow_up_lists: Vec<FollowUpList<'q>>,
    /// Whether any cause stands out.
    pub stands_out: bool,
    /// The first causes of the ranking that have a reason for their place.
    pub causes: Vec<CauseNote<'q>>,
    /// How many more causes the ranking names.
    pub further_causes: usize,
    /// How many more it has that no answer points to, in words.
    pub unnamed: Option<String>,
    /// The other causes that are much more likely than usual: further down, or in a family whose highest is another.
    pub worth_checking: Vec<&'q str>,
    /// Where figures and advice come from, numbered from 1.
    pub sources: Vec<SourceNote<'q>>,
    /// What this is no substitute for, in the words of the question file.
    pub notice: Option<&'q str>,
    #[serde(skip)]
    urgency_reason: UrgencyReason,
    /// The titles of the sections of the questionnaire.
    #[serde(skip)]
    sections: Vec<&'q str>,
    #[serde(skip)]
    result: Scored,
    #[serde(skip)]
    answers: AnswersJson,
    #[serde(skip)]
    offered: Offered,
}

/// A questionnaire, by its title and the version of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct QuestionnaireVersion<'q> {
    /// Its title.
    pub title: &'q str,
    /// The version of its text.
    pub version: Option<&'q str>,
}

/// A level of urgency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UrgencyLevel<'q> {
    /// Its id.
    pub id: &'q str,
    /// What it tells the person to do.
    pub say: &'q str,
    /// Its id in capital letters, if it is a level that interrupts: "EMERGENCY".
    pub loud: Option<String>,
}

/// An alarm that is raised, or that the person is not sure about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlarmNote<'q> {
    /// Its id.
    pub id: &'q str,
    /// What it is about.
    pub title: Option<&'q str>,
    /// What to do.
    pub say: &'q str,
    /// The answers that raised it, or that were not sure.
    pub said: String,
    /// Whether it is raised and comes before the causes.
    pub leads: bool,
    /// Its sources, as positions in [`Report::sources`] from 1.
    pub sources: Vec<usize>,
}

/// What has moved since an earlier report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SinceNote<'q> {
    /// The day of that report; `None` if it does not say.
    pub date: Option<String>,
    /// How urgent it was.
    pub urgency: Option<UrgencyLevel<'q>>,
    /// The lines of the ranking that moved, first those that are or were nearest to the top.
    pub moved: Vec<Move>,
    /// The day in words.
    #[serde(skip)]
    day: String,
}

/// What to do about the first cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FirstAdvice<'q> {
    /// The name of the cause.
    pub cause: &'q str,
    /// What to do now.
    pub now: Vec<&'q str>,
    /// Whom to see.
    pub see: Vec<&'q str>,
    /// What not to do.
    pub avoid: Vec<&'q str>,
}

/// Where something comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SourceNote<'q> {
    /// How to cite it.
    pub cite: &'q str,
    /// Its digital object identifier.
    pub doi: Option<&'q str>,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 4] = [Format::Text, Format::Markdown, Format::Html, Format::Json];

    /// The extension of the names of such files, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Format::Text => "txt",
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Json => "json",
        }
    }

    /// The format of files with this extension, in capital or small letters.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Format> {
        match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Format::Text),
            "md" | "markdown" => Some(Format::Markdown),
            "html" | "htm" => Some(Format::Html),
            "json" => Some(Format::Json),
            _ => None,
        }
    }
}

impl<'q> Report<'q> {
    /// The report on an interview, which need not be finished.
    ///
    /// # Errors
    ///
    /// When an answer cannot be written as JSON.
    pub fn new(interview: &Interview<'q>, date: Date) -> serde_json::Result<Report<'q>> {
        let questionnaire = interview.questionnaire();
        let answers = answers_that_count(interview);
        let evaluation = Evaluation::new(questionnaire, &answers);
        let outcome = Outcome::new(&evaluation);
        let mut sources = Sources::default();
        let mut note = |alarm: &'q Alarm, said: String| AlarmNote {
            id: &alarm.id,
            title: alarm.title.as_deref(),
            say: &alarm.say,
            said,
            leads: questionnaire.urgencies[alarm.urgency].leads,
            sources: sources.numbers(&alarm.sources),
        };
        let phrases = |alarm: &'q Alarm| phrase::phrases(&reasons(&alarm.when, &evaluation), &evaluation);
        let said = |alarm: &'q Alarm| each_once(&phrases(alarm).join("; "));
        let alarms = outcome.alarms_to_tell(questionnaire).into_iter().map(|(_, alarm)| note(alarm, said(alarm)));
        let alarms = alarms.collect();
        let doubts = |alarm: &Alarm| {
            let doubts = evaluation.doubts(&alarm.when).into_iter();
            let words = |(question, options): (_, BTreeSet<_>)| {
                let question = &questionnaire.questions[question];
                let doubted = wording::doubted(question, &options).into_iter();
                doubted.map(|say| terms::of_words(question, say)).collect::<Vec<_>>().join("; ")
            };
            doubts.map(words).collect::<Vec<_>>().join("; ")
        };
        let unsure_alarms = outcome.unsure_alarms_to_tell(questionnaire).into_iter();
        let unsure_alarms =
            unsure_alarms.map(|(_, alarm)| AlarmNote { leads: false, ..note(alarm, doubts(alarm)) }).collect();
        let urgency = outcome.urgency.map(|level| self::urgency_level(&questionnaire.urgencies[level]));
        let advice =
            if outcome.interrupts(questionnaire) { None } else { first_advice(questionnaire, &outcome, &evaluation) };
        let open = outcome.open_danger_questions(&evaluation).into_iter();
        let causes = causes::cause_notes(questionnaire, &outcome, &evaluation, &mut sources);
        let ranked_lines = outcome.lines(questionnaire);
        let noted: Vec<_> = ranked_lines.iter().take(causes.len()).filter_map(RankingLine::highest).collect();
        let worth = outcome.worth_checking().filter(|ranked| !noted.contains(ranked));
        let worth_checking = worth.map(|ranked| questionnaire.causes[ranked.cause].name.as_str()).collect();
        Ok(Report {
            program: env!("CARGO_PKG_VERSION"),
            language: questionnaire.language.as_deref().unwrap_or("en"),
            date,
            questionnaire: QuestionnaireVersion {
                title: &questionnaire.title,
                version: questionnaire.version.as_deref(),
            },
            who: terms::who(questionnaire, &evaluation),
            urgency,
            because_of: outcome.causes_of_urgency().map(|id| questionnaire.causes[id].name.as_str()).collect(),
            alarms,
            unsure_alarms,
            since: since_note(interview),
            open_danger_questions: open.map(|question| questionnaire.questions[question].ask.as_str()).collect(),
            advice,
            safety: questionnaire.safety.as_deref(),
            said: statements::statements(questionnaire, &outcome, &evaluation, causes.len()),
            follow_up_lists: follow_up_lists::follow_up_lists(questionnaire, &evaluation),
            stands_out: outcome.best().is_some(),
            further_causes: ranked_lines.len() - causes.len(),
            causes,
            unnamed: wording::unnamed(&outcome),
            worth_checking,
            sources: sources.notes(questionnaire),
            notice: questionnaire.notice.as_deref(),
            urgency_reason: outcome.because.clone(),
            sections: questionnaire.sections.values().map(|section| section.title.as_str()).collect(),
            result: Scored::from_outcome(questionnaire, &evaluation, &outcome),
            offered: offered(questionnaire, &answers, |asked| asked.lasting && asked.from().is_none()),
            answers: AnswersJson::from_answers(questionnaire, &answers)?,
        })
    }

    /// The report in a format. Its last character is a line break.
    ///
    /// # Errors
    ///
    /// When it cannot be written as JSON.
    pub fn write(&self, format: Format) -> serde_json::Result<String> {
        Ok(match format {
            Format::Text => format::text::write(&page::Page::new(self)),
            Format::Markdown => format::markdown::write(&page::Page::new(self)),
            Format::Html => format::html::write(&page::Page::new(self)),
            Format::Json => format::json::write(self)?,
        })
    }
}

/// The answers, without those that no longer count because their question offers more options now. Read back from a file,
/// such an answer would seem to be about all the options.
fn answers_that_count(interview: &Interview<'_>) -> Answers {
    let evaluation = interview.evaluation();
    let mut answers = interview.answers().clone();
    for question in evaluation.shown_questions() {
        if evaluation.answer(question).is_none() {
            answers.unset(question);
        }
    }
    answers
}

fn urgency_level(urgency: &Urgency) -> UrgencyLevel<'_> {
    UrgencyLevel { id: &urgency.id, say: &urgency.say, loud: urgency.interrupts.then(|| wording::loud_word(urgency)) }
}

fn since_note<'q>(interview: &Interview<'q>) -> Option<SinceNote<'q>> {
    let since = interview.since()?;
    Some(SinceNote {
        date: since.day.date.map(|date| date.to_string()),
        urgency: since.urgency_then.map(|level| urgency_level(&interview.questionnaire().urgencies[level])),
        moved: since.moves,
        day: since.day.words,
    })
}

fn first_advice<'q>(
    questionnaire: &'q Questionnaire,
    outcome: &Outcome,
    evaluation: &Evaluation<'_>,
) -> Option<FirstAdvice<'q>> {
    let cause = &questionnaire.causes[outcome.best()?.cause];
    let of = |stage: Stage| outcome.advice(cause, stage, evaluation).map(|advice| advice.say.as_str()).collect();
    let advice = FirstAdvice { cause: &cause.name, now: of(Stage::Now), see: of(Stage::See), avoid: of(Stage::Avoid) };
    let is_empty = advice.now.is_empty() && advice.see.is_empty() && advice.avoid.is_empty();
    (!is_empty).then_some(advice)
}

/// The sources that a report cites, in the order in which it first cites them.
#[derive(Debug, Default)]
struct Sources(Vec<Idx<Source>>);

impl Sources {
    /// The numbers of some sources, from 1. A source that was not cited before gets the next one.
    fn numbers(&mut self, sources: &[Idx<Source>]) -> Vec<usize> {
        let mut number = |source: &Idx<Source>| {
            if let Some(at) = self.0.iter().position(|known| known == source) {
                return at + 1;
            }
            self.0.push(*source);
            self.0.len()
        };
        sources.iter().map(&mut number).collect()
    }

    fn notes(self, questionnaire: &Questionnaire) -> Vec<SourceNote<'_>> {
        let note = |id| {
            let source: &Source = &questionnaire.sources[id];
            SourceNote { cite: &source.cite, doi: source.doi.as_deref() }
        };
        self.0.into_iter().map(note).collect()
    }
}
