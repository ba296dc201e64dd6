//! Example cases for `twinge test`: the answers of a made-up person, and what has to come out for them. They keep a change
//! to the question file from breaking what was right.

mod parse;
pub mod from_proofs;

use la_arena::Idx;

use crate::diagnostic::{Diagnostic, Rule};
use crate::engine::answers::Answers;
use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::{Outcome, RankingLine};
use crate::questionnaire::parse::document;
use crate::questionnaire::parse::fields::Fields;
use crate::questionnaire::{Alarm, Cause, Question, Questionnaire, Topic, Urgency};
use crate::text::wording::counted;

/// How many lines of the ranking *among the first* means.
pub const FIRST: usize = 3;

/// An example person, and what has to come out for them.
#[derive(Debug, Clone)]
pub struct Case {
    /// Who they are, in a few words.
    pub name: String,
    /// What they answer.
    pub answers: Answers,
    /// What has to come out.
    pub expected: Vec<Expectation>,
}

/// Something that has to come out of a case. The places are those of the lines of the ranking, in which a family is one
/// line, shown by its most probable member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// A cause or family is the first line.
    First(Topic),
    /// It is among the first three lines.
    AmongFirst(Topic),
    /// It is not among the first three lines. A cause that is not the most probable of its family must not be either if it
    /// were in no family.
    NotAmongFirst(Topic),
    /// The result has this level of urgency.
    Urgency(Idx<Urgency>),
    /// The result is at least this urgent.
    AtLeast(Idx<Urgency>),
    /// The result is at most this urgent.
    AtMost(Idx<Urgency>),
    /// These alarms are raised, and no others.
    Alarms(Vec<Idx<Alarm>>),
    /// This alarm is raised.
    Raised(Idx<Alarm>),
    /// This alarm is not raised.
    NotRaised(Idx<Alarm>),
    /// These alarms are unsure, and no others.
    Unsure(Vec<Idx<Alarm>>),
    /// This question is asked.
    Asked(Idx<Question>),
    /// This question is not asked.
    NotAsked(Idx<Question>),
    /// The first of two causes is ranked, and the second is not or is below it.
    Above(Idx<Cause>, Idx<Cause>),
    /// A cause is ranked, and its advice at this place, from 0, is given.
    Advised(Idx<Cause>, usize),
    /// A cause is not ranked, or its advice at this place, from 0, is not given.
    NeverAdvised(Idx<Cause>, usize),
    /// Exactly this many questions are asked, and all of them are answered.
    Questions(usize),
}

/// Reads a file of cases for a questionnaire.
///
/// # Errors
///
/// Every problem in the file, in file order. An answer to a question that the interview would not ask is one of them.
pub fn parse(bytes: &[u8], questionnaire: &Questionnaire) -> Result<Vec<Case>, Vec<Diagnostic>> {
    document::read(bytes, |table, problems| {
        let mut fields = Fields::from_table("a file of cases", table, 0..0, problems);
        let cases = parse::cases(&mut fields, questionnaire, problems);
        fields.finish();
        if cases.is_empty() {
            problems.push_with_help(Rule::Empty, 0..0, "there is no case in this file", "write [[case]]");
        }
        Some(cases)
    })
}

impl Case {
    /// A line for each expectation that is not met, and one that says what came out; nothing when all are met.
    #[must_use]
    pub fn failures(&self, questionnaire: &Questionnaire) -> Vec<String> {
        let evaluation = Evaluation::new(questionnaire, &self.answers);
        let outcome = Outcome::new(&evaluation);
        let lines = outcome.lines_with_unnamed(questionnaire);
        let result = CaseResult { questionnaire, evaluation: &evaluation, outcome: &outcome, lines };
        let mut failures: Vec<String> = self.expected.iter().filter_map(|expected| result.failure(expected)).collect();
        if !failures.is_empty() {
            failures.push(result.describe_outcome());
        }
        failures
    }
}

struct CaseResult<'a> {
    questionnaire: &'a Questionnaire,
    evaluation: &'a Evaluation<'a>,
    outcome: &'a Outcome,
    lines: Vec<RankingLine<'a>>,
}

impl CaseResult<'_> {
    fn failure(&self, expected: &Expectation) -> Option<String> {
        let urgency = self.outcome.urgency;
        let (is_met, wish) = match expected {
            Expectation::First(topic) => (self.place(*topic) == Some(0), format!("{} comes first", self.topic(*topic))),
            Expectation::AmongFirst(topic) => {
                let wish = format!("{} is among the first {FIRST}", self.topic(*topic));
                (self.place(*topic).is_some_and(|place| place < FIRST), wish)
            }
            Expectation::NotAmongFirst(topic) => {
                let behind = self.more_probable_member(*topic).map(|other| format!(", not even behind {other}"));
                let behind = behind.unwrap_or_default();
                let wish = format!("{} is not among the first {FIRST}{behind}", self.topic(*topic));
                (self.place_without_family(*topic).is_none_or(|place| place >= FIRST), wish)
            }
            Expectation::Urgency(level) => (urgency == Some(*level), format!("the urgency is {}", self.level(*level))),
            Expectation::AtLeast(level) => {
                (urgency >= Some(*level), format!("the urgency is at least {}", self.level(*level)))
            }
            Expectation::AtMost(level) => {
                (urgency <= Some(*level), format!("the urgency is at most {}", self.level(*level)))
            }
            Expectation::Alarms(alarms) => {
                (self.outcome.alarms == *alarms, format!("the alarms are exactly {}", self.alarms(alarms)))
            }
            Expectation::Raised(alarm) => {
                (self.outcome.alarms.contains(alarm), format!("the alarm {} is raised", self.alarms(&[*alarm])))
            }
            Expectation::NotRaised(alarm) => {
                (!self.outcome.alarms.contains(alarm), format!("the alarm {} is not raised", self.alarms(&[*alarm])))
            }
            Expectation::Unsure(alarms) => {
                let wish = format!("the unsure alarms are exactly {}", self.alarms(alarms));
                (self.outcome.unsure_alarms == *alarms, wish)
            }
            Expectation::Asked(question) => {
                (self.evaluation.is_shown(*question), format!("{} is asked", self.question(*question)))
            }
            Expectation::NotAsked(question) => {
                (!self.evaluation.is_shown(*question), format!("{} is not asked", self.question(*question)))
            }
            Expectation::Above(above, below) => {
                let name = |cause| self.topic(Topic::Cause(cause));
                let wish = format!("{} stands above {}", name(*above), name(*below));
                (self.outcome.ranking.is_above(*above, *below), wish)
            }
            Expectation::Advised(cause, row) => {
                let wish = format!("{} gives its advice {}", self.topic(Topic::Cause(*cause)), row + 1);
                (self.outcome.is_advised(*cause, *row, self.evaluation), wish)
            }
            Expectation::NeverAdvised(cause, row) => {
                let wish = format!("{} does not give its advice {}", self.topic(Topic::Cause(*cause)), row + 1);
                (!self.outcome.is_advised(*cause, *row, self.evaluation), wish)
            }
            Expectation::Questions(number) => {
                let shown: Vec<_> = self.evaluation.shown_questions().collect();
                let is_complete = shown.iter().all(|question| self.evaluation.answer(*question).is_some());
                let wish = format!("{} are asked and answered", counted(*number, "question"));
                (is_complete && shown.len() == *number, format!("{wish}; {} are asked", shown.len()))
            }
        };
        (!is_met).then(|| format!("expected: {wish}"))
    }

    /// The line of a family, or of a cause that is the most probable of its family, from 0.
    fn place(&self, topic: Topic) -> Option<usize> {
        self.lines.iter().position(|line| match topic {
            Topic::Family(family) => line.family() == Some(family),
            Topic::Cause(cause) => line.highest().is_some_and(|ranked| ranked.cause == cause),
        })
    }

    /// The line that a cause would have if it were in no family: behind every line that is more probable than it.
    fn place_without_family(&self, topic: Topic) -> Option<usize> {
        let Topic::Cause(cause) = topic else { return self.place(topic) };
        let itself = self.outcome.ranking.ranked().find(|ranked| ranked.cause == cause)?;
        let is_before = |line: &&RankingLine<'_>| line.highest().is_some_and(|it| it.probability > itself.probability);
        self.place(topic).or_else(|| Some(self.lines.iter().filter(is_before).count()))
    }

    /// The most probable member of a cause's family, if it is another one.
    fn more_probable_member(&self, topic: Topic) -> Option<&str> {
        let Topic::Cause(cause) = topic else { return None };
        let is_lower = |line: &&RankingLine<'_>| line.members.iter().skip(1).any(|ranked| ranked.cause == cause);
        let highest = self.lines.iter().find(is_lower)?.highest()?;
        Some(&self.questionnaire.causes[highest.cause].id)
    }

    /// What came out, in one line.
    fn describe_outcome(&self) -> String {
        const MOST_NAMED: usize = 5;
        let highest = self.lines.iter().filter_map(RankingLine::highest).take(MOST_NAMED).enumerate();
        let places: Vec<String> = highest
            .map(|(at, ranked)| {
                let cause = &self.questionnaire.causes[ranked.cause].id;
                format!("{}. {cause} {:.2}", at + 1, ranked.probability)
            })
            .collect();
        let places = if places.is_empty() { "nothing ranked".to_owned() } else { places.join(", ") };
        let level = self.outcome.urgency.map_or("none", |level| self.level(level));
        let unsure = &self.outcome.unsure_alarms;
        let unsure = if unsure.is_empty() { String::new() } else { format!(" | unsure {}", self.alarms(unsure)) };
        format!("came: {places} | urgency {level} | alarms {}{unsure}", self.alarms(&self.outcome.alarms))
    }

    fn question(&self, question: Idx<Question>) -> &str {
        &self.questionnaire.questions[question].id
    }

    fn topic(&self, topic: Topic) -> &str {
        topic.id(self.questionnaire)
    }

    fn level(&self, level: Idx<Urgency>) -> &str {
        &self.questionnaire.urgencies[level].id
    }

    fn alarms(&self, alarms: &[Idx<Alarm>]) -> String {
        if alarms.is_empty() {
            return "none".into();
        }
        alarms.iter().map(|alarm| self.questionnaire.alarms[*alarm].id.as_str()).collect::<Vec<_>>().join(", ")
    }
}
