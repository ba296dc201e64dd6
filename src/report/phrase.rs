//! Reasons in as few words as possible, taken from the person's own answers.

use crate::engine::explanation::{Reason, StatedAnswer};
use crate::questionnaire::{Answer, Questionnaire};
use crate::text::wording;

/// This many options that were not ticked are named; the others are only counted.
const UNTICKED: usize = 3;

/// A phrase for each reason.
pub(super) fn phrases(reasons: &[Reason<'_>], questionnaire: &Questionnaire) -> Vec<String> {
    reasons.iter().map(|reason| phrase(reason, questionnaire)).collect()
}

fn phrase(reason: &Reason<'_>, questionnaire: &Questionnaire) -> String {
    let (question, said) = match reason {
        Reason::Fact(say) => return (*say).to_owned(),
        Reason::Said(question, said) => (&questionnaire.questions[*question], said),
    };
    match said {
        StatedAnswer::Ticked(options) => options.join("; "),
        StatedAnswer::Unticked(options) => unticked(options),
        StatedAnswer::Counted { answer, is_too_few } => {
            let only = if *is_too_few { "only " } else { "" };
            format!("{only}{}", wording::answer(question, answer))
        }
        StatedAnswer::Whole(answer @ Answer::One(_)) if !question.is_yes_no() => wording::answer(question, answer),
        StatedAnswer::Whole(answer) => format!("{} {}", question.ask, wording::answer(question, answer)),
    }
}

fn unticked(options: &[&str]) -> String {
    let named = options.iter().take(UNTICKED).copied().collect::<Vec<_>>().join("; ");
    let more = match options.len().saturating_sub(UNTICKED) {
        0 => String::new(),
        1 => ", nor 1 other".to_owned(),
        more => format!(", nor {more} others"),
    };
    format!("not ticked: {named}{more}")
}
