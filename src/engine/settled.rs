//! Whether any answer that is still missing could change what comes first, or how urgent it is.

use la_arena::Idx;

use crate::engine::bounds::{Bounds, CauseBounds};
use crate::engine::evaluation::Evaluation;
use crate::engine::naming::stays_named;
use crate::engine::outcome::Outcome;
use crate::engine::ranking::NOTABLE;
use crate::engine::reachability::{FreeQuestions, Reachability};
use crate::questionnaire::{Alarm, Cause, Condition, Topic, Truth, Urgency};

/// Whether no answer that is still missing can change which line of the ranking is first, nor the urgency. *Not sure*
/// is an answer here. Never true while nothing is named.
///
/// `outcome` is that of `evaluation`. The verdict rests on [`Bounds`]: it can be late, but never wrong.
#[must_use]
pub fn is_settled(evaluation: &Evaluation<'_>, outcome: &Outcome) -> bool {
    let Some(first) = outcome.named().next() else { return false };
    let reachability = Reachability::new(evaluation, FreeQuestions::Unanswered);
    let remaining = Remaining { evaluation, bounds: Bounds::within(&reachability), reachability };
    remaining.keeps_first(first.cause) && remaining.keeps_urgency(first.cause, outcome.urgency)
}

/// What the missing answers leave possible.
struct Remaining<'a, 's> {
    evaluation: &'a Evaluation<'s>,
    reachability: Reachability<'a, 's>,
    bounds: Bounds,
}

impl Remaining<'_, '_> {
    fn topic(&self, cause: Idx<Cause>) -> Topic {
        Topic::for_cause(cause, self.evaluation.questionnaire())
    }

    /// The bounds of the causes that share a line of the ranking with this one, itself included.
    fn line_of(&self, first: Idx<Cause>) -> impl Iterator<Item = (Idx<Cause>, CauseBounds)> {
        self.bounds.all().filter(move |(cause, _)| self.topic(*cause) == self.topic(first))
    }

    /// Whether the first line stays first: it stays ranked and named, and its lower bound is above the upper bound of every
    /// other.
    fn keeps_first(&self, first: Idx<Cause>) -> bool {
        /// Two ways of computing one number can differ in their last bits.
        const TOLERANCE: f64 = 1e-9;
        let kept = self.line_of(first);
        let kept = kept.filter(|(cause, bounds)| bounds.stays_ranked && stays_named(*cause, &self.reachability));
        let low = kept.map(|(_, bounds)| bounds.low).fold(0.0, f64::max);
        let others = self.bounds.all().filter(|(cause, _)| self.topic(*cause) != self.topic(first));
        let high = others.filter(|(_, bounds)| bounds.may_rank).map(|(_, bounds)| bounds.high).fold(0.0, f64::max);
        low > 0.0 && high + TOLERANCE < low
    }

    /// Whether the urgency stays what it is as long as the first line does: the lowest and the highest that are still
    /// possible are both the present one. The rule is that of `outcome::urgency`.
    fn keeps_urgency(&self, first: Idx<Cause>, urgency: Option<Idx<Urgency>>) -> bool {
        let questionnaire = self.evaluation.questionnaire();
        let cautious = questionnaire.cautious_urgency();
        let alarms = || questionnaire.alarms.values();
        let level = |cause: Idx<Cause>| questionnaire.causes[cause].urgency;

        let is_unsure =
            |alarm: &Alarm| self.evaluation.awaits_answer(&alarm.when) && self.evaluation.is_doubtful(&alarm.when);
        let stays_unsure = |alarm: &&Alarm| is_unsure(alarm) && self.is_frozen(&alarm.when);
        let could_be_unsure = |alarm: &&Alarm| {
            if self.is_frozen(&alarm.when) { is_unsure(alarm) } else { self.reachability.condition(&alarm.when).open }
        };

        let raised =
            alarms().filter(|alarm| self.evaluation.truth(&alarm.when) == Truth::Yes).map(|alarm| alarm.urgency);
        let certain = self.bounds.all().filter(|(_, bounds)| bounds.stays_ranked && bounds.low >= NOTABLE);
        let unsure = alarms().filter(stays_unsure).filter_map(|alarm| alarm.unsure);
        let certain = raised.chain(unsure).chain(certain.filter_map(|(cause, _)| level(cause))).max();

        let alarms_that_could = alarms().filter(|alarm| self.reachability.condition(&alarm.when).yes);
        let causes_that_could = self.bounds.all().filter(|(_, bounds)| bounds.could_count_for_urgency());
        let could: Vec<Idx<Urgency>> = alarms_that_could
            .map(|alarm| alarm.urgency)
            .chain(alarms().filter(could_be_unsure).filter_map(|alarm| alarm.unsure))
            .chain(causes_that_could.filter_map(|(cause, _)| level(cause)))
            .collect();

        let is_open = alarms().any(|alarm| self.evaluation.truth(&alarm.when) == Truth::Open);
        let could_be_cautious = cautious.filter(|_| is_open || certain.is_none());
        let level_of_first = self.line_of(first).filter_map(|(cause, _)| level(cause)).max();
        let level_of_first = level_of_first.filter(|_| certain.is_none());
        let highest = could.iter().copied().max().max(could_be_cautious).max(level_of_first).max(certain);
        // With nothing certain, whichever level remains possible could be the one, or caution.
        let lowest = certain.or_else(|| could.iter().copied().chain(cautious).min());
        urgency == highest && urgency == lowest
    }

    /// Whether no answer that is still missing can decide a condition: whatever keeps it open was answered *not sure*.
    fn is_frozen(&self, condition: &Condition) -> bool {
        let awaited = self.evaluation.questions_awaited(std::iter::once(condition));
        awaited.into_iter().all(|question| self.evaluation.answer(question).is_some())
    }
}
