//! Questions that were passed over: what the results, the answers and the open questions say of them.

use crate::trees::parsed;
use crate::walk::Walk;
use twinge::app::{App, Plain, Size};
use twinge::questionnaire::Questionnaire;

/// The hobby can change nothing, and a walk can hardly change what a fall says.
fn tree() -> Questionnaire {
    parsed(
        r#"
format = 1
title = "What hurts?"
question = [
  { id = "fell", ask = "Did you fall?", kind = "one" },
  { id = "hobby", ask = "Do you have a hobby?", kind = "one" },
  { id = "walk", ask = "Do you walk a lot?", kind = "one" },
]
interview = { enough = 0.2 }

[[cause]]
id = "bruise"
name = "A bruise"
base = [{ p = 0.4 }]
findings = [{ lr = 9.0, lr_no = 0.1, when = { fell = "yes" }, grade = "C" }]
[[cause.advice]]
stage = "now"
say = "Rest."

[[cause]]
id = "blister"
name = "A blister"
base = [{ p = 0.1 }]
findings = [{ lr = 1.5, lr_no = 0.9, when = { walk = "yes" }, grade = "C" }]
"#,
    )
}

#[test]
fn the_results_follow_the_last_question_that_matters_and_say_how_many_were_passed_over() {
    let questionnaire = tree();
    let walk = Walk::through(&questionnaire).sized(100, 30).answer("fell", "yes").shows("2 questions passed over");
    walk.keys("End")
        .shows("2 questions were passed over: they could hardly")
        .shows("Do you have a hobby?")
        .shows("Press Enter to answer them.");
}

#[test]
fn enter_there_asks_what_was_passed_over_and_comes_back_to_the_results() {
    let questionnaire = tree();
    let walk = Walk::through(&questionnaire).sized(100, 30).answer("fell", "yes").keys("End Enter");
    walk.answer("hobby", "no").answer("walk", "no").shows("A bruise").hides("passed over");
}

#[test]
fn the_answers_name_what_was_passed_over_and_lead_there() {
    let questionnaire = tree();
    let walk = Walk::through(&questionnaire).sized(100, 30).answer("fell", "yes").open("answers").shows("passed over");
    walk.change("hobby").answer("hobby", "yes").shows("1 question passed over");
}

#[test]
fn what_if_answers_are_no_reason_to_ask_what_was_passed_over() {
    let questionnaire = tree();
    let walk = Walk::through(&questionnaire).sized(100, 30).answer("fell", "yes").keys("i Enter 2 Enter");
    walk.keys("End").hides("Press Enter to answer").keys("Enter").shows("Passed over");
}

#[test]
fn line_mode_says_it_and_asks_on_demand() {
    let questionnaire = tree();
    let mut plain = Plain::new(App::new(&questionnaire, Size { columns: 80, rows: 24 }));
    plain.begin();
    plain.handle_line("");
    let results = plain.handle_line("1").said;
    let said = "2 questions were passed over: they could hardly have changed this. Type ask to answer them.";
    assert!(results.contains(said), "{results}");
    let before = plain.handle_line("?").said;
    let asked = plain.handle_line("ask").said;
    assert!(asked.contains("Do you have a hobby?"), "{asked}");
    plain.handle_line("r");
    let after = plain.handle_line("?").said;
    assert!(before.contains("ask: answer the questions") && !after.contains("ask: "), "{before}{after}");
}

#[test]
fn progress_does_not_count_what_is_passed_over() {
    let questionnaire = tree();
    let walk = Walk::through(&questionnaire).sized(100, 30).begin();
    assert_eq!(walk.app.interview().progress().left(), 2, "{}", walk.screen());
}
