//! Following up an earlier report: which of its answers are kept, and what has moved since.
//!
//! Nothing is stored about that report but its answers and its day: what it said is worked out anew, with the questions of
//! today, as two different editions cannot be compared.

use jiff::civil::Date;
use la_arena::Idx;

use crate::engine::answers::Answers;
use crate::engine::answers_json::AnswersJson;
use crate::engine::evaluation::Evaluation;
use crate::interview::draft::{CarriedOver, Lost, Offered, about, carry};
use crate::interview::{Change, Derived, InView, Interview, Move};
use crate::questionnaire::{Questionnaire, Urgency};
use crate::text::wording;

/// An earlier report to start from, as far as it fits the questionnaire.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlierReport {
    /// When it was made.
    pub day: ReportDay,
    /// All its answers.
    pub answers: Answers,
    /// Those to be kept: to lasting questions that are shown while only they are answered. All others are asked again.
    pub kept: Answers,
    /// What could not be taken over.
    pub lost: Vec<Lost>,
}

/// The day of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportDay {
    /// In the calendar; `None` if the report does not say.
    pub date: Option<Date>,
    /// In words, which can follow *since* and *from*: "23 November".
    pub words: String,
}

/// What has moved since an earlier report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// The day of that report.
    pub day: ReportDay,
    /// How urgent it was.
    pub urgency_then: Option<Idx<Urgency>>,
    /// How urgent it is now.
    pub urgency_now: Option<Idx<Urgency>>,
    /// The lines of the ranking that moved, first those that are or were nearest to the top.
    pub moves: Vec<Move>,
    /// Whether a question is still to be asked, so that this can change.
    pub is_open: bool,
}

/// The earlier report in an interview that follows it up.
#[derive(Debug, Clone)]
pub(super) struct Earlier<'q> {
    day: ReportDay,
    derived: Derived<'q>,
}

impl EarlierReport {
    /// Takes over the answers of a report. `offered` has the options that its lasting questions offered: nobody has said
    /// *no* to any other.
    #[must_use]
    pub fn new(
        answers: &AnswersJson,
        offered: &Offered,
        day: ReportDay,
        questionnaire: &Questionnaire,
    ) -> EarlierReport {
        let CarriedOver { answers: all, mut lost } = carry(answers.entries(), questionnaire, |_, _| None);
        let is_lasting = |id: &str| questionnaire.question(id).is_some_and(|id| questionnaire.questions[id].lasting);
        let lasting = answers.entries().filter(|(id, _)| is_lasting(id));
        let then = Evaluation::new(questionnaire, &all);
        let carried =
            carry(lasting, questionnaire, |question, answer| match questionnaire.questions[question].from() {
                // What it offered follows from the answer that its options come from.
                Some(_) => Some(then.offered(question).into_iter().collect()),
                None => about(offered, &questionnaire.questions[question], answer),
            });
        let evaluation = Evaluation::new(questionnaire, &carried.answers);
        let mut kept = carried.answers.clone();
        // Nobody can glance at an answer to a hidden question.
        for hidden in carried.answers.questions().filter(|question| !evaluation.is_shown(*question)) {
            kept.unset(hidden);
        }
        let is_asked = |lost: &Lost| matches!(lost, Lost::MoreOptions(question) if evaluation.is_shown(*question));
        lost.extend(carried.lost.into_iter().filter(is_asked));
        EarlierReport { day, answers: all, kept, lost }
    }
}

impl ReportDay {
    /// A day as it is told today.
    #[must_use]
    pub fn new(date: Option<Date>, today: Date) -> ReportDay {
        let words = date.map_or_else(|| "your earlier report".to_owned(), |date| wording::day(date, today));
        ReportDay { date, words }
    }
}

impl<'q> Interview<'q> {
    /// An interview that begins with the answers of a report that are kept.
    #[must_use]
    pub fn following_up(questionnaire: &'q Questionnaire, report: &EarlierReport) -> Interview<'q> {
        let mut interview = Interview::resumed(questionnaire, report.kept.clone());
        interview.compare_with(report);
        interview
    }

    /// From now on tells what has moved since a report.
    pub fn compare_with(&mut self, report: &EarlierReport) {
        let derived = Derived::new(self.questionnaire(), report.answers.clone());
        self.earlier = Some(Earlier { day: report.day.clone(), derived });
    }

    /// The day of the report that is followed up.
    #[must_use]
    pub fn earlier_day(&self) -> Option<&ReportDay> {
        self.earlier.as_ref().map(|earlier| &earlier.day)
    }

    /// What has moved since the report that is followed up; `None` if none is.
    #[must_use]
    pub fn since(&self) -> Option<Since> {
        let Earlier { day, derived } = self.earlier.as_ref()?;
        let mut moves = Change::between(derived, &self.derived).moves;
        moves.sort_by_key(|moved| moved.from.into_iter().chain(moved.to).min());
        Some(Since {
            day: day.clone(),
            urgency_then: derived.outcome().urgency,
            urgency_now: self.outcome().urgency,
            moves,
            is_open: self.next() != InView::End,
        })
    }
}
