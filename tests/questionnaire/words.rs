//! How plain the built-in texts are: the reading age of each, and a glossary that explains every long word.
//!
//! The reading age is the grade of Flesch and Kincaid plus five years (Kincaid JP, et al. Research Branch Report 8-75,
//! Naval Technical Training, 1975): 0.39 × words per sentence + 11.8 × syllables per word − 15.59.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::{grade, syllables, words};
use crate::trees::built_in;
use twinge::questionnaire::{Question, Questionnaire};

/// The highest grade that a text may have: that of a child of 12.
const HIGHEST_GRADE: f64 = 7.0;

/// A word is long from this number of syllables on.
const LONG: usize = 4;

/// The question whose options are names of medicines. Each option says what it is for, so their words need no glossary.
const NAMES: &str = "medicines";

/// The text of a question, its `why` and its options, each as a sentence. Names of medicines are left out.
fn question_text(question: &Question) -> String {
    let options = question.options().filter(|_| question.from().is_none());
    let options = options.into_iter().flat_map(la_arena::Arena::values).flat_map(|option| {
        let name = (question.id != NAMES).then_some(option.say.as_str());
        name.into_iter().chain(option.help.as_deref())
    });
    let parts: Vec<&str> =
        std::iter::once(question.ask.as_str()).chain(question.why.as_deref()).chain(options).collect();
    parts.join(".\n")
}

/// The words of which the names of medicines consist.
fn names(questionnaire: &Questionnaire) -> BTreeSet<String> {
    let question = questionnaire.question(NAMES).expect("it is asked");
    let options = questionnaire.questions[question].options().expect("it is a list").values();
    let names = options.flat_map(|option| std::iter::once(&option.say).chain(&option.also));
    names.flat_map(|name| words(name)).map(str::to_lowercase).collect()
}

/// Every text with a reading age, and what it is.
fn graded(questionnaire: &Questionnaire) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let about = [("intro", &questionnaire.intro), ("notice", &questionnaire.notice), ("safety", &questionnaire.safety)];
    for (name, text) in about {
        texts.extend(text.clone().map(|text| (name.to_owned(), text)));
    }
    for question in questionnaire.questions.values() {
        texts.push((format!("question {}", question.id), question_text(question)));
    }
    for alarm in questionnaire.alarms.values() {
        let title = alarm.title.as_deref().unwrap_or_default();
        texts.push((format!("alarm {}", alarm.id), format!("{title}.\n{}", alarm.say)));
    }
    for family in questionnaire.families.values() {
        texts.extend(family.say.clone().map(|say| (format!("family {}", family.id), say)));
    }
    for cause in questionnaire.causes.values() {
        let about = [("summary", &cause.summary), ("test", &cause.test)];
        for (name, text) in about {
            texts.extend(text.clone().map(|text| (format!("{} of {}", name, cause.id), text)));
        }
        for advice in &cause.advice {
            texts.push((format!("advice {:?} of {}", advice.stage, cause.id), advice.say.clone()));
        }
    }
    texts
}

/// Texts that are too short for a reading age, but may have a long word.
fn short(questionnaire: &Questionnaire) -> Vec<&str> {
    let facts = questionnaire.facts.values().filter_map(|fact| fact.say.as_deref());
    let levels = questionnaire.urgencies.values().map(|level| level.say.as_str());
    let names = questionnaire.causes.values().map(|cause| cause.name.as_str());
    let families = questionnaire.families.values().map(|family| family.name.as_str());
    let sections = questionnaire.sections.values().map(|section| section.title.as_str());
    facts.chain(levels).chain(names).chain(families).chain(sections).chain([questionnaire.title.as_str()]).collect()
}

fn glossary() -> BTreeMap<String, String> {
    toml::from_str(include_str!("../words/glossary.toml")).expect("a table of words and their meaning")
}

#[test]
fn a_child_of_twelve_can_read_every_text() {
    let questionnaire = built_in();
    let hard: Vec<String> = graded(&questionnaire)
        .into_iter()
        .filter_map(|(what, text)| {
            let grade = grade(&text);
            (grade > HIGHEST_GRADE).then(|| format!("{grade:.1}  {what}: {text}"))
        })
        .collect();
    assert!(hard.is_empty(), "{} texts are above grade {HIGHEST_GRADE}:\n{}", hard.len(), hard.join("\n"));
}

#[test]
fn every_long_word_is_in_the_glossary() {
    let questionnaire = built_in();
    let texts = graded(&questionnaire);
    let all = texts.iter().map(|(_, text)| text.as_str()).chain(short(&questionnaire));
    let long: BTreeSet<String> =
        all.flat_map(words).map(str::to_lowercase).filter(|word| syllables(word) >= LONG).collect();
    let (names, glossary) = (names(&questionnaire), glossary());
    let unexplained: Vec<_> =
        long.iter().filter(|word| !names.contains(*word) && !glossary.contains_key(*word)).collect();
    assert!(unexplained.is_empty(), "not in tests/words/glossary.toml: {unexplained:?}");
    let unused: Vec<_> = glossary.keys().filter(|word| !long.contains(*word)).collect();
    assert!(unused.is_empty(), "in tests/words/glossary.toml, but in no text: {unused:?}");
}

#[test]
fn the_glossary_explains_in_short_words() {
    for (word, meaning) in glossary() {
        assert!(!meaning.trim().is_empty(), "{word}");
        let long: Vec<_> = words(&meaning).filter(|word| syllables(word) >= LONG).collect();
        assert!(long.is_empty(), "{word}: {long:?}");
    }
}

#[test]
fn syllables_are_counted_as_they_are_spoken() {
    let spoken = [
        ("pain", 1),
        ("leg", 1),
        ("muscle", 2),
        ("cramped", 1),
        ("wanted", 2),
        ("breathe", 1),
        ("causes", 2),
        ("disease", 2),
        ("medicine", 3),
        ("potassium", 4),
        ("magnesium", 4),
        ("calcium", 3),
        ("emergency", 4),
        ("diabetes", 4),
        ("inflammation", 4),
        ("doctor", 2),
        ("area", 3),
        ("ideas", 3),
        ("being", 2),
        ("tired", 2),
        ("people", 2),
        ("psoriasis", 4),
        ("serious", 3),
        ("special", 2),
        ("quiet", 2),
        ("diarrhoea", 4),
    ];
    for (word, expected) in spoken {
        assert_eq!(syllables(word), expected, "{word}");
    }
}

#[test]
fn a_grade_is_what_its_formula_says() {
    // Ten words in three sentences, twelve syllables.
    let text = "The doctor looks at your leg. Then you sit. Muscle.";
    let (words, sentences, syllables) = (10.0, 3.0, 12.0);
    let expected = 0.39 * words / sentences + 11.8 * syllables / words - 15.59;
    assert!((grade(text) - expected).abs() < 1e-9, "{}", grade(text));
}
