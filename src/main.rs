//! The `twinge` program: runs the command line, prints the error if there is one, and ends with an exit status.

#![warn(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "bad input never panics; tests, which are meant to, are not asked"
)]

mod standard_streams;

use std::io::{self, Write};
use std::process::ExitCode;

use standard_streams::{input, output};
use twinge::cli::{Cli, Failure};
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
