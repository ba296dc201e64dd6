//! What a typed line does on a question: choose, tick, type, search, and what the letters mean there.

use la_arena::Idx;

use crate::app::Action;
use crate::app::lines::commands::{self, Pick};
use crate::app::lines::input::no_such_number;
use crate::app::lines::write::Text;
use crate::app::lines::{Heard, Plain, prompt};
use crate::app::screens::Screen;
use crate::app::screens::question::{Card, Row, view};
use crate::app::search::plain;
use crate::questionnaire::{Choice, Kind};
use crate::text::{sentence, wording};

impl Plain<'_> {
    /// Changes the question in view.
    fn change(&mut self, change: impl FnOnce(&mut Card)) {
        if let Screen::Question(card) = &mut self.app.screens.top.screen {
            change(card);
        }
    }

    pub(super) fn on_question(&mut self, card: &Card, line: &str) -> Heard {
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
            let is_said = |option: &&Idx<Choice>| plain(&options[**option].say) == plain(line);
            if let Some(option) = offered.iter().find(is_said).copied() {
                return self.give(|card| card.row = Row::Option(option));
            }
        }
        if let Some(action) = commands::command(line, self.app.mode()) {
            if action == Action::NotSure {
                return self.not_sure(card);
            }
            return self.act(action);
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
                    Err(problem) => Heard::here(&problem),
                }
            }
        }
    }

    /// Gives the answer that a changed question amounts to, and goes on. Repeats it, so that a slip is noticed.
    fn give(&mut self, change: impl FnOnce(&mut Card)) -> Heard {
        self.change(change);
        let Screen::Question(card) = &self.app.screens.top.screen else { return Heard::On(Text::default()) };
        let interview = self.app.interview();
        let asked = &interview.questionnaire().questions[card.question];
        let said = card.answer(interview).map(|answer| wording::answer(asked, &answer));
        self.whole(Action::Accept, &said.unwrap_or_default())
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
                return Heard::here("0 means none of these, so it stands alone. Nothing was changed.");
            }
            let Some(option) = number.checked_sub(1).and_then(|at| offered.get(at)) else {
                return Heard::Here(no_such_number(*number, offered.len()));
            };
            if options.iter().any(|(other, _)| other == option) {
                return Heard::here(&format!("You typed {number} twice. Nothing was changed."));
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

    /// Answers the whole question, and says how, if that was possible.
    fn whole(&mut self, action: Action, said: &str) -> Heard {
        let before = self.app.scene();
        let heard = self.act(action);
        if self.app.scene() == before {
            return heard;
        }
        let mut text = Text::default();
        text.line(sentence(&format!("Selected: {said}")));
        Heard::On(text)
    }

    /// On a short list a line is the whole answer; on a long one it could take ticks away.
    fn not_sure(&mut self, card: &Card) -> Heard {
        if !card.is_searchable(self.app.interview()) {
            self.change(Card::clear);
        }
        self.whole(Action::NotSure, wording::NOT_SURE)
    }

    /// What a line of numbers did on a long list.
    fn ticks(&self, picked: &[(Idx<Choice>, bool)]) -> Text {
        let mut text = Text::default();
        let Screen::Question(card) = &self.app.screens.top.screen else { return text };
        let asked = &self.app.interview().questionnaire().questions[card.question];
        for (option, is_unsure) in picked {
            let say = asked.option_text(*option);
            text.line(sentence(&match (card.ticked.contains(option), card.unsure.contains(option)) {
                (true, _) => format!("Ticked: {say}"),
                (false, true) => format!("Marked not sure: {say}"),
                (false, false) if *is_unsure => format!("No longer marked not sure: {say}"),
                (false, false) => format!("No longer ticked: {say}"),
            }));
        }
        text.line(match wording::marks(card.ticked.len(), card.unsure.len()) {
            marks if marks.is_empty() => "Nothing is ticked now.".to_owned(),
            marks => format!("{marks}. Press Enter to go on, or find more."),
        });
        text
    }

    /// An empty line accepts the ticks or the earlier answer. It never chooses an option by itself.
    fn enter(&mut self, card: &Card) -> Heard {
        let interview = self.app.interview();
        let is_answered = interview.evaluation().answer(card.question).is_some();
        if card.is_many(interview) && card.is_blank() && !(is_answered && card.row.option().is_none()) {
            return Heard::here("Nothing is ticked. Type 0 if none of these applies, or n if you're not sure.");
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
        let mut searched = card.clone();
        searched.search = Some(part.to_owned());
        let found = searched.found(interview);
        let mut text = Text::default();
        text.line(match found.options.len() {
            0 => format!("Nothing is called “{part}”. Try another part of the name, or l for the whole list."),
            _ if found.is_guess => format!("Nothing is called “{part}”. Did you mean one of these?"),
            1 => "1 fits.".to_owned(),
            number if number > HEARD => {
                format!("{number} fit. These fit best. Type more of the name to hear fewer.")
            }
            number => format!("{number} fit."),
        });
        let rows: Vec<_> = view::rows(interview, &searched).into_iter().take(HEARD).collect();
        text.rows(&rows);
        if !rows.is_empty() {
            let is_many = card.is_many(interview);
            text.line(if is_many { "Type a number to tick it." } else { "Type a number to choose it." });
        }
        text
    }
}
