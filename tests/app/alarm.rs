//! An alarm that interrupts: whether its answers are right, what to do, and how it comes and goes with the answers.

use crate::picture;
use crate::trees::{network, parsed};
use crate::walk::Walk;
use twinge::app::theme::Theme;

const FIRE: [&str; 2] = ["burnt", "hot"];

#[test]
fn an_alarm_asks_whether_it_is_right() {
    check!("alarm-doubt", &network(), |walk| walk.answer("smell", FIRE));
}

#[test]
fn a_confirmed_alarm_says_what_to_do() {
    check!("alarm-told", &network(), |walk| walk.answer("smell", FIRE).confirm_alarm());
}

#[test]
fn a_confirmed_emergency_stays_in_view_while_the_questions_go_on() {
    check!("standing-emergency", &network(), |walk| walk.answer("smell", FIRE).confirm_alarm().go_on());
}

#[test]
fn a_lower_alarm_is_told_in_a_line() {
    check!("alarm-in-a-line", &network(), |walk| walk.answer("smell", ["hot"]));
}

#[test]
fn an_emergency_is_told_without_any_colour() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).sized(60, 12).answer("smell", FIRE);
    let terminal = picture::terminal(&walk.app, Theme::PLAIN);
    insta::assert_snapshot!("alarm-without-colour", format!("{:#?}", terminal.backend().buffer()));
}

#[test]
fn the_roles_of_an_alarm() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).answer("smell", FIRE);
    insta::assert_snapshot!("alarm-doubt.roles", walk.roles());
    let walk = walk.confirm_alarm();
    insta::assert_snapshot!("alarm-told.roles", walk.roles());
    insta::assert_snapshot!("standing-emergency.roles", walk.go_on().roles());
}

#[test]
fn the_text_of_an_alarm_is_read_from_its_top() {
    let questionnaire = network();
    let mut walk = Walk::through(&questionnaire).sized(30, 8).answer("smell", FIRE);
    let mut seen = String::new();
    for _ in 0..12 {
        seen.push_str(&walk.screen());
        walk = walk.keys("Down");
    }
    for line in
        ["You said:", "It smells burnt;", "The router may be burning", "If it is right:", "▸ 1 Yes, this is right"]
    {
        assert!(seen.contains(line), "{line} is never seen:\n{seen}");
    }
    // Enter reads on, and chooses only what is in view.
    let walk = Walk::through(&questionnaire).sized(30, 8).answer("smell", FIRE);
    walk.keys("Enter").shows("DANGER").hides("Go on with");
}

#[test]
fn an_alarm_that_shrinks_out_of_view_is_read_on() {
    let questionnaire = network();
    let mut walk = Walk::through(&questionnaire).answer("smell", FIRE).keys("Down").sized(30, 8);
    let mut seen = String::new();
    for _ in 0..8 {
        seen.push_str(&walk.screen());
        walk = walk.keys("Enter");
    }
    for text in ["Yes, this is right", "Pull the plug", "Show my results"] {
        assert!(seen.contains(text), "{text} never came:\n{seen}");
    }
}

#[test]
fn looking_again_leads_to_the_question_and_the_alarm_asks_again() {
    let questionnaire = network();
    for way in ["Down Enter", "Esc", "Left"] {
        let walk = Walk::through(&questionnaire).answer("smell", FIRE).keys(way).shows("1 [x] It smells burnt");
        walk.keys("Enter").shows("DANGER");
    }
}

#[test]
fn an_alarm_that_was_withdrawn_and_raised_again_is_confirmed_again() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).answer("smell", FIRE).confirm_alarm().go_on();
    let walk = walk.keys("Left").answer("smell", ["hot"]).hides("DANGER");
    walk.keys("Left").answer("smell", FIRE).shows("DANGER");
}

#[test]
fn a_danger_that_is_ticked_counts_whichever_way_the_question_is_left() {
    let questionnaire = network();
    for leaving in ["Left", "Right", "r", "m", "p", "BackTab"] {
        let answered = Walk::through(&questionnaire).none_of("smell").answer("scope", "all");
        answered.keys("Left Left").fill_in("smell", FIRE).keys(leaving).shows("DANGER");
    }
    // Without an answer yet, the ticks are kept, and submitted before the results.
    let walk = Walk::through(&questionnaire).none_of("smell").answer("scope", "one");
    let walk =
        walk.fill_in("devices", ["laptop"]).keys("Left Right").shows("1 [x] laptop").keys("Left").open("results");
    assert!(walk.app.interview().answers().get(questionnaire.question("devices").expect("it is asked")).is_some());
}

#[test]
fn what_is_unticked_and_left_is_open_again() {
    let questionnaire = network();
    for leaving in ["Left", "r", "p", "m", "Right"] {
        // The alarm is looked at again, and everything that raised it is unticked.
        let walk =
            Walk::through(&questionnaire).answer("smell", FIRE).keys("Down Enter 12").keys(leaving).hides("DANGER");
        let smell = questionnaire.question("smell").expect("it is asked");
        assert!(walk.app.interview().answers().get(smell).is_none(), "{leaving}");
    }
}

#[test]
fn nobody_quits_past_an_emergency_that_they_have_just_ticked() {
    let questionnaire = network();
    Walk::through(&questionnaire).fill_in("smell", FIRE).keys("q").shows("DANGER");
}

/// An alarm can be raised because something is *not* so, and by questions that nobody is asked.
#[test]
fn an_alarm_that_nobody_said_a_word_for_can_be_left() {
    let questionnaire = parsed(
        r#"
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
    "#,
    );
    let walk = Walk::through(&questionnaire).answer("a", "yes").shows("You said: A? Yes");
    let walk = walk.keys("Esc").shows("Yes your answer");
    let walk = walk.keys("Right").confirm_alarm().go_on().shows("NOW");
    walk.keys("Esc").hides("Press Enter to begin");
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
    Walk::through(&parsed(tree)).answer("a", "yes").shows("You said: A? Yes");
}
