//! `counted-twice`: one answer that makes two findings of a cause *yes*, in different groups or in none. Findings that are
//! not in one group are taken as independent, so the answer weighs twice.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::authoring::check::overlap::{Requirement, Requirements, shared};
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Cause, FilePart, Finding, Parsed, Subject};

/// After this many pairs of alternatives no more are compared. A check has to end, and whoever writes hundreds of findings
/// for one cause has been warned by then.
const MOST_COMPARED: usize = 1_000_000;

/// How many more findings with the same answer are named.
const MOST_NAMED: usize = 5;

/// A finding, and what makes it *yes*.
struct ExpandedFinding<'f> {
    finding: &'f Finding,
    alternatives: Vec<Vec<Requirement>>,
}

pub(in crate::authoring::check) fn check(file: &Parsed) -> Vec<Diagnostic> {
    let requirements = Requirements::new(&file.questionnaire);
    let mut comparisons_left = MOST_COMPARED;
    let mut warnings = Vec::new();
    for (id, cause) in file.questionnaire.causes.iter() {
        let expand = |finding| ExpandedFinding {
            finding,
            alternatives: requirements.of_condition(&finding.when).unwrap_or_default(),
        };
        let findings: Vec<ExpandedFinding<'_>> = cause.findings.iter().map(expand).collect();
        for (row, later) in findings.iter().enumerate() {
            if comparisons_left == 0 {
                return warnings;
            }
            let earlier = findings.iter().take(row).enumerate();
            let overlapping: Vec<_> = earlier
                .filter_map(|(row, earlier)| Some((row, counted_in_both(earlier, later, &mut comparisons_left)?)))
                .collect();
            warnings.extend(warning(file, id, row, &overlapping));
        }
    }
    warnings
}

/// What counts in two findings; `None` if no answer counts twice.
fn counted_in_both(
    one: &ExpandedFinding<'_>,
    other: &ExpandedFinding<'_>,
    comparisons_left: &mut usize,
) -> Option<BTreeSet<Subject>> {
    let is_one_group = one.finding.group.is_some() && one.finding.group == other.finding.group;
    // What raises a cause and what lowers it do not add up.
    let is_same_direction = (one.finding.lr > 1.0) == (other.finding.lr > 1.0);
    if is_one_group || !is_same_direction {
        return None;
    }
    for alternative in &one.alternatives {
        for other in &other.alternatives {
            *comparisons_left = comparisons_left.checked_sub(1)?;
            let shared = shared(alternative, other);
            if shared.is_some() {
                return shared;
            }
        }
    }
    None
}

/// The warning about a finding, given the earlier ones in which the same answers count.
fn warning(
    file: &Parsed,
    cause: Idx<Cause>,
    row: usize,
    overlapping: &[(usize, BTreeSet<Subject>)],
) -> Option<Diagnostic> {
    let ((first, subjects), others) = overlapping.split_first()?;
    let line = |row| file.spans.line(FilePart::Finding(cause, row));
    let names: Vec<String> = subjects.iter().map(|subject| quote(name(file, *subject))).collect();
    let message = format!("{} counts twice: here and in the finding on line {}", names.join(" and "), line(*first));
    let mut notes: Vec<String> = others
        .iter()
        .take(MOST_NAMED)
        .map(|(row, _)| format!("the finding on line {} counts it too", line(*row)))
        .collect();
    if let Some(more @ 1..) = others.len().checked_sub(MOST_NAMED) {
        notes.push(format!("and so do {more} more"));
    }
    let span = file.spans.value(FilePart::Finding(cause, row), "when");
    let warning = Diagnostic::new(Rule::CountedTwice, span, message).with_notes(notes);
    Some(warning.with_help("put them into one `group`, or let no answer make both yes"))
}

fn name(file: &Parsed, subject: Subject) -> &str {
    match subject {
        Subject::Question(question) => &file.questionnaire.questions[question].id,
        Subject::Fact(fact) => &file.questionnaire.facts[fact].id,
    }
}
