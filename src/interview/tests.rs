use la_arena::Idx;

use super::{InView, Interview, Move};
use crate::questionnaire::{Answer, Question, Questionnaire, WrittenAnswer, parse};

const TREE: &str = r#"
format = 1
title = "T"
question = [
  { id = "signs", ask = "Which?", kind = "many", options = [
    { id = "red", say = "Red" }, { id = "hot", say = "Hot" }, { id = "hard", say = "Hard" },
  ] },
  { id = "leg", ask = "In the leg?", kind = "one" },
  { id = "days", ask = "For how many days?", kind = "number", min = 0, max = 99, when = { leg = "yes" } },
  { id = "rest", ask = "At rest?", kind = "one" },
]
urgency = [{ id = "low", say = "Low." }, { id = "high", say = "High.", interrupts = true }]
alarm = [{ id = "red", when = { signs = "red" }, urgency = "high", say = "Go." }]

[[cause]]
id = "clot"
name = "A clot"
base = [{ p = 0.2 }]
findings = [{ lr = 4.0, lr_no = 0.25, when = { leg = "yes" }, grade = "C" }]
[[cause]]
id = "cramp"
name = "A cramp"
base = [{ p = 0.3 }]
findings = [{ lr = 1.5, when = { rest = "yes" }, grade = "C" }]
"#;

fn tree() -> Questionnaire {
    parse(TREE.as_bytes()).expect("valid")
}

fn question(interview: &Interview<'_>, id: &str) -> Idx<Question> {
    interview.questionnaire().question(id).expect("a question")
}

fn at(interview: &Interview<'_>, id: &str) -> InView {
    InView::Question(question(interview, id))
}

fn text(option: &str) -> WrittenAnswer<'_> {
    WrittenAnswer::Text(option.into())
}

fn list<'a>(options: &[&'a str]) -> WrittenAnswer<'a> {
    WrittenAnswer::List(options.iter().map(|option| (*option).into()).collect())
}

fn answer(interview: &mut Interview<'_>, id: &str, written: &WrittenAnswer) -> super::Change {
    let question = question(interview, id);
    let answer = Answer::read(&interview.questionnaire().questions[question], written).expect("an answer");
    interview.answer(question, answer)
}

/// Every question answered: no signs, for 3 days in the leg, and at rest. A clot is more likely than a cramp.
fn answered(tree: &Questionnaire) -> Interview<'_> {
    let mut interview = Interview::new(tree);
    for (id, written) in
        [("signs", list(&[])), ("leg", text("yes")), ("days", WrittenAnswer::Number(3.0)), ("rest", text("yes"))]
    {
        assert_eq!(interview.in_view(), at(&interview, id));
        answer(&mut interview, id, &written);
    }
    assert_eq!(interview.in_view(), InView::End);
    interview
}

#[test]
fn back_goes_through_the_shown_questions_to_the_first() {
    let tree = tree();
    let mut interview = answered(&tree);
    answer(&mut interview, "leg", &text("no"));
    for id in ["rest", "leg", "signs"] {
        assert!(interview.back());
        assert_eq!(interview.in_view(), at(&interview, id));
    }
    assert!(!interview.back(), "it is the first");
}

#[test]
fn forward_keeps_answers_and_stops_at_a_question_without_one() {
    let tree = tree();
    let mut interview = Interview::new(&tree);
    answer(&mut interview, "signs", &list(&[]));
    interview.back();
    assert!(interview.forward());
    assert_eq!(interview.in_view(), at(&interview, "leg"));
    assert!(!interview.forward(), "it has no answer");
}

#[test]
fn jump_goes_to_any_shown_question_and_to_no_other() {
    let tree = tree();
    let mut interview = Interview::new(&tree);
    assert!(interview.jump(question(&interview, "rest")));
    assert_eq!(interview.in_view(), at(&interview, "rest"));
    assert!(!interview.jump(question(&interview, "days")), "it is hidden");
    assert_eq!(interview.in_view(), at(&interview, "rest"));
}

#[test]
fn an_answer_that_vanished_comes_back_with_its_question() {
    let tree = tree();
    let mut interview = answered(&tree);
    let days = question(&interview, "days");
    let change = answer(&mut interview, "leg", &text("no"));
    assert_eq!((change.dropped, interview.evaluation().answer(days)), (1, None));
    let change = answer(&mut interview, "leg", &text("yes"));
    assert_eq!((change.restored, interview.evaluation().answer(days)), (1, Some(&Answer::Number(3.0))));
}

#[test]
fn only_an_answer_that_replaces_another_reports_what_moved_in_the_ranking() {
    let tree = tree();
    let mut interview = answered(&tree);
    let change = answer(&mut interview, "leg", &text("no"));
    let moved = |name: &str, from, to| Move { name: name.to_owned(), from: Some(from), to };
    assert_eq!(change.moves, [moved("A clot", 1, None), moved("A cramp", 2, Some(1))]);
    let mut first = Interview::new(&tree);
    assert_eq!(answer(&mut first, "leg", &text("no")).moves, []);
}

#[test]
fn a_retracted_answer_leaves_its_question_to_be_asked_next() {
    let tree = tree();
    let mut interview = answered(&tree);
    interview.retract(question(&interview, "leg"));
    assert_eq!(interview.in_view(), at(&interview, "leg"));
}

#[test]
fn an_alarm_interrupts_until_it_is_confirmed() {
    let tree = tree();
    let mut interview = Interview::new(&tree);
    answer(&mut interview, "signs", &list(&["red"]));
    let alarm = interview.interrupting().expect("an alarm");
    interview.confirm(alarm);
    assert_eq!(interview.interrupting(), None);
    answer(&mut interview, "leg", &text("yes"));
    assert_eq!(interview.interrupting(), None, "the same answers raise it");
}

#[test]
fn a_confirmed_alarm_has_to_be_confirmed_again_when_other_answers_raise_it() {
    let tree = tree();
    let mut interview = Interview::new(&tree);
    answer(&mut interview, "signs", &list(&["red"]));
    let alarm = interview.interrupting().expect("an alarm");
    interview.confirm(alarm);
    answer(&mut interview, "signs", &list(&["red", "hot"]));
    assert_eq!(interview.interrupting(), Some(alarm));
}

#[test]
fn an_alarm_that_was_withdrawn_and_is_raised_again_has_to_be_confirmed_again() {
    let tree = tree();
    let mut interview = Interview::new(&tree);
    answer(&mut interview, "signs", &list(&["red"]));
    let alarm = interview.interrupting().expect("an alarm");
    interview.confirm(alarm);
    let change = answer(&mut interview, "signs", &list(&[]));
    assert_eq!(change.withdrawn, [alarm]);
    let change = answer(&mut interview, "signs", &list(&["red"]));
    assert_eq!((change.raised, interview.interrupting()), (vec![alarm], Some(alarm)));
}

#[test]
fn whether_an_answer_would_interrupt_is_found_out_without_giving_it() {
    let tree = tree();
    let interview = Interview::new(&tree);
    let signs = question(&interview, "signs");
    let read = |options: &[&str]| Answer::read(&tree.questions[signs], &list(options)).expect("an answer");
    assert!(interview.would_interrupt(signs, read(&["red"])));
    assert!(!interview.would_interrupt(signs, read(&["hot"])));
    assert!(interview.answers().get(signs).is_none());
}

#[test]
fn a_resumed_interview_goes_on_at_the_first_question_without_an_answer_and_confirms_no_alarm() {
    let tree = tree();
    let mut earlier = Interview::new(&tree);
    answer(&mut earlier, "signs", &list(&["red"]));
    let alarm = earlier.interrupting().expect("an alarm");
    earlier.confirm(alarm);
    let resumed = Interview::resumed(&tree, earlier.answers().clone());
    assert_eq!((resumed.in_view(), resumed.interrupting()), (at(&resumed, "leg"), Some(alarm)));
}
