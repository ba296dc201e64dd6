//! Saved answers: what the first and the last screen say about them, and resuming an interview.

use crate::picture::SIZES;
use crate::trees::network;
use crate::walk::Walk;
use proptest::prelude::*;
use twinge::app::screens::resume::{Earlier, Keeping, Opening, SetAside};
use twinge::app::{App, Effect, Key, Size};
use twinge::engine::answers::Answers;
use twinge::interview::draft::{CarriedOver, Lost};
use twinge::questionnaire::{Answer, Questionnaire, WrittenAnswer};

const NOW: u64 = 1_800_000_000;
const HOUR: u64 = 3600;
const FOLDER: &str = "~/.local/state/twinge";

fn kept() -> Opening {
    Opening { keeping: Keeping::In(FOLDER.into()), ..Opening::default() }
}

/// An opening that offers these answers, of so many seconds ago.
fn offering(questionnaire: &Questionnaire, answers: &[(&str, WrittenAnswer)], seconds: u64) -> Opening {
    let mut given = Answers::new();
    for (id, written) in answers {
        let question = questionnaire.question(id).expect("a question");
        given.set(question, Answer::read(&questionnaire.questions[question], written).expect("an answer"));
    }
    let carried = CarriedOver { answers: given, lost: Vec::new() };
    let earlier = Earlier { carried, has_changed: false, saved: NOW - seconds, now: NOW };
    Opening { earlier: Some(earlier), ..kept() }
}

fn list<'a>(texts: &[&'a str]) -> WrittenAnswer<'a> {
    WrittenAnswer::List(texts.iter().map(|text| (*text).into()).collect())
}

fn two_answers() -> [(&'static str, WrittenAnswer<'static>); 2] {
    [("smell", list(&[])), ("scope", WrittenAnswer::Text("all".into()))]
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

#[track_caller]
fn check(name: &str, opening: &Opening, go: impl Fn(Walk<'_>) -> Walk<'_>) {
    let questionnaire = network();
    for (columns, rows) in SIZES {
        let walk = go(Walk::resuming(&questionnaire, opening.clone()).sized(columns, rows));
        insta::assert_snapshot!(format!("{name}@{columns}x{rows}"), walk.text());
    }
}

/// At the first screen of a terminal on which every text is in view.
fn roomy(questionnaire: &Questionnaire, opening: Opening) -> Walk<'_> {
    Walk::resuming(questionnaire, opening).sized(100, 40)
}

#[test]
fn the_welcome_says_that_answers_are_kept_and_where() {
    check("kept", &kept(), |walk| walk);
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
        (
            Keeping::Forgotten,
            "Your answers were deleted, as by `twinge forget`. What you answer here is not kept any more.",
        ),
    ] {
        roomy(&questionnaire, Opening { keeping, ..Opening::default() }).shows(said);
    }
}

#[test]
fn the_welcome_says_what_could_not_be_read_and_where_it_is_now() {
    let set_aside = SetAside {
        why: "a newer twinge wrote it".into(),
        place: "/home/anna/.local/state/twinge/builtin.json.bad".into(),
    };
    roomy(&network(), Opening { set_aside: Some(set_aside), ..kept() }).shows(
        "cannot be read: a newer twinge wrote it. That file is now /home/anna/.local/state/twinge/builtin.json.bad.",
    );
}

#[test]
fn earlier_answers_are_offered_with_their_number_and_age() {
    check("offer", &offering(&network(), &two_answers(), 2 * HOUR), |walk| walk);
}

#[test]
fn a_second_window_says_that_the_first_keeps_the_answers() {
    let opening = Opening { keeping: Keeping::Elsewhere, ..offering(&network(), &two_answers(), 2 * HOUR) };
    check("in-use", &opening, |walk| walk);
    let questionnaire = network();
    let said = "Nothing is kept here, because another window keeps your answers";
    let nothing = Opening { keeping: Keeping::Elsewhere, ..Opening::default() };
    roomy(&questionnaire, nothing).keys("Enter").shows(said).shows("Press Enter to begin");
}

#[test]
fn when_the_questions_have_changed_the_offer_says_what_does_not_fit() {
    check("offer-changed", &changed(&network()), |walk| walk);
}

#[test]
fn of_very_many_answers_that_do_not_fit_the_first_are_named() {
    let questionnaire = network();
    let mut opening = changed(&questionnaire);
    if let Some(earlier) = &mut opening.earlier {
        earlier.carried.lost = (0..1_000_000).map(|at| Lost::NoQuestion(format!("old{at}"))).collect();
    }
    roomy(&questionnaire, opening).shows("question that is gone: `old19`").shows("And 999980 more.").hides("old20`");
}

#[test]
fn the_roles_of_the_offer() {
    let questionnaire = network();
    insta::assert_snapshot!("offer.roles", Walk::resuming(&questionnaire, changed(&questionnaire)).roles());
}

#[test]
fn when_no_answer_fits_any_more_the_welcome_says_so() {
    let questionnaire = network();
    let mut opening = offering(&questionnaire, &[], 3 * 24 * HOUR);
    if let Some(earlier) = &mut opening.earlier {
        earlier.carried.lost = vec![Lost::NoQuestion("cable".into())];
    }
    let walk = roomy(&questionnaire, opening);
    walk.shows("You have answers from 3 days ago, but the questions have changed").shows("Press Enter to begin");
}

#[test]
fn answers_of_another_day_come_with_a_word_of_caution() {
    let questionnaire = network();
    for (hours, is_old) in [(2, false), (23, false), (24, true), (500, true)] {
        let walk = roomy(&questionnaire, offering(&questionnaire, &two_answers(), hours * HOUR));
        assert_eq!(walk.words().contains("If things are different now, start again."), is_old, "{hours}");
    }
}

#[test]
fn going_on_leads_to_the_first_question_without_an_answer() {
    let questionnaire = network();
    let walk = roomy(&questionnaire, offering(&questionnaire, &two_answers(), 60));
    assert!(walk.app.interview().answers().is_empty(), "nothing counts before the person wants it");
    walk.keys("Enter").shows("For how many days").shows("2 answered");
}

#[test]
fn an_emergency_among_the_answers_comes_before_anything_else() {
    let questionnaire = network();
    let answers = [("smell", list(&["burnt", "hot"])), ("scope", WrittenAnswer::Text("all".into()))];
    let walk = roomy(&questionnaire, offering(&questionnaire, &answers, 60)).keys("Enter");
    walk.shows("DANGER").shows("It smells burnt").confirm_alarm().shows("Go on with the questions");
}

#[test]
fn starting_afresh_begins_at_the_welcome_without_answers() {
    let questionnaire = network();
    let walk = roomy(&questionnaire, offering(&questionnaire, &two_answers(), 60));
    walk.keys("Down Enter").shows("Press Enter to begin").begin().hides("answered");
}

#[test]
fn the_offer_can_be_quit_without_a_question() {
    let questionnaire = network();
    let mut app = roomy(&questionnaire, offering(&questionnaire, &two_answers(), 60)).app;
    assert_eq!(app.press(Key::Char('q')), Some(Effect::Quit));
    assert!(!app.is_finished());
}

#[test]
fn nothing_of_the_offer_is_out_of_reach_on_a_small_screen() {
    let questionnaire = network();
    for (columns, rows) in [(30, 8), (40, 12), (60, 10)] {
        for enough in ["Down", "PgDn", "Enter"] {
            let mut walk = Walk::resuming(&questionnaire, changed(&questionnaire)).sized(columns, rows);
            let mut seen = String::new();
            for _ in 0..60 {
                seen.push_str(&walk.words());
                if walk.words().contains('▸') {
                    break;
                }
                walk = walk.keys(enough);
            }
            for text in ["2 answers", "cable", "Which of these do you", "deletes them.", "▸ 1 Go on with these"] {
                assert!(seen.contains(text), "{text} is never seen at {columns}×{rows}:\n{seen}");
            }
        }
    }
}

#[test]
fn leaving_says_that_answers_are_kept() {
    check("leave-kept", &kept(), |walk| walk.none_of("smell").keys("q"));
}

#[test]
fn leaving_says_what_is_not_kept() {
    fn answered(walk: Walk<'_>) -> Walk<'_> {
        walk.none_of("smell").answer("scope", "all")
    }
    fn ticked(walk: Walk<'_>) -> Walk<'_> {
        walk.fill_in("smell", ["dark"])
    }
    fn both(walk: Walk<'_>) -> Walk<'_> {
        answered(walk).fill_in("days", 4)
    }
    let check = |keeping: Keeping, go: fn(Walk<'_>) -> Walk<'_>, expected: &str| {
        let questionnaire = network();
        go(roomy(&questionnaire, Opening { keeping, ..Opening::default() })).keys("q").shows(expected);
    };
    let place = || Keeping::In(FOLDER.into());
    check(place(), ticked, "Leave now? What you did not confirm with Enter is not kept. ▸ 1 Back");
    check(
        place(),
        both,
        "Leave now? Your answers are kept for next time. What you did not confirm with Enter is not. ▸ 1 Back",
    );
    check(place(), answered, "Leave now? Your answers are kept for next time. ▸ 1 Back");
    check(Keeping::Nothing, answered, "Leave now? When you quit, your answers are deleted. ▸ 1 Back");
    check(Keeping::Nowhere, answered, "Leave now? When you quit, your answers are deleted. ▸ 1 Back");
    check(Keeping::Failed("x".into()), answered, "Leave now? Your last answers could not be kept. ▸ 1 Back");
}

/// The app is told that saving fails, or works again.
fn kept_as(mut walk: Walk<'_>, keeping: Keeping) -> Walk<'_> {
    walk.app.kept(keeping);
    walk
}

fn full() -> Keeping {
    Keeping::Failed("the disk is full".into())
}

#[test]
fn that_answers_cannot_be_kept_is_told_once_and_again_when_they_are() {
    let questionnaire = network();
    let walk = kept_as(roomy(&questionnaire, kept()).none_of("smell"), full());
    let walk = walk.shows("Your answers cannot be kept: the disk is full. You can go on").answer("scope", "all");
    let walk = kept_as(walk, full()).hides("the disk is full");
    kept_as(walk, Keeping::In(FOLDER.into())).shows("Your answers are kept again.");
}

#[test]
fn beside_an_emergency_nothing_is_told_but_afterwards_it_is() {
    let questionnaire = network();
    let walk = kept_as(roomy(&questionnaire, kept()).answer("smell", ["burnt", "hot"]), full());
    let walk = walk.shows("DANGER").hides("the disk is full").confirm_alarm().hides("the disk is full");
    walk.go_on().shows("the disk is full");
}

#[test]
fn what_is_told_of_an_answer_stands_beside_what_is_told_of_keeping_it() {
    let questionnaire = network();
    let walk = roomy(&questionnaire, kept()).answer("smell", ["hot"]).shows("Call your provider.");
    kept_as(walk, full()).shows("Call your provider. Your answers cannot be kept");
}

#[test]
fn starting_over_asks_for_the_draft_to_be_deleted() {
    let questionnaire = network();
    let walk = roomy(&questionnaire, offering(&questionnaire, &two_answers(), 60)).keys("Enter");
    let mut walk = walk.open("answers").keys("End Enter Down");
    assert_eq!(walk.app.press(Key::Enter), Some(Effect::Forget));
    assert!(walk.app.interview().answers().is_empty());
    walk.shows("Press Enter to begin");
}

#[test]
fn an_interview_is_finished_when_all_is_answered_and_the_results_are_in_view() {
    let questionnaire = network();
    let unfinished = |walk: Walk<'_>| assert!(!walk.app.is_finished(), "{}", walk.screen());
    unfinished(roomy(&questionnaire, kept()).answer("smell", ["dark"]));
    unfinished(roomy(&questionnaire, kept()).answer("smell", ["dark"]).open("results"));
    let walk = roomy(&questionnaire, kept()).answer("smell", ["dark"]).answer("scope", "all").answer("days", 3);
    let walk = walk.answer("devices", ["laptop", "phone"]).fill_in("new_devices", ["laptop"]);
    assert!(!walk.app.is_finished(), "{}", walk.screen());
    let walk = walk.keys("Enter");
    assert!(walk.app.is_finished(), "{}", walk.screen());
    // A look at the answers leaves it so; a question that is opened again does not.
    let walk = walk.open("answers");
    assert!(walk.app.is_finished(), "{}", walk.screen());
    unfinished(walk.change("smell"));
    unfinished(roomy(&questionnaire, kept()).none_of("smell").open("results").shows("What to do"));
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
            let cursor = crate::picture::cursor(&app);
            prop_assert!(cursor.x < columns && cursor.y < rows);
        }
    }
}
