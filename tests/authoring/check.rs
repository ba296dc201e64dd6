//! Every error that a question file can have. `tests/bad/` has a file for each: to add a test, add a file.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::trees::parsed;
use twinge::diagnostic::{Rule, Severity, Source, render};
use twinge::questionnaire::{MAX_BYTES, parse};

fn bad_files() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("there is a folder of bad files")
        .map(|entry| entry.expect("it can be read").path())
        .map(|path| {
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            (name, fs::read(path).expect("a bad file can be read"))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn every_problem_is_reported_with_its_rule_place_and_remedy() {
    for (name, bytes) in bad_files() {
        let problems = parse(&bytes).expect_err(&name);
        let drawn = render(Source { name: &name, bytes: &bytes }, &problems);
        insta::assert_snapshot!(name.trim_end_matches(".toml"), drawn);
    }
}

#[test]
fn a_bad_file_is_named_after_the_rule_that_it_breaks() {
    for (name, bytes) in bad_files() {
        let rule = name.split('.').next().expect("a name");
        let problems = parse(&bytes).expect_err(&name);
        assert!(problems.iter().any(|problem| problem.rule.name() == rule), "{name} does not break {rule}");
    }
}

#[test]
fn every_rule_has_a_bad_file() {
    let broken: BTreeSet<&str> =
        bad_files().iter().flat_map(|(_, bytes)| parse(bytes).expect_err("bad")).map(|p| p.rule.name()).collect();
    let missing: Vec<_> = Rule::ALL
        .iter()
        .filter(|rule| rule.severity() == Severity::Error)
        // The test below makes a file of 16 MiB, and the last two are errors in files of cases.
        .filter(|rule| !matches!(rule, Rule::TooLarge | Rule::BadAnswer | Rule::NotAsked))
        .filter(|rule| !broken.contains(rule.name()))
        .collect();
    assert!(missing.is_empty(), "no file in tests/bad breaks {missing:?}");
}

#[test]
fn a_file_over_16_mib_is_refused_unread() {
    let mut bytes = b"format = 1\ntitle = \"Large\"\n#".to_vec();
    bytes.resize(MAX_BYTES + 1, b'x');
    let problems = parse(&bytes).expect_err("too large");
    assert_eq!(problems.iter().map(|problem| problem.rule).collect::<Vec<_>>(), [Rule::TooLarge]);
    bytes.truncate(MAX_BYTES);
    assert!(parse(&bytes).is_ok());
}

#[test]
fn an_empty_file_says_what_every_file_needs() {
    let rules: Vec<_> = parse(b"").expect_err("empty").iter().map(|problem| problem.message.clone()).collect();
    assert_eq!(rules, ["a question file needs `format`", "a question file needs `title`"]);
}

#[test]
fn lines_may_end_as_on_windows_and_a_byte_order_mark_may_lead() {
    let text = "\u{feff}format = 1\r\ntitle = \"\"\"One\r\n\r\ntwo\"\"\"\r\n";
    let questionnaire = parsed(text);
    assert_eq!(questionnaire.title, "One\n\ntwo");
}

#[test]
fn a_message_never_contains_what_would_act_on_a_terminal() {
    let text = "format = 1\ntitle = \"a\"\n\"\\u001b[31m\\u009b1m\\u202e\" = 1\n[[cause]]\nid = \"\\u001b]0;x\\u0007\"\nname = \"N\"\nbase = [{ p = 0.1 }]\n";
    let problems = parse(text.as_bytes()).expect_err("bad");
    let drawn = render(Source { name: "a\u{1b}[2J.toml", bytes: text.as_bytes() }, &problems);
    assert!(
        !drawn.chars().any(|c| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c)),
        "{drawn:?}"
    );
}

#[test]
fn a_column_is_counted_in_characters_however_long_the_line() {
    let text =
        format!("format = 1\ntitle = \"T\"\nsection = [{{ id = \"a\", title = \"{}\" }}, 3]\n", "é".repeat(6000));
    let problems = parse(text.as_bytes()).expect_err("bad");
    let drawn = render(Source { name: "a.toml", bytes: text.as_bytes() }, &problems);
    assert!(drawn.contains("a.toml:3:6038"), "{drawn}");
    assert!(drawn.len() < 3000, "{drawn}");
}

#[test]
fn a_line_may_be_indented_by_tabs() {
    let text = "format = 1\ntitle = \"T\"\n[[section]]\n\tid = \"a\"\n\ttitel = \"A\"\n";
    let drawn = render(Source { name: "a.toml", bytes: text.as_bytes() }, &parse(text.as_bytes()).expect_err("bad"));
    assert!(!drawn.contains(char::REPLACEMENT_CHARACTER), "{drawn}");
}

#[test]
fn of_hundreds_of_thousands_of_problems_the_first_thousand_are_shown() {
    let text = "=\n".repeat(200_000);
    let problems = parse(text.as_bytes()).expect_err("bad");
    let drawn = render(Source { name: "a.toml", bytes: text.as_bytes() }, &problems);
    assert!(drawn.ends_with("problems in a.toml; the first 1000 are shown\n"), "{}", &drawn[drawn.len() - 100..]);
}

#[test]
fn the_built_in_questionnaire_has_no_problem() {
    let built_in = twinge::cli::BUILT_IN.as_bytes();
    if let Err(problems) = parse(built_in) {
        panic!("{}", render(Source { name: "questions.toml", bytes: built_in }, &problems));
    }
}
