//! Counting what has each level of urgency.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::Idx;

use crate::questionnaire::Urgency;

/// How many there are of each level.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally(BTreeMap<Idx<Urgency>, usize>);

/// Whether something comes in or goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    In,
    Out,
}

impl Turn {
    pub(super) fn count(self, number: &mut usize) {
        match self {
            Turn::In => *number += 1,
            Turn::Out => *number = number.saturating_sub(1),
        }
    }

    pub(super) fn list<T: Ord>(self, set: &mut BTreeSet<T>, item: T) {
        match self {
            Turn::In => set.insert(item),
            Turn::Out => set.remove(&item),
        };
    }
}

impl Tally {
    pub(super) fn count(&mut self, level: Idx<Urgency>, turn: Turn) {
        let number = self.0.entry(level).or_default();
        turn.count(number);
        if *number == 0 {
            self.0.remove(&level);
        }
    }

    pub(super) fn highest(&self) -> Option<Idx<Urgency>> {
        self.0.keys().next_back().copied()
    }

    pub(super) fn lowest(&self) -> Option<Idx<Urgency>> {
        self.0.keys().next().copied()
    }
}
