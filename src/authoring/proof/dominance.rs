//! Causes that are always below another one, which shows in how the two are written.
//!
//! Two causes with the same conditions get the same findings from any answers, so the one with the higher figures is never
//! below the other. Without this shortcut the solver would have to try every combination of those findings.

use la_arena::Idx;

use crate::authoring::proof::prover::Prover;
use crate::questionnaire::{Cause, position};

impl Prover<'_> {
    /// Whether the first cause, which is earlier in the file, is at least as probable as the second whatever is answered.
    pub(super) fn dominates(&self, higher: Idx<Cause>, lower: Idx<Cause>) -> bool {
        if position(higher) >= position(lower) {
            return false;
        }
        let (Some(high), Some(low)) = (self.gates(higher), self.gates(lower)) else { return false };
        let (above, below) = (&self.questionnaire.causes[higher], &self.questionnaire.causes[lower]);
        let is_same_circuit =
            high.in_play == low.in_play && high.ranked == low.ranked && high.conditions == low.conditions;
        let attribution = above.attribution.total_cmp(&below.attribution).is_eq();
        let base = above.base.iter().zip(&below.base).all(|(above, below)| above.p >= below.p);
        let adjust = above.adjust.iter().zip(&below.adjust).all(|(above, below)| above.odds >= below.odds);
        let findings = above.findings.iter().zip(&below.findings).all(|(above, below)| {
            let (no_above, no_below) = (above.lr_no.unwrap_or(1.0), below.lr_no.unwrap_or(1.0));
            above.lr >= below.lr && no_above >= no_below && above.lr_no.is_some() == below.lr_no.is_some()
        });
        let unless = above.unless.iter().all(|explainer| below.unless.contains(explainer));
        is_same_circuit && attribution && base && adjust && findings && groups(above).eq(groups(below)) && unless
    }

    /// The causes that dominate this one, in file order.
    pub(in crate::authoring) fn dominating(&self, cause: Idx<Cause>) -> impl Iterator<Item = Idx<Cause>> {
        let earlier = self.questionnaire.causes.iter().map(|(id, _)| id).take(position(cause));
        earlier.filter(move |higher| self.dominates(*higher, cause))
    }
}

/// Which findings share a group: the group of each.
fn groups(cause: &Cause) -> impl Iterator<Item = Option<usize>> {
    cause.findings.iter().map(|finding| finding.group)
}
