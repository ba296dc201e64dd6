//! The program in a real pseudo-terminal: it is driven by keys, and what it shows is read from an emulated screen.

#![cfg(unix)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long to wait for what should come. Only a failure ever waits this long.
const PATIENCE: Duration = Duration::from_secs(30);

struct Terminal {
    screen: vt100::Parser,
    output: Receiver<Vec<u8>>,
    written: Vec<u8>,
    input: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
}

impl Terminal {
    fn start(arguments: &[&str], columns: u16, rows: u16) -> Terminal {
        Terminal::start_with(arguments, &[], columns, rows)
    }

    fn start_with(arguments: &[&str], environment: &[(&str, &str)], columns: u16, rows: u16) -> Terminal {
        Terminal::start_program(env!("CARGO_BIN_EXE_twinge"), arguments, environment, columns, rows)
    }

    fn start_program(
        program: &str,
        arguments: &[&str],
        environment: &[(&str, &str)],
        columns: u16,
        rows: u16,
    ) -> Terminal {
        let pty = native_pty_system()
            .openpty(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 })
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        command.env("TERM", "xterm-256color");
        command.env_remove("NO_COLOR");
        command.env_remove("ACCESSIBLE");
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pty.slave.spawn_command(command).expect("the program starts");
        drop(pty.slave);
        let mut reader = pty.master.try_clone_reader().expect("its output");
        let (sender, output) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        let input = pty.master.take_writer().expect("its input");
        let screen = vt100::Parser::new(cells(rows), cells(columns), 0);
        Terminal { screen, output, written: Vec::new(), input, master: pty.master, child }
    }

    fn press(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).and_then(|()| self.input.flush()).expect("it takes keys");
    }

    fn seen(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    fn wait_for(&mut self, text: &str) {
        self.wait_until(&format!("{text:?} is shown"), |terminal| terminal.seen().contains(text));
    }

    #[track_caller]
    fn wait_until(&mut self, what: &str, is_so: impl Fn(&Terminal) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !is_so(self) {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.written.extend(bytes);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("waited in vain until {what}; the screen:\n{}", self.seen());
                }
            }
        }
    }

    /// Waits until no thread of the program runs any more. One that keeps waking up never gets there.
    #[track_caller]
    fn wait_until_quiet(&mut self, pid: u32) {
        const A_WHILE: Duration = Duration::from_millis(300);
        let end = Instant::now() + PATIENCE;
        let mut before = context_switches(pid);
        loop {
            while let Ok(bytes) = self.output.recv_timeout(A_WHILE) {
                self.screen.process(&bytes);
                self.written.extend(bytes);
            }
            let now = context_switches(pid);
            if now == before {
                return;
            }
            assert!(Instant::now() < end, "it wakes up again and again");
            before = now;
        }
    }

    /// Waits for the end. Gives the exit status, with everything that was written until then on the screen.
    fn end(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                break status;
            }
            assert!(Instant::now() < end, "it does not end; the screen:\n{}", self.seen());
            thread::yield_now();
        };
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.screen.process(&bytes);
            self.written.extend(bytes);
        }
        status
    }

    /// Whether the terminal is as a shell expects it.
    #[track_caller]
    fn assert_given_back(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert!(!screen.bracketed_paste(), "pasting is as before");
        let modes = self.master.get_termios().expect("its modes");
        let modes = format!("{:?}", modes.local_flags);
        for flag in ["ICANON", "ECHO", "ISIG"] {
            assert!(modes.contains(flag), "{flag} is set again: {modes}");
        }
    }
}

fn cells(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).expect("a terminal with cells")
}

const DOWN: &str = "\x1b[B";
const LEFT: &str = "\x1b[D";
const ENTER: &str = "\r";

/// Through the built-in questions with arrow keys and Enter alone, to the results.
#[test]
fn a_whole_interview_from_start_to_ranked_causes_and_back() {
    let mut terminal = Terminal::start(&[], 100, 30);
    terminal.wait_for("Press Enter to begin");
    terminal.press(ENTER);
    terminal.wait_for("How old are you?");
    terminal.press("48\r");
    terminal.wait_for("Where do you get the spasms");
    terminal.press(ENTER);
    terminal.wait_for("2 answered");
    // Enter chooses the first option of a `one`; on a list it asks for "None of these" first, and then takes it.
    for answered in 3.. {
        let goes_on = |terminal: &Terminal| {
            let seen = terminal.seen();
            let is_next = seen.contains(&format!("{answered} answered,")) || seen.contains("What may be behind it");
            is_next && !seen.contains("Nothing is ticked.")
        };
        terminal.press(ENTER);
        terminal.wait_until("it goes on, or asks", |terminal| {
            goes_on(terminal) || terminal.seen().contains("Nothing is ticked.")
        });
        if !goes_on(&terminal) {
            terminal.press(ENTER);
            terminal.wait_until("it goes on", goes_on);
        }
        if terminal.seen().contains("What may be behind it") {
            break;
        }
        assert!(answered < 60, "there is no end to it:\n{}", terminal.seen());
    }
    terminal.wait_for("What to do first");
    terminal.press(DOWN);
    terminal.wait_for("[Advice]");
    let first = terminal.seen();

    // Back to an answer, change it, and the ranking follows.
    terminal.press("m");
    terminal.wait_for("My answers");
    terminal.press("\x1b[H");
    terminal.press(DOWN);
    terminal.wait_for("▸ Where do you get the spasms");
    terminal.press(ENTER);
    terminal.wait_for("(your answer)");
    terminal.press("2");
    terminal.wait_for("apply");
    terminal.press("r");
    terminal.wait_for("What to do first");
    terminal.press(DOWN);
    terminal.wait_for("[Advice]");
    // The whole ranking is about legs now.
    assert_ne!(ranked(&terminal.seen()), ranked(&first));
    assert!(!ranked(&terminal.seen()).is_empty());

    terminal.press("q");
    let status = terminal.end();
    assert!(status.success(), "{status:?}");
    terminal.assert_given_back();
}

/// The names of the ranked causes on the left of the results.
fn ranked(screen: &str) -> Vec<String> {
    let left = screen.lines().filter_map(|line| line.split('│').next());
    let places = left.filter(|line| line.contains('╋') && !line.contains("likely"));
    places.map(|line| line.split(['─', '━', '╋']).next().unwrap_or_default().trim().replace("▸ ", "")).collect()
}

#[test]
fn ctrl_c_quits_at_once_and_gives_the_terminal_back() {
    let mut terminal = Terminal::start(&[], 80, 24);
    terminal.wait_for("Press Enter to begin");
    terminal.press("\r5\x03");
    assert!(terminal.end().success());
    terminal.assert_given_back();
}

#[test]
fn a_panic_gives_the_terminal_back_and_its_message_stays() {
    let this = std::env::current_exe().expect("this program");
    let arguments = ["--ignored", "--exact", "panic_while_the_terminal_is_ours", "--nocapture"];
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
    let _session = twinge::tui::Session::begin().expect("a terminal");
    panic!("something went wrong in here");
}

#[test]
fn a_signal_ends_it_with_the_terminal_given_back() {
    for (signal, name) in [("TERM", "Terminated"), ("HUP", "Hangup"), ("INT", "Interrupt"), ("QUIT", "Quit")] {
        let mut terminal = Terminal::start(&[], 80, 24);
        terminal.wait_for("Press Enter to begin");
        let pid = terminal.child.process_id().expect("a process").to_string();
        // The shell has a `kill` of its own on every machine.
        let kill = format!("kill -{signal} {pid}");
        let sent = std::process::Command::new("sh").args(["-c", &kill]).status().expect("a shell");
        assert!(sent.success());
        let status = terminal.end();
        assert!(status.to_string().contains(name), "{signal}: {status}");
        terminal.assert_given_back();
    }
}

#[test]
fn a_resized_terminal_is_filled_anew() {
    let mut terminal = Terminal::start(&[], 100, 30);
    terminal.wait_for("Press Enter to begin");
    terminal.press(ENTER);
    terminal.wait_for("How old are you?");
    for (columns, rows, shows) in [(40, 12, "? all keys"), (20, 5, "30×8"), (80, 24, "n not sure")] {
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
fn no_colour_keeps_bold_and_reverse_and_writes_no_colour() {
    let mut terminal = Terminal::start_with(&["-f", "tests/trees/network.toml"], &[("NO_COLOR", "1")], 80, 24);
    terminal.wait_for("Press Enter to begin");
    terminal.press("\r12\r");
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
    terminal.press("\x03");
    assert!(terminal.end().success());
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

/// How often the threads of a process have run, where the system tells.
fn context_switches(pid: u32) -> Vec<String> {
    let tasks = Path::new("/proc").join(pid.to_string()).join("task");
    let statuses = std::fs::read_dir(tasks).into_iter().flatten().flatten();
    let mut lines: Vec<String> = statuses
        .filter_map(|task| std::fs::read_to_string(task.path().join("status")).ok())
        .flat_map(|status| {
            status.lines().filter(|line| line.contains("ctxt_switches")).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    lines.sort();
    lines
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
        terminal.wait_for("Question 2,");
        // Ctrl-D
        terminal.press("\x04");
        assert!(terminal.end().success());
        let written = String::from_utf8_lossy(&terminal.written).into_owned();
        assert!(written.contains("Your results, from 1 answer."), "{written}");
        assert!(!written.contains('\x1b'), "{written:?}");
        let widest = written.lines().map(|line| line.chars().count()).max();
        assert!(widest.is_some_and(|widest| (50..=60).contains(&widest)), "{widest:?} columns:\n{written}");
    }
}
