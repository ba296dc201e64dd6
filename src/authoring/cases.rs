//! `twinge test`: example people, and what must come out for each. A case is a promise that a tree keeps.

mod parse;
pub mod from_proofs;

use la_arena::Idx;

use crate::diagnostic::{Diagnostic, Rule};
use crate::engine::answers::Answers;
use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::{Outcome, RankingLine};
use crate::questionnaire::parse::document;
use crate::questionnaire::parse::fields::Fields;
use crate::questionnaire::{Alarm, Cause, Question, Questionnaire, Topic, Truth, Urgency};
use crate::text::wording::counted;

/// So many causes are the first ones.
pub const FIRST: usize = 3;

/// A person, and what must come out.
#[derive(Debug, Clone)]
pub struct Case {
    /// Who it is.
    pub name: String,
    /// What they answer.
    pub answers: Answers,
    /// What must come out.
    pub expected: Vec<Expectation>,
}

/// What must come out of a case. Causes are counted as they are shown: a family is one line, at which only its
/// highest member stands. What must not be among the first must not be so probable behind another member either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// This comes first.
    First(Topic),
    /// This is among the first three.
    AmongFirst(Topic),
    /// This is not among the first three, nor would it be if it stood by itself.
    NotAmongFirst(Topic),
    /// The result has this urgency.
    Urgency(Idx<Urgency>),
    /// The result is at least this urgent.
    AtLeast(Idx<Urgency>),
    /// The result is at most this urgent.
    AtMost(Idx<Urgency>),
    /// These alarms hold, and no others.
    Alarms(Vec<Idx<Alarm>>),
    /// This alarm holds.
    Raised(Idx<Alarm>),
    /// This alarm does not hold.
    NotRaised(Idx<Alarm>),
    /// This question is asked.
    Asked(Idx<Question>),
    /// This question is not asked.
    NotAsked(Idx<Question>),
    /// The first of two causes is ranked, and the other one is not, or stands below it.
    Above(Idx<Cause>, Idx<Cause>),
    /// The cause is ranked, and its advice at this place, from 0, is given.
    Advised(Idx<Cause>, usize),
    /// So many questions are asked, and every one is answered.
    Questions(usize),
}

/// Reads a file of cases for a questionnaire.
///
/// # Errors
///
/// Every problem in the file, in file order; among them answers that the interview would not have asked for.
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
    /// What did not come out as it must, a line each, and what came instead. Nothing when all did.
    #[must_use]
    pub fn failures(&self, questionnaire: &Questionnaire) -> Vec<String> {
        let evaluation = Evaluation::new(questionnaire, &self.answers);
        let outcome = Outcome::new(&evaluation);
        let lines = outcome.lines(questionnaire);
        let check = CaseResult { questionnaire, evaluation: &evaluation, outcome: &outcome, lines };
        let mut failures: Vec<String> = self.expected.iter().filter_map(|expected| check.failure(expected)).collect();
        if !failures.is_empty() {
            failures.push(check.describe_outcome());
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
                let behind = self.behind(*topic).map(|other| format!(", not even behind {other}"));
                let behind = behind.unwrap_or_default();
                let wish = format!("{} is not among the first {FIRST}{behind}", self.topic(*topic));
                (self.place_by_itself(*topic).is_none_or(|place| place >= FIRST), wish)
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
            Expectation::Asked(question) => {
                (self.evaluation.is_shown(*question), format!("{} is asked", self.question(*question)))
            }
            Expectation::NotAsked(question) => {
                (!self.evaluation.is_shown(*question), format!("{} is not asked", self.question(*question)))
            }
            Expectation::Above(ahead, behind) => {
                let rank = |cause| self.outcome.ranking.ranked().position(|ranked| ranked.cause == cause);
                let is_above = rank(*ahead).is_some_and(|ahead| rank(*behind).is_none_or(|behind| ahead < behind));
                let name = |cause| self.topic(Topic::Cause(cause));
                (is_above, format!("{} stands above {}", name(*ahead), name(*behind)))
            }
            Expectation::Advised(cause, at) => {
                let wish = format!("{} gives its advice {}", self.topic(Topic::Cause(*cause)), at + 1);
                (self.is_advised(*cause, *at), wish)
            }
            Expectation::Questions(number) => {
                let shown: Vec<_> = self.evaluation.shown_questions().collect();
                let is_whole = shown.iter().all(|question| self.evaluation.answer(*question).is_some());
                let wish = format!("{} are asked and answered", counted(*number, "question"));
                (is_whole && shown.len() == *number, format!("{wish}; {} are asked", shown.len()))
            }
        };
        (!is_met).then(|| format!("expected: {wish}"))
    }

    /// The place of a line, from 0. A member of a family that is not its highest has none of its own.
    fn place(&self, topic: Topic) -> Option<usize> {
        self.lines.iter().position(|line| match topic {
            Topic::Family(family) => line.family() == Some(family),
            Topic::Cause(cause) => line.highest().is_some_and(|ranked| ranked.cause == cause),
        })
    }

    /// The place that something has, or would have by itself, from 0. That is another one for a member of a family that
    /// is not its highest: behind every line that is more probable than it.
    fn place_by_itself(&self, topic: Topic) -> Option<usize> {
        let Topic::Cause(cause) = topic else { return self.place(topic) };
        let itself = self.outcome.ranking.ranked().find(|ranked| ranked.cause == cause)?;
        let is_before = |line: &&RankingLine<'_>| line.highest().is_some_and(|it| it.probability > itself.probability);
        self.place(topic).or_else(|| Some(self.lines.iter().filter(is_before).count()))
    }

    /// The highest member of a family, for a lower one.
    fn behind(&self, topic: Topic) -> Option<&str> {
        let Topic::Cause(cause) = topic else { return None };
        let is_lower = |line: &&RankingLine<'_>| line.members.iter().skip(1).any(|ranked| ranked.cause == cause);
        let highest = self.lines.iter().find(is_lower)?.highest()?;
        Some(&self.questionnaire.causes[highest.cause].id)
    }

    /// What came instead.
    fn describe_outcome(&self) -> String {
        const SHOWN: usize = 5;
        let highest = self.lines.iter().filter_map(RankingLine::highest).take(SHOWN).enumerate();
        let places: Vec<String> = highest
            .map(|(at, ranked)| {
                let cause = &self.questionnaire.causes[ranked.cause].id;
                format!("{}. {cause} {:.2}", at + 1, ranked.probability)
            })
            .collect();
        let places = if places.is_empty() { "nothing ranked".to_owned() } else { places.join(", ") };
        let level = self.outcome.urgency.map_or("none", |level| self.level(level));
        format!("came: {places} | urgency {level} | alarms {}", self.alarms(&self.outcome.alarms))
    }

    fn is_advised(&self, cause: Idx<Cause>, at: usize) -> bool {
        let advice = self.questionnaire.causes[cause].advice.get(at);
        advice.is_some_and(|advice| self.evaluation.truth(&advice.when) == Truth::Yes)
            && self.outcome.ranking.ranked().any(|ranked| ranked.cause == cause)
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
