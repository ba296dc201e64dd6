//! *What if*: answers that are changed only to see the effect.

use crate::picture::SIZES;
use crate::results::all_answered;
use crate::trees::network;
use crate::walk::Walk;
use twinge::app::{Key, Mode};

/// What every screen says during what-if.
const WHAT_IF: &str = "What if?";

/// The results, if only one device failed.
fn if_one_device_failed(walk: Walk<'_>) -> Walk<'_> {
    all_answered(walk).open("what if").change("scope").answer("scope", "one")
}

/// The text about the first cause, if the person were not sure what works.
fn reading_if_not_sure(walk: Walk<'_>) -> Walk<'_> {
    all_answered(walk).open("what if").change("scope").not_sure("scope").keys("Down Enter")
}

#[test]
fn what_if_an_answer_were_another() {
    check!("results-what-if", &network(), if_one_device_failed);
}

#[test]
fn what_if_answers_are_chosen_from_the_list() {
    check!("results-what-if-choose", &network(), |walk| all_answered(walk).open("what if"));
}

#[test]
fn the_roles_of_what_is_only_tried_out() {
    let questionnaire = network();
    insta::assert_snapshot!("results-what-if.roles", if_one_device_failed(Walk::through(&questionnaire)).roles());
}

#[test]
fn answers_that_are_tried_out_are_undone_ended_or_kept() {
    let questionnaire = network();
    let scope = questionnaire.question("scope").expect("it is asked");
    for (keys, is_kept) in [("u", false), ("e", false), ("Esc", false), ("Left", false), ("a", true)] {
        let walk = all_answered(Walk::through(&questionnaire).sized(100, 30));
        let (before, results) = (walk.app.interview().answers().clone(), walk.app.interview().outcome().clone());
        let walk = walk.open("what if").change("scope").answer("scope", "one");
        assert_eq!(walk.app.own_interview().answers(), &before, "only tried out");
        assert_ne!(walk.app.interview().outcome(), &results, "but seen at once");
        let app = walk.keys(keys).hides(WHAT_IF).app;
        assert_eq!(app.interview().answers(), app.own_interview().answers());
        assert_eq!(app.own_interview().answers().get(scope) != before.get(scope), is_kept, "{keys}");
        assert_eq!(app.interview().outcome() != &results, is_kept, "{keys}");
    }
}

#[test]
fn undo_takes_one_change_back_at_a_time() {
    let questionnaire = network();
    let walk = if_one_device_failed(Walk::through(&questionnaire).sized(100, 30));
    let first = walk.app.interview().answers().clone();
    let walk = walk.open("what if").change("smell").answer("smell", ["burnt", "dark"]);
    assert_ne!(walk.app.interview().answers(), &first);
    assert_eq!(walk.keys("u").app.interview().answers(), &first);
}

/// An alarm that what-if answers raise interrupts only once they are kept.
#[test]
fn an_alarm_that_is_only_tried_out_does_not_interrupt() {
    let questionnaire = network();
    let walk = all_answered(Walk::through(&questionnaire)).open("what if").change("smell");
    walk.answer("smell", ["burnt", "hot", "dark"]).shows(WHAT_IF).keys("a").shows("Yes, this is right");
}

#[test]
fn what_is_only_tried_out_says_so_on_every_screen() {
    let questionnaire = network();
    for (columns, rows) in SIZES {
        let walk = all_answered(Walk::through(&questionnaire).sized(columns, rows)).open("what if").shows(WHAT_IF);
        let walk = walk.change("scope").shows(WHAT_IF).keys("w").shows(WHAT_IF).keys("w").shows(WHAT_IF);
        let walk = walk.keys("m").shows(WHAT_IF).keys("Esc").shows(WHAT_IF).answer("scope", "one").shows(WHAT_IF);
        let walk = walk.keys("Enter").shows(WHAT_IF).keys("Tab").shows(WHAT_IF).keys("End").shows(WHAT_IF);
        let walk = walk.keys("Esc").shows(WHAT_IF).keys("Down").shows(WHAT_IF).keys("Enter").shows(WHAT_IF);
        walk.keys("e").hides(WHAT_IF);
    }
}

#[test]
fn what_is_only_tried_out_is_neither_saved_nor_started_over() {
    let questionnaire = network();
    let walk =
        all_answered(Walk::through(&questionnaire)).open("what if").keys("End").hides("Start over").keys("Enter");
    assert!(!matches!(walk.app.mode(), Mode::Choice), "{}", walk.screen());
    let mut walk = walk.change("scope").not_sure("scope").keys("Down Enter");
    for mode in [Mode::WhatIfDetails, Mode::WhatIfDetails, Mode::WhatIfDetails] {
        assert_eq!(walk.app.mode(), mode, "{}", walk.screen());
        assert_eq!(walk.app.press(Key::Char('s')), None);
        walk = walk.keys("Tab");
    }
}

#[test]
fn the_keys_of_what_is_tried_out_work_while_it_is_read() {
    let questionnaire = network();
    for key in ["e", "u", "a"] {
        for tabs in ["", "Tab Tab"] {
            let walk = reading_if_not_sure(Walk::through(&questionnaire).sized(40, 12)).keys(tabs);
            let tried = walk.app.interview().answers().clone();
            let app = walk.keys(key).app;
            assert!(std::ptr::eq(app.own_interview(), app.interview()), "{key} {tabs}");
            assert_eq!(app.interview().answers() == &tried, key == "a", "{key} {tabs}");
        }
    }
}
