//! Says that something was not tried.

use std::io::Write;

/// Says on standard error what was not tried, and what is missing. Where the variable `CI` is set, it fails instead.
#[track_caller]
pub(crate) fn skip(what: &str, missing: &str) {
    assert!(std::env::var_os("CI").is_none_or(|ci| ci.is_empty()), "{missing}");
    // Not with `eprintln!`, whose output is captured when the test passes.
    let _ = writeln!(std::io::stderr(), "SKIPPED: {what}: {missing}");
}
