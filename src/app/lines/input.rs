//! What a typed line does on each screen: the same as the keys there.

use crate::app::blocks::Row;
use crate::app::deed::Deed;
use crate::app::lines::commands;
use crate::app::lines::write::Text;
use crate::app::lines::{Heard, Plain, prompt, results, write};
use crate::app::screens::Screen;
use crate::app::screens::results::Page;
use crate::app::search::plain;
use crate::app::{Action, App, Effect};

impl Plain<'_> {
    pub(super) fn heard(&mut self, line: &str) -> Heard {
        let mode = self.app.mode();
        let card = match &mut self.app.screens.top.screen {
            Screen::Question(card) => card,
            Screen::Results(_) => return self.on_results(line),
            _ => return self.on_rows(line),
        };
        card.begin(match line {
            "" => Some(Action::Accept),
            "0" => Some(Action::NoneOfThese),
            _ => commands::command(line, mode),
        });
        if !card.is_searchable(&self.app.interview) {
            // A short list was read out when its question came into view.
            card.note_all_seen(&self.app.interview);
        }
        let card = card.clone();
        self.on_question(&card, line)
    }

    /// Does an action, and says what came of it.
    pub(super) fn act(&mut self, action: Action) -> Heard {
        let before = self.app.scene();
        self.effect = self.app.update(action, None);
        let is_anew = matches!(action, Action::Undo | Action::Keep | Action::EndWhatIf) || self.app.scene() != before;
        match (self.effect, &self.app.screens.top.screen) {
            // Whoever does it prints what came of it.
            (Effect::Quit | Effect::Save | Effect::TakeOver, _) => Heard::Here(Text::default()),
            (Effect::Redraw, _) => self.again(),
            (_, Screen::Help(_)) => self.aside(prompt::help),
            (_, Screen::Why(_) | Screen::Peek) => self.aside(write::body),
            _ if is_anew => Heard::On(Text::default()),
            _ if self.app.notice.is_empty() => Heard::Here(prompt::usage(&self.app)),
            _ => Heard::here(&std::mem::take(&mut self.app.notice)),
        }
    }

    /// Says what lies on top, and closes it.
    fn aside(&mut self, say: impl FnOnce(&App<'_>, &mut Text)) -> Heard {
        let mut text = Text::default();
        text.sentences(&std::mem::take(&mut self.app.notice));
        say(&self.app, &mut text);
        self.app.update(Action::Close, None);
        Heard::Here(text)
    }

    /// Says the screen again, with all of a long list.
    fn again(&mut self) -> Heard {
        if let Screen::Question(card) = &mut self.app.screens.top.screen {
            card.note_all_seen(&self.app.interview);
        }
        self.forget_page();
        match &self.app.screens.top.screen {
            Screen::Question(_) => Heard::Here(write::whole_list(&self.app)),
            Screen::Results(_) => Heard::Here(results::in_full(&self.app)),
            _ => Heard::On(Text::default()),
        }
    }

    /// Once the results are read out again, a page about a cause is no longer what was heard last.
    fn forget_page(&mut self) {
        if let Screen::Results(results) = &mut self.app.screens.top.screen {
            results.page = Page::Advice;
        }
    }

    /// Takes the line of the screen that has the typed number, letter or words.
    fn on_rows(&mut self, line: &str) -> Heard {
        let number = commands::number(line);
        let key = number.map_or_else(|| line.to_lowercase(), |number| number.to_string());
        let view = self.app.view();
        let rows = view.rows();
        let is_it = |row: &Row| row.key.as_ref() == Some(&key) || plain(&row.say) == plain(line);
        let at = match &self.app.screens.top.screen {
            Screen::Kept if line.is_empty() => rows.len().checked_sub(1),
            Screen::Answers if line.is_empty() => return self.act(Action::Close),
            _ => rows.iter().position(is_it),
        };
        match (at, number) {
            (Some(at), _) => {
                self.app.screens.select(at);
                self.act(Action::Accept)
            }
            (None, Some(number)) => Heard::Here(no_such_number(number, view.numbers())),
            (None, None) => self.other(line),
        }
    }

    fn on_results(&mut self, line: &str) -> Heard {
        let lower = line.to_lowercase();
        match lower.as_str() {
            "ask" if self.app.can_ask_passed_over() => {
                self.app.carry_out(Deed::AskPassedOver);
                return Heard::On(Text::default());
            }
            "o" | "others" => return Heard::Here(results::others(&self.app)),
            _ => {}
        }
        let (word, rest) = lower.split_once(' ').unwrap_or((lower.as_str(), ""));
        let page = match word {
            "w" | "why" => Some((Page::Why, false)),
            "f" | "figures" => Some((Page::Why, true)),
            "open" => Some((Page::Open, false)),
            "about" | "source" | "sources" => Some((Page::About, false)),
            "go" => return self.go_to(rest.trim()),
            _ => None,
        };
        let place = match (commands::number(line), page) {
            (Some(number), _) => Some(number),
            (None, Some(_)) if rest.trim().is_empty() => results::read_last(&self.app),
            (None, Some(_)) => commands::number(rest.trim()),
            (None, None) => return self.other(line),
        };
        let Some(place) = place else {
            return Heard::here("Say about which line: type why and its number, such as why 1.");
        };
        let places = results::places(&self.app);
        if !(1..=places).contains(&place) {
            return Heard::Here(no_such_number(place, places));
        }
        let (page, shows_figures) = page.unwrap_or_default();
        results::select(&mut self.app, place, page, shows_figures);
        let mut text = results::about(&self.app);
        if page == Page::Advice {
            text.line(format!(
                "Type why {place} for what speaks for it, open {place} for what could change its place, about {place} \
                for where that comes from."
            ));
        }
        if matches!(&self.app.screens.top.screen, Screen::Results(results) if !results.questions(&self.app).is_empty())
        {
            text.line("Type go and the number of a question to answer it.");
        }
        Heard::Here(text)
    }

    /// Goes to one of the questions that were said last.
    fn go_to(&mut self, number: &str) -> Heard {
        let Screen::Results(results) = &self.app.screens.top.screen else {
            return Heard::Here(prompt::usage(&self.app));
        };
        let questions = if results.page == Page::Open {
            results.questions(&self.app)
        } else {
            // The results say these by themselves.
            let interview = self.app.interview();
            interview.outcome().open_danger_questions(interview.evaluation()).into_iter().collect()
        };
        if questions.is_empty() {
            return Heard::here("Hear the open questions first: type open and a number, such as open 1.");
        }
        match commands::number(number).and_then(|number| questions.get(number.checked_sub(1)?)) {
            Some(question) => {
                self.forget_page();
                self.app.open_question(*question);
                Heard::On(Text::default())
            }
            None => Heard::here("There is no such question. Type go and a number, such as go 1."),
        }
    }

    /// A line that is no number of an item on the screen.
    fn other(&mut self, line: &str) -> Heard {
        match commands::command(line, self.app.mode()) {
            Some(action) => self.act(action),
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
        text.line(format!("I didn't understand “{shown}”. Nothing was changed."));
        text.append(prompt::usage(&self.app));
        Heard::Here(text)
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
