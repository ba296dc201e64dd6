//! Standard input and output. One that was closed when the process began is an error as soon as it is used: a cohort whose
//! results go nowhere has not been scored.
//!
//! Before `main`, Rust opens `/dev/null` in the place of a closed stream, and nothing tells that from one that somebody
//! wants. So this is found out even earlier, by a function that the loader calls.

use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::io::fcntl_getfd;
use rustix::stdio;

static INPUT_IS_CLOSED: AtomicBool = AtomicBool::new(false);
static OUTPUT_IS_CLOSED: AtomicBool = AtomicBool::new(false);

#[expect(
    unsafe_code,
    reason = "no safe code runs early enough, and a static function pointer is all that is placed there"
)]
#[used]
#[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__mod_init_func"))]
#[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".init_array"))]
static BEFORE_MAIN: extern "C" fn() = note_closed;

extern "C" fn note_closed() {
    INPUT_IS_CLOSED.store(fcntl_getfd(stdio::stdin()).is_err(), Ordering::Relaxed);
    OUTPUT_IS_CLOSED.store(fcntl_getfd(stdio::stdout()).is_err(), Ordering::Relaxed);
}

/// A stream, or what to say when it is used although it is closed.
pub(crate) struct Standard<S>(Result<S, &'static str>);

pub(crate) fn input() -> Standard<io::Stdin> {
    let is_closed = INPUT_IS_CLOSED.load(Ordering::Relaxed);
    Standard(if is_closed { Err("standard input is closed") } else { Ok(io::stdin()) })
}

pub(crate) fn output() -> Standard<io::Stdout> {
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
