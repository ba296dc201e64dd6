//! Report files: under which names they are saved, and what the person is told about it.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use crate::app::saved_report::Saved;
use crate::diagnostic::visible;
use crate::interview::Interview;
use crate::interview::since::EarlierReport;
use crate::questionnaire::Questionnaire;
use crate::report::{Date, Format, Report, read_earlier_report};
use crate::storage::{access, atomic_write, clock, io_error_in_words};
use crate::text;

/// What the names of all reports begin with.
const NAME: &str = "twinge-report-";

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
        let path = |format: Format| folder.join(format!("{NAME}{}{copy}.{}", report.date, format.extension()));
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

/// The newest report on these questions that was saved in the current folder, to start from.
#[must_use]
pub fn newest(questionnaire: &Questionnaire) -> Option<EarlierReport> {
    newest_in(&env::current_dir().ok()?, questionnaire, clock::today)
}

/// The newest report on these questions in a folder. Only ordinary files of the person's own are read, and none larger than a report can be.
/// Today is asked for only then, since to find the time zone takes a while.
#[must_use]
pub fn newest_in(folder: &Path, questionnaire: &Questionnaire, today: impl Fn() -> Date) -> Option<EarlierReport> {
    /// So many entries of the folder are looked at, so that no folder delays the start.
    const ENTRIES: usize = 10_000;
    /// So many reports, as some may be on other questions.
    const READ: usize = 5;
    let names = fs::read_dir(folder).ok()?.take(ENTRIES).flatten().map(|entry| entry.file_name());
    let mut reports: Vec<((String, usize), String)> =
        names.filter_map(|name| name.into_string().ok()).filter_map(|name| Some((age(&name)?, name))).collect();
    reports.sort_unstable();
    let files = reports.into_iter().rev().filter_map(|(_, name)| read_file(&folder.join(name)).ok());
    files.take(READ).find_map(|bytes| read_earlier_report(&bytes, questionnaire, today()).ok())
}

/// The day in the name of a report in JSON, and its number on that day.
fn age(name: &str) -> Option<(String, usize)> {
    const DAY: usize = "2026-11-23".len();
    let (day, copy) = name.strip_prefix(NAME)?.strip_suffix(".json")?.split_at_checked(DAY)?;
    let number = if copy.is_empty() { 1 } else { copy.strip_prefix('-')?.parse().ok()? };
    Some((day.to_owned(), number))
}

/// The bytes of an ordinary file of the person's own. A link is not followed, and a pipe not waited for.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    /// In bytes. The largest reports have about a tenth of that.
    const LARGEST: u64 = 1024 * 1024;
    let file = access::private_file().write(false).read(true).open(path)?;
    let found = file.metadata()?;
    if !found.is_file() || !access::is_ours(&found) || found.len() > LARGEST {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}
