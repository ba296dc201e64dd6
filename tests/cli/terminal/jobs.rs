//! Job control and redirection: the program is stopped and continued by a shell, its output goes to a file, its window is
//! closed.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use portable_pty::{PtySize, native_pty_system};

use crate::terminal::pty::{ENTER, PATIENCE, Terminal};

const TWINGE: &str = env!("CARGO_BIN_EXE_twinge");
const NETWORK: &str = "-f tests/trees/network.toml";

/// A shell with job control.
fn shell() -> Terminal {
    let mut shell = Terminal::start_program("sh", &["-i"], &[("PS1", "ready> "), ("ENV", "")], 80, 24);
    shell.wait_for("ready>");
    shell
}

/// A file for one test.
fn scratch(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Stops the program in the middle of a question, and continues it.
#[track_caller]
fn check_stop_and_go_on(command: &str, status: &str) {
    let mut shell = shell();
    shell.press(&format!("{command}\r"));
    shell.press_at("Press Enter to begin", ENTER);
    shell.press_at("smell", "12");
    shell.wait_for("2 ticked");
    shell.press("\x1a");
    let has_shell =
        |shell: &Terminal| !shell.screen.screen().alternate_screen() && shell.seen().trim_end().ends_with("ready>");
    shell.wait_until("the shell has its screen back", has_shell);
    shell.press("echo the shell ta''lks; stty -a | grep -o '.icanon'\r");
    shell.wait_for("the shell talks");
    shell.wait_for(" icanon");
    shell.press("fg\r");
    shell.wait_until("what was typed is still there", |shell| {
        shell.screen.screen().alternate_screen() && shell.seen().contains("2 ticked")
    });
    shell.press("\x03");
    shell.wait_until("the shell has its screen back", has_shell);
    shell.press("echo it ended with $?\r");
    shell.wait_for(status);
    shell.press("exit 0\r");
    assert!(shell.end().success());
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_back() {
    check_stop_and_go_on(&format!("{TWINGE} {NETWORK}"), "it ended with 130");
}

#[test]
fn ctrl_z_stops_a_whole_pipeline() {
    check_stop_and_go_on(&format!("{TWINGE} {NETWORK} | cat"), "it ended with 0");
}

#[test]
fn ctrl_z_without_a_shell_says_so_and_stops_nothing() {
    let mut terminal = Terminal::start(&["-f", "tests/trees/network.toml"], 80, 24);
    terminal.wait_for("Press Enter to begin");
    terminal.press("\r\x1a");
    terminal.wait_for("There is no shell to go back to.");
    terminal.interrupt();
}

/// Answers the first question, looks at the results, and quits.
#[track_caller]
fn answer_one_and_quit(terminal: &mut Terminal) {
    terminal.wait_for("Press Enter to begin");
    terminal.press("\r");
    terminal.wait_for("smell");
    terminal.press("x\r");
    terminal.wait_for("1 answered");
    terminal.press("r");
    terminal.wait_for("What fits your answers");
    terminal.press("qq");
    assert!(terminal.end().success());
    terminal.assert_given_back();
}

#[test]
fn what_came_out_stays_on_the_terminal() {
    let mut terminal = Terminal::start(&["-f", "tests/trees/network.toml"], 80, 24);
    answer_one_and_quit(&mut terminal);
    assert!(terminal.seen().starts_with("Call your provider."), "{}", terminal.seen());
}

#[test]
fn with_standard_output_redirected_the_result_goes_there_and_the_screens_to_the_terminal() {
    let file = scratch("result.json");
    let command = format!("{TWINGE} {NETWORK} --json > '{}'", file.display());
    let mut terminal = Terminal::start_program("sh", &["-c", &command], &[], 80, 24);
    answer_one_and_quit(&mut terminal);
    let text = fs::read_to_string(file).expect("a result");
    let result: serde_json::Value = serde_json::from_str(&text).expect("JSON and nothing else");
    assert!(result["result"]["causes"].as_array().is_some_and(|causes| !causes.is_empty()), "{text}");
    assert!(!text.contains('\x1b'), "{text}");
}

#[test]
fn with_standard_output_redirected_no_line_is_broken() {
    let file = scratch("result.txt");
    let command = format!("{TWINGE} > '{}'", file.display());
    let mut terminal = Terminal::start_program("sh", &["-c", &command], &[], 40, 24);
    terminal.wait_for("Enter begin");
    terminal.press("\r");
    terminal.wait_for("How old are you?");
    terminal.press("48\r");
    terminal.wait_for("What is your sex");
    terminal.press("qq");
    assert!(terminal.end().success());
    let text = fs::read_to_string(file).expect("a result");
    assert!(text.contains("\nSome questions about danger signs have no clear answer yet.\n"), "{text}");
}

/// Waits until a process has ended.
#[track_caller]
fn assert_ends(pid: &str) {
    let end = Instant::now() + PATIENCE;
    let is_there = || {
        let sent = Command::new("sh").args(["-c", &format!("kill -0 {pid}")]).stderr(Stdio::null()).status();
        sent.is_ok_and(|status| status.success())
    };
    while is_there() {
        assert!(Instant::now() < end, "process {pid} goes on without a terminal");
        std::thread::yield_now();
    }
}

/// Runs one of the ignored tests below, which closes the window of a program and ends. Returns the id of that program.
fn process_left_by(test: &str) -> String {
    let this = std::env::current_exe().expect("this program");
    let output = Command::new(this).args(["--ignored", "--exact", test, "--nocapture"]).output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    let pid = said.lines().find_map(|line| line.split("process ").nth(1));
    pid.unwrap_or_else(|| panic!("it tells no process: {said}")).to_owned()
}

#[test]
fn a_closed_window_ends_it_also_where_hangups_are_ignored() {
    assert_ends(&process_left_by("terminal::jobs::closes_a_window_where_hangups_are_ignored"));
}

#[test]
#[ignore = "a test above runs it"]
fn closes_a_window_where_hangups_are_ignored() {
    let command = format!("trap '' HUP; exec {TWINGE} {NETWORK}");
    let mut terminal = Terminal::start_program("sh", &["-c", &command], &[], 80, 24);
    terminal.wait_for("Press Enter to begin");
    println!("process {}", terminal.child.process_id().expect("a process"));
}

#[test]
fn a_closed_window_of_another_session_ends_it() {
    assert_ends(&process_left_by("terminal::jobs::closes_a_window_of_another_session"));
}

#[test]
#[ignore = "a test above runs it"]
fn closes_a_window_of_another_session() {
    // When a terminal that controls no session is closed, nobody gets a signal.
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let window = native_pty_system().openpty(size).expect("a pseudo-terminal");
    let name = window.master.tty_name().expect("it has a name");
    let open = || File::options().read(true).write(true).open(&name).expect("its other end");
    #[expect(clippy::zombie_processes, reason = "it has to outlive this test")]
    let child = Command::new(TWINGE)
        .args(["-f", "tests/trees/network.toml"])
        .stdin(open())
        .stdout(open())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut output = BufReader::new(window.master.try_clone_reader().expect("its output"));
    let mut drawn = Vec::new();
    while !String::from_utf8_lossy(&drawn).contains("begin") {
        let read = output.fill_buf().expect("it draws");
        let length = read.len();
        drawn.extend_from_slice(read);
        output.consume(length);
    }
    println!("process {}", child.id());
}
