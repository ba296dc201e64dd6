//! What the results say first, kept up to date while causes and alarms change one at a time.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use la_arena::Idx;

use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::{Levels, Outcome};
use crate::engine::ranking::{Likelihood, Ranked, before_unless, counts_for_urgency, is_in_play, likelihood, order};
use crate::questionnaire::{Alarm, Cause, Questionnaire, Topic, Truth, Urgency, position};

/// What the results say first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Headline {
    first: Option<(Idx<Cause>, Likelihood)>,
    urgency: Option<Idx<Urgency>>,
}

/// How much more a higher urgency counts than any other change.
pub(super) const GRAVITY: f64 = 10.0;

impl Headline {
    /// How much it counts that this is what the results say first, and no longer `now`; 0 if it is the same.
    pub(super) fn change_from(&self, now: &Headline) -> f64 {
        if self.urgency > now.urgency {
            GRAVITY
        } else if self == now {
            0.0
        } else {
            1.0
        }
    }
}

impl From<&Outcome> for Headline {
    fn from(outcome: &Outcome) -> Headline {
        let first = outcome.ranking.ranked().next();
        Headline { first: first.map(|first| (first.cause, first.likelihood())), urgency: outcome.urgency }
    }
}

/// A cause that is in play, before `unless`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) cause: Idx<Cause>,
    pub(super) probability: f64,
    pub(super) base_rate: f64,
    pub(super) is_ranked: bool,
}

impl Standing {
    /// A cause as it would be in play.
    pub(super) fn new(id: Idx<Cause>, evaluation: &Evaluation<'_>) -> Standing {
        let ranked = before_unless(id, &evaluation.questionnaire().causes[id], evaluation);
        let Ranked { cause, probability, base_rate, is_ranked, .. } = ranked;
        Standing { cause, probability, base_rate, is_ranked }
    }

    /// A cause; `None` when it is not in play.
    pub(super) fn in_play(id: Idx<Cause>, evaluation: &Evaluation<'_>) -> Option<Standing> {
        is_in_play(&evaluation.questionnaire().causes[id], evaluation).then(|| Standing::new(id, evaluation))
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct AlarmState {
    is_raised: bool,
    is_open: bool,
    is_unsure: bool,
}

impl AlarmState {
    pub(super) fn new(id: Idx<Alarm>, evaluation: &Evaluation<'_>) -> AlarmState {
        let when = &evaluation.questionnaire().alarms[id].when;
        let is_open = evaluation.awaits_answer(when);
        AlarmState {
            is_raised: evaluation.truth(when) == Truth::Yes,
            is_open,
            is_unsure: is_open && evaluation.is_doubtful(when),
        }
    }
}

/// How often each level is reached.
#[derive(Default)]
struct Counts(BTreeMap<Idx<Urgency>, usize>);

impl Counts {
    fn add(&mut self, level: Option<Idx<Urgency>>) {
        if let Some(level) = level {
            *self.0.entry(level).or_default() += 1;
        }
    }

    fn remove(&mut self, level: Option<Idx<Urgency>>) {
        let Some(level) = level else { return };
        if let Some(count) = self.0.get_mut(&level) {
            *count -= 1;
            if *count == 0 {
                self.0.remove(&level);
            }
        }
    }

    fn highest(&self) -> Option<Idx<Urgency>> {
        self.0.last_key_value().map(|(level, _)| *level)
    }
}

/// The causes and the alarms, sorted so that the headline can be read off.
pub(super) struct Board<'q> {
    questionnaire: &'q Questionnaire,
    causes: Vec<Option<Standing>>,
    alarms: Vec<AlarmState>,
    /// For each cause, those that it explains away, itself or as a member of its family.
    explained: Vec<Vec<Idx<Cause>>>,
    /// The members of each family.
    members: Vec<Vec<Idx<Cause>>>,
    /// The ranked causes, the most probable first; of equals, the first in the file.
    ranked: BTreeSet<(Reverse<u64>, Idx<Cause>)>,
    probable: Counts,
    raised: Counts,
    unsure: Counts,
    open: usize,
}

impl<'q> Board<'q> {
    pub(super) fn new(evaluation: &Evaluation<'q>) -> Board<'q> {
        let questionnaire = evaluation.questionnaire();
        let mut members = vec![Vec::new(); questionnaire.families.len()];
        for (id, cause) in questionnaire.causes.iter() {
            if let Some(family) = cause.family.and_then(|family| members.get_mut(position(family))) {
                family.push(id);
            }
        }
        let mut board = Board {
            questionnaire,
            causes: questionnaire.causes.iter().map(|(id, _)| Standing::in_play(id, evaluation)).collect(),
            alarms: questionnaire.alarms.iter().map(|(id, _)| AlarmState::new(id, evaluation)).collect(),
            explained: vec![Vec::new(); questionnaire.causes.len()],
            members,
            ranked: BTreeSet::new(),
            probable: Counts::default(),
            raised: Counts::default(),
            unsure: Counts::default(),
            open: 0,
        };
        for (id, cause) in questionnaire.causes.iter() {
            for explainer in cause.unless.iter().flat_map(|topic| board.causes_of(*topic)).collect::<Vec<_>>() {
                let explained = board.explained.get_mut(position(explainer));
                if let Some(explained) = explained.filter(|explained| explainer != id && explained.last() != Some(&id))
                {
                    explained.push(id);
                }
            }
            board.enter(id);
        }
        for (id, alarm) in questionnaire.alarms.iter() {
            board.count(alarm, board.alarm(id), Counts::add);
            board.open += usize::from(board.alarm(id).is_some_and(|state| state.is_open));
        }
        board
    }

    /// A cause that is in play.
    pub(super) fn standing(&self, id: Idx<Cause>) -> Option<Standing> {
        self.causes.get(position(id)).copied().flatten()
    }

    fn alarm(&self, id: Idx<Alarm>) -> Option<AlarmState> {
        self.alarms.get(position(id)).copied()
    }

    /// Puts another standing in the place of a cause's, which comes back.
    pub(super) fn replace_cause(&mut self, id: Idx<Cause>, standing: Option<Standing>) -> Option<Standing> {
        let explained = self.explained.get_mut(position(id)).map(std::mem::take).unwrap_or_default();
        let affected = || explained.iter().copied().chain([id]);
        affected().for_each(|cause| self.leave(cause));
        let before = self.causes.get_mut(position(id)).and_then(|slot| std::mem::replace(slot, standing));
        affected().for_each(|cause| self.enter(cause));
        if let Some(slot) = self.explained.get_mut(position(id)) {
            *slot = explained;
        }
        before
    }

    /// Puts another state in the place of an alarm's, which comes back.
    pub(super) fn replace_alarm(&mut self, id: Idx<Alarm>, state: AlarmState) -> AlarmState {
        let alarm = &self.questionnaire.alarms[id];
        let before = self.alarms.get_mut(position(id)).map_or(state, |slot| std::mem::replace(slot, state));
        self.count(alarm, Some(before), Counts::remove);
        self.count(alarm, Some(state), Counts::add);
        self.open = self.open + usize::from(state.is_open) - usize::from(before.is_open);
        before
    }

    /// What the results say first now.
    pub(super) fn headline(&self) -> Headline {
        let first = self.ranked.first().and_then(|(_, cause)| Some((*cause, self.probability(*cause)?)));
        let levels = Levels {
            raised: self.raised.highest(),
            unsure: self.unsure.highest(),
            probable: self.probable.highest(),
            first: first.and_then(|(cause, _)| self.questionnaire.causes[cause].urgency),
            is_open: self.open > 0,
        };
        Headline {
            first: first.map(|(cause, probability)| (cause, likelihood(probability))),
            urgency: levels.urgency(self.questionnaire.cautious_urgency()).0,
        }
    }

    fn count(&mut self, alarm: &Alarm, state: Option<AlarmState>, count: impl Fn(&mut Counts, Option<Idx<Urgency>>)) {
        if state.is_some_and(|state| state.is_raised) {
            count(&mut self.raised, Some(alarm.urgency));
        }
        if state.is_some_and(|state| state.is_unsure) {
            count(&mut self.unsure, alarm.unsure);
        }
    }

    fn enter(&mut self, id: Idx<Cause>) {
        if let Some((place, level)) = self.place(id) {
            self.ranked.insert((place, id));
            self.probable.add(level);
        }
    }

    fn leave(&mut self, id: Idx<Cause>) {
        if let Some((place, level)) = self.place(id) {
            self.ranked.remove(&(place, id));
            self.probable.remove(level);
        }
    }

    /// Where a ranked cause belongs, and its level if that counts for the urgency.
    fn place(&self, id: Idx<Cause>) -> Option<(Reverse<u64>, Option<Idx<Urgency>>)> {
        let standing = self.standing(id).filter(|standing| standing.is_ranked)?;
        let probability = self.probability(id)?;
        let level = self.questionnaire.causes[id].urgency;
        let level = level.filter(|_| counts_for_urgency(probability, probability / standing.base_rate));
        // The bits of numbers above 0 have the order of the numbers.
        Some((Reverse(order(probability).to_bits()), level))
    }

    /// The probability of a cause after `unless`.
    fn probability(&self, id: Idx<Cause>) -> Option<f64> {
        let unless = self.questionnaire.causes[id].unless.iter();
        let explainers = unless.flat_map(|topic| self.causes_of(*topic)).filter_map(|cause| self.standing(cause));
        let highest = explainers.map(|explainer| explainer.probability).fold(0.0, f64::max);
        Some(self.standing(id)?.probability * (1.0 - highest))
    }

    fn causes_of(&self, topic: Topic) -> impl Iterator<Item = Idx<Cause>> + use<'_, 'q> {
        let (cause, family) = match topic {
            Topic::Cause(cause) => (Some(cause), None),
            Topic::Family(family) => (None, self.members.get(position(family))),
        };
        cause.into_iter().chain(family.into_iter().flatten().copied())
    }
}
