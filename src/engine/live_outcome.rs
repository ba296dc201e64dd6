//! Which alarms hold, how the causes stand, and whether anything that can still be answered changes what comes first or
//! how urgent it is: kept up to date answer by answer.

mod level_counts;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use la_arena::Idx;

use crate::engine::bounds::{BoundsBeforeUnless, BoundsCalculation, CauseBounds, CausesApply};
use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::Topic;
use crate::engine::ranking::{Explainers, NOTABLE, Ranked, WORTH_LIFT, WORTH_PROBABILITY, before_unless};
use crate::engine::reachability::{Fates, Reachability};
use crate::questionnaire::{Alarm, Cause, Questionnaire, Subject, Truth, Urgency, position};
use level_counts::{Tally, Turn};

/// How the alarms and the causes stand. What an answer does not touch stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Prospects {
    alarms: Vec<AlarmStands>,
    raised: BTreeSet<Idx<Alarm>>,
    /// How many alarms are open for want of an answer.
    wanting: usize,
    /// How many alarms are neither raised nor out of the question.
    unclear: usize,
    ranks: Option<CausesApply>,
    explainers: Explainers,
    reaches: BoundsBeforeUnless,
    causes: Vec<CauseStands>,
    /// The ranked causes, in order.
    order: BTreeSet<(Reverse<u64>, Idx<Cause>)>,
    /// The causes that could be ranked, by the most probable that they could become.
    highs: BTreeSet<(u64, Idx<Cause>)>,
    levels: Levels,
}

/// How many alarms and causes have each level of urgency, and could set it.
#[derive(Debug, Clone, Default, PartialEq)]
struct Levels {
    /// Of alarms that hold.
    raised: Tally,
    /// Of causes that count for the urgency now.
    notable: Tally,
    /// Of causes that count whatever is answered.
    certain: Tally,
    /// Of what could count.
    could: Tally,
}

/// How an alarm stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct AlarmStands {
    truth: Truth,
    is_wanting: bool,
    could_hold: bool,
}

/// How a cause stands, once others have explained it away.
#[derive(Debug, Clone, Default, PartialEq)]
struct CauseStands {
    /// Its place in the ranking, without what weighs.
    ranked: Option<Ranked>,
    /// How far it could move.
    reach: Option<CauseBounds>,
}

/// What an answer did to the alarms, in file order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turned {
    /// Those that hold now and did not before.
    pub raised: Vec<Idx<Alarm>>,
    /// Those that held before and do not now, nor could any more.
    pub withdrawn: Vec<Idx<Alarm>>,
}

impl Prospects {
    /// Works out how everything stands.
    #[must_use]
    pub fn new(evaluation: &Evaluation<'_>, fates: &Fates) -> Prospects {
        let questionnaire = evaluation.questionnaire();
        let reachability = fates.reachability(evaluation);
        let of = BoundsCalculation { evaluation, reachability: &reachability };
        let ranks = of.ranks();
        let causes = || questionnaire.causes.iter();
        let probabilities = causes().map(|(id, _)| Some(in_play(evaluation, ranks, id)?.probability)).collect();
        let reaches = causes().map(|(_, cause)| of.cause(cause, ranks?)).collect();
        let mut prospects = Prospects {
            alarms: Vec::with_capacity(questionnaire.alarms.len()),
            raised: BTreeSet::new(),
            wanting: 0,
            unclear: 0,
            ranks,
            explainers: Explainers::new(questionnaire, probabilities),
            reaches: BoundsBeforeUnless::new(questionnaire, reaches),
            causes: Vec::with_capacity(questionnaire.causes.len()),
            order: BTreeSet::new(),
            highs: BTreeSet::new(),
            levels: Levels::default(),
        };
        for (id, alarm) in questionnaire.alarms.iter() {
            let stands = AlarmStands::of(alarm, evaluation, &reachability);
            prospects.alarms.push(stands);
            prospects.count_alarm((id, alarm), stands, Turn::In);
        }
        for (id, cause) in causes() {
            let stands = prospects.stands(evaluation, id);
            prospects.count_cause((id, cause), &stands, Turn::In);
            prospects.causes.push(stands);
        }
        prospects
    }

    /// Follows a change: what of the questions and facts stands otherwise now, or could become something else.
    pub fn follow(&mut self, evaluation: &Evaluation<'_>, fates: &Fates, changed: &[Subject]) -> Turned {
        let dependents = &evaluation.questionnaire().dependents;
        let reachability = fates.reachability(evaluation);
        let turned = self.follow_alarms(evaluation, &reachability, changed);
        let of = BoundsCalculation { evaluation, reachability: &reachability };
        if changed.iter().any(|subject| dependents.is_for_all_causes(*subject)) && of.ranks() != self.ranks {
            *self = Prospects::new(evaluation, fates);
            return turned;
        }
        let on = changed.iter().flat_map(|subject| dependents.causes_on(*subject)).copied();
        let touched: BTreeSet<Idx<Cause>> = on.collect();
        let mut moved = touched.clone();
        for id in touched {
            if self.settle(&of, id) {
                moved.extend(dependents.explained_by(id));
                let family = evaluation.questionnaire().causes[id].family;
                moved.extend(family.into_iter().flat_map(|family| dependents.explained_by_family(family)));
            }
        }
        for id in moved {
            self.replace(evaluation, id);
        }
        turned
    }

    /// The alarms that hold, in file order.
    pub fn raised(&self) -> impl Iterator<Item = Idx<Alarm>> {
        self.raised.iter().copied()
    }

    /// Whether an alarm holds.
    #[must_use]
    pub fn is_raised(&self, alarm: Idx<Alarm>) -> bool {
        self.raised.contains(&alarm)
    }

    /// The highest level among the alarms that hold.
    #[must_use]
    pub fn raised_level(&self) -> Option<Idx<Urgency>> {
        self.levels.raised.highest()
    }

    /// What the lines of the ranking are about, in order.
    #[must_use]
    pub fn topics(&self, questionnaire: &Questionnaire) -> Vec<Topic> {
        let mut seen = BTreeSet::new();
        let topics = self.order.iter().map(|(_, cause)| Topic::for_cause(*cause, questionnaire));
        topics.filter(|topic| seen.insert(*topic)).collect()
    }

    /// Whether nothing that can still be answered changes which line of the ranking is first, or how urgent it is. What
    /// was answered *not sure* counts as answered.
    #[must_use]
    pub fn is_settled(&self, questionnaire: &Questionnaire) -> bool {
        let Some((_, first)) = self.order.first() else { return false };
        self.is_first_settled(questionnaire, *first) && self.is_urgency_settled(questionnaire, *first)
    }

    /// Whether the first line stays the first: it stays there, and its lowest is above the highest of every other.
    fn is_first_settled(&self, questionnaire: &Questionnaire, first: Idx<Cause>) -> bool {
        /// Two ways of computing one number may differ in their last bits.
        const APART: f64 = 1e-9;
        let kept = line(questionnaire, first).filter_map(|cause| self.of(cause)?.reach.filter(|it| it.stays_ranked));
        let low = kept.map(|reach| reach.low).fold(0.0, f64::max);
        let topic = |cause: Idx<Cause>| Topic::for_cause(cause, questionnaire);
        let mut others = self.highs.iter().rev().filter(|(_, cause)| topic(*cause) != topic(first));
        low > 0.0 && others.next().is_none_or(|(high, _)| f64::from_bits(*high) + APART < low)
    }

    /// Whether the urgency stays as it is when the first line does: neither the lowest nor the highest that it could be
    /// is another.
    fn is_urgency_settled(&self, questionnaire: &Questionnaire, first: Idx<Cause>) -> bool {
        let cautious = questionnaire.cautious_urgency();
        let certain = self.levels.raised.highest().max(self.levels.certain.highest());
        let could_be_cautious = cautious.filter(|_| self.unclear > 0 || certain.is_none());
        let of_line = line(questionnaire, first).filter(|cause| self.of(*cause).is_some_and(|it| it.reach.is_some()));
        let of_first = of_line.filter_map(|cause| questionnaire.causes[cause].urgency).max();
        let highest = self.levels.could.highest().max(could_be_cautious).max(of_first.filter(|_| certain.is_none()));
        // Without anything certain, whatever could count may set the level, or caution.
        let lowest = certain.or_else(|| self.levels.could.lowest().into_iter().chain(cautious).min());
        let urgency = self.urgency(questionnaire, first);
        urgency == certain.max(highest) && urgency == lowest
    }

    /// How urgent it is.
    fn urgency(&self, questionnaire: &Questionnaire, first: Idx<Cause>) -> Option<Idx<Urgency>> {
        let cautious = questionnaire.cautious_urgency();
        let of_first = questionnaire.causes[first].urgency.filter(|level| Some(*level) >= cautious);
        let level = self.levels.raised.highest().max(self.levels.notable.highest()).or(of_first).or(cautious);
        if self.wanting > 0 { level.max(cautious) } else { level }
    }

    fn follow_alarms(
        &mut self,
        evaluation: &Evaluation<'_>,
        reachability: &Reachability<'_, '_>,
        changed: &[Subject],
    ) -> Turned {
        let questionnaire = evaluation.questionnaire();
        let on = changed.iter().flat_map(|subject| questionnaire.dependents.alarms_on(*subject)).copied();
        let touched: BTreeSet<Idx<Alarm>> = on.collect();
        let mut turned = Turned::default();
        for id in touched {
            let alarm = &questionnaire.alarms[id];
            let stands = AlarmStands::of(alarm, evaluation, reachability);
            let Some(slot) = self.alarms.get_mut(position(id)) else { continue };
            let before = std::mem::replace(slot, stands);
            self.count_alarm((id, alarm), before, Turn::Out);
            self.count_alarm((id, alarm), stands, Turn::In);
            match (before.truth, stands.truth) {
                (Truth::Yes, Truth::Yes) => {}
                (_, Truth::Yes) => turned.raised.push(id),
                (Truth::Yes, _) if !stands.is_wanting => turned.withdrawn.push(id),
                (Truth::Yes | Truth::Open | Truth::No, Truth::Open | Truth::No) => {}
            }
        }
        turned
    }

    fn count_alarm(&mut self, (id, alarm): (Idx<Alarm>, &Alarm), stands: AlarmStands, turn: Turn) {
        if stands.truth == Truth::Yes {
            turn.list(&mut self.raised, id);
            self.levels.raised.count(alarm.urgency, turn);
        }
        if stands.truth == Truth::Open {
            turn.count(&mut self.unclear);
        }
        if stands.is_wanting {
            turn.count(&mut self.wanting);
        }
        if stands.could_hold {
            self.levels.could.count(alarm.urgency, turn);
        }
    }

    fn count_cause(&mut self, (id, cause): (Idx<Cause>, &Cause), stands: &CauseStands, turn: Turn) {
        if let Some(ranked) = stands.ranked.as_ref().filter(|ranked| ranked.is_ranked) {
            turn.list(&mut self.order, (Reverse(ranked.order().to_bits()), id));
        }
        if let Some(reach) = stands.reach.filter(|reach| reach.may_rank) {
            turn.list(&mut self.highs, (reach.high.to_bits(), id));
        }
        let Some(level) = cause.urgency else { return };
        let levels = &mut self.levels;
        for (tally, is_in) in [
            (&mut levels.notable, stands.is_notable()),
            (&mut levels.certain, stands.is_certain()),
            (&mut levels.could, stands.could_count()),
        ] {
            if is_in {
                tally.count(level, turn);
            }
        }
    }

    /// What a cause comes to, and could, before others explain it away. Whether that is something else now.
    fn settle(&mut self, of: &BoundsCalculation<'_, '_>, id: Idx<Cause>) -> bool {
        let questionnaire = of.evaluation.questionnaire();
        let probability = in_play(of.evaluation, self.ranks, id).map(|ranked| ranked.probability);
        let reach = self.ranks.and_then(|ranks| of.cause(&questionnaire.causes[id], ranks));
        let is_other = self.explainers.set(questionnaire, id, probability);
        self.reaches.set(questionnaire, id, reach) || is_other
    }

    /// Looks again at how a cause stands among the others.
    fn replace(&mut self, evaluation: &Evaluation<'_>, id: Idx<Cause>) {
        let cause = &evaluation.questionnaire().causes[id];
        let stands = self.stands(evaluation, id);
        let Some(slot) = self.causes.get_mut(position(id)) else { return };
        let before = std::mem::replace(slot, stands.clone());
        self.count_cause((id, cause), &before, Turn::Out);
        self.count_cause((id, cause), &stands, Turn::In);
    }

    /// How a cause stands once others have explained it away.
    fn stands(&self, evaluation: &Evaluation<'_>, id: Idx<Cause>) -> CauseStands {
        let questionnaire = evaluation.questionnaire();
        let ranked = in_play(evaluation, self.ranks, id).map(|mut ranked| {
            self.explainers.explain_away(&mut ranked, questionnaire);
            // What weighs is not asked for here.
            Ranked { weights: Vec::new(), caps: Vec::new(), ..ranked }
        });
        CauseStands { ranked, reach: self.reaches.explained(questionnaire, id) }
    }

    fn of(&self, cause: Idx<Cause>) -> Option<&CauseStands> {
        self.causes.get(position(cause))
    }
}

impl AlarmStands {
    fn of(alarm: &Alarm, evaluation: &Evaluation<'_>, reachability: &Reachability<'_, '_>) -> AlarmStands {
        AlarmStands {
            truth: evaluation.truth(&alarm.when),
            is_wanting: evaluation.awaits_answer(&alarm.when),
            could_hold: reachability.condition(&alarm.when).yes,
        }
    }
}

impl CauseStands {
    /// Whether it counts for the urgency now.
    fn is_notable(&self) -> bool {
        let ranked = self.ranked.as_ref().filter(|ranked| ranked.is_ranked);
        ranked.is_some_and(|ranked| ranked.is_notable() || ranked.is_worth_checking())
    }

    /// Whether it counts for the urgency whatever is answered.
    fn is_certain(&self) -> bool {
        self.reach.is_some_and(|reach| reach.stays_ranked && reach.low >= NOTABLE)
    }

    /// Whether it could count for the urgency.
    fn could_count(&self) -> bool {
        self.reach.is_some_and(|reach| {
            reach.may_rank && (reach.high >= NOTABLE || (reach.lift >= WORTH_LIFT && reach.high >= WORTH_PROBABILITY))
        })
    }
}

/// A cause before others explain it away, if it is in play.
fn in_play(evaluation: &Evaluation<'_>, ranks: Option<CausesApply>, id: Idx<Cause>) -> Option<Ranked> {
    let cause = &evaluation.questionnaire().causes[id];
    (ranks.is_some() && evaluation.truth(&cause.when) == Truth::Yes).then(|| before_unless(id, cause, evaluation))
}

/// The causes that are shown as one line with a cause, itself among them.
fn line(questionnaire: &Questionnaire, cause: Idx<Cause>) -> impl Iterator<Item = Idx<Cause>> {
    let family = questionnaire.causes[cause].family;
    let members = family.map(|family| questionnaire.dependents.members(family)).unwrap_or_default();
    let alone = family.is_none().then_some(cause);
    members.iter().copied().chain(alone)
}
