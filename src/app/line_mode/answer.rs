//! Typed answers.

use la_arena::Idx;

use crate::app::Screen;
use crate::app::line_mode::commands::{self, Pick};
use crate::app::line_mode::input::no_such_number;
use crate::app::line_mode::sentences::Text;
use crate::app::line_mode::{Heard, Plain, options, prompt};
use crate::app::screens::question::{Card, Row};
use crate::questionnaire::{Choice, Kind};
use crate::text::{sentence, wording};

impl Plain<'_> {
    pub(super) fn on_question(&mut self, card: Card, line: &str) -> Heard {
        let interview = self.app.interview();
        let kind = &interview.questionnaire().questions[card.question].kind;
        if line.is_empty() {
            return self.enter(card);
        }
        if let (Some(text), false) = (line.strip_prefix('/'), matches!(kind, Kind::Number { .. })) {
            return Heard::Here(options::found(&self.app, &card, text));
        }
        if let (Kind::One(options), offered) = (kind, interview.evaluation().offered(card.question)) {
            let is_said = |option: &&Idx<Choice>| options[**option].say.to_lowercase() == line.to_lowercase();
            if let Some(option) = offered.iter().find(is_said) {
                let row = Row::Option(*option);
                return self.give(Card { row, ..card });
            }
        }
        if let Some(command) = commands::command(line) {
            return self.on_command(command, card);
        }
        match kind {
            Kind::One(_) => match commands::number(line) {
                Some(number) => self.choose(card, number),
                None => self.unknown(line),
            },
            Kind::Many { .. } => match commands::picks(line) {
                Some(picks) => self.tick(card, &picks),
                None => self.unknown(line),
            },
            Kind::Number { .. } => self.type_number(card, line),
        }
    }

    /// Gives the answer that a card amounts to, and goes on.
    pub(super) fn give(&mut self, card: Card) -> Heard {
        let interview = self.app.interview();
        let Ok(answer) = card.answer(interview) else { return Heard::Here(prompt::usage(&self.app)) };
        let asked = &interview.questionnaire().questions[card.question];
        let mut text = Text::default();
        text.line(sentence(&format!("Selected: {}", wording::answer(asked, &answer))));
        self.app.notice = None;
        self.app.screen = Screen::Question(card);
        self.app.answer();
        Heard::On(text)
    }

    fn choose(&mut self, card: Card, number: usize) -> Heard {
        let offered = self.app.interview().evaluation().offered(card.question);
        match number.checked_sub(1).and_then(|at| offered.get(at)) {
            Some(option) => self.give(Card { row: Row::Option(*option), ..card }),
            None => Heard::Here(no_such_number(number, offered.len())),
        }
    }

    fn type_number(&mut self, card: Card, line: &str) -> Heard {
        let typed = Card { row: Row::Field, typed: line.to_owned(), is_typed_before: false, ..card };
        match typed.answer(self.app.interview()) {
            Ok(_) => self.give(typed),
            Err(_) => self.unknown(line),
        }
    }

    /// Ticks by number. On a short list a line is the whole answer; on a long one it toggles ticks, and an empty line
    /// goes on.
    fn tick(&mut self, card: Card, picks: &[Pick]) -> Heard {
        let interview = self.app.interview();
        let offered = interview.evaluation().offered(card.question);
        let is_long = card.is_searchable(interview);
        if let [Pick { number: 0, is_unsure: false }] = picks {
            return self.none_of_these(&card);
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
                return Heard::Here(Text::from(format!("{number} stands there twice. Nothing was changed.").as_str()));
            }
            options.push((*option, *is_unsure));
        }
        if !is_long {
            let (unsure, sure): (Vec<_>, Vec<_>) = options.into_iter().partition(|(_, is_unsure)| *is_unsure);
            let ticked = sure.iter().map(|(option, _)| *option).collect();
            let unsure = unsure.iter().map(|(option, _)| *option).collect();
            let row = offered.first().map_or(Row::NoneOfThese, |option| Row::Option(*option));
            return self.give(Card { row, ticked, unsure, ..card });
        }
        let mut card = card;
        for (option, is_unsure) in &options {
            card.row = Row::Option(*option);
            if *is_unsure {
                card.not_sure(interview);
            } else {
                card.tick();
            }
        }
        let picked: Vec<Idx<Choice>> = options.into_iter().map(|(option, _)| option).collect();
        let text = options::ticks(&self.app, &card, &picked);
        self.app.screen = Screen::Question(card);
        Heard::Here(text)
    }

    /// Answers *none of these*. On a long list with ticks it only clears them first, so that they are not lost by
    /// mistake.
    fn none_of_these(&mut self, card: &Card) -> Heard {
        let is_cleared_first = card.is_searchable(self.app.interview()) && !card.is_blank();
        let none = Card { row: Row::NoneOfThese, ticked: [].into(), unsure: [].into(), ..card.clone() };
        if !is_cleared_first {
            return self.give(none);
        }
        let mut text = Text::default();
        text.line(format!("No longer ticked: {}.", options::ticked(&self.app, card).join("; ")));
        text.line("Nothing is ticked now. Type 0 again for none of these.");
        let row = self.app.interview().evaluation().offered(card.question).first().map(|option| Row::Option(*option));
        self.app.screen = Screen::Question(Card { row: row.unwrap_or(Row::NoneOfThese), ..none });
        Heard::Here(text)
    }

    /// An empty line accepts the ticks or the earlier answer. It never chooses an option by itself.
    fn enter(&mut self, card: Card) -> Heard {
        let interview = self.app.interview();
        let is_answered = interview.evaluation().answer(card.question).is_some();
        match interview.questionnaire().questions[card.question].kind {
            Kind::Many { .. } => match card.row {
                _ if !card.is_blank() => self.give(card),
                Row::NoneOfThese | Row::NotSure if is_answered => self.give(card),
                Row::Option(_) | Row::Field | Row::NoneOfThese | Row::NotSure => {
                    let text = "Nothing is ticked. Type 0 if none of these fits, or n for not sure.";
                    Heard::Here(Text::from(text))
                }
            },
            Kind::One(_) | Kind::Number { .. } if is_answered => self.give(card),
            Kind::One(_) | Kind::Number { .. } => Heard::Here(prompt::usage(&self.app)),
        }
    }
}
