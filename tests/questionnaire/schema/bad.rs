//! Which bad files the schema rejects, and which it cannot.

use std::fmt::Write as _;
use std::fs;

use twinge::diagnostic::Rule;
use twinge::questionnaire::parse;

use crate::schema::documents::{Validators, files_below, json, root};

/// The rules that are broken by the form of a value alone, which a schema can describe.
pub(crate) const OF_FORM: [Rule; 15] = [
    Rule::BadAllow,
    Rule::BadId,
    Rule::BidirectionalOverride,
    Rule::ControlCharacter,
    Rule::DuplicateEntry,
    Rule::Empty,
    Rule::EmptyText,
    Rule::MisplacedKey,
    Rule::MissingKey,
    Rule::ReservedId,
    Rule::UnknownFormat,
    Rule::UnknownKey,
    Rule::UnknownRule,
    Rule::UnknownValue,
    Rule::WrongType,
];

/// The rules that a schema cannot describe, or only in part.
const BEYOND: [(Rule, &str); 17] = [
    (Rule::BadComparison, "of which kind the question is"),
    (Rule::BadCondition, "of which kind the question is"),
    (Rule::BadFigure, "how two texts fit together"),
    (Rule::BadFrom, "what a name stands for"),
    (Rule::BadOtherwise, "which options the question has"),
    (Rule::CircularVia, "what a name stands for"),
    (Rule::DuplicateId, "what stands in other tables"),
    (Rule::LooksAtItself, "what a name stands for"),
    (Rule::LooksForward, "what a name stands for"),
    (Rule::NoFinalBase, "which row is the last"),
    (Rule::OutOfRange, "how large another value is"),
    (Rule::SelfUnless, "what a name stands for"),
    (Rule::NotWorse, "what a name stands for"),
    (Rule::UnknownName, "what a name stands for"),
    (Rule::UnknownOption, "what a name stands for"),
    (Rule::UnreachableRow, "which row is the last"),
    (Rule::UpsideDown, "how large another value is"),
];

fn bad_files() -> Vec<(String, Vec<u8>)> {
    files_below(&root().join("tests/bad"))
        .into_iter()
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(path).expect("a bad file can be read"))
        })
        .collect()
}

#[test]
fn what_is_wrong_by_its_form_is_rejected() {
    let validators = Validators::new();
    let mut rejected = 0;
    for (name, bytes) in bad_files() {
        let Some(document) = json(&bytes) else { continue };
        let problems = parse(&bytes).expect_err(&name);
        // A validator does not see comments.
        let is_in_text =
            |at: usize| !bytes[..at].rsplit(|byte| *byte == b'\n').next().is_some_and(|l| l.contains(&b'#'));
        let mut of_form = problems.iter().filter(|problem| OF_FORM.contains(&problem.rule));
        if of_form.any(|problem| is_in_text(problem.span.start)) {
            assert!(!validators.takes(&document), "{name} passes");
            rejected += 1;
        }
    }
    assert!(rejected >= 15, "only {rejected} files show it");
}

#[test]
fn what_passes_has_a_reason() {
    let validators = Validators::new();
    for (name, bytes) in bad_files() {
        if json(&bytes).is_some_and(|document| validators.takes(&document)) {
            for problem in parse(&bytes).expect_err(&name) {
                let is_beyond = BEYOND.iter().any(|(rule, _)| *rule == problem.rule);
                assert!(is_beyond, "{name} passes with {:?}", problem.rule);
            }
        }
    }
}

#[test]
fn each_bad_file_is_rejected_where_it_is_wrong_or_the_reason_is_told() {
    let validators = Validators::new();
    let mut told = String::new();
    for (name, bytes) in bad_files() {
        let Some(document) = json(&bytes) else {
            let _ = writeln!(told, "{name}: is not TOML");
            continue;
        };
        let problems = validators.problems(&document);
        if problems.is_empty() {
            let mut rules: Vec<_> = parse(&bytes).expect_err(&name).iter().map(|problem| problem.rule).collect();
            rules.sort();
            rules.dedup();
            let reasons = BEYOND.iter().filter(|(rule, _)| rules.contains(rule));
            let reasons: Vec<_> = reasons.map(|(rule, reason)| format!("{} ({reason})", rule.name())).collect();
            let _ = writeln!(told, "{name}: passes: {}", reasons.join(", "));
        } else {
            let _ = writeln!(told, "{name}: is rejected\n  {}", problems.join("\n  "));
        }
    }
    insta::assert_snapshot!(told);
}
