//! Every warning that a question file can get. `tests/warned/` has a file for each: to add a test, add a file.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use twinge::authoring::check::{Checked, ProofOptions, check, check_and_prove};
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

/// Whether the rule of a file needs the prover.
fn is_proven(file: &str) -> bool {
    file.starts_with("never-") || file.starts_with("always-")
}

fn proven(bytes: &[u8]) -> Result<Checked, Vec<Diagnostic>> {
    check_and_prove(bytes, ProofOptions { stop: Arc::new(|| false), on_progress: &mut |_, _| {} })
}

#[track_caller]
fn checked(name: &str, bytes: &[u8]) -> Checked {
    let checked = if is_proven(name) { proven(bytes) } else { check(bytes) };
    checked.unwrap_or_else(|problems| panic!("{}", render(Source { name, bytes }, &problems)))
}

/// The rule and the marked text of each warning that the file does not allow.
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

/// Whether an answer counts twice for a cause with two findings that have these conditions.
#[track_caller]
fn check_twice(first: &str, second: &str, expected: bool) {
    let file = format!(
        r#"format = 1
title = "T"
[[question]]
id = "place"
ask = "Where?"
kind = "one"
options = [{{ id = "back", say = "Back" }}, {{ id = "legs", say = "Legs" }}, {{ id = "arms", say = "Arms" }}]
[[question]]
id = "age"
ask = "How old?"
kind = "number"
min = 0
max = 120
[[question]]
id = "signs"
ask = "Which?"
kind = "many"
options = [{{ id = "numb", say = "Numb" }}, {{ id = "weak", say = "Weak" }}, {{ id = "cold", say = "Cold" }}]
[fact.old]
when = {{ age = ">= 65" }}
[fact.frail]
when = [{{ old = "yes", signs = "weak" }}, {{ place = "arms" }}]
[[cause]]
id = "a"
name = "A"
base = [{{ p = 0.1 }}]
findings = [{{ lr = 2, when = {first}, grade = "C" }}, {{ lr = 3, when = {second}, grade = "C" }}]
"#
    );
    let found = warnings(&file).iter().any(|(rule, _)| *rule == "counted-twice");
    assert_eq!(found, expected, "{first} and {second}");
}

#[test]
fn an_answer_counts_twice_if_it_is_all_that_one_finding_asks_for() {
    check_twice(r#"{ place = "legs" }"#, r#"{ place = ["legs", "arms"], age = "> 40" }"#, true);
    check_twice(r#"{ place = "legs", signs = "numb" }"#, r#"{ place = "legs", signs = "cold" }"#, false);
    check_twice(r#"{ place = "legs", signs = "numb" }"#, r#"{ place = "legs", signs = ["cold", "numb"] }"#, true);
    check_twice(r#"[{ place = "legs" }, { age = "> 80" }]"#, r#"[{ signs = "cold" }, { age = ">= 90" }]"#, true);
}

#[test]
fn answers_that_exclude_each_other_count_once() {
    check_twice(r#"{ place = "legs" }"#, r#"{ place = "arms" }"#, false);
    check_twice(r#"{ place = "legs" }"#, r#"{ place = "!legs" }"#, false);
    check_twice(r#"{ place = "!back" }"#, r#"{ place = "!legs" }"#, true);
    check_twice(r#"{ age = "< 40" }"#, r#"{ age = "40-60" }"#, false);
    check_twice(r#"{ age = "<= 40" }"#, r#"{ age = "40-60" }"#, true);
    check_twice(r#"{ signs = "numb", age = "< 40" }"#, r#"{ signs = "numb", age = ">= 40" }"#, false);
    check_twice(r#"{ place = "not-sure" }"#, r#"{ place = "!legs" }"#, false);
    check_twice(r#"{ place = "not-sure" }"#, r#"{ place = "not-sure" }"#, true);
}

#[test]
fn ticks_count_twice_if_one_of_them_is_in_both() {
    check_twice(r#"{ signs = "numb" }"#, r#"{ signs = "weak" }"#, false);
    check_twice(r#"{ signs = ["numb", "cold"] }"#, r#"{ signs = ["weak", "cold"] }"#, true);
    check_twice(r#"{ signs = { all = ["numb", "cold"] } }"#, r#"{ signs = "cold" }"#, true);
    check_twice(r#"{ signs = { of = ["numb", "cold"], count = ">= 2" } }"#, r#"{ signs = "!cold" }"#, false);
    check_twice(r#"{ signs = { of = ["numb", "cold"], count = "= 0" } }"#, r#"{ signs = "!cold" }"#, true);
    check_twice(r#"{ signs = "none" }"#, r#"{ signs = "!cold" }"#, true);
    check_twice(r#"{ signs = "none" }"#, r#"{ signs = ["numb", "cold"] }"#, false);
    check_twice(r#"{ signs = ">= 2" }"#, r#"{ signs = "cold" }"#, true);
    check_twice(r#"{ signs = "!numb" }"#, r#"{ signs = "cold" }"#, false);
}

#[test]
fn a_fact_is_what_it_tests() {
    check_twice(r#"{ old = "yes" }"#, r#"{ age = "> 80" }"#, true);
    check_twice(r#"{ old = "no" }"#, r#"{ age = "> 80" }"#, false);
    check_twice(r#"{ old = "no" }"#, r#"{ age = "< 40" }"#, true);
    check_twice(r#"{ frail = "yes" }"#, r#"{ place = ["arms", "back"] }"#, true);
    check_twice(r#"{ frail = "no" }"#, r#"{ place = "arms" }"#, false);
    check_twice(r#"{ frail = "no" }"#, r#"{ place = "back", signs = "!weak" }"#, true);
    check_twice(r#"{ frail = ["yes", "no"] }"#, r#"{ frail = ["no", "yes"] }"#, true);
}

#[test]
fn what_points_both_ways_or_stands_in_one_group_counts_once() {
    let findings = |first: &str, second: &str| {
        format!(
            "format = 1\ntitle = \"T\"\nquestion = [{{ id = \"q\", ask = \"Q?\", kind = \"one\" }}]\n[[cause]]\nid = \"a\"\n\
             name = \"A\"\nbase = [{{ p = 0.1 }}]\nfindings = [{{ {first}, when = {{ q = \"yes\" }}, grade = \"C\" }}, \
             {{ {second}, when = {{ q = \"yes\" }}, grade = \"C\" }}]\n"
        )
    };
    let count = |first, second| warnings(&findings(first, second)).len();
    assert_eq!(count("lr = 2", "lr = 3"), 1);
    assert_eq!(count("lr = 2, group = \"g\"", "lr = 3, group = \"h\""), 1);
    assert_eq!(count("lr = 2, group = \"g\"", "lr = 3, group = \"g\""), 0);
    assert_eq!(count("lr = 2", "lr = 0.3"), 0);
}

#[test]
fn the_trees_that_come_with_the_program_have_no_warning_that_they_do_not_allow() {
    for name in ["questions.toml", "tests/trees/home-network.toml"] {
        let bytes = fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)).expect("a tree");
        let checked = checked(name, &bytes);
        assert!(checked.warnings.is_empty(), "{}", render(Source { name, bytes: &bytes }, &checked.warnings));
    }
}
