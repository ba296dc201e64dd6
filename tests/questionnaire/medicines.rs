//! The built-in list of medicines: a search finds every name, and every medicine alone gives its cause the base rate that
//! fits its class and its trials.

use std::collections::BTreeSet;

use crate::trees::built_in;
use serde::Deserialize;
use twinge::app::search;
use twinge::engine::answers::Answers;
use twinge::engine::evaluation::Evaluation;
use twinge::engine::ranking::Ranking;
use twinge::questionnaire::{Answer, Choice, Question, Questionnaire};

#[derive(Debug, Deserialize)]
struct Table {
    medicine: Vec<Medicine>,
}

/// A medicine that has to be in the list.
#[derive(Debug, Deserialize)]
struct Medicine {
    names: Vec<String>,
    class: String,
    share: Option<f64>,
}

fn medicines() -> Vec<Medicine> {
    toml::from_str::<Table>(include_str!("../medicines/medicines.toml")).expect("a table of medicines").medicine
}

fn list(questionnaire: &Questionnaire) -> &Question {
    &questionnaire.questions[questionnaire.question("medicines").expect("it is asked")]
}

fn options(questionnaire: &Questionnaire) -> impl Iterator<Item = &Choice> {
    list(questionnaire).options().expect("it is a list").values()
}

/// Whether an option has a name, perhaps as a part of a longer one.
fn says(option: &Choice, name: &str) -> bool {
    let name = name.to_lowercase();
    std::iter::once(&option.say).chain(&option.also).any(|own| own.to_lowercase().contains(&name))
}

/// The option that has all these names.
#[track_caller]
fn option_of<'q>(questionnaire: &'q Questionnaire, medicine: &Medicine) -> &'q Choice {
    options(questionnaire)
        .find(|option| medicine.names.iter().all(|name| says(option, name)))
        .unwrap_or_else(|| panic!("no option has all the names {:?}", medicine.names))
}

#[test]
fn all_142_are_in_the_list_each_with_an_option_of_its_own() {
    let questionnaire = built_in();
    let medicines = medicines();
    let own: BTreeSet<&str> =
        medicines.iter().map(|medicine| option_of(&questionnaire, medicine).id.as_str()).collect();
    assert_eq!((medicines.len(), own.len()), (142, 142));
}

#[test]
fn two_letters_of_any_name_find_it() {
    let questionnaire = built_in();
    for medicine in medicines() {
        let option = option_of(&questionnaire, &medicine);
        for name in &medicine.names {
            let two: String = name.chars().take(2).collect();
            assert!(search::fit(option, &two).is_some(), "{two} does not find {name}");
        }
    }
}

#[test]
fn a_name_comes_before_what_only_mentions_it() {
    let questionnaire = built_in();
    for (text, first) in [("stal", "entacapone"), ("lipi", "atorvastatin"), ("ser", "sertraline"), ("quin", "quinine")]
    {
        let best = options(&questionnaire)
            .filter_map(|option| Some((search::fit(option, text)?, option)))
            .min_by_key(|(fit, _)| *fit)
            .map(|(_, option)| option.id.as_str());
        assert_eq!(best, Some(first), "{text}");
    }
}

#[test]
fn a_medicine_that_is_not_in_the_list_can_be_told() {
    let questionnaire = built_in();
    let last = options(&questionnaire).last().expect("there are options");
    assert_eq!(last.id, "other", "where people look for it: {}", last.say);
    assert!(questionnaire.causes.values().any(|cause| cause.id == "other_med"));
}

#[test]
fn every_medicine_alone_has_its_share_as_base_rate_in_one_cause_of_the_family() {
    let questionnaire = built_in();
    let question = questionnaire.question("medicines").expect("it is asked");
    let adult = questionnaire.question("age").expect("it is asked");
    for medicine in medicines() {
        let option = option_of(&questionnaire, &medicine);
        let ticked = list(&questionnaire).option(&option.id).into_iter().collect();
        let mut answers = Answers::new();
        answers.set(adult, Answer::Number(50.0));
        answers.set(question, Answer::Many { ticked, unsure: [].into() });
        let ranking = Ranking::new(&Evaluation::new(&questionnaire, &answers));
        let in_family: Vec<(&str, f64)> = ranking
            .causes
            .iter()
            .map(|ranked| (&questionnaire.causes[ranked.cause], ranked.base_rate))
            .filter(|(cause, _)| cause.family.is_some_and(|family| questionnaire.families[family].id == "medicines"))
            .map(|(cause, base_rate)| (cause.id.as_str(), base_rate))
            .collect();
        let expected: Vec<_> = medicine.share.map(|share| (medicine.class.as_str(), share)).into_iter().collect();
        assert_eq!(in_family, expected, "{:?}", medicine.names);
    }
}
