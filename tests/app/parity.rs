//! The same interview with keys on screens and with typed lines: the same questions, answers and ranking; and lines
//! that mean nothing.

use crate::generate::{Picks, Tree, Wishes};
use crate::trees::{built_in, network};
use proptest::prelude::*;
use twinge::app::{App, Effect, Key, Mode, Plain, Size};
use twinge::interview::InView;
use twinge::questionnaire::{Kind, Questionnaire};

const SIZE: Size = Size { columns: 100, rows: 2000 };

/// The same interview twice: with keys on screens, and with typed lines.
struct Twins<'q> {
    screens: App<'q>,
    plain: Plain<'q>,
    said: String,
    has_ended: bool,
}

impl<'q> Twins<'q> {
    fn new(questionnaire: &'q Questionnaire) -> Twins<'q> {
        let mut screens = App::new(questionnaire, SIZE);
        screens.press(Key::Enter);
        let mut plain = Plain::new(App::new(questionnaire, SIZE));
        let said = plain.begin();
        Twins { screens, plain, said, has_ended: false }
    }

    fn press(&mut self, keys: impl IntoIterator<Item = Key>) {
        for key in keys {
            self.has_ended |= self.screens.press(key) == Some(Effect::Quit);
        }
    }

    fn hear(&mut self, line: &str) {
        let reply = self.plain.handle_line(line);
        assert_eq!(reply.effect == Effect::Quit, self.has_ended, "after {line:?}");
        self.said = reply.said;
    }

    fn step(&mut self, picks: &mut Picks) {
        match self.screens.mode() {
            Mode::Choice => {
                let (keys, line): (&[Key], _) =
                    picks.of(&[(&[Key::Enter], "1"), (&[Key::Down, Key::Enter], "2"), (&[Key::Left], "b")]);
                self.press(keys.iter().copied());
                self.hear(line);
            }
            Mode::Results => {
                let (key, line) = picks.of(&[(Key::Left, "b"), (Key::Char('m'), "m"), (Key::Char('i'), "i")]);
                self.press([key]);
                self.hear(line);
            }
            Mode::WhatIf => {
                let (key, line) = picks.of(&[
                    (Key::Char('e'), "e"),
                    (Key::Char('u'), "u"),
                    (Key::Char('a'), "a"),
                    (Key::Char('i'), "i"),
                ]);
                self.press([key]);
                self.hear(line);
            }
            Mode::Answers => self.go_to(picks),
            Mode::One | Mode::Many | Mode::Number | Mode::LongMany => self.at_question(picks),
            Mode::Welcome
            | Mode::LongOne
            | Mode::Search
            | Mode::Why
            | Mode::Peek
            | Mode::Details
            | Mode::WhatIfDetails
            | Mode::StillOpen
            | Mode::Help
            | Mode::Problems
            | Mode::TooSmall => panic!("nothing stops at {:?}", self.screens.mode()),
        }
    }

    fn go_to(&mut self, picks: &mut Picks) {
        let rows = self.screens.interview().evaluation().shown_questions().count();
        let at = picks.below(rows + 3);
        self.press([Key::Home]);
        let is_trying = !std::ptr::eq(self.screens.own_interview(), self.screens.interview());
        match at.checked_sub(rows) {
            None => {
                self.press(std::iter::repeat_n(Key::Down, at).chain([Key::Enter]));
                self.hear(&(at + 1).to_string());
            }
            // *Start over* is not listed during what-if.
            Some(0) if !is_trying => {
                self.press([Key::End, Key::Enter, Key::Down, Key::Enter, Key::Enter]);
                self.hear("s");
                self.hear("2");
            }
            Some(_) => {
                self.press([Key::Esc]);
                self.hear("b");
            }
        }
    }

    fn at_question(&mut self, picks: &mut Picks) {
        match picks.below(16) {
            0 => self.both(Key::Left, "b"),
            1 => self.both(Key::Right, "f"),
            2 => self.both(Key::Char('m'), "m"),
            3 => self.both(Key::Char('r'), "r"),
            4 => {
                self.both(Key::Char('p'), "p");
                if self.screens.mode() == Mode::Peek {
                    self.press([Key::Esc]);
                }
            }
            5 => {
                self.both(Key::Char('q'), "q");
                if self.screens.mode() == Mode::Choice && !self.has_ended {
                    self.both(Key::Left, "b");
                }
            }
            _ => self.answer(picks),
        }
    }

    fn both(&mut self, key: Key, line: &str) {
        self.press([key]);
        self.hear(line);
    }

    fn answer(&mut self, picks: &mut Picks) {
        let interview = self.screens.interview();
        let InView::Question(question) = interview.in_view() else { panic!("a question is in view") };
        let offered = interview.evaluation().offered(question).len();
        let is_sure = !picks.once_in(5);
        match &interview.questionnaire().questions[question].kind {
            Kind::Number { .. } if is_sure => {
                let number = picks.below(21).to_string();
                self.press(number.chars().map(Key::Char).chain([Key::Enter]));
                self.hear(&number);
            }
            Kind::One(_) if is_sure => {
                let number = (1 + picks.below(offered)).to_string();
                self.press(number.chars().map(Key::Char).chain([Key::Enter]));
                self.hear(&number);
            }
            Kind::One(_) | Kind::Number { .. } => self.both(Key::Char('n'), "n"),
            Kind::Many { .. } if self.screens.mode() == Mode::LongMany => self.tick_one_by_one(picks, offered),
            Kind::Many { .. } => {
                let line = self.tick(picks, offered, is_sure);
                self.hear(&line);
            }
        }
    }

    /// On a long list a line only ticks, and an empty line goes on.
    fn tick_one_by_one(&mut self, picks: &mut Picks, offered: usize) {
        let place = self.plain.app().interview().in_view();
        let mode = self.plain.app().mode();
        // On a screen this tall all of the list has been seen, so here it is heard.
        self.hear("l");
        let at = picks.below(offered);
        let row = [Key::Home].into_iter().chain(std::iter::repeat_n(Key::Down, at));
        match picks.below(8) {
            0 | 1 => {
                self.hear("");
                // Enter on nothing asks on both, but on the screen the next Enter would mean it.
                if self.plain.app().interview().in_view() != place || self.plain.app().mode() != mode {
                    self.press([Key::Enter]);
                }
            }
            2 => {
                self.both(Key::Char('0'), "0");
                let asks_again = self.plain.app().interview().in_view() == place && self.plain.app().mode() == mode;
                if asks_again {
                    self.both(Key::Char('0'), "0");
                }
            }
            3 => {
                self.press(row.chain([Key::Char('u')]));
                self.hear(&format!("?{}", at + 1));
            }
            _ => {
                self.press(row.chain([Key::Char('x')]));
                self.hear(&(at + 1).to_string());
            }
        }
    }

    /// Ticks, marks or clears each option, whatever it was before: `u x` ticks it, another `x` clears it, another `u` marks it.
    fn tick(&mut self, picks: &mut Picks, offered: usize, is_sure: bool) -> String {
        let mut line = Vec::new();
        for at in 0..offered {
            self.press([Key::Home].into_iter().chain(std::iter::repeat_n(Key::Down, at)));
            self.press([Key::Char('u'), Key::Char('x')]);
            match picks.below(4) {
                0 if is_sure => line.push((at + 1).to_string()),
                1 if is_sure => {
                    self.press([Key::Char('u')]);
                    line.push(format!("?{}", at + 1));
                }
                _ => self.press([Key::Char('x')]),
            }
        }
        match (line.is_empty(), is_sure) {
            (false, _) => self.press([Key::Enter]),
            (true, true) => self.press([Key::Char('0')]),
            (true, false) => self.press([Key::Char('n')]),
        }
        match (line.is_empty(), is_sure) {
            (false, _) => line.join(" "),
            (true, true) => "0".into(),
            (true, false) => "n".into(),
        }
    }

    fn assert_same(&self) {
        let (screens, plain) = (self.screens.interview(), self.plain.app().interview());
        assert_eq!(self.screens.mode(), self.plain.app().mode());
        assert_eq!(screens.in_view(), plain.in_view());
        assert_eq!(screens.answers(), plain.answers());
        assert_eq!(screens.outcome(), plain.outcome());
        let (screens, plain) = (self.screens.own_interview(), self.plain.app().own_interview());
        assert_eq!(screens.answers(), plain.answers());
    }
}

fn numbers(most: usize) -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..most)
}

/// The characters of a text that the line mode must never print: control characters, and symbols such as arrows.
fn unspeakable(said: &str) -> Vec<char> {
    let is = |c: &char| (c.is_control() && *c != '\n') || ('\u{2190}'..='\u{2bff}').contains(c);
    said.chars().filter(is).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn keys_and_lines_lead_through_the_same_questions_to_the_same_ranking(tree in numbers(500), way in numbers(400)) {
        let questionnaire = Tree::grow(&mut Picks::new(tree), Wishes { tests_not_sure: true }).questionnaire();
        let mut twins = Twins::new(&questionnaire);
        let mut picks = Picks::new(way);
        for _ in 0..60 {
            twins.assert_same();
            let before = twins.screens.interview().in_view();
            twins.step(&mut picks);
            if twins.has_ended {
                return Ok(());
            }
            let place = twins.screens.interview().in_view();
            if let (InView::Question(question), Mode::One | Mode::Many | Mode::Number) = (place, twins.screens.mode())
                && before != place
            {
                let ask = &questionnaire.questions[question].ask;
                prop_assert!(twins.said.contains(ask.as_str()), "{} is not asked in {}", ask, twins.said);
            }
        }
        twins.assert_same();
    }

    #[test]
    fn no_line_panics_or_loses_an_answer_or_says_what_cannot_be_read_aloud(
        tree in numbers(500),
        lines in prop::collection::vec(
            prop_oneof![
                4 => "[0-9]{1,2}",
                2 => "[0-9?, ]{0,8}",
                3 => prop::sample::select(vec!["b", "f", "n", "w", "m", "p", "r", "l", "?", "q", "o", "", "why 1", "sources 1", "figures 1", "open 1", "go 1", "i", "u", "a", "e", "/o"]).prop_map(str::to_owned),
                2 => any::<String>(),
            ],
            0..60,
        ),
    ) {
        let questionnaire = Tree::grow(&mut Picks::new(tree), Wishes { tests_not_sure: true }).questionnaire();
        let mut plain = Plain::new(App::new(&questionnaire, SIZE));
        let mut said = plain.begin();
        for line in lines {
            // Starting over is the one way to lose them, and asks first.
            let line = if said.contains("Start over?") { "1".to_owned() } else { line };
            let before = plain.app().own_interview().answers().clone();
            let reply = plain.handle_line(&line);
            said = reply.said;
            let answers = plain.app().own_interview().answers();
            for (question, _) in questionnaire.questions.iter() {
                prop_assert!(before.get(question).is_none() || answers.get(question).is_some(), "after {:?}", line);
            }
            // What was typed is repeated as it is, but for what acts on a terminal.
            let own = said.replace(|c| line.contains(c) && !char::is_control(c), "");
            prop_assert_eq!(unspeakable(&own), Vec::<char>::new(), "after {:?}: {}", line, said);
            prop_assert_eq!(unspeakable(&plain.prompt()), Vec::<char>::new());
            if reply.effect == Effect::Quit {
                break;
            }
        }
        let end = plain.end();
        prop_assert_eq!(unspeakable(&end), Vec::<char>::new(), "{}", end);
    }
}

proptest! {
    // Every option takes many keys.
    #![proptest_config(ProptestConfig { cases: 30, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ticks_begun_on_a_long_list_are_the_same_with_keys_and_lines(way in numbers(300)) {
        let questionnaire = network();
        let mut twins = Twins::new(&questionnaire);
        let mut picks = Picks::new(way);
        for _ in 0..60 {
            twins.assert_same();
            twins.step(&mut picks);
            if twins.has_ended {
                return Ok(());
            }
        }
        twins.assert_same();
    }
}

#[test]
fn nothing_in_the_built_in_questions_is_unspeakable() {
    let questionnaire = built_in();
    let mut plain = Plain::new(App::new(&questionnaire, SIZE));
    let mut said = plain.begin();
    for _ in 0..60 {
        if plain.prompt().starts_with("Results") {
            break;
        }
        for line in ["w", "l", "?", "p", "1", ""] {
            said.push_str(&plain.handle_line(line).said);
        }
    }
    assert!(plain.prompt().starts_with("Results"), "{}", plain.prompt());
    for place in 1..60 {
        for line in [
            format!("{place}"),
            format!("why {place}"),
            format!("figures {place}"),
            format!("open {place}"),
            format!("sources {place}"),
        ] {
            said.push_str(&plain.handle_line(&line).said);
        }
    }
    for line in ["o", "l", "?", "m", "?"] {
        said.push_str(&plain.handle_line(line).said);
    }
    assert_eq!(unspeakable(&said), Vec::<char>::new());
}
