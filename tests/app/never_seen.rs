//! What was never on screen is never a *no*: whatever is pressed or typed, at any size.
//!
//! The one exception is asked for. In a list that is long enough to be searched, the person can say *None of these* before
//! the end, by pressing the key once more after being told how many lines are still to come.

use std::collections::BTreeSet;

use crate::rows::rows;
use la_arena::{Arena, Idx};
use proptest::prelude::*;
use proptest::sample::select;
use twinge::app::{App, Effect, Key, Plain, Size};
use twinge::interview::{InView, Interview};
use twinge::questionnaire::{Answer, Question, Questionnaire};

use crate::keys;
use crate::trees::parsed;

/// A list of so many lines, and what hangs on it.
fn tree(lines: usize) -> Questionnaire {
    let option = |word: &str, at| format!("{{ id = \"s{at}\", say = \"{word} {at}.\" }}");
    let options = |word| (1..=lines).map(|at| option(word, at)).collect::<Vec<_>>().join(", ");
    parsed(format!(
        r#"format = 1
title = "Signs"
[[urgency]]
id = "calm"
say = "Wait."
[[urgency]]
id = "now"
say = "Go."
interrupts = true
leads = true
[[question]]
id = "one"
ask = "One of them?"
kind = "one"
options = [{others}]
[[question]]
id = "signs"
ask = "Which?"
kind = "many"
options = [{options}]
[[question]]
id = "new"
ask = "Which are new?"
kind = "many"
from = "signs"
[[alarm]]
id = "last"
when = {{ signs = "s{lines}" }}
urgency = "now"
say = "Go now."
[[cause]]
id = "cold"
name = "A cold"
base = [{{ p = 0.2 }}]
findings = [{{ lr = 3, when = {{ signs = "s2" }}, grade = "C" }}]
"#,
        others = options("Kind"),
        options = options("Sign"),
    ))
}

/// What has been in view of each question so far, and the answers that were given.
#[derive(Default)]
struct Witness {
    seen: BTreeSet<(Idx<Question>, String)>,
    given: Vec<(Idx<Question>, Answer)>,
    /// What is in view.
    text: String,
}

impl Witness {
    /// Takes in what has just been drawn or written.
    fn see(&mut self, interview: &Interview<'_>, text: String) {
        if let InView::Question(question) = interview.in_view()
            && let Some(options) = interview.questionnaire().questions[question].options()
        {
            let drawn = options.values().filter(|option| text.contains(&option.say));
            self.seen.extend(drawn.map(|option| (question, option.say.clone())));
        }
        self.text = text;
    }

    /// Whether the person says of all lines at once that none applies.
    fn is_none_asked_for(&self) -> bool {
        let mut lines = self.text.lines();
        self.text.contains("haven't come to") || lines.any(|line| line.contains('▸') && line.contains("None of"))
    }

    /// The lines that a new answer says *no* to, though they were never in view. `previous` is what was in view before.
    fn unseen(&mut self, interview: &Interview<'_>) -> Vec<String> {
        let mut unseen = Vec::new();
        for (id, question) in interview.questionnaire().questions.iter() {
            let Some(answer @ Answer::Many { ticked, unsure }) = interview.answers().get(id) else { continue };
            let given = (id, answer.clone());
            if self.given.contains(&given) {
                continue;
            }
            self.given.push(given);
            let options = question.options().into_iter().flat_map(Arena::iter);
            let is_offered = |option| interview.offered(id).contains(&option);
            let denied = options
                .filter(|(option, _)| is_offered(*option) && !ticked.contains(option) && !unsure.contains(option));
            for (_, option) in denied {
                // What was said *no* to once need not be read again.
                if self.seen.insert((id, option.say.clone())) {
                    unseen.push(option.say.clone());
                }
            }
        }
        unseen
    }
}

/// What a person can do at a terminal.
#[derive(Debug, Clone, Copy)]
enum Doing {
    Press(Key),
    Resize(Size),
}

fn doing() -> impl Strategy<Value = Doing> {
    let moves = vec![keys::DOWN, keys::DOWN, keys::UP, keys::FIRST, keys::LAST, Key::PageDown, Key::Left, Key::Right];
    let gives = vec![Key::Enter, Key::Enter, keys::TICK, keys::MARK_UNSURE, keys::NOT_SURE, Key::Char('0')];
    prop_oneof![
        6 => select(moves).prop_map(Doing::Press),
        6 => select(gives).prop_map(Doing::Press),
        2 => (1..=9_usize).prop_map(|number| Doing::Press(keys::digit(number).expect("a digit"))),
        2 => select("/mrpiaewu?s1g".chars().collect::<Vec<_>>()).prop_map(|letter| Doing::Press(Key::Char(letter))),
        1 => select(vec![Key::Esc, Key::Tab, Key::BackTab, Key::Backspace]).prop_map(Doing::Press),
        2 => (0..=100_u16, 0..=30_u16).prop_map(|(columns, rows)| Doing::Resize(Size { columns, rows })),
    ]
}

fn lines() -> impl Strategy<Value = Vec<String>> {
    let line = prop_oneof![
        4 => select(vec!["0", "0", "", "", "n", "b", "f", "m", "r", "p", "l", "i", "a", "e", "?", "/sign", "/4", "1", "2"]),
        2 => select(vec!["3", "5 7", "?2", "10", "12", "?10 1", "1 2 3"]),
    ];
    prop::collection::vec(line.prop_map(str::to_owned), 0..50)
}

fn drawn(app: &App<'_>) -> String {
    rows(app).join("\n")
}

#[test]
fn a_line_between_two_zeros_makes_the_second_ask_again() {
    let questionnaire = tree(12);
    let mut plain = Plain::new(App::new(&questionnaire, Size::LEAST));
    plain.begin();
    let said: Vec<String> = ["1", "0", "", "0"].map(|line| plain.handle_line(line).said).into();
    assert!(said[1].contains("haven't come to") && said[2].contains("Nothing is ticked"), "{said:?}");
    assert!(said[3].contains("haven't come to"), "{said:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn keys_say_no_only_to_what_was_drawn(
        length in select(vec![10_usize, 12]),
        (columns, rows) in (0..=100_u16, 0..=30_u16),
        done in prop::collection::vec(doing(), 0..80),
    ) {
        let questionnaire = tree(length);
        let mut app = App::new(&questionnaire, Size { columns, rows });
        let mut witness = Witness::default();
        for doing in done {
            witness.see(app.interview(), drawn(&app));
            match doing {
                Doing::Resize(size) => app.resize(size),
                Doing::Press(key) if app.press(key) == Some(Effect::Quit) => break,
                Doing::Press(_) => {}
            }
            let is_excused = length > 10 && witness.is_none_asked_for();
            let unseen = witness.unseen(app.interview());
            prop_assert!(unseen.is_empty() || is_excused, "{unseen:?} after {doing:?} on\n{}", witness.text);
        }
    }

    #[test]
    fn lines_say_no_only_to_what_was_written(length in select(vec![10_usize, 12]), lines in lines()) {
        let questionnaire = tree(length);
        let mut plain = Plain::new(App::new(&questionnaire, Size::LEAST));
        let mut witness = Witness::default();
        let begin = plain.begin();
        witness.see(plain.app().interview(), begin);
        for line in lines {
            let reply = plain.handle_line(&line);
            let is_excused = length > 10 && witness.is_none_asked_for();
            let unseen = witness.unseen(plain.app().interview());
            prop_assert!(unseen.is_empty() || is_excused, "{unseen:?} after {line:?} on\n{}", witness.text);
            witness.see(plain.app().interview(), reply.said);
            if reply.effect == Effect::Quit {
                break;
            }
        }
    }
}
