//! The text about a cause in the results: advice, why, what is still open, and sources.

use crate::picture::SIZES;
use crate::results::all_answered;
use crate::trees::{network, parsed};
use crate::walk::Walk;

/// At the questions that are still open about the broken line: *What does not work?* is not sure.
fn at_open_questions(walk: Walk<'_>) -> Walk<'_> {
    let walk = walk.answer("smell", ["dark"]).not_sure("scope").answer("devices", ["laptop"]);
    walk.answer("new_devices", ["laptop"]).read("line").page("Open")
}

#[test]
fn the_advice_on_a_cause() {
    check!("results-advice", &network(), |walk| all_answered(walk).read("line"));
}

#[test]
fn why_a_cause_is_where_it_is() {
    check!("results-why", &network(), |walk| all_answered(walk).read("line").page("Why"));
}

#[test]
fn every_figure_behind_a_cause() {
    check!("results-figures", &network(), |walk| all_answered(walk).read("line").keys("f End"));
}

#[test]
fn what_is_still_open_about_a_cause() {
    check!("results-still-open", &network(), at_open_questions);
}

#[test]
fn nothing_that_is_open_about_a_cause_is_said_too() {
    check!("results-nothing-open", &network(), |walk| {
        let walk = walk.answer("smell", ["dark"]).answer("scope", "all").not_sure("days").open("results");
        walk.read("line").page("Open")
    });
}

#[test]
fn the_sources_of_a_cause() {
    check!("results-sources", &network(), |walk| all_answered(walk).read("line").page("About"));
}

#[test]
fn the_roles_of_the_text_about_a_cause() {
    let questionnaire = network();
    let walk = || all_answered(Walk::through(&questionnaire)).read("line");
    insta::assert_snapshot!("results-advice.roles", walk().roles());
    insta::assert_snapshot!("results-why.roles", walk().page("Why").roles());
    insta::assert_snapshot!("results-sources.roles", walk().page("About").roles());
    insta::assert_snapshot!("results-still-open.roles", at_open_questions(Walk::through(&questionnaire)).roles());
}

#[test]
fn a_question_that_is_still_open_is_answered_and_leads_back() {
    let questionnaire = network();
    let walk = at_open_questions(Walk::through(&questionnaire).sized(100, 30));
    let walk = walk.keys("Enter").answer("scope", "all").shows("[Open]");
    // A question that was opened from the list of answers goes on to the next question instead.
    walk.keys("Esc").change("scope").answer("scope", "one").hides("[Open]");
}

#[test]
fn on_a_small_screen_enter_first_brings_the_selected_question_into_view() {
    let questionnaire = network();
    let walk = at_open_questions(Walk::through(&questionnaire).sized(40, 10)).hides("▸").keys("Enter");
    walk.shows("▸ 1 What does not work?").keys("Enter").shows("I'm not sure").hides("[Open]");
}

#[test]
fn the_keys_of_pages_are_named_only_on_lines_that_have_pages() {
    let questionnaire = network();
    let walk = all_answered(Walk::through(&questionnaire)).select("line").shows("Tab page");
    walk.keys("End").hides("Tab page").keys("?").hides("next page of the text").hides("the figures behind");
}

#[test]
fn back_from_a_question_that_is_still_open_leads_to_the_results() {
    let questionnaire = network();
    let walk = at_open_questions(Walk::through(&questionnaire).sized(100, 30));
    let before = walk.app.interview().answers().clone();
    let walk = walk.keys("Enter Left").shows("[Open]");
    assert_eq!(walk.app.interview().answers(), &before);
}

#[test]
fn under_an_emergency_every_page_of_a_cause_says_what_comes_first() {
    check!("results-emergency", &network(), |walk| {
        let walk = walk.answer("smell", ["burnt", "hot"]).confirm_alarm().go_on();
        walk.answer("scope", "all").open("results").read("line")
    });
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).sized(100, 30);
    let walk = walk.answer("smell", ["burnt", "hot"]).confirm_alarm().go_on();
    let mut walk = walk.answer("scope", "all").open("results").read("line");
    for _ in 0..4 {
        walk = walk.shows("First do what is said at the top of the list.").keys("Tab");
    }
}

#[test]
fn another_line_of_the_list_begins_with_its_advice() {
    let questionnaire = network();
    let walk = all_answered(Walk::through(&questionnaire).sized(100, 30)).select("line");
    walk.page("Why").keys("Down").shows("[Advice]");
}

#[test]
fn on_a_small_screen_a_page_down_in_the_results_moves_the_selection() {
    let questionnaire = network();
    let walk = all_answered(Walk::through(&questionnaire).sized(40, 12));
    walk.keys("PgDn Enter").hides("▸");
}

#[test]
fn causes_that_act_together_are_told_as_one_story() {
    let questionnaire = parsed(
        r#"
        format = 1
        title = "T"
        question = [{ id = "a", ask = "A?", kind = "one" }]
        [family.tablets]
        name = "A tablet"
        say = "Tablets add up."
        [[cause]]
        id = "water"
        name = "Water tablet"
        family = "tablets"
        base = [{ p = 0.1 }]
        findings = [{ lr = 2.0, when = { a = "yes" }, grade = "C" }]
        [[cause]]
        id = "acid"
        name = "Acid tablet"
        family = "tablets"
        base = [{ p = 0.1 }]
        findings = [{ lr = 1.5, when = { a = "yes" }, grade = "C" }]
        [[cause]]
        id = "salt"
        name = "Low salt"
        via = ["water"]
        base = [{ p = 0.3 }]
        findings = [{ lr = 2.0, when = { a = "yes" }, grade = "C" }]
        [[cause]]
        id = "nerve"
        name = "Jumpy nerves"
        via = ["salt"]
        base = [{ p = 0.2 }]
        findings = [{ lr = 2.0, when = { a = "yes" }, grade = "C" }]
    "#,
    );
    for (columns, rows) in SIZES {
        let walk = Walk::through(&questionnaire).sized(columns, rows).answer("a", "yes").read("salt");
        insta::assert_snapshot!(format!("results-story@{columns}x{rows}"), walk.screen());
        insta::assert_snapshot!(format!("results-family@{columns}x{rows}"), walk.keys("Esc").read("water").screen());
    }
}
