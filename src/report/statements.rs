//! The answers, sorted for a reader in a hurry: yes to…, no to…, not sure about…, not asked.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::Idx;
use serde::Serialize;

use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::{Outcome, RankingLine};
use crate::questionnaire::{Answer, Choice, Condition, Question, Questionnaire, Test, Urgency};
use crate::report::terms;
use crate::text::wording;

/// What was answered to each question, in the order of the file. In `yes` and `no`, what the most urgent alarms depend on
/// comes first.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Statements<'q> {
    /// Answers that are a number, or one of several options.
    pub answers: Vec<QuestionAndAnswer<'q>>,
    /// Options that were ticked, and questions that were answered with yes.
    pub yes: Vec<Statement<'q>>,
    /// Options that were not ticked, and questions that were answered with no.
    pub no: Vec<Statement<'q>>,
    /// Options and questions that were answered with *not sure*.
    pub not_sure: Vec<Statement<'q>>,
    /// Questions that have no answer yet.
    pub not_asked: Vec<&'q str>,
    /// How many questions were not shown because of other answers.
    pub not_shown: usize,
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionAndAnswer<'q> {
    /// The question.
    pub ask: &'q str,
    /// The answer.
    pub said: String,
    /// A clinician's word for it.
    pub term: Option<&'q str>,
    /// The title of its section.
    pub section: Option<&'q str>,
    /// Whether the option is called `no`.
    #[serde(skip)]
    pub is_no: bool,
    /// Whether it is part of who the person is.
    #[serde(skip)]
    pub tells_who: bool,
}

/// An option that was ticked, not ticked or marked *not sure*, or a question that was answered as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Statement<'q> {
    /// The question.
    pub ask: &'q str,
    /// The option; `None` for the question as a whole.
    pub option: Option<&'q str>,
    /// A clinician's word for the option.
    pub term: Option<&'q str>,
    /// The title of its section.
    pub section: Option<&'q str>,
    /// Whether the question is about who the person is.
    #[serde(skip)]
    pub tells_who: bool,
    /// What depends on the answer.
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
    /// The words of the option, or of the question.
    #[must_use]
    pub fn words(&self) -> &str {
        self.option.unwrap_or(self.ask)
    }

    /// The same in clinicians' words, if there are any.
    #[must_use]
    pub fn clinical_words(&self) -> &str {
        self.term.unwrap_or_else(|| self.words())
    }
}

/// The answers, without the lists that [`crate::report::follow_up_lists`] reports, unless they have no clear answer.
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
        let section = question.section.map(|section| questionnaire.sections[section].title.as_str());
        let tells_who = terms::tells_who(questionnaire, id);
        let choice = |option: Idx<Choice>| question.options().map(|options| &options[option]);
        let point = |option: Option<Idx<Choice>>| Statement {
            ask: &question.ask,
            option: option.and_then(choice).map(|choice| choice.say.as_str()),
            term: option.and_then(choice).and_then(|choice| choice.term.as_deref()),
            section,
            tells_who,
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
                let chosen = if let Answer::One(option) = answer { choice(*option) } else { None };
                said.answers.push(QuestionAndAnswer {
                    ask: &question.ask,
                    said: wording::answer(question, answer),
                    term: chosen.and_then(|choice| choice.term.as_deref()),
                    section,
                    is_no: chosen.is_some_and(|choice| choice.id == "no"),
                    tells_who,
                });
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

/// For each option, whether alarms or the first causes depend on it.
struct PertinenceIndex {
    /// The highest urgency of the alarms that test the option.
    dangers: BTreeMap<(Idx<Question>, Idx<Choice>), Idx<Urgency>>,
    /// The options that findings of the first causes test.
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

    /// The highest urgency of the alarms that test an option; without one, any option of the question.
    fn alarm_urgency(&self, question: Idx<Question>, option: Option<Idx<Choice>>) -> Option<Idx<Urgency>> {
        match option {
            Some(option) => self.dangers.get(&(question, option)).copied(),
            None => self.dangers.iter().filter(|((tested, _), _)| *tested == question).map(|(_, level)| *level).max(),
        }
    }
}

/// The options that conditions test, directly or through facts.
fn options_tested_by<'q>(
    questionnaire: &'q Questionnaire,
    conditions: impl Iterator<Item = &'q Condition>,
) -> BTreeSet<(Idx<Question>, Idx<Choice>)> {
    let mut options = BTreeSet::new();
    for test in questionnaire.tests_behind(conditions.into_iter().flat_map(Condition::tests)) {
        if let Test::Question { question, form } = test {
            options.extend(form.options().iter().map(|option| (*question, *option)));
        }
    }
    options
}
