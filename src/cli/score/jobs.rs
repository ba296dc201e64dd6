//! Scoring with several threads. They take the batches of the input in turn, and the results are written in that order.

use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, Builder, Scope, ScopedJoinHandle};

use crate::report::score::{Batch, Batches, Results, Scorer};

/// So many batches may wait before and behind each thread.
const WAITING: usize = 2;

/// Scores every batch. Returns how many lines could not be scored.
pub(super) fn score(
    scorer: &Scorer<'_>,
    batches: &mut Batches<impl Read + Send>,
    output: &mut impl Write,
    jobs: usize,
) -> io::Result<usize> {
    thread::scope(|scope| {
        let mut inputs: Vec<SyncSender<Batch>> = Vec::new();
        let mut outputs: Vec<Receiver<Results>> = Vec::new();
        for _ in 0..jobs {
            let (input, taken) = sync_channel::<Batch>(WAITING);
            let (results, output) = sync_channel(WAITING);
            start(scope, move || {
                // A thread ends when there are no more batches, or nobody takes its results.
                taken.into_iter().map(|batch| scorer.score_batch(&batch)).all(|scored| results.send(scored).is_ok())
            })?;
            inputs.push(input);
            outputs.push(output);
        }
        let reading = start(scope, move || {
            for input in inputs.iter().cycle() {
                let Some(batch) = batches.next_batch()? else { break };
                if input.send(batch).is_err() {
                    break;
                }
            }
            io::Result::Ok(())
        })?;
        // The batches went round, so there is none after the first that does not come.
        let mut received = outputs.iter().cycle().map_while(|output| output.recv().ok());
        let written = received.try_fold(0, |failed, results| {
            results.write(output)?;
            io::Result::Ok(failed + results.failed)
        });
        // No thread waits for its results to be taken.
        drop(outputs);
        let failed = written?;
        reading.join().unwrap_or_else(|_| Err(io::Error::other("a thread failed")))?;
        Ok(failed)
    })
}

/// Starts a thread. Says what to do where the system has no room for another.
fn start<'s, T: Send + 's>(
    scope: &'s Scope<'s, '_>,
    work: impl FnOnce() -> T + Send + 's,
) -> io::Result<ScopedJoinHandle<'s, T>> {
    let started = Builder::new().spawn_scoped(scope, work);
    started.map_err(|error| io::Error::other(format!("no thread can be started ({error}); try a smaller --jobs")))
}
