//! The screens, as pictures: a file, keys, and what is then to be seen at three sizes.

use std::fmt::Write as _;

use crate::trees::{built_in, network, parsed};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Position;
use twinge::app::saved_report::Saved;
use twinge::app::{App, Key, Mode, Size};
use twinge::questionnaire::parse;
use twinge::terminal::theme::{Theme, draw};

const SIZES: [(u16, u16); 3] = [(100, 30), (80, 24), (40, 12)];

/// Keys as they are written in a test: "Enter Down x" and so on; anything else is typed character by character.
fn keys(text: &str) -> Vec<Key> {
    let named = |word: &str| {
        Some(match word {
            "Enter" => Key::Enter,
            "Up" => Key::Up,
            "Down" => Key::Down,
            "Left" => Key::Left,
            "Right" => Key::Right,
            "Home" => Key::Home,
            "End" => Key::End,
            "PgUp" => Key::PageUp,
            "PgDn" => Key::PageDown,
            "Tab" => Key::Tab,
            "BackTab" => Key::BackTab,
            "Backspace" => Key::Backspace,
            "Esc" => Key::Esc,
            "Space" => Key::Char(' '),
            "Ctrl-C" => Key::Ctrl('c'),
            _ => return None,
        })
    };
    text.split_whitespace()
        .flat_map(|word| named(word).map_or_else(|| word.chars().map(Key::Char).collect(), |key| vec![key]))
        .collect()
}

fn press(app: &mut App<'_>, text: &str) {
    for key in keys(text) {
        app.press(key);
    }
}

fn picture(app: &App<'_>) -> (String, Position) {
    let Size { columns, rows } = app.size();
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a test terminal");
    terminal.draw(|frame| draw(app, Theme::COLOUR, frame)).expect("it draws");
    let cursor = terminal.get_cursor_position().expect("a cursor");
    (terminal.backend().to_string(), cursor)
}

/// What is to be seen after some keys, at every size.
#[track_caller]
fn check(name: &str, text: &str) {
    let questionnaire = network();
    for (columns, rows) in SIZES {
        let mut app = App::new(&questionnaire, Size { columns, rows });
        press(&mut app, text);
        let (picture, cursor) = picture(&app);
        let picture = format!("{picture}cursor at column {}, row {}\n", cursor.x, cursor.y);
        insta::assert_snapshot!(format!("{name}@{columns}x{rows}"), picture);
    }
}

#[test]
fn welcome() {
    check("welcome", "");
}

#[test]
fn a_question_with_one_answer() {
    check("one", "Enter Enter Enter Down");
}

#[test]
fn a_question_with_ticks_and_a_mark() {
    check("many", "Enter Space Down n");
}

#[test]
fn nothing_ticked_asks_for_none_of_these_first() {
    check("nothing-ticked", "Enter Enter");
}

#[test]
fn why_a_question_is_asked() {
    check("why", "Enter Enter Enter w");
}

#[test]
fn a_number() {
    check("number", "Enter Enter Enter 1 14");
}

#[test]
fn a_number_out_of_range_says_what_is_possible() {
    check("number-out-of-range", "Enter Enter Enter 1 999 Enter");
}

#[test]
fn a_long_list() {
    check("long-list", "Enter Enter Enter 2 Down Down Space");
}

#[test]
fn a_long_list_while_it_is_searched() {
    check("search", "Enter Enter Enter 2 / han");
}

#[test]
fn an_alarm_asks_whether_it_is_right() {
    check("alarm-doubt", "Enter 12 Enter");
}

#[test]
fn a_confirmed_alarm_says_what_to_do() {
    check("alarm-told", "Enter 12 Enter Enter");
}

#[test]
fn a_confirmed_emergency_stays_in_view_while_the_questions_go_on() {
    check("standing-emergency", "Enter 12 Enter Enter Enter");
}

#[test]
fn my_answers() {
    check("my-answers", "Enter Enter Enter 1 3 Enter m");
}

#[test]
fn a_change_says_what_it_did() {
    check("change", "Enter Enter Enter 1 3 Enter m Home Down Enter 2");
}

#[test]
fn the_ranking_so_far() {
    check("peek", "Enter 3 Enter 1 p");
}

#[test]
fn results_with_danger_questions_still_open() {
    check("results-open", "Enter End Enter 1 r");
}

const TO_RESULTS: &str = "Enter 3 Enter 1 3 Enter 1 3 Enter 1 Enter";

#[test]
fn results() {
    check("results", TO_RESULTS);
}

#[test]
fn a_report_that_was_saved() {
    let questionnaire = network();
    for (name, saved) in [
        ("saved", Saved::In("/home/ada/letters/twinge-report-2026-11-23.html".into())),
        ("not-saved", Saved::Failed { folder: "/mnt/stick".into(), why: "the disk is full".into() }),
    ] {
        for (columns, rows) in SIZES {
            let mut app = App::new(&questionnaire, Size { columns, rows });
            press(&mut app, TO_RESULTS);
            app.press(Key::Char('s'));
            app.saved(&saved);
            insta::assert_snapshot!(format!("{name}@{columns}x{rows}"), picture(&app).0);
        }
    }
}

#[test]
fn the_advice_on_a_cause() {
    check("results-advice", &format!("{TO_RESULTS} Down Enter"));
}

#[test]
fn why_a_cause_is_where_it_is() {
    check("results-why", &format!("{TO_RESULTS} Down Enter Tab"));
}

#[test]
fn every_figure_behind_a_cause() {
    check("results-figures", &format!("{TO_RESULTS} Down Enter f End"));
}

const STILL_OPEN: &str = "Enter 3 Enter n 1 Enter 1 Enter Down Enter Tab Tab";

#[test]
fn what_is_still_open_about_a_cause() {
    check("results-still-open", STILL_OPEN);
}

#[test]
fn nothing_that_is_open_about_a_cause_is_said_too() {
    check("results-nothing-open", "Enter 3 Enter 1 n r Down Enter Tab Tab");
}

#[test]
fn a_question_that_is_still_open_is_answered_and_leads_back() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 100, rows: 30 });
    press(&mut app, STILL_OPEN);
    press(&mut app, "Enter");
    assert!(picture(&app).0.contains("Nothing works, on any device"), "{}", picture(&app).0);
    press(&mut app, "1");
    assert!(picture(&app).0.contains("[Still open]"), "{}", picture(&app).0);
    assert!(app.interview().evaluation().answer(questionnaire.question("scope").expect("it is asked")).is_some());
    // From the list of answers, an answer leads on to the next question, as ever.
    press(&mut app, "Esc m Home Down Enter 2");
    assert!(!picture(&app).0.contains("[Still open]"), "{}", picture(&app).0);
}

#[test]
fn back_from_a_question_that_is_still_open_leads_to_the_results() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 100, rows: 30 });
    press(&mut app, STILL_OPEN);
    let before = app.interview().answers().clone();
    press(&mut app, "Enter Left");
    assert!(picture(&app).0.contains("[Still open]"), "{}", picture(&app).0);
    assert_eq!(app.interview().answers(), &before);
}

#[test]
fn what_if_an_answer_were_another() {
    check("results-what-if", &format!("{TO_RESULTS} i Home Down Enter 2"));
}

#[test]
fn what_if_answers_are_chosen_from_the_list() {
    check("results-what-if-choose", &format!("{TO_RESULTS} i"));
}

#[test]
fn answers_that_are_tried_out_are_undone_ended_or_kept() {
    let questionnaire = network();
    let scope = questionnaire.question("scope").expect("it is asked");
    for (keys, is_kept) in [("u", false), ("e", false), ("Esc", false), ("Left", false), ("a", true)] {
        let mut app = App::new(&questionnaire, Size { columns: 100, rows: 30 });
        press(&mut app, TO_RESULTS);
        let (before, results) = (app.interview().answers().clone(), app.interview().outcome().clone());
        press(&mut app, "i Home Down Enter 2");
        assert_eq!(app.own_interview().answers(), &before, "only tried out");
        assert_ne!(*app.interview().outcome(), results, "but seen at once");
        press(&mut app, keys);
        assert!(!picture(&app).0.contains("What if?"), "{keys}: {}", picture(&app).0);
        assert_eq!(app.interview().answers(), app.own_interview().answers());
        assert_eq!(app.own_interview().answers().get(scope) != before.get(scope), is_kept, "{keys}");
        assert_eq!(*app.interview().outcome() != results, is_kept, "{keys}");
    }
}

#[test]
fn undo_takes_one_change_back_at_a_time() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 100, rows: 30 });
    press(&mut app, TO_RESULTS);
    press(&mut app, "i Home Down Enter 2");
    let first = app.interview().answers().clone();
    press(&mut app, "i Home Enter Space Enter");
    assert_ne!(app.interview().answers(), &first);
    press(&mut app, "u");
    assert_eq!(app.interview().answers(), &first);
}

/// An emergency that is only tried out stops nobody; made one's own, it does.
#[test]
fn an_alarm_that_is_only_tried_out_does_not_interrupt() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, TO_RESULTS);
    press(&mut app, "i Home Enter 12 Enter");
    assert!(picture(&app).0.contains("What if?"), "{}", picture(&app).0);
    press(&mut app, "a");
    assert!(picture(&app).0.contains("Yes, that is right"), "{}", picture(&app).0);
}

#[test]
fn what_is_only_tried_out_says_so_on_every_screen() {
    let questionnaire = network();
    for (columns, rows) in SIZES {
        let mut app = App::new(&questionnaire, Size { columns, rows });
        press(&mut app, TO_RESULTS);
        for keys in
            ["i", "Home", "Down", "Enter", "w", "w", "m", "Esc", "2", "Enter", "Tab", "End", "Esc", "Down", "Enter"]
        {
            press(&mut app, keys);
            assert!(picture(&app).0.contains("What if?"), "{keys}: {}", picture(&app).0);
        }
        press(&mut app, "e");
        assert!(!picture(&app).0.contains("What if?"), "{}", picture(&app).0);
    }
}

#[test]
fn what_is_only_tried_out_is_neither_saved_nor_started_over() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, &format!("{TO_RESULTS} i End"));
    assert!(!picture(&app).0.contains("Start over"), "{}", picture(&app).0);
    press(&mut app, "Enter");
    assert!(!matches!(app.mode(), Mode::Choice), "{}", picture(&app).0);
    press(&mut app, "m Home Down Enter n Down Enter");
    for mode in [Mode::WhatIfDetails, Mode::WhatIfDetails, Mode::WhatIfStillOpen] {
        assert_eq!(app.mode(), mode, "{}", picture(&app).0);
        assert_eq!(app.press(Key::Char('s')), None);
        press(&mut app, "Tab");
    }
}

#[test]
fn the_keys_of_what_is_tried_out_work_while_it_is_read() {
    let questionnaire = network();
    for key in ["e", "u", "a"] {
        for tabs in ["", "Tab Tab"] {
            let mut app = App::new(&questionnaire, Size { columns: 40, rows: 12 });
            press(&mut app, &format!("{TO_RESULTS} i Home Down Enter n Down Enter {tabs}"));
            let tried = app.interview().answers().clone();
            press(&mut app, key);
            assert!(std::ptr::eq(app.own_interview(), app.interview()), "{key} {tabs}");
            assert_eq!(app.interview().answers() == &tried, key == "a", "{key} {tabs}");
        }
    }
}

/// However small the screen, and wherever in the list; what is said below it scrolls away.
#[test]
fn how_urgent_it_is_stays_in_view_in_the_results() {
    let questionnaire = built_in();
    let mut app = App::new(&questionnaire, Size { columns: 40, rows: 12 });
    press(&mut app, "Enter 48 Enter 1 2 1 1 Enter Enter Enter Enter Enter Enter r");
    assert_eq!(app.mode(), Mode::Results, "{}", picture(&app).0);
    for (key, is_at_top) in [("Home", true), ("Down", false), ("End", false), ("Home", true)] {
        press(&mut app, key);
        let (shown, _) = picture(&app);
        assert!(shown.contains("EMERGENCY") && shown.contains("Get emergency help now"), "{key}: {shown}");
        assert_eq!(shown.contains("danger signs"), is_at_top, "{key}: {shown}");
    }
}

#[test]
fn under_an_emergency_every_page_of_a_cause_says_what_comes_first() {
    check("results-emergency", "Enter 12 Enter Enter Enter 1 r Down Enter");
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 100, rows: 30 });
    press(&mut app, "Enter 12 Enter Enter Enter 1 r Down Enter");
    for _ in 0..4 {
        assert!(picture(&app).0.contains("First do what stands under"), "{}", picture(&app).0);
        press(&mut app, "Tab");
    }
}

#[test]
fn another_line_of_the_list_begins_with_its_advice() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 100, rows: 30 });
    press(&mut app, &format!("{TO_RESULTS} Down Tab"));
    assert!(picture(&app).0.contains("[Why]"), "{}", picture(&app).0);
    press(&mut app, "Down");
    assert!(picture(&app).0.contains("[Advice]"), "{}", picture(&app).0);
}

#[test]
fn unlikely_causes_are_one_line_until_they_are_opened() {
    let mut tree =
        String::from("format = 1\ntitle = \"T\"\nquestion = [{ id = \"a\", ask = \"A?\", kind = \"one\" }]\n");
    for (at, p) in [0.3, 0.2, 0.1, 0.03, 0.02, 0.01].iter().enumerate() {
        let _ = write!(
            tree,
            "[[cause]]\nid = \"c{at}\"\nname = \"Cause {at}\"\nbase = [{{ p = {p} }}]\n\
            findings = [{{ lr = 1.1, when = {{ a = \"yes\" }}, grade = \"C\" }}]\n"
        );
    }
    let questionnaire = parsed(tree);
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter 1");
    assert!(picture(&app).0.contains("3 others, each unlikely"), "{}", picture(&app).0);
    assert!(!picture(&app).0.contains("4  Cause 3"), "{}", picture(&app).0);
    press(&mut app, "End Enter Down");
    assert!(picture(&app).0.contains("▸ 4  Cause 3"), "{}", picture(&app).0);
    press(&mut app, "Up Enter");
    assert!(!picture(&app).0.contains("4  Cause 3"), "{}", picture(&app).0);
}

#[test]
fn causes_that_act_together_are_told_as_one_story() {
    let tree = r#"
        format = 1
        title = "T"
        question = [{ id = "a", ask = "A?", kind = "one" }]
        [family.tablets]
        name = "A tablet"
        say = "Tablets add up."
        [[cause]]
        id = "water"
        name = "Water tablet"
        family = "tablets"
        base = [{ p = 0.1 }]
        findings = [{ lr = 2.0, when = { a = "yes" }, grade = "C" }]
        [[cause]]
        id = "acid"
        name = "Acid tablet"
        family = "tablets"
        base = [{ p = 0.1 }]
        findings = [{ lr = 1.5, when = { a = "yes" }, grade = "C" }]
        [[cause]]
        id = "salt"
        name = "Low salt"
        via = ["water"]
        base = [{ p = 0.3 }]
        findings = [{ lr = 2.0, when = { a = "yes" }, grade = "C" }]
        [[cause]]
        id = "nerve"
        name = "Jumpy nerves"
        via = ["salt"]
        base = [{ p = 0.2 }]
        findings = [{ lr = 2.0, when = { a = "yes" }, grade = "C" }]
    "#;
    let questionnaire = parsed(tree);
    for (columns, rows) in SIZES {
        let mut app = App::new(&questionnaire, Size { columns, rows });
        press(&mut app, "Enter 1 Down Enter");
        insta::assert_snapshot!(format!("results-story@{columns}x{rows}"), picture(&app).0);
        press(&mut app, "Esc Down Down Enter");
        insta::assert_snapshot!(format!("results-family@{columns}x{rows}"), picture(&app).0);
    }
}

#[test]
fn the_interview_says_when_nothing_left_can_change_the_first_place_or_the_urgency() {
    let tree = r#"
        format = 1
        title = "T"
        question = [
          { id = "a", ask = "A?", kind = "one" },
          { id = "b", ask = "B?", kind = "one" },
          { id = "c", ask = "C?", kind = "one" },
        ]
        [[cause]]
        id = "one"
        name = "One"
        base = [{ p = 0.3 }]
        findings = [{ lr = 20.0, when = { a = "yes" }, grade = "A" }, { lr = 1.2, when = { b = "yes" }, grade = "C" }]
        [[cause]]
        id = "two"
        name = "Two"
        base = [{ p = 0.05 }]
        findings = [{ lr = 2.0, when = { c = "yes" }, grade = "C" }]
    "#;
    let questionnaire = parsed(tree);
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter 1");
    let said = "Nothing you can still answer changes what comes first";
    assert!(picture(&app).0.contains(said), "{}", picture(&app).0);
    press(&mut app, "1");
    assert!(!picture(&app).0.contains(said), "it is said once: {}", picture(&app).0);
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter 2");
    assert!(!picture(&app).0.contains(said), "{}", picture(&app).0);
}

#[test]
fn the_sources_of_a_cause() {
    check("results-sources", &format!("{TO_RESULTS} Down Enter BackTab"));
}

#[test]
fn the_causes_that_nothing_speaks_on() {
    check("results-rest", &format!("{TO_RESULTS} End Enter"));
}

#[test]
fn a_lower_alarm_is_told_in_a_line() {
    check("alarm-in-a-line", "Enter 2 Enter");
}

#[test]
fn the_text_of_an_alarm_is_read_from_its_top() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 30, rows: 8 });
    press(&mut app, "Enter 12 Enter");
    let mut seen = String::new();
    for _ in 0..12 {
        seen.push_str(&picture(&app).0);
        press(&mut app, "Down");
    }
    for line in
        ["You said “It smells burnt;", "The router may be burning", "If that is right: Pull", "▸ Yes, that is right"]
    {
        assert!(seen.contains(line), "{line} is never seen:\n{seen}");
    }
    // Enter reads on, and chooses only what is in view.
    let mut app = App::new(&questionnaire, Size { columns: 30, rows: 8 });
    press(&mut app, "Enter 12 Enter Enter");
    assert!(picture(&app).0.contains("DANGER") && !picture(&app).0.contains("Go on with"), "{}", picture(&app).0);
}

#[test]
fn an_alarm_that_was_withdrawn_and_raised_again_is_confirmed_again() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter 12 Enter Enter Enter");
    assert!(picture(&app).0.contains("What does not work?"));
    press(&mut app, "Left 1 Enter");
    assert!(picture(&app).0.contains("The router may be burning: this no longer applies."), "{}", picture(&app).0);
    press(&mut app, "Left 1 Enter");
    assert!(picture(&app).0.contains("DANGER"), "{}", picture(&app).0);
}

#[test]
fn a_danger_that_is_ticked_counts_whichever_way_the_question_is_left() {
    let questionnaire = network();
    for leaving in ["Left", "Right", "r", "m", "p", "BackTab"] {
        let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
        // Answered with none of these; then gone back to, and ticked.
        press(&mut app, "Enter Enter Enter 1 Left Left 12");
        press(&mut app, leaving);
        assert!(picture(&app).0.contains("DANGER"), "{leaving}: {}", picture(&app).0);
    }
    // Not answered yet: the ticks are kept, and count for the results.
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter Enter Enter 2 1 Left");
    press(&mut app, "Right");
    assert!(picture(&app).0.contains("1 [x] laptop"), "{}", picture(&app).0);
    press(&mut app, "Left r");
    assert!(app.interview().answers().get(questionnaire.question("devices").expect("it is asked")).is_some());
}

#[test]
fn what_is_unticked_and_left_is_open_again() {
    let questionnaire = network();
    for leaving in ["Left", "r", "p", "m", "Right"] {
        let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
        // The alarm is looked at again, and everything that raised it is unticked.
        press(&mut app, "Enter 12 Enter Down Enter 12");
        press(&mut app, leaving);
        assert!(!picture(&app).0.contains("DANGER"), "{leaving}: {}", picture(&app).0);
        let smell = questionnaire.question("smell").expect("it is asked");
        let is_open = app.interview().answers().get(smell).is_none();
        assert!(is_open, "{leaving}");
    }
}

#[test]
fn nobody_quits_past_an_emergency_that_they_have_just_ticked() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter 12 q");
    assert!(picture(&app).0.contains("DANGER"), "{}", picture(&app).0);
}

#[test]
fn an_emptied_number_leaves_the_earlier_one() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter Enter Enter 1 14 Enter Left Backspace Backspace Left");
    assert!(!picture(&app).0.contains("ticked there"), "{}", picture(&app).0);
}

#[test]
fn the_first_digit_replaces_an_earlier_number() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter Enter Enter 1 14 Enter Left 3");
    assert!(picture(&app).0.contains("▸   3▏"), "{}", picture(&app).0);
}

#[test]
fn backspace_never_leaves_a_search() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter Enter Enter 2 / x Backspace Backspace Backspace");
    assert!(picture(&app).0.contains("/ ▏"), "{}", picture(&app).0);
}

#[test]
fn an_alarm_that_shrinks_out_of_view_is_read_on() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter 12 Enter Down");
    app.resize(Size { columns: 30, rows: 8 });
    let mut seen = String::new();
    for _ in 0..8 {
        seen.push_str(&picture(&app).0);
        press(&mut app, "Enter");
    }
    for text in ["Yes, that is right", "Pull the plug now.", "Go on with the questions", "What does not work?"] {
        assert!(seen.contains(text), "{text} never came:\n{seen}");
    }
}

#[test]
fn looking_again_leads_to_the_question_and_the_alarm_asks_again() {
    let questionnaire = network();
    for way in ["Down Enter", "Esc", "Left"] {
        let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
        press(&mut app, "Enter 12 Enter");
        press(&mut app, way);
        assert!(picture(&app).0.contains("1 [x] It smells burnt"), "{way}: {}", picture(&app).0);
        press(&mut app, "Enter");
        assert!(picture(&app).0.contains("DANGER"), "{way}: {}", picture(&app).0);
    }
}

/// An alarm can hold because something is *not* so, and because of questions that nobody is asked.
#[test]
fn an_alarm_that_nobody_said_a_word_for_can_be_left() {
    let tree = r#"
        format = 1
        title = "T"
        question = [
          { id = "a", ask = "A?", kind = "one" },
          { id = "b", ask = "B?", kind = "one", when = { a = "no" }, otherwise = "yes" },
        ]
        [fact.fine]
        when = { a = "no" }
        [[urgency]]
        id = "now"
        say = "Now."
        interrupts = true
        [[alarm]]
        id = "not_fine"
        when = { fine = "no" }
        urgency = "now"
        say = "Do something."
        [[alarm]]
        id = "hidden"
        when = { b = "yes" }
        urgency = "now"
        say = "Do something else."
    "#;
    let questionnaire = parsed(tree);
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter 1");
    assert!(picture(&app).0.contains("You said “Yes” to “A?”"), "{}", picture(&app).0);
    press(&mut app, "Esc");
    assert!(picture(&app).0.contains("Yes (your answer)"), "{}", picture(&app).0);
    press(&mut app, "Right Enter Enter");
    assert!(picture(&app).0.contains("NOW"), "the second alarm follows: {}", picture(&app).0);
    press(&mut app, "Esc");
    assert!(!picture(&app).0.contains("Press Enter to begin"), "{}", picture(&app).0);
}

#[test]
fn facts_that_share_facts_are_looked_into_once() {
    let mut tree = String::from(
        "format = 1\ntitle = \"T\"\n[[question]]\nid = \"a\"\nask = \"A?\"\nkind = \"one\"\n\
        [fact.f0]\nwhen = { a = \"yes\" }\n[fact.f1]\nwhen = { a = \"yes\" }\n[[urgency]]\nid = \"u\"\nsay = \"U.\"\ninterrupts = true\n",
    );
    let shared = |n: usize| format!("[fact.f{n}]\nwhen = {{ f{} = \"yes\", f{} = \"yes\" }}\n", n - 1, n - 2);
    tree.extend((2..200).map(shared));
    tree += "[[alarm]]\nid = \"x\"\nwhen = { f199 = \"yes\" }\nurgency = \"u\"\nsay = \"Go.\"\n";
    let questionnaire = parsed(tree);
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter 1");
    assert!(picture(&app).0.contains("You said “Yes” to “A?”"), "{}", picture(&app).0);
}

#[test]
fn every_question_can_be_gone_to_from_the_answers() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter r m");
    assert!(picture(&app).0.contains("Which of these do you use?"), "{}", picture(&app).0);
    press(&mut app, "End Up Enter");
    assert!(picture(&app).0.contains("1 [ ] laptop"), "{}", picture(&app).0);
}

#[test]
fn on_a_small_screen_a_page_down_in_the_results_moves_the_selection() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 40, rows: 12 });
    press(&mut app, &format!("{TO_RESULTS} PgDn Enter"));
    assert!(picture(&app).0.contains("quite possible: about 3 in 10"), "{}", picture(&app).0);
}

#[test]
fn pasted_text_is_typed_where_text_is_typed_and_passed_over_elsewhere() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter");
    app.paste("1 n q\r\n");
    assert!(picture(&app).0.contains("1 [ ] It smells burnt"), "{}", picture(&app).0);
    press(&mut app, "Enter Enter 1");
    app.paste("12 days");
    assert!(picture(&app).0.contains("▸   12▏"), "{}", picture(&app).0);
    press(&mut app, "Enter /");
    app.paste(&"hand".repeat(500));
    assert!(picture(&app).0.contains("/ handhand"), "{}", picture(&app).0);
}

#[test]
fn neighbours_that_cannot_be_told_apart_are_too_close_to_call() {
    let tree = r#"
        format = 1
        title = "T"
        question = [{ id = "a", ask = "A?", kind = "one" }]
        [[cause]]
        id = "one"
        name = "One"
        base = [{ p = 0.3 }]
        findings = [{ lr = 2.0, when = { a = "yes" }, grade = "C" }]
        [[cause]]
        id = "two"
        name = "Two"
        base = [{ p = 0.25 }]
        findings = [{ lr = 2.0, when = { a = "yes" }, grade = "C" }]
        [[cause]]
        id = "three"
        name = "Three"
        base = [{ p = 0.01 }]
        findings = [{ lr = 2.0, when = { a = "yes" }, grade = "C" }]
    "#;
    let questionnaire = parsed(tree);
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter 1");
    let shown = picture(&app).0;
    assert!(shown.contains("too close to call: 1 and 2"), "{shown}");
    assert!(!shown.contains("too close to call: 2 and 3"), "{shown}");
}

#[test]
fn starting_over_asks_first_and_then_forgets_everything() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter Enter Enter 1 m End Enter Enter");
    assert!(!app.interview().answers().is_empty(), "the first way keeps the answers");
    press(&mut app, "End Enter Down Enter");
    assert!(app.interview().answers().is_empty());
    assert!(picture(&app).0.contains("Press Enter to begin"), "{}", picture(&app).0);
}

#[test]
fn quitting_the_results_never_asks() {
    let questionnaire = network();
    for keys in ["q", "? q", "m q", "Down Enter q"] {
        let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
        press(&mut app, TO_RESULTS);
        let effects: Vec<_> = self::keys(keys).into_iter().filter_map(|key| app.press(key)).collect();
        assert_eq!(effects.last(), Some(&twinge::app::Effect::Quit), "{keys}");
    }
}

#[test]
fn all_keys() {
    check("help", "Enter ?");
}

#[test]
fn leaving_asks_first() {
    check("leave", "Enter Enter Enter q");
}

#[test]
fn a_terminal_that_is_too_small_says_which_size_is_needed() {
    let questionnaire = network();
    let app = App::new(&questionnaire, Size { columns: 29, rows: 7 });
    insta::assert_snapshot!("too-small", picture(&app).0);
}

#[test]
fn an_emergency_is_told_without_any_colour() {
    let questionnaire = network();
    let mut app = App::new(&questionnaire, Size { columns: 60, rows: 12 });
    press(&mut app, "Enter 12 Enter");
    let mut terminal = Terminal::new(TestBackend::new(60, 12)).expect("a test terminal");
    terminal.draw(|frame| draw(&app, Theme::PLAIN, frame)).expect("it draws");
    insta::assert_snapshot!("alarm-without-colour", format!("{:#?}", terminal.backend().buffer()));
}

#[test]
fn the_cursor_is_on_the_selected_item_in_every_frame() {
    let questionnaire = network();
    for (columns, rows) in [(100, 30), (80, 24), (40, 12), (30, 8), (200, 60)] {
        let mut app = App::new(&questionnaire, Size { columns, rows });
        let way = "Enter Down Down Space Enter Down Up 1 5 Enter Down Down Down Space Enter Enter Up Enter Down Down m Up Up Down Enter Enter q Down Left r Down Down";
        for key in keys(way) {
            app.press(key);
            let (picture, cursor) = picture(&app);
            let line = picture.lines().nth(usize::from(cursor.y)).unwrap_or_default();
            let is_reading = !picture.contains('▸');
            assert!(is_reading || line.contains('▸'), "after {key:?} at {columns}×{rows}: row {}\n{picture}", cursor.y);
        }
    }
}

#[test]
fn no_size_and_no_key_is_too_much() {
    let questionnaire = network();
    let way =
        keys(&format!("{TO_RESULTS} Down Down Enter Tab Tab PgDn End Esc m End Enter Esc ? End Esc p q Esc / x n w w"));
    for columns in [0, 1, 5, 29, 30, 31, 40, 59, 60, 76, 80, 120, 500] {
        for rows in [0, 1, 7, 8, 9, 12, 15, 16, 20, 24, 60, 200] {
            let mut app = App::new(&questionnaire, Size { columns, rows });
            for (at, key) in way.iter().enumerate() {
                app.press(*key);
                if at % 7 == 0 {
                    let sheet = app.sheet();
                    assert!(
                        sheet.lines.len() <= usize::from(rows.max(1)),
                        "{} lines at {columns}×{rows}",
                        sheet.lines.len()
                    );
                    let widest = sheet.lines.iter().map(twinge::app::Line::width).max().unwrap_or(0);
                    assert!(widest <= usize::from(columns.max(1)), "{widest} columns at {columns}×{rows}: {sheet:#?}");
                }
            }
        }
    }
}

/// Columns that a line of the picture takes on a terminal.
fn columns(line: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(line)
}

/// At every width: what is too long is wrapped, never cut, and no line is wider than the screen.
#[test]
fn wide_combining_and_unbroken_text_is_whole_at_every_width() {
    let questionnaire = parse(include_bytes!("../trees/wide.toml")).unwrap_or_else(|problems| panic!("{problems:#?}"));
    for width in (30..60).chain([79, 80, 100]) {
        for keys in ["", "Enter", "Enter w", "Enter x r Down", "Enter x r Down Enter"] {
            let mut app = App::new(&questionnaire, Size { columns: width, rows: 60 });
            press(&mut app, keys);
            let lines: Vec<String> = app.sheet().lines.iter().map(twinge::app::Line::text).collect();
            for line in &lines {
                assert!(columns(line) <= usize::from(width), "{line:?} at {width}");
            }
            let shown: String = lines.concat().split_whitespace().collect();
            let whole = match keys {
                "" => "👩‍⚕️",
                "Enter" | "Enter w" => "背中の筋肉がつって、動けないほど痛いです",
                _ => continue,
            };
            assert!(shown.contains(whole), "{whole} at {width}:\n{}", lines.join("\n"));
            let unbroken = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
            assert!(shown.contains(unbroken), "at {width}:\n{}", lines.join("\n"));
        }
    }
}

#[test]
fn a_notice_that_is_too_long_leaves_room_for_the_question() {
    let file = format!(
        "format = 1\ntitle = \"T\"\nquestion = [{{ id = \"q\", ask = \"Which?\", kind = \"one\" }}]\n[[cause]]\nid = \"c\"\n\
        name = \"{}\"\nbase = [{{ p = 0.1 }}]\nfindings = [{{ lr = 2.0, grade = \"C\", when = {{ q = \"yes\" }} }}]\n",
        "A long name ".repeat(30)
    );
    let questionnaire = parsed(file);
    let mut app = App::new(&questionnaire, Size::LEAST);
    press(&mut app, "Enter 1 m Enter 2");
    let lines: Vec<String> = app.sheet().lines.iter().map(twinge::app::Line::text).collect();
    assert_eq!(lines.len(), 8, "{lines:#?}");
    assert!(lines.iter().any(|line| line.ends_with('…')), "{lines:#?}");
}

/// Enter until a question is asked.
fn go_to(app: &mut App<'_>, ask: &str) {
    for _ in 0..400 {
        if picture(app).0.contains(ask) {
            return;
        }
        app.press(Key::Enter);
    }
    panic!("{ask} is not asked:\n{}", picture(app).0);
}

#[test]
fn a_search_selects_what_fits_best_and_a_name_typed_twice_stays_ticked() {
    let questionnaire = built_in();
    let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
    press(&mut app, "Enter 44 Enter");
    go_to(&mut app, "Which of these do you take");
    // The line in focus, acetazolamide, fits too: it is for mountain sickness.
    press(&mut app, "/ simv Enter");
    assert!(picture(&app).0.contains("Ticked: simvastatin."), "{}", picture(&app).0);
    press(&mut app, "zoco Enter Esc");
    assert!(picture(&app).0.contains("[x] simvastatin"), "{}", picture(&app).0);
    press(&mut app, "/ omeprasol");
    assert!(picture(&app).0.contains("▸   [ ] omeprazole"), "{}", picture(&app).0);
}

#[test]
fn enter_leads_past_every_line_before_none_of_these() {
    let questionnaire = built_in();
    let mut app = App::new(&questionnaire, Size { columns: 40, rows: 12 });
    press(&mut app, "Enter 44 Enter 1 1 1");
    go_to(&mut app, "Have you had any of these");
    let mut seen = String::new();
    while !picture(&app).0.contains("▸       None of these") {
        seen.push_str(&picture(&app).0);
        press(&mut app, "Enter");
    }
    seen.push_str(&picture(&app).0);
    for line in ["Confused", "collapse", "breathing", "sweat", "staggering", "stung", "locks", "Fever"] {
        assert!(seen.contains(line), "{line} was never in view:\n{seen}");
    }
}
