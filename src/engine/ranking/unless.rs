//! `unless`: what the causes that explain another one away leave of its probability.

use std::collections::BTreeMap;

use la_arena::Idx;

use crate::engine::ranking::Ranked;
use crate::questionnaire::{Cause, Family, Questionnaire, Topic, position};

/// The probabilities of all causes before `unless`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Explainers {
    causes: Vec<Option<f64>>,
    /// The most probable member of each family; of equals, the first in the file.
    families: BTreeMap<Idx<Family>, (Idx<Cause>, f64)>,
}

impl Explainers {
    pub(super) fn new(questionnaire: &Questionnaire, causes: Vec<Option<f64>>) -> Explainers {
        let mut families: BTreeMap<Idx<Family>, (Idx<Cause>, f64)> = BTreeMap::new();
        for ((id, cause), probability) in questionnaire.causes.iter().zip(&causes) {
            let (Some(family), Some(probability)) = (cause.family, *probability) else { continue };
            let highest = families.entry(family).or_insert((id, probability));
            if probability > highest.1 {
                *highest = (id, probability);
            }
        }
        Explainers { causes, families }
    }

    fn probability_of(&self, explainer: Topic) -> Option<(Idx<Cause>, f64)> {
        match explainer {
            Topic::Family(family) => self.families.get(&family).copied(),
            Topic::Cause(cause) => Some((cause, self.causes.get(position(cause)).copied().flatten()?)),
        }
    }

    /// Applies `unless` to a cause: multiplies it by one minus the largest probability among the causes named there.
    pub(super) fn explain_away(&self, ranked: &mut Ranked, questionnaire: &Questionnaire) {
        let unless = &questionnaire.causes[ranked.cause].unless;
        let in_play = unless.iter().filter_map(|explainer| self.probability_of(*explainer));
        // Of equals, the first in the file.
        let Some((other, probability)) = in_play.rev().max_by(|a, b| a.1.total_cmp(&b.1)) else { return };
        ranked.explained_by = Some(other);
        ranked.left = 1.0 - probability;
        ranked.probability *= ranked.left;
        ranked.low *= ranked.left;
        ranked.high *= ranked.left;
        ranked.lift = ranked.probability / ranked.base_rate;
    }
}
