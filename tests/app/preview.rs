//! What an author sees while their question file changes.

use crate::generate::{Picks, Tree, Wishes};
use crate::interviews::begun;
use crate::results::all_answered;
use crate::trees::{network, parsed};
use crate::walk::Walk;
use proptest::prelude::*;
use twinge::app::preview::FileProblem;
use twinge::app::{App, Mode};
use twinge::interview::Interview;
use twinge::questionnaire::{Questionnaire, parse};

const NETWORK: &str = include_str!("../trees/network.toml");

/// The small network, with a text changed.
#[track_caller]
fn edited(from: &str, to: &str) -> String {
    assert!(NETWORK.contains(from), "{from}");
    NETWORK.replace(from, to)
}

/// The same walk, with another edition of the questions.
fn reread<'q>(walk: Walk<'_>, edition: &'q Questionnaire) -> Walk<'q> {
    Walk { app: App::restored(edition, walk.app.snapshot()) }
}

/// What is wrong with a file.
fn errors(file: &str) -> FileProblem {
    let problems = parse(file.as_bytes()).expect_err("it has errors");
    FileProblem::Errors { name: "network.toml".into(), bytes: file.into(), problems }
}

fn with_errors(mut walk: Walk<'_>) -> Walk<'_> {
    walk.app.cannot_read(errors(&edited("when    = { scope = \"all\" }", "when    = { scop = \"all\" }")));
    walk
}

#[test]
fn the_errors_in_a_file_are_shown_with_their_lines() {
    check!("preview-errors", &network(), |walk| with_errors(walk.answer("smell", ["dark"])));
}

#[test]
fn the_last_good_questions_go_on_below_the_errors() {
    check!("preview-goes-on", &network(), |walk| with_errors(walk.answer("smell", ["dark"])).keys("Esc"));
}

#[test]
fn a_file_that_is_gone_is_told_and_the_questions_stay() {
    let questionnaire = network();
    let mut walk = Walk::through(&questionnaire).answer("smell", ["dark"]);
    let before = walk.app.scene();
    walk.app.cannot_read(FileProblem::Unreadable { name: "network.toml".into(), why: "it is gone".into() });
    assert_eq!(walk.app.scene(), before);
    walk.shows("network.toml cannot be read: it is gone.").answer("scope", "all");
}

#[test]
fn the_question_in_view_is_shown_as_it_is_written_now() {
    let (before, after) = (network(), parsed(edited("What does not work?", "What has failed?")));
    let walk = Walk::through(&before).answer("smell", ["dark"]);
    reread(walk, &after).shows("What has failed?").shows("The file was read again.").answer("scope", "all");
}

#[test]
fn what_no_longer_fits_is_counted_and_asked_again() {
    let (before, after) = (network(), parsed(edited("\"dark\"", "\"unlit\"")));
    let walk = Walk::through(&before).answer("smell", ["dark"]).answer("scope", "all");
    let walk = reread(walk, &after).shows("1 answer no longer fits.");
    let answers = walk.app.interview().answers();
    let ids: Vec<_> = answers.questions().map(|question| after.questions[question].id.as_str()).collect();
    assert_eq!(ids, ["scope"]);
}

#[test]
fn a_question_that_is_gone_gives_way_to_the_next_one() {
    let before = network();
    let walk = Walk::through(&before).answer("smell", ["dark"]).answer("scope", "all");
    let after = parsed(edited("when    = { scope = \"all\" }", "when    = { scope = \"one\" }"));
    reread(walk, &after).shows("Which of these do you use?");
}

#[test]
fn the_results_stay_with_the_cause_that_is_read_about() {
    let (before, after) = (network(), parsed(edited("Restart the router and wait", "Restart it, then wait")));
    let walk = all_answered(Walk::through(&before)).keys("Enter");
    let walk = reread(walk, &after).shows("Restart it, then wait");
    assert_eq!(walk.app.mode(), Mode::Details);
}

#[test]
fn a_confirmed_alarm_is_not_asked_about_at_every_save() {
    let (before, after) = (network(), parsed(edited("Pull the plug now.", "Pull it now.")));
    let walk = Walk::through(&before).answer("smell", ["burnt", "hot"]).confirm_alarm().go_on();
    reread(walk, &after).shows("What does not work?").shows("DANGER");
}

#[test]
fn errors_that_are_mended_are_gone() {
    let (before, after) = (network(), network());
    let walk = with_errors(Walk::through(&before).answer("smell", ["dark"]));
    let walk = reread(walk, &after).hides("error").shows("What does not work?");
    assert_eq!(walk.app.mode(), Mode::One);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_questions_keep_every_answer_and_the_place(numbers in prop::collection::vec(any::<u16>(), 0..500)) {
        let mut picks = Picks::new(numbers);
        let questionnaire = Tree::grow(&mut picks, Wishes { tests_not_sure: true }).questionnaire();
        let interview = begun(&mut picks, &questionnaire);
        let (restored, lost) = Interview::restored(&questionnaire, &interview.snapshot());
        prop_assert_eq!(lost, []);
        prop_assert_eq!(restored.in_view(), interview.in_view());
        prop_assert_eq!(restored.outcome(), interview.outcome());
    }
}
