//! `twinge score` as a part of larger jobs: what it writes beside the results, how much, and when it fails.

use std::fs::File;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use crate::program::twinge;

const GOOD: &str = "{\"id\": \"a\", \"answers\": {}}\n";
const BAD: &str = "{\"id\": \"b\", \"answers\": {\"spead\": \"slow\"}}\n";

fn score(arguments: &[&str], input: &str) -> Output {
    twinge(&[&["score", "-f", "tests/trees/network.toml"], arguments].concat(), input.as_bytes())
}

#[track_caller]
fn check_said(arguments: &[&str], input: &str, said: &str, status: i32) {
    let output = score(arguments, input);
    assert_eq!((String::from_utf8_lossy(&output.stderr).as_ref(), output.status.code()), (said, Some(status)));
}

const UNSCORED: &str = "1 line could not be scored; its place in the output says why\n";

#[test]
fn a_bad_line_fails_a_job_unless_it_keeps_going() {
    check_said(&[], &[GOOD, BAD].concat(), UNSCORED, 1);
    check_said(&["--keep-going"], &[GOOD, BAD].concat(), UNSCORED, 0);
    check_said(&["--keep-going"], GOOD, "", 0);
}

#[test]
fn json_over_several_lines_is_told_how_to_become_lines() {
    let object = "An object seems to span several lines. Give each a single line: jq -c . FILE\n";
    check_said(
        &[],
        "{\n\"answers\": {}}\n",
        &format!("{object}2 lines could not be scored; their places in the output say why\n"),
        1,
    );
    let list = "The input looks like one list. Give each object a line: jq -c '.[]' FILE\n";
    check_said(&[], "[{\"answers\": {}}]\n", &format!("{list}{UNSCORED}"), 1);
}

#[test]
fn with_many_jobs_the_results_are_the_same_in_the_same_order() {
    let line = |id: usize| match id % 7 {
        0 => BAD.to_owned(),
        1 => "\n".to_owned(),
        _ => format!("{{\"id\": {id}, \"answers\": {{}}}}\n"),
    };
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cohort.jsonl");
    std::fs::write(&path, (0..10_000).map(line).collect::<String>()).expect("a scratch file");
    let results_of = |jobs: &str| {
        let arguments = ["score", "-f", "tests/trees/network.toml", "--jobs", jobs];
        let file = File::open(&path).expect("it was written");
        let output = Command::new(env!("CARGO_BIN_EXE_twinge")).args(arguments).stdin(file).output();
        output.expect("the program runs")
    };
    let one = results_of("1");
    assert_eq!(String::from_utf8_lossy(&one.stdout).lines().count(), 8_571);
    for jobs in ["2", "5"] {
        assert!(results_of(jobs) == one, "{jobs} jobs");
    }
}

#[test]
fn a_result_has_only_what_was_asked_for() {
    let written = |arguments: &[&str]| String::from_utf8(score(arguments, GOOD).stdout).expect("text");
    assert_eq!(written(&["--only", "alarms,ignored"]), "{\"id\":\"a\",\"alarms\":[],\"ignored\":[]}\n");
    let top = written(&["--only", "causes", "--top", "2"]);
    assert_eq!(top.matches("\"probability\"").count(), 2, "{top}");
}

#[test]
fn a_key_that_no_result_has_is_wrong_usage() {
    let output = score(&["--only", "alarm"], GOOD);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("open_alarms"), "the keys are listed");
}

#[test]
fn a_dash_is_standard_input_and_output() {
    let file = std::fs::read("tests/trees/network.toml").expect("a file");
    let output = twinge(&["tree", "-f", "-"], &file);
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
    let output =
        twinge(&["report", "-f", "tests/trees/network.toml", "--answers", "-", "-o", "-"], b"{\"answers\": {}}");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
    assert!(output.stdout.len() > 100);
    let output = twinge(&["score", "-f", "-"], GOOD.as_bytes());
    assert_eq!(output.status.code(), Some(2), "the lines of answers come from there");
}

#[test]
fn a_stream_that_is_closed_is_a_failure_and_one_that_leads_nowhere_is_none() {
    let check = |streams: &str, said: &str, status: i32| {
        let command = format!("exec \"$0\" score -f tests/trees/network.toml {streams}");
        let mut sh = Command::new("sh");
        sh.args(["-c", &command, env!("CARGO_BIN_EXE_twinge")]);
        let output = sh.output().expect("a shell");
        let got = (String::from_utf8_lossy(&output.stderr).into_owned(), output.status.code());
        assert_eq!(got, (said.to_owned(), Some(status)), "{streams}");
    };
    check("<&-", "standard input is closed\n", 2);
    check("< /dev/null >&-", "", 0);
    check("< tests/cli/answers.jsonl >&-", "standard output is closed\n", 2);
    check("< tests/cli/answers.jsonl > /dev/null", "", 0);
    check("<> /dev/null 1<> /dev/null", "", 0);
}

#[test]
fn ctrl_c_leaves_whole_lines() {
    let lines = "{\"id\": \"somebody\", \"answers\": {}}\n".repeat(20_000);
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("interrupted.jsonl");
    std::fs::write(&path, lines).expect("a scratch file");
    for jobs in ["1", "2"] {
        // Where the tests run in the background of a script, SIGINT is ignored, and stays so.
        let mut score = Command::new("env")
            .args(["--default-signal=INT", env!("CARGO_BIN_EXE_twinge")])
            .args(["score", "-f", "tests/trees/network.toml", "--jobs", jobs])
            .stdin(File::open(&path).expect("it was written"))
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut output = score.stdout.take().expect("a pipe");
        let mut written = vec![0];
        // It writes, and more than the pipe takes, so it waits in the middle of a line.
        output.read_exact(&mut written).expect("its first byte");
        let pid = rustix::process::Pid::from_child(&score);
        rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("it is there");
        output.read_to_end(&mut written).expect("what it wrote");
        assert_eq!(score.wait().expect("it ends").signal(), Some(2));
        assert_eq!(written.last(), Some(&b'\n'));
        assert!(written.split(|byte| *byte == b'\n').count() < 20_000, "it was interrupted");
    }
}

#[test]
fn more_jobs_than_the_system_has_room_for_are_refused_in_words() {
    let command =
        "ulimit -v 2000000; exec \"$0\" score -f tests/trees/network.toml --jobs 64 < tests/cli/answers.jsonl";
    let mut sh = Command::new("sh");
    // With such stacks the room is used up long before the last thread, and enough is left to say so.
    sh.args(["-c", command, env!("CARGO_BIN_EXE_twinge")]).env("RUST_MIN_STACK", "200000000");
    let output = sh.output().expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.starts_with("no thread can be started (") && said.ends_with("try a smaller --jobs\n"), "{said}");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
}
