//! A question: what is selected, ticked, typed and searched, and what keys change in it.

mod submission;
mod typing;
pub(in crate::app) mod view;

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::app::frame::place::Extent;
use crate::app::{Action, search};
use crate::interview::Interview;
use crate::questionnaire::{Answer, Choice, Kind, Question};
use crate::text::wording;

/// A list with more options than this can be searched.
const LONG: usize = 10;

/// The most options that a digit ticks; in a longer list two digits make a number.
const DIGITS_TICK: usize = 9;

/// A question on the screen, with the input that was not submitted yet.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) struct Card {
    pub(in crate::app) question: Idx<Question>,
    /// The row in focus.
    pub(in crate::app) row: Row,
    /// The ticked options, on a question of kind `many`.
    pub(in crate::app) ticked: BTreeSet<Idx<Choice>>,
    /// The options that are marked *not sure*.
    pub(in crate::app) unsure: BTreeSet<Idx<Choice>>,
    /// The typed text, on a question of kind `number`.
    pub(in crate::app) typed: String,
    /// Whether `typed` is still the earlier answer, which the first digit replaces.
    is_typed_before: bool,
    /// The text of the search, while one is open.
    pub(in crate::app) search: Option<String>,
    /// The options that have been on screen, or were read out. Only these can be *no*.
    seen: BTreeSet<Idx<Choice>>,
    /// The options of which the first words have been on screen.
    begun: BTreeSet<Idx<Choice>>,
    /// The digits typed so far in a list of more than nine.
    digits: String,
    /// What was asked for and only told what it would do: asked for once more, right away, it does that.
    asked: Option<Action>,
}

/// A row that can be in focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::app) enum Row {
    /// An option.
    Option(Idx<Choice>),
    /// The input field of a number.
    Field,
    /// *None of these*, or of the others where something is ticked.
    NoneOfThese,
    /// *Not sure* about the whole question.
    NotSure,
}

/// What a key did on a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum Done {
    /// The question is answered.
    Answered,
    /// It is not; this is worth saying.
    Told(String),
    /// It is not, as some options have not been on screen: these have to come into view first.
    Unseen,
    /// Nothing to say.
    Nothing,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct Found {
    /// The options that are called so, best first; all of them without a text.
    pub(in crate::app) options: Vec<Idx<Choice>>,
    /// Whether nothing is called so, and these only have a name like it.
    pub(in crate::app) is_guess: bool,
}

impl Card {
    /// A question with its earlier answer selected, if it has one.
    pub(in crate::app) fn new(interview: &Interview<'_>, question: Idx<Question>) -> Card {
        let mut card = Card {
            question,
            row: Row::NotSure,
            ticked: BTreeSet::new(),
            unsure: BTreeSet::new(),
            typed: String::new(),
            is_typed_before: false,
            search: None,
            seen: BTreeSet::new(),
            begun: BTreeSet::new(),
            digits: String::new(),
            asked: None,
        };
        card.select(0, interview);
        let is_answered = interview.evaluation().answer(question).is_some();
        match interview.answers().get(question) {
            Some(Answer::One(option)) => card.row = Row::Option(*option),
            Some(Answer::Number(number)) => {
                card.typed = number.to_string();
                card.is_typed_before = true;
            }
            Some(Answer::NotSure) => card.row = Row::NotSure,
            Some(Answer::Many { ticked, unsure }) => {
                let offered: BTreeSet<_> = interview.offered(question).into_iter().collect();
                card.ticked = ticked.iter().filter(|option| offered.contains(option)).collect();
                card.unsure = unsure.iter().filter(|option| offered.contains(option)).collect();
                if is_answered {
                    // The whole list was answered before.
                    card.seen = offered;
                    card.row = Row::NoneOfThese;
                }
                if let Some(first) = card.ticked.union(&card.unsure).next() {
                    card.row = Row::Option(*first);
                }
            }
            None => {}
        }
        card
    }

    /// The rows that can be in focus, from the top.
    pub(in crate::app) fn rows(&self, interview: &Interview<'_>) -> Vec<Row> {
        let asked = &interview.questionnaire().questions[self.question];
        let found = self.found(interview).options.into_iter().map(Row::Option);
        match (&asked.kind, &self.search) {
            (Kind::Number { .. }, _) => vec![Row::Field, Row::NotSure],
            (_, Some(_)) => found.collect(),
            (Kind::One(_), None) => found.chain([Row::NotSure]).collect(),
            (Kind::Many { .. }, None) => found.chain([Row::NoneOfThese, Row::NotSure]).collect(),
        }
    }

    /// What the search finds.
    pub(in crate::app) fn found(&self, interview: &Interview<'_>) -> Found {
        let options = interview.offered(self.question);
        let choices = interview.questionnaire().questions[self.question].options();
        let (Some(text), Some(choices)) = (&self.search, choices) else { return Found { options, is_guess: false } };
        let mut named: Vec<_> =
            options.iter().filter_map(|option| Some((search::fit(&choices[*option], text)?, *option))).collect();
        if named.is_empty() {
            let options = options.into_iter().filter(|option| search::is_near(&choices[*option], text)).collect();
            return Found { options, is_guess: true };
        }
        named.sort_by_key(|(fit, _)| *fit);
        Found { options: named.into_iter().map(|(_, option)| option).collect(), is_guess: false }
    }

    /// The place of the row in focus.
    pub(in crate::app) fn cursor(&self, interview: &Interview<'_>) -> usize {
        self.rows(interview).iter().position(|row| *row == self.row).unwrap_or(0)
    }

    /// Puts the row at a place in focus.
    pub(in crate::app) fn select(&mut self, cursor: usize, interview: &Interview<'_>) {
        if let Some(row) = self.rows(interview).get(cursor) {
            self.row = *row;
        }
    }

    /// Whether the question has ticks.
    pub(in crate::app) fn is_many(&self, interview: &Interview<'_>) -> bool {
        matches!(interview.questionnaire().questions[self.question].kind, Kind::Many { .. })
    }

    /// Notes which options are on screen now.
    pub(in crate::app) fn note_seen(&mut self, interview: &Interview<'_>, extent: &Extent) {
        if self.search.is_some() {
            return;
        }
        for (row, line) in self.rows(interview).into_iter().zip(&extent.lines) {
            let (Some(option), (begins, ends)) = (row.option(), extent.ends_in_view(line)) else { continue };
            if begins {
                self.begun.insert(option);
            }
            if ends && self.begun.contains(&option) {
                self.seen.insert(option);
            }
        }
    }

    /// Notes that the whole list was read out.
    pub(in crate::app) fn note_all_seen(&mut self, interview: &Interview<'_>) {
        self.seen.extend(interview.offered(self.question));
    }

    /// How many options would become *no* without ever having been on screen.
    pub(in crate::app) fn unseen(&self, interview: &Interview<'_>) -> usize {
        if !self.is_many(interview) {
            return 0;
        }
        let is_known =
            |it: &Idx<Choice>| [&self.seen, &self.ticked, &self.unsure].iter().any(|known| known.contains(it));
        interview.offered(self.question).iter().filter(|option| !is_known(option)).count()
    }

    /// Puts the first option in focus that has not been on screen.
    pub(in crate::app) fn focus_unseen(&mut self, interview: &Interview<'_>) {
        let rows = self.rows(interview).into_iter();
        let mut unseen = rows.filter(|row| row.option().is_some_and(|option| !self.seen.contains(&option)));
        if let Some(first) = unseen.next() {
            self.row = first;
        }
    }

    /// Forgets what another action, or none, does not go on with: digits, and what is to be asked for once more.
    pub(in crate::app) fn begin(&mut self, action: Option<Action>) {
        if !matches!(action, Some(Action::Digit | Action::NoneOfThese)) {
            self.digits.clear();
        }
        self.asked = self.asked.filter(|asked| Some(*asked) == action);
    }

    /// Selects an option by its number, or ticks it in a short list. A longer list takes two digits.
    pub(in crate::app) fn digit(&mut self, digit: char, interview: &Interview<'_>) {
        let options = interview.offered(self.question);
        let is_short = options.len() <= DIGITS_TICK;
        if is_short {
            self.digits.clear();
        }
        self.digits.push(digit);
        let option = |digits: &str| options.get(digits.parse::<usize>().ok()?.checked_sub(1)?).copied();
        if option(&self.digits).is_none() {
            self.digits = digit.to_string();
        }
        if let Some(option) = option(&self.digits) {
            self.row = Row::Option(option);
            if is_short && self.is_many(interview) {
                self.tick();
            }
        }
    }

    /// Whether the digits typed so far want a `0` as their next.
    pub(in crate::app) fn takes_zero(&self, interview: &Interview<'_>) -> bool {
        let number = format!("{}0", self.digits).parse::<usize>().unwrap_or(0);
        !self.digits.is_empty() && number <= interview.offered(self.question).len()
    }

    /// Ticks or unticks the row in focus; *none of these* and *not sure* take all ticks away.
    pub(in crate::app) fn tick(&mut self) {
        match self.row {
            Row::Option(option) => {
                self.unsure.remove(&option);
                if !self.ticked.remove(&option) {
                    self.ticked.insert(option);
                }
            }
            Row::NoneOfThese | Row::NotSure => self.clear(),
            Row::Field => {}
        }
    }

    /// Marks the option in focus *not sure*, or takes the mark away.
    pub(in crate::app) fn mark_unsure(&mut self) {
        if let Row::Option(option) = self.row {
            self.ticked.remove(&option);
            if !self.unsure.remove(&option) {
                self.unsure.insert(option);
            }
        }
    }

    pub(in crate::app) fn clear(&mut self) {
        self.ticked.clear();
        self.unsure.clear();
    }

    /// Answers *not sure*. With ticks it has to be asked for twice, as they are lost.
    pub(in crate::app) fn not_sure(&mut self) -> Done {
        if self.asked.take().is_none() && !self.is_blank() {
            return self.ask_instead(Action::NotSure, "Press n again to answer “I'm not sure” instead.");
        }
        self.clear();
        self.row = Row::NotSure;
        Done::Answered
    }

    /// Answers *none of these*, once all of them have been on screen. With ticks it has to be asked for twice.
    pub(in crate::app) fn none_of_these(&mut self, interview: &Interview<'_>) -> Done {
        let is_again = self.asked.take().is_some();
        if self.unseen(interview) > 0 && !is_again {
            // With ticks, `0` would take them away.
            let action = if self.is_blank() { Action::NoneOfThese } else { Action::Accept };
            return self.ask_about_unseen(interview, action);
        }
        if !self.is_blank() && !is_again {
            return self.ask_instead(Action::NoneOfThese, "Press 0 again to answer “None of these” instead.");
        }
        self.clear();
        self.row = Row::NoneOfThese;
        Done::Answered
    }

    fn ask_instead(&mut self, action: Action, told: &str) -> Done {
        self.asked = Some(action);
        Done::Told(format!("{}. {told}", wording::marks(self.ticked.len(), self.unsure.len())))
    }

    /// Some options have not been on screen. A list that one reads to its end moves on to them; of a long list the person can
    /// say that none of the others applies.
    fn ask_about_unseen(&mut self, interview: &Interview<'_>, action: Action) -> Done {
        if !self.is_searchable(interview) {
            return Done::Unseen;
        }
        let others = wording::counted(self.unseen(interview), "line");
        self.asked = Some(action);
        let key = if action == Action::Accept { "Enter" } else { "0" };
        Done::Told(format!(
            "You haven't come to {others} of this list yet. If none of those applies, press {key} again."
        ))
    }

    /// Does what Enter does.
    pub(in crate::app) fn accept(&mut self, interview: &Interview<'_>) -> Done {
        let is_again = self.asked.take().is_some();
        let is_many = self.is_many(interview);
        if self.search.is_some() {
            return self.accept_found(is_many, interview);
        }
        if !is_many {
            return if self.rows(interview).contains(&self.row) { Done::Answered } else { Done::Nothing };
        }
        match self.row {
            Row::NotSure if !self.is_blank() => {
                let told = wording::counted(self.ticked.len() + self.unsure.len(), "line");
                Done::Told(format!("{told} ticked or marked. Press Space to clear them, or move up to keep them."))
            }
            Row::NotSure => Done::Answered,
            _ if self.unseen(interview) > 0 && !is_again => self.ask_about_unseen(interview, Action::Accept),
            Row::Option(_) | Row::Field if self.is_blank() && !is_again => {
                self.asked = Some(Action::Accept);
                Done::Told("Nothing is ticked. Press Enter again if none of these applies.".into())
            }
            Row::NoneOfThese | Row::Option(_) | Row::Field => Done::Answered,
        }
    }

    /// Whether the list is long enough to be searched.
    pub(in crate::app) fn is_searchable(&self, interview: &Interview<'_>) -> bool {
        interview.offered(self.question).len() > LONG
    }
}

impl Row {
    pub(in crate::app) fn option(self) -> Option<Idx<Choice>> {
        match self {
            Row::Option(option) => Some(option),
            Row::Field | Row::NoneOfThese | Row::NotSure => None,
        }
    }
}
