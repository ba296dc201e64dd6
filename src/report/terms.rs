//! Answers in clinicians' words: the `term` of an option where its author gives one, otherwise what it says.

use la_arena::Idx;

use crate::engine::evaluation::Evaluation;
use crate::questionnaire::{Answer, Choice, Question, Questionnaire};
use crate::text::wording;

pub(super) fn of_choice(choice: &Choice) -> &str {
    choice.term.as_deref().unwrap_or(&choice.say)
}

/// The term of the option that says this.
pub(super) fn of_words<'q>(question: &'q Question, say: &'q str) -> &'q str {
    let mut options = question.options().into_iter().flat_map(la_arena::Arena::values);
    options.find(|choice| choice.say == say).map_or(say, of_choice)
}

/// A short answer without its question. For a number, the id of the question says what it counts: "Age 54".
pub(super) fn of_answer(question: &Question, answer: &Answer) -> String {
    let options = |chosen: &mut dyn Iterator<Item = Idx<Choice>>| {
        let all = question.options();
        let terms = chosen.filter_map(|option| all.map(|all| of_choice(&all[option])));
        terms.collect::<Vec<_>>().join("; ")
    };
    match answer {
        Answer::One(option) => options(&mut std::iter::once(*option)),
        Answer::Many { ticked, .. } if !ticked.is_empty() => options(&mut ticked.iter()),
        Answer::Number(number) => format!("{} {number}", wording::capitalized(&question.id.replace(['_', '-'], " "))),
        Answer::NotSure | Answer::Many { .. } => wording::answer(question, answer),
    }
}

/// Who the person is: what they answered to the first section, if others follow it.
pub(super) fn who(questionnaire: &Questionnaire, evaluation: &Evaluation<'_>) -> Vec<String> {
    let asked = questionnaire.questions.iter().filter(|(id, _)| tells_who(questionnaire, *id));
    let answered = asked.filter_map(|(id, question)| Some((question, evaluation.answer(id)?)));
    // What would be assumed without asking is not worth a word here.
    let told = answered.filter(|(question, answer)| match answer {
        Answer::NotSure => false,
        Answer::Many { ticked, .. } => !ticked.is_empty(),
        Answer::One(_) | Answer::Number(_) => question.otherwise.as_ref() != Some(answer),
    });
    told.map(|(question, answer)| of_answer(question, answer)).collect()
}

/// Whether the answer to a question is part of [`who`] the person is.
pub(super) fn tells_who(questionnaire: &Questionnaire, id: Idx<Question>) -> bool {
    let question = &questionnaire.questions[id];
    let first = questionnaire.questions.values().next().and_then(|first| first.section);
    let others = questionnaire.questions.values().any(|other| other.section != first);
    let is_first = first.is_some() && question.section == first;
    is_first && others && !question.is_yes_no() && !questionnaire.is_in_follow_up_list(id)
}
