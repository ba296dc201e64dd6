//! What is in the place of a draft and is none: links, pipes, folders and what belongs to somebody else are neither followed
//! nor written over.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::path::Path;
use std::process::Command;

use crate::scratch::{Session, draft, drafts_in, kept, mode, names, said, save, scratch};
use crate::trees::network;
use twinge::app::screens::resume::Keeping;
use twinge::interview::draft::Fingerprint;
use twinge::storage::autosave::Autosave;
use twinge::storage::draft_files::{DraftFile, FoundDraft};
use twinge::storage::io_error_in_words;

/// Nobody that the tests run as.
const STRANGER: u32 = 65_533;

fn folder_of(file: &DraftFile) -> &Path {
    file.path().parent().expect("a folder")
}

/// Makes a file or folder somebody else's; false where only root can do that.
fn give_away(path: &Path) -> bool {
    let is_given = chown(path, Some(STRANGER), None).is_ok();
    if !is_given {
        let _ = writeln!(std::io::stderr(), "SKIPPED: only root can give a file to somebody else");
    }
    is_given
}

/// Puts something in the place of a draft, and checks that it is set aside for this reason and that there is room then.
#[track_caller]
fn check(name: &str, put: impl FnOnce(&Path) -> bool, expected: &str) {
    let file = drafts_in(&scratch(name)).for_built_in();
    fs::create_dir_all(folder_of(&file)).expect("a folder");
    if !put(file.path()) {
        return;
    }
    let Ok(FoundDraft::SetAside { why, place }) = file.load() else { panic!("it is set aside") };
    assert_eq!(why, expected);
    assert!(place.symlink_metadata().is_ok(), "it is still there");
    save(&file, &draft(&network(), 1));
    assert!(matches!(file.load(), Ok(FoundDraft::Draft(_))));
}

#[test]
fn a_folder_in_the_place_of_a_draft_is_set_aside() {
    check("folder", |path| fs::create_dir_all(path.join("inside")).is_ok(), "it is no file");
}

#[test]
fn a_pipe_in_the_place_of_a_draft_is_set_aside_and_nobody_waits_for_it() {
    check(
        "pipe",
        |path| Command::new("mkfifo").arg(path).status().is_ok_and(|status| status.success()),
        "it is no file",
    );
}

#[test]
fn somebody_elses_file_in_the_place_of_a_draft_is_set_aside() {
    let put = |path: &Path| fs::write(path, "{}").is_ok() && give_away(path);
    check("stranger", put, "it belongs to somebody else");
}

#[test]
fn a_link_in_the_place_of_a_draft_is_set_aside_and_what_it_points_to_stays() {
    let file = drafts_in(&scratch("link")).for_built_in();
    let questionnaire = network();
    save(&file, &draft(&questionnaire, 2));
    let target = folder_of(&file).with_file_name("elsewhere.json");
    fs::rename(file.path(), &target).expect("it is moved");
    symlink(&target, file.path()).expect("a link");
    let before = fs::read(&target).expect("a draft");
    let mut session = Session::begin(&questionnaire, &file);
    assert!(said(&session.app).contains("it is a link to another file"), "{}", said(&session.app));
    session.press("\n3\n");
    assert_eq!(fs::read(&target).expect("a draft"), before);
    assert!(file.path().symlink_metadata().expect("a draft").is_file());
}

#[test]
fn a_link_or_a_pipe_in_the_place_of_the_lock_is_not_opened() {
    let state = scratch("lock");
    let file = drafts_in(&state).for_built_in();
    fs::create_dir_all(folder_of(&file)).expect("a folder");
    let lock = format!("{}.lock", file.path().display());
    symlink(state.join("target"), &lock).expect("a link");
    let opening = Autosave::new(file.clone(), Fingerprint::from_bytes(b"")).open(&network());
    assert_eq!(opening.keeping, Keeping::Failed(format!("a link is where a file should be ({})", file.folder())));
    assert!(!state.join("target").exists());
    fs::remove_file(&lock).expect("it is deleted");
    assert!(Command::new("mkfifo").arg(&lock).status().expect("mkfifo").success());
    let opening = Autosave::new(file.clone(), Fingerprint::from_bytes(b"")).open(&network());
    assert!(matches!(opening.keeping, Keeping::Failed(_)), "{:?}", opening.keeping);
}

#[test]
fn a_folder_that_others_can_open_is_closed_and_that_is_said() {
    let file = drafts_in(&scratch("open")).for_built_in();
    fs::create_dir_all(folder_of(&file)).expect("a folder");
    for open in [0o777, 0o755, 0o710] {
        fs::set_permissions(folder_of(&file), fs::Permissions::from_mode(open)).expect("it can be opened");
        let questionnaire = network();
        let mut session = Session::begin(&questionnaire, &file);
        assert!(
            session
                .autosave
                .open(&questionnaire)
                .summary()
                .ends_with("Until now, other people could open that folder.")
        );
        assert_eq!(mode(folder_of(&file)), 0o700);
        session.press("\n3\n");
        assert!(kept(&file).is_some());
        drop(session);
        fs::remove_file(file.path()).expect("it is deleted");
    }
    let mut again = Autosave::new(file.clone(), Fingerprint::from_bytes(b""));
    assert!(!again.open(&network()).was_open_to_others);
}

#[test]
fn nothing_is_kept_in_somebody_elses_folder_and_that_is_said() {
    let file = drafts_in(&scratch("strange")).for_built_in();
    fs::create_dir_all(folder_of(&file)).expect("a folder");
    if !give_away(folder_of(&file)) {
        return;
    }
    let questionnaire = network();
    let mut session = Session::begin(&questionnaire, &file);
    let words = "Your answers cannot be kept: the folder for them belongs to somebody else (";
    assert!(session.autosave.open(&questionnaire).summary().contains(words));
    session.press("\n3\n");
    assert_eq!(names(folder_of(&file)), [""; 0]);
}

#[test]
fn forgetting_says_what_it_leaves() {
    let state = scratch("left");
    let drafts = drafts_in(&state);
    let folder = drafts.path().to_owned();
    fs::create_dir_all(folder.join("builtin.json/inside")).expect("a folder");
    fs::write(state.join("mine"), "x").expect("a file");
    symlink(state.join("mine"), folder.join("a.0123abcd.json")).expect("a link");
    let forgotten = drafts.delete_all();
    assert_eq!(forgotten.deleted, [""; 0].map(std::path::PathBuf::from));
    let left: Vec<_> = forgotten.left.iter().map(|(path, error)| (path.clone(), io_error_in_words(error))).collect();
    let expected = [
        ("a.0123abcd.json", "it is a link to another file, which is left alone"),
        ("builtin.json", "a folder is where a file should be"),
    ];
    assert_eq!(left, expected.map(|(name, why)| (folder.join(name), why.to_owned())));
    assert_eq!(fs::read(state.join("mine")).expect("a file"), b"x");
}
