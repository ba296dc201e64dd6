use super::Evaluation;
use crate::engine::answers::Answers;
use crate::questionnaire::{Answer, Questionnaire, Truth, WrittenAnswer, parse};

const TREE: &str = r#"
format = 1
title = "T"
question = [
  { id = "pain", ask = "Pain?", kind = "one" },
  { id = "worse", ask = "Worse?", kind = "one", when = { pain = "yes" }, otherwise = "no" },
  { id = "signs", ask = "Which?", kind = "many", options = [
    { id = "red", say = "Red" }, { id = "hot", say = "Hot" }, { id = "hard", say = "Hard" },
  ] },
  { id = "new", ask = "Which are new?", kind = "many", from = "signs" },
]

[fact.not_worse]
when = { worse = "no" }
[fact.any_sign]
when = { signs = ["red", "hot"] }
[fact.both_signs]
when = { signs = { all = ["red", "hot"] } }
[fact.new_red]
when = { new = "red" }
[fact.no_sign]
when = { any_sign = "no" }
[fact.pain_with_a_sign]
when = { pain = "yes", any_sign = "yes" }
[fact.pain_or_a_sign]
when = [{ pain = "yes" }, { any_sign = "yes" }]
"#;

fn tree() -> Questionnaire {
    parse(TREE.as_bytes()).expect("valid")
}

fn text(option: &str) -> WrittenAnswer<'_> {
    WrittenAnswer::Text(option.into())
}

fn list<'a>(options: &[&'a str]) -> WrittenAnswer<'a> {
    WrittenAnswer::List(options.iter().map(|option| (*option).into()).collect())
}

fn answers(tree: &Questionnaire, written: &[(&str, WrittenAnswer)]) -> Answers {
    let mut answers = Answers::new();
    for (id, written) in written {
        let question = tree.question(id).expect("a question");
        answers.set(question, Answer::read(&tree.questions[question], written).expect("an answer"));
    }
    answers
}

/// Compares some facts after these answers.
#[track_caller]
fn check(written: &[(&str, WrittenAnswer)], expected: &[(&str, Truth)]) {
    let tree = tree();
    let evaluation = Evaluation::owning(&tree, answers(&tree, written));
    for (id, expected) in expected {
        let fact = tree.facts.iter().find(|(_, fact)| fact.id == *id).expect("a fact").0;
        assert_eq!(evaluation.fact(fact), *expected, "{id} after {written:?}");
    }
}

#[test]
fn a_question_that_is_hidden_for_certain_counts_as_its_otherwise() {
    check(&[("pain", text("no"))], &[("not_worse", Truth::Yes)]);
    check(&[("pain", text("no")), ("worse", text("yes"))], &[("not_worse", Truth::Yes)]);
}

#[test]
fn a_question_that_may_still_be_asked_leaves_conditions_on_it_open() {
    check(&[], &[("not_worse", Truth::Open)]);
    check(&[("pain", text("not-sure"))], &[("not_worse", Truth::Open)]);
    check(&[("pain", text("yes"))], &[("not_worse", Truth::Open)]);
}

#[test]
fn an_option_marked_not_sure_leaves_open_only_the_conditions_that_it_could_change() {
    check(&[("signs", list(&["?red"]))], &[("any_sign", Truth::Open), ("both_signs", Truth::No)]);
    check(&[("signs", list(&["?red", "hot"]))], &[("any_sign", Truth::Yes), ("both_signs", Truth::Open)]);
    check(&[("signs", list(&["?hard"]))], &[("any_sign", Truth::No), ("both_signs", Truth::No)]);
}

#[test]
fn from_narrows_an_answer_to_the_options_that_are_ticked_in_its_source() {
    let tree = tree();
    let written = [("signs", list(&["hot"])), ("new", list(&["red", "hot"]))];
    let evaluation = Evaluation::owning(&tree, answers(&tree, &written));
    let new = tree.question("new").expect("a question");
    let only_hot = Answer::read(&tree.questions[new], &list(&["hot"])).expect("an answer");
    assert_eq!(evaluation.answer(new), Some(&only_hot));
}

#[test]
fn an_option_that_is_not_sure_in_the_source_is_not_sure_in_what_takes_its_options_from_there() {
    let written = [("signs", list(&["hot", "?red"])), ("new", list(&["hot"]))];
    check(&written, &[("new_red", Truth::Open)]);
}

#[test]
fn an_answer_about_fewer_options_than_are_offered_now_is_no_answer() {
    let tree = tree();
    let [signs, new] = ["signs", "new"].map(|id| tree.question(id).expect("a question"));
    let mut answers = answers(&tree, &[("signs", list(&["red", "hot"]))]);
    let none = Answer::read(&tree.questions[new], &list(&[])).expect("an answer");
    let red = tree.questions[signs].option("red").expect("an option");
    answers.set_offered(new, none, [red].into());
    let evaluation = Evaluation::new(&tree, &answers);
    assert!(evaluation.is_shown(new) && evaluation.answer(new).is_none());
}

#[test]
fn a_question_without_any_option_to_offer_is_hidden() {
    let tree = tree();
    let new = tree.question("new").expect("a question");
    for (signs, shown) in [(list(&[]), Truth::No), (list(&["?red"]), Truth::Open), (list(&["red"]), Truth::Yes)] {
        let evaluation = Evaluation::owning(&tree, answers(&tree, &[("signs", signs)]));
        assert_eq!(evaluation.shown(new), shown);
    }
}

#[test]
fn a_fact_can_test_another_fact() {
    check(&[("signs", list(&["red"]))], &[("no_sign", Truth::No)]);
    check(&[("signs", list(&[]))], &[("no_sign", Truth::Yes)]);
    check(&[], &[("no_sign", Truth::Open)]);
}

#[test]
fn every_test_of_a_table_has_to_be_yes() {
    check(&[("pain", text("yes")), ("signs", list(&["red"]))], &[("pain_with_a_sign", Truth::Yes)]);
    check(&[("pain", text("no"))], &[("pain_with_a_sign", Truth::No)]);
    check(&[("pain", text("yes"))], &[("pain_with_a_sign", Truth::Open)]);
}

#[test]
fn one_table_of_an_array_of_tables_is_enough() {
    check(&[("pain", text("yes"))], &[("pain_or_a_sign", Truth::Yes)]);
    check(&[("pain", text("no"))], &[("pain_or_a_sign", Truth::Open)]);
    check(&[("pain", text("no")), ("signs", list(&[]))], &[("pain_or_a_sign", Truth::No)]);
}

#[test]
fn a_condition_waits_for_an_answer_only_while_a_question_that_can_be_answered_keeps_it_open() {
    let tree = tree();
    let awaited = |id: &str, written: &[(&str, WrittenAnswer)]| -> Vec<&str> {
        let evaluation = Evaluation::owning(&tree, answers(&tree, written));
        let fact = tree.facts.values().find(|fact| fact.id == id).expect("a fact");
        let questions = evaluation.questions_awaited(std::iter::once(&fact.when));
        questions.into_iter().map(|question| tree.questions[question].id.as_str()).collect()
    };
    assert_eq!(awaited("not_worse", &[]), ["pain"], "the question that opens the hidden one");
    assert_eq!(awaited("not_worse", &[("pain", text("yes"))]), ["worse"]);
    assert_eq!(awaited("not_worse", &[("pain", text("no"))]), [""; 0]);
    assert_eq!(awaited("no_sign", &[("signs", list(&["?red"]))]), ["signs"], "what a fact of a fact waits for");
}
