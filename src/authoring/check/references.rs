//! What the conditions of a questionnaire test, directly and through facts, and which questions they need.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::Idx;

use crate::questionnaire::{Alarm, Condition, FilePart, Question, Questionnaire, Subject, Test};

/// The conditions that decide whether causes are in play and how probable they are.
pub(super) fn conditions_of_causes(questionnaire: &Questionnaire) -> impl Iterator<Item = &Condition> {
    let of_causes = questionnaire.conditions().filter(|(part, _)| {
        matches!(
            part,
            FilePart::Ranking | FilePart::Cause(_) | FilePart::Base(..) | FilePart::Adjust(..) | FilePart::Finding(..)
        )
    });
    of_causes.map(|(_, condition)| condition)
}

/// Every test that can make a difference: those inside a fact only if something tests the fact.
pub(super) fn tests(questionnaire: &Questionnaire) -> Vec<&Test> {
    let all = questionnaire.conditions().filter(|(part, _)| !matches!(part, FilePart::Fact(_)));
    questionnaire.tests_behind(all.flat_map(|(_, condition)| condition.tests())).collect()
}

/// The questions that some conditions need: those that they test, and those that decide whether these are shown. Each comes
/// with the owner of the first condition that needs it.
pub(super) fn needed<'q, T: Copy>(
    questionnaire: &'q Questionnaire,
    conditions: impl Iterator<Item = (T, &'q Condition)>,
) -> BTreeMap<Idx<Question>, T> {
    let mut needed = BTreeMap::new();
    let mut facts = BTreeSet::new();
    let mut waiting = Vec::new();
    for (owner, condition) in conditions {
        waiting.extend(condition.tests().map(Test::subject));
        while let Some(subject) = waiting.pop() {
            match subject {
                Subject::Fact(fact) => {
                    if facts.insert(fact) {
                        waiting.extend(questionnaire.facts[fact].when.tests().map(Test::subject));
                    }
                }
                Subject::Question(question) => {
                    if needed.contains_key(&question) {
                        continue;
                    }
                    needed.insert(question, owner);
                    let asked = &questionnaire.questions[question];
                    waiting.extend(asked.when.tests().map(Test::subject));
                    waiting.extend(asked.from().map(Subject::Question));
                }
            }
        }
    }
    needed
}

/// The questions that alarms need, each with the first alarm that needs it.
pub(super) fn needed_by_alarms(questionnaire: &Questionnaire) -> BTreeMap<Idx<Question>, Idx<Alarm>> {
    needed(questionnaire, questionnaire.alarms.iter().map(|(alarm, red_flag)| (alarm, &red_flag.when)))
}
