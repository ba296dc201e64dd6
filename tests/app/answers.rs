//! The list of answers, what a change of one does, and starting over.

use crate::rows::rows;
use crate::trees::{network, parsed};
use crate::walk::Walk;

#[test]
fn my_answers() {
    check!("my-answers", &network(), |walk| {
        walk.none_of("smell").answer("scope", "all").answer("days", 3).open("answers")
    });
}

#[test]
fn s_selects_starting_over_as_its_line_says() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).none_of("smell").open("answers").keys("s").keys("Enter");
    walk.shows("Start over").hides("My answers");
}

#[test]
fn a_change_says_what_it_did() {
    check!("change", &network(), |walk| {
        let walk = walk.none_of("smell").answer("scope", "all").answer("days", 3);
        walk.change("scope").answer("scope", "one")
    });
}

#[test]
fn no_illness_is_told_to_have_moved_while_danger_is_asked_about() {
    let tree = "format = 1\ntitle = \"T\"\nquestion = [{ id = \"q\", ask = \"Which?\", kind = \"one\" }, \
        { id = \"danger\", ask = \"Danger?\", kind = \"one\" }]\nurgency = [{ id = \"low\", say = \"Wait.\" }]\n\
        [[cause]]\nid = \"c\"\nname = \"A grave illness\"\nbase = [{ p = 0.1 }]\n\
        findings = [{ lr = 2.0, grade = \"C\", when = { q = \"yes\" } }]\n";
    let alarm = "[[alarm]]\nid = \"a\"\nwhen = { danger = \"yes\" }\nurgency = \"low\"\nsay = \"Go.\"\n";
    let said_no = |walk: Walk<'_>| walk.answer("q", "yes").change("q").answer("q", "no").shows("Danger?").screen();
    let among_danger = parsed(format!("{tree}{alarm}"));
    assert!(!said_no(Walk::through(&among_danger)).contains("A grave illness"));
    assert!(said_no(Walk::through(&parsed(tree))).contains("A grave illness"), "without danger it is told");
}

#[test]
fn every_question_can_be_gone_to_from_the_answers() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).begin().open("results").open("answers");
    walk.shows("Which of these do you use?").change("devices").shows("1 [ ] laptop");
}

#[test]
fn a_notice_that_is_too_long_leaves_room_for_the_question() {
    let questionnaire = parsed(format!(
        "format = 1\ntitle = \"T\"\nquestion = [{{ id = \"q\", ask = \"Which?\", kind = \"one\" }}]\n[[cause]]\nid = \"c\"\n\
        name = \"{}\"\nbase = [{{ p = 0.1 }}]\nfindings = [{{ lr = 2.0, grade = \"C\", when = {{ q = \"yes\" }} }}]\n",
        "A long name ".repeat(30)
    ));
    let walk = Walk::through(&questionnaire).sized(30, 8).answer("q", "yes").change("q").answer("q", "no");
    let lines: Vec<String> = rows(&walk.app);
    assert_eq!(lines.len(), 8, "{lines:#?}");
    assert!(lines.iter().any(|line| line.ends_with('…')), "{lines:#?}");
}

#[test]
fn starting_over_asks_first_and_then_forgets_everything() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).none_of("smell").answer("scope", "all").open("answers");
    let walk = walk.keys("End Enter Enter");
    assert!(!walk.app.interview().answers().is_empty(), "the first way keeps the answers");
    let walk = walk.keys("End Enter Down Enter").shows("Press Enter to begin");
    assert!(walk.app.interview().answers().is_empty());
}

#[test]
fn the_roles_of_the_answers() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).none_of("smell").answer("scope", "all").answer("days", 3).open("answers");
    insta::assert_snapshot!("my-answers.roles", walk.roles());
    insta::assert_snapshot!("start-over.roles", walk.keys("End Enter").roles());
}
