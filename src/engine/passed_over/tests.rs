use super::*;
use crate::engine::answers::Answers;
use crate::questionnaire::{Kind, parse};

const TREE: &str = r#"
format = 1
title = "T"
question = [
  { id = "place", ask = "Where?", kind = "one", options = [{ id = "leg", say = "Leg" }, { id = "back", say = "Back" }] },
  { id = "signs", ask = "Which?", kind = "many", when = { place = "leg" }, options = [
    { id = "red", say = "Red" }, { id = "hot", say = "Hot" },
  ] },
  { id = "days", ask = "For how many days?", kind = "number", min = 0, max = 9 },
  { id = "rest", ask = "At rest?", kind = "one" },
  { id = "night", ask = "At night?", kind = "one" },
  { id = "hobby", ask = "A hobby?", kind = "one" },
]
urgency = [{ id = "low", say = "Low." }, { id = "care", say = "Care." }, { id = "mid", say = "Mid." },
  { id = "high", say = "High.", leads = true }]
alarm = [
  { id = "red", when = { signs = "red" }, urgency = "high", say = "Go." },
  { id = "long", when = { days = "> 5" }, urgency = "mid", say = "Ask." },
]

[[cause]]
id = "clot"
name = "A clot"
urgency = "mid"
base = [{ p = 0.2 }]
findings = [{ lr = 4.0, lr_no = 0.25, when = { signs = "hot" }, grade = "C" }]
[[cause]]
id = "cramp"
name = "A cramp"
base = [{ p = 0.1 }]
unless = ["clot"]
findings = [
  { lr = 3.0, lr_no = 0.5, when = { rest = "yes" }, grade = "C" },
  { lr = 3.0, lr_no = 0.5, when = { night = "yes" }, grade = "C" },
]
"#;

fn tree() -> Questionnaire {
    parse(TREE.as_bytes()).expect("valid")
}

fn answers(questionnaire: &Questionnaire, given: &[(&str, Answer)]) -> Answers {
    let mut answers = Answers::new();
    for (id, answer) in given {
        answers.set(questionnaire.question(id).expect("a question"), answer.clone());
    }
    answers
}

fn option(questionnaire: &Questionnaire, question: &str, option: &str) -> Answer {
    let question = questionnaire.question(question).expect("a question");
    Answer::One(questionnaire.questions[question].option(option).expect("an option"))
}

/// With these answers and a threshold, these are passed over.
#[track_caller]
fn check(given: &[(&str, &str)], enough: f64, expected: &[&str]) {
    let questionnaire = tree();
    let mut answers = Answers::new();
    for (id, chosen) in given {
        let question = questionnaire.question(id).expect("a question");
        let answer = match *chosen {
            "none" => Answer::Many { ticked: [].into(), unsure: [].into() },
            number if number.parse::<f64>().is_ok() => Answer::Number(number.parse().expect("a number")),
            chosen => option(&questionnaire, id, chosen),
        };
        answers.set(question, answer);
    }
    let evaluation = Evaluation::new(&questionnaire, &answers);
    let passed_over = passed_over(&evaluation, &Outcome::new(&evaluation), enough);
    let ids: Vec<&str> = passed_over.iter().map(|id| questionnaire.questions[*id].id.as_str()).collect();
    assert_eq!(ids, expected);
}

#[test]
fn a_question_that_changes_nothing_is_passed_over() {
    check(&[], 0.01, &["hobby"]);
}

#[test]
fn with_a_threshold_of_0_nothing_is_passed_over() {
    check(&[], 0.0, &[]);
}

#[test]
fn a_question_on_which_an_alarm_that_would_lead_hangs_is_never_passed_over() {
    let nothing_else = [("days", "9"), ("rest", "yes"), ("night", "no")];
    check(&nothing_else, 0.99, &["hobby"]);
    check(&[&nothing_else[..], &[("place", "leg")]].concat(), 0.99, &["hobby"]);
}

#[test]
fn two_questions_that_only_together_change_what_is_first_are_both_asked() {
    let on_a_clot = [("place", "leg"), ("signs", "none"), ("days", "2")];
    check(&on_a_clot, 0.05, &["hobby"]);
}

#[test]
fn once_the_first_of_two_speaks_against_a_cause_the_second_is_passed_over() {
    let against = [("place", "back"), ("days", "2"), ("rest", "no")];
    check(&against, 0.2, &["hobby"]);
}

#[test]
fn supposing_an_answer_says_what_giving_it_would() {
    let questionnaire = tree();
    let given = answers(&questionnaire, &[("place", option(&questionnaire, "place", "leg"))]);
    let evaluation = Evaluation::new(&questionnaire, &given);
    let mut supposition = Supposition::new(&evaluation);
    let before = supposition.board.headline();
    for (id, question) in questionnaire.questions.iter() {
        let touched = supposition.touched(id);
        let mut supposed: Vec<Answer> = match &question.kind {
            Kind::Number { .. } => vec![Answer::Number(0.0), Answer::Number(9.0)],
            Kind::One(_) | Kind::Many { .. } => likely_answers(id, &touched, &evaluation, &supposition.board)
                .into_iter()
                .map(|(answer, _)| answer)
                .collect(),
        };
        supposed.push(Answer::NotSure);
        for answer in supposed {
            let mut really = given.clone();
            really.set(id, answer.clone());
            let expected = Headline::from(&Outcome::new(&Evaluation::new(&questionnaire, &really)));
            let headline = supposition.supposing(id, answer, &touched, |it| it.board.headline());
            assert_eq!(headline, expected);
        }
    }
    assert_eq!(supposition.board.headline(), before, "the supposed answers are taken back");
}
