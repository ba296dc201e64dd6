//! Draft files and autosave: where the files are, who can read them, and that nothing is lost or overwritten silently.

#![cfg(unix)]

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::{fs, thread};

use crate::trees::{network, parsed};
use twinge::app::screens::resume::{Keeping, Opening};
use twinge::app::{App, Effect, Key, Size};
use twinge::interview::Interview;
use twinge::interview::draft::{Draft, Fingerprint, FingerprintedQuestionnaire};
use twinge::questionnaire::{Answer, Questionnaire};
use twinge::storage::autosave::Autosave;
use twinge::storage::draft_files::{DraftFile, DraftFolder, FoundDraft};
use twinge::storage::io_error_in_words;

/// An empty folder for one test.
fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("store").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a scratch folder");
    folder
}

fn drafts_in(state: &Path) -> DraftFolder {
    DraftFolder::find(|name| (name == "XDG_STATE_HOME").then(|| state.into())).expect("a folder")
}

/// A questionnaire whose drafts can be very short and very long.
fn long() -> Questionnaire {
    let questions: Vec<_> =
        (0..500).map(|at| format!("{{ id = \"question{at}\", ask = \"{at}?\", kind = \"one\" }}")).collect();
    let text = format!("format = 1\ntitle = \"T\"\nquestion = [{}]\n", questions.join(","));
    parsed(text)
}

/// A draft with answers to the first questions.
fn draft(questionnaire: &Questionnaire, answered: usize) -> Draft {
    let mut answers = Interview::new(questionnaire).answers().clone();
    for (question, _) in questionnaire.questions.iter().take(answered) {
        answers.set(question, Answer::NotSure);
    }
    let fingerprint = Fingerprint::from_bytes(b"");
    Draft::new(FingerprintedQuestionnaire { questionnaire, fingerprint: &fingerprint }, &answers, 7)
        .expect("it can be written")
}

fn json(draft: &Draft) -> Vec<u8> {
    draft.to_json().expect("JSON")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

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
        file.save(&draft).expect("it is saved");
        let Ok(FoundDraft::Draft(found)) = file.load() else { panic!("a draft") };
        assert_eq!(json(&found), json(&draft));
        assert_eq!((mode(file.path()), mode(&state.join("twinge"))), (0o600, 0o700));
        assert_eq!(names(&state.join("twinge")), ["builtin.json"]);
    }
    file.remove().expect("it is deleted");
    assert!(matches!(file.load(), Ok(FoundDraft::Nothing)));
    file.remove().expect("what is not there is no error");
}

#[test]
fn no_half_of_a_draft_is_ever_seen() {
    let file = drafts_in(&scratch("atomic")).for_built_in();
    let questionnaire = long();
    let drafts = [draft(&questionnaire, 1), draft(&questionnaire, 500)];
    let expected = drafts.each_ref().map(json);
    file.save(&drafts[0]).expect("it is saved");
    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for at in 0..2000 {
                file.save(&drafts[at % 2]).expect("it is saved");
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
    file.save(&draft(&questionnaire, 2)).expect("it is saved");
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
        file.save(&draft(&questionnaire, 1)).expect("there is room for a new one");
    }
    assert!(expected.iter().all(|place| place.exists()));
}

#[test]
fn a_folder_in_the_place_of_a_draft_is_set_aside() {
    let file = drafts_in(&scratch("folder")).for_built_in();
    fs::create_dir_all(file.path().join("inside")).expect("a folder");
    let Ok(FoundDraft::SetAside { why, place }) = file.load() else { panic!("it is set aside") };
    assert_eq!(why, "it is no file");
    assert!(place.join("inside").exists());
    file.save(&draft(&network(), 1)).expect("there is room for a draft");
    assert!(matches!(file.load(), Ok(FoundDraft::Draft(_))));
}

#[test]
fn a_draft_that_cannot_be_written_leaves_the_one_before() {
    let state = scratch("unwritable");
    let file = drafts_in(&state).for_built_in();
    let questionnaire = network();
    file.save(&draft(&questionnaire, 1)).expect("it is saved");
    let before = fs::read(file.path()).expect("a draft");
    // A folder that nobody may write into, except for root, who may be running the tests.
    fs::set_permissions(state.join("twinge"), fs::Permissions::from_mode(0o500)).expect("it can be protected");
    let is_protected = fs::write(state.join("twinge/probe"), "").is_err();
    let saved = file.save(&draft(&questionnaire, 2));
    fs::set_permissions(state.join("twinge"), fs::Permissions::from_mode(0o700)).expect("it can be opened");
    if is_protected {
        assert_eq!(saved.map_err(|error| io_error_in_words(&error)), Err("this is not allowed there".into()));
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
        file.save(&draft(&questionnaire, 1)).expect("it is saved");
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
    file.remove().expect("it is deleted");
    assert!(!ours.exists());
}

#[test]
fn an_unfinished_draft_of_the_same_process_number_is_in_nobodys_way() {
    let file = drafts_in(&scratch("same-number")).for_built_in();
    let questionnaire = network();
    file.save(&draft(&questionnaire, 1)).expect("it is saved");
    let left = format!("{}.{}.new", file.path().display(), std::process::id());
    fs::write(&left, "a half").expect("a half");
    file.save(&draft(&questionnaire, 2)).expect("it is saved");
    assert!(!Path::new(&left).exists());
}

#[test]
fn forgetting_deletes_what_is_ours_and_only_that() {
    let state = scratch("forget");
    let drafts = drafts_in(&state);
    let nothing = drafts.delete_all();
    assert!(nothing.deleted.is_empty() && nothing.left.is_empty());
    let folder = drafts.path().to_owned();
    drafts.for_built_in().save(&draft(&network(), 1)).expect("it is saved");
    for name in ["a.0123abcd.json", "a.json.bad", "a.json.bad-2", "builtin.json.99.new", "notes.txt", "my.json.txt"] {
        fs::write(folder.join(name), "x").expect("a file");
    }
    fs::create_dir(folder.join("folder.json")).expect("a folder");
    let forgotten = drafts.delete_all();
    let expected = ["a.0123abcd.json", "a.json.bad", "a.json.bad-2", "builtin.json", "builtin.json.99.new"];
    assert_eq!(forgotten.deleted, expected.map(|name| folder.join(name)));
    assert!(forgotten.left.is_empty());
    assert_eq!(names(&folder), ["folder.json", "my.json.txt", "notes.txt"]);
    fs::remove_dir_all(&folder).expect("it can be deleted");
    drafts.for_built_in().save(&draft(&network(), 1)).expect("it is saved");
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

/// An app and its autosave, driven by keys.
struct Session<'q> {
    app: App<'q>,
    autosave: Autosave,
}

impl<'q> Session<'q> {
    fn begin(questionnaire: &'q Questionnaire, file: &DraftFile) -> Session<'q> {
        let mut autosave = Autosave::new(file.clone(), Fingerprint::from_bytes(b"one"));
        let opening = autosave.open(questionnaire);
        Session { app: App::open(questionnaire, Size { columns: 80, rows: 24 }, opening), autosave }
    }

    fn press(&mut self, keys: &str) {
        for c in keys.chars() {
            let key = match c {
                '\n' => Key::Enter,
                '↓' => Key::Down,
                '←' => Key::Left,
                '⇲' => Key::End,
                c => Key::Char(c),
            };
            if let Some(effect) = self.app.press(key) {
                self.autosave.after_update(effect, &mut self.app).expect("it is kept");
            }
        }
    }
}

fn kept(file: &DraftFile) -> Option<Vec<u8>> {
    fs::read(file.path()).ok()
}

#[test]
fn every_answer_is_kept_as_soon_as_it_is_given_and_nothing_before() {
    let file = drafts_in(&scratch("autosave")).for_built_in();
    let questionnaire = network();
    let mut session = Session::begin(&questionnaire, &file);
    session.press("\n3");
    assert_eq!(kept(&file), None);
    session.press("\n");
    let first = kept(&file).expect("a draft");
    session.press("1\n");
    assert_ne!(kept(&file).expect("a draft"), first);
    let mut next = Session::begin(&questionnaire, &file);
    next.press("\n");
    assert_eq!(next.app.interview().answers(), session.app.interview().answers());
}

#[test]
fn going_on_writes_nothing_until_there_is_something_new() {
    let file = drafts_in(&scratch("go-on")).for_built_in();
    let questionnaire = network();
    file.save(&draft(&questionnaire, 2)).expect("it is saved");
    let before = kept(&file);
    let mut session = Session::begin(&questionnaire, &file);
    session.press("\n←←");
    assert_eq!(kept(&file), before);
    session.press("1\n");
    assert_ne!(kept(&file), before);
}

#[test]
fn starting_afresh_replaces_the_draft_with_the_first_answer_and_not_before() {
    let file = drafts_in(&scratch("afresh")).for_built_in();
    let questionnaire = network();
    file.save(&draft(&questionnaire, 3)).expect("it is saved");
    let before = kept(&file);
    let mut session = Session::begin(&questionnaire, &file);
    session.press("↓\n\n3");
    assert_eq!(kept(&file), before);
    session.press("\n");
    let Ok(FoundDraft::Draft(draft)) = file.load() else { panic!("a draft") };
    assert_ne!(Some(json(&draft)), before);
    let next = Session::begin(&questionnaire, &file);
    assert_eq!(next.app.rows().iter().filter(|row| row.contains("You have 1 answer from")).count(), 1);
}

#[test]
fn starting_over_deletes_the_draft_also_when_nothing_was_answered_since() {
    let questionnaire = network();
    for way in ["\nm⇲\n↓\n", "↓\n\nm⇲\n↓\n"] {
        let file = drafts_in(&scratch("start-over")).for_built_in();
        file.save(&draft(&questionnaire, 2)).expect("it is saved");
        let mut session = Session::begin(&questionnaire, &file);
        session.press(way);
        assert_eq!(kept(&file), None, "{way:?}");
        session.press("\n\n\n");
        assert!(kept(&file).is_some(), "what is answered then is kept again");
    }
}

#[test]
fn quitting_keeps_the_draft_unless_everything_is_answered_and_seen() {
    let questionnaire = network();
    let all = "\n3\n1\n3\n1 3 \n1\n";
    for (keys, is_kept) in [
        ("\n\n\n1\nq↓\n", true),
        ("\n\n\n1\nqq", true),
        ("\n\n\n1\nrq↓\n", true),
        (&format!("{all}m\nq↓\n"), true),
        (&format!("{all}q↓\n"), false),
        (&format!("{all}m?q↓\n"), false),
    ] {
        let file = drafts_in(&scratch("quit")).for_built_in();
        let mut session = Session::begin(&questionnaire, &file);
        session.press(keys);
        assert_eq!(kept(&file).is_some(), is_kept, "{keys:?}");
        assert_eq!(names(file.path().parent().expect("a folder")).len(), usize::from(is_kept), "{keys:?}");
    }
}

#[test]
fn an_answer_that_is_taken_back_is_taken_back_on_disk() {
    let file = drafts_in(&scratch("back")).for_built_in();
    let questionnaire = network();
    let mut session = Session::begin(&questionnaire, &file);
    session.press("\n3\n←3←");
    assert!(session.app.interview().answers().is_empty());
    let Ok(FoundDraft::Draft(draft)) = file.load() else { panic!("a draft") };
    assert!(String::from_utf8(json(&draft)).expect("text").contains("\"answers\":{}"));
}

#[test]
fn a_file_where_the_folder_should_be_is_told_at_once_and_left_alone() {
    let state = scratch("no-folder").join("state");
    fs::write(&state, "mine").expect("a file");
    let questionnaire = network();
    let mut autosave = Autosave::new(drafts_in(&state).for_built_in(), Fingerprint::from_bytes(b""));
    let Opening { keeping, .. } = autosave.open(&questionnaire);
    assert_eq!(keeping, Keeping::Failed("a file is where a folder should be".into()));
    let mut session = Session { app: App::new(&questionnaire, Size { columns: 80, rows: 24 }), autosave };
    session.press("\n\n\n1\n2");
    assert_eq!(fs::read(&state).expect("a file"), b"mine");
}

#[test]
fn the_interview_goes_on_when_answers_cannot_be_kept_any_more() {
    let state = scratch("fails");
    let file = drafts_in(&state).for_built_in();
    let questionnaire = network();
    let mut session = Session::begin(&questionnaire, &file);
    session.press("\n\n\n");
    fs::remove_dir_all(&state).expect("it is deleted");
    fs::write(&state, "in the way").expect("a file");
    session.press("1\n");
    let said = |app: &App<'_>| {
        let lines = app.rows().join(" ");
        lines.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(said(&session.app).contains("Your answers cannot be kept: a file is where"), "{}", said(&session.app));
    session.press("3\n");
    assert!(!said(&session.app).contains("cannot be kept"), "{}", said(&session.app));
    assert_eq!(session.app.interview().progress().answered, 3);
    fs::remove_file(&state).expect("it is deleted");
    session.press("1 \n");
    assert!(said(&session.app).contains("Your answers are kept again."), "{}", said(&session.app));
    assert!(kept(&file).is_some());
}

#[test]
fn a_folder_that_is_deleted_meanwhile_is_made_again() {
    let state = scratch("deleted");
    let file = drafts_in(&state).for_built_in();
    let questionnaire = network();
    let mut session = Session::begin(&questionnaire, &file);
    session.press("\n\n\n");
    assert_eq!(drafts_in(&state).delete_all().deleted.len(), 1);
    session.press("1\n");
    assert!(matches!(file.load(), Ok(FoundDraft::Draft(_))));
}

#[test]
fn autosave_that_is_off_writes_nothing() {
    let questionnaire = network();
    for why in [Keeping::Nothing, Keeping::Nowhere] {
        let mut autosave = Autosave::off(why.clone());
        assert_eq!(autosave.open(&questionnaire), Opening { keeping: why, ..Opening::default() });
        let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
        for effect in [Effect::Draw, Effect::Forget, Effect::Quit] {
            autosave.after_update(effect, &mut app).expect("nothing can go wrong");
        }
    }
}
