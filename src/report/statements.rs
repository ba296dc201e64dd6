//! What was said to each question: yes to…, no to…, not sure about…, not asked.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::Idx;
use serde::Serialize;

use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::{Outcome, RankingLine};
use crate::questionnaire::{Answer, Choice, Condition, Question, Questionnaire, Test, Urgency};
use crate::text::wording;

/// What was said to each question, in file order; of what was said to be so or not, first that on which the most urgent
/// alarms depend.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Statements<'q> {
    /// Questions that take a number, or one of several options, with the answer.
    pub answers: Vec<QuestionAndAnswer<'q>>,
    /// What was said to be so.
    pub yes: Vec<Statement<'q>>,
    /// What was said not to be so: what was not ticked too.
    pub no: Vec<Statement<'q>>,
    /// What was not known.
    pub not_sure: Vec<Statement<'q>>,
    /// Questions that wait for an answer.
    pub not_asked: Vec<&'q str>,
    /// How many questions did not come up, because of other answers.
    pub not_shown: usize,
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionAndAnswer<'q> {
    /// The question.
    pub ask: &'q str,
    /// The answer.
    pub said: String,
}

/// An option of a question, or all of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Statement<'q> {
    /// The question.
    pub ask: &'q str,
    /// The option; none when it is the question itself.
    pub option: Option<&'q str>,
    /// What depends on it.
    pub pertinence: Pertinence,
}

/// What depends on an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Pertinence {
    /// An alarm.
    Danger,
    /// One of the first causes.
    Cause,
    /// Neither.
    Other,
}

impl Statement<'_> {
    /// It in words: the option, or the question.
    #[must_use]
    pub fn words(&self) -> &str {
        self.option.unwrap_or(self.ask)
    }
}

/// What was said. Lists that later questions come back to are told apart, unless nothing is known of them.
pub(super) fn statements<'q>(
    questionnaire: &'q Questionnaire,
    outcome: &Outcome,
    evaluation: &Evaluation<'_>,
    first_causes: usize,
) -> Statements<'q> {
    let pertinent = PertinenceIndex::new(questionnaire, outcome, first_causes);
    let mut said = Statements::default();
    let (mut yes, mut no) = (Vec::new(), Vec::new());
    for (id, question) in questionnaire.questions.iter() {
        if !evaluation.is_shown(id) {
            said.not_shown += 1;
            continue;
        }
        let point = |option: Option<Idx<Choice>>| Statement {
            ask: &question.ask,
            option: option.and_then(|option| Some(question.options()?[option].say.as_str())),
            pertinence: pertinent.pertinence(id, option),
        };
        match evaluation.answer(id) {
            None => said.not_asked.push(&question.ask),
            Some(Answer::NotSure) => said.not_sure.push(point(None)),
            Some(Answer::One(option)) if question.is_yes_no() => {
                let is_yes = question.option("yes") == Some(*option);
                let list = if is_yes { &mut yes } else { &mut no };
                list.push((pertinent.alarm_urgency(id, None), point(None)));
            }
            Some(answer @ (Answer::One(_) | Answer::Number(_))) => {
                said.answers.push(QuestionAndAnswer { ask: &question.ask, said: wording::answer(question, answer) });
            }
            Some(Answer::Many { .. }) if questionnaire.is_in_follow_up_list(id) => {}
            Some(Answer::Many { ticked, unsure }) => {
                for option in evaluation.offered(id) {
                    let urgency = pertinent.alarm_urgency(id, Some(option));
                    match (ticked.contains(&option), unsure.contains(&option)) {
                        (true, _) => yes.push((urgency, point(Some(option)))),
                        (_, true) => said.not_sure.push(point(Some(option))),
                        _ => no.push((urgency, point(Some(option)))),
                    }
                }
            }
        }
    }
    said.yes = most_urgent_first(yes);
    said.no = most_urgent_first(no);
    said
}

fn most_urgent_first(mut points: Vec<(Option<Idx<Urgency>>, Statement<'_>)>) -> Vec<Statement<'_>> {
    points.sort_by_key(|(urgency, _)| std::cmp::Reverse(*urgency));
    points.into_iter().map(|(_, point)| point).collect()
}

/// What depends on which option.
struct PertinenceIndex {
    /// The most urgent of the alarms that look at it.
    dangers: BTreeMap<(Idx<Question>, Idx<Choice>), Idx<Urgency>>,
    /// What the first causes look at.
    causes: BTreeSet<(Idx<Question>, Idx<Choice>)>,
}

impl PertinenceIndex {
    fn new(questionnaire: &Questionnaire, outcome: &Outcome, first_causes: usize) -> PertinenceIndex {
        let lines = outcome.lines(questionnaire);
        let members = lines.iter().take(first_causes).filter_map(RankingLine::highest);
        let findings = members.flat_map(|ranked| &questionnaire.causes[ranked.cause].findings);
        let mut dangers = BTreeMap::new();
        for alarm in questionnaire.alarms.values() {
            for option in options_tested_by(questionnaire, std::iter::once(&alarm.when)) {
                let most = dangers.entry(option).or_insert(alarm.urgency);
                *most = alarm.urgency.max(*most);
            }
        }
        PertinenceIndex { dangers, causes: options_tested_by(questionnaire, findings.map(|finding| &finding.when)) }
    }

    fn pertinence(&self, question: Idx<Question>, option: Option<Idx<Choice>>) -> Pertinence {
        let is_of_cause = || match option {
            Some(option) => self.causes.contains(&(question, option)),
            None => self.causes.iter().any(|(tested, _)| *tested == question),
        };
        if self.alarm_urgency(question, option).is_some() {
            Pertinence::Danger
        } else if is_of_cause() {
            Pertinence::Cause
        } else {
            Pertinence::Other
        }
    }

    /// The level of the most urgent alarm that looks at an option, or at any of a question.
    fn alarm_urgency(&self, question: Idx<Question>, option: Option<Idx<Choice>>) -> Option<Idx<Urgency>> {
        match option {
            Some(option) => self.dangers.get(&(question, option)).copied(),
            None => self.dangers.iter().filter(|((tested, _), _)| *tested == question).map(|(_, level)| *level).max(),
        }
    }
}

/// The options that conditions look at, themselves or through facts.
fn options_tested_by<'q>(
    questionnaire: &'q Questionnaire,
    conditions: impl Iterator<Item = &'q Condition>,
) -> BTreeSet<(Idx<Question>, Idx<Choice>)> {
    let mut options = BTreeSet::new();
    for test in questionnaire.tests_behind(conditions) {
        if let Test::Question { question, form } = test {
            options.extend(form.options().iter().map(|option| (*question, *option)));
        }
    }
    options
}
