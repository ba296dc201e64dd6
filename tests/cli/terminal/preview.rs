//! `twinge preview`: a question file that changes while it is walked through.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::twinge;
use crate::terminal::pty::{Terminal, new_home};

const NETWORK: &str = include_str!("../../trees/network.toml");

/// A program that shows the second question of a file of its own.
fn preview() -> (Terminal, PathBuf) {
    let file = new_home().join("network.toml");
    fs::write(&file, NETWORK).expect("a file");
    let mut terminal = Terminal::start(&["preview", file.to_str().expect("text")], 120, 40);
    terminal.press_at("Press Enter to begin", "\r");
    terminal.press_at("What do you notice at the router?", "x\r");
    terminal.wait_for("What does not work?");
    (terminal, file)
}

fn leave(mut terminal: Terminal) {
    terminal.press("qq");
    assert!(terminal.end().success());
    terminal.assert_given_back();
}

/// Saves a file as many editors do: writes another one, and gives it the name.
fn save_by_rename(file: &Path, text: &str) {
    let new = file.with_extension("new");
    fs::write(&new, text).and_then(|()| fs::rename(&new, file)).expect("a file");
}

#[test]
fn what_is_saved_is_seen_and_the_answers_stay() {
    let (mut terminal, file) = preview();
    fs::write(&file, NETWORK.replace("What does not work?", "What has failed?")).expect("a file");
    terminal.wait_for("What has failed?");
    terminal.wait_for("1 answered");
    save_by_rename(&file, &NETWORK.replace("What does not work?", "What is broken?"));
    terminal.wait_for("What is broken?");
    terminal.wait_for("The file was read again.");
    leave(terminal);
}

#[test]
fn errors_are_shown_until_they_are_mended_and_the_questions_go_on() {
    let (mut terminal, file) = preview();
    fs::write(&file, NETWORK.replace("when    = { scope = \"all\" }", "when    = { scop = \"all\" }")).expect("a file");
    terminal.wait_for("error[unknown-name]");
    terminal.wait_for("did you mean `scope`?");
    terminal.press("\x1b");
    terminal.wait_for("network.toml has 1 error. These are the questions as they were before.");
    terminal.press_at("What does not work?", "1\r");
    terminal.wait_for("For how many days");
    save_by_rename(&file, NETWORK);
    terminal.wait_for("The file was read again.");
    terminal.wait_for("2 answered");
    assert!(!terminal.seen().contains("as they were before"), "{}", terminal.seen());
    leave(terminal);
}

#[test]
fn a_file_that_is_deleted_is_told_and_found_when_it_is_back() {
    let (mut terminal, file) = preview();
    fs::remove_file(&file).expect("it is there");
    terminal.wait_for("cannot be read");
    terminal.wait_for("What does not work?");
    fs::write(&file, NETWORK).expect("a file");
    terminal.wait_for("The file was read again.");
    leave(terminal);
}

#[test]
fn while_nothing_is_saved_nothing_wakes_up() {
    let (mut terminal, _) = preview();
    let pid = terminal.child.process_id().expect("a process");
    terminal.wait_until_quiet(pid);
    leave(terminal);
}

#[test]
fn what_cannot_be_previewed_is_refused_with_another_way() {
    for (arguments, told) in [
        (&["preview", "tests/trees/network.toml"][..], "use `twinge --plain -f tests/trees/network.toml`"),
        (&["preview", "-"], "give it a path"),
        (&["preview", "-f", "a.toml", "tests/trees/network.toml"], "leave out `--file`"),
    ] {
        let output = twinge(arguments, b"");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), said.contains(told)), (Some(2), true), "{said}");
    }
}

#[test]
fn a_file_that_has_errors_or_is_missing_at_the_start_is_told_without_a_screen() {
    for (file, told, status) in
        [("tests/bad/unknown-name.toml", "error[unknown-name]", 1), ("tests/bad/none.toml", "cannot read", 2)]
    {
        let mut terminal = Terminal::start(&["preview", file], 100, 30);
        assert_eq!(terminal.end().exit_code(), status);
        assert!(terminal.seen().contains(told), "{}", terminal.seen());
    }
}
