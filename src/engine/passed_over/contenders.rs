//! What the unanswered questions can do together: several answers, each too weak alone, can bring a cause to the top.
//!
//! If a cause is there, the answers still to come move its log odds by what its findings weigh on average, give or take
//! their spread; if it is not there, likewise. Where that changes the headline, the fewest questions that can do it share
//! the chance of it.

use std::collections::BTreeMap;

use la_arena::Idx;

use crate::engine::passed_over::Supposition;
use crate::engine::passed_over::board::{Headline, Standing};
use crate::engine::passed_over::chances::chance_of;
use crate::engine::ranking::{moved, weight_while};
use crate::questionnaire::{Cause, Finding, Question, Truth, as_number};

/// How many standard deviations beyond the mean the answers still to come may weigh, with the chance that they weigh more.
const TAILS: [(f64, f64); 5] = [(0.0, 0.5), (0.5, 0.3085), (1.0, 0.1587), (1.5, 0.0668), (FARTHEST, 0.0228)];
const FARTHEST: f64 = 2.0;

/// How far answers still to come move the log odds of a cause.
#[derive(Debug, Clone, Copy, Default)]
struct Shift {
    mean: f64,
    variance: f64,
}

impl Shift {
    fn plus(self, other: Shift) -> Shift {
        Shift { mean: self.mean + other.mean, variance: self.variance + other.variance }
    }

    /// So many standard deviations beyond the mean: up for a cause that is there, down for one that is not.
    fn beyond(self, deviations: f64, is_there: bool) -> f64 {
        let spread = deviations * self.variance.sqrt();
        if is_there { self.mean + spread } else { self.mean - spread }
    }
}

impl Supposition<'_> {
    /// Adds to the chance of each question that of what it can do together with others.
    pub(super) fn add_chances_together(&mut self, chances: &mut BTreeMap<Idx<Question>, f64>, now: &Headline) {
        for (id, cause) in self.evaluation.questionnaire().causes.iter() {
            let Some(standing) = self.standing(id) else { continue };
            let awaited = self.evaluation.questions_awaited(std::iter::once(&cause.when));
            for is_there in [true, false] {
                let mut shifts: Vec<_> = self.shifts(cause, is_there, chances).into_iter().collect();
                let size = |shift: Shift| shift.beyond(1.0, is_there).abs();
                shifts.sort_by(|(_, a), (_, b)| size(*b).total_cmp(&size(*a)));
                let all = shifts.iter().fold(Shift::default(), |sum, (_, shift)| sum.plus(*shift));
                let share = |probability: f64| if is_there { probability } else { 1.0 - probability };
                // What the farthest tail does not change, the others do not either.
                if self.change(standing, all.beyond(FARTHEST, is_there), now).is_none() {
                    continue;
                }
                let chances_of_tails = TAILS.iter().filter_map(|(deviations, tail)| {
                    let (then, change) = self.change(standing, all.beyond(*deviations, is_there), now)?;
                    Some(change * tail * share(standing.probability) / share(then))
                });
                let chance = chances_of_tails.fold(0.0, f64::max);
                let mut sum = Shift::default();
                for question in &awaited {
                    chances.entry(*question).and_modify(|all| *all += chance);
                }
                for (question, shift) in shifts {
                    sum = sum.plus(shift);
                    chances.entry(question).and_modify(|all| *all += chance);
                    if self.change(standing, sum.beyond(FARTHEST, is_there), now).is_some() {
                        break;
                    }
                }
            }
        }
    }

    /// What the answers to each of these questions can do to a cause, if it is there or not.
    fn shifts(
        &self,
        cause: &Cause,
        is_there: bool,
        questions: &BTreeMap<Idx<Question>, f64>,
    ) -> BTreeMap<Idx<Question>, Shift> {
        let mut shifts: BTreeMap<Idx<Question>, Shift> = BTreeMap::new();
        let open = cause.findings.iter().filter(|finding| self.evaluation.truth(&finding.when) == Truth::Open);
        for finding in open {
            let awaited = self.evaluation.questions_awaited(std::iter::once(&finding.when));
            let asked: Vec<_> = awaited.into_iter().filter(|question| questions.contains_key(question)).collect();
            let shift = shift(finding, is_there, as_number(asked.len()));
            for question in asked {
                let sum = shifts.entry(question).or_default();
                *sum = sum.plus(shift);
            }
        }
        shifts
    }

    /// A cause that is in play, or can come into play.
    fn standing(&self, id: Idx<Cause>) -> Option<Standing> {
        self.board.standing(id).or_else(|| self.waiting(id))
    }

    /// The probability of a cause with its log odds moved, and how much it changes the headline, if it does.
    fn change(&mut self, standing: Standing, by: f64, now: &Headline) -> Option<(f64, f64)> {
        let cause = &self.evaluation.questionnaire().causes[standing.cause];
        let probability = moved(cause, standing.probability, by);
        let before =
            self.board.replace_cause(standing.cause, Some(Standing { probability, is_ranked: true, ..standing }));
        let change = self.board.headline().change_from(now);
        self.board.replace_cause(standing.cause, before);
        (change > 0.0).then_some((probability, change))
    }
}

/// What a finding does on average, divided among the questions that it waits for.
fn shift(finding: &Finding, is_there: bool, questions: f64) -> Shift {
    let chance = chance_of(finding, if is_there { 1.0 } else { 0.0 });
    let weight = |truth| weight_while(truth, finding).unwrap_or(0.0);
    let (yes, no) = (weight(Truth::Yes), weight(Truth::No));
    Shift {
        mean: (chance * yes + (1.0 - chance) * no) / questions,
        variance: chance * (1.0 - chance) * (yes - no).powi(2) / questions,
    }
}
