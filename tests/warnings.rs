//! Every kind of warning: `tests/warned/` has a file for each, and adding a test is adding a file.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use twinge::check::{Checked, check};
use twinge::diagnostic::{Diagnostic, Rule, Severity, Source, render};

fn warned_files() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/warned");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("there is a folder of files with warnings")
        .map(|entry| entry.expect("it can be read").path())
        .map(|path| {
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            (name, fs::read(path).expect("a file with warnings can be read"))
        })
        .collect();
    files.sort();
    files
}

#[track_caller]
fn checked(name: &str, bytes: &[u8]) -> Checked {
    check(bytes).unwrap_or_else(|problems| panic!("{}", render(Source { name, bytes }, &problems)))
}

/// The warnings that the file does not allow, as rule and marked text.
fn warnings(file: &str) -> Vec<(&'static str, &str)> {
    let told = |warning: &Diagnostic| (warning.rule.name(), &file[warning.span.clone()]);
    checked("a.toml", file.as_bytes()).warnings.iter().map(told).collect()
}

#[test]
fn every_warning_is_given_with_its_rule_place_and_remedy() {
    for (name, bytes) in warned_files() {
        let checked = checked(&name, &bytes);
        let source = Source { name: &name, bytes: &bytes };
        let silenced = checked.silenced.iter().map(|(warning, reason)| {
            let marked = String::from_utf8_lossy(&bytes[warning.span.clone()]);
            format!("silenced {} at {marked}: {reason}\n", warning.rule.name())
        });
        let drawn = render(source, &checked.warnings) + &silenced.collect::<String>();
        insta::assert_snapshot!(name.trim_end_matches(".toml"), drawn);
    }
}

#[test]
fn a_file_with_a_warning_is_named_after_its_rule_and_gives_no_other() {
    for (name, bytes) in warned_files() {
        let rule = name.split('.').next().expect("a name");
        let warned: BTreeSet<_> = checked(&name, &bytes).warnings.iter().map(|warning| warning.rule.name()).collect();
        assert_eq!(warned, BTreeSet::from([rule]), "{name}");
    }
}

#[test]
fn every_warning_has_a_file() {
    let files = warned_files();
    let named: BTreeSet<_> = files.iter().filter_map(|(name, _)| name.split('.').next()).collect();
    let warnings = Rule::ALL.iter().filter(|rule| rule.severity() == Severity::Warning).map(|rule| rule.name());
    assert_eq!(named, warnings.collect());
}

#[test]
fn a_warning_is_silenced_in_its_table_and_in_what_is_nested_in_it() {
    let cause = "id = \"a\"\nname = \"A\"\nbase = [{ p = 0.1, grade = \"A\" }]\n";
    let allow = "allow = { no-source = \"known\" }\n";
    let file = |top: &str, first: &str, second: &str| {
        let second = cause.replace("\"a\"", "\"b\"") + second;
        format!("format = 1\ntitle = \"T\"\n{top}[[cause]]\n{cause}{first}[[cause]]\n{second}")
    };
    let count = |file: String| warnings(&file).len();
    assert_eq!(count(file("", "", "")), 2);
    assert_eq!(count(file("", allow, "")), 1);
    assert_eq!(count(file("", allow, allow)), 0);
    assert_eq!(count(file(allow, "", "")), 0);
}

#[test]
fn a_question_may_be_called_allow() {
    let file = r#"format = 1
title = "T"
question = [{ id = "allow", ask = "May I?", kind = "one" }]
[fact.allowed]
when = { allow = "yes" }
[[cause]]
id = "a"
name = "A"
codes = { allow = ["1"] }
base = [{ p = 0.2, when = { allow = "no", allowed = "no" } }, { p = 0.1 }]
"#;
    assert_eq!(warnings(file), []);
}

#[test]
fn an_error_hides_the_warnings() {
    let file = "format = 1\n[source.a]\ncite = \"A\"\n";
    let problems = check(file.as_bytes()).expect_err("there is no title");
    assert!(problems.iter().all(|problem| problem.rule.severity() == Severity::Error), "{problems:?}");
}
