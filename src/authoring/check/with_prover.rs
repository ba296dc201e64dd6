//! The rules that need the prover: about conditions that are never *yes* or never *no*, and outcomes that never come.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::Idx;

use crate::authoring::check::{ProofOptions, Proofs, rules};
use crate::authoring::proof::{Goal, Proof, Prover, Verdict, all_goals};
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Cause, Condition, FilePart, Parsed, Question};

/// The rules that need the prover.
pub(super) const RULES: [Rule; 11] = [
    Rule::NeverAsked,
    Rule::NeverYes,
    Rule::AlwaysYes,
    Rule::NeverCounts,
    Rule::NeverRaised,
    Rule::NeverUnsure,
    Rule::NeverWorse,
    Rule::NeverUrgent,
    Rule::NeverFirst,
    Rule::NeverApart,
    Rule::NeverGiven,
];

/// So many pairs of causes are compared at most. A file in which thousands of causes never come first has millions of them.
const MOST_COMPARED: usize = 10_000;

/// A question file with its prover, and what was found so far.
pub(super) struct ProvenFile<'a> {
    pub(super) parsed: &'a Parsed,
    pub(super) prover: Prover<'a>,
    pub(super) warnings: Vec<Diagnostic>,
    /// The questions that are never asked.
    pub(super) unasked: BTreeSet<Idx<Question>>,
    /// How many questions to the prover it had no time to decide.
    undecided: usize,
}

/// Proves all there is to prove, and finds the violations of these rules.
pub(super) fn check(parsed: &Parsed, options: ProofOptions<'_>) -> (Proofs, Vec<Diagnostic>) {
    let prover = Prover::new(&parsed.questionnaire, options.stop);
    let mut file = ProvenFile { parsed, prover, warnings: Vec::new(), unasked: BTreeSet::new(), undecided: 0 };
    file.check_conditions();
    let (outcomes, pairs_left_out) = file.check_outcomes(options.on_progress);
    (Proofs { outcomes, conditions_left_out: file.undecided, pairs_left_out }, file.warnings)
}

impl ProvenFile<'_> {
    fn check_conditions(&mut self) {
        let conditions = self.parsed.questionnaire.conditions().filter(|(_, condition)| !condition.is_always());
        let conditions: Vec<(FilePart, &Condition)> = conditions.collect();
        for (_, condition) in &conditions {
            self.prover.watch(condition);
        }
        rules::never_asked::check(self);
        for (part, condition) in conditions {
            if !rules::never_yes::check(self, part, condition) {
                rules::always_yes::check(self, part, condition);
                rules::never_yes::check_tables(self, part, condition);
            }
        }
        rules::never_counts::check(self);
    }

    /// Proves what can come out, and warns about what never does. Says, too, how many pairs of causes were not compared.
    fn check_outcomes(&mut self, on_progress: &mut dyn FnMut(usize, usize)) -> (Vec<Proof>, usize) {
        let questionnaire = &self.parsed.questionnaire;
        let mut proofs = self.prover.prove_all(&all_goals(questionnaire), on_progress);
        let never_first: Vec<Idx<Cause>> = unreachable_goals(&proofs).filter_map(cause_to_come_first).collect();
        // What is never ranked at all is not compared with others.
        let (never_ranked, ranked): (BTreeSet<_>, BTreeSet<_>) =
            never_first.into_iter().partition(|cause| self.prover.can_be_ranked(*cause) == Some(false));
        let most = MOST_COMPARED / ranked.len().max(1);
        let pairs = ranked
            .iter()
            .flat_map(|cause| self.compared_with(*cause, most).into_iter().map(|other| Goal::Above(*cause, other)));
        let pairs: Vec<Goal> = pairs.collect();
        let left_out = ranked.len() * questionnaire.causes.len().saturating_sub(1) - pairs.len();
        proofs.extend(self.prover.prove_all(&pairs, on_progress));
        let mut always_above: BTreeMap<Idx<Cause>, Vec<Idx<Cause>>> = BTreeMap::new();
        for goal in unreachable_goals(&proofs) {
            if let Goal::Above(below, above) = goal {
                always_above.entry(below).or_default().push(above);
            }
        }
        for goal in unreachable_goals(&proofs) {
            let warning = match goal {
                Goal::Raised(alarm) => rules::never_raised::warning(self, alarm),
                Goal::Unsure(alarm) => rules::never_unsure::warning(self, alarm),
                Goal::Worse(alarm, worse) => rules::never_worse::warning(self, alarm, worse),
                Goal::Urgency(level) => rules::never_urgent::warning(self, level),
                Goal::First(cause) => rules::never_first::warning(self, cause, never_ranked.contains(&cause)),
                Goal::Advised(cause, row) => rules::never_given::warning(self, cause, row),
                // One warning for all that are above it.
                Goal::Above(cause, _) => match always_above.remove(&cause) {
                    Some(above) => rules::never_apart::warning(self, cause, &above),
                    None => continue,
                },
                Goal::NotAsked(..) | Goal::LongestInterview => continue,
            };
            self.warnings.push(warning);
        }
        (proofs, left_out)
    }

    /// The causes that one which never comes first is compared with, at most so many: first of all those that are above it by
    /// how the two are written.
    fn compared_with(&self, cause: Idx<Cause>, most: usize) -> BTreeSet<Idx<Cause>> {
        let mut chosen: BTreeSet<Idx<Cause>> = self.prover.dominating(cause).take(most).collect();
        let all = self.parsed.questionnaire.causes.iter().map(|(other, _)| other);
        let others: Vec<_> =
            all.filter(|other| *other != cause && !chosen.contains(other)).take(most - chosen.len()).collect();
        chosen.extend(others);
        chosen
    }

    /// Whether the prover found that something can never be. Counts what it had no time for.
    pub(super) fn is_never(&mut self, can_be: Option<bool>) -> bool {
        self.undecided += usize::from(can_be.is_none());
        can_be == Some(false)
    }

    /// A note about each of these questions that is never asked.
    pub(super) fn notes_on_unasked(&self, questions: impl IntoIterator<Item = Idx<Question>>) -> Vec<String> {
        let unasked = questions.into_iter().filter(|question| self.unasked.contains(question));
        let id = |question: Idx<Question>| quote(&self.parsed.questionnaire.questions[question].id);
        unasked.map(|question| format!("it looks at {}, which nobody is ever asked", id(question))).collect()
    }
}

fn unreachable_goals(proofs: &[Proof]) -> impl Iterator<Item = Goal> {
    proofs.iter().filter(|proof| proof.verdict == Verdict::Unreachable).map(|proof| proof.goal)
}

fn cause_to_come_first(goal: Goal) -> Option<Idx<Cause>> {
    let Goal::First(cause) = goal else { return None };
    Some(cause)
}
