//! Leaving in the middle of the questions, and from the results.

use crate::keys;
use crate::results::all_answered;
use crate::trees::network;
use crate::walk::Walk;
use twinge::app::Effect;

#[test]
fn leaving_asks_first() {
    check!("leave", &network(), |walk| walk.none_of("smell").keys("q"));
}

#[test]
fn the_roles_of_leaving() {
    insta::assert_snapshot!("leave.roles", Walk::through(&network()).none_of("smell").keys("q").roles());
}

#[test]
fn quitting_the_results_never_asks() {
    let questionnaire = network();
    for way in ["q", "? q", "m q", "Down Enter q"] {
        let mut walk = all_answered(Walk::through(&questionnaire));
        let effects: Vec<_> = keys::parse(way).into_iter().filter_map(|key| walk.app.press(key)).collect();
        assert_eq!(effects.last(), Some(&Effect::Quit), "{way}");
    }
}
