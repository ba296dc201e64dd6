//! Drafts of interviews on screens: whatever ends the program, no answer that the screen showed as taken is lost.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::terminal::pty::{CTRL_C, DOWN, ENTER, Terminal, new_home};

const NETWORK: &[&str] = &["-f", "tests/trees/network.toml"];

fn start(home: &Path, arguments: &[&str]) -> Terminal {
    let state = home.join(".local/state");
    let environment =
        [("HOME", home), ("XDG_STATE_HOME", &state)].map(|(name, path)| (name, path.to_str().expect("text")));
    Terminal::start_with(arguments, &environment, 80, 24)
}

fn twinge(home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_twinge"));
    command.args(arguments).env("HOME", home).env("XDG_STATE_HOME", home.join(".local/state"));
    command.output().expect("the program starts")
}

fn folder(home: &Path) -> PathBuf {
    home.join(".local/state/twinge")
}

/// All draft files. The locks of open and of killed windows lie beside them.
fn kept(home: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder(home)).into_iter().flatten().flatten();
    let is_draft = |path: &PathBuf| path.extension().is_none_or(|ending| ending != "lock");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_draft).collect();
    paths.sort();
    paths
}

/// Waits for a text that may be wrapped anywhere.
#[track_caller]
fn wait_for_words(terminal: &mut Terminal, text: &str) {
    let is_frame = |sign: char| "│╭╮╰╯─┃".contains(sign);
    let words =
        |terminal: &Terminal| terminal.seen().replace(is_frame, " ").split_whitespace().collect::<Vec<_>>().join(" ");
    terminal.wait_until(&format!("{text:?} is said"), |terminal| words(terminal).contains(text));
}

/// The network tree after two answers, with the third question in view.
fn two_answers(home: &Path, more: &[&str]) -> Terminal {
    let mut terminal = start(home, &[NETWORK, more].concat());
    terminal.press_at("Press Enter to begin", ENTER);
    terminal.press_at("smell", "0");
    terminal.press_at("1 answered", "1\r");
    terminal.wait_for("2 answered");
    terminal
}

#[test]
fn killed_in_the_middle_it_goes_on_where_it_was() {
    let home = new_home();
    let mut terminal = two_answers(&home, &[]);
    terminal.press("1");
    terminal.wait_for("1▏");
    terminal.send("KILL");
    terminal.end();
    let kept = kept(&home);
    assert_eq!(kept.len(), 1);
    assert_eq!(fs::metadata(&kept[0]).expect("a draft").permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(folder(&home)).expect("a folder").permissions().mode() & 0o777, 0o700);

    let mut terminal = start(&home, NETWORK);
    terminal.wait_for("You have 2 answers from a moment ago.");
    terminal.wait_for("▸ 1 Go on with these");
    terminal.press(ENTER);
    terminal.wait_for("For how many days");
    terminal.wait_for("2 answered");
    terminal.press("q");
    wait_for_words(&mut terminal, "Leave now? Your answers are kept for next time.");
    terminal.press("q");
    assert!(terminal.end().success());
    assert_eq!(self::kept(&home), kept);
}

#[test]
fn a_signal_loses_nothing() {
    for name in ["TERM", "HUP", "INT", "QUIT"] {
        let home = new_home();
        let mut terminal = two_answers(&home, &[]);
        terminal.send(name);
        assert!(!terminal.end().success());
        terminal.assert_given_back();
        let mut terminal = start(&home, NETWORK);
        terminal.wait_for("You have 2 answers");
        terminal.interrupt();
    }
}

/// Many short questions, so that there is always a next one.
fn many_questions(home: &Path) -> String {
    let mut text = String::from("format = 1\ntitle = \"Many\"\n");
    for at in 0..300 {
        let _ = write!(text, "[[question]]\nid = \"q{at}\"\nask = \"Question {at}?\"\nkind = \"one\"\n");
    }
    let path = home.join("many.toml");
    fs::write(&path, text).expect("a question file");
    path.to_str().expect("text").to_owned()
}

/// The number of answers in the progress line.
fn answered(terminal: &Terminal) -> Option<usize> {
    let seen = terminal.seen();
    let answered = seen.split_once(" answered").and_then(|(before, _)| before.split_whitespace().last()?.parse().ok());
    // At the first question, none is.
    answered.or_else(|| seen.contains("Question 0?").then_some(0))
}

#[test]
fn killing_it_at_any_moment_loses_at_most_the_answer_in_flight() {
    const KILLS: usize = 40;
    const ANSWERS: usize = 6;
    let home = new_home();
    let file = many_questions(&home);
    // The last number of answers on the screen, and the number that had been typed by then.
    let (mut seen, mut typed) = (0, 0);
    let mut was_cut_short = 0;
    for kill in 0..KILLS {
        let mut terminal = start(&home, &["-f", &file]);
        terminal.wait_until("it begins, or offers to go on", |terminal| terminal.seen().contains('▸'));
        let screen = terminal.seen();
        let number = screen.split_once("You have ").and_then(|(_, rest)| rest.split(' ').next()?.parse().ok());
        let offered = number.unwrap_or(0);
        assert!((seen..=typed).contains(&offered), "of {typed} answers {seen} were seen, and {offered} came back");
        assert!(kept(&home).len() <= 1, "nothing damaged, nothing unfinished: {:?}", kept(&home));
        terminal.press(ENTER);
        // A half-written frame can show any number, so only a possible one is taken.
        typed = offered;
        let taken =
            |terminal: &Terminal| answered(terminal).filter(|number| (offered..=offered + ANSWERS).contains(number));
        terminal.wait_until("the questions go on", |terminal| taken(terminal).is_some());
        // The program is ended while it takes the last of some answers.
        for _ in 0..=kill % ANSWERS {
            terminal.wait_until("the last is taken", |terminal| taken(terminal).is_some_and(|number| number >= typed));
            terminal.press("1\r");
            typed += 1;
        }
        terminal.send("KILL");
        terminal.end();
        seen = taken(&terminal).unwrap_or(typed - 1);
        was_cut_short += usize::from(seen < typed);
    }
    assert!(was_cut_short > 0, "no kill came before an answer was shown");
    let mut terminal = start(&home, &["-f", &file]);
    terminal.wait_for("▸ 1 Go on with these");
    terminal.press("q");
    assert!(terminal.end().success());
    assert_eq!(kept(&home).len(), 1, "nothing unfinished lies about: {:?}", kept(&home));
}

#[test]
fn without_a_draft_nothing_is_read_and_nothing_is_written() {
    let home = new_home();
    let mut terminal = two_answers(&home, &["--no-draft"]);
    terminal.press("q");
    wait_for_words(&mut terminal, "Leave now? When you quit, your answers are deleted.");
    terminal.press("q");
    assert!(terminal.end().success());
    assert_eq!(fs::read_dir(&home).expect("a home").count(), 0);

    two_answers(&home, &[]).press("\x03");
    let mut terminal = start(&home, &[NETWORK, &["--no-draft"]].concat());
    wait_for_words(&mut terminal, "Nothing is kept: when you quit, your answers are gone.");
    terminal.press(ENTER);
    terminal.press_at("smell", "0");
    // These answers would be lost, so it asks.
    terminal.press_at("1 answered", CTRL_C);
    terminal.wait_for("Leave now?");
    terminal.interrupt();
    let mut terminal = start(&home, NETWORK);
    terminal.wait_for("You have 2 answers");
}

#[test]
fn forget_deletes_what_is_kept_and_says_what() {
    let home = new_home();
    let said = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    let nothing = format!("Nothing is kept in {}.\n", folder(&home).display());
    let output = twinge(&home, &["forget"]);
    assert_eq!((said(&output), output.status.code()), (nothing.clone(), Some(0)));

    let mut terminal = two_answers(&home, &[]);
    terminal.interrupt();
    let mut terminal = start(&home, &[]);
    terminal.wait_for("begin");
    terminal.press(ENTER);
    terminal.press_at("How old are you?", "40\r");
    terminal.wait_for("1 answered");
    terminal.interrupt();
    let before = kept(&home);
    assert_eq!(before.len(), 2);
    let output = twinge(&home, &["forget"]);
    let expected: Vec<_> = before.iter().map(|path| format!("deleted {}", path.display())).collect();
    assert_eq!((said(&output), output.status.code()), (expected.join("\n") + "\n", Some(0)));
    assert!(!folder(&home).exists());
    assert_eq!(said(&twinge(&home, &["forget"])), nothing);
}

#[test]
fn forget_never_deletes_more_than_was_meant() {
    let home = new_home();
    let mut terminal = two_answers(&home, &[]);
    terminal.interrupt();
    let output = twinge(&home, &["forget", "-f", "tests/trees/network.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("leave out `--file`"));
    assert_eq!(twinge(&home, &["forget", "-V"]).status.code(), Some(0));
    assert_eq!(kept(&home).len(), 1);
}

#[test]
fn a_second_window_says_so_and_can_take_over() {
    let home = new_home();
    let mut first = two_answers(&home, &[]);
    let mut second = start(&home, NETWORK);
    wait_for_words(&mut second, "These questions are open in another window, and your answers are kept there.");
    second.press(DOWN);
    second.press(ENTER);
    second.press_at("▸ 1 Go on with these", ENTER);
    second.wait_for("2 answered");
    first.press("3\r");
    wait_for_words(&mut first, "Another window has taken over.");
    second.press("3\r");
    second.wait_for("3 answered");
    first.press(CTRL_C);
    first.wait_for("Leave now?");
    first.interrupt();
    second.interrupt();
    start(&home, NETWORK).wait_for("You have 3 answers");
}

#[test]
fn line_by_line_a_second_window_says_so_and_can_take_over() {
    let home = new_home();
    let _first = two_answers(&home, &[]);
    let plain = &[NETWORK, &["--plain"]].concat();
    let mut second = start(&home, plain);
    wait_for_words(&mut second, "These questions are open in another window");
    second.press("1\r");
    second.wait_for("For how many days");
    second.press("q\r2\r");
    second.end();
    let mut third = start(&home, plain);
    third.wait_for("2. Take over");
    third.press("2\r");
    third.wait_for("You have 2 answers from a moment ago.");
    third.press("1\r");
    third.wait_for("For how many days");
}

#[test]
fn starting_over_deletes_the_draft() {
    let home = new_home();
    let mut terminal = two_answers(&home, &[]);
    assert_eq!(kept(&home).len(), 1);
    terminal.press("m");
    terminal.press_at("Start over", "\x1b[F\r");
    terminal.wait_for("Start over?");
    terminal.press(DOWN);
    terminal.press(ENTER);
    terminal.wait_for("Press Enter to begin");
    assert_eq!(kept(&home), Vec::<PathBuf>::new());
    terminal.press("q");
    assert!(terminal.end().success());
}

#[test]
fn finishing_with_results_deletes_the_draft() {
    let home = new_home();
    let mut terminal = two_answers(&home, &[]);
    terminal.press("3\r");
    terminal.press_at("3 answered", "1 3 \r");
    terminal.press_at("4 answered", "1\r");
    terminal.wait_for("What fits your answers");
    assert_eq!(kept(&home).len(), 1, "until the end nothing is lost");
    terminal.press("q");
    terminal.wait_for("Leave now?");
    terminal.press("q");
    assert!(terminal.end().success());
    assert_eq!(kept(&home), Vec::<PathBuf>::new());
}

#[test]
fn when_the_questions_have_changed_it_says_which_answers_fit() {
    let home = new_home();
    let path = home.join("tree.toml");
    let arguments = ["-f", path.to_str().expect("text")];
    let write = |questions: &str| fs::write(&path, format!("format = 1\ntitle = \"T\"\nquestion = [{questions}]\n"));
    let question = |id: &str| format!("{{ id = \"{id}\", ask = \"Is it {id}?\", kind = \"one\" }},");
    write(&[question("a"), question("b"), question("c")].concat()).expect("a file");
    let mut terminal = start(&home, &arguments);
    terminal.wait_for("Press Enter to begin");
    terminal.press(ENTER);
    terminal.press_at("Is it a?", "1\r");
    terminal.press_at("Is it b?", "2\r");
    terminal.wait_for("2 answered");
    terminal.interrupt();
    write(&[question("b"), question("d")].concat()).expect("a file");
    let mut terminal = start(&home, &arguments);
    wait_for_words(&mut terminal, "You have 1 answer from a moment ago. The questions have changed since.");
    terminal.wait_for("An answer to a question that is gone: `a`");
    terminal.press(ENTER);
    terminal.wait_for("Is it d?");
    terminal.interrupt();
}

#[test]
fn what_cannot_be_read_is_set_aside_and_said() {
    let home = new_home();
    fs::create_dir_all(folder(&home)).expect("a folder");
    let path = folder(&home).join("builtin.json");
    fs::write(&path, "{\"format\": 99}").expect("a file");
    let mut terminal = start(&home, &[]);
    terminal.wait_for("Enter begin");
    terminal.press("\x1b[F");
    wait_for_words(&mut terminal, "a newer twinge wrote it");
    terminal.press("q");
    assert!(terminal.end().success());
    let bad = folder(&home).join("builtin.json.bad");
    assert_eq!(kept(&home), std::slice::from_ref(&bad));
    assert_eq!(fs::read_to_string(bad).expect("it is still there"), "{\"format\": 99}");
}

#[test]
fn without_a_home_nothing_is_kept_and_the_welcome_says_so() {
    let environment = [("HOME", ""), ("XDG_STATE_HOME", "relative/state")];
    let mut terminal = Terminal::start_with(NETWORK, &environment, 80, 24);
    wait_for_words(&mut terminal, "Nothing is kept, because you have no home folder here");
    terminal.press(ENTER);
    terminal.press_at("smell", "0");
    terminal.press_at("1 answered", CTRL_C);
    terminal.wait_for("Leave now?");
    terminal.interrupt();
    assert!(!Path::new(env!("CARGO_MANIFEST_DIR")).join("relative").exists());
}

#[test]
fn a_disk_that_takes_nothing_is_told_and_the_interview_goes_on() {
    let home = new_home();
    fs::create_dir_all(home.join(".local/state")).expect("a folder");
    let mut terminal = start(&home, NETWORK);
    terminal.wait_for("Press Enter to begin");
    // A file where the folder should be, so that nothing can be saved.
    fs::rename(folder(&home), home.join("away")).expect("it is moved");
    fs::write(folder(&home), "in the way").expect("a file");
    terminal.press(ENTER);
    terminal.press_at("smell", "0");
    wait_for_words(
        &mut terminal,
        "Your answers cannot be kept: a file is where a folder should be (~/.local/state/twinge).",
    );
    terminal.press("1\r");
    terminal.wait_for("2 answered");
    terminal.wait_until("it is told once", |terminal| !terminal.seen().contains("cannot be kept"));
    terminal.press("q");
    wait_for_words(&mut terminal, "Leave now? Your last answers could not be kept.");
    terminal.press("q");
    assert!(terminal.end().success());
    assert_eq!(fs::read_to_string(folder(&home)).expect("the file"), "in the way");
}
