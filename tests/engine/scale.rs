//! Trees of any size: they are read, and everything in them is there.

use twinge::questionnaire::{MAX_BYTES, Questionnaire, parse};

#[track_caller]
fn read(text: &str) -> Questionnaire {
    parse(text.as_bytes()).unwrap_or_else(|problems| panic!("{:#?}", problems.iter().take(5).collect::<Vec<_>>()))
}

#[test]
fn trees_of_every_size_are_valid_and_hold_what_was_asked_for() {
    for questions in [10, 100, 1_000, 10_000] {
        let text = crate::grow::tree(questions, 1);
        assert!(text.len() <= MAX_BYTES, "{questions} questions take {} bytes", text.len());
        let questionnaire = read(&text);
        assert_eq!(questionnaire.questions.len(), questions);
        let parts = questions / 10;
        assert_eq!(questionnaire.causes.len(), parts * 8);
        assert_eq!(questionnaire.alarms.len(), parts * 8);
        let findings: usize = questionnaire.causes.values().map(|cause| cause.findings.len()).sum();
        assert_eq!(findings, parts * 40);
    }
}

#[test]
fn a_seed_always_gives_the_same_tree() {
    assert_eq!(crate::grow::tree(100, 7), crate::grow::tree(100, 7));
    assert_ne!(crate::grow::tree(100, 7), crate::grow::tree(100, 8));
}
