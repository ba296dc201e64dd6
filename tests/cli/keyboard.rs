//! Which keys are meant for the question in view. The time is made up.

use std::time::{Duration, Instant};

use crate::rows::rows;
use twinge::app::{App, Effect, Size};
use twinge::questionnaire::{Questionnaire, parse};
use twinge::terminal::keyboard::{HELD, Keyboard};

const SIZE: Size = Size { columns: 80, rows: 24 };

fn questionnaire() -> Questionnaire {
    let question = |at| format!("[[question]]\nid = \"q{at}\"\nask = \"Question {at}?\"\nkind = \"one\"\n");
    let questions = (1..10).map(question).collect::<Vec<_>>().concat();
    parse(format!("format = 1\ntitle = \"Nine\"\n{questions}").as_bytes()).expect("a questionnaire")
}

/// The program at a keyboard. Each screen is on the terminal one millisecond after the key that leads to it.
struct Person<'q> {
    keyboard: Keyboard,
    app: App<'q>,
    now: Instant,
    last: Option<Effect>,
}

impl<'q> Person<'q> {
    /// Somebody in front of the first question, who has let Enter go.
    fn at_first_question(questionnaire: &'q Questionnaire) -> Person<'q> {
        let now = Instant::now();
        let app = App::new(questionnaire, SIZE);
        let mut person = Person { keyboard: Keyboard::new(now), app, now, last: None };
        person.after(500).press("\r").after(500);
        assert_eq!(person.asked(), 1);
        person
    }

    fn after(&mut self, milliseconds: u64) -> &mut Self {
        self.now += Duration::from_millis(milliseconds);
        self.keyboard.pass_time(self.now);
        self.hand_over();
        self
    }

    fn press(&mut self, bytes: &str) -> &mut Self {
        self.keyboard.read(bytes.as_bytes(), self.now);
        self.hand_over();
        self
    }

    fn hand_over(&mut self) {
        while self.keyboard.has_events() {
            let before = self.app.scene();
            self.last = self.keyboard.hand_over(&mut self.app).or(self.last);
            if self.app.scene() != before {
                self.now += Duration::from_millis(1);
                self.keyboard.show(self.now);
            }
        }
    }

    /// The number of the question in view.
    fn asked(&self) -> u32 {
        let rows = rows(&self.app).join("\n");
        let number = rows.split_once("Question ").and_then(|(_, rest)| rest.chars().next()?.to_digit(10));
        number.unwrap_or_else(|| panic!("no question:\n{rows}"))
    }
}

#[test]
fn enter_typed_ahead_answers_nothing_that_was_not_on_screen() {
    let questionnaire = questionnaire();
    let mut person = Person::at_first_question(&questionnaire);
    assert_eq!(person.press("1\r2\r1\r").asked(), 2);
    // What only selects is taken; Enter is to be pressed once more.
    assert_eq!(person.after(500).press("\r").asked(), 3);
}

#[test]
fn enter_typed_before_the_first_screen_begins_nothing() {
    let questionnaire = questionnaire();
    let now = Instant::now();
    let mut keyboard = Keyboard::new(now);
    let mut app = App::new(&questionnaire, SIZE);
    let before = app.scene();
    keyboard.read(b"\n", now);
    keyboard.show(now + Duration::from_millis(3));
    assert_eq!((keyboard.hand_over(&mut app), app.scene()), (None, before));
}

#[test]
fn a_key_that_bounces_answers_once() {
    let questionnaire = questionnaire();
    let mut person = Person::at_first_question(&questionnaire);
    for bounce in [2, 10, 30] {
        let before = person.after(500).asked();
        assert_eq!(person.press("\r").after(bounce).press("\r").asked(), before + 1, "after {bounce} ms");
    }
}

#[test]
fn a_key_that_is_held_answers_no_more_than_its_first_repeat() {
    let questionnaire = questionnaire();
    for interval in [15, 25, 33, 50, 90] {
        let mut person = Person::at_first_question(&questionnaire);
        person.press("\r").after(500);
        for _ in 0..60 {
            person.press("\r").after(interval);
        }
        assert_eq!(person.asked(), 3, "every {interval} ms");
        assert_eq!(person.after(500).press("\r").asked(), 4, "once it was let go");
    }
}

#[test]
fn where_the_terminal_tells_a_held_key_it_answers_once() {
    let questionnaire = questionnaire();
    let mut person = Person::at_first_question(&questionnaire);
    person.press("\x1b[13u").after(500);
    for _ in 0..60 {
        person.press("\x1b[13;1:2u").after(30);
    }
    assert_eq!(person.press("\x1b[13;1:3u").asked(), 2);
    assert_eq!(person.after(200).press("\x1b[13u").asked(), 3);
}

#[test]
fn fast_fingers_are_not_held_keys() {
    let questionnaire = questionnaire();
    let mut person = Person::at_first_question(&questionnaire);
    // Faster than anybody types one key again and again, and than two keys in turn.
    assert_eq!(person.press("\r").after(110).press("\r").after(110).press("\r").asked(), 4);
    assert_eq!(person.after(10).press("2").after(10).press("\r").asked(), 5);
    assert!(HELD < Duration::from_millis(110));
}

#[test]
fn moving_may_be_held() {
    let questionnaire = questionnaire();
    let mut person = Person::at_first_question(&questionnaire);
    person.press("\x1b[B").after(10).press("\x1b[1;1:2B").press("\r").after(500).press("\x1b[D");
    assert!(rows(&person.app).iter().any(|row| row.contains("▸ n I'm not sure")), "{}", rows(&person.app).join("\n"));
}

#[test]
fn ctrl_c_is_not_behind_what_was_typed_ahead() {
    let questionnaire = questionnaire();
    let mut person = Person::at_first_question(&questionnaire);
    person.keyboard.read("1\r".repeat(4000).as_bytes(), person.now);
    person.press("\x03");
    assert_eq!((person.asked(), person.last), (1, Some(Effect::Interrupt)));
}
