//! Report files: under which names they are saved, and what the person is told about it.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use crate::app::saved_report::Saved;
use crate::diagnostic::visible;
use crate::interview::Interview;
use crate::report::{Format, Report};
use crate::storage::{atomic_write, clock, io_error_in_words};
use crate::text;

/// Saves the report on an interview in the current folder.
#[must_use]
pub fn save(interview: &Interview<'_>) -> Saved {
    let folder = env::current_dir();
    let saved = folder.as_ref().map_err(io_error_in_words).and_then(|folder| {
        let report = Report::new(interview, clock::today()).map_err(|error| visible(&error.to_string()))?;
        save_in(folder, &report).map_err(|error| io_error_in_words(&error))
    });
    match saved {
        Ok(path) => Saved::In(text::path(&path)),
        Err(why) => Saved::Failed { folder: folder.map_or_else(|_| ".".into(), |folder| text::path(&folder)), why },
    }
}

/// Saves a report in a folder, as HTML to read and as JSON to read back, under names that nothing there has. Returns the path
/// of the HTML.
///
/// # Errors
///
/// When one of the two cannot be written. Then neither is there.
pub fn save_in(folder: &Path, report: &Report<'_>) -> io::Result<PathBuf> {
    const MOST: usize = 1000;
    let (page_text, data_text) = (report.write(Format::Html)?, report.write(Format::Json)?);
    for number in 1..MOST {
        let copy = if number == 1 { String::new() } else { format!("-{number}") };
        let path = |format: Format| folder.join(format!("twinge-report-{}{copy}.{}", report.date, format.extension()));
        let (page, data) = (path(Format::Html), path(Format::Json));
        if [&page, &data].into_iter().any(|path| path.symlink_metadata().is_ok()) {
            continue;
        }
        let written = atomic_write::create(&data, data_text.as_bytes()).and_then(|()| {
            atomic_write::create(&page, page_text.as_bytes()).inspect_err(|_| {
                let _ = fs::remove_file(&data);
            })
        });
        match written {
            // Another process took the name at this very moment.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
            Ok(()) => return Ok(page),
        }
    }
    Err(io::Error::other("too many reports of today lie there"))
}
