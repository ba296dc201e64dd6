//! Follow-up lists: a question with options to tick, and later questions about what was ticked there (`from`). In the
//! built-in questions that is the list of medicines, and which of them were started or stopped lately.

use la_arena::Idx;
use serde::Serialize;

use crate::engine::evaluation::Evaluation;
use crate::questionnaire::{Answer, Choice, Question, Questionnaire};

/// What was ticked on such a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FollowUpList<'q> {
    /// The question.
    pub ask: &'q str,
    /// The title of its section.
    pub section: Option<&'q str>,
    /// What was ticked, or marked *not sure*.
    pub items: Vec<FollowUpItem<'q>>,
    /// How many other options the list has.
    pub others: usize,
    /// The later questions about it that were shown.
    pub asked_of_them: Vec<FollowUpQuestion<'q>>,
}

/// Something that was ticked, or marked *not sure*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FollowUpItem<'q> {
    /// The option.
    pub say: &'q str,
    /// A clinician's word for it.
    pub term: Option<&'q str>,
    /// Whether it was only marked *not sure*.
    pub is_unsure: bool,
    /// The later questions to which it was ticked.
    pub yes: Vec<&'q str>,
    /// The later questions to which it was marked *not sure*.
    pub not_sure: Vec<&'q str>,
}

/// A later question about a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FollowUpQuestion<'q> {
    /// The question.
    pub ask: &'q str,
    /// Whether it was answered with ticks or with *none of these*: not when it is open or *not sure* as a whole.
    pub is_answered: bool,
}

impl Questionnaire {
    /// Whether a question is reported as part of a follow-up list: its options are what was ticked on another question, or
    /// another's are what was ticked on it.
    pub(super) fn is_in_follow_up_list(&self, question: Idx<Question>) -> bool {
        self.questions[question].from().is_some() || self.is_followed_up(question)
    }

    fn is_followed_up(&self, question: Idx<Question>) -> bool {
        self.questions.values().any(|later| later.from() == Some(question))
    }
}

/// Every follow-up list that was answered.
pub(super) fn follow_up_lists<'q>(
    questionnaire: &'q Questionnaire,
    evaluation: &Evaluation<'_>,
) -> Vec<FollowUpList<'q>> {
    let is_list = |id: Idx<Question>| questionnaire.questions[id].from().is_none() && questionnaire.is_followed_up(id);
    let lists = questionnaire.questions.iter().filter(|(id, _)| is_list(*id));
    lists.filter_map(|(id, question)| follow_up_list(questionnaire, evaluation, id, question)).collect()
}

fn follow_up_list<'q>(
    questionnaire: &'q Questionnaire,
    evaluation: &Evaluation<'_>,
    id: Idx<Question>,
    question: &'q Question,
) -> Option<FollowUpList<'q>> {
    let Some(Answer::Many { ticked, unsure }) = evaluation.answer(id) else { return None };
    // A question about what was ticked on a later question is about the same list.
    let mut of_list = vec![id];
    for (later, asked) in questionnaire.questions.iter() {
        if asked.from().is_some_and(|from| of_list.contains(&from)) {
            of_list.push(later);
        }
    }
    let later: Vec<_> = of_list.into_iter().skip(1).filter(|later| evaluation.is_shown(*later)).collect();
    let ask = |question: &Idx<Question>| questionnaire.questions[*question].ask.as_str();
    let said_of = |option: Idx<Choice>, is_wanted: fn(bool, bool) -> bool| -> Vec<&'q str> {
        let says = |later: &&Idx<Question>| match evaluation.answer(**later) {
            Some(Answer::Many { ticked, unsure }) => is_wanted(ticked.contains(&option), unsure.contains(&option)),
            Some(Answer::NotSure | Answer::One(_) | Answer::Number(_)) | None => false,
        };
        later.iter().filter(says).map(ask).collect()
    };
    let options = question.options()?;
    let noted = options.iter().filter(|(option, _)| ticked.contains(option) || unsure.contains(option));
    let items: Vec<FollowUpItem<'q>> = noted
        .map(|(option, choice)| FollowUpItem {
            say: &choice.say,
            term: choice.term.as_deref(),
            is_unsure: unsure.contains(&option),
            yes: said_of(option, |is_ticked, _| is_ticked),
            not_sure: said_of(option, |_, is_unsure| is_unsure),
        })
        .collect();
    let is_answered = |later| matches!(evaluation.answer(later), Some(Answer::Many { .. }));
    Some(FollowUpList {
        ask: &question.ask,
        section: question.section.map(|section| questionnaire.sections[section].title.as_str()),
        others: options.len() - items.len(),
        items,
        asked_of_them: later
            .iter()
            .map(|later| FollowUpQuestion { ask: ask(later), is_answered: is_answered(*later) })
            .collect(),
    })
}
