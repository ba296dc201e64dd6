//! A question in view: options, ticks, numbers, the search in a long list, and why it is asked.

use crate::picture::SIZES;
use crate::rows::rows;
use crate::trees::{built_in, network};
use crate::walk::Walk;
use ratatui::layout::Position;
use twinge::app::Key;
use twinge::questionnaire::Answer;

#[test]
fn a_question_with_one_answer() {
    check!("one", &network(), |walk| walk.none_of("smell").keys("Down"));
}

#[test]
fn a_question_with_ticks_and_a_mark() {
    check!("many", &network(), |walk| walk.fill_in("smell", ["burnt", "?hot"]));
}

#[test]
fn nothing_ticked_asks_for_none_of_these_first() {
    check!("nothing-ticked", &network(), |walk| walk.begin().keys("Enter"));
}

#[test]
fn why_a_question_is_asked() {
    check!("why", &network(), |walk| walk.none_of("smell").keys("w"));
}

#[test]
fn a_number() {
    check!("number", &network(), |walk| walk.none_of("smell").answer("scope", "all").fill_in("days", 14));
}

#[test]
fn a_number_out_of_range_says_what_is_possible() {
    check!("number-out-of-range", &network(), |walk| walk.none_of("smell").answer("scope", "all").keys("999 Enter"));
}

#[test]
fn an_emptied_number_leaves_the_earlier_one() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).none_of("smell").answer("scope", "all").answer("days", 14);
    walk.keys("Left Backspace Backspace Left").hides("ticked there");
}

#[test]
fn the_first_digit_replaces_an_earlier_number() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).none_of("smell").answer("scope", "all").answer("days", 14);
    walk.keys("Left 3").shows("▸ 3▏");
}

#[test]
fn a_long_list() {
    check!("long-list", &network(), |walk| walk.none_of("smell").answer("scope", "one").fill_in("devices", ["phone"]));
}

#[test]
fn a_long_list_while_it_is_searched() {
    check!("search", &network(), |walk| walk.none_of("smell").answer("scope", "one").keys("/ han"));
}

#[test]
fn an_option_without_a_digit_is_found_by_its_name() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).none_of("smell").answer("scope", "one");
    walk.answer("devices", ["laptop", "doorbell", "?thermostat"]).shows("Which of them are new?");
}

#[test]
#[should_panic(expected = "“days” is not in view, but “smell”: What do you notice at the router?")]
fn a_walk_that_goes_astray_names_the_question_in_view() {
    let _ = Walk::through(&network()).answer("days", 3);
}

#[test]
fn backspace_never_leaves_a_search() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).none_of("smell").answer("scope", "one");
    walk.keys("/ x Backspace Backspace Backspace").shows("/ ▏");
}

#[test]
fn a_search_selects_what_fits_best_and_a_name_typed_twice_stays_ticked() {
    let questionnaire = built_in();
    let walk = Walk::through(&questionnaire).answer("age", 44).hurry_to("medicines");
    // The line in focus, acetazolamide, fits too: it is for mountain sickness.
    let walk = walk.keys("/ simv Enter").shows("Ticked: Simvastatin (cholesterol).");
    walk.keys("zoco Enter Esc").shows("[x] Simvastatin").keys("/ omeprasol").shows("▸ [ ] Omeprazole");
}

#[test]
fn enter_leads_past_every_line_before_none_of_these() {
    let questionnaire = built_in();
    let mut walk = Walk::through(&questionnaire).sized(40, 12).answer("age", 44).hurry_to("unwell");
    let mut seen = String::new();
    for _ in 0..30 {
        seen.push_str(&walk.screen());
        if walk.screen().contains("Nothing is ticked.") {
            break;
        }
        walk = walk.keys("Enter");
    }
    seen.push_str(&walk.screen());
    for line in ["Fever", "Chest pain", "grey", "Confusion", "headache", "Vomiting", "heat", "hopeless"] {
        assert!(seen.contains(line), "{line} was never in view:\n{seen}");
    }
}

fn paste<'q>(mut walk: Walk<'q>, text: &str) -> Walk<'q> {
    walk.app.paste(text);
    walk
}

#[test]
fn a_key_of_another_alphabet_says_so_and_a_digit_of_full_width_is_a_digit() {
    let questionnaire = network();
    let press = |mut walk: Walk<'_>, key: char| {
        walk.app.press(Key::Char(key));
        walk.screen()
    };
    let begun = || Walk::through(&questionnaire).begin();
    assert!(press(begun(), 'й').contains("The key “й” does nothing here. Switch your keyboard to Latin letters."));
    assert!(press(begun(), '２').contains("2 [x]"));
}

#[test]
fn pasted_text_is_typed_where_text_is_typed_and_passed_over_elsewhere() {
    let questionnaire = network();
    let walk = paste(Walk::through(&questionnaire).begin(), "1 n q\r\n").shows("1 [ ] It smells burnt");
    let walk = paste(walk.none_of("smell").answer("scope", "all"), "12 days").shows("▸ 12 days▏");
    // What is no number is seen and refused, not made into one.
    let mut walk = walk.keys("Enter").shows("Please type a number");
    walk.app.press(Key::Ctrl('u'));
    let walk = paste(walk.shows("▸ ▏"), " １2 ").shows("▸ 12▏");
    paste(walk.keys("Enter /"), &"hand".repeat(500)).shows("/ handhand");
}

#[test]
fn the_roles_of_a_question() {
    let questionnaire = network();
    let at_scope = || Walk::through(&questionnaire).none_of("smell");
    insta::assert_snapshot!("one.roles", at_scope().keys("Down").roles());
    insta::assert_snapshot!("why.roles", at_scope().keys("w").roles());
    insta::assert_snapshot!("number.roles", at_scope().answer("scope", "all").fill_in("days", 14).roles());
    insta::assert_snapshot!("search.roles", at_scope().answer("scope", "one").keys("/ han").roles());
    let many = Walk::through(&questionnaire).fill_in("smell", ["burnt", "?hot"]);
    insta::assert_snapshot!("many.roles", many.roles());
}

#[test]
fn what_was_never_on_screen_is_never_a_no() {
    let questionnaire = built_in();
    let unwell = questionnaire.question("unwell").expect("it is asked");
    let at_unwell = || Walk::through(&questionnaire).sized(40, 12).answer("age", 44).hurry_to("unwell");
    // Ticks do not make a list read: Enter shows the rest of it first.
    let walk = at_unwell().keys("4 Enter").shows("Here is more.");
    assert_eq!(walk.app.interview().answers().get(unwell), None);
    assert_eq!(at_unwell().keys("0").app.interview().answers().get(unwell), None);
    // Whoever looks at the results in between is not sure of what they have not seen.
    let walk = at_unwell().keys("4 r");
    let Some(Answer::Many { ticked, unsure }) = walk.app.interview().answers().get(unwell) else {
        panic!("ticks count")
    };
    assert!(ticked.len() == 1 && !unsure.is_empty(), "{ticked:?} {unsure:?}");
}

#[test]
fn none_of_these_costs_one_key_once_everything_was_seen() {
    let questionnaire = built_in();
    let unwell = questionnaire.question("unwell").expect("it is asked");
    let walk = Walk::through(&questionnaire).sized(80, 24).answer("age", 44).hurry_to("unwell").keys("0");
    let none = Answer::Many { ticked: [].into(), unsure: [].into() };
    assert_eq!(walk.app.interview().answers().get(unwell), Some(&none));
}

#[test]
fn none_of_these_and_not_sure_take_ticks_away_only_when_asked_twice() {
    let questionnaire = network();
    for (key, ask) in [("0", "Press 0 again"), ("n", "Press n again")] {
        let walk = Walk::through(&questionnaire).fill_in("smell", ["dark"]).keys(key).shows(ask);
        walk.keys("Up").keys(key).shows(ask).keys(key).shows("What does not work?");
    }
}

#[test]
fn only_the_very_next_enter_answers_none_of_these() {
    let questionnaire = network();
    for between in ["? Esc", "m Esc", "w w", "Esc", "Down", "Space Space", "Up", "7", "й"] {
        let walk = Walk::through(&questionnaire).begin().keys("Enter").shows("Nothing is ticked.");
        walk.keys(between).keys("Enter").shows("Nothing is ticked.").keys("Enter").shows("What does not work?");
    }
}

#[test]
fn a_screen_that_is_drawn_anew_says_what_it_said() {
    let questionnaire = network();
    let mut walk = Walk::through(&questionnaire).begin().keys("Enter");
    walk.app.press(Key::Ctrl('l'));
    walk.shows("Nothing is ticked.").keys("Enter").shows("What does not work?");
}

#[test]
fn what_is_asked_twice_names_marks_as_marks() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).fill_in("smell", ["?hot"]).keys("n");
    walk.shows("1 marked not sure. Press n again to answer “I'm not sure” instead.").hides("ticks");
}

#[test]
fn how_much_of_a_long_list_was_not_seen_stays_the_same_while_nothing_moves() {
    let questionnaire = built_in();
    for (columns, rows) in [(100, 30), (80, 24), (40, 12), (30, 8)] {
        let walk = Walk::through(&questionnaire).answer("age", 44).hurry_to("medicines").sized(columns, rows);
        let told = |walk: &Walk<'_>| Some(walk.words().split_once("come to ")?.1.split_once(" line")?.0.to_owned());
        let walk = walk.keys("Space");
        // Where its name is not all in view, Space first scrolls to it.
        let walk = if walk.words().contains("[x]") { walk } else { walk.keys("Space") };
        let walk = walk.shows("[x]").keys("0");
        let first = told(&walk);
        let walk = walk.keys("0");
        assert!(first.is_some() && told(&walk) == first, "{first:?}, then {}", walk.screen());
        assert_eq!(told(&walk.keys("? Esc 0")), first);
    }
}

#[test]
fn a_page_further_selects_a_line_in_view_and_passes_none_by() {
    let questionnaire = built_in();
    for (id, columns, rows) in
        [("medicines", 100, 30), ("medicines", 80, 24), ("medicines", 40, 12), ("history", 80, 24), ("history", 40, 12)]
    {
        let mut walk = Walk::through(&questionnaire).answer("age", 44).hurry_to(id).sized(columns, rows);
        let mut before = String::new();
        while walk.screen() != before {
            before = walk.screen();
            assert!(before.contains('▸'), "{before}");
            walk = walk.keys("PgDn");
        }
        // Once all have been on screen, one key says that none of them applies.
        let question = walk.app.interview().in_view();
        walk = walk.keys("0");
        assert_ne!(walk.app.interview().in_view(), question, "{id} at {columns}×{rows}: {}", walk.screen());
    }
}

#[test]
fn none_of_a_long_list_is_asked_about_first_however_it_is_said() {
    let questionnaire = built_in();
    let walk = Walk::through(&questionnaire).answer("age", 44).hurry_to("medicines");
    let walk = walk.keys("End Up").shows("▸ 0     None of these").keys("Enter").shows("You haven't come to");
    walk.shows("If none of those applies, press Enter again.").keys("Enter").hides("Your medicines");
}

#[test]
fn enter_never_ticks_a_guess() {
    let questionnaire = built_in();
    let walk = Walk::through(&questionnaire).answer("age", 44).hurry_to("medicines").keys("/ omeprasol");
    let walk = walk.shows("Nothing is called “omeprasol”. Did you mean one of these?").keys("Enter");
    walk.shows("Is it Omeprazole (stomach acid)? If so, press Enter again.")
        .shows("[ ] Omeprazole")
        .keys("Enter")
        .shows("Ticked: Omeprazole (stomach acid).");
}

#[test]
fn two_digits_make_a_number_in_a_list_of_more_than_nine() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).none_of("smell").answer("scope", "one");
    walk.keys("1")
        .shows("▸  1 [ ] laptop")
        .keys("2")
        .shows("▸ 12 [ ] thermostat")
        .keys("Up 1 0")
        .shows("▸ 10 [ ] camera");
}

/// The text of the row of the cursor, up to the cursor.
fn before_cursor(walk: &Walk<'_>) -> String {
    let Position { x, y } = walk.app.frame().cursor;
    rows(&walk.app)[usize::from(y)].chars().take(x.into()).collect()
}

#[test]
fn the_cursor_of_the_terminal_is_where_the_next_character_is_typed() {
    let questionnaire = network();
    for (columns, lines) in SIZES {
        let walk = Walk::through(&questionnaire).sized(columns, lines).none_of("smell").answer("scope", "one");
        let walk = walk.keys("Down Down Down /");
        assert!(before_cursor(&walk).ends_with("/ "), "{}", walk.screen());
        let walk = walk.keys("han");
        assert!(before_cursor(&walk).ends_with("/ han"), "{}", walk.screen());
        // What is found is read where it stands.
        let walk = walk.keys("Down");
        assert!(!before_cursor(&walk).contains("/ han"), "{}", walk.screen());
        let walk = walk.keys("zz");
        assert!(before_cursor(&walk).ends_with("/ hanzz"), "{}", walk.screen());
        let walk = Walk::through(&questionnaire).sized(columns, lines).none_of("smell").answer("scope", "all");
        let walk = walk.keys("14");
        assert!(before_cursor(&walk).ends_with("▸   14"), "{}", walk.screen());
        let walk = walk.keys("Down");
        assert!(!before_cursor(&walk).contains('▸'), "{}", walk.screen());
    }
}

#[test]
fn a_short_notice_moves_nothing() {
    let questionnaire = built_in();
    let mut walk = Walk::through(&questionnaire).answer("age", 48).answer("sex", "male").hurry_to("where");
    let before = rows(&walk.app);
    walk = walk.keys("Enter").shows("Nothing is ticked. Press Enter again");
    assert_eq!(rows(&walk.app)[..22], before[..22]);
}
