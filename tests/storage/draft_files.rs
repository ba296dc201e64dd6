//! Draft files: where they are, who can read them, and that nothing is lost or overwritten silently.

#![cfg(unix)]

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::{fs, thread};

use crate::scratch::{draft, drafts_in, json, lock, long, mode, names, save, scratch};
use crate::trees::network;
use twinge::storage::draft_files::{DraftFile, DraftFolder, FoundDraft};
use twinge::storage::draft_lock::Unsaved;
use twinge::storage::io_error_in_words;

#[test]
fn the_folder_is_the_one_that_the_environment_names() {
    let found = |variables: &[(&str, &str)]| {
        let variables: HashMap<_, _> = variables.iter().copied().collect();
        DraftFolder::find(|name| variables.get(name).map(OsString::from)).map(|drafts| drafts.path().to_owned())
    };
    let at_home = Some(PathBuf::from("/home/anna/.local/state/twinge"));
    let home = ("HOME", "/home/anna");
    assert_eq!(found(&[home, ("XDG_STATE_HOME", "/var/state")]), Some("/var/state/twinge".into()));
    assert_eq!(found(&[("XDG_STATE_HOME", "/var/state")]), Some("/var/state/twinge".into()));
    assert_eq!(found(&[home]), at_home);
    for ignored in ["", "state", "./state", "~/state"] {
        assert_eq!(found(&[home, ("XDG_STATE_HOME", ignored)]), at_home, "{ignored:?}");
        assert_eq!(found(&[("XDG_STATE_HOME", ignored)]), None, "{ignored:?}");
    }
    assert_eq!(found(&[]), None);
    assert_eq!(found(&[("HOME", "")]), None);
    assert_eq!(found(&[("HOME", "anna")]), None);
}

#[test]
fn the_folder_is_shown_with_a_tilde_for_the_home_folder() {
    let called = |state: &str| {
        let variables = HashMap::from([("HOME", "/home/anna"), ("XDG_STATE_HOME", state)]);
        let drafts = DraftFolder::find(|name| variables.get(name).map(OsString::from)).expect("a folder");
        drafts.for_built_in().folder().to_owned()
    };
    assert_eq!(called(""), "~/.local/state/twinge");
    assert_eq!(called("/home/anna/state"), "~/state/twinge");
    assert_eq!(called("/var/state"), "/var/state/twinge");
    assert_eq!(called("/home/annabel/s\u{1b}[2J\n"), "/home/annabel/s\u{fffd}[2J /twinge");
}

#[test]
fn each_question_file_has_a_draft_of_its_own_with_a_readable_name() {
    let folder = scratch("names");
    let drafts = drafts_in(&folder);
    for name in ["My Questions é.toml", "a.toml", "b/a.toml", "..toml"] {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, "").expect("a file");
    }
    let name =
        |path: &Path| drafts.for_question_file(path).path().file_name().expect("a name").to_string_lossy().into_owned();
    let long = name(&folder.join("My Questions é.toml"));
    let (stem, hash) = long.strip_suffix(".json").and_then(|name| name.split_once('.')).expect("two parts");
    assert_eq!((stem, hash.len()), ("my_questions", 8));
    assert_ne!(name(&folder.join("a.toml")), name(&folder.join("b/a.toml")));
    let built_in = drafts.for_built_in();
    let built_in = built_in.path().file_name().expect("a name").to_string_lossy();
    assert_ne!(name(&folder.join("a.toml")), built_in);
    // Other paths to the same file.
    symlink(folder.join("a.toml"), folder.join("other.toml")).expect("a link");
    assert_eq!(name(&folder.join("other.toml")), name(&folder.join("b/../a.toml")));
}

#[test]
fn a_draft_that_was_saved_is_found_and_nobody_else_can_read_it() {
    let state = scratch("mode").join("deep/state");
    let file = drafts_in(&state).for_built_in();
    let questionnaire = network();
    assert!(matches!(file.load(), Ok(FoundDraft::Nothing)));
    assert!(!state.exists(), "looking for a draft writes nothing");
    for answered in [1, 3] {
        let draft = draft(&questionnaire, answered);
        save(&file, &draft);
        let Ok(FoundDraft::Draft(found)) = file.load() else { panic!("a draft") };
        assert_eq!(json(&found), json(&draft));
        assert_eq!((mode(file.path()), mode(&state.join("twinge"))), (0o600, 0o700));
        assert_eq!(names(&state.join("twinge")), ["builtin.json"]);
    }
    lock(&file).remove().expect("it is deleted");
    assert!(matches!(file.load(), Ok(FoundDraft::Nothing)));
    lock(&file).remove().expect("what is not there is no error");
}

#[test]
fn no_half_of_a_draft_is_ever_seen() {
    let file = drafts_in(&scratch("atomic")).for_built_in();
    let questionnaire = long();
    let drafts = [draft(&questionnaire, 1), draft(&questionnaire, 500)];
    let expected = drafts.each_ref().map(json);
    save(&file, &drafts[0]);
    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let lock = lock(&file);
            for at in 0..2000 {
                lock.save(&drafts[at % 2]).expect("it is saved");
            }
            is_done.store(true, Ordering::SeqCst);
        });
        let mut reads = 0;
        while !is_done.load(Ordering::SeqCst) {
            let bytes = fs::read(file.path()).expect("there is always a draft");
            assert!(expected.contains(&bytes), "{} bytes of a draft", bytes.len());
            reads += 1;
        }
        assert!(reads > 10, "{reads}");
    });
}

#[test]
fn what_is_no_draft_is_set_aside_and_never_written_over() {
    let state = scratch("bad");
    let file = drafts_in(&state).for_built_in();
    let questionnaire = network();
    save(&file, &draft(&questionnaire, 2));
    let whole = fs::read(file.path()).expect("a draft");
    let cut = whole.get(..whole.len() / 2).expect("a half");
    let mut expected = Vec::new();
    for (at, (bytes, words)) in [
        (cut, "the file is damaged"),
        (b"", "the file is damaged"),
        (b"{\"format\": 2}", "a newer twinge wrote it"),
        (b"{\"hello\": 1}", "twinge did not write it"),
    ]
    .into_iter()
    .enumerate()
    {
        fs::write(file.path(), bytes).expect("something else");
        let Ok(FoundDraft::SetAside { why, place }) = file.load() else { panic!("it is set aside") };
        assert_eq!(why, words);
        assert_eq!(fs::read(&place).expect("it is still there"), bytes);
        expected.push(place);
        let ending = if at == 0 { ".json.bad".into() } else { format!(".json.bad-{}", at + 1) };
        assert!(expected[at].to_string_lossy().ends_with(&ending), "{expected:?}");
        assert!(matches!(file.load(), Ok(FoundDraft::Nothing)));
        save(&file, &draft(&questionnaire, 1));
    }
    assert!(expected.iter().all(|place| place.exists()));
}

#[test]
fn a_draft_that_cannot_be_written_leaves_the_one_before() {
    let state = scratch("unwritable");
    let file = drafts_in(&state).for_built_in();
    let questionnaire = network();
    save(&file, &draft(&questionnaire, 1));
    let before = fs::read(file.path()).expect("a draft");
    let lock = lock(&file);
    // A folder that nobody may write into, except for root, who may be running the tests.
    fs::set_permissions(state.join("twinge"), fs::Permissions::from_mode(0o500)).expect("it can be protected");
    let is_protected = fs::write(state.join("twinge/probe"), "").is_err();
    let saved = lock.save(&draft(&questionnaire, 2));
    fs::set_permissions(state.join("twinge"), fs::Permissions::from_mode(0o700)).expect("it can be opened");
    if is_protected {
        let Err(Unsaved::Failed(error)) = saved else { panic!("it cannot be saved") };
        assert_eq!(io_error_in_words(&error), "this is not allowed there");
        assert_eq!(fs::read(file.path()).expect("a draft"), before);
    }
}

#[test]
fn what_a_killed_twinge_left_unfinished_is_deleted() {
    let state = scratch("unfinished");
    let drafts = drafts_in(&state);
    let (file, other) = (drafts.for_built_in(), drafts.for_question_file(Path::new("/tmp/other.toml")));
    let questionnaire = network();
    for file in [&file, &other] {
        save(file, &draft(&questionnaire, 1));
    }
    let left = |file: &DraftFile| {
        let path = format!("{}.4242.new", file.path().display());
        fs::write(&path, "{\"format\":1,").expect("a half");
        PathBuf::from(path)
    };
    let (ours, theirs) = (left(&file), left(&other));
    assert!(matches!(file.load(), Ok(FoundDraft::Draft(_))));
    assert!(!ours.exists() && theirs.exists());
    left(&file);
    lock(&file).remove().expect("it is deleted");
    assert!(!ours.exists());
}

#[test]
fn an_unfinished_draft_of_the_same_process_number_is_in_nobodys_way() {
    let file = drafts_in(&scratch("same-number")).for_built_in();
    let questionnaire = network();
    save(&file, &draft(&questionnaire, 1));
    let left = format!("{}.{}.new", file.path().display(), std::process::id());
    fs::write(&left, "a half").expect("a half");
    save(&file, &draft(&questionnaire, 2));
    assert!(!Path::new(&left).exists());
}

#[test]
fn forgetting_deletes_what_is_ours_and_only_that() {
    let state = scratch("forget");
    let drafts = drafts_in(&state);
    let nothing = drafts.delete_all();
    assert!(nothing.deleted.is_empty() && nothing.left.is_empty());
    let folder = drafts.path().to_owned();
    save(&drafts.for_built_in(), &draft(&network(), 1));
    for name in ["a.0123abcd.json", "a.json.bad", "a.json.bad-2", "builtin.json.99.new", "notes.txt", "my.json.txt"] {
        fs::write(folder.join(name), "x").expect("a file");
    }
    let forgotten = drafts.delete_all();
    let expected = ["a.0123abcd.json", "a.json.bad", "a.json.bad-2", "builtin.json", "builtin.json.99.new"];
    assert_eq!(forgotten.deleted, expected.map(|name| folder.join(name)));
    assert!(forgotten.left.is_empty());
    assert_eq!(names(&folder), ["my.json.txt", "notes.txt"]);
    fs::remove_dir_all(&folder).expect("it can be deleted");
    save(&drafts.for_built_in(), &draft(&network(), 1));
    assert_eq!(drafts.delete_all().deleted.len(), 1);
    assert!(!folder.exists(), "an empty folder goes too");
}

#[test]
fn what_goes_wrong_is_told_in_plain_words() {
    let words = |kind: ErrorKind| io_error_in_words(&kind.into());
    assert_eq!(words(ErrorKind::StorageFull), "the disk is full");
    assert_eq!(words(ErrorKind::ReadOnlyFilesystem), "the disk can only be read");
    assert_eq!(words(ErrorKind::PermissionDenied), "this is not allowed there");
    assert_eq!(words(ErrorKind::NotADirectory), "a file is where a folder should be");
}
