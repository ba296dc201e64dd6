//! How fast the program is on a terminal, compared with the least that ratatui can do: a bare list (`examples/floor.rs`).
//!
//! `cargo bench --bench terminal` prints the figures. Both programs run in turns in pseudo-terminals of the same size, so that
//! other work on the machine slows both. Medians are compared. Both are copied first, as an installer would: a file lies in
//! memory in small pieces after it was linked, and starts more slowly until it has been read from the disk anew.

#![cfg(unix)]
#![expect(clippy::print_stdout, reason = "figures are what it is for")]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const ROUNDS: usize = 40;
const KEYS: usize = 40;
const SIZE: PtySize = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
const PATIENCE: Duration = Duration::from_secs(10);
const DOWN: &[u8] = b"\x1b[B";
const UP: &[u8] = b"\x1b[A";

/// A program to measure, and a text at the end of its first screen.
struct Subject {
    path: PathBuf,
    last: &'static str,
    /// The keys that lead to a list, if the first screen has none, each with a text that is then shown.
    to_list: &'static [(&'static str, &'static str)],
}

/// A program while it runs.
struct Running {
    output: Receiver<(Instant, Vec<u8>)>,
    input: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    started: Instant,
    screen: vt100::Parser,
    /// Held because dropping it closes the terminal.
    _master: Box<dyn MasterPty + Send>,
}

impl Running {
    fn start(subject: &Subject) -> Running {
        let pty = native_pty_system().openpty(SIZE).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(&subject.path);
        command.env("TERM", "xterm-256color");
        // Cargo's own: nobody's shell lets the loader look for libraries in so many folders.
        command.env_remove("LD_LIBRARY_PATH");
        // Every round begins without a draft.
        let state = concat!(env!("CARGO_TARGET_TMPDIR"), "/state");
        let _ = std::fs::remove_dir_all(state);
        command.env("XDG_STATE_HOME", state);
        let mut reader = pty.master.try_clone_reader().expect("its output");
        let input = pty.master.take_writer().expect("its input");
        let started = Instant::now();
        let child = pty.slave.spawn_command(command).expect("the program starts");
        let (sender, output) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..read].to_vec())).is_err() {
                    break;
                }
            }
        });
        let (rows, columns) = (NonZeroU16::new(SIZE.rows).expect("rows"), NonZeroU16::new(SIZE.cols).expect("columns"));
        let screen = vt100::Parser::new(rows, columns, 0);
        Running { output, input, child, started, screen, _master: pty.master }
    }

    /// Waits until the screen shows a text. Returns when, and how many bytes had been written.
    fn wait_for(&mut self, text: &str) -> (Instant, usize) {
        let mut written = 0;
        loop {
            let drawn = self.output.recv_timeout(PATIENCE);
            let (at, bytes) = drawn.unwrap_or_else(|_| panic!("no {text:?} on\n{}", self.screen.screen().contents()));
            self.screen.process(&bytes);
            written += bytes.len();
            if self.screen.screen().contents().contains(text) {
                return (at, written);
            }
        }
    }

    /// Presses a key and waits for the next frame, which is everything that is written before a pause.
    fn press(&mut self, key: &[u8]) -> (Duration, usize) {
        const PAUSE: Duration = Duration::from_millis(8);
        let pressed = Instant::now();
        self.input.write_all(key).and_then(|()| self.input.flush()).expect("it takes keys");
        let (mut at, first) = self.output.recv_timeout(PATIENCE).expect("it draws");
        let mut bytes = first.len();
        while let Ok((later, more)) = self.output.recv_timeout(PAUSE) {
            at = later;
            bytes += more.len();
        }
        (at - pressed, bytes)
    }

    /// A line of `/proc/…/status` for each thread, where there is a `/proc`.
    fn status(&self, name: &str) -> Vec<u64> {
        let Some(pid) = self.child.process_id() else { return Vec::new() };
        let tasks = std::fs::read_dir(Path::new("/proc").join(pid.to_string()).join("task"));
        let statuses = tasks
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|task| std::fs::read_to_string(task.path().join("status")).ok());
        let number = |line: &str| line.split_whitespace().nth(1).and_then(|number| number.parse().ok());
        statuses.filter_map(|status| status.lines().find(|line| line.starts_with(name)).and_then(number)).collect()
    }
}

/// What was measured, round by round.
#[derive(Default)]
struct Figures {
    first_frame: Vec<f64>,
    first_bytes: Vec<f64>,
    key: Vec<f64>,
    key_bytes: Vec<f64>,
    peak_kib: Vec<f64>,
    wake_ups: Vec<f64>,
}

fn measure(subject: &Subject, figures: &mut Figures) {
    const IDLE: Duration = Duration::from_millis(500);
    let mut running = Running::start(subject);
    let (at, bytes) = running.wait_for(subject.last);
    figures.first_frame.push((at - running.started).as_secs_f64() * 1e3);
    figures.first_bytes.push(number(bytes));
    for (keys, shown) in subject.to_list {
        running.input.write_all(keys.as_bytes()).and_then(|()| running.input.flush()).expect("it takes keys");
        running.wait_for(shown);
    }
    while running.output.recv_timeout(Duration::from_millis(50)).is_ok() {}
    for at in 0..KEYS {
        let (took, bytes) = running.press(if at % 6 < 3 { DOWN } else { UP });
        figures.key.push(took.as_secs_f64() * 1e3);
        figures.key_bytes.push(number(bytes));
    }
    let switches = |running: &Running| running.status("voluntary_ctxt_switches").iter().sum::<u64>();
    let before = switches(&running);
    thread::sleep(IDLE);
    figures.wake_ups.push(number(usize::try_from(switches(&running) - before).unwrap_or(usize::MAX)));
    figures.peak_kib.extend(running.status("VmHWM").first().map(|kib| number(usize::try_from(*kib).unwrap_or(0))));
    let _ = running.child.kill();
    let _ = running.child.wait();
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

fn main() {
    let twinge = PathBuf::from(env!("CARGO_BIN_EXE_twinge"));
    let built = Command::new(env!("CARGO")).args(["build", "--release", "--quiet", "--example", "floor"]).status();
    assert!(built.is_ok_and(|status| status.success()), "the floor program does not build");
    let floor = twinge.parent().expect("a folder").join("examples/floor");
    let [floor, twinge] = [floor, twinge].map(|built| {
        let installed = Path::new(env!("CARGO_TARGET_TMPDIR")).join(built.file_name().expect("a name"));
        std::fs::copy(&built, &installed).expect("room for a copy");
        installed
    });
    let keys: &[(&str, &str)] = &[
        ("\r", "How old are you?"),
        ("44\r", "What is your sex?"),
        ("2\r", "Where do you get"),
        ("1\r", "How long have you had"),
        ("1\r", "A bad headache"),
    ];
    let subjects = [
        Subject { path: floor, last: "the last of the list", to_list: &[] },
        Subject { path: twinge, last: "q quit", to_list: keys },
    ];
    let mut figures = [Figures::default(), Figures::default()];
    for round in 0..=ROUNDS {
        for (subject, figures) in subjects.iter().zip(&mut figures) {
            // The first round warms the caches.
            let mut ignored = Figures::default();
            measure(subject, if round == 0 { &mut ignored } else { figures });
        }
    }
    let [floor, twinge] = &figures;
    println!("{:<28}{:>10}{:>10}{:>9}", format!("median of {ROUNDS} rounds"), "floor", "twinge", "ratio");
    let rows: [(&str, &[f64], &[f64]); 6] = [
        ("start to first frame, ms", &floor.first_frame, &twinge.first_frame),
        ("first frame, bytes", &floor.first_bytes, &twinge.first_bytes),
        ("key to frame, ms", &floor.key, &twinge.key),
        ("bytes a key", &floor.key_bytes, &twinge.key_bytes),
        ("peak memory, KiB", &floor.peak_kib, &twinge.peak_kib),
        ("wake-ups in half a second", &floor.wake_ups, &twinge.wake_ups),
    ];
    for (name, floor, twinge) in rows {
        let (floor, twinge) = (median(floor), median(twinge));
        println!("{name:<28}{floor:>10.2}{twinge:>10.2}{:>9.2}", twinge / floor);
    }
}
