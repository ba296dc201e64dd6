//! The program without a terminal: all of its standard output and standard error, and its exit status.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub(crate) fn twinge(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_twinge"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        // Not the drafts of whoever runs the tests.
        .env("HOME", env!("CARGO_TARGET_TMPDIR"))
        .env("XDG_STATE_HOME", PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("state"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that does not read its input may be gone already.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("the program ends")
}

#[track_caller]
fn check(arguments: &[&str], input: &str, expected: (&str, &str, i32)) {
    let output = twinge(arguments, input.as_bytes());
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let (expected_out, expected_err, status) = expected;
    assert_eq!((out.as_ref(), err.as_ref(), output.status.code()), (expected_out, expected_err, Some(status)));
}

fn scratch(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, bytes).expect("a scratch file");
    path
}

#[test]
fn a_good_file_has_no_problems() {
    check(
        &["check", "--no-proofs", "-f", "tests/trees/network.toml"],
        "",
        ("tests/trees/network.toml: no problems. 6 questions, 5 causes, 2 alarms.\n", "", 0),
    );
}

#[test]
fn all_asks_what_would_be_passed_over() {
    let file = scratch("enough.toml", ENOUGH.as_bytes());
    let said = |arguments: &[&str]| {
        let output = twinge(&[&["--plain", "-f", file.to_str().expect("a path")], arguments].concat(), b"\n1\n");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(!said(&[]).contains("Do you have a hobby?"));
    assert!(said(&["--all"]).contains("Do you have a hobby?"));
}

#[test]
fn since_keeps_what_lasts_and_tells_what_has_moved() {
    let about = r#"{"title": "Why is my network down?"}"#;
    let answers = r#"{"smell": ["dark"], "scope": "all", "days": 3, "devices": ["laptop"], "new_devices": []}"#;
    let offered = r#"{"devices": ["laptop", "desktop", "phone", "tablet", "printer", "television", "console", "watch",
        "speaker", "camera", "doorbell", "thermostat"]}"#;
    let report = format!(r#"{{"questionnaire": {about}, "answers": {answers}, "offered": {offered}}}"#);
    let file = scratch("earlier.json", report.as_bytes());
    let network = ["--plain", "-f", "tests/trees/network.toml", "--since", file.to_str().expect("a path")];
    let output = twinge(&network, b"\n0\n2\n0\n2\n");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("Kept from your earlier report."), "{said}");
    assert!(said.contains("Since your earlier report:\nSomething about a device: not ranked, now 1st.\n"), "{said}");
}

#[test]
fn since_says_what_is_wrong_with_its_file_and_where_it_may_stand() {
    let network = ["--plain", "-f", "tests/trees/network.toml", "--since"];
    let page = scratch("earlier.html", b"<!DOCTYPE html>");
    let page = page.to_str().expect("a path");
    let why = "line 1: expected value (column 1); name the .json file that was saved with a report";
    check(&[&network[..], &[page]].concat(), "", ("", &format!("{page}: {why}\n"), 1));
    let gone = "cannot read no-report.json: No such file or directory (os error 2)\n";
    check(&[&network[..], &["no-report.json"]].concat(), "", ("", gone, 2));
    let standard = "the interview reads answers from standard input: give `--since` a path\n";
    check(&[&network[..], &["-"]].concat(), "", ("", standard, 2));
    let command = "`--since` starts an interview: leave it out, or leave out the command\n";
    check(&["--since", page, "tree"], "", ("", command, 2));
}

/// A tree with a question that can change nothing.
const ENOUGH: &str = r#"
format = 1
title = "What hurts?"
interview = { enough = 0.03 }
question = [
  { id = "fell", ask = "Did you fall?", kind = "one" },
  { id = "hobby", ask = "Do you have a hobby?", kind = "one" },
]
[[cause]]
id = "bruise"
name = "A bruise"
base = [{ p = 0.4 }]
findings = [{ lr = 9.0, lr_no = 0.1, when = { fell = "yes" }, grade = "C" }]
"#;

#[test]
fn a_bad_file_is_shown_on_standard_output_with_status_1() {
    let output = twinge(&["check", "--file", "tests/bad/self-unless.toml"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.is_empty());
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(shown.contains("error[self-unless]") && shown.ends_with("2 problems in tests/bad/self-unless.toml\n"));
}

#[test]
fn a_file_with_warnings_has_status_0_and_with_strict_1() {
    for (arguments, status) in
        [(&["check", "--no-proofs", "-f"][..], 0), (&["check", "--no-proofs", "--strict", "-f"], 1)]
    {
        let output = twinge(&[arguments, &["tests/warned/late-alarm.toml"]].concat(), b"");
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        assert!(output.stderr.is_empty());
        let shown = String::from_utf8_lossy(&output.stdout);
        assert!(shown.contains("warning[late-alarm]"), "{shown}");
        assert!(shown.ends_with("\n2 warnings in tests/warned/late-alarm.toml; 1 warning silenced\n"), "{shown}");
    }
}

#[test]
fn what_a_file_allows_is_counted_and_not_shown() {
    let file = "format = 1\ntitle = \"T\"\n[source.a]\ncite = \"A\"\nallow = { unused-source = \"quoted\" }\n";
    let path = scratch("allowed.toml", file.as_bytes());
    let path = path.to_string_lossy();
    let said = format!("{path}: no problems. 0 questions, 0 causes, 0 alarms. 1 warning silenced.\n");
    check(&["check", "--no-proofs", "--strict", "-f", &path], "", (&said, "", 0));
}

#[test]
fn problems_are_written_as_json_with_their_places_and_reasons() {
    let file = "format = 1\ntitle = \"É\"\n\n[source.a]\ncite = \"É\"\nallow = { unused-source = \"quoted\" }\n[source.b]\n\
                cite = \"B\"\ndoi = \"doi:10.1000/b\"\n";
    let path = scratch("json.toml", file.as_bytes());
    let output = twinge(&["check", "--no-proofs", "--format", "json", "-f", &path.to_string_lossy()], b"");
    assert_eq!(output.status.code(), Some(0));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        found,
        serde_json::json!({
            "file": path.to_string_lossy(),
            "questionnaire": { "title": "É", "version": null, "questions": 0, "causes": 0, "alarms": 0 },
            "problems": [
                {
                    "rule": "unused-source", "severity": "warning", "message": "nothing names the source `a`",
                    "help": "name it where it is used, or take it out", "notes": [],
                    "start": { "line": 4, "column": 9, "byte": 33 }, "end": { "line": 4, "column": 10, "byte": 34 },
                    "silenced": "quoted"
                },
                {
                    "rule": "unused-source", "severity": "warning", "message": "nothing names the source `b`",
                    "help": "name it where it is used, or take it out", "notes": [],
                    "start": { "line": 7, "column": 9, "byte": 93 }, "end": { "line": 7, "column": 10, "byte": 94 },
                    "silenced": null
                },
                {
                    "rule": "bad-doi", "severity": "warning", "message": "`doi:10.1000/b` is no DOI",
                    "help": "write \"10.1000/b\"", "notes": [],
                    "start": { "line": 9, "column": 7, "byte": 113 }, "end": { "line": 9, "column": 22, "byte": 128 },
                    "silenced": null
                }
            ],
            "errors": 0, "warnings": 2, "silenced": 1, "proofs": null
        })
    );
}

#[test]
fn what_is_proven_is_summed_up() {
    let output = twinge(&["check", "-f", "tests/trees/network.toml"], b"");
    let said = String::from_utf8_lossy(&output.stdout);
    let (_, proven) = said.split_once("\n2 warnings in tests/trees/network.toml\n\n").expect("the warnings first");
    assert_eq!(
        proven,
        "Proven, for all answers at once:
  each of 2 alarms can be raised, from at most 1 answer
  2 of 3 levels can come out, from at most 1 answer; 1 never
  4 of 5 causes can come first, from at most 3 answers; 1 never
  nobody is asked more than 5 questions
"
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn every_proof_is_listed_with_its_answers() {
    let output = twinge(&["check", "--proofs", "-f", "tests/trees/home-network.toml"], b"");
    let said = String::from_utf8_lossy(&output.stdout);
    for line in [
        "`bank_typed` is raised and leads: odd = [\"bank\"], typed = \"yes\"",
        "`bank_typed` is unsure: odd = \"not-sure\"",
        "`bank_seen` gets worse as `bank_typed`: odd = [\"bank\"], typed = \"yes\"",
        "`typed` is not asked (it can raise `bank_typed`): odd = []",
        "`typed` is not asked, for not being sure (it can raise `bank_typed`): odd = [\"?bank\"]",
        "the urgency is `ask-provider`: without any answer",
    ] {
        assert!(said.lines().any(|said| said == line), "{line}\nis not in\n{said}");
    }
}

#[test]
fn what_is_proven_is_replayed_by_test() {
    let tree = "tests/trees/home-network.toml";
    let cases = twinge(&["check", "--format", "cases", "-f", tree], b"");
    let path = scratch("proven.toml", &cases.stdout);
    let replayed = twinge(&["test", "-f", tree, &path.to_string_lossy()], b"");
    let said = String::from_utf8_lossy(&replayed.stdout);
    assert!(said.ends_with(" cases passed, 0 failed\n") && said.lines().count() == 1, "{said}");
    assert_eq!(replayed.status.code(), Some(0));
}

#[test]
fn cases_of_what_is_proven_need_proofs() {
    let said = "`--format cases` writes what is proven: leave out `--no-proofs`\n";
    check(&["check", "--no-proofs", "--format", "cases"], "", ("", said, 2));
}

#[test]
fn there_may_be_more_time_than_the_clock_can_tell() {
    let longest = u64::MAX.to_string();
    let output = twinge(&["check", "--time", &longest, "-f", "tests/trees/network.toml"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_there_was_no_time_for_is_named() {
    let output = twinge(&["check", "--time", "0", "-f", "tests/trees/home-network.toml"], b"");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("Left out for want of time") && said.contains("  whether `burning` is raised and leads\n"),
        "{said}"
    );
    assert!(!said.contains("never"), "{said}");
    let output = twinge(&["check", "--time", "0", "--format", "json", "-f", "tests/trees/home-network.toml"], b"");
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(found["proofs"]["whole"], false);
    assert_eq!(output.status.code(), Some(0));
    let output = twinge(&["check", "--time", "0", "--strict", "-f", "tests/trees/home-network.toml"], b"");
    assert_eq!(output.status.code(), Some(1));
    let output = twinge(&["check", "--time", "0", "--format", "cases", "-f", "tests/trees/home-network.toml"], b"");
    let cases = String::from_utf8_lossy(&output.stdout);
    assert!(cases.contains("\n# Left out for want of time") && cases.lines().all(|line| line.starts_with('#')));
}

#[test]
fn errors_are_written_as_json_too() {
    let output = twinge(&["check", "--format", "json", "-f", "tests/bad/not-utf8.toml"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.is_empty());
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&found["questionnaire"], &found["errors"]), (&serde_json::Value::Null, &serde_json::json!(1)));
    assert_eq!(
        (&found["problems"][0]["rule"], &found["problems"][0]["severity"]),
        (&"not-utf8".into(), &"error".into())
    );
}

#[test]
fn a_rule_is_explained_by_its_name() {
    let output = twinge(&["explain", "bad-doi"], b"");
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!("explain", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn a_rule_that_does_not_exist_has_status_2_and_the_name_that_may_be_meant() {
    let said = "there is no rule `late-alram`; did you mean `late-alarm`?\n";
    check(&["explain", "late-alram"], "", ("", said, 2));
    check(&["explain", "weather"], "", ("", "there is no rule `weather`; `twinge explain` lists them all\n", 2));
}

#[test]
fn a_file_that_cannot_be_read_has_status_2() {
    check(
        &["check", "-f", "tests/nowhere.toml"],
        "",
        ("", "cannot read tests/nowhere.toml: No such file or directory (os error 2)\n", 2),
    );
}

#[test]
fn nothing_but_check_writes_the_problems_of_a_file_to_standard_output() {
    for arguments in [
        &["-f", "tests/bad/syntax.toml"][..],
        &["score", "-f", "tests/bad/syntax.toml"],
        &["tree", "-f", "tests/bad/syntax.toml"],
    ] {
        let output = twinge(arguments, b"{}");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("error[syntax]"), "{arguments:?}");
    }
}

#[test]
fn wrong_usage_has_status_2_and_says_what_is_right() {
    let output = twinge(&["chekc"], b"");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("chekc") && said.contains("'check'"), "{said}");
}

#[test]
fn what_was_typed_is_repeated_without_acting_on_the_terminal() {
    for arguments in [&["\u{1b}[31mX"][..], &["check", "--x\u{9b}31m"], &["check", "-f", "no\u{1b}[31m\u{202e}"]] {
        let output = twinge(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{said:?}");
    }
}

#[test]
fn a_line_that_cannot_be_scored_is_told_in_its_place_and_by_the_status() {
    let output = twinge(
        &["score", "-f", "tests/trees/network.toml"],
        b"{\"id\": 1, \"answers\": {}}\n{\"id\": 2, \"answers\": {\"scop\": 1}}\n{\"id\": 3, \"answers\": {}}\n",
    );
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<String> = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1], r#"{"id":2,"error":"line 2: question `scop` does not exist; did you mean `scope`? (id 2)"}"#);
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "1 line could not be scored; its place in the output says why\n"
    );
}

#[test]
fn scoring_answers_each_line_as_soon_as_it_comes() {
    use std::io::{BufRead, BufReader};
    let mut child = Command::new(env!("CARGO_BIN_EXE_twinge"))
        .arg("score")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    for id in 0..3 {
        writeln!(input, "{{\"id\": {id}, \"answers\": {{}}}}").expect("it listens");
        let mut line = String::new();
        output.read_line(&mut line).expect("it answers");
        assert!(line.starts_with(&format!("{{\"id\":{id},")), "{line}");
    }
    drop(input);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn whoever_stops_reading_is_no_error() {
    for (argument, line) in [("score", "{\"answers\": {}}\n"), ("--plain", "?\n")] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_twinge"))
            .arg(argument)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let _ = child.stdin.take().expect("a pipe").write_all(line.repeat(1000).as_bytes());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{argument}");
    }
}

#[test]
fn the_tree_nests_questions_under_the_answers_that_open_them() {
    let output = twinge(&["tree", "-f", "tests/trees/network.toml"], b"");
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!("tree", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn the_tree_is_drawn_as_a_flowchart_too() {
    let output = twinge(&["tree", "-f", "tests/trees/network.toml", "--format", "mermaid"], b"");
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!("tree_mermaid", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn the_questions_are_exported_and_what_is_lost_is_told_beside_them() {
    let output = twinge(&["export", "--format", "fhir", "-f", "tests/trees/network.toml"], b"");
    assert_eq!(output.status.code(), Some(0));
    let form: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&form["resourceType"], &form["version"]), (&"Questionnaire".into(), &"2.1".into()));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.starts_with("Not in the questionnaire") && told.contains("\n- Alarms, causes"), "{told}");
}

#[test]
fn a_report_as_fhir_is_read_back_as_answers() {
    let answers = scratch("fhir-answers.json", br#"{"smell": ["dark"], "scope": "all", "days": null}"#);
    let report = |file: &Path, format: &str| {
        let file = file.to_str().expect("a path");
        twinge(&["report", "-f", "tests/trees/network.toml", "--answers", file, "--format", format], b"")
    };
    let bundle = scratch("fhir-bundle.json", &report(&answers, "fhir").stdout);
    assert_eq!(report(&bundle, "text").stdout, report(&answers, "text").stdout);
    let patient = scratch("fhir-patient.json", br#"{"resourceType": "Patient"}"#);
    let refused = report(&patient, "text");
    assert_eq!(refused.status.code(), Some(1));
    let told = String::from_utf8_lossy(&refused.stderr);
    assert!(told.contains("fhir-patient.json: this is FHIR, but of the type `Patient`"), "{told}");
}

#[test]
fn the_schema_is_printed_and_is_the_same_for_all_files() {
    check(&["schema"], "", (twinge::questionnaire::schema::SCHEMA, "", 0));
    check(
        &["schema", "-f", "tests/trees/network.toml"],
        "",
        ("", "`schema` is the same for all question files: leave out `--file`\n", 2),
    );
}

#[test]
fn the_version_is_that_of_the_program_and_of_the_questionnaire() {
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!("twinge {version}\nquestionnaire 2.1: Why is my network down?\n");
    check(&["--version", "-f", "tests/trees/network.toml"], "", (&expected, "", 0));
    assert_eq!(twinge(&["-V"], b"").status.code(), Some(0));
    // `--version` wins over a command.
    for command in ["check", "tree", "forget", "score", "man"] {
        check(&[command, "--version", "-f", "tests/trees/network.toml"], "", (&expected, "", 0));
    }
}

#[test]
fn every_command_has_help_with_an_example() {
    for arguments in [
        &["--help"][..],
        &["check", "--help"],
        &["explain", "--help"],
        &["tree", "--help"],
        &["export", "--help"],
        &["schema", "--help"],
        &["score", "--help"],
        &["report", "--help"],
        &["test", "--help"],
        &["forget", "--help"],
        &["completions", "--help"],
        &["man", "--help"],
    ] {
        let output = twinge(arguments, b"");
        assert_eq!(output.status.code(), Some(0));
        let help = String::from_utf8_lossy(&output.stdout);
        assert!(help.contains("Example") && help.contains("twinge "), "{arguments:?}: {help}");
    }
}

#[test]
fn a_file_of_any_bytes_never_panics() {
    let good = fs::read("tests/trees/network.toml").expect("a good file");
    for cut in (0..good.len()).step_by(97) {
        let mut bytes = good[..cut].to_vec();
        bytes.extend([0xff, b'[', 0, b'"'].iter().take(cut % 5));
        let path = scratch("cut.toml", &bytes);
        let status = twinge(&["check", "-f", &path.to_string_lossy()], b"").status.code();
        assert!(matches!(status, Some(0 | 1)), "cut at {cut}: {status:?}");
    }
}
