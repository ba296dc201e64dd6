//! What wakes the loop up: one `poll` on the terminal, on a pipe of signals, and on what watches a file. While nothing happens, nothing wakes up.

use std::collections::VecDeque;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use rustix::buffer::spare_capacity;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGTSTP, SIGUSR1, SIGUSR2,
    SIGVTALRM, SIGWINCH, SIGXCPU,
};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

use crate::terminal::platform::FileWatch;

/// The signals that do not end the program.
const HARMLESS: [i32; 3] = [SIGCONT, SIGTSTP, SIGWINCH];

/// Every signal whose default is to end the program and that can be caught. Not SIGXFSZ: a file that becomes too large is an
/// error of whatever writes it.
const DEADLY: [i32; 13] = [
    SIGABRT, SIGALRM, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU,
];

/// What woke the loop up.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::terminal) enum Wakeup {
    /// Bytes from the terminal.
    Bytes(Vec<u8>),
    /// The terminal may have another size.
    Resized,
    /// The shell wants its terminal back.
    Stopped,
    /// The shell has given its terminal back.
    Continued,
    /// A signal that ends the program.
    Deadly(i32),
    /// The file that is watched may have changed.
    Changed,
    /// Nothing came in time.
    Nothing,
}

/// Waits for the terminal and for signals. From its creation on, no signal ends the program before the terminal is given
/// back.
pub(in crate::terminal) struct Wakeups {
    signals: SignalDelivery<UnixStream, SignalOnly>,
    /// Signals that came and were not handled yet.
    caught: VecDeque<i32>,
    watch: Option<FileWatch>,
    /// Whether the file may have changed since that was told last.
    has_changed: bool,
}

impl Wakeups {
    pub(in crate::terminal) fn new(watch: Option<FileWatch>) -> io::Result<Wakeups> {
        let (read, write) = UnixStream::pair()?;
        let signals = SignalDelivery::with_pipe(read, write, SignalOnly, HARMLESS.iter().chain(&DEADLY))?;
        Ok(Wakeups { signals, caught: VecDeque::new(), watch, has_changed: false })
    }

    /// Waits until something happens, but no longer than `patience`.
    pub(in crate::terminal) fn wait(&mut self, patience: Option<Duration>) -> io::Result<Wakeup> {
        if self.caught.is_empty()
            && !self.has_changed
            && let Some(bytes) = self.read(patience)?
        {
            return Ok(Wakeup::Bytes(bytes));
        }
        Ok(match self.caught.pop_front() {
            None if std::mem::take(&mut self.has_changed) => Wakeup::Changed,
            None => Wakeup::Nothing,
            Some(SIGWINCH) => Wakeup::Resized,
            Some(SIGTSTP) => Wakeup::Stopped,
            Some(SIGCONT) => Wakeup::Continued,
            Some(signal) => Wakeup::Deadly(signal),
        })
    }

    /// What has come from the terminal already, if anything.
    pub(in crate::terminal) fn read_now(&mut self) -> io::Result<Option<Vec<u8>>> {
        self.read(Some(Duration::ZERO))
    }

    /// Reads from the terminal. Returns nothing when a signal comes first, or the time is over.
    fn read(&mut self, patience: Option<Duration>) -> io::Result<Option<Vec<u8>>> {
        let input = io::stdin();
        // Before the wait: asked for so much, the allocator tidies up after the last frame, and no key has to wait for that.
        let mut bytes = Vec::with_capacity(1 << 12);
        if !self.is_ready(input.as_fd(), PollFlags::IN, patience)? {
            return Ok(None);
        }
        match rustix::io::read(&input, spare_capacity(&mut bytes)) {
            Ok(1..) => return Ok(Some(bytes)),
            Err(Errno::INTR | Errno::AGAIN) => {}
            // The terminal is gone. No signal has to say so: SIGHUP may be ignored, or go to another process.
            Ok(_) | Err(_) => self.caught.push_back(SIGHUP),
        }
        Ok(None)
    }

    /// Writes to the terminal as fast as it takes it. When a signal wants to end the program, it does not wait: a terminal that
    /// takes nothing any more does not hold it.
    pub(in crate::terminal) fn write(&mut self, output: &impl AsFd, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let is_over = self.caught.iter().any(|signal| DEADLY.contains(signal));
            if self.is_ready(output.as_fd(), PollFlags::OUT, is_over.then_some(Duration::ZERO))? {
                match rustix::io::write(output, bytes) {
                    Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
                    Err(Errno::INTR | Errno::AGAIN) => {}
                    Err(error) => return Err(error.into()),
                }
            } else if is_over {
                break;
            }
        }
        Ok(())
    }

    /// Waits until the terminal is ready for something, a signal comes, or the time is over. Returns whether the terminal is.
    fn is_ready(
        &mut self,
        terminal: std::os::fd::BorrowedFd<'_>,
        what: PollFlags,
        patience: Option<Duration>,
    ) -> io::Result<bool> {
        let patience = patience.map(Timespec::try_from).transpose().map_err(io::Error::other)?;
        let signals = PollFd::new(self.signals.get_read(), PollFlags::IN);
        let watch = self.watch.as_ref().map(|watch| PollFd::new(watch, PollFlags::IN));
        let mut ready: Vec<PollFd<'_>> =
            [PollFd::from_borrowed_fd(terminal, what), signals].into_iter().chain(watch).collect();
        match poll(&mut ready, patience.as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        // An error and a hang-up are found out by reading or writing.
        let mut ready = ready.into_iter().map(|fd| !fd.revents().is_empty());
        let mut is_next = || ready.next().unwrap_or_default();
        let (is_terminal, is_signal, is_watch) = (is_next(), is_next(), is_next());
        if is_signal {
            self.caught.extend(self.signals.pending());
        }
        if let Some(watch) = self.watch.as_ref().filter(|_| is_watch) {
            watch.take();
            self.has_changed = true;
        }
        Ok(is_terminal)
    }
}
