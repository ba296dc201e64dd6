//! What is said about answers that are kept, at the first screen and the last, and what going on with them does.

use crate::trees::network;
use proptest::prelude::*;
use twinge::app::screens::resume::{Earlier, Keeping, Opening, SetAside};
use twinge::app::{App, Effect, Key, Line, Size};
use twinge::engine::answers::Answers;
use twinge::interview::draft::{CarriedOver, Lost};
use twinge::questionnaire::{Answer, Questionnaire, Written};

const NOW: u64 = 1_800_000_000;
const HOUR: u64 = 3600;
const FOLDER: &str = "~/.local/state/twinge";

fn kept() -> Opening {
    Opening { keeping: Keeping::In(FOLDER.into()), ..Opening::default() }
}

/// An opening that offers these answers, of so many seconds ago.
fn offering(questionnaire: &Questionnaire, answers: &[(&str, Written)], seconds: u64) -> Opening {
    let mut given = Answers::new();
    for (id, written) in answers {
        let question = questionnaire.question(id).expect("a question");
        given.set(question, Answer::read(&questionnaire.questions[question], written).expect("an answer"));
    }
    let carried = CarriedOver { answers: given, lost: Vec::new() };
    let earlier = Earlier { carried, has_changed: false, saved: NOW - seconds, now: NOW };
    Opening { earlier: Some(earlier), ..kept() }
}

fn list(texts: &[&str]) -> Written {
    Written::List(texts.iter().map(|text| (*text).to_owned()).collect())
}

fn two_answers() -> [(&'static str, Written); 2] {
    [("smell", list(&[])), ("scope", Written::Text("all".into()))]
}

/// The same, after the questions have changed.
fn changed(questionnaire: &Questionnaire) -> Opening {
    let mut opening = offering(questionnaire, &two_answers(), 30 * HOUR);
    if let Some(earlier) = &mut opening.earlier {
        let question = |id| questionnaire.question(id).expect("a question");
        earlier.has_changed = true;
        earlier.carried.lost = vec![
            Lost::NoQuestion("cable".into()),
            Lost::NoAnswer(question("days")),
            Lost::MoreOptions(question("devices")),
        ];
    }
    opening
}

fn shown(app: &App<'_>) -> String {
    app.sheet().lines.iter().map(Line::text).map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The screen as one line of words, wherever they are wrapped.
fn words(app: &App<'_>) -> String {
    shown(app).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn press(app: &mut App<'_>, keys: &[Key]) {
    for key in keys {
        app.press(*key);
    }
}

#[track_caller]
fn check(name: &str, opening: &Opening, keys: &[Key]) {
    let questionnaire = network();
    for (columns, rows) in [(100, 30), (80, 24), (40, 12)] {
        let mut app = App::open(&questionnaire, Size { columns, rows }, opening.clone());
        press(&mut app, keys);
        insta::assert_snapshot!(format!("{name}@{columns}x{rows}"), shown(&app));
    }
}

const ROOMY: Size = Size { columns: 100, rows: 40 };

#[test]
fn the_welcome_says_that_answers_are_kept_and_where() {
    check("kept", &kept(), &[]);
}

#[test]
fn the_welcome_says_that_nothing_is_kept_and_why() {
    let questionnaire = network();
    for (keeping, said) in [
        (Keeping::Nothing, "Nothing is kept: when you quit, your answers are gone."),
        (
            Keeping::Nowhere,
            "Nothing is kept, because you have no home folder here: when you quit, your answers are gone.",
        ),
        (
            Keeping::Failed("the disk can only be read".into()),
            "Your answers cannot be kept: the disk can only be read. You can go on, but they may be gone when you quit.",
        ),
    ] {
        let app = App::open(&questionnaire, ROOMY, Opening { keeping, ..Opening::default() });
        assert!(words(&app).contains(said), "{}", shown(&app));
    }
}

#[test]
fn the_welcome_says_what_could_not_be_read_and_where_it_is_now() {
    let set_aside = SetAside {
        why: "a newer twinge wrote it".into(),
        place: "/home/anna/.local/state/twinge/builtin.json.bad".into(),
    };
    let questionnaire = network();
    let app = App::open(&questionnaire, ROOMY, Opening { set_aside: Some(set_aside), ..kept() });
    let said =
        "cannot be read: a newer twinge wrote it. That file is now /home/anna/.local/state/twinge/builtin.json.bad.";
    assert!(words(&app).contains(said), "{}", shown(&app));
}

#[test]
fn earlier_answers_are_offered_with_their_number_and_age() {
    check("offer", &offering(&network(), &two_answers(), 2 * HOUR), &[]);
}

#[test]
fn when_the_questions_have_changed_the_offer_says_what_does_not_fit() {
    check("offer-changed", &changed(&network()), &[]);
}

#[test]
fn when_no_answer_fits_any_more_the_welcome_says_so() {
    let questionnaire = network();
    let mut opening = offering(&questionnaire, &[], 3 * 24 * HOUR);
    if let Some(earlier) = &mut opening.earlier {
        earlier.carried.lost = vec![Lost::NoQuestion("cable".into())];
    }
    let app = App::open(&questionnaire, ROOMY, opening);
    assert!(
        words(&app).contains("You have answers from 3 days ago, but the questions have changed"),
        "{}",
        shown(&app)
    );
    assert!(words(&app).contains("Press Enter to begin"), "{}", shown(&app));
}

#[test]
fn answers_of_another_day_come_with_a_word_of_caution() {
    let questionnaire = network();
    for (hours, is_old) in [(2, false), (23, false), (24, true), (500, true)] {
        let app = App::open(&questionnaire, ROOMY, offering(&questionnaire, &two_answers(), hours * HOUR));
        assert_eq!(words(&app).contains("If things are different now, start afresh."), is_old, "{hours}");
    }
}

#[test]
fn going_on_leads_to_the_first_question_without_an_answer() {
    let questionnaire = network();
    let mut app = App::open(&questionnaire, ROOMY, offering(&questionnaire, &two_answers(), 60));
    assert!(app.interview().answers().is_empty(), "nothing counts before the person wants it");
    press(&mut app, &[Key::Enter]);
    assert!(words(&app).contains("For how many days") && words(&app).contains("2 answered"), "{}", shown(&app));
}

#[test]
fn an_emergency_among_the_answers_comes_before_anything_else() {
    let questionnaire = network();
    let answers = [("smell", list(&["burnt", "hot"])), ("scope", Written::Text("all".into()))];
    let mut app = App::open(&questionnaire, ROOMY, offering(&questionnaire, &answers, 60));
    press(&mut app, &[Key::Enter]);
    assert!(words(&app).contains("DANGER") && words(&app).contains("It smells burnt"), "{}", shown(&app));
    press(&mut app, &[Key::Enter]);
    assert!(words(&app).contains("Go on with the questions"), "{}", shown(&app));
}

#[test]
fn starting_afresh_begins_at_the_welcome_without_answers() {
    let questionnaire = network();
    let mut app = App::open(&questionnaire, ROOMY, offering(&questionnaire, &two_answers(), 60));
    press(&mut app, &[Key::Down, Key::Enter]);
    assert!(words(&app).contains("Press Enter to begin"), "{}", shown(&app));
    press(&mut app, &[Key::Enter]);
    assert!(words(&app).contains("0 answered"), "{}", shown(&app));
}

#[test]
fn the_offer_can_be_quit_without_a_question() {
    let questionnaire = network();
    let mut app = App::open(&questionnaire, ROOMY, offering(&questionnaire, &two_answers(), 60));
    assert_eq!(app.press(Key::Char('q')), Some(Effect::Quit));
    assert!(!app.is_finished());
}

#[test]
fn nothing_of_the_offer_is_out_of_reach_on_a_small_screen() {
    let questionnaire = network();
    for (columns, rows) in [(30, 8), (40, 12), (60, 10)] {
        for enough in [Key::Down, Key::PageDown, Key::Enter] {
            let mut app = App::open(&questionnaire, Size { columns, rows }, changed(&questionnaire));
            let mut seen = String::new();
            for _ in 0..60 {
                seen.push_str(&words(&app));
                if shown(&app).contains("▸") {
                    break;
                }
                app.press(enough);
            }
            for text in ["2 answers", "cable", "Which of these do you", "deletes them.", "▸ Go on with them"] {
                assert!(seen.contains(text), "{text} is never seen at {columns}×{rows}:\n{seen}");
            }
        }
    }
}

#[test]
fn leaving_says_that_answers_are_kept() {
    let begin = [Key::Enter, Key::Enter, Key::Enter];
    check("leave-kept", &kept(), &[&begin[..], &[Key::Char('q')]].concat());
}

#[test]
fn leaving_says_what_is_not_kept() {
    let questionnaire = network();
    let leaving = |keeping: Keeping, keys: &[Key]| {
        let mut app = App::open(&questionnaire, ROOMY, Opening { keeping, ..Opening::default() });
        press(&mut app, keys);
        app.press(Key::Char('q'));
        words(&app)
    };
    let place = || Keeping::In(FOLDER.into());
    let answered = [Key::Enter, Key::Enter, Key::Enter, Key::Char('1')];
    let ticked = [Key::Enter, Key::Char('3')];
    let both = [&answered[..], &[Key::Char('4')]].concat();
    let check = |said: String, expected: &str| assert!(said.contains(expected), "{said}");
    check(leaving(place(), &ticked), "Leave now? What you did not confirm with Enter is not kept. ▸ Stay");
    check(
        leaving(place(), &both),
        "Leave now? Your answers are kept for next time. What you did not confirm with Enter is not. ▸ Stay",
    );
    check(leaving(place(), &answered), "Leave now? Your answers are kept for next time. ▸ Stay");
    check(leaving(Keeping::Nothing, &answered), "Leave now? Your answers are not kept. ▸ Stay");
    check(leaving(Keeping::Nowhere, &answered), "Leave now? Your answers are not kept. ▸ Stay");
    check(leaving(Keeping::Failed("x".into()), &answered), "Leave now? Your last answers could not be kept. ▸ Stay");
}

#[test]
fn that_answers_cannot_be_kept_is_told_once_and_again_when_they_are() {
    let questionnaire = network();
    let mut app = App::open(&questionnaire, ROOMY, kept());
    let full = || Keeping::Failed("the disk is full".into());
    press(&mut app, &[Key::Enter, Key::Enter, Key::Enter]);
    app.kept(full());
    assert!(words(&app).contains("Your answers cannot be kept: the disk is full. You can go on"), "{}", shown(&app));
    press(&mut app, &[Key::Char('1')]);
    app.kept(full());
    assert!(!words(&app).contains("the disk is full"), "{}", shown(&app));
    app.kept(Keeping::In(FOLDER.into()));
    assert!(words(&app).contains("Your answers are kept again."), "{}", shown(&app));
}

#[test]
fn beside_an_emergency_nothing_is_told_but_afterwards_it_is() {
    let questionnaire = network();
    let mut app = App::open(&questionnaire, ROOMY, kept());
    press(&mut app, &[Key::Enter, Key::Char('1'), Key::Char('2'), Key::Enter]);
    app.kept(Keeping::Failed("the disk is full".into()));
    assert!(words(&app).contains("DANGER") && !words(&app).contains("the disk is full"), "{}", shown(&app));
    press(&mut app, &[Key::Enter]);
    assert!(!words(&app).contains("the disk is full"), "{}", shown(&app));
    press(&mut app, &[Key::Enter]);
    assert!(words(&app).contains("the disk is full"), "{}", shown(&app));
}

#[test]
fn what_is_told_of_an_answer_stands_beside_what_is_told_of_keeping_it() {
    let questionnaire = network();
    let mut app = App::open(&questionnaire, ROOMY, kept());
    press(&mut app, &[Key::Enter, Key::Char('2'), Key::Enter]);
    let before = words(&app);
    let told = before.split("Call your provider.").next().map(str::len);
    app.kept(Keeping::Failed("the disk is full".into()));
    assert!(
        told.is_some() && words(&app).contains("Call your provider. Your answers cannot be kept"),
        "{}",
        shown(&app)
    );
}

#[test]
fn starting_over_asks_for_the_draft_to_be_deleted() {
    let questionnaire = network();
    let mut app = App::open(&questionnaire, ROOMY, offering(&questionnaire, &two_answers(), 60));
    press(&mut app, &[Key::Enter, Key::Char('m'), Key::End, Key::Enter, Key::Down]);
    assert_eq!(app.press(Key::Enter), Some(Effect::Forget));
    assert!(app.interview().answers().is_empty() && words(&app).contains("Press Enter to begin"), "{}", shown(&app));
}

#[test]
fn an_interview_is_finished_when_all_is_answered_and_the_results_are_in_view() {
    let questionnaire = network();
    let mut app = App::open(&questionnaire, ROOMY, kept());
    for c in "\n3\n13\n13\n1".chars() {
        app.press(if c == '\n' { Key::Enter } else { Key::Char(c) });
        assert!(!app.is_finished(), "{}", shown(&app));
    }
    press(&mut app, &[Key::Enter]);
    assert!(app.is_finished(), "{}", shown(&app));
    // A look at the answers leaves it so; a question that is opened again does not.
    press(&mut app, &[Key::Char('m')]);
    assert!(app.is_finished(), "{}", shown(&app));
    press(&mut app, &[Key::Home, Key::Enter]);
    assert!(!app.is_finished(), "{}", shown(&app));
    let mut early = App::open(&questionnaire, ROOMY, kept());
    press(&mut early, &[Key::Enter, Key::Enter, Key::Enter, Key::Char('r')]);
    assert!(words(&early).contains("What to do first") && !early.is_finished(), "{}", shown(&early));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_key_at_no_size_is_too_much_for_the_offer(
        keys in prop::collection::vec(0_usize..14, 0..40),
        columns in 1_u16..120,
        rows in 1_u16..40,
    ) {
        let all = [
            Key::Enter, Key::Up, Key::Down, Key::Left, Key::Right, Key::Home, Key::End, Key::PageUp, Key::PageDown,
            Key::Esc, Key::Tab, Key::Char('?'), Key::Char('m'), Key::Char('1'),
        ];
        let questionnaire = network();
        let mut app = App::open(&questionnaire, Size { columns, rows }, changed(&questionnaire));
        for key in keys {
            app.press(all[key]);
            let sheet = app.sheet();
            prop_assert!(sheet.lines.len() <= usize::from(rows));
            prop_assert!(sheet.cursor.0 < columns && sheet.cursor.1 < rows);
        }
    }
}
