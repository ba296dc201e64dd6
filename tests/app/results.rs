//! The results: how urgent it is, the ranking, and the report that is saved from there.

use std::fmt::Write as _;

use crate::picture::SIZES;
use crate::rows::rows;
use crate::trees::{built_in, network, parsed};
use crate::walk::Walk;
use twinge::app::copied::Copied;
use twinge::app::saved_report::Saved;
use twinge::app::screens::resume::Opening;
use twinge::app::{Effect, Key};

/// Every question of the small network answered: a broken line comes first.
pub(crate) fn all_answered(walk: Walk<'_>) -> Walk<'_> {
    let walk = walk.answer("smell", ["dark"]).answer("scope", "all").answer("days", 3);
    walk.answer("devices", ["laptop", "phone"]).answer("new_devices", ["laptop"])
}

#[test]
fn results() {
    check!("results", &network(), all_answered);
}

#[test]
fn results_with_danger_questions_still_open() {
    check!("results-open", &network(), |walk| walk.not_sure("smell").answer("scope", "all").open("results"));
}

#[test]
fn the_keys_that_are_listed_are_those_of_the_page_that_is_read() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).not_sure("smell").answer("scope", "all").open("results");
    let walk = walk.keys("?").shows("read about the selected line").keys("Esc");
    walk.read("line").keys("?").shows("scroll down").hides("go to that question");
}

#[test]
fn the_ranking_so_far() {
    check!("peek", &network(), |walk| walk.answer("smell", ["dark"]).answer("scope", "all").open("peek"));
}

#[test]
fn the_causes_that_nothing_speaks_on() {
    check!("results-rest", &network(), |walk| all_answered(walk).keys("End Enter"));
}

#[test]
fn the_roles_of_the_results() {
    let questionnaire = network();
    insta::assert_snapshot!("results.roles", all_answered(Walk::through(&questionnaire)).roles());
    let walk = Walk::through(&questionnaire).answer("smell", ["dark"]).answer("scope", "all").open("peek");
    insta::assert_snapshot!("peek.roles", walk.roles());
}

#[test]
fn a_report_that_was_saved() {
    let questionnaire = network();
    for (name, saved) in [
        ("saved", Saved::In("/home/ada/letters/twinge-report-2026-11-23.html".into())),
        ("not-saved", Saved::Failed { folder: "/mnt/stick".into(), why: "the disk is full".into() }),
    ] {
        for (columns, rows) in SIZES {
            let mut walk = all_answered(Walk::through(&questionnaire).sized(columns, rows)).keys("s");
            walk.app.saved(&saved);
            insta::assert_snapshot!(format!("{name}@{columns}x{rows}"), walk.screen());
        }
    }
}

#[test]
fn the_result_is_copied_from_every_page_of_the_own_results() {
    let questionnaire = network();
    for keys in ["y", "Enter y", "Enter Tab y"] {
        let mut walk = all_answered(Walk::through(&questionnaire));
        let effects: Vec<_> = crate::keys::parse(keys).into_iter().filter_map(|key| walk.app.press(key)).collect();
        assert_eq!(effects.last(), Some(&Effect::Copy), "{keys}");
    }
    let mut trying = all_answered(Walk::through(&questionnaire)).keys("i Enter Space Enter");
    assert_eq!(trying.app.press(Key::Char('y')), None, "of answers that are not meant");
}

#[test]
fn a_key_that_copies_is_not_named_where_nothing_may_be_copied() {
    let questionnaire = network();
    let opening = Opening { no_copy: true, ..Opening::default() };
    let mut walk = all_answered(Walk::resuming(&questionnaire, opening).sized(100, 30)).hides("y copy");
    assert_eq!(walk.app.press(Key::Char('y')), Some(Effect::Draw));
    walk.shows("Nothing is copied: twinge was started with --no-copy.").keys("?").hides("clipboard");
}

/// Nothing in it is selected, so no key is needed to leave what is not to be seen.
#[test]
fn the_ranking_so_far_is_scrolled_by_every_key() {
    let questionnaire = network();
    let walk = all_answered(Walk::through(&questionnaire)).keys("m Enter").open("peek").sized(40, 8);
    let before = walk.screen();
    assert_ne!(walk.keys("Down").screen(), before);
}

#[test]
fn a_notice_across_the_frames_of_two_parts_has_one_look() {
    let questionnaire = network();
    let mut walk = all_answered(Walk::through(&questionnaire)).sized(90, 26);
    walk.app.copied(Copied::Asked);
    let row = walk.screen().lines().position(|row| row.contains("copied, if your terminal")).expect("the notice");
    let roles = walk.roles();
    let looks = roles.lines().skip_while(|row| !row.is_empty()).nth(1 + row).expect("the looks of that row");
    assert!(looks.contains(&"s".repeat(40)), "{looks}");
}

#[test]
fn whether_the_result_was_copied_is_told() {
    let questionnaire = network();
    let mut walk = all_answered(Walk::through(&questionnaire)).keys("y");
    for (copied, told) in [
        (Copied::Asked, "copied, if your terminal allows it"),
        (Copied::Nothing, "no result to copy"),
        (Copied::TooLong, "too long to be copied"),
        (Copied::SwitchedOff, "Nothing is copied"),
    ] {
        walk.app.copied(copied);
        assert!(rows(&walk.app).concat().contains(told), "{}", rows(&walk.app).join("\n"));
    }
}

/// On a small screen too, and wherever the list is scrolled to.
#[test]
fn how_urgent_it_is_stays_in_view_in_the_results() {
    let questionnaire = built_in();
    let walk = Walk::through(&questionnaire).sized(40, 12);
    let walk = walk.answer("age", 48).answer("sex", "male").answer("where", ["low"]).answer("duration", "weeks4");
    let walk = walk.answer("unwell", ["mind"]).answer("mind_more", ["confused"]).confirm_alarm().go_on();
    let mut walk = walk.none_of("nerve").open("results");
    for key in ["Home", "Down", "End", "Home"] {
        walk = walk.keys(key).shows("EMERGENCY").shows("Call 999, 112 or 911 now");
    }
}

#[test]
fn unlikely_causes_are_one_line_until_they_are_opened() {
    let mut tree =
        String::from("format = 1\ntitle = \"T\"\nquestion = [{ id = \"a\", ask = \"A?\", kind = \"one\" }]\n");
    for (at, p) in [0.3, 0.2, 0.1, 0.03, 0.02, 0.01].iter().enumerate() {
        let _ = write!(
            tree,
            "[[cause]]\nid = \"c{at}\"\nname = \"Cause {at}\"\nbase = [{{ p = {p} }}]\n\
            findings = [{{ lr = 1.1, when = {{ a = \"yes\" }}, grade = \"C\" }}]\n"
        );
    }
    let questionnaire = parsed(tree);
    let walk = Walk::through(&questionnaire).answer("a", "yes");
    let walk = walk.shows("3 more, each unlikely").hides("4 Cause 3");
    let walk = walk.keys("Down Down Down Enter Down").shows("▸ 4 Cause 3");
    walk.keys("Up Enter").hides("4 Cause 3");
}

#[test]
fn neighbours_that_cannot_be_told_apart_are_too_close_to_call() {
    let cause = |id: &str, p: f64| {
        format!(
            "[[cause]]\nid = \"{id}\"\nname = \"{id}\"\nbase = [{{ p = {p} }}]\n\
            findings = [{{ lr = 2.0, when = {{ a = \"yes\" }}, grade = \"C\" }}]\n"
        )
    };
    let causes = cause("one", 0.3) + &cause("two", 0.25) + &cause("three", 0.01);
    let questionnaire = parsed(
        "format = 1\ntitle = \"T\"\nquestion = [{ id = \"a\", ask = \"A?\", kind = \"one\" }]\n".to_owned() + &causes,
    );
    let walk = Walk::through(&questionnaire).answer("a", "yes");
    walk.shows("too close to call: 1 and 2").hides("too close to call: 2 and 3");
}

#[test]
fn the_interview_says_when_nothing_left_can_change_the_first_place_or_the_urgency() {
    const SETTLED: &str = "Nothing you can still answer changes what comes first";
    let questionnaire = parsed(
        r#"
        format = 1
        title = "T"
        question = [
          { id = "a", ask = "A?", kind = "one" },
          { id = "b", ask = "B?", kind = "one" },
          { id = "c", ask = "C?", kind = "one" },
        ]
        [[cause]]
        id = "one"
        name = "One"
        base = [{ p = 0.3 }]
        findings = [{ lr = 20.0, when = { a = "yes" }, grade = "A" }, { lr = 1.2, when = { b = "yes" }, grade = "C" }]
        [[cause]]
        id = "two"
        name = "Two"
        base = [{ p = 0.05 }]
        findings = [{ lr = 2.0, when = { c = "yes" }, grade = "C" }]
    "#,
    );
    // It is shown once.
    Walk::through(&questionnaire).answer("a", "yes").shows(SETTLED).answer("b", "yes").hides(SETTLED);
    Walk::through(&questionnaire).answer("a", "no").hides(SETTLED);
}
