//! Report files: those that `twinge report` writes, and those that are saved from the results.

use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use twinge::interview::Interview;
use twinge::questionnaire::parse;
use twinge::report::{AnswersFile, Format, Report};
use twinge::storage::report_files::save_in;
use twinge::storage::{atomic_write, clock};

const NETWORK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/trees/network.toml");
const ANSWERS: &str = r#"{"scope": "all", "days": 3}"#;

/// An empty folder for one test.
fn folder() -> PathBuf {
    static FOLDERS: AtomicUsize = AtomicUsize::new(0);
    let number = FOLDERS.fetch_add(1, Ordering::SeqCst);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("filing-{}-{number}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn twinge(folder: &Path, arguments: &[&str], input: &str) -> Output {
    run(Command::new(env!("CARGO_BIN_EXE_twinge")).args(arguments), folder, input)
}

fn run(command: &mut Command, folder: &Path, input: &str) -> Output {
    let mut child = command
        .current_dir(folder)
        .env("HOME", folder)
        .env("XDG_STATE_HOME", folder.join("state"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("the program ends")
}

/// Runs `twinge report` in a folder with a file of answers. Returns standard output, standard error and exit status.
fn report(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    fs::write(folder.join("me.json"), ANSWERS).expect("a file of answers");
    let mut all = vec!["report", "-f", NETWORK, "--answers", "me.json"];
    all.extend(arguments);
    printed(&twinge(folder, &all, ""))
}

fn printed(output: &Output) -> (String, String, Option<i32>) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

fn prints(out: &str, err: &str, status: i32) -> (String, String, Option<i32>) {
    (out.to_owned(), err.to_owned(), Some(status))
}

#[test]
fn without_a_file_to_write_it_is_plain_text_on_standard_output() {
    let (out, err, status) = report(&folder(), &[]);
    assert!(out.starts_with("Nothing works, on any device") && out.contains("A broken line"), "{out}");
    assert_eq!((err.as_str(), status), ("", Some(0)));
}

#[test]
fn the_format_is_the_one_that_is_asked_for() {
    for (format, start) in [
        ("text", "Nothing works"),
        ("markdown", "# Nothing works"),
        ("html", "<!DOCTYPE html>"),
        ("json", "{\"format\":1,"),
    ] {
        let (out, _, status) = report(&folder(), &["--format", format]);
        assert!(out.starts_with(start), "{format}: {out}");
        assert_eq!(status, Some(0));
    }
}

#[test]
fn otherwise_it_is_what_the_name_of_the_file_says() {
    for (name, start) in
        [("a.txt", "Nothing works"), ("a.md", "# Nothing works"), ("a.HTML", "<!DOCTYPE"), ("a.json", "{\"format\"")]
    {
        let folder = folder();
        assert_eq!(report(&folder, &["--output", name]), prints(&format!("The report is in {name}.\n"), "", 0));
        assert!(fs::read_to_string(folder.join(name)).expect("a report").starts_with(start), "{name}");
        assert_eq!(names(&folder), [name, "me.json"]);
    }
}

#[test]
fn a_name_that_says_nothing_is_asked_about() {
    let folder = folder();
    let said = "report: the name does not say in which format; say `--format text`, markdown, html, json or fhir\n";
    assert_eq!(report(&folder, &["-o", "report"]), prints("", said, 2));
    assert_eq!(names(&folder), ["me.json"]);
}

#[test]
fn what_is_there_is_replaced_only_by_force() {
    let folder = folder();
    fs::write(folder.join("a.txt"), "mine").expect("a file");
    let said = "cannot write a.txt: it exists already; give another name, or `--force` to replace it\n";
    assert_eq!(report(&folder, &["-o", "a.txt"]), prints("", said, 2));
    assert_eq!(fs::read_to_string(folder.join("a.txt")).expect("a file"), "mine");
    assert_eq!(report(&folder, &["-o", "a.txt", "--force"]), prints("The report is in a.txt.\n", "", 0));
    assert!(fs::read_to_string(folder.join("a.txt")).expect("a file").starts_with("Nothing works"));
    assert_eq!(names(&folder), ["a.txt", "me.json"]);
}

#[test]
fn what_cannot_be_written_says_why() {
    let folder = folder();
    fs::create_dir(folder.join("in.txt")).expect("a folder");
    symlink(folder.join("me.json"), folder.join("link.txt")).expect("a link");
    symlink(folder.join("nothing"), folder.join("loose.txt")).expect("a link");
    for (path, why) in [
        ("nowhere/a.txt", "there is no folder nowhere"),
        ("in.txt", "something that is no file has that name"),
        ("link.txt", "a link has that name, and links are not followed"),
        ("loose.txt", "a link has that name, and links are not followed"),
        ("me.json/a.txt", "a file is where a folder should be"),
    ] {
        assert_eq!(report(&folder, &["-o", path]), prints("", &format!("cannot write {path}: {why}\n"), 2));
        assert_eq!(report(&folder, &["-o", path, "--force"]), prints("", &format!("cannot write {path}: {why}\n"), 2));
    }
    assert_eq!(names(&folder), ["in.txt", "link.txt", "loose.txt", "me.json"]);
}

#[test]
fn answers_that_cannot_be_read_say_why() {
    let folder = folder();
    fs::write(folder.join("bad.json"), "{\"answers\": {\"scop\": 1}}").expect("a file");
    let run = |name: &str| printed(&twinge(&folder, &["report", "-f", NETWORK, "--answers", name], ""));
    let unknown = "bad.json: question `scop` does not exist; did you mean `scope`?\n";
    assert_eq!(run("bad.json"), prints("", unknown, 1));
    assert_eq!(run("no.json"), prints("", "cannot read no.json: No such file or directory (os error 2)\n", 2));
    fs::write(folder.join("bad.json"), "{\"answers\": ").expect("a file");
    let cut = "bad.json: line 1: EOF while parsing a value (column 12)\n";
    assert_eq!(run("bad.json"), prints("", cut, 1));
}

#[test]
fn a_report_in_json_can_be_read_back_and_keeps_its_day() {
    let folder = folder();
    let old = r#"{"date": "2026-03-01", "answers": {"scope": "all", "days": 3}}"#;
    fs::write(folder.join("old.json"), old).expect("a file");
    let run = |answers: &str, output: &str| {
        let all = ["report", "-f", NETWORK, "--answers", answers, "--output", output];
        assert_eq!(printed(&twinge(&folder, &all, "")).2, Some(0));
        fs::read_to_string(folder.join(output)).expect("a report")
    };
    let first = run("old.json", "first.json");
    assert!(first.contains("\"date\":\"2026-03-01\""), "{first}");
    assert_eq!(run("first.json", "second.json"), first);
    assert!(run("first.json", "first.txt").contains("2026-03-01."));
}

#[test]
fn the_result_that_is_left_behind_as_json_is_a_report() {
    let folder = folder();
    let (out, _, status) = printed(&twinge(&folder, &["--plain", "--json", "-f", NETWORK], "0\n1\n3\n"));
    assert_eq!(status, Some(0));
    fs::write(folder.join("left.json"), &out).expect("a file");
    let again = ["report", "-f", NETWORK, "--answers", "left.json", "--format", "json"];
    assert_eq!(printed(&twinge(&folder, &again, "")), (out, String::new(), Some(0)));
}

#[test]
fn line_by_line_the_letter_s_saves_a_report_and_says_where() {
    let folder = folder();
    let (out, _, _) = printed(&twinge(&folder, &["--plain", "-f", NETWORK], "3\nr\ns\ns\nsave\nq\n"));
    let day = clock::today();
    let path = fs::canonicalize(&folder).expect("a folder").join(format!("twinge-report-{day}.html"));
    assert!(out.contains(&format!("print it: {}\n", path.display())), "{out}");
    // The second time it only says where.
    assert_eq!(out.matches(&format!("saved already: {}\n", path.display())).count(), 2, "{out}");
    assert!(fs::read_to_string(path).expect("a report").starts_with("<!DOCTYPE html>"));
    assert_eq!(names(&folder).len(), 2, "{:?}", names(&folder));
}

#[test]
fn the_day_of_a_report_is_that_of_the_person() {
    // These time zones are 26 hours apart, so they never have the same day.
    let [western, eastern] = ["<-12>12", "<+14>-14"].map(|zone| {
        let folder = folder();
        let mut command = Command::new(env!("CARGO_BIN_EXE_twinge"));
        let output = run(command.args(["--plain", "-f", NETWORK]).env("TZ", zone), &folder, "3\nr\ns\nq\n");
        let names = names(&folder);
        assert_eq!(names.len(), 2, "{names:?}\n{}", printed(&output).0);
        names[0].clone()
    });
    assert!(western < eastern, "{western} and {eastern}");
}

fn network_report<T>(work: impl FnOnce(&Report<'_>) -> T) -> T {
    let questionnaire = parse(&fs::read(NETWORK).expect("a question file")).expect("valid");
    let answers = AnswersFile::read(ANSWERS.as_bytes(), &questionnaire).expect("answers").answers;
    let interview = Interview::resumed(&questionnaire, answers);
    let report = Report::new(&interview, jiff::civil::date(2026, 11, 23)).expect("it can be written");
    work(&report)
}

#[test]
fn a_saved_report_never_takes_the_name_of_anything() {
    network_report(|report| {
        let folder = folder();
        fs::write(folder.join("twinge-report-2026-11-23.json"), "mine").expect("a file");
        fs::create_dir(folder.join("twinge-report-2026-11-23-2.html")).expect("a folder");
        std::os::unix::fs::symlink("nowhere", folder.join("twinge-report-2026-11-23-3.html")).expect("a link");
        let saved = save_in(&folder, report).expect("it is saved");
        assert_eq!(saved, folder.join("twinge-report-2026-11-23-4.html"));
        assert_eq!(fs::read_to_string(folder.join("twinge-report-2026-11-23.json")).expect("a file"), "mine");
        assert_eq!(
            names(&folder),
            [
                "twinge-report-2026-11-23-2.html",
                "twinge-report-2026-11-23-3.html",
                "twinge-report-2026-11-23-4.html",
                "twinge-report-2026-11-23-4.json",
                "twinge-report-2026-11-23.json",
            ]
        );
        let json = fs::read_to_string(saved.with_extension("json")).expect("a file");
        assert_eq!(json, report.write(Format::Json).expect("it can be written"));
    });
}

#[test]
fn a_report_is_for_nobody_else_to_read() {
    network_report(|report| {
        let saved = save_in(&folder(), report).expect("it is saved");
        for path in [saved.with_extension("json"), saved] {
            assert_eq!(fs::metadata(path).expect("a file").permissions().mode() & 0o777, 0o600);
        }
    });
}

#[test]
fn what_cannot_be_saved_leaves_nothing_behind() {
    network_report(|report| {
        let folder = folder();
        let error = save_in(&folder.join("nowhere"), report).expect_err("there is no such folder");
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert_eq!(names(&folder), [""; 0]);
    });
}

#[test]
fn a_file_is_created_whole_or_not_at_all() {
    let folder = folder();
    let path = folder.join("a");
    atomic_write::create(&path, b"first").expect("there is none");
    assert_eq!(atomic_write::create(&path, b"second").expect_err("there is one").kind(), ErrorKind::AlreadyExists);
    assert_eq!(fs::read(&path).expect("a file"), b"first");
    atomic_write::replace(&path, b"third").expect("it is replaced");
    assert_eq!(fs::read(&path).expect("a file"), b"third");
    assert_eq!(names(&folder), ["a"]);
}
