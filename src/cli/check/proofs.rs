//! What was proven about a question file, in lines for people.

use std::fmt::Write as _;

use crate::authoring::cases::from_proofs::{answers_as_toml, describe_goal};
use crate::authoring::check::Proofs;
use crate::authoring::proof::{Goal, Proof, Verdict, WhyNotAsked};
use crate::questionnaire::Questionnaire;
use crate::text::wording::counted;

/// A kind of goal, and how to speak of it.
struct GoalKind {
    one: &'static str,
    many: &'static str,
    comes: &'static str,
    is: fn(Goal) -> bool,
}

const KINDS: [GoalKind; 6] = [
    GoalKind { one: "alarm", many: "alarms", comes: "can be raised", is: |subject| matches!(subject, Goal::Raised(_)) },
    GoalKind {
        one: "alarm with `unsure`",
        many: "alarms with `unsure`",
        comes: "can be unsure",
        is: |subject| matches!(subject, Goal::Unsure(_)),
    },
    GoalKind {
        one: "alarm named by a `worse`",
        many: "alarms named by a `worse`",
        comes: "can be raised together with the one that names it",
        is: |subject| matches!(subject, Goal::Worse(..)),
    },
    GoalKind { one: "level", many: "levels", comes: "can come out", is: |subject| matches!(subject, Goal::Urgency(_)) },
    GoalKind { one: "cause", many: "causes", comes: "can come first", is: |subject| matches!(subject, Goal::First(_)) },
    GoalKind {
        one: "piece of conditional advice",
        many: "pieces of conditional advice",
        comes: "can be given",
        is: |subject| matches!(subject, Goal::Advised(..)),
    },
];

/// What was proven, in a few lines, and what was left out.
pub(in crate::cli) fn summary(questionnaire: &Questionnaire, proofs: &Proofs) -> String {
    let mut out = String::new();
    for kind in KINDS {
        let of_kind = |proof: &&Proof| (kind.is)(proof.goal);
        let found = count_verdicts(questionnaire, proofs.outcomes.iter().filter(of_kind));
        if found.come + found.never == 0 {
            continue;
        }
        let answers = counted(found.most, "answer");
        let which = match (found.never + found.undecided, found.come) {
            (0, 1) => format!("the only {}", kind.one),
            (0, come) => format!("each of {come} {}", kind.many),
            (others, come) => format!("{come} of {} {}", come + others, kind.many),
        };
        let answers = if found.come == 0 { String::new() } else { format!(", from at most {answers}") };
        let never = if found.never == 0 { String::new() } else { format!("; {} never", found.never) };
        let _ = writeln!(out, "  {which} {}{answers}{never}", kind.comes);
    }
    let held = |held: WhyNotAsked| {
        let of = |proof: &&Proof| matches!(proof.goal, Goal::NotAsked(_, by) if by == held);
        count_verdicts(questionnaire, proofs.outcomes.iter().filter(of))
    };
    let (back, unclear) = (held(WhyNotAsked::RuledOut), held(WhyNotAsked::NotSure));
    let gated = back.come + back.never;
    if gated > 0 && back.undecided + unclear.undecided == 0 {
        let (back, unclear) = (back.come, unclear.come);
        let _ = writeln!(
            out,
            "  danger questions that hang on others: {gated}, of which some answers leave out {back}, and *not sure* {unclear}"
        );
    }
    if let Some(Verdict::Reachable(answers)) = verdict(proofs, Goal::LongestInterview) {
        let most = counted(count_answers(questionnaire, answers), "question");
        let _ = writeln!(out, "  nobody is asked more than {most}");
    }
    if !out.is_empty() {
        out.insert_str(0, "Proven, for all answers at once:\n");
    }
    out + &left_out(questionnaire, proofs)
}

/// What there was no time for, or too much of.
pub(in crate::cli) fn left_out(questionnaire: &Questionnaire, proofs: &Proofs) -> String {
    const NAMED: usize = 5;
    let mut out = String::new();
    if proofs.pairs_left_out > 0 {
        let pairs = counted(proofs.pairs_left_out, "pair");
        let _ = writeln!(out, "Left out, as there are too many: {pairs} of causes, of which one never comes first");
    }
    let undecided: Vec<&Proof> = proofs.outcomes.iter().filter(|proof| proof.verdict == Verdict::Undecided).collect();
    if undecided.is_empty() && proofs.conditions_left_out == 0 {
        return out;
    }
    out.push_str("Left out for want of time (`--time` gives more):\n");
    if proofs.conditions_left_out > 0 {
        let _ = writeln!(out, "  whether {} can be yes and no", counted(proofs.conditions_left_out, "condition"));
    }
    for proof in undecided.iter().take(NAMED) {
        let _ = writeln!(out, "  whether {}", describe_goal(questionnaire, proof.goal));
    }
    if undecided.len() > NAMED {
        let _ = writeln!(out, "  and {} more", undecided.len() - NAMED);
    }
    out
}

/// Everything that was proven, a line each, with the answers that it takes.
pub(in crate::cli) fn one_line_each(questionnaire: &Questionnaire, proofs: &Proofs) -> String {
    let mut out = String::new();
    for proof in &proofs.outcomes {
        let said = describe_goal(questionnaire, proof.goal);
        let what = match &proof.verdict {
            Verdict::Reachable(answers) if count_answers(questionnaire, answers) == 0 => {
                "without any answer".to_owned()
            }
            Verdict::Reachable(answers) => answers_as_toml(questionnaire, answers),
            Verdict::Unreachable => "never".to_owned(),
            Verdict::Undecided => "left out for want of time".to_owned(),
        };
        let _ = writeln!(out, "{said}{}: {what}", alarms_that_need(questionnaire, proof.goal));
    }
    out
}

/// The alarms that depend on a question which is not asked.
fn alarms_that_need(questionnaire: &Questionnaire, subject: Goal) -> String {
    const NAMED: usize = 3;
    let Goal::NotAsked(question, _) = subject else { return String::new() };
    let alarms = questionnaire
        .alarms
        .values()
        .filter(|alarm| questionnaire.questions_behind(alarm.when.tests()).contains(&question));
    let names: Vec<String> = alarms.map(|alarm| format!("`{}`", alarm.id)).collect();
    let more = match names.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(" (it can raise {}{more})", names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", "))
}

#[derive(Default)]
struct VerdictCounts {
    come: usize,
    never: usize,
    undecided: usize,
    /// The most answers that one of them takes.
    most: usize,
}

fn count_verdicts<'p>(questionnaire: &Questionnaire, proofs: impl Iterator<Item = &'p Proof>) -> VerdictCounts {
    let mut tally = VerdictCounts::default();
    for proof in proofs {
        match &proof.verdict {
            Verdict::Reachable(answers) => {
                tally.come += 1;
                tally.most = tally.most.max(count_answers(questionnaire, answers));
            }
            Verdict::Unreachable => tally.never += 1,
            Verdict::Undecided => tally.undecided += 1,
        }
    }
    tally
}

fn verdict(proofs: &Proofs, subject: Goal) -> Option<&Verdict> {
    proofs.outcomes.iter().find(|proof| proof.goal == subject).map(|proof| &proof.verdict)
}

fn count_answers(questionnaire: &Questionnaire, answers: &crate::engine::answers::Answers) -> usize {
    questionnaire.questions.iter().filter(|(question, _)| answers.get(*question).is_some()).count()
}
