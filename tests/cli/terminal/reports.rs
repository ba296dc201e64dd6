//! Saving a report from the results: where it goes, and what the screen says when it cannot be saved.

use std::fs;
use std::path::{Path, PathBuf};

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;

use crate::terminal::pty::{Terminal, new_home};

/// A program that was started in a folder, showing the results of a short interview.
fn results_in(folder: &Path, arguments: &str) -> Terminal {
    let questions = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/trees/network.toml");
    let command =
        format!("cd '{}' && exec {} {arguments} -f {questions}", folder.display(), env!("CARGO_BIN_EXE_twinge"));
    let mut terminal = Terminal::start_program("sh", &["-c", &command], &[], 100, 30);
    terminal.wait_for("Press Enter to begin");
    terminal.press("\r");
    terminal.wait_for("smell");
    terminal.press("x\r");
    terminal.wait_for("1 answered");
    terminal.press("r");
    terminal.wait_for("What fits your answers");
    terminal
}

fn reports(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_report = |path: &PathBuf| path.to_string_lossy().contains("twinge-report-");
    let mut reports: Vec<PathBuf> = entries.filter(is_report).collect();
    reports.sort();
    reports
}

#[test]
fn a_report_is_saved_in_the_current_folder_and_the_screen_says_so() {
    let folder = new_home().join("here");
    fs::create_dir(&folder).expect("a folder");
    let mut terminal = results_in(&folder, "");
    terminal.press("s");
    terminal.wait_for("The report is saved");
    let reports = reports(&folder);
    let endings: Vec<_> = reports.iter().map(|path| path.extension().expect("an ending")).collect();
    assert_eq!(endings, ["html", "json"]);
    assert!(fs::read_to_string(&reports[0]).expect("a report").starts_with("<!DOCTYPE html>"));
    // The path may go on in the next line.
    let seen: String = terminal.seen().lines().map(str::trim).collect();
    let name = reports[0].file_name().expect("a name").to_string_lossy().into_owned();
    assert!(seen.contains(&name), "{seen}");
    // There is one file a report: the second time, it only says where.
    terminal.press("s");
    terminal.wait_for("The report is saved already");
    assert_eq!(self::reports(&folder).len(), 2);
    terminal.press("qq");
    assert!(terminal.end().success());
    terminal.assert_given_back();
}

#[test]
fn a_report_in_the_current_folder_is_offered_and_compared_with() {
    let folder = new_home().join("earlier");
    fs::create_dir(&folder).expect("a folder");
    let report = r#"{"date": "2026-01-05", "answers": {"smell": [], "scope": "one", "devices": ["laptop"]}}"#;
    fs::write(folder.join("twinge-report-2026-01-05.json"), report).expect("a report");
    let questions = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/trees/network.toml");
    let program = env!("CARGO_BIN_EXE_twinge");
    let command = format!("cd '{}' && exec {program} --no-draft -f {questions}", folder.display());
    let mut terminal = Terminal::start_program("sh", &["-c", &command], &[], 100, 30);
    terminal.wait_for("Start from your report of 5 January");
    terminal.press("2\r");
    terminal.wait_for("Kept from 5 January");
    terminal.press("1\r");
    terminal.wait_for("smell");
    terminal.press("x\r");
    terminal.wait_for("What does not work?");
    terminal.press("r");
    terminal.wait_for("Since 5 January");
    terminal.press("qq");
    assert!(terminal.end().success());
    terminal.assert_given_back();
}

#[test]
fn what_cannot_be_saved_is_said_and_the_results_stay() {
    let folder = new_home().join("gone");
    fs::create_dir(&folder).expect("a folder");
    let mut terminal = results_in(&folder, "");
    fs::remove_dir(&folder).expect("it is empty");
    terminal.press("s");
    terminal.wait_for("The report cannot be saved");
    terminal.wait_for("Nothing is lost.");
    terminal.wait_for("What fits your answers");
    terminal.press("qq");
    assert!(terminal.end().success());
}

#[test]
fn what_is_copied_is_what_stays_on_the_terminal_at_the_end() {
    let mut terminal = results_in(&new_home(), "");
    terminal.press("y");
    terminal.wait_for("are copied, if your terminal allows it.");
    terminal.press("qq");
    assert!(terminal.end().success());
    let left = format!("{}\n", terminal.seen().trim());
    assert!(left.contains("Call your provider."), "{left}");
    let mut asked = String::new();
    CopyToClipboard::to_clipboard_from(&left).write_ansi(&mut asked).expect("memory can be written");
    assert!(String::from_utf8_lossy(&terminal.written).contains(&asked), "{left}");
}

#[test]
fn nothing_is_copied_where_that_is_switched_off() {
    let mut terminal = results_in(&new_home(), "--no-copy");
    terminal.press("y");
    terminal.wait_for("Nothing is copied");
    terminal.press("qq");
    assert!(terminal.end().success());
    assert!(!String::from_utf8_lossy(&terminal.written).contains("\x1b]52"));
}
