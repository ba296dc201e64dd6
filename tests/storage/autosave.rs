//! Autosave: every answer is on disk as soon as it is given, and nothing is lost or overwritten silently.

use std::fs;

use crate::rows::rows;
use crate::scratch::{Session, draft, drafts_in, json, kept, names, said, save, scratch};
use crate::trees::network;
use twinge::app::screens::resume::{Keeping, Opening};
use twinge::app::{App, Effect, Size};
use twinge::interview::draft::Fingerprint;
use twinge::storage::autosave::Autosave;
use twinge::storage::draft_files::FoundDraft;

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
    let given = session.app.interview().answers().clone();
    drop(session);
    let mut next = Session::begin(&questionnaire, &file);
    next.press("\n");
    assert_eq!(*next.app.interview().answers(), given);
}

#[test]
fn what_the_first_screen_says_is_known_before_anything_is_made_unless_there_may_be_something() {
    let state = scratch("likely");
    let file = drafts_in(&state).for_built_in();
    let questionnaire = network();
    let look = || Autosave::new(file.clone(), Fingerprint::from_bytes(b"")).likely_opening();
    let likely = look().expect("nothing has been kept").summary();
    assert_eq!(names(&state), [""; 0], "a look makes nothing");
    let mut session = Session::begin(&questionnaire, &file);
    assert!(said(&session.app).contains(&likely), "{likely}");
    assert!(look().is_none(), "another window is open");
    session.press("\n3\n");
    drop(session);
    assert!(look().is_none(), "there is an earlier interview");
}

#[test]
fn going_on_writes_nothing_until_there_is_something_new() {
    let file = drafts_in(&scratch("go-on")).for_built_in();
    let questionnaire = network();
    save(&file, &draft(&questionnaire, 2));
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
    save(&file, &draft(&questionnaire, 3));
    let before = kept(&file);
    let mut session = Session::begin(&questionnaire, &file);
    session.press("↓\n\n3");
    assert_eq!(kept(&file), before);
    session.press("\n");
    let Ok(FoundDraft::Draft(draft)) = file.load() else { panic!("a draft") };
    assert_ne!(Some(json(&draft)), before);
    drop(session);
    let next = Session::begin(&questionnaire, &file);
    assert_eq!(rows(&next.app).iter().filter(|row| row.contains("You have 1 answer from")).count(), 1);
}

#[test]
fn starting_over_deletes_the_draft_also_when_nothing_was_answered_since() {
    let questionnaire = network();
    for way in ["\nm⇲\n↓\n", "↓\n\nm⇲\n↓\n"] {
        let file = drafts_in(&scratch("start-over")).for_built_in();
        save(&file, &draft(&questionnaire, 2));
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
        drop(session);
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
    let folder = drafts_in(&state).for_built_in().folder().to_owned();
    assert_eq!(keeping, Keeping::Failed(format!("a file is where a folder should be ({folder})")));
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
    let away = state.with_extension("away");
    let _ = fs::remove_dir_all(&away);
    fs::rename(&state, &away).expect("it is moved");
    fs::write(&state, "in the way").expect("a file");
    session.press("1\n");
    assert!(said(&session.app).contains("Your answers cannot be kept: a file is where"), "{}", said(&session.app));
    session.press("3\n");
    assert!(!said(&session.app).contains("cannot be kept"), "{}", said(&session.app));
    assert_eq!(session.app.interview().progress().answered, 3);
    fs::remove_file(&state).expect("it is deleted");
    fs::rename(&away, &state).expect("it is moved back");
    session.press("1 \n");
    assert!(said(&session.app).contains("Your answers are kept again."), "{}", said(&session.app));
    assert!(kept(&file).is_some());
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
