//! Reads cases: the ids in them become those of the questionnaire that they are about.

use std::collections::BTreeMap;
use std::ops::Range;

use la_arena::Idx;
use toml::Spanned;

use crate::authoring::cases::{Case, Expectation};
use crate::diagnostic::{Rule, quote};
use crate::engine::answers::Answers;
use crate::engine::evaluation::Evaluation;
use crate::questionnaire::parse::fields::{Fields, TomlText, TomlValue, number, text, text_list};
use crate::questionnaire::parse::problems::Problems;
use crate::questionnaire::{Alarm, Answer, Cause, Question, Questionnaire, Topic, Urgency, WrittenAnswer};

/// Answers, each with the place of its key in the file.
type GivenAnswers = BTreeMap<Idx<Question>, (Answer, Range<usize>)>;

struct CaseReader<'a> {
    questionnaire: &'a Questionnaire,
    problems: &'a Problems,
}

/// The keys that say what has to come out.
const EXPECTATIONS: [&str; 16] = [
    "first",
    "among_first",
    "not_among_first",
    "urgency",
    "at_least",
    "at_most",
    "alarms",
    "raised",
    "not_raised",
    "unsure",
    "asked",
    "not_asked",
    "above",
    "advised",
    "never_advised",
    "questions",
];

/// All cases of a file.
pub(super) fn cases(fields: &mut Fields<'_, '_>, questionnaire: &Questionnaire, problems: &Problems) -> Vec<Case> {
    let reader = CaseReader { questionnaire, problems };
    let everyone = reader.answers(fields.entries("answers"));
    fields.tables("case", "a case", |_, fields| reader.case(fields, &everyone))
}

impl CaseReader<'_> {
    fn case(&self, mut fields: Fields<'_, '_>, everyone: &GivenAnswers) -> Case {
        let name = fields.required_text("name");
        let own = self.answers(fields.entries("answers"));
        let mut answers = Answers::new();
        for (question, (answer, _)) in everyone.iter().chain(&own) {
            answers.set(*question, answer.clone());
        }
        self.report_unasked(&answers, &own);
        let mut expected = Vec::new();
        self.expect_each(&mut fields, "first", Self::topic, Expectation::First, &mut expected);
        self.expect_each(&mut fields, "among_first", Self::topic, Expectation::AmongFirst, &mut expected);
        self.expect_each(&mut fields, "not_among_first", Self::topic, Expectation::NotAmongFirst, &mut expected);
        self.expect_level(&mut fields, "urgency", Expectation::Urgency, &mut expected);
        self.expect_level(&mut fields, "at_least", Expectation::AtLeast, &mut expected);
        self.expect_level(&mut fields, "at_most", Expectation::AtMost, &mut expected);
        expected.extend(self.alarms(&mut fields, "alarms").map(Expectation::Alarms));
        expected.extend(self.alarms(&mut fields, "unsure").map(Expectation::Unsure));
        self.expect_each(&mut fields, "raised", Self::alarm, Expectation::Raised, &mut expected);
        self.expect_each(&mut fields, "not_raised", Self::alarm, Expectation::NotRaised, &mut expected);
        self.expect_each(&mut fields, "asked", Self::question, Expectation::Asked, &mut expected);
        self.expect_each(&mut fields, "not_asked", Self::question, Expectation::NotAsked, &mut expected);
        for (name, others) in fields.entries("above") {
            let above = self.cause(&name);
            let below = one_or_more("above", others, self.problems);
            let below: Vec<_> = below.iter().filter_map(|name| self.cause(name)).collect();
            expected.extend(
                above.into_iter().flat_map(|above| below.iter().map(move |below| Expectation::Above(above, *below))),
            );
        }
        self.advice(&mut fields, "advised", Expectation::Advised, &mut expected);
        self.advice(&mut fields, "never_advised", Expectation::NeverAdvised, &mut expected);
        if let Some(number) = fields.number("questions") {
            expected.extend(self.whole(&number).map(Expectation::Questions));
        }
        // An expectation that could not be read is a problem already.
        if expected.is_empty() && !EXPECTATIONS.iter().any(|key| fields.has(key)) {
            let help = "say what must come out: first, among_first, urgency, alarms, raised, …";
            self.problems.push_with_help(Rule::MissingKey, fields.span(), "a case that expects nothing", help);
        }
        fields.finish();
        Case { name, answers, expected }
    }

    /// Reports answers to questions that the interview would not ask. The answers that all cases share may be such.
    fn report_unasked(&self, answers: &Answers, own: &GivenAnswers) {
        let evaluation = Evaluation::new(self.questionnaire, answers);
        for (question, (_, span)) in own.iter().filter(|(question, _)| !evaluation.is_shown(**question)) {
            let id = &self.questionnaire.questions[*question].id;
            let message = format!("after these answers {} is not asked", quote(id));
            let help = "take it out, or answer what opens it";
            self.problems.push_with_help(Rule::NotAsked, span.clone(), message, help);
        }
    }

    fn answers(&self, entries: Vec<(TomlText<'_>, &TomlValue<'_>)>) -> GivenAnswers {
        let mut answers = GivenAnswers::new();
        for (name, value) in entries {
            let Some(question) = self.question(&name) else { continue };
            match Answer::read(&self.questionnaire.questions[question], &WrittenAnswer::from_toml(value)) {
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

    fn expect_each<T>(
        &self,
        fields: &mut Fields<'_, '_>,
        key: &'static str,
        find: fn(&Self, &TomlText<'_>) -> Option<T>,
        make: fn(T) -> Expectation,
        expected: &mut Vec<Expectation>,
    ) {
        expected.extend(fields.names(key).iter().filter_map(|name| find(self, name)).map(make));
    }

    fn expect_level(
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

    /// A list of alarms, in file order.
    fn alarms(&self, fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Vec<Idx<Alarm>>> {
        let names = fields.list(key)?.into_iter().filter_map(|item| text(key, item, self.problems));
        let mut alarms: Vec<_> = names.filter_map(|name| self.alarm(&name)).collect();
        alarms.sort_unstable();
        Some(alarms)
    }

    fn advice(
        &self,
        fields: &mut Fields<'_, '_>,
        key: &'static str,
        make: fn(Idx<Cause>, usize) -> Expectation,
        expected: &mut Vec<Expectation>,
    ) {
        for (name, places) in fields.entries(key) {
            let Some(cause) = self.cause(&name) else { continue };
            expected.extend(self.advice_rows(key, cause, places).into_iter().map(|at| make(cause, at)));
        }
    }

    fn question(&self, name: &TomlText<'_>) -> Option<Idx<Question>> {
        let questions = self.questionnaire.questions.iter().map(|(id, question)| (question.id.as_str(), id));
        self.find(name, "a question", questions)
    }

    fn alarm(&self, name: &TomlText<'_>) -> Option<Idx<Alarm>> {
        let alarms = self.questionnaire.alarms.iter().map(|(id, alarm)| (alarm.id.as_str(), id));
        self.find(name, "an alarm", alarms)
    }

    fn topic(&self, name: &TomlText<'_>) -> Option<Topic> {
        let causes = self.questionnaire.causes.iter().map(|(id, cause)| (cause.id.as_str(), Topic::Cause(id)));
        let families = self.questionnaire.families.iter().map(|(id, family)| (family.id.as_str(), Topic::Family(id)));
        self.find(name, "a cause or family", causes.chain(families))
    }

    fn cause(&self, name: &TomlText<'_>) -> Option<Idx<Cause>> {
        let causes = self.questionnaire.causes.iter().map(|(id, cause)| (cause.id.as_str(), id));
        self.find(name, "a cause", causes)
    }

    /// Places in the list of a cause's advice, from 0. In the file they are counted from 1.
    fn advice_rows(&self, key: &'static str, cause: Idx<Cause>, places: &TomlValue<'_>) -> Vec<usize> {
        let advice = self.questionnaire.causes[cause].advice.len();
        let places = places.get_ref().as_array().map_or_else(|| vec![places], |list| list.iter().collect());
        let numbers = places.into_iter().filter_map(|place| number(key, place, self.problems));
        let read = |number: Spanned<f64>| {
            let place = self.whole(&number)?;
            if place == 0 || place > advice {
                let message = format!("{} has no advice {place}", quote(&self.questionnaire.causes[cause].id));
                let help = format!("it has {advice}, counted from 1");
                self.problems.push_with_help(Rule::OutOfRange, number.span(), message, help);
                return None;
            }
            Some(place - 1)
        };
        numbers.filter_map(read).collect()
    }

    /// A count of at most a million.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is a whole number within bounds")]
    fn whole(&self, number: &Spanned<f64>) -> Option<usize> {
        const MOST: f64 = 1e6;
        let count = *number.get_ref();
        if count.fract() != 0.0 || !(0.0..=MOST).contains(&count) {
            self.problems.push(Rule::OutOfRange, number.span(), format!("{count} is no count"));
            return None;
        }
        Some(count as usize)
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

/// One name, or a list of names.
fn one_or_more<'t>(key: &'static str, value: &'t TomlValue<'t>, problems: &Problems) -> Vec<TomlText<'t>> {
    if value.get_ref().is_array() {
        text_list(key, value, problems)
    } else {
        text(key, value, problems).into_iter().collect()
    }
}
