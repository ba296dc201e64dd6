//! Runs a program in a pseudo-terminal: presses its keys, and reads its emulated screen.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long to wait for something that should happen. Only a test that fails waits this long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

const START_OF_FRAME: &[u8] = b"\x1b[?2026h";
const END_OF_FRAME: &[u8] = b"\x1b[?2026l";

pub(crate) const DOWN: &str = "\x1b[B";
/// Enter, after a key that means nothing: twice Enter at once would be taken for a key that is held.
pub(crate) const ENTER: &str = "z\r";
pub(crate) const CTRL_C: &str = "\x03";

/// A program that runs in a pseudo-terminal.
pub(crate) struct Terminal {
    pub(crate) screen: vt100::Parser,
    output: Receiver<Vec<u8>>,
    pub(crate) written: Vec<u8>,
    input: Box<dyn Write + Send>,
    pub(crate) master: Box<dyn MasterPty + Send>,
    pub(crate) child: Box<dyn Child + Send + Sync>,
}

impl Terminal {
    pub(crate) fn start(arguments: &[&str], columns: u16, rows: u16) -> Terminal {
        Terminal::start_with(arguments, &[], columns, rows)
    }

    pub(crate) fn start_with(arguments: &[&str], environment: &[(&str, &str)], columns: u16, rows: u16) -> Terminal {
        Terminal::start_program(env!("CARGO_BIN_EXE_twinge"), arguments, environment, columns, rows)
    }

    pub(crate) fn start_program(
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
        for name in
            ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "ACCESSIBLE", "COLUMNS", "LINES", "SSH_CONNECTION", "SSH_TTY"]
        {
            command.env_remove(name);
        }
        // Not the drafts of whoever runs the tests.
        let home = new_home();
        command.env("HOME", &home);
        command.env("XDG_STATE_HOME", home.join(".local/state"));
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
        // A terminal that does not tell its size has one all the same.
        let or = |told: u16, usual| cells(if told == 0 { usual } else { told });
        let screen = vt100::Parser::new(or(rows, 24), or(columns, 80), 0);
        Terminal { screen, output, written: Vec::new(), input, master: pty.master, child }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).and_then(|()| self.input.flush()).expect("it takes keys");
    }

    /// Presses a key that changes something, and waits until the next frame is complete.
    #[track_caller]
    pub(crate) fn press_and_see(&mut self, key: &str) {
        self.wait_until("the last frame is whole", |terminal| terminal.written.ends_with(END_OF_FRAME));
        let before = self.last(END_OF_FRAME);
        self.press(key);
        self.wait_until("the next frame is drawn", |terminal| terminal.last(END_OF_FRAME) > before);
    }

    /// Waits until the screen shows a text, and only then presses keys.
    #[track_caller]
    pub(crate) fn press_at(&mut self, text: &str, keys: &str) {
        self.wait_for(text);
        self.press(keys);
    }

    /// Presses Ctrl-C, and waits until the program has ended with the status for that.
    #[track_caller]
    pub(crate) fn interrupt(&mut self) {
        self.press(CTRL_C);
        let status = self.end();
        assert_eq!(status.exit_code(), 130, "{status}");
    }

    /// Sends a signal to the program.
    #[track_caller]
    pub(crate) fn send(&self, signal: &str) {
        let pid = self.child.process_id().expect("a process");
        // Every shell has a built-in `kill`; the program of that name may be missing.
        let sent = Command::new("sh").args(["-c", &format!("kill -{signal} {pid}")]).status().expect("a shell");
        assert!(sent.success());
    }

    /// How often something was written.
    pub(crate) fn count(&self, bytes: &str) -> usize {
        self.written.windows(bytes.len()).filter(|written| *written == bytes.as_bytes()).count()
    }

    pub(crate) fn seen(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until the screen shows a text, and whole frames.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, text: &str) {
        self.wait_until(&format!("{text:?} is shown"), |terminal| {
            terminal.seen().contains(text) && terminal.last(START_OF_FRAME) <= terminal.last(END_OF_FRAME)
        });
    }

    /// Where something was written last.
    fn last(&self, bytes: &[u8]) -> Option<usize> {
        self.written.windows(bytes.len()).rposition(|written| written == bytes)
    }

    #[track_caller]
    pub(crate) fn wait_until(&mut self, what: &str, is_so: impl Fn(&Terminal) -> bool) {
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

    /// Waits until no thread of the program has run for a while. Fails when one keeps waking up.
    #[track_caller]
    pub(crate) fn wait_until_quiet(&mut self, pid: u32) {
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

    /// Waits for the program to end, and reads all of its output. Returns the exit status.
    pub(crate) fn end(&mut self) -> ExitStatus {
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

    /// Checks that the terminal is as a shell expects it.
    #[track_caller]
    pub(crate) fn assert_given_back(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert!(!screen.bracketed_paste(), "pasting is as before");
        assert_eq!(self.count("\x1b[>31u"), self.count("\x1b[<u"), "held keys are told as before");
        let modes = self.master.get_termios().expect("its modes");
        let modes = format!("{:?}", modes.local_flags);
        for flag in ["ICANON", "ECHO", "ISIG"] {
            assert!(modes.contains(flag), "{flag} is set again: {modes}");
        }
    }
}

/// An empty home folder.
pub(crate) fn new_home() -> PathBuf {
    static HOMES: AtomicUsize = AtomicUsize::new(0);
    let number = HOMES.fetch_add(1, Ordering::SeqCst);
    // Some tests run this test program again, in which the counter begins at 0.
    let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("home-{}-{number}", std::process::id()));
    let _ = std::fs::remove_dir_all(&home);
    std::fs::create_dir_all(&home).expect("a home");
    home
}

/// A number of rows or columns.
pub(crate) fn cells(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).expect("a terminal with cells")
}

/// How often the threads of a process have been switched to; empty where there is no `/proc`.
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
