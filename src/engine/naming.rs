//! Which of the ranked causes are named to the person: those with a reason that can be told. The others only follow from
//! what was *not* said, or from *not sure*.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::engine::evaluation::Evaluation;
use crate::engine::explanation::trace::{DecidingTest, deciding_tests};
use crate::engine::explanation::{StatedAnswer, stated_answer};
use crate::engine::ranking::Ranking;
use crate::engine::reachability::Reachability;
use crate::questionnaire::{Answer, Cause, Condition, Truth};

/// The ranked causes with a reason that can be told.
#[must_use]
pub fn named(ranking: &Ranking, evaluation: &Evaluation<'_>) -> BTreeSet<Idx<Cause>> {
    let causes = &evaluation.questionnaire().causes;
    let has_reason = |cause: &Idx<Cause>| reasons_to_name(&causes[*cause], evaluation).next().is_some();
    ranking.ranked().map(|ranked| ranked.cause).filter(has_reason).collect()
}

/// Whether a cause that is ranked stays named, whatever is answered to the questions that are free.
#[must_use]
pub fn stays_named(cause: Idx<Cause>, reachability: &Reachability<'_, '_>) -> bool {
    let evaluation = reachability.evaluation();
    let mut reasons = reasons_to_name(&evaluation.questionnaire().causes[cause], evaluation);
    reasons.any(|when| reachability.condition(when).is_certain())
}

/// The conditions that give a reason to name a cause: of what raises it, any that is *yes* because of a clear answer; of
/// its own `when` and of what lowers it, only those that are *yes* because something was affirmed.
fn reasons_to_name<'q>(cause: &'q Cause, evaluation: &Evaluation<'q>) -> impl Iterator<Item = &'q Condition> {
    let findings = cause.findings.iter().map(|finding| (&finding.when, finding.lr > 1.0));
    let conditions = std::iter::once((&cause.when, false)).chain(findings);
    conditions.filter(|(when, raises)| is_told(when, *raises, evaluation)).map(|(when, _)| when)
}

fn is_told<'q>(when: &'q Condition, with_denials: bool, evaluation: &Evaluation<'q>) -> bool {
    evaluation.truth(when) == Truth::Yes
        && deciding_tests(when, evaluation, |_, _| false).into_iter().any(|test| {
            let DecidingTest::Question(question, form) = test else { return false };
            let asked = &evaluation.questionnaire().questions[question];
            let is_denial = match stated_answer(form, question, evaluation) {
                StatedAnswer::Whole(Answer::NotSure) => return false,
                StatedAnswer::Unticked(_) => true,
                StatedAnswer::Whole(Answer::One(option)) => asked.is_yes_no() && asked.option("no") == Some(option),
                StatedAnswer::Whole(Answer::Many { ticked, .. }) => ticked.is_empty(),
                StatedAnswer::Ticked(_) | StatedAnswer::Counted { .. } | StatedAnswer::Whole(Answer::Number(_)) => {
                    false
                }
            };
            with_denials || !is_denial
        })
}
