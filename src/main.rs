//! The `twinge` program: runs the command line, prints the error if there is one, and ends with an exit status.

#![warn(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "bad input never panics; tests, which are meant to, are not asked"
)]

use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

#[cfg(unix)]
use rustix::{io::fcntl_getfd, stdio};
use twinge::cli::{Cli, Failure};
use twinge::terminal::INTERRUPTED;
use twinge::text;

fn main() -> ExitCode {
    let mut output = io::BufWriter::new(output());
    let outcome = run(&mut output).and_then(|()| Ok(output.flush()?));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(said)) => failed(2, &said),
        Err(Failure::Problems(drawn)) => failed(1, &drawn),
        Err(Failure::Unreadable(path, error)) => failed(2, &format!("cannot read {}: {error}\n", text::path(&path))),
        Err(Failure::Unwritable(path, why)) => failed(2, &format!("cannot write {}: {why}\n", text::path(&path))),
        Err(Failure::Undeleted(said)) => failed(1, &format!("this could not be deleted:\n{said}")),
        Err(Failure::Interrupted) => ExitCode::from(INTERRUPTED),
        Err(Failure::NoTerminal(error)) => failed(
            2,
            &format!(
                "there is no terminal to draw on ({error})\nrun it in a terminal, or use `twinge --plain`, which needs none\n"
            ),
        ),
        // Whoever read the output has closed it, as `head` does, and wants no more.
        Err(Failure::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Io(error)) => failed(2, &format!("{error}\n")),
    }
}

fn run(output: &mut impl Write) -> Result<(), Failure> {
    match Cli::read(std::env::args_os(), output)? {
        Some(cli) => cli.run(input(), output),
        None => Ok(()),
    }
}

fn failed(status: u8, message: &str) -> ExitCode {
    // If this cannot be written, the exit status still says that something went wrong.
    let _ = io::stderr().write_all(message.as_bytes());
    ExitCode::from(status)
}

/// Whether standard input or output was closed when the process began. Before `main`, Rust opens `/dev/null` in its place, and
/// nothing tells that from one that somebody wants. So this is found out even earlier, by a function that the loader calls.
static INPUT_IS_CLOSED: AtomicBool = AtomicBool::new(false);
static OUTPUT_IS_CLOSED: AtomicBool = AtomicBool::new(false);

#[cfg(unix)]
#[expect(
    unsafe_code,
    reason = "no safe code runs early enough, and a static function pointer is all that is placed there"
)]
#[used]
#[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__mod_init_func"))]
#[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".init_array"))]
static BEFORE_MAIN: extern "C" fn() = note_closed;

#[cfg(unix)]
extern "C" fn note_closed() {
    INPUT_IS_CLOSED.store(fcntl_getfd(stdio::stdin()).is_err(), Ordering::Relaxed);
    OUTPUT_IS_CLOSED.store(fcntl_getfd(stdio::stdout()).is_err(), Ordering::Relaxed);
}

/// A stream, or what to say when it is used although it is closed: a cohort whose results go nowhere has not been scored.
struct Standard<S>(Result<S, &'static str>);

fn input() -> Standard<io::Stdin> {
    let is_closed = INPUT_IS_CLOSED.load(Ordering::Relaxed);
    Standard(if is_closed { Err("standard input is closed") } else { Ok(io::stdin()) })
}

fn output() -> Standard<io::Stdout> {
    let is_closed = OUTPUT_IS_CLOSED.load(Ordering::Relaxed);
    Standard(if is_closed { Err("standard output is closed") } else { Ok(io::stdout()) })
}

impl<S> Standard<S> {
    fn stream(&mut self) -> io::Result<&mut S> {
        self.0.as_mut().map_err(|why| io::Error::other(*why))
    }
}

impl<S: Read> Read for Standard<S> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.stream()?.read(bytes)
    }
}

impl<S: Write> Write for Standard<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        // What is closed has failed before, unless nothing was written.
        self.0.as_mut().map_or(Ok(()), Write::flush)
    }
}
