//! Causes that stand behind another one whatever is answered, told from how they are written alone.
//!
//! Two causes with the same findings in the same order come to the same sums, so that the one with the higher figures
//! is never behind. Without this, the solver would have to see every combination of those findings.

use la_arena::Idx;

use crate::authoring::proof::cause_bounds::CauseGates;
use crate::authoring::proof::prover::Prover;
use crate::questionnaire::{Cause, position};

impl Prover<'_> {
    /// Whether the first cause, which stands earlier in the file, comes to at least what the second comes to, always.
    pub(super) fn dominates(&self, higher: Idx<Cause>, lower: Idx<Cause>) -> bool {
        let (Some(high), Some(low)) = (self.gates(higher), self.gates(lower)) else { return false };
        let (above, below) = (&self.questionnaire.causes[higher], &self.questionnaire.causes[lower]);
        let is_looked_at_alike = high.in_play == low.in_play && high.ranked == low.ranked && high.is_like(low);
        let attribution = above.attribution.total_cmp(&below.attribution).is_eq();
        let base = above.base.iter().zip(&below.base).all(|(above, below)| above.p >= below.p);
        let adjust = above.adjust.iter().zip(&below.adjust).all(|(above, below)| above.odds >= below.odds);
        let findings = above.findings.iter().zip(&below.findings).all(|(above, below)| {
            let (no_above, no_below) = (above.lr_no.unwrap_or(1.0), below.lr_no.unwrap_or(1.0));
            above.lr >= below.lr && no_above >= no_below && above.lr_no.is_some() == below.lr_no.is_some()
        });
        let unless = above.unless.iter().all(|explainer| below.unless.contains(explainer));
        position(higher) < position(lower)
            && is_looked_at_alike
            && attribution
            && base
            && adjust
            && findings
            && groups(above) == groups(below)
            && unless
    }

    /// A cause that stands before another one whatever is answered, as far as that shows in how they are written.
    pub(super) fn dominating(&self, lower: Idx<Cause>) -> Option<Idx<Cause>> {
        self.questionnaire.causes.iter().map(|(cause, _)| cause).find(|higher| self.dominates(*higher, lower))
    }
}

impl CauseGates {
    /// Whether two causes look at the same conditions, in the same order.
    fn is_like(&self, other: &CauseGates) -> bool {
        self.base == other.base && self.adjust == other.adjust && self.findings == other.findings
    }
}

/// Which findings overlap: of each, the first one of its group.
fn groups(cause: &Cause) -> Vec<Option<usize>> {
    let first_of = |group: &String| cause.findings.iter().position(|finding| finding.group.as_ref() == Some(group));
    cause.findings.iter().map(|finding| finding.group.as_ref().and_then(first_of)).collect()
}
