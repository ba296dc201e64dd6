//! Two windows on the same questions: one of them keeps the answers, and no answer that was kept is ever gone.

use std::fs;

use crate::scratch::{Session, draft, drafts_in, kept, names, said, save, scratch};
use crate::trees::network;
use twinge::app::screens::resume::Keeping;
use twinge::storage::draft_files::{DraftFile, FoundDraft};

const HERE: &str = "These questions are open in another window";

/// How many answers the draft has.
fn answers(file: &DraftFile) -> usize {
    let draft = file.peek().map(|draft| String::from_utf8(draft.to_json().expect("JSON")).expect("text"));
    let answers =
        draft.and_then(|json| json.split_once("\"answers\":{")?.1.split_once('}').map(|(given, _)| given.to_owned()));
    answers.filter(|given| !given.is_empty()).map_or(0, |given| given.matches("\":").count())
}

#[test]
fn the_second_window_says_that_there_is_a_first_and_only_looks() {
    let file = drafts_in(&scratch("look")).for_built_in();
    let questionnaire = network();
    let mut first = Session::begin(&questionnaire, &file);
    first.press("\n3\n1\n3\n");
    let before = kept(&file);
    let mut second = Session::begin(&questionnaire, &file);
    assert!(said(&second.app).contains(HERE), "{}", said(&second.app));
    assert!(said(&second.app).contains("You have 3 answers"), "{}", said(&second.app));
    second.press("\n");
    assert_eq!(second.app.interview().answers(), first.app.interview().answers());
    second.press("1 3 \nm⇲\n↓\n");
    assert_eq!(kept(&file), before, "neither an answer nor starting over changes what the first window keeps");
    first.press("1 \n");
    assert_eq!(answers(&file), 4);
}

#[test]
fn what_one_window_keeps_is_never_gone_because_of_another() {
    let file = drafts_in(&scratch("both")).for_built_in();
    let questionnaire = network();
    let mut first = Session::begin(&questionnaire, &file);
    first.press("\n3\n1\n3\n1 \n");
    assert_eq!(answers(&file), 4);
    for keys in ["\n", "\n1\n", "q", "\n1\nqq"] {
        Session::begin(&questionnaire, &file).press(keys);
        assert_eq!(answers(&file), 4, "{keys:?}");
    }
}

#[test]
fn a_window_that_takes_over_goes_on_and_the_first_one_says_that_it_stops() {
    let file = drafts_in(&scratch("take-over")).for_built_in();
    let questionnaire = network();
    let mut first = Session::begin(&questionnaire, &file);
    first.press("\n3\n1\n");
    let mut second = Session::begin(&questionnaire, &file);
    second.press("↓\n");
    assert!(said(&second.app).contains("You have 2 answers from a moment ago."), "{}", said(&second.app));
    second.press("\n3\n");
    assert_eq!(answers(&file), 3);
    let after = kept(&file);
    first.press("2\n");
    assert!(said(&first.app).contains("Another window has taken over."), "{}", said(&first.app));
    first.press("1 \nm⇲\n↓\n\n1\n");
    assert_eq!(kept(&file), after);
    first.press("q");
    drop(first);
    assert_eq!(names(file.path().parent().expect("a folder")), ["builtin.json", "builtin.json.lock"]);
    second.press("1 \n");
    assert_eq!(answers(&file), 4);
}

#[test]
fn a_window_that_ended_in_any_way_is_in_nobodys_way() {
    let file = drafts_in(&scratch("ended")).for_built_in();
    let questionnaire = network();
    save(&file, &draft(&questionnaire, 2));
    // What a killed twinge leaves behind.
    fs::write(format!("{}.lock", file.path().display()), "").expect("a lock file");
    let mut session = Session::begin(&questionnaire, &file);
    assert!(said(&session.app).contains("You have 2 answers"), "{}", said(&session.app));
    session.press("q");
    drop(session);
    assert_eq!(names(file.path().parent().expect("a folder")), ["builtin.json"]);
}

#[test]
fn a_window_in_which_nothing_was_answered_leaves_nothing() {
    let state = scratch("nothing");
    let file = drafts_in(&state).for_built_in();
    Session::begin(&network(), &file).press("\n");
    assert_eq!(names(&state), [""; 0]);
}

#[test]
fn what_is_forgotten_while_an_interview_runs_does_not_come_back() {
    let state = scratch("forgotten");
    let file = drafts_in(&state).for_built_in();
    let questionnaire = network();
    let mut session = Session::begin(&questionnaire, &file);
    session.press("\n\n\n");
    let forgotten = drafts_in(&state).delete_all();
    assert_eq!((forgotten.deleted.len(), forgotten.is_one_open), (1, true));
    session.press("1\n");
    assert!(said(&session.app).contains("Your answers were deleted, as by `twinge forget`."), "{}", said(&session.app));
    session.press("3\n");
    assert!(matches!(file.load(), Ok(FoundDraft::Nothing)));
    assert_eq!(names(&state), [""; 0]);
    assert!(!drafts_in(&state).delete_all().is_one_open);
}

#[test]
fn a_window_that_cannot_take_over_keeps_nothing_and_says_so() {
    let file = drafts_in(&scratch("cannot")).for_built_in();
    let questionnaire = network();
    let _first = Session::begin(&questionnaire, &file);
    let mut second = Session::begin(&questionnaire, &file);
    fs::remove_file(format!("{}.lock", file.path().display())).expect("it is deleted");
    fs::create_dir(format!("{}.lock", file.path().display())).expect("a folder");
    second.press("↓\n");
    assert!(said(&second.app).contains("Your answers cannot be kept: a folder is where a file should be ("));
    let mut third = Session::begin(&questionnaire, &file);
    assert_eq!(
        third.autosave.open(&questionnaire).keeping,
        Keeping::Failed(format!("a folder is where a file should be ({})", file.folder()))
    );
    third.press("\n3\n");
    assert_eq!(kept(&file), None);
}
