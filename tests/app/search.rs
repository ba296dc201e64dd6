//! Finding an option by a part of one of its names.

use twinge::app::search::{Fit, fit, is_near};
use twinge::questionnaire::Choice;

fn simvastatin() -> Choice {
    Choice {
        id: "simvastatin".into(),
        say: "simvastatin".into(),
        help: Some("statin, for cholesterol".into()),
        also: vec!["Zocor".into(), "Inegy (with ezetimibe)".into()],
        term: None,
        mark: None,
    }
}

#[track_caller]
fn check(text: &str, expected: Option<Fit>) {
    assert_eq!(fit(&simvastatin(), text), expected, "{text}");
}

#[test]
fn two_letters_of_any_name_find_an_option() {
    check("si", Some(Fit::Name));
    check("zo", Some(Fit::OtherName));
    check(" ZO ", Some(Fit::OtherName));
    check("ez", Some(Fit::Word));
    check("ch", Some(Fit::Help));
    check("", Some(Fit::Name));
}

#[test]
fn one_wrong_letter_is_forgiven_from_four_letters_on_and_two_from_eight() {
    for text in [
        "simvastin",
        "simvastatsn",
        "simvastatine",
        "simvistatin",
        "sinvastatin",
        "simavstatin",
        "simv",
        "zocer",
        "Zokor",
        "inejy",
    ] {
        assert!(is_near(&simvastatin(), text), "{text}");
    }
    for text in ["zok", "sanvistatin", "ramipril", ""] {
        assert!(!is_near(&simvastatin(), text), "{text}");
    }
}

#[test]
fn strengths_forms_and_plurals_are_no_part_of_a_name() {
    for text in ["simvastatin 20mg", "Simvastatin 40 mg tablets", "zocor 20"] {
        assert!(fit(&simvastatin(), text).is_some(), "{text}");
    }
    for text in
        ["simvastatin 20 micrograms", "simvastatin once daily", "the simvastatin at night", "2 zocor tablets od"]
    {
        assert!(fit(&simvastatin(), text).is_some(), "{text}");
    }
    check("statins", Some(Fit::Help));
    check("inegy ezetimibe", Some(Fit::Word));
    check("simvastatin ramipril", None);
    check("pill", None);
}

#[test]
fn hyphens_and_curly_apostrophes_make_no_difference() {
    let choice = Choice {
        say: "bisoprolol".into(),
        help: Some("beta-blocker, for Parkinson's".into()),
        also: Vec::new(),
        ..simvastatin()
    };
    for text in ["beta blocker", "beta-blockers", "Parkinson’s"] {
        assert_eq!(fit(&choice, text), Some(Fit::Help), "{text}");
    }
}

#[test]
fn two_letters_inside_a_word_find_nothing_but_three_do() {
    check("va", None);
    check("vas", Some(Fit::Inside));
    check("lest", Some(Fit::Inside));
    check("xyz", None);
}
