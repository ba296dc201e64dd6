//! The answer that the input at a question amounts to, and whether it says anything yet.

use la_arena::Idx;

use crate::app::screens::question::{Card, Row};
use crate::interview::Interview;
use crate::questionnaire::{Answer, Choice, Kind, Question, WrittenAnswer};
use crate::text::wording;

impl Card {
    /// The answer that the input amounts to.
    ///
    /// # Errors
    ///
    /// A sentence for the person when what was typed is no number in range.
    pub(in crate::app) fn answer(&self, interview: &Interview<'_>) -> Result<Answer, String> {
        let asked = &interview.questionnaire().questions[self.question];
        match (&asked.kind, self.row) {
            (Kind::Many { .. }, Row::NotSure) if self.is_blank() => Ok(Answer::NotSure),
            (Kind::Many { .. }, _) => Ok(Answer::Many {
                ticked: self.ticked.iter().copied().collect(),
                unsure: self.unsure.iter().copied().collect(),
            }),
            (_, Row::Option(option)) => Ok(Answer::One(option)),
            (Kind::Number { .. }, Row::Field) => self.number(asked),
            (Kind::One(_) | Kind::Number { .. }, _) => Ok(Answer::NotSure),
        }
    }

    /// The same, while the person is not done: options that have not been on screen are *not sure*, not *no*.
    ///
    /// # Errors
    ///
    /// As [`Card::answer`].
    pub(in crate::app) fn answer_so_far(&self, interview: &Interview<'_>) -> Result<Answer, String> {
        let mut answer = self.answer(interview)?;
        if let Answer::Many { ticked, unsure } = &mut answer {
            let is_unseen = |option: &Idx<Choice>| !self.seen.contains(option) && !ticked.contains(option);
            unsure.extend(interview.offered(self.question).into_iter().filter(is_unseen));
        }
        Ok(answer)
    }

    fn number(&self, asked: &Question) -> Result<Answer, String> {
        let range = wording::number_range(&asked.kind).unwrap_or_default();
        let please = |what: &str| format!("Please type {what} from {range}, or n if you're not sure.");
        let number: f64 = self.typed.replace(',', ".").parse().map_err(|_| please("a number"))?;
        Answer::read(asked, &WrittenAnswer::Number(number)).map_err(|_| please(wording::kind_of_number(asked, number)))
    }

    /// Whether the input differs from the answer and says something: a selection without a tick does not.
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
    pub(in crate::app) fn unsays(&self, interview: &Interview<'_>) -> bool {
        let none = Answer::Many { ticked: [].into(), unsure: [].into() };
        let evaluation = interview.evaluation();
        let answer = evaluation.answer(self.question);
        self.is_blank() && matches!(answer, Some(answer @ Answer::Many { .. }) if *answer != none)
    }

    /// Whether the input differs from that of a new card for the question.
    pub(in crate::app) fn differs(&self, interview: &Interview<'_>) -> bool {
        let new = Card::new(interview, self.question);
        (&self.ticked, &self.unsure, &self.typed) != (&new.ticked, &new.unsure, &new.typed)
    }

    pub(in crate::app) fn is_blank(&self) -> bool {
        self.ticked.is_empty() && self.unsure.is_empty()
    }
}
