//! What a typed line does on each screen: the same as the keys there.

use la_arena::Idx;

use crate::app::line_mode::commands::{self, Command};
use crate::app::line_mode::sentences::Text;
use crate::app::line_mode::{Heard, Plain, options, output, prompt, results};
use crate::app::screens::question::{Card, Row};
use crate::app::screens::results::{Figures, Page};
use crate::app::{Effect, Key, Raised, Screen, view};
use crate::questionnaire::Kind;

impl Plain<'_> {
    pub(super) fn heard(&mut self, line: &str) -> Heard {
        match &self.app.screen {
            Screen::Question(card) => {
                let card = card.clone();
                self.on_question(card, line)
            }
            Screen::Offer(_)
            | Screen::ConfirmAlarm(_)
            | Screen::AlarmAdvice(_)
            | Screen::StartOver { .. }
            | Screen::Leave { .. } => self.on_choice(line),
            Screen::Answers { .. } => self.on_answers(line),
            Screen::Results(_) => self.on_results(line),
            // The line mode never stays on these screens.
            Screen::Welcome { .. } | Screen::Why { .. } | Screen::Peek { .. } | Screen::Help { .. } => {
                self.press(Key::Enter)
            }
        }
    }

    pub(super) fn on_command(&mut self, command: Command, card: Card) -> Heard {
        let interview = self.app.interview();
        match command {
            Command::NotSure => {
                let is_many = matches!(interview.questionnaire().questions[card.question].kind, Kind::Many { .. });
                if is_many && card.is_searchable(interview) && !card.is_blank() {
                    let ticked = options::ticked(&self.app, &card).join("; ");
                    let text =
                        format!("These are ticked: {ticked}.\n\nType 0 to take them away first, or press Enter.");
                    return Heard::Here(Text::from(text.as_str()));
                }
                self.give(Card { row: Row::NotSure, ticked: [].into(), unsure: [].into(), ..card })
            }
            Command::Why => Heard::Here(output::why(&self.app, &card)),
            Command::Again => Heard::Here(output::whole(&self.app, &card)),
            Command::Forward => {
                let is_open = interview.evaluation().answer(card.question).is_none();
                if is_open && !card.says_something(interview) {
                    return Heard::Here(Text::from("Answer this question first. Type n if you do not know."));
                }
                self.press(Key::Right)
            }
            Command::Back
            | Command::Answers
            | Command::Peek
            | Command::Results
            | Command::Save
            | Command::Help
            | Command::Quit => self.on_any(command),
        }
    }

    /// Does a command that means the same on every screen.
    fn on_any(&mut self, command: Command) -> Heard {
        match command {
            Command::Back => self.press(Key::Left),
            Command::Answers => self.press(Key::Char('m')),
            Command::Results => self.press(Key::Char('r')),
            Command::Quit => self.press(Key::Char('q')),
            Command::Save => self.press(Key::Char('s')),
            Command::Help => Heard::Here(prompt::help(&self.app)),
            Command::Again => Heard::On(Text::default()),
            Command::Peek => {
                let heard = self.press(Key::Char('p'));
                if !matches!(self.app.screen, Screen::Peek { .. }) {
                    return heard;
                }
                let mut text = Text::default();
                if let Some(notice) = &self.app.notice {
                    text.sentences(&crate::app::line_mode::spoken(notice));
                }
                results::so_far(&self.app, &mut text);
                self.app.press(Key::Esc);
                Heard::Here(text)
            }
            Command::Forward | Command::NotSure | Command::Why => Heard::Here(prompt::usage(&self.app)),
        }
    }

    /// Presses a key, and prints its notice if the screen stays the same.
    fn press(&mut self, key: Key) -> Heard {
        let before = Scene::from_screen(&self.app.screen);
        let effect = self.app.press(key);
        self.effect = effect.unwrap_or(Effect::Draw);
        match effect {
            Some(Effect::Quit) => Heard::Quit,
            // Whoever saves it prints where.
            Some(Effect::Save) => Heard::Here(Text::default()),
            None => Heard::Here(prompt::usage(&self.app)),
            Some(Effect::Draw | Effect::Forget | Effect::Suspend) if Scene::from_screen(&self.app.screen) != before => {
                Heard::On(Text::default())
            }
            Some(Effect::Draw | Effect::Forget | Effect::Suspend) => {
                let notice = self.app.notice.take();
                Heard::Here(notice.map_or_else(
                    || prompt::usage(&self.app),
                    |notice| Text::from(crate::app::line_mode::spoken(&notice).as_str()),
                ))
            }
        }
    }

    fn take(&mut self) -> Heard {
        self.app.notice = None;
        self.effect = self.app.take();
        match self.effect {
            Effect::Quit => Heard::Quit,
            Effect::Draw | Effect::Save | Effect::Forget | Effect::Suspend => Heard::On(Text::default()),
        }
    }

    fn on_choice(&mut self, line: &str) -> Heard {
        let way = match commands::number(line) {
            Some(1) => 0,
            Some(2) => 1,
            _ => return self.other(line),
        };
        match &mut self.app.screen {
            Screen::Offer(buttons)
            | Screen::ConfirmAlarm(Raised { buttons, .. })
            | Screen::AlarmAdvice(Raised { buttons, .. }) => {
                buttons.cursor = way;
            }
            Screen::StartOver { cursor, .. } | Screen::Leave { cursor, .. } => *cursor = way,
            Screen::Welcome { .. }
            | Screen::Question(_)
            | Screen::Why { .. }
            | Screen::Answers { .. }
            | Screen::Peek { .. }
            | Screen::Results(_)
            | Screen::Help { .. } => {}
        }
        self.take()
    }

    fn on_answers(&mut self, line: &str) -> Heard {
        let rows = view::answer_rows(self.app.interview()).len();
        let to = match (commands::number(line), line.to_lowercase().as_str()) {
            (Some(number @ 1..), _) if number <= rows => number - 1,
            (Some(number), _) => return Heard::Here(no_such_number(number, rows)),
            (None, "s" | "start over") if !self.app.is_what_if() => rows,
            (None, "") => return self.press(Key::Left),
            (None, _) => return self.other(line),
        };
        if let Screen::Answers { cursor, .. } = &mut self.app.screen {
            *cursor = to;
        }
        self.take()
    }

    fn on_results(&mut self, line: &str) -> Heard {
        let lower = line.to_lowercase();
        match lower.as_str() {
            "o" | "others" => return Heard::Here(results::others(&self.app)),
            "ask" if self.app.ask_passed_over() => return Heard::On(Text::default()),
            "i" | "what if" => return self.press(Key::Char('i')),
            "a" | "u" | "e" if self.app.is_what_if() => {
                let key = lower.chars().next().map(Key::Char);
                self.effect = key.and_then(|key| self.app.press(key)).unwrap_or(Effect::Draw);
                return Heard::On(Text::default());
            }
            _ => {}
        }
        let (word, rest) = lower.split_once(' ').unwrap_or((lower.as_str(), ""));
        let page = match word {
            "w" | "why" => Some((Page::Why, Figures::Hidden)),
            "f" | "figures" => Some((Page::Why, Figures::Shown)),
            "open" => Some((Page::Open, Figures::Hidden)),
            "source" | "sources" => Some((Page::Sources, Figures::Hidden)),
            "go" => return self.go(rest.trim()),
            _ => None,
        };
        let place = match (commands::number(line), page) {
            (Some(number), _) => Some(number),
            (None, Some(_)) if rest.trim().is_empty() => results::read_last(&self.app),
            (None, Some(_)) => commands::number(rest.trim()),
            (None, None) => return self.other(line),
        };
        let Some(place) = place else {
            return Heard::Here(Text::from("Say about which line: type why and its number, such as why 1."));
        };
        let places = results::places(&self.app);
        if !(1..=places).contains(&place) {
            return Heard::Here(no_such_number(place, places));
        }
        let (page, figures) = page.unwrap_or_default();
        results::select(&mut self.app, place, page);
        let mut text = results::about(&self.app, place, page, figures);
        if page == Page::Advice {
            text.line(format!(
                "Type why {place} for what speaks for it, open {place} for what could change its place, sources {place} \
                for where that comes from."
            ));
        }
        if matches!(&self.app.screen, Screen::Results(results) if results.is_at_questions(&self.app.interview)) {
            text.line("Type go and the number of a question to answer it.");
        }
        Heard::Here(text)
    }

    /// Goes to one of the open questions that were printed last.
    fn go(&mut self, number: &str) -> Heard {
        let Screen::Results(results) = &self.app.screen else { return Heard::Here(prompt::usage(&self.app)) };
        let Some(open) = results.open_questions(&self.app.interview) else {
            return Heard::Here(Text::from("Hear the open questions first: type open and a number, such as open 1."));
        };
        match commands::number(number).and_then(|number| open.get(number.checked_sub(1)?)) {
            Some(open) => {
                let question = open.question;
                self.app.go_aside(question);
                Heard::On(Text::default())
            }
            None => Heard::Here(Text::from("There is no such question. Type go and a number, such as go 1.")),
        }
    }

    /// A line that is no number of an item on the screen.
    fn other(&mut self, line: &str) -> Heard {
        match commands::command(line) {
            Some(Command::Again) if matches!(self.app.screen, Screen::Results(_)) => {
                Heard::Here(results::in_full(&self.app))
            }
            Some(command) => self.on_any(command),
            None if line.is_empty() => Heard::Here(prompt::usage(&self.app)),
            None => self.unknown(line),
        }
    }

    pub(super) fn unknown(&self, line: &str) -> Heard {
        const SHOWN: usize = 40;
        let mut shown: String = line.chars().take(SHOWN).collect();
        if shown.len() < line.len() {
            shown.push('…');
        }
        let mut text = Text::default();
        text.line(format!("“{shown}” is no answer here. Nothing was changed."));
        text.append(prompt::usage(&self.app));
        Heard::Here(text)
    }
}

/// Which screen is in view. While it stays the same, it is not printed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scene {
    Question(Idx<crate::questionnaire::Question>),
    ConfirmAlarm,
    AlarmAdvice,
    Answers,
    Results,
    StartOver,
    Leave,
    Offer,
    Other,
}

impl Scene {
    fn from_screen(screen: &Screen) -> Scene {
        match screen {
            Screen::Question(card) => Scene::Question(card.question),
            Screen::ConfirmAlarm(_) => Scene::ConfirmAlarm,
            Screen::AlarmAdvice(_) => Scene::AlarmAdvice,
            Screen::Answers { .. } => Scene::Answers,
            Screen::Results(_) => Scene::Results,
            Screen::StartOver { .. } => Scene::StartOver,
            Screen::Leave { .. } => Scene::Leave,
            Screen::Offer(_) => Scene::Offer,
            Screen::Welcome { .. } | Screen::Why { .. } | Screen::Peek { .. } | Screen::Help { .. } => Scene::Other,
        }
    }
}

pub(super) fn no_such_number(number: usize, last: usize) -> Text {
    let mut text = Text::default();
    // Twenty digits are not worth reading aloud.
    let that = if number > 9999 { "such number".to_owned() } else { number.to_string() };
    text.line(match last {
        0 => format!("There is no {that}. Nothing was changed."),
        1 => format!("There is no {that}, only 1. Nothing was changed."),
        _ => format!("There is no {that}. The numbers go from 1 to {last}. Nothing was changed."),
    });
    text
}
