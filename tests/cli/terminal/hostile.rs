//! Terminals and systems that make it hard: floods, terminals that stop, no size, no alternate screen, no room.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::Instant;

use portable_pty::{PtySize, native_pty_system};

use crate::terminal::pty::{CTRL_C, DOWN, ENTER, PATIENCE, Terminal, cells, new_home};

const TWINGE: &str = env!("CARGO_BIN_EXE_twinge");
const TREE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/trees/network.toml");
const SIZE: PtySize = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };

fn network() -> Terminal {
    let mut terminal = Terminal::start(&["-f", TREE], 80, 24);
    terminal.wait_for("Press Enter to begin");
    terminal
}

/// The program in a shell that first does something.
fn under(prepared: &str, arguments: &str) -> Terminal {
    let command = format!("{prepared}; exec '{TWINGE}' -f '{TREE}' {arguments}");
    Terminal::start_program("sh", &["-c", &command], &[], 80, 24)
}

#[test]
fn thousands_of_characters_at_once_leave_it_as_it_was() {
    let mut terminal = network();
    terminal.press(&"y".repeat(8000));
    terminal.press("q");
    assert!(terminal.end().success());

    let mut terminal = network();
    terminal.press_at("begin", ENTER);
    terminal.wait_for("smell");
    terminal.press(&DOWN.repeat(5000));
    terminal.interrupt();
    terminal.assert_given_back();
}

#[test]
fn after_any_bytes_ctrl_c_ends_it() {
    for bytes in [
        "\x1b[200~q\r1",
        "\x1b]11;rgb:1/1/1",
        "\x1bP>|XTerm",
        "\x1b_Gi=1;OK",
        "\x1b[<\x1b[?\x1b[1;",
        "\x1b[55296u\x1b[\u{7f}\u{85}\x1bO",
    ] {
        let mut terminal = network();
        terminal.press(bytes);
        terminal.interrupt();
        terminal.assert_given_back();
    }
}

#[test]
fn replies_and_sequences_in_two_reads_answer_nothing() {
    let mut terminal = network();
    terminal.press_at("begin", ENTER);
    terminal.wait_for("smell");
    for piece in
        ["\x1b]11;rgb:1212/3434/5656\x1b\\", "\x1b[>41;354;0c", "\x1b", "[", "1~", "\x1bP>|XTerm(1)\x1b", "\\2"]
    {
        terminal.press(piece);
    }
    terminal.wait_for("1 ticked");
    assert!(terminal.seen().contains("2 [x]"), "{}", terminal.seen());
    terminal.interrupt();
}

#[test]
fn kitty_is_asked_to_tell_held_keys_and_left_as_it_was() {
    let mut terminal = network();
    // As kitty sends them: Enter, which is then held, and let go.
    terminal.press("\x1b[13u\x1b[13;1:2u\x1b[13;1:3u");
    terminal.wait_for("smell");
    terminal.press("\x1b[113;;113u");
    assert!(terminal.end().success());
    let written = String::from_utf8_lossy(&terminal.written).into_owned();
    let (before, after) = written.split_once("\x1b[>31u").expect("it is asked");
    assert!(before.contains("\x1b[?1049h"), "on the alternate screen");
    assert!(after.find("\x1b[<u").is_some_and(|at| after[at..].contains("\x1b[?1049l")), "and so is this");
}

#[test]
fn over_a_network_kitty_is_not_asked() {
    let mut terminal = Terminal::start_with(&["-f", TREE], &[("SSH_TTY", "/dev/pts/9")], 80, 24);
    terminal.press_at("begin", "q");
    assert!(terminal.end().success());
    let written = String::from_utf8_lossy(&terminal.written).into_owned();
    assert!(!written.contains("\x1b[>31u") && !written.contains("\x1b[<u"), "{written:?}");
}

#[test]
fn a_terminal_without_a_size_has_that_of_the_environment_or_the_usual_one() {
    for (environment, columns, rows) in [([].as_slice(), 80, 24), (&[("COLUMNS", "60"), ("LINES", "20")], 60, 20)] {
        let mut terminal = Terminal::start_with(&["-f", TREE], environment, 0, 0);
        terminal.wait_for("begin");
        let seen = terminal.seen();
        let bottom = seen.lines().position(|line| line.starts_with('╰')).expect("a frame");
        assert_eq!((seen.lines().nth(bottom).map(|line| line.chars().count()), bottom), (Some(columns), rows - 2));
        terminal.press("q");
        assert!(terminal.end().success());
    }
}

#[test]
fn without_an_alternate_screen_what_stays_stands_below_what_was_drawn() {
    let mut terminal = network();
    terminal.press_at("begin", ENTER);
    terminal.press_at("smell", "x\r");
    terminal.press_at("1 answered", "qq");
    assert!(terminal.end().success());
    // A screen that knows no other.
    let written = String::from_utf8_lossy(&terminal.written).replace("\x1b[?1049h", "").replace("\x1b[?1049l", "");
    let mut screen = vt100::Parser::new(cells(24), cells(80), 0);
    screen.process(written.as_bytes());
    let seen = screen.screen().contents();
    let row =
        |text: &str| seen.lines().position(|line| line.contains(text)).unwrap_or_else(|| panic!("{text}:\n{seen}"));
    assert!(row("q quit") < row("Call your provider."), "{seen}");
}

#[test]
fn a_terminal_that_stops_reading_does_not_hold_it() {
    let window = native_pty_system().openpty(SIZE).expect("a pseudo-terminal");
    let name = window.master.tty_name().expect("it has a name");
    let open = || File::options().read(true).write(true).open(&name).expect("its other end");
    let mut child = Command::new(TWINGE)
        .args(["-f", TREE, "--no-draft"])
        .stdin(open())
        .stdout(open())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    // Nobody reads what it draws; so much of it that no buffer takes all.
    let mut keyboard = window.master.take_writer().expect("its input");
    keyboard.write_all("\x0c".repeat(1000).as_bytes()).expect("it takes keys");
    let end = Instant::now() + PATIENCE;
    let is_ended = |child: &mut std::process::Child| child.try_wait().expect("it can be waited for").is_some();
    while !is_ended(&mut child) {
        // Before it has begun to catch signals, one ends it as well.
        let sent =
            Command::new("sh").args(["-c", &format!("kill -TERM {}", child.id())]).stderr(Stdio::null()).status();
        assert!(sent.is_ok() && Instant::now() < end, "it does not end");
    }
    let modes = format!("{:?}", window.master.get_termios().expect("its modes").local_flags);
    assert!(modes.contains("ICANON"), "{modes}");
}

#[test]
fn a_terminal_that_takes_no_more_is_an_error_and_the_keyboard_is_given_back() {
    let open = |name: std::path::PathBuf| File::options().read(true).write(true).open(name).expect("its other end");
    let keys = native_pty_system().openpty(SIZE).expect("a pseudo-terminal");
    let screen = native_pty_system().openpty(SIZE).expect("another");
    let child = Command::new(TWINGE)
        .args(["-f", TREE, "--no-draft"])
        .stdin(open(keys.master.tty_name().expect("it has a name")))
        .stdout(open(screen.master.tty_name().expect("it has a name")))
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut reader = screen.master.try_clone_reader().expect("its output");
    let mut drawn = Vec::new();
    let mut buffer = [0; 4096];
    while !String::from_utf8_lossy(&drawn).contains("begin") {
        let read = reader.read(&mut buffer).expect("it draws");
        drawn.extend_from_slice(&buffer[..read]);
    }
    drop((reader, screen));
    let mut keyboard = keys.master.take_writer().expect("its input");
    keyboard.write_all(b"\r").expect("it takes keys");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(2));
    assert!(!output.stderr.is_empty());
    let modes = format!("{:?}", keys.master.get_termios().expect("its modes").local_flags);
    assert!(modes.contains("ICANON") && modes.contains("ECHO"), "{modes}");
}

#[test]
fn a_file_that_may_not_grow_is_told_and_the_interview_goes_on() {
    let mut terminal = under("ulimit -f 0", "");
    terminal.press_at("begin", ENTER);
    terminal.press_at("smell", "0");
    terminal.wait_for("cannot be kept");
    terminal.press("q");
    terminal.press_at("Leave now?", "q");
    assert!(terminal.end().success());
    terminal.assert_given_back();
}

#[test]
fn with_few_file_descriptors_it_works_or_says_what_is_wrong() {
    for most in 4..12 {
        let mut terminal = under(&format!("ulimit -n {most}"), "");
        terminal.press("q");
        terminal.end();
        terminal.assert_given_back();
        let seen = String::from_utf8_lossy(&terminal.written).into_owned();
        assert!(seen.contains("begin") || seen.contains("(os error 24)"), "{most}: {seen:?}");
        assert!(!seen.contains("panicked"), "{most}: {seen:?}");
    }
}

#[test]
fn line_by_line_ctrl_c_ends_it_with_its_status_and_without_a_result() {
    let result = new_home().join("result.json");
    let mut terminal = under("true", &format!("--plain --json > '{}'", result.display()));
    terminal.wait_for("smell");
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().exit_code(), 130);
    assert_eq!(fs::read_to_string(result).expect("a file"), "");
}
