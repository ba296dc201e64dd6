//! Interviews on screens: from the first question to the results, and the state in which the terminal is left.

use std::io::{self, Write};

use portable_pty::PtySize;

use crate::terminal::pty::{DOWN, ENTER, Terminal, cells};

const LEFT: &str = "\x1b[D";

/// Answers the built-in questions with arrow keys and Enter alone, until the results are shown.
#[test]
fn a_whole_interview_from_start_to_ranked_causes_and_back() {
    let mut terminal = Terminal::start(&[], 100, 30);
    terminal.wait_for("Press Enter to begin");
    terminal.press(ENTER);
    terminal.wait_for("How old are you?");
    terminal.press("48\r");
    terminal.wait_for("What is your sex?");
    terminal.press("2\r");
    terminal.wait_for("2 answered");
    // On a question of the kind `one`, Enter chooses the first option. On a list it scrolls to the end, then selects "None of
    // these", then accepts it.
    for answered in 3.. {
        let goes_on = |terminal: &Terminal| {
            let seen = terminal.seen();
            seen.contains(&format!(" {answered} answered ·")) || seen.contains("What fits your answers")
        };
        terminal.press_and_see(ENTER);
        while !goes_on(&terminal) {
            terminal.press_and_see(ENTER);
        }
        if terminal.seen().contains("What fits your answers") {
            break;
        }
        assert!(answered < 60, "there is no end to it:\n{}", terminal.seen());
    }
    terminal.wait_for("What to do");
    // The first cause, whether it stands out or not.
    terminal.press("1");
    terminal.wait_for("[Advice]");
    let first = terminal.seen();

    // Changing an answer changes the ranking.
    terminal.press("m");
    terminal.wait_for("My answers");
    terminal.press("\x1b[H");
    terminal.press(DOWN);
    terminal.press(DOWN);
    terminal.wait_for("▸  3 Where do you get the spasms");
    terminal.press(ENTER);
    terminal.wait_for("your answer");
    terminal.press("7\r");
    terminal.wait_for("Is the cramp or pain in one leg or both?");
    terminal.press("r");
    terminal.wait_for("What to do");
    // The first cause, whether it stands out or not.
    terminal.press("1");
    terminal.wait_for("[Advice]");
    // The whole ranking is about legs now.
    assert_ne!(ranked(&terminal.seen()), ranked(&first));
    assert!(!ranked(&terminal.seen()).is_empty());

    terminal.press("q");
    terminal.wait_for("Save the report and quit");
    terminal.press("q");
    let status = terminal.end();
    assert!(status.success(), "{status:?}");
    terminal.assert_given_back();
}

/// The names of the ranked causes on the left of the results.
fn ranked(screen: &str) -> Vec<String> {
    let left = screen.lines().filter_map(|line| line.split('│').nth(1));
    let names = left.map(|line| line.replace("▸ ", "").trim().to_owned());
    names.filter(|name| name.starts_with(|c: char| c.is_ascii_digit())).collect()
}

#[test]
fn ctrl_c_quits_at_once_and_gives_the_terminal_back() {
    let mut terminal = Terminal::start(&["--json"], 80, 24);
    terminal.press_at("Press Enter to begin", ENTER);
    terminal.press_at("How old are you?", "48\r");
    terminal.wait_for("1 answered");
    terminal.interrupt();
    assert_eq!(terminal.seen(), "", "and says nothing");
    terminal.assert_given_back();
}

#[test]
fn what_stays_on_the_terminal_is_broken_between_words() {
    for arguments in [[].as_slice(), &["--plain"]] {
        let mut terminal = Terminal::start(arguments, 40, 24);
        if arguments.is_empty() {
            terminal.wait_for("Enter begin");
            terminal.press(ENTER);
        }
        terminal.wait_for("How old are you?");
        terminal.press("48\r");
        terminal.wait_for("What is your sex");
        terminal.press(if arguments.is_empty() { "qq" } else { "q\r2\r" });
        assert!(terminal.end().success());
        let seen = terminal.seen();
        // The emulated screen joins the rows of a line that it wrapped itself.
        assert!(seen.contains("\nSome questions about danger signs have\nno clear answer yet."), "{seen}");
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_its_message_stays() {
    let this = std::env::current_exe().expect("this program");
    let arguments = ["--ignored", "--exact", "terminal::interview::panic_while_the_terminal_is_ours", "--nocapture"];
    let mut terminal = Terminal::start_program(&this.to_string_lossy(), &arguments, &[("RUST_BACKTRACE", "0")], 80, 24);
    let status = terminal.end();
    assert!(!status.success());
    assert!(String::from_utf8_lossy(&terminal.written).contains("\x1b[?1049h"), "it took the terminal over");
    assert!(terminal.seen().contains("something went wrong in here"), "{}", terminal.seen());
    terminal.assert_given_back();
}

#[test]
#[ignore = "it panics; the test above runs it in a terminal of its own"]
fn panic_while_the_terminal_is_ours() {
    let session = twinge::terminal::session::TerminalSession::begin().expect("a terminal");
    let entry = session.entry().expect("bytes");
    io::stdout().write_all(&entry).and_then(|()| io::stdout().flush()).expect("it is written");
    panic!("something went wrong in here");
}

#[test]
fn a_signal_ends_it_with_the_terminal_given_back() {
    for (signal, name) in [
        ("TERM", "Terminated"),
        ("HUP", "Hangup"),
        ("INT", "Interrupt"),
        ("QUIT", "Quit"),
        ("USR1", "User defined signal 1"),
        ("ALRM", "Alarm clock"),
        ("XCPU", "CPU time limit exceeded"),
        ("ABRT", "Aborted"),
    ] {
        let mut terminal = Terminal::start(&[], 80, 24);
        terminal.wait_for("Press Enter to begin");
        terminal.send(signal);
        let status = terminal.end();
        assert!(status.to_string().contains(name), "{signal}: {status}");
        terminal.assert_given_back();
    }
}

#[test]
fn whoever_was_stopped_from_outside_takes_the_terminal_over_anew() {
    let mut terminal = Terminal::start(&[], 80, 24);
    terminal.wait_for("Press Enter to begin");
    for _ in 0..3 {
        let taken = |terminal: &Terminal| terminal.count("\x1b[?1049h");
        let before = taken(&terminal);
        terminal.send("STOP");
        terminal.send("CONT");
        terminal.wait_until("it is drawn anew", |terminal| taken(terminal) > before);
        terminal.wait_for("Press Enter to begin");
    }
    terminal.interrupt();
    terminal.assert_given_back();
}

#[test]
fn a_resized_terminal_is_filled_anew() {
    let mut terminal = Terminal::start(&[], 100, 30);
    terminal.wait_for("Press Enter to begin");
    terminal.press(ENTER);
    terminal.wait_for("How old are you?");
    for (columns, rows, shows) in [(40, 12, "? keys"), (20, 5, "30×8"), (80, 24, "n not sure")] {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        terminal.screen.screen_mut().set_size(cells(rows), cells(columns));
        terminal.master.resize(size).expect("it takes a new size");
        terminal.wait_for(shows);
    }
    terminal.press(LEFT);
    terminal.wait_for("This is the first question.");
    terminal.press("q");
    assert!(terminal.end().success());
    terminal.assert_given_back();
}

#[test]
fn a_storm_of_sizes_leaves_it_as_it_was() {
    let mut terminal = Terminal::start(&[], 80, 24);
    terminal.wait_for("Press Enter to begin");
    terminal.press(ENTER);
    terminal.press_at("How old are you?", "44");
    terminal.wait_for("44▏");
    let sizes = [(1, 1), (500, 200), (2, 60), (300, 1), (30, 8), (29, 7), (1, 200), (79, 23), (500, 2), (80, 24)];
    for (columns, rows) in sizes.into_iter().cycle().take(10 * sizes.len()) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        terminal.master.resize(size).expect("it takes a new size");
        // A key without a meaning, pressed by accident while the window is resized.
        terminal.press("z");
    }
    // Until the last size has been drawn, the screen may be too small for a key to do anything.
    let pid = terminal.child.process_id().expect("a process");
    terminal.wait_until_quiet(pid);
    terminal.wait_for("44▏");
    terminal.press("\r");
    terminal.wait_for("1 answered");
    assert!(terminal.seen().contains("What is your sex?"), "{}", terminal.seen());
    terminal.interrupt();
    terminal.assert_given_back();
}

#[test]
fn pasted_text_is_typed_where_text_is_and_passed_over_elsewhere() {
    let mut terminal = Terminal::start(&[], 80, 24);
    terminal.wait_for("Press Enter to begin");
    terminal.press("\x1b[200~q\rq\x1b[201~\r");
    terminal.wait_for("How old are you?");
    // An escape sequence in it is dropped.
    terminal.press("\x1b[200~4\x1b[31m4\x1b[201~");
    terminal.wait_for("44▏");
    terminal.interrupt();
    terminal.assert_given_back();
}

#[test]
fn the_selection_is_told_by_a_character_and_by_the_cursor_without_any_colour() {
    let mut terminal = Terminal::start_with(&["--color", "never"], &[], 80, 24);
    terminal.wait_for("Press Enter to begin");
    terminal.press(ENTER);
    terminal.press_at("How old are you?", "44\r");
    terminal.wait_for("▸ 1 Female");
    terminal.press(DOWN);
    terminal.wait_for("▸ 2 Male");
    let (row, _) = terminal.screen.screen().cursor_position();
    let line = terminal.screen.screen().rows(0, 80).nth(usize::from(row)).expect("a row");
    assert!(line.contains("▸ 2 Male"), "the cursor stands at {line:?}");
    assert!(!String::from_utf8_lossy(&terminal.written).contains("\x1b[38;5;"));
    terminal.interrupt();
}

#[test]
fn no_colour_keeps_bold_and_reverse_and_writes_no_colour() {
    let mut terminal = Terminal::start_with(&["-f", "tests/trees/network.toml"], &[("NO_COLOR", "1")], 80, 24);
    terminal.wait_for("Press Enter to begin");
    terminal.press(ENTER);
    terminal.press_at("smell", "12\r");
    terminal.wait_for("DANGER");
    let cell = terminal.screen.screen().cell(0, 3).expect("a cell");
    assert!(cell.inverse() && cell.bold());
    let written = String::from_utf8_lossy(&terminal.written).into_owned();
    let colours = ["\x1b[3", "\x1b[4", "\x1b[9", "\x1b[10"];
    let coloured = written.match_indices("\x1b[").any(|(at, _)| {
        let sequence = &written[at..];
        let is_style =
            sequence.find(|c: char| c.is_ascii_alphabetic()).is_some_and(|end| sequence[end..].starts_with('m'));
        let is_default = ["\x1b[39m", "\x1b[49m", "\x1b[39;49m", "\x1b[39;49;"].iter().any(|s| sequence.starts_with(s));
        is_style
            && !is_default
            && colours.iter().any(|colour| sequence.starts_with(colour))
            && !sequence.starts_with("\x1b[4m")
    });
    assert!(!coloured, "{written:?}");
    terminal.interrupt();
}

#[test]
fn nothing_is_written_while_nothing_happens() {
    let mut terminal = Terminal::start(&[], 80, 24);
    terminal.wait_for("Press Enter to begin");
    let pid = terminal.child.process_id().expect("a process");
    terminal.wait_until_quiet(pid);
    // A key without a meaning here draws nothing.
    terminal.press("z");
    let before = terminal.written.len();
    terminal.wait_until_quiet(pid);
    assert_eq!(terminal.written.len(), before, "something was drawn");
    terminal.press("q");
    assert!(terminal.end().success());
}

#[test]
fn line_by_line_nothing_is_drawn_and_the_end_of_input_says_the_results() {
    for (argument, variable) in
        [(Some("--plain"), None), (None, Some(("TERM", "dumb"))), (None, Some(("ACCESSIBLE", "1")))]
    {
        let mut terminal = Terminal::start_with(argument.as_slice(), variable.as_slice(), 60, 40);
        terminal.wait_for("A number from 1 to 120.");
        terminal.wait_for("? for help):");
        terminal.press("48\r");
        terminal.wait_for("? for help): 48\nSelected: 48.\n");
        terminal.wait_for("What is your sex?");
        // Ctrl-D
        terminal.press("\x04");
        assert!(terminal.end().success());
        let written = String::from_utf8_lossy(&terminal.written).into_owned();
        assert!(written.contains("What fits your answers (1 answer)."), "{written}");
        assert!(!written.contains('\x1b'), "{written:?}");
        let widest = written.lines().map(|line| line.chars().count()).max();
        assert!(widest.is_some_and(|widest| (50..=60).contains(&widest)), "{widest:?} columns:\n{written}");
    }
}
