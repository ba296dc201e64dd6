//! What SECURITY.md promises, held by watching the system calls of whole runs.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::skipped::skip;
use crate::terminal::pty::{Terminal, new_home};

/// What may be opened for writing besides files of its own.
const TERMINALS: [&str; 3] = ["/dev/tty", "/dev/pts/", "/dev/null"];
/// The calls that change a file or folder by its name.
const CHANGES: [&str; 12] =
    ["creat", "mkdir", "rename", "link", "symlink", "unlink", "rmdir", "chmod", "chown", "truncate", "mknod", "utime"];
const NETWORK: [&str; 6] = ["socket(", "connect(", "bind(", "listen(", "accept(", "accept4("];

fn is_watched() -> bool {
    let is_there =
        Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status().is_ok_and(|it| it.success());
    if !is_there {
        skip("no system call was watched", "there is no strace that may trace (apt-get install strace)");
    }
    is_there
}

/// The arguments of `sh` that run the program in a folder, and write its system calls to `calls` there.
fn watched(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let script = "cd \"$0\" && exec strace -f -qq -s 4096 -o calls -e trace=%network,%file \"$@\"";
    let own = [folder.to_str().expect("text"), env!("CARGO_BIN_EXE_twinge")];
    ["-c", script].iter().chain(&own).chain(arguments).map(|text| (*text).to_owned()).collect()
}

/// Fails unless the run in a folder used no network, started nothing, and wrote only files below these paths.
#[track_caller]
fn check(folder: &Path, written_below: &[&Path]) -> Vec<String> {
    let calls = fs::read_to_string(folder.join("calls")).expect("the system calls");
    let mut created = Vec::new();
    for line in calls.lines() {
        let call = line.split_once(' ').map_or(line, |(_, call)| call.trim_start());
        let name = call.split('(').next().unwrap_or_default();
        assert!(!NETWORK.iter().any(|network| call.starts_with(network)), "{line}");
        let flags = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"];
        let is_opened = name.starts_with("open") && flags.iter().any(|flag| call.contains(flag));
        if !is_opened && !CHANGES.iter().any(|change| name.starts_with(change)) {
            continue;
        }
        for path in call.split('"').skip(1).step_by(2) {
            let is_own = written_below.iter().any(|own| Path::new(path).starts_with(own));
            assert!(is_own || TERMINALS.iter().any(|terminal| path.starts_with(terminal)), "{line}");
        }
        if call.contains("O_CREAT") {
            assert!(call.contains(", 0600"), "for nobody else to read: {line}");
            created.extend(call.split('"').nth(1).map(str::to_owned));
        }
    }
    assert_eq!(calls.matches("execve(").count(), 1, "it starts no other program");
    created
}

/// Answers everything, saves a report and quits, by these keys, each with what is seen then.
fn whole_interview(arguments: &[&str], keys: &[(&str, &str)]) {
    if !is_watched() {
        return;
    }
    let (home, work) = (new_home(), new_home());
    let tree = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/trees/network.toml");
    let arguments = watched(&work, &[&["-f", tree], arguments].concat());
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let state = home.join(".local/state");
    let environment = [("HOME", home.as_path()), ("XDG_STATE_HOME", state.as_path())];
    let environment = environment.map(|(name, path)| (name, path.to_str().expect("text")));
    let mut terminal = Terminal::start_program("sh", &arguments, &environment, 100, 40);
    for (keys, seen) in keys {
        terminal.press(keys);
        terminal.wait_for(seen);
    }
    terminal.press("2\r");
    assert!(terminal.end().success());
    let created = check(&work, &[&home, &work]);
    for written in [".json.lock", ".json.", ".html."] {
        assert!(created.iter().any(|path| path.contains(written)), "{written}: {created:?}");
    }
}

#[test]
fn an_interview_on_screens_uses_no_network_and_writes_only_its_own_files() {
    let answers = [("\r", "smell"), ("0", "1 answered"), ("1\r", "2 answered"), ("3\r", "3 answered")];
    let end = [("1 3 \r", "4 answered"), ("1\r", "What fits your answers"), ("s", "is saved"), ("q", "Leave now?")];
    whole_interview(&[], &[[("", "begin")].as_slice(), &answers, &end].concat());
}

#[test]
fn an_interview_line_by_line_uses_no_network_and_writes_only_its_own_files() {
    let answers = ("0\r1\r3\r1 3\r\r\r1\r", "Results (");
    whole_interview(&["--plain"], &[("", "Answer ("), answers, ("s\r", "is saved"), ("q\r", "Leave now?")]);
}

#[test]
fn the_commands_use_no_network_and_write_no_file() {
    if !is_watched() {
        return;
    }
    let root = env!("CARGO_MANIFEST_DIR");
    let tree = format!("{root}/tests/trees/network.toml");
    let answers = format!("{root}/tests/cli/answers.jsonl");
    for arguments in [
        &["check", "-f", &tree] as &[&str],
        &["tree", "-f", &tree],
        &["score", "-f", &tree],
        &["report", "-f", &tree, "--answers", &answers],
        &["schema"],
        &["explain"],
        &["completions", "bash"],
        &["man"],
        &["forget"],
    ] {
        let work = new_home();
        let mut sh = Command::new("sh");
        let output = sh.args(watched(&work, arguments)).env("HOME", &work).env_remove("XDG_STATE_HOME").output();
        assert_ne!(output.expect("a shell").status.code(), Some(2), "{arguments:?}");
        check(&work, &[]);
    }
}
