//! Leaving in the middle of the questions, and from the results.

use crate::keys;
use crate::results::all_answered;
use crate::trees::network;
use crate::walk::Walk;
use twinge::app::saved_report::Saved;
use twinge::app::screens::resume::Keeping;
use twinge::app::{Effect, Key};

#[test]
fn leaving_asks_first() {
    check!("leave", &network(), |walk| walk.none_of("smell").keys("q"));
}

#[test]
fn the_roles_of_leaving() {
    insta::assert_snapshot!("leave.roles", Walk::through(&network()).none_of("smell").keys("q").roles());
}

#[test]
fn quitting_the_results_asks_and_offers_to_save_the_report() {
    let questionnaire = network();
    for way in ["q", "? q", "m q", "Down Enter q"] {
        for (keys, effect) in [("Enter", Effect::Save), ("Down Enter", Effect::Quit), ("Down Down Enter", Effect::Draw)]
        {
            let mut walk = all_answered(Walk::through(&questionnaire)).keys(way).shows("▸ 1 Save the report and quit");
            let effects: Vec<_> = keys::parse(keys).into_iter().filter_map(|key| walk.app.press(key)).collect();
            assert_eq!(effects.last(), Some(&effect), "{way} {keys}");
        }
    }
}

#[test]
fn the_program_ends_once_the_report_is_saved_and_stays_if_it_cannot_be() {
    let questionnaire = network();
    let leaving = || all_answered(Walk::through(&questionnaire)).keys("q Enter");
    assert_eq!(leaving().app.saved(&Saved::In("/tmp/report.html".into())), Effect::Quit);
    let failed = Saved::Failed { folder: "/tmp".into(), why: "the disk is full".into() };
    assert_eq!(leaving().app.saved(&failed), Effect::Draw);
}

#[test]
fn a_report_that_is_saved_already_is_not_saved_again_on_the_way_out() {
    let questionnaire = network();
    let mut walk = all_answered(Walk::through(&questionnaire)).keys("s");
    walk.app.saved(&Saved::In("/tmp/report.html".into()));
    let mut walk = walk.keys("q").shows("▸ 1 Save the report and quit");
    assert_eq!(walk.app.press(Key::Enter), Some(Effect::Quit));
    assert_eq!(walk.app.report_place(), Some("/tmp/report.html"));
}

#[test]
fn ctrl_c_asks_once_and_only_where_answers_would_be_lost() {
    let questionnaire = network();
    let ctrl_c = |walk: &mut Walk| walk.app.press(Key::Ctrl('c'));
    assert_eq!(ctrl_c(&mut Walk::through(&questionnaire)), Some(Effect::Interrupt), "there are no answers");
    let mut kept = Walk::through(&questionnaire).none_of("smell");
    kept.app.kept(Keeping::In("/home/me".into()));
    assert_eq!(ctrl_c(&mut kept), Some(Effect::Interrupt), "the answers are kept");
    let mut lost = Walk::through(&questionnaire).none_of("smell");
    assert_eq!(ctrl_c(&mut lost), Some(Effect::Draw));
    let mut lost = lost.shows("Leave now?");
    assert_eq!(ctrl_c(&mut lost), Some(Effect::Interrupt));
}
