//! What is typed at a question: a search in a long list, or a number.

use crate::app::keymap::half_width;
use crate::app::screens::question::{Card, Done, Row};
use crate::interview::Interview;

/// The most characters of a search or a number.
const LONGEST: usize = 40;

impl Card {
    /// Takes what the search found. A guess is not taken, but searched for by its name.
    pub(super) fn accept_found(&mut self, is_many: bool, interview: &Interview<'_>) -> Done {
        let found = self.found(interview);
        let Row::Option(option) = self.row else { return Done::Nothing };
        if !found.options.contains(&option) {
            return Done::Told("Nothing in the list has that name. Try its first 3 letters, or press Esc.".into());
        }
        let name = interview.questionnaire().questions[self.question].option_text(option);
        if found.is_guess {
            self.search = Some(name.to_owned());
            return Done::Told(format!("Is it {name}? If so, press Enter again."));
        }
        if !is_many {
            self.search = None;
            return Done::Answered;
        }
        let was_ticked = !self.ticked.insert(option);
        self.unsure.remove(&option);
        self.search = Some(String::new());
        let told = if was_ticked { format!("{name} is ticked already") } else { format!("Ticked: {name}") };
        Done::Told(format!("{told}. Type another name, or press Esc."))
    }

    /// Starts a search.
    pub(in crate::app) fn find(&mut self, interview: &Interview<'_>) {
        self.search = Some(String::new());
        if !self.rows(interview).contains(&self.row) {
            self.select(0, interview);
        }
    }

    /// Adds a typed character to the search or the number.
    pub(in crate::app) fn type_in(&mut self, c: char, interview: &Interview<'_>) {
        if let Some(text) = &mut self.search {
            if text.chars().count() < LONGEST {
                text.push(c);
            }
            self.select(0, interview);
            return;
        }
        self.row = Row::Field;
        if std::mem::take(&mut self.is_typed_before) {
            self.typed.clear();
        }
        if self.typed.len() < LONGEST {
            self.typed.push(half_width(c));
        }
    }

    /// Types all of a number anew.
    pub(in crate::app) fn type_number(&mut self, typed: &str) {
        (self.row, self.typed, self.is_typed_before) = (Row::Field, typed.to_owned(), false);
    }

    /// Deletes a character. False when there was none.
    pub(in crate::app) fn erase(&mut self, interview: &Interview<'_>) -> bool {
        if let Some(text) = &mut self.search {
            text.pop();
            self.select(0, interview);
            return true;
        }
        self.row = Row::Field;
        self.is_typed_before = false;
        self.typed.pop().is_some()
    }

    /// Deletes all that was typed.
    pub(in crate::app) fn erase_all(&mut self, interview: &Interview<'_>) {
        self.search.as_mut().unwrap_or(&mut self.typed).clear();
        self.erase(interview);
    }
}
