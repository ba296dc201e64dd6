//! `twinge test`: example people, and what must come out for each. A case is a promise that a tree keeps.

use std::collections::BTreeMap;
use std::ops::Range;

use la_arena::Idx;
use toml::Spanned;

use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::outcome::{Line, Outcome};
use crate::questionnaire::document;
use crate::questionnaire::reader::{Fields, Problems, Value, Word};
use crate::questionnaire::{Alarm, Answer, Cause, Family, Question, Questionnaire, Urgency, Written};
use crate::situation::{Answers, Situation};

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
    First(Subject),
    /// This is among the first three.
    AmongFirst(Subject),
    /// This is not among the first three, nor would it be if it stood by itself.
    NotAmongFirst(Subject),
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
}

/// A cause or a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A cause.
    Cause(Idx<Cause>),
    /// A family.
    Family(Idx<Family>),
}

/// Reads a file of cases for a questionnaire.
///
/// # Errors
///
/// Every problem in the file, in file order; among them answers that the interview would not have asked for.
pub fn parse(bytes: &[u8], questionnaire: &Questionnaire) -> Result<Vec<Case>, Vec<Diagnostic>> {
    document::read(bytes, |table, problems| {
        let reader = Reader { questionnaire, problems };
        let mut fields = Fields::of_table("a file of cases", table, 0..0, problems);
        let everyone = reader.answers(fields.entries("answers"));
        let cases = fields.tables("case", "a case", |fields| reader.case(fields, &everyone));
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
        let outcome = Outcome::new(&Situation::new(questionnaire, &self.answers));
        let check = Check { questionnaire, outcome: &outcome, lines: outcome.lines(questionnaire) };
        let mut failures: Vec<String> = self.expected.iter().filter_map(|expected| check.failure(expected)).collect();
        if !failures.is_empty() {
            failures.push(check.came());
        }
        failures
    }
}

struct Check<'a> {
    questionnaire: &'a Questionnaire,
    outcome: &'a Outcome,
    lines: Vec<Line<'a>>,
}

impl Check<'_> {
    fn failure(&self, expected: &Expectation) -> Option<String> {
        let urgency = self.outcome.urgency;
        let (is_met, wish) = match expected {
            Expectation::First(subject) => {
                (self.place(*subject) == Some(0), format!("{} comes first", self.subject(*subject)))
            }
            Expectation::AmongFirst(subject) => {
                let wish = format!("{} is among the first {FIRST}", self.subject(*subject));
                (self.place(*subject).is_some_and(|place| place < FIRST), wish)
            }
            Expectation::NotAmongFirst(subject) => {
                let behind = self.behind(*subject).map(|other| format!(", not even behind {other}"));
                let behind = behind.unwrap_or_default();
                let wish = format!("{} is not among the first {FIRST}{behind}", self.subject(*subject));
                (self.place_by_itself(*subject).is_none_or(|place| place >= FIRST), wish)
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
        };
        (!is_met).then(|| format!("expected: {wish}"))
    }

    /// The place of a line, from 0. A member of a family that is not its highest has none of its own.
    fn place(&self, subject: Subject) -> Option<usize> {
        self.lines.iter().position(|line| match subject {
            Subject::Family(family) => line.family == Some(family),
            Subject::Cause(cause) => line.highest().is_some_and(|ranked| ranked.cause == cause),
        })
    }

    /// The place that something has, or would have by itself, from 0. That is another one for a member of a family that
    /// is not its highest: behind every line that is more probable than it.
    fn place_by_itself(&self, subject: Subject) -> Option<usize> {
        let Subject::Cause(cause) = subject else { return self.place(subject) };
        let itself = self.outcome.ranking.ranked().find(|ranked| ranked.cause == cause)?;
        let is_before = |line: &&Line<'_>| line.highest().is_some_and(|it| it.probability > itself.probability);
        self.place(subject).or_else(|| Some(self.lines.iter().filter(is_before).count()))
    }

    /// The highest member of a family, for a lower one.
    fn behind(&self, subject: Subject) -> Option<&str> {
        let Subject::Cause(cause) = subject else { return None };
        let is_lower = |line: &&Line<'_>| line.members.iter().skip(1).any(|ranked| ranked.cause == cause);
        let highest = self.lines.iter().find(is_lower)?.highest()?;
        Some(&self.questionnaire.causes[highest.cause].id)
    }

    /// What came instead.
    fn came(&self) -> String {
        const SHOWN: usize = 5;
        let highest = self.lines.iter().filter_map(Line::highest).take(SHOWN).enumerate();
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

    fn subject(&self, subject: Subject) -> &str {
        match subject {
            Subject::Cause(cause) => &self.questionnaire.causes[cause].id,
            Subject::Family(family) => &self.questionnaire.families[family].id,
        }
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

/// Answers as they are written, each with its place.
type GivenAnswers = BTreeMap<Idx<Question>, (Answer, Range<usize>)>;

struct Reader<'a> {
    questionnaire: &'a Questionnaire,
    problems: &'a Problems,
}

impl Reader<'_> {
    fn case(&self, mut fields: Fields<'_, '_>, everyone: &GivenAnswers) -> Case {
        let name = fields.required_text("name");
        let own = self.answers(fields.entries("answers"));
        let mut answers = Answers::new();
        for (question, (answer, _)) in everyone.iter().chain(&own) {
            answers.set(*question, answer.clone());
        }
        self.note_unasked(&answers, &own);
        let mut expected = Vec::new();
        self.subjects(&mut fields, "first", Expectation::First, &mut expected);
        self.subjects(&mut fields, "among_first", Expectation::AmongFirst, &mut expected);
        self.subjects(&mut fields, "not_among_first", Expectation::NotAmongFirst, &mut expected);
        self.levels(&mut fields, "urgency", Expectation::Urgency, &mut expected);
        self.levels(&mut fields, "at_least", Expectation::AtLeast, &mut expected);
        self.levels(&mut fields, "at_most", Expectation::AtMost, &mut expected);
        if let Some(list) = fields.list("alarms") {
            let names =
                list.into_iter().filter_map(|item| crate::questionnaire::reader::word("alarms", item, self.problems));
            let mut alarms: Vec<_> = names.filter_map(|name| self.alarm(&name)).collect();
            alarms.sort_unstable();
            expected.push(Expectation::Alarms(alarms));
        }
        for name in fields.names("raised") {
            expected.extend(self.alarm(&name).map(Expectation::Raised));
        }
        for name in fields.names("not_raised") {
            expected.extend(self.alarm(&name).map(Expectation::NotRaised));
        }
        if expected.is_empty() {
            let help = "say what must come out: first, among_first, urgency, alarms, raised, …";
            self.problems.push_with_help(Rule::MissingKey, fields.span(), "a case that expects nothing", help);
        }
        fields.finish();
        Case { name, answers, expected }
    }

    /// What the interview would not have asked. What everyone answers may be asked of some only.
    fn note_unasked(&self, answers: &Answers, own: &GivenAnswers) {
        let situation = Situation::new(self.questionnaire, answers);
        for (question, (_, span)) in own.iter().filter(|(question, _)| !situation.is_shown(**question)) {
            let id = &self.questionnaire.questions[*question].id;
            let message = format!("after these answers {} is not asked", quote(id));
            let help = "take it out, or answer what opens it";
            self.problems.push_with_help(Rule::NotAsked, span.clone(), message, help);
        }
    }

    fn answers(&self, entries: Vec<(Word<'_>, &Value<'_>)>) -> GivenAnswers {
        let mut answers = GivenAnswers::new();
        for (name, value) in entries {
            let Some(question) = self.question(&name) else { continue };
            match Answer::read(&self.questionnaire.questions[question], &Written::of(value)) {
                Ok(answer) => {
                    answers.insert(question, (answer, name.span()));
                }
                Err(problem) => {
                    let help = problem.help.unwrap_or_else(|| "write an answer that it takes".into());
                    self.problems.push_with_help(Rule::BadAnswer, value.span(), problem.message, help);
                }
            }
        }
        answers
    }

    fn subjects(
        &self,
        fields: &mut Fields<'_, '_>,
        key: &'static str,
        make: fn(Subject) -> Expectation,
        expected: &mut Vec<Expectation>,
    ) {
        for name in fields.names(key) {
            expected.extend(self.subject(&name).map(make));
        }
    }

    fn levels(
        &self,
        fields: &mut Fields<'_, '_>,
        key: &'static str,
        make: fn(Idx<Urgency>) -> Expectation,
        expected: &mut Vec<Expectation>,
    ) {
        let Some(name) = fields.name(key) else { return };
        let levels = self.questionnaire.urgencies.iter().map(|(level, urgency)| (urgency.id.as_str(), level));
        expected.extend(self.find(&name, "an urgency", levels).map(make));
    }

    fn question(&self, name: &Word<'_>) -> Option<Idx<Question>> {
        let questions = self.questionnaire.questions.iter().map(|(id, question)| (question.id.as_str(), id));
        self.find(name, "a question", questions)
    }

    fn alarm(&self, name: &Word<'_>) -> Option<Idx<Alarm>> {
        let alarms = self.questionnaire.alarms.iter().map(|(id, alarm)| (alarm.id.as_str(), id));
        self.find(name, "an alarm", alarms)
    }

    fn subject(&self, name: &Word<'_>) -> Option<Subject> {
        let causes = self.questionnaire.causes.iter().map(|(id, cause)| (cause.id.as_str(), Subject::Cause(id)));
        let families = self.questionnaire.families.iter().map(|(id, family)| (family.id.as_str(), Subject::Family(id)));
        self.find(name, "a cause or family", causes.chain(families))
    }

    fn find<'q, T>(&self, name: &Spanned<&str>, what: &str, known: impl Iterator<Item = (&'q str, T)>) -> Option<T> {
        let mut ids = Vec::new();
        for (id, meaning) in known {
            if id == *name.get_ref() {
                return Some(meaning);
            }
            ids.push(id);
        }
        let message = format!("{} is not the id of {what}", quote(name.get_ref()));
        self.problems.push_unknown(Rule::UnknownName, name, message, ids);
        None
    }
}
