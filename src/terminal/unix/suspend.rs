//! Job control: stopping, so that the shell has its terminal back.

use std::io;

use rustix::process::{Signal, getpgrp, getppid, getsid, kill_current_process_group};

/// Whether a shell in our session can send SIGCONT. Nobody can when our process group is orphaned (POSIX.1-2017, 3.264): when
/// it is that of the session leader, or our parent is in another session.
pub(in crate::terminal) fn is_under_a_shell() -> bool {
    let session = |process| getsid(process).ok();
    let is_group_of_leader = session(None) == Some(getpgrp());
    !is_group_of_leader && getppid().is_some_and(|parent| session(Some(parent)) == session(None))
}

/// Stops the process until SIGCONT comes.
///
/// # Errors
///
/// When the process group cannot be stopped.
pub(in crate::terminal) fn stop() -> io::Result<()> {
    // The whole group, since to a shell a pipeline is stopped only when all its processes are. Not SIGTSTP, which we catch.
    Ok(kill_current_process_group(Signal::STOP)?)
}
