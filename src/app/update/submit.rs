//! Actions on a question: ticking, typing, and giving the answer.

use crate::app::frame::place::Place;
use crate::app::screens::Screen;
use crate::app::screens::question::{Card, Done};
use crate::app::screens::results::list::title;
use crate::app::{Action, App};
use crate::engine::influence::can_raise_alarm;
use crate::interview::{Change, InView};
use crate::text::wording;

impl App<'_> {
    /// Changes the input on the question in view. Does nothing on other screens.
    pub(in crate::app) fn edit(&mut self, action: Action, typed: Option<char>) {
        let is_aside_shown = self.frame.is_side_whole;
        let Screen::Question(card) = &mut self.screens.top.screen else { return };
        let mut done = Done::Nothing;
        match action {
            Action::Digit => card.digit(typed.unwrap_or_default(), &self.interview),
            Action::Tick => card.tick(),
            Action::Unsure => card.mark_unsure(),
            Action::NoneOfThese if card.takes_zero(&self.interview) => card.digit('0', &self.interview),
            Action::NoneOfThese => done = card.none_of_these(&self.interview),
            Action::NotSure => done = card.not_sure(),
            Action::Accept => done = card.accept(&self.interview),
            Action::Find => card.find(&self.interview),
            Action::Type => card.type_in(typed.unwrap_or_default(), &self.interview),
            Action::Erase if !card.erase(&self.interview) => self.back(),
            Action::EraseAll => card.erase_all(&self.interview),
            Action::Why if is_aside_shown || self.hides_why => self.hides_why = !self.hides_why,
            Action::Why => {
                let question = card.question;
                self.screens.push(Screen::Why(question));
            }
            _ => {}
        }
        self.follow();
        self.done(done);
    }

    /// Does what an edit of a question asks for.
    fn done(&mut self, done: Done) {
        match done {
            Done::Answered => self.answer(),
            Done::Told(told) => self.tell(&told),
            Done::Unseen => {
                self.tell("Here is more. You can go on once all of it has been on screen.");
                if let Screen::Question(card) = &mut self.screens.top.screen {
                    card.focus_unseen(&self.interview);
                    let cursor = card.cursor(&self.interview);
                    // At the top of the window, so that as much as possible of the rest comes into view with it.
                    let start = self.frame.main.lines.get(cursor).map_or(0, |line| line.all.start);
                    self.screens.top.main = Place { cursor, scroll: start.saturating_sub(1), follows: true };
                }
            }
            Done::Nothing => {}
        }
    }

    /// Answers the question in view with what is chosen on it, and goes on.
    pub(in crate::app) fn answer(&mut self) {
        let Screen::Question(card) = &self.screens.top.screen else { return };
        match card.answer(&self.interview) {
            Ok(answer) => {
                let question = card.question;
                self.unsubmitted.remove(&question);
                let was_settled = self.interview.is_settled();
                let change = self.interview.answer(question, answer);
                self.go_on();
                self.notice = self.change_in_words(&change);
                if !was_settled {
                    self.tell_settled();
                }
            }
            Err(problem) => self.tell(&problem),
        }
    }

    /// What an answer changed, in a few sentences; empty when nothing is worth saying. Alarms that interrupt are left out,
    /// as they have a screen of their own.
    fn change_in_words(&self, change: &Change) -> String {
        const MOVES: usize = 2;
        let questionnaire = self.interview.questionnaire();
        let mut parts = Vec::new();
        for alarm in &change.raised {
            let level = questionnaire.alarms[*alarm].urgency;
            let urgency = &questionnaire.urgencies[level];
            // Beside a more urgent result, a less urgent alarm would read as a contradiction.
            if !urgency.interrupts && self.interview.outcome().urgency <= Some(level) {
                parts.push(format!("{}: {}", title(questionnaire, *alarm), urgency.say));
            }
        }
        let answers = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 answer {one}.")),
            _ => Some(format!("{count} answers {many}.")),
        };
        parts.extend(answers(change.dropped, "no longer applies", "no longer apply"));
        parts.extend(answers(change.restored, "applies again", "apply again"));
        let moves = change.moves.iter().filter(|_| !self.is_asking_of_danger());
        for moved in moves.take(MOVES) {
            let place = |place: Option<usize>| place.map_or_else(|| "not ranked".to_owned(), wording::ordinal);
            parts.push(format!("{} {} → {}.", moved.name, place(moved.from), place(moved.to)));
        }
        parts.join(" ")
    }

    /// Whether the question in view is about danger signs: no illness is named there.
    fn is_asking_of_danger(&self) -> bool {
        let Screen::Question(card) = &self.screens.top.screen else { return false };
        can_raise_alarm(self.interview.questionnaire(), card.question)
    }

    /// Adds a notice once no open question can change the first cause or the urgency any more.
    fn tell_settled(&mut self) {
        const SETTLED: &str =
            "Nothing you can still answer changes what comes first, or how urgent it is. Press r for your results.";
        let is_asking = matches!(&self.screens.top.screen, Screen::Question(_)) && self.what_if.is_none();
        if is_asking && self.interview.is_settled() {
            self.tell(SETTLED);
        }
    }

    /// Submits all input that was ticked or typed but not accepted yet. Done before any ranking is shown, since a
    /// danger sign must not wait for Enter. A list without ticks is not submitted as *none of these*.
    pub(in crate::app) fn keep_ticks(&mut self) {
        let here = if let Screen::Question(card) = &self.screens.top.screen { Some(card.clone()) } else { None };
        let unsubmitted: Vec<Card> = std::mem::take(&mut self.unsubmitted).into_values().chain(here).collect();
        let place = self.interview.in_view();
        for card in unsubmitted {
            self.keep(card);
        }
        match place {
            InView::Question(question) => {
                self.interview.jump(question);
            }
            InView::End => self.interview.finish(),
        }
    }

    /// Submits the input of a card without going on to the next question. Of what was never on screen nobody has said *no*:
    /// such options count as *not sure*, and a list too long to be read waits, unless a tick raises an alarm.
    pub(in crate::app) fn keep(&mut self, card: Card) {
        let is_begun = card.unseen(&self.interview) > 0 && card.is_searchable(&self.interview);
        if card.says_something(&self.interview)
            && let Ok(answer) = card.answer_so_far(&self.interview)
        {
            if is_begun && !self.would_interrupt(&card) {
                self.unsubmitted.insert(card.question, card);
                return;
            }
            let change = self.interview.answer(card.question, answer);
            self.notice = self.change_in_words(&change);
        } else if card.unsays(&self.interview) {
            let change = self.interview.retract(card.question);
            self.notice = "Nothing is ticked there now, so that question is open again.".into();
            self.tell(&self.change_in_words(&change));
        }
    }

    /// Whether the input of a card would raise an alarm that interrupts. Such input does not wait for Enter.
    pub(in crate::app) fn would_interrupt(&self, card: &Card) -> bool {
        let answer = card.answer(&self.interview).ok().filter(|_| card.says_something(&self.interview));
        answer.is_some_and(|answer| self.interview.would_interrupt(card.question, answer))
    }
}
