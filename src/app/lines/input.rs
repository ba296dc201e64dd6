//! What a typed line does on each screen: the same as the keys there.

use la_arena::Idx;

use crate::app::lines::commands::{self, Command, Pick};
use crate::app::lines::write::{Length, Text};
use crate::app::lines::{Heard, Plain, prompt, results, write};
use crate::app::screens::question::{Card, Found, Row};
use crate::app::screens::results::{Figures, Page};
use crate::app::screens::{Screen, answers};
use crate::app::{Action, Effect};
use crate::questionnaire::{Choice, Kind};
use crate::text::{sentence, wording};

impl Plain<'_> {
    pub(super) fn heard(&mut self, line: &str) -> Heard {
        if let Screen::Question(card) = self.app.screens.top_mut()
            && !card.is_searchable(&self.app.interview)
        {
            // A short list was read out when its question came into view.
            card.note_all_seen(&self.app.interview);
        }
        match self.app.screens.top() {
            Screen::Question(card) => {
                let card = card.clone();
                self.on_question(&card, line)
            }
            Screen::InUse
            | Screen::Offer
            | Screen::ConfirmAlarm(_)
            | Screen::AlarmAdvice(_)
            | Screen::StartOver
            | Screen::Leave => self.on_choice(line),
            Screen::Answers => self.on_answers(line),
            Screen::Results(_) => self.on_results(line),
            // The line mode never stays on these screens.
            Screen::Welcome | Screen::Why | Screen::Peek | Screen::Help => self.act(Action::Accept, None),
        }
    }

    /// Does an action, and says what it told if the screen stays the same.
    fn act(&mut self, action: Action, typed: Option<char>) -> Heard {
        let before = self.app.scene();
        self.effect = self.app.update(action, typed);
        match self.effect {
            Effect::Quit | Effect::Interrupt => Heard::Quit,
            // Whoever does it prints what came of it.
            Effect::Save | Effect::TakeOver => Heard::Here(Text::default()),
            Effect::Draw | Effect::Redraw | Effect::Forget | Effect::Suspend if self.app.scene() != before => {
                Heard::On(Text::default())
            }
            Effect::Draw | Effect::Redraw | Effect::Forget | Effect::Suspend => match self.app.notice.take() {
                Some(notice) => Heard::Here(Text::from(notice.as_str())),
                None => Heard::Here(prompt::usage(&self.app)),
            },
        }
    }

    /// Changes the question in view.
    fn change(&mut self, change: impl FnOnce(&mut Card)) {
        if let Screen::Question(card) = self.app.screens.top_mut() {
            change(card);
        }
    }

    fn on_question(&mut self, card: &Card, line: &str) -> Heard {
        let interview = self.app.interview();
        let kind = &interview.questionnaire().questions[card.question].kind;
        let offered = interview.evaluation().offered(card.question);
        if line.is_empty() {
            return self.enter(card);
        }
        if let (Some(text), false) = (line.strip_prefix('/'), matches!(kind, Kind::Number { .. })) {
            return Heard::Here(self.find(card, text));
        }
        if let Kind::One(options) = kind {
            let is_said = |option: &&Idx<Choice>| options[**option].say.to_lowercase() == line.to_lowercase();
            if let Some(option) = offered.iter().find(is_said).copied() {
                return self.give(|card| card.row = Row::Option(option));
            }
        }
        if let Some(command) = commands::command(line) {
            return self.on_command(command, card);
        }
        match kind {
            Kind::One(_) => match commands::number(line) {
                Some(number) => match number.checked_sub(1).and_then(|at| offered.get(at)).copied() {
                    Some(option) => self.give(|card| card.row = Row::Option(option)),
                    None => Heard::Here(no_such_number(number, offered.len())),
                },
                None => self.unknown(line),
            },
            Kind::Many { .. } => match commands::picks(line) {
                Some(picks) => self.tick(card, &offered, &picks),
                None => self.unknown(line),
            },
            Kind::Number { .. } => {
                let mut typed = card.clone();
                typed.type_number(line);
                match typed.answer(interview) {
                    Ok(_) => self.give(|card| card.type_number(line)),
                    Err(problem) => Heard::Here(Text::from(problem.as_str())),
                }
            }
        }
    }

    /// Gives the answer that a changed question amounts to, and goes on. Repeats it, so that a slip is noticed.
    fn give(&mut self, change: impl FnOnce(&mut Card)) -> Heard {
        self.change(change);
        let Screen::Question(card) = self.app.screens.top() else { return Heard::On(Text::default()) };
        let (question, before) = (card.question, self.app.scene());
        let given = card.answer(self.app.interview());
        let heard = self.act(Action::Accept, None);
        if self.app.scene() == before {
            return heard;
        }
        let mut text = Text::default();
        if let Ok(answer) = given {
            let asked = &self.app.interview().questionnaire().questions[question];
            text.line(sentence(&format!("Selected: {}", wording::answer(asked, &answer))));
        }
        Heard::On(text)
    }

    /// Ticks by number. On a short list a line is the whole answer; on a long one it toggles ticks, and an empty line
    /// goes on.
    fn tick(&mut self, card: &Card, offered: &[Idx<Choice>], picks: &[Pick]) -> Heard {
        let is_long = card.is_searchable(self.app.interview());
        if let [Pick { number: 0, is_unsure: false }] = picks {
            if !is_long {
                self.change(Card::clear);
            }
            return self.whole(Action::NoneOfThese, wording::NONE_OF_THESE);
        }
        let mut options: Vec<(Idx<Choice>, bool)> = Vec::new();
        for Pick { number, is_unsure } in picks {
            if *number == 0 {
                return Heard::Here(Text::from("0 means none of these, so it stands alone. Nothing was changed."));
            }
            let Some(option) = number.checked_sub(1).and_then(|at| offered.get(at)) else {
                return Heard::Here(no_such_number(*number, offered.len()));
            };
            if options.iter().any(|(other, _)| other == option) {
                return Heard::Here(Text::from(format!("You typed {number} twice. Nothing was changed.").as_str()));
            }
            options.push((*option, *is_unsure));
        }
        let toggle = |card: &mut Card| {
            for (option, is_unsure) in &options {
                card.row = Row::Option(*option);
                if *is_unsure { card.mark_unsure() } else { card.tick() }
            }
        };
        if !is_long {
            return self.give(|card| {
                card.clear();
                toggle(card);
            });
        }
        self.change(toggle);
        Heard::Here(self.ticks(&options))
    }

    /// Answers the whole question: *none of these*, or *not sure*.
    fn whole(&mut self, action: Action, said: &str) -> Heard {
        let before = self.app.scene();
        let heard = self.act(action, None);
        if self.app.scene() == before {
            return heard;
        }
        let mut text = Text::default();
        text.line(sentence(&format!("Selected: {said}")));
        Heard::On(text)
    }

    /// What a line of numbers did on a long list.
    fn ticks(&self, picked: &[(Idx<Choice>, bool)]) -> Text {
        let mut text = Text::default();
        let Screen::Question(card) = self.app.screens.top() else { return text };
        let asked = &self.app.interview().questionnaire().questions[card.question];
        for (option, _) in picked {
            let say = asked.options().map_or("", |options| options[*option].say.as_str());
            text.line(sentence(&match (card.ticked.contains(option), card.unsure.contains(option)) {
                (true, _) => format!("Ticked: {say}"),
                (false, true) => format!("Marked not sure: {say}"),
                (false, false) => format!("No longer ticked: {say}"),
            }));
        }
        text.line(match card.ticked.len() + card.unsure.len() {
            0 => "Nothing is ticked now.".to_owned(),
            number => format!("{number} ticked. Press Enter to go on, or find more."),
        });
        text
    }

    /// An empty line accepts the ticks or the earlier answer. It never chooses an option by itself.
    fn enter(&mut self, card: &Card) -> Heard {
        let interview = self.app.interview();
        let is_answered = interview.evaluation().answer(card.question).is_some();
        if card.is_many(interview) && card.is_blank() && !(is_answered && card.row.option().is_none()) {
            return Heard::Here(Text::from(
                "Nothing is ticked. Type 0 if none of these applies, or n if you're not sure.",
            ));
        }
        if is_answered || !card.is_blank() { self.give(|_| {}) } else { Heard::Here(prompt::usage(&self.app)) }
    }

    /// The options that match a part of a name, best first. What is only like it is offered as a guess.
    fn find(&mut self, card: &Card, part: &str) -> Text {
        const HEARD: usize = 10;
        let part = part.trim();
        if part.is_empty() {
            return Text::from("Type / and then a part of a name, in one line.");
        }
        let interview = self.app.interview();
        let searched = card.clone().searching(Some(part.to_owned()));
        let found = searched.found(interview);
        let mut text = Text::default();
        text.line(match &found {
            Found::Guessed(guesses) if guesses.is_empty() => {
                format!("Nothing is called “{part}”. Try another part of the name, or l for the whole list.")
            }
            Found::Guessed(_) => format!("Nothing is called “{part}”. Did you mean one of these?"),
            Found::Named(found) if found.len() > HEARD => {
                format!("{} fit. These fit best. Type more of the name to hear fewer.", found.len())
            }
            Found::Named(found) if found.len() == 1 => "1 fits.".to_owned(),
            Found::Named(found) => format!("{} fit.", found.len()),
        });
        let rows: Vec<_> =
            crate::app::screens::question::view::rows(interview, &searched).into_iter().take(HEARD).collect();
        for row in &rows {
            text.row(row);
        }
        if !rows.is_empty() {
            text.line(if card.is_many(interview) {
                "Type a number to tick it."
            } else {
                "Type a number to choose it."
            });
        }
        text
    }

    fn on_command(&mut self, command: Command, card: &Card) -> Heard {
        let interview = self.app.interview();
        match command {
            Command::NotSure => {
                if !card.is_searchable(interview) {
                    self.change(Card::clear);
                }
                self.whole(Action::NotSure, wording::NOT_SURE)
            }
            Command::Why => {
                let blocks = crate::app::screens::question::view::why(interview, card.question);
                let mut text = Text::default();
                text.blocks(&blocks, Length::Whole);
                if blocks.is_empty() {
                    text.line("The author of this question gave no reason.");
                }
                Heard::Here(text)
            }
            Command::Again => {
                let text = write::whole_list(&self.app);
                if let Screen::Question(card) = self.app.screens.top_mut() {
                    card.note_all_seen(&self.app.interview);
                }
                Heard::Here(text)
            }
            Command::Forward => {
                let is_open = interview.evaluation().answer(card.question).is_none();
                if is_open && !card.says_something(interview) {
                    return Heard::Here(Text::from("Answer this question first. Type n if you do not know."));
                }
                self.act(Action::Forward, None)
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
        let is_question = matches!(self.app.screens.top(), Screen::Question(_) | Screen::Results(_));
        match command {
            Command::Back if is_question && self.app.what_if.is_some() && self.app.screens.top().is_results() => {
                self.act(Action::EndWhatIf, None)
            }
            Command::Back if is_question => self.act(Action::Back, None),
            Command::Back => self.act(Action::Close, None),
            Command::Answers => self.act(Action::Answers, None),
            Command::Results if self.app.screens.top().is_results() => Heard::Here(prompt::usage(&self.app)),
            Command::Results => self.act(Action::Results, None),
            Command::Quit => self.act(Action::Quit, None),
            Command::Save if self.app.screens.top().is_results() => self.act(Action::Save, None),
            Command::Help => Heard::Here(prompt::help(&self.app)),
            Command::Again => Heard::On(Text::default()),
            Command::Peek if matches!(self.app.screens.top(), Screen::Question(_)) => {
                let heard = self.act(Action::Peek, None);
                if !matches!(self.app.screens.top(), Screen::Peek) {
                    return heard;
                }
                let mut text = Text::default();
                text.notice(self.app.notice.take());
                results::so_far(&self.app, &mut text);
                self.app.update(Action::Close, None);
                Heard::Here(text)
            }
            Command::Save | Command::Peek | Command::Forward | Command::NotSure | Command::Why => {
                Heard::Here(prompt::usage(&self.app))
            }
        }
    }

    /// Selects a line and takes it.
    fn take(&mut self, cursor: usize) -> Heard {
        self.app.screens.select(cursor);
        self.app.notice = None;
        self.effect = self.app.take();
        match self.effect {
            Effect::Quit | Effect::Interrupt => Heard::Quit,
            Effect::Save | Effect::TakeOver => Heard::Here(Text::default()),
            Effect::Draw | Effect::Redraw | Effect::Forget | Effect::Suspend => Heard::On(Text::default()),
        }
    }

    fn on_choice(&mut self, line: &str) -> Heard {
        let buttons = if matches!(self.app.screens.top(), Screen::Leave) { 3 } else { 2 };
        match commands::number(line) {
            Some(number @ 1..) if number <= buttons => self.take(number - 1),
            Some(number) => Heard::Here(no_such_number(number, buttons)),
            None => self.other(line),
        }
    }

    fn on_answers(&mut self, line: &str) -> Heard {
        let rows = answers::rows(self.app.interview()).len();
        match (commands::number(line), line.to_lowercase().as_str()) {
            (Some(number @ 1..), _) if number <= rows => self.take(number - 1),
            (Some(number), _) => Heard::Here(no_such_number(number, rows)),
            (None, "s" | "start over") if self.app.what_if.is_none() => self.take(rows),
            (None, "") => self.act(Action::Close, None),
            (None, _) => self.other(line),
        }
    }

    fn on_results(&mut self, line: &str) -> Heard {
        let lower = line.to_lowercase();
        let what_if = match lower.as_str() {
            "ask" if self.app.ask_passed_over() => return Heard::On(Text::default()),
            "o" | "others" => return Heard::Here(results::others(&self.app)),
            "i" | "what if" => return self.act(Action::WhatIf, None),
            "a" => Some(Action::Keep),
            "u" => Some(Action::Undo),
            "e" => Some(Action::EndWhatIf),
            _ => None,
        };
        if let Some(action) = what_if.filter(|_| self.app.what_if.is_some()) {
            self.effect = self.app.update(action, None);
            return Heard::On(Text::default());
        }
        let (word, rest) = lower.split_once(' ').unwrap_or((lower.as_str(), ""));
        let page = match word {
            "w" | "why" => Some((Page::Why, Figures::Hidden)),
            "f" | "figures" => Some((Page::Why, Figures::Shown)),
            "open" => Some((Page::Open, Figures::Hidden)),
            "about" | "source" | "sources" => Some((Page::About, Figures::Hidden)),
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
            return Heard::Here(Text::from("Say about which line: type why and its number, such as why 1."));
        };
        let places = results::places(&self.app);
        if !(1..=places).contains(&place) {
            return Heard::Here(no_such_number(place, places));
        }
        let (page, figures) = page.unwrap_or_default();
        if let Screen::Results(results) = self.app.screens.top_mut() {
            results.figures = figures;
        }
        results::select(&mut self.app, place, page);
        let mut text = results::about(&self.app);
        if page == Page::Advice {
            text.line(format!(
                "Type why {place} for what speaks for it, open {place} for what could change its place, about {place} \
                for where that comes from."
            ));
        }
        if matches!(self.app.screens.top(), Screen::Results(results) if !results.questions(&self.app).is_empty()) {
            text.line("Type go and the number of a question to answer it.");
        }
        Heard::Here(text)
    }

    /// Goes to one of the questions that were said last.
    fn go_to(&mut self, number: &str) -> Heard {
        let Screen::Results(results) = self.app.screens.top() else { return Heard::Here(prompt::usage(&self.app)) };
        if results.page != Page::Open {
            return Heard::Here(Text::from("Hear the open questions first: type open and a number, such as open 1."));
        }
        let questions = results.questions(&self.app);
        match commands::number(number).and_then(|number| questions.get(number.checked_sub(1)?)) {
            Some(question) => {
                self.app.open_question(*question);
                Heard::On(Text::default())
            }
            None => Heard::Here(Text::from("There is no such question. Type go and a number, such as go 1.")),
        }
    }

    /// A line that is no number of an item on the screen.
    fn other(&mut self, line: &str) -> Heard {
        match commands::command(line) {
            Some(Command::Again) if self.app.screens.top().is_results() => Heard::Here(results::in_full(&self.app)),
            Some(command) => self.on_any(command),
            None if line.is_empty() => Heard::Here(prompt::usage(&self.app)),
            None => self.unknown(line),
        }
    }

    fn unknown(&self, line: &str) -> Heard {
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

fn no_such_number(number: usize, last: usize) -> Text {
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
