//! Actions on a question: ticking, typing, and giving the answer.

use crate::app::screens::question::Card;
use crate::app::{App, Edit, Screen, view};
use crate::interview::{Change, InView};

impl App<'_> {
    /// Changes the input on the question in view. Does nothing on other screens.
    pub(in crate::app) fn edit(&mut self, edit: Edit, typed: Option<char>) {
        let Screen::Question(card) = &mut self.screen else { return };
        match edit {
            Edit::Pick => {
                let number = typed.and_then(|c| c.to_digit(10)).unwrap_or(0);
                let answers = card.pick(number, &self.interview);
                self.answer_if(answers);
            }
            Edit::Tick => {
                if !self.scroll_to_focus() {
                    self.tick();
                }
            }
            Edit::NotSure => {
                let answers = card.not_sure(&self.interview);
                self.answer_if(answers);
            }
            Edit::Why => {
                card.is_why_open = !card.is_why_open;
                let card = card.clone();
                if card.is_why_open && !view::layout(self).fits {
                    self.screen = Screen::Why { card, scroll: 0 };
                }
            }
            Edit::Find => card.find(&self.interview),
            Edit::Type => card.type_in(typed.unwrap_or_default(), &self.interview),
            Edit::Erase => {
                let was_empty = !card.erase(&self.interview);
                if was_empty {
                    self.back();
                }
            }
        }
    }

    pub(in crate::app) fn tick(&mut self) {
        if let Screen::Question(card) = &mut self.screen {
            card.tick();
        }
    }

    pub(in crate::app) fn answer_if(&mut self, answers: bool) {
        if answers {
            self.answer();
        }
    }

    /// Answers the question in view with what is chosen on it, and goes on.
    pub(in crate::app) fn answer(&mut self) {
        let Screen::Question(card) = &self.screen else { return };
        match card.answer(&self.interview) {
            Ok(answer) => {
                let question = card.question;
                self.unsubmitted.remove(&question);
                let was_settled = self.interview.is_settled();
                let change = self.interview.answer(question, answer);
                self.go_on();
                self.tell(&change);
                if !was_settled {
                    self.tell_settled();
                }
                self.restore_screen_invariants();
            }
            Err(problem) => self.notice = Some(problem),
        }
    }

    /// Sets the notice about what an answer changed, if anything is worth a line.
    pub(in crate::app) fn tell(&mut self, change: &Change) {
        let told = view::change(self.interview.questionnaire(), change);
        self.notice = Some(told).filter(|told| !told.is_empty());
    }

    /// Adds a notice once no open question can change the first cause or the urgency any more.
    pub(in crate::app) fn tell_settled(&mut self) {
        const SETTLED: &str = "Nothing you can still answer changes what comes first, or how urgent it is. The letter r \
            leads to the results.";
        let is_asking = matches!(self.screen, Screen::Question(_)) && self.what_if.is_none();
        if is_asking && self.interview.is_settled() {
            let told = self.notice.take().map(|told| format!("{told} ")).unwrap_or_default();
            self.notice = Some(format!("{told}{SETTLED}"));
        }
    }

    /// Submits all input that was ticked or typed but not accepted yet. Done before any ranking is shown, since a
    /// danger sign must not wait for Enter. A list without ticks is not submitted as *none of these*.
    pub(in crate::app) fn keep_ticks(&mut self) {
        let here = if let Screen::Question(card) = &self.screen { Some(card.clone()) } else { None };
        let unsubmitted: Vec<Card> = std::mem::take(&mut self.unsubmitted).into_values().chain(here).collect();
        let place = self.interview.in_view();
        for card in unsubmitted {
            self.keep(&card);
        }
        match place {
            InView::Question(question) => {
                self.interview.jump(question);
            }
            InView::End => self.interview.finish(),
        }
    }

    /// Submits the input of a card without going on to the next question.
    pub(in crate::app) fn keep(&mut self, card: &Card) {
        if card.says_something(&self.interview)
            && let Ok(answer) = card.answer(&self.interview)
        {
            let change = self.interview.answer(card.question, answer);
            self.tell(&change);
        } else if card.unsays(&self.interview) {
            let change = self.interview.retract(card.question);
            let told = view::change(self.interview.questionnaire(), &change);
            self.notice = Some(format!("Nothing is ticked there now, so that question is open again. {told}"));
        }
    }

    /// Whether the input of a card would raise an alarm that interrupts. Such input does not wait for Enter.
    pub(in crate::app) fn would_interrupt(&mut self, card: &Card) -> bool {
        let answer = card.answer(&self.interview).ok().filter(|_| card.says_something(&self.interview));
        answer.is_some_and(|answer| self.interview.would_interrupt(card.question, answer))
    }
}
