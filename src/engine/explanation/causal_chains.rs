//! Chains of causes in which each can lead to the next (`via`).

use la_arena::Idx;

use crate::questionnaire::{Cause, Questionnaire};

/// The most chains shown for one cause.
const TOLD: usize = 3;

/// The chains that contain a cause, each from its first link to its last. Only the `causes` are in them; the chains come
/// in their order.
#[must_use]
pub fn chains(questionnaire: &Questionnaire, causes: Vec<Idx<Cause>>, cause: Idx<Cause>) -> Vec<Vec<Idx<Cause>>> {
    let links = Links { questionnaire, causes };
    let mut chains = Vec::new();
    for before in ways(cause, &|at| links.sources(at)) {
        for after in ways(cause, &|at| links.effects(at)) {
            let mut chain: Vec<Idx<Cause>> = before.iter().rev().copied().collect();
            chain.extend(after.iter().skip(1));
            chains.push(chain);
        }
    }
    chains.retain(|chain| chain.len() > 1);
    chains.truncate(TOLD);
    chains
}

struct Links<'q> {
    questionnaire: &'q Questionnaire,
    causes: Vec<Idx<Cause>>,
}

impl Links<'_> {
    fn sources(&self, cause: Idx<Cause>) -> Vec<Idx<Cause>> {
        self.causes.iter().filter(|source| self.leads_to(**source, cause)).copied().collect()
    }

    fn effects(&self, cause: Idx<Cause>) -> Vec<Idx<Cause>> {
        self.causes.iter().filter(|effect| self.leads_to(cause, **effect)).copied().collect()
    }

    fn leads_to(&self, source: Idx<Cause>, effect: Idx<Cause>) -> bool {
        self.questionnaire.causes[effect].via.iter().any(|via| via.covers(source, self.questionnaire))
    }
}

/// All paths from a cause, followed to their ends. `via` has no cycles (`circular-via` is an error), so each ends.
fn ways(cause: Idx<Cause>, next: &dyn Fn(Idx<Cause>) -> Vec<Idx<Cause>>) -> Vec<Vec<Idx<Cause>>> {
    let steps = next(cause);
    if steps.is_empty() {
        return vec![vec![cause]];
    }
    let onward = steps.into_iter().take(TOLD).flat_map(|step| ways(step, next));
    onward.take(TOLD).map(|way| std::iter::once(cause).chain(way).collect()).collect()
}
