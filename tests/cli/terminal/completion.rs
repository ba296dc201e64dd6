//! The Tab key in real shells with the scripts from `twinge completions`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::skipped::skip;
use crate::terminal::pty::{Terminal, new_home};

/// A folder with the script for a shell; `None`, which is said, without that shell.
fn with_script(shell: &str) -> Option<PathBuf> {
    if Command::new(shell).arg("--version").output().is_err() {
        skip("the Tab key was not tried", &format!("there is no {shell} (apt-get install {shell})"));
        return None;
    }
    let output = Command::new(env!("CARGO_BIN_EXE_twinge")).args(["completions", shell]).output();
    let folder = new_home();
    fs::write(folder.join("script"), output.expect("the program starts").stdout).expect("a scratch file");
    Some(folder)
}

/// A bash with the completions, in a folder with these files.
fn bash(files: &[&str]) -> Terminal {
    let folder = with_script("bash").expect("bash is there");
    for file in files {
        fs::write(folder.join(file), "").expect("a scratch file");
    }
    let mut bash = Terminal::start_program("bash", &["--noprofile", "--norc", "-i"], &[("PS1", "> ")], 80, 24);
    // The new prompt shows that this is done. It is written so that what was typed does not contain it.
    bash.press(&format!("cd '{}' && . ./script && PS1='rea''dy> '\r", folder.display()));
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
    check(&mut bash, "twinge check --format=j", "twinge check --format=json ");
    check(&mut bash, "twinge explain late", "twinge explain late-alarm ");
}

#[test]
fn files_are_completed_with_spaces_in_their_names_too() {
    let mut bash = bash(&["questions.toml", "my cases.toml"]);
    check(&mut bash, "twinge -f que", "twinge -f questions.toml ");
    check(&mut bash, "twinge check --file my", "twinge check --file my\\ cases.toml ");
    check(&mut bash, "twinge test que", "twinge test questions.toml ");
    check(&mut bash, "twinge test questions.toml my", "twinge test questions.toml my\\ cases.toml ");
}

#[test]
fn in_zsh_commands_values_rules_and_files_are_completed() {
    let Some(folder) = with_script("zsh") else { return };
    fs::write(folder.join("questions.toml"), "").expect("a scratch file");
    let mut zsh = Terminal::start_program("zsh", &["-f", "-i"], &[("PS1", "> ")], 80, 24);
    zsh.press(&format!(
        "cd '{}' && autoload -U compinit && compinit -u -D && . ./script && PS1='rea''dy> '\r",
        folder.display()
    ));
    zsh.wait_for("ready> ");
    for (typed, expected) in [
        ("twinge tr", "twinge tree "),
        ("twinge check --format=j", "twinge check --format=json "),
        ("twinge explain late", "twinge explain late-alarm "),
        ("twinge completions fi", "twinge completions fish "),
        ("twinge test que", "twinge test questions.toml "),
    ] {
        check(&mut zsh, typed, expected);
    }
}

#[test]
fn in_fish_commands_values_rules_and_files_are_completed() {
    let Some(folder) = with_script("fish") else { return };
    fs::write(folder.join("questions.toml"), "").expect("a scratch file");
    for (typed, expected) in [
        ("twinge tr", &["tree"] as &[&str]),
        ("twinge check --format=j", &["--format=json"]),
        ("twinge explain late", &["late-alarm"]),
        ("twinge explain que", &["idle-question"]),
        ("twinge completions ", &["bash", "elvish", "fish", "powershell", "zsh"]),
        ("twinge forget ", &[]),
        ("twinge test que", &["questions.toml"]),
    ] {
        let command = format!("source script; complete -C '{typed}'");
        let output = Command::new("fish").args(["--no-config", "-c", &command]).current_dir(&folder).output();
        let output = String::from_utf8(output.expect("fish starts").stdout).expect("text");
        let offered: Vec<_> = output.lines().filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(offered, expected, "{typed}");
    }
}
