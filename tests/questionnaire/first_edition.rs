//! A question file of the first edition of the format still loads, without a change.

use twinge::questionnaire::{Answer, WrittenAnswer, parse};

const FILE: &str = r#"
format = 1
version = "0.9"
title = "What hurts?"
urgency = [{ id = "later", say = "Wait." }, { id = "now", say = "Get help now.", interrupts = true }]
question = [
  { id = "age", ask = "How old are you?", kind = "number", min = 18, max = 110 },
  { id = "signs", ask = "Which?", kind = "many", options = [{ id = "numb", say = "Numb" }, { id = "stiff", say = "Stiff", help = "In the morning." }] },
  { id = "new", ask = "Which are new?", kind = "many", from = "signs", otherwise = [] },
]
fact.old = { say = "you are over 65", when = { age = "> 65" } }
alarm = [{ id = "nerves", when = { new = "numb" }, urgency = "now", title = "Nerves", say = "Call 112.", source = "book" }]
ranking = { when = { age = ">= 18" } }
source.book = { cite = "A book.", doi = "10.1000/182" }
family.joints = { name = "Joints" }

[[cause]]
id = "wear"
name = "Worn joints"
family = "joints"
codes = { icd10 = ["M47.8"], snomed = ["8847002"] }
urgency = "later"
test = "None."
base = [{ p = 0.2, when = { old = "yes" } }, { p = 0.1 }]
adjust = [{ odds = 1.5, when = { age = ">= 60" }, grade = "B" }]
findings = [{ lr = 3, lr_no = 0.5, when = { signs = "stiff" }, grade = "C", group = "feel" }]
advice = [{ stage = "now", say = "Keep moving." }]
"#;

#[test]
fn it_loads_unchanged() {
    let questionnaire = parse(FILE.as_bytes()).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let cause = questionnaire.causes.values().next().expect("a cause");
    assert_eq!(cause.codes.iter().map(|(system, _)| system.as_str()).collect::<Vec<_>>(), ["icd10", "snomed"]);
    let alarm = questionnaire.alarms.values().next().expect("an alarm");
    assert!(alarm.unsure.is_none() && alarm.worse.is_empty());
    assert!(!questionnaire.urgencies.values().any(|level| level.leads));
}

#[test]
fn its_numbers_are_whole_ones_now() {
    let questionnaire = parse(FILE.as_bytes()).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let age = &questionnaire.questions[questionnaire.question("age").expect("asked")];
    assert_eq!(Answer::read(age, &WrittenAnswer::Number(54.0)), Ok(Answer::Number(54.0)));
    let error = Answer::read(age, &WrittenAnswer::Number(54.5)).expect_err("a half year");
    assert_eq!(error.message, "54.5 has too many decimals: `age` takes whole numbers");
}
