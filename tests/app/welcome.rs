//! The first screen, and the list of keys.

use crate::trees::{built_in, network};
use crate::walk::Walk;
use twinge::app::Mode;

#[test]
fn welcome() {
    check!("welcome", &network(), |walk| walk);
}

#[test]
fn the_first_screens_name_no_key_that_leads_back() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).sized(100, 30).begin();
    let walk = walk.hides("← back").keys("?").hides("← Esc Backspace");
    walk.keys("Esc").none_of("smell").shows("← back");
}

#[test]
fn keys_that_move_are_named_only_where_there_is_anything_to_move_to() {
    let (questionnaire, built_in) = (network(), built_in());
    let walk = Walk::through(&questionnaire).sized(100, 30).hides("↑↓").keys("?").hides("↑↓").hides("scroll up");
    walk.sized(40, 8).shows("↑↓ scroll");
    let walk = Walk::through(&built_in).sized(40, 12).shows("↑↓ scroll").keys("?").shows("scroll up");
    walk.keys("Esc").sized(100, 30).hides("↑↓ scroll").begin().open("peek").hides("↑↓");
    let walk = Walk::through(&questionnaire).none_of("smell").answer("scope", "one").keys("/ lap").shows("Enter take");
    walk.keys("xx").hides("↑↓").hides("Enter take").shows("Esc end search");
}

#[test]
fn enter_brings_a_long_welcome_by_in_a_few_steps_on_the_smallest_screen() {
    let questionnaire = built_in();
    let mut walk = Walk::through(&questionnaire).sized(30, 8);
    let mut steps = 0;
    while walk.app.mode() == Mode::Welcome {
        walk = walk.keys("Enter");
        steps += 1;
    }
    assert!(steps <= 13, "{steps} times Enter");
}

#[test]
fn all_keys() {
    check!("help", &network(), |walk| walk.begin().open("help"));
}

#[test]
fn the_roles_of_the_welcome_and_of_the_keys() {
    let questionnaire = network();
    insta::assert_snapshot!("welcome.roles", Walk::through(&questionnaire).roles());
    insta::assert_snapshot!("help.roles", Walk::through(&questionnaire).begin().open("help").roles());
}
