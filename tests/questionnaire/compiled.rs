//! The compiled form of a questionnaire means the same as its file.

use std::fs;

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::proptest;
use twinge::questionnaire::{Questionnaire, compiled};

use crate::generate::{Picks, Tree, Wishes};
use crate::trees::{built_in, network, parsed};

#[track_caller]
fn check(questionnaire: &Questionnaire) {
    let bytes = compiled::write(questionnaire).expect("everything can be written");
    assert!(compiled::read(&bytes).expect("what was written can be read") == *questionnaire);
}

#[test]
fn a_compiled_file_means_the_same() {
    let whole = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/questionnaire/schema/whole.toml");
    for questionnaire in [built_in(), network(), parsed(fs::read(whole).expect("a file with every key"))] {
        check(&questionnaire);
    }
}

proptest! {
    #[test]
    fn any_compiled_tree_means_the_same(numbers in vec(any::<u16>(), 1..400)) {
        check(&Tree::grow(&mut Picks::new(numbers), Wishes { tests_not_sure: true }).questionnaire());
    }
}

#[test]
fn what_was_never_compiled_is_refused() {
    let bytes = compiled::write(&network()).expect("everything can be written");
    for broken in [&[][..], b"format = 1", &bytes[..bytes.len() / 2]] {
        assert!(compiled::read(broken).is_err());
    }
}
