//! The state of a question on the screen: what is selected, ticked, typed and searched.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::app::update::navigation::moved;
use crate::app::view::Layout;
use crate::app::{Motion, search};
use crate::interview::Interview;
use crate::questionnaire::{Answer, Choice, Kind, Question, WrittenAnswer};
use crate::text::wording;

/// A list with more options than this can be searched.
pub(in crate::app) const LONG: usize = 10;

/// A question on the screen, with the input that was not submitted yet.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) struct Card {
    pub question: Idx<Question>,
    /// The row in focus.
    pub row: Row,
    /// The ticked options, on a question of kind `many`.
    pub ticked: BTreeSet<Idx<Choice>>,
    /// The options that are marked *not sure*.
    pub unsure: BTreeSet<Idx<Choice>>,
    /// The typed text, on a question of kind `number`.
    pub typed: String,
    /// Whether `typed` is still the earlier answer, which the first digit replaces.
    pub is_typed_before: bool,
    /// The text of the search, while one is open.
    pub search: Option<String>,
    /// Whether the reason for the question is shown.
    pub is_why_open: bool,
    /// How many lines the row in focus is scrolled, if it is taller than the screen.
    pub inner: usize,
    /// Whether the question is shown from its top, even if the row in focus is then below the screen.
    pub is_at_top: bool,
}

/// A row that can be in focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::app) enum Row {
    /// An option.
    Option(Idx<Choice>),
    /// The input field of a number.
    Field,
    /// *None of these*.
    NoneOfThese,
    /// *Not sure* about the whole question.
    NotSure,
}

impl Row {
    pub(in crate::app) fn option(self) -> Option<Idx<Choice>> {
        match self {
            Row::Option(option) => Some(option),
            Row::Field | Row::NoneOfThese | Row::NotSure => None,
        }
    }
}

impl Card {
    /// A question with its earlier answer selected, if it has one.
    #[must_use]
    pub(in crate::app) fn new(interview: &Interview<'_>, question: Idx<Question>) -> Card {
        let asked = &interview.questionnaire().questions[question];
        let mut card = Card {
            question,
            row: Row::NotSure,
            ticked: BTreeSet::new(),
            unsure: BTreeSet::new(),
            typed: String::new(),
            is_typed_before: false,
            search: None,
            is_why_open: false,
            inner: 0,
            is_at_top: false,
        };
        if let Some(first) = card.rows(interview).first() {
            card.row = *first;
        }
        match interview.answers().get(question) {
            Some(Answer::One(option)) => card.row = Row::Option(*option),
            Some(Answer::Number(number)) => {
                card.typed = number.to_string();
                card.is_typed_before = true;
            }
            Some(Answer::NotSure) => card.row = Row::NotSure,
            Some(Answer::Many { ticked, unsure }) => {
                let offered: BTreeSet<_> = interview.offered(question).into_iter().collect();
                card.ticked = ticked & &offered;
                card.unsure = unsure & &offered;
                if card.is_blank() && interview.evaluation().answer(question).is_some() {
                    card.row = Row::NoneOfThese;
                }
            }
            None => {}
        }
        if matches!(asked.kind, Kind::Number { .. }) && card.row != Row::NotSure {
            card.row = Row::Field;
        }
        card.is_at_top = card.rows(interview).first() == Some(&card.row);
        card
    }

    /// The rows that can be in focus, from the top.
    #[must_use]
    pub(in crate::app) fn rows(&self, interview: &Interview<'_>) -> Vec<Row> {
        let asked = &interview.questionnaire().questions[self.question];
        let options = interview.offered(self.question);
        let found = self.found(asked, options).into_iter().map(Row::Option);
        match (&asked.kind, &self.search) {
            (Kind::Number { .. }, _) => vec![Row::Field, Row::NotSure],
            (_, Some(_)) => found.collect(),
            (Kind::One(_), None) => found.chain([Row::NotSure]).collect(),
            (Kind::Many { .. }, None) => found.chain([Row::NoneOfThese, Row::NotSure]).collect(),
        }
    }

    /// The options that match the search, best first; all of them without a search.
    fn found(&self, asked: &Question, options: Vec<Idx<Choice>>) -> Vec<Idx<Choice>> {
        let (Some(text), Some(choices)) = (&self.search, asked.options()) else { return options };
        let fits = options.iter().filter_map(|option| Some((search::fit(&choices[*option], text)?, *option)));
        let mut found: Vec<_> = fits.collect();
        if found.is_empty() {
            return options.into_iter().filter(|option| search::is_near(&choices[*option], text)).collect();
        }
        found.sort_by_key(|(fit, _)| *fit);
        found.into_iter().map(|(_, option)| option).collect()
    }

    /// Moves the focus. A row that is taller than the screen is scrolled to its end first, and a motion up from the
    /// first row shows the top of the question.
    pub(in crate::app) fn motion(&mut self, motion: Motion, layout: &Layout, interview: &Interview<'_>) {
        let rows = self.rows(interview);
        let at = rows.iter().position(|row| *row == self.row).unwrap_or(0);
        let is_up = matches!(motion, Motion::Up | Motion::First | Motion::PageUp);
        if std::mem::take(&mut self.is_at_top) && !layout.is_focus_in_view && !is_up {
            return;
        }
        let inner = moved(self.inner, motion, layout.page_lines, layout.most_inner);
        if !matches!(motion, Motion::First | Motion::Last) && inner != self.inner {
            self.inner = inner;
            return;
        }
        self.inner = 0;
        self.is_at_top = is_up && at == 0;
        let page = if is_up { layout.page_up } else { layout.page_down };
        if let Some(row) = rows.get(moved(at, motion, page, rows.len().saturating_sub(1))) {
            self.row = *row;
        }
    }

    /// Selects or ticks an option by its number, from 1. True when that answers the question.
    pub(in crate::app) fn pick(&mut self, number: u32, interview: &Interview<'_>) -> bool {
        let at = usize::try_from(number).unwrap_or(0);
        let options = interview.offered(self.question);
        let Some(option) = at.checked_sub(1).and_then(|at| options.get(at)) else { return false };
        self.focus(Row::Option(*option));
        match interview.questionnaire().questions[self.question].kind {
            Kind::One(_) => true,
            Kind::Many { .. } => {
                self.tick();
                false
            }
            Kind::Number { .. } => false,
        }
    }

    /// Ticks or unticks the row in focus.
    pub(in crate::app) fn tick(&mut self) {
        match self.row {
            Row::Option(option) => {
                self.unsure.remove(&option);
                if !self.ticked.remove(&option) {
                    self.ticked.insert(option);
                }
            }
            Row::NoneOfThese | Row::NotSure => {
                self.ticked.clear();
                self.unsure.clear();
            }
            Row::Field => {}
        }
    }

    /// Does what the key for *not sure* does. True when that answers the question.
    pub(in crate::app) fn not_sure(&mut self, interview: &Interview<'_>) -> bool {
        let is_many = matches!(interview.questionnaire().questions[self.question].kind, Kind::Many { .. });
        match self.row {
            Row::Option(option) if is_many => {
                self.ticked.remove(&option);
                if !self.unsure.remove(&option) {
                    self.unsure.insert(option);
                }
                false
            }
            // On a list the key marks an option, and never answers the question by itself.
            Row::NoneOfThese | Row::NotSure if is_many => {
                self.focus(Row::NotSure);
                false
            }
            Row::Option(_) | Row::Field | Row::NoneOfThese | Row::NotSure => {
                self.focus(Row::NotSure);
                true
            }
        }
    }

    /// Does what Enter does. True when that answers the question.
    pub(in crate::app) fn accept(&mut self, interview: &Interview<'_>) -> bool {
        let asked = &interview.questionnaire().questions[self.question];
        let is_many = matches!(asked.kind, Kind::Many { .. });
        if is_many && self.search.is_some() {
            // Searching for a ticked option again keeps its tick.
            if let Row::Option(option) = self.row
                && self.rows(interview).contains(&self.row)
            {
                self.unsure.remove(&option);
                self.ticked.insert(option);
                self.search = Some(String::new());
            }
            return false;
        }
        if !is_many {
            return self.rows(interview).contains(&self.row);
        }
        match self.row {
            Row::Option(_) | Row::Field if self.is_blank() => {
                self.focus(Row::NoneOfThese);
                false
            }
            Row::Option(_) | Row::Field => true,
            Row::NoneOfThese | Row::NotSure => self.is_blank(),
        }
    }

    /// The notice for when Enter did not answer the question.
    #[must_use]
    pub(in crate::app) fn hint(&self, interview: &Interview<'_>) -> Option<String> {
        if self.search.is_some() {
            let is_found = self.rows(interview).contains(&self.row);
            let name = self.name(interview).filter(|_| is_found);
            return Some(match name {
                Some(name) => format!("Ticked: {name}. Type another name, or press Esc."),
                None => "Nothing in the list fits. Try its first 3 letters. Esc ends the search.".into(),
            });
        }
        match self.row {
            Row::NoneOfThese if self.is_blank() => {
                Some("Nothing is ticked. Space ticks a line. If none of these fits, press Enter again.".into())
            }
            Row::NoneOfThese | Row::NotSure => Some(format!(
                "{} ticked or marked above. Space here clears them; Enter on a line above keeps them.",
                self.ticked.len() + self.unsure.len()
            )),
            Row::Option(_) | Row::Field => None,
        }
    }

    /// Whether options of a list without ticks have not been on screen yet. `page` is the number of options from the
    /// one in focus to the last one on screen. False for lists too long for anybody to read to the end.
    #[must_use]
    pub(in crate::app) fn has_unread(&self, page: usize, interview: &Interview<'_>) -> bool {
        const READ_TO_ITS_END: usize = 40;
        let rows = self.rows(interview);
        let options = rows.iter().filter(|row| matches!(row, Row::Option(_))).count();
        let at = rows.iter().position(|row| *row == self.row).unwrap_or(0);
        let is_list = matches!(interview.questionnaire().questions[self.question].kind, Kind::Many { .. });
        is_list && self.search.is_none() && self.is_blank() && options <= READ_TO_ITS_END && at + page + 1 < options
    }

    /// The texts of the ticked options.
    #[must_use]
    pub(in crate::app) fn ticked_names<'q>(&self, interview: &Interview<'q>) -> Vec<&'q str> {
        let options = interview.questionnaire().questions[self.question].options();
        options
            .map_or_else(Vec::new, |options| self.ticked.iter().map(|option| options[*option].say.as_str()).collect())
    }

    /// The text of the option in focus.
    fn name<'q>(&self, interview: &Interview<'q>) -> Option<&'q str> {
        let Row::Option(option) = self.row else { return None };
        let options = interview.questionnaire().questions[self.question].options()?;
        Some(&options[option].say)
    }

    /// Starts a search.
    pub(in crate::app) fn find(&mut self, interview: &Interview<'_>) {
        self.search = Some(String::new());
        self.keep_focus(interview);
    }

    /// Whether the list is long enough to be searched.
    #[must_use]
    pub(in crate::app) fn is_searchable(&self, interview: &Interview<'_>) -> bool {
        interview.offered(self.question).len() > LONG
    }

    /// Ends a search.
    pub(in crate::app) fn end_search(&mut self) {
        self.search = None;
    }

    /// Adds a typed character to the search or the number.
    pub(in crate::app) fn type_in(&mut self, c: char, interview: &Interview<'_>) {
        const LONGEST: usize = 40;
        if let Some(text) = &mut self.search {
            if text.chars().count() < LONGEST {
                text.push(c);
            }
            self.focus_best(interview);
            return;
        }
        self.focus(Row::Field);
        if std::mem::take(&mut self.is_typed_before) {
            self.typed.clear();
        }
        if self.typed.len() < LONGEST {
            self.typed.push(c);
        }
    }

    /// Deletes a character. False when there was none.
    pub(in crate::app) fn erase(&mut self, interview: &Interview<'_>) -> bool {
        if let Some(text) = &mut self.search {
            text.pop();
            self.focus_best(interview);
            return true;
        }
        self.focus(Row::Field);
        self.is_typed_before = false;
        self.typed.pop().is_some()
    }

    /// Puts a row in focus, and into view.
    fn focus(&mut self, row: Row) {
        self.row = row;
        self.inner = 0;
        self.is_at_top = false;
    }

    /// Puts the best match of the search in focus.
    fn focus_best(&mut self, interview: &Interview<'_>) {
        if let Some(best) = self.rows(interview).first() {
            self.focus(*best);
        }
    }

    /// Moves the focus to the first row if its own row is not listed any more.
    fn keep_focus(&mut self, interview: &Interview<'_>) {
        let rows = self.rows(interview);
        if !rows.contains(&self.row)
            && let Some(first) = rows.first()
        {
            self.focus(*first);
        }
    }

    /// The answer that the input amounts to.
    ///
    /// # Errors
    ///
    /// A sentence for the person when what was typed is no number in range.
    pub(in crate::app) fn answer(&self, interview: &Interview<'_>) -> Result<Answer, String> {
        let asked = &interview.questionnaire().questions[self.question];
        match (&asked.kind, self.row) {
            (Kind::Many { .. }, Row::NotSure) if self.is_blank() => Ok(Answer::NotSure),
            (Kind::Many { .. }, _) => Ok(Answer::Many { ticked: self.ticked.clone(), unsure: self.unsure.clone() }),
            (_, Row::Option(option)) => Ok(Answer::One(option)),
            (Kind::Number { .. }, Row::Field) => self.number(asked),
            (Kind::One(_) | Kind::Number { .. }, _) => Ok(Answer::NotSure),
        }
    }

    fn number(&self, asked: &Question) -> Result<Answer, String> {
        let range = wording::number_range(&asked.kind).unwrap_or_default();
        let please = |what: &str| format!("Please type {what} from {range}, or press n for not sure.");
        let number: f64 = self.typed.replace(',', ".").parse().map_err(|_| please("a number"))?;
        Answer::read(asked, &WrittenAnswer::Number(number)).map_err(|_| please(wording::kind_of_number(asked, number)))
    }

    /// Whether the input differs from the answer and says something: a selection without a tick does not.
    #[must_use]
    pub(in crate::app) fn says_something(&self, interview: &Interview<'_>) -> bool {
        let asked = &interview.questionnaire().questions[self.question];
        let is_said = match asked.kind {
            Kind::One(_) => false,
            Kind::Many { .. } => !self.is_blank(),
            Kind::Number { .. } => !self.typed.is_empty() && self.row == Row::Field,
        };
        is_said && self.answer(interview).ok().as_ref() != interview.evaluation().answer(self.question)
    }

    /// Whether all ticks and marks of the given answer were removed.
    #[must_use]
    pub(in crate::app) fn unsays(&self, interview: &Interview<'_>) -> bool {
        let none = Answer::Many { ticked: BTreeSet::new(), unsure: BTreeSet::new() };
        let evaluation = interview.evaluation();
        let answer = evaluation.answer(self.question);
        self.is_blank() && matches!(answer, Some(answer @ Answer::Many { .. }) if *answer != none)
    }

    /// Whether the input differs from that of a new card for the question.
    #[must_use]
    pub(in crate::app) fn differs(&self, interview: &Interview<'_>) -> bool {
        let new = Card::new(interview, self.question);
        (&self.ticked, &self.unsure, &self.typed) != (&new.ticked, &new.unsure, &new.typed)
    }

    #[must_use]
    pub(in crate::app) fn is_blank(&self) -> bool {
        self.ticked.is_empty() && self.unsure.is_empty()
    }
}
