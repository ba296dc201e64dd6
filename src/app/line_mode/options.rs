//! The options of a question in words. An option keeps its number in every search and list.

use std::collections::BTreeMap;

use la_arena::Idx;

use crate::app::App;
use crate::app::line_mode::sentences::Text;
use crate::app::screens::question::Card;
use crate::questionnaire::{Choice, Kind};
use crate::text::sentence;

/// The options of a question with their numbers from 1.
pub(super) struct Options<'a> {
    app: &'a App<'a>,
    card: &'a Card,
    pub(super) numbers: BTreeMap<Idx<Choice>, usize>,
}

impl<'a> Options<'a> {
    pub(super) fn new(app: &'a App<'a>, card: &'a Card) -> Options<'a> {
        let numbers = app.interview().evaluation().offered(card.question).into_iter().zip(1..).collect();
        Options { app, card, numbers }
    }

    pub(super) fn all(&self, text: &mut Text) {
        let mut numbers: Vec<_> = self.numbers.iter().map(|(option, number)| (*number, *option)).collect();
        numbers.sort_unstable();
        for (_, option) in numbers {
            self.option(option, text);
        }
    }

    fn option(&self, option: Idx<Choice>, text: &mut Text) {
        let asked = &self.app.interview().questionnaire().questions[self.card.question];
        let (Some(options), Some(number)) = (asked.options(), self.numbers.get(&option)) else { return };
        let choice = &options[option];
        let mut line = format!("{number}. {}", choice.say);
        if !choice.also.is_empty() {
            line = format!("{line}, also called {}", choice.also.join(", "));
        }
        if self.card.is_searchable(self.app.interview()) {
            line.push_str(match (self.card.ticked.contains(&option), self.card.unsure.contains(&option)) {
                (true, _) => " (ticked)",
                (false, true) => " (marked not sure)",
                (false, false) => "",
            });
        }
        text.line(line);
        if let Some(help) = &choice.help {
            text.sentences(help);
        }
    }
}

/// The options that match a part of a name, best first.
pub(super) fn found(app: &App<'_>, card: &Card, part: &str) -> Text {
    const HEARD: usize = 10;
    let part = part.trim();
    if part.is_empty() {
        return Text::from("Type / and then a part of a name, in one line.");
    }
    let searched = Card { search: Some(part.to_owned()), ..card.clone() };
    let rows = searched.rows(app.interview());
    let found: Vec<Idx<Choice>> = rows.iter().filter_map(|row| row.option()).collect();
    let mut text = Text::default();
    let options = Options::new(app, card);
    text.line(match found.len() {
        0 => "Nothing in the list fits. Try another part of the name, or l for the whole list.".to_owned(),
        1 => "1 fits.".to_owned(),
        number if number > HEARD => format!("{number} fit. These fit best. Type more of the name to hear fewer."),
        number => format!("{number} fit."),
    });
    for option in found.iter().take(HEARD) {
        options.option(*option, &mut text);
    }
    if !found.is_empty() {
        let is_many = matches!(app.interview().questionnaire().questions[card.question].kind, Kind::Many { .. });
        text.line(if is_many && card.is_searchable(app.interview()) {
            "Type a number to tick it."
        } else {
            "Type a number to choose it."
        });
    }
    text
}

/// What a line of numbers did on a long list.
pub(super) fn ticks(app: &App<'_>, card: &Card, picked: &[Idx<Choice>]) -> Text {
    let asked = &app.interview().questionnaire().questions[card.question];
    let mut text = Text::default();
    for option in picked {
        let did = match (card.ticked.contains(option), card.unsure.contains(option)) {
            (true, _) => "Ticked",
            (false, true) => "Marked not sure",
            (false, false) => "No longer ticked",
        };
        let say = asked.options().map_or("", |options| options[*option].say.as_str());
        text.line(sentence(&format!("{did}: {say}")));
    }
    text.line(match ticked(app, card).len() {
        0 => "Nothing is ticked now.".to_owned(),
        number => format!("{number} ticked. Press Enter to go on, or find more."),
    });
    text
}

/// The texts of the options that are ticked or marked.
pub(super) fn ticked(app: &App<'_>, card: &Card) -> Vec<String> {
    let asked = &app.interview().questionnaire().questions[card.question];
    let Some(options) = asked.options() else { return Vec::new() };
    let sure = card.ticked.iter().map(|option| options[*option].say.clone());
    let unsure = card.unsure.iter().map(|option| format!("{} (not sure)", options[*option].say));
    sure.chain(unsure).collect()
}
