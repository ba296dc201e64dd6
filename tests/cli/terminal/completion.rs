//! The Tab key in a real bash with the script from `twinge completions bash`.

use std::fs;
use std::process::Command;

use crate::terminal::pty::{Terminal, new_home};

/// A bash with the completions, in a folder with these files.
fn bash(files: &[&str]) -> Terminal {
    let output = Command::new(env!("CARGO_BIN_EXE_twinge")).args(["completions", "bash"]).output();
    let folder = new_home();
    fs::write(folder.join("twinge.bash"), output.expect("the program starts").stdout).expect("a scratch file");
    for file in files {
        fs::write(folder.join(file), "").expect("a scratch file");
    }
    let mut bash = Terminal::start_program("bash", &["--noprofile", "--norc", "-i"], &[("PS1", "> ")], 80, 24);
    // The new prompt shows that this is done. It is written so that what was typed does not contain it.
    bash.press(&format!("cd '{}' && . ./twinge.bash && PS1='rea''dy> '\r", folder.display()));
    bash.wait_for("ready> ");
    bash
}

/// What the Tab key makes of a line.
#[track_caller]
fn check(bash: &mut Terminal, typed: &str, expected: &str) {
    bash.press(&format!("{typed}\t"));
    bash.wait_for(&format!("ready> {expected}"));
    // Ctrl-U erases the line.
    bash.press("\x15");
    bash.wait_until("the line is empty", |bash| bash.seen().trim_end().ends_with("ready>"));
}

#[test]
fn commands_options_and_their_values_are_completed() {
    let mut bash = bash(&[]);
    check(&mut bash, "twinge tr", "twinge tree ");
    check(&mut bash, "twinge tree --fo", "twinge tree --format ");
    check(&mut bash, "twinge tree --format m", "twinge tree --format mermaid ");
    check(&mut bash, "twinge completions fi", "twinge completions fish ");
    check(&mut bash, "twinge --no-d", "twinge --no-draft ");
}

#[test]
fn files_are_completed_with_spaces_in_their_names_too() {
    let mut bash = bash(&["questions.toml", "my cases.toml"]);
    check(&mut bash, "twinge -f que", "twinge -f questions.toml ");
    check(&mut bash, "twinge check --file my", "twinge check --file my\\ cases.toml ");
    check(&mut bash, "twinge test que", "twinge test questions.toml ");
    check(&mut bash, "twinge test questions.toml my", "twinge test questions.toml my\\ cases.toml ");
}
