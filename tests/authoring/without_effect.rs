//! On random trees, a question or option that a warning calls without effect really has none.

use std::collections::BTreeSet;

use crate::generate::{Picks, Tree, Wishes, answer};
use la_arena::Idx;
use proptest::prelude::*;
use twinge::authoring::check::{Checked, check};
use twinge::diagnostic::Rule;
use twinge::engine::answers::Answers;
use twinge::questionnaire::{Answer, Choice, FilePart, Question, Questionnaire, parse_with_spans};
use twinge::report::score::Scored;

const ANY: Wishes = Wishes { tests_not_sure: true };

fn picks() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..500)
}

fn checked(file: &str) -> Checked {
    check(file.as_bytes()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn all_answers(picks: &mut Picks, questionnaire: &Questionnaire) -> Answers {
    let mut answers = Answers::new();
    for (id, question) in questionnaire.questions.iter() {
        answers.set(id, answer(picks, question));
    }
    answers
}

/// The causes, alarms and urgency that follow from some answers, without the list of ignored answers.
fn outcome(questionnaire: &Questionnaire, answers: &Answers) -> serde_json::Value {
    let mut scored = serde_json::to_value(Scored::new(questionnaire, answers)).expect("JSON");
    scored.as_object_mut().and_then(|scored| scored.remove("ignored")).expect("a list");
    scored
}

/// The questions with an `idle-question` warning.
fn idle(file: &str, checked: &Checked) -> Vec<Idx<Question>> {
    let spans = parse_with_spans(file.as_bytes()).expect("valid").spans;
    let warned = |question: &Idx<Question>| {
        let span = spans.span(FilePart::Question(*question));
        checked.warnings.iter().any(|warning| warning.rule == Rule::IdleQuestion && warning.span == span)
    };
    checked.questionnaire.questions.iter().map(|(question, _)| question).filter(warned).collect()
}

/// The options with a `no-effect` warning.
fn without_effect(file: &str, checked: &Checked) -> Vec<(Idx<Question>, Idx<Choice>)> {
    let spans = parse_with_spans(file.as_bytes()).expect("valid").spans;
    let mut found = Vec::new();
    for (question, asked) in checked.questionnaire.questions.iter() {
        for (option, _) in asked.options().into_iter().flat_map(la_arena::Arena::iter) {
            let span = spans.span(FilePart::Option(question, option));
            // Yes and no are not in the file, and options that come from another question are written there.
            let is_written = span != spans.span(FilePart::Question(question)) && asked.from().is_none();
            let mut warnings = checked.warnings.iter();
            if is_written && warnings.any(|warning| warning.rule == Rule::NoEffect && warning.span == span) {
                found.push((question, option));
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_answer_to_an_idle_question_changes_nothing(numbers in picks()) {
        let mut picks = Picks::new(numbers);
        let file = Tree::grow(&mut picks, ANY).toml();
        let checked = checked(&file);
        let questionnaire = &checked.questionnaire;
        let mut answers = all_answers(&mut picks, questionnaire);
        let before = outcome(questionnaire, &answers);
        for question in idle(&file, &checked) {
            answers.set(question, answer(&mut picks, &questionnaire.questions[question]));
        }
        prop_assert_eq!(before, outcome(questionnaire, &answers));
    }

    #[test]
    fn an_option_without_effect_can_be_left_out(numbers in picks()) {
        let mut picks = Picks::new(numbers);
        let file = Tree::grow(&mut picks, ANY).toml();
        let checked = checked(&file);
        let questionnaire = &checked.questionnaire;
        let answers = all_answers(&mut picks, questionnaire);
        let before = outcome(questionnaire, &answers);
        for (question, option) in without_effect(&file, &checked) {
            let asked = &questionnaire.questions[question];
            let mut without = answers.clone();
            match answers.get(question) {
                Some(Answer::Many { ticked, unsure }) => {
                    // Any tick opens the questions that offer the ticks again.
                    let is_source = questionnaire.questions.values().any(|other| other.from() == Some(question));
                    if !is_source {
                        let ticked = ticked.iter().filter(|ticked| *ticked != option).collect();
                        without.set(question, Answer::Many { ticked, unsure: unsure.clone() });
                    }
                }
                Some(Answer::One(chosen)) if *chosen == option => {
                    // The warning names an option before it that has the same effect.
                    let options = asked.options().expect("it has some");
                    let alike = options.iter().map(|(other, _)| other).take_while(|other| *other != option).any(|other| {
                        without.set(question, Answer::One(other));
                        outcome(questionnaire, &without) == before
                    });
                    prop_assert!(alike, "{}", file);
                }
                _ => {}
            }
            prop_assert_eq!(&before, &outcome(questionnaire, &without));
        }
    }

    #[test]
    fn what_the_whole_file_allows_is_silent_and_changes_nothing(numbers in picks()) {
        let mut picks = Picks::new(numbers);
        let tree = Tree::grow(&mut picks, ANY);
        let file = tree.toml();
        let open = checked(&file);
        let rules: BTreeSet<_> = open.warnings.iter().map(|warning| warning.rule.name()).collect();
        let allowed: Vec<_> = rules.iter().map(|rule| format!("{rule} = \"random\"")).collect();
        prop_assume!(!allowed.is_empty());
        let silent = checked(&format!("allow = {{ {} }}\n{file}", allowed.join(", ")));
        prop_assert!(silent.warnings.is_empty(), "{:?}", silent.warnings);
        prop_assert_eq!(silent.silenced.len(), open.warnings.len());
        let plain = tree.questionnaire();
        let answers = all_answers(&mut picks, &plain);
        prop_assert_eq!(outcome(&plain, &answers), outcome(&silent.questionnaire, &answers));
    }
}

#[test]
fn random_trees_have_what_is_proved_here() {
    let (mut idle_questions, mut options) = (0, 0);
    for seed in 0..200_u16 {
        let numbers = (0..500_u16).map(|at| at.wrapping_mul(seed.wrapping_mul(40_503) | 1).rotate_left(7)).collect();
        let file = Tree::grow(&mut Picks::new(numbers), ANY).toml();
        let checked = checked(&file);
        idle_questions += idle(&file, &checked).len();
        options += without_effect(&file, &checked).len();
    }
    assert!(idle_questions > 20 && options > 20, "{idle_questions} idle questions, {options} options");
}
