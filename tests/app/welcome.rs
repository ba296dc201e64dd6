//! The first screen, and the list of keys.

use crate::trees::network;
use crate::walk::Walk;

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
fn all_keys() {
    check!("help", &network(), |walk| walk.begin().open("help"));
}

#[test]
fn the_roles_of_the_welcome_and_of_the_keys() {
    let questionnaire = network();
    insta::assert_snapshot!("welcome.roles", Walk::through(&questionnaire).roles());
    insta::assert_snapshot!("help.roles", Walk::through(&questionnaire).begin().open("help").roles());
}
