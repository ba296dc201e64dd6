//! The report in a folder that an interview can start from.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use crate::scratch::scratch;
use crate::trees::network;
use twinge::report::Date;
use twinge::storage::report_files::newest_in;

fn today() -> Date {
    jiff::civil::date(2026, 12, 7)
}

/// A report of a day on the small network.
fn report(day: &str) -> String {
    let about = r#"{"title":"Why is my network down?","version":"2.1"}"#;
    format!(r#"{{"format":1,"questionnaire":{about},"date":"{day}","answers":{{"scope":"all"}}}}"#)
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("a file");
}

#[track_caller]
fn check(folder: &Path, expected: Option<&str>) {
    let found = newest_in(folder, &network(), today);
    assert_eq!(found.map(|report| report.day.words).as_deref(), expected);
}

#[test]
fn in_a_folder_without_reports_or_in_none_nothing_is_found() {
    let folder = scratch("no-reports");
    write(&folder, "report.json", &report("2026-11-23"));
    write(&folder, "twinge-report-2026-11-23.html", "<!DOCTYPE html>");
    check(&folder, None);
    check(&folder.join("gone"), None);
}

#[test]
fn it_is_the_one_of_the_last_day_and_of_that_day_the_one_with_the_highest_number() {
    let folder = scratch("newest");
    write(&folder, "twinge-report-2026-11-23.json", &report("2026-11-23"));
    write(&folder, "twinge-report-2025-12-31-12.json", &report("2025-12-31"));
    check(&folder, Some("23 November"));
    write(&folder, "twinge-report-2026-11-23-9.json", &report("2026-11-09"));
    write(&folder, "twinge-report-2026-11-23-10.json", &report("2026-11-10"));
    check(&folder, Some("10 November"));
}

#[test]
fn a_report_on_other_questions_is_passed_over() {
    let folder = scratch("other-reports");
    write(&folder, "twinge-report-2026-11-23.json", &report("2026-11-23"));
    write(&folder, "twinge-report-2026-11-24.json", &report("2026-11-24").replace("network", "bicycle"));
    write(&folder, "twinge-report-2026-11-25.json", "{");
    check(&folder, Some("23 November"));
}

#[test]
fn what_is_no_ordinary_file_or_too_large_is_not_read() {
    let folder = scratch("hostile-reports");
    let elsewhere = scratch("hostile-reports-elsewhere").join("mine.json");
    fs::write(&elsewhere, report("2026-11-01")).expect("a file");
    symlink(&elsewhere, folder.join("twinge-report-2026-11-24.json")).expect("a link");
    symlink("/dev/zero", folder.join("twinge-report-2026-11-25.json")).expect("a link");
    fs::create_dir(folder.join("twinge-report-2026-11-26.json")).expect("a folder");
    let pipe = Command::new("mkfifo").arg(folder.join("twinge-report-2026-11-27.json")).status();
    assert!(pipe.is_ok_and(|status| status.success()));
    check(&folder, None);
    let huge = report("2026-11-28") + &" ".repeat(2 * 1024 * 1024);
    write(&folder, "twinge-report-2026-11-24-2.json", &huge);
    check(&folder, None);
    write(&folder, "twinge-report-2026-11-23.json", &report("2026-11-23"));
    check(&folder, Some("23 November"));
}

#[test]
fn a_deep_or_garbled_file_does_no_harm() {
    let folder = scratch("garbled-reports");
    write(&folder, "twinge-report-2026-11-24.json", &"[".repeat(500_000));
    let deep = format!(r#"{{"answers":{{"scope":{}}}}}"#, "[".repeat(250_000) + &"]".repeat(250_000));
    write(&folder, "twinge-report-2026-11-25.json", &deep);
    write(&folder, "twinge-report-2026-11-26.json", &report("2026-11-26").replace("answers", "\u{0}"));
    check(&folder, None);
}
