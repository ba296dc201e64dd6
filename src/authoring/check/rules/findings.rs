//! Findings that cannot weigh what their author means: both ways on one side, or the same answer twice.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::authoring::check::overlap::{Requirement, Requirements, shared};
use crate::authoring::check::{Checking, Room};
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Cause, FilePart, Finding, Subject};

pub(in crate::authoring::check) const ROOM: Room = Room { looks_for: &[Rule::SameSide, Rule::CountedTwice], look };

fn look(file: Checking<'_>, found: &mut Vec<Diagnostic>) {
    let mut twice = CountedTwice { file, requirements: Requirements::new(file.questionnaire), left: MOST_COMPARED };
    for (cause, named) in file.questionnaire.causes.iter() {
        for (row, finding) in named.findings.iter().enumerate() {
            found.extend(same_side(file, cause, row, finding));
        }
        twice.look(cause, &named.findings, found);
    }
}

fn same_side(file: Checking<'_>, cause: Idx<Cause>, row: usize, finding: &Finding) -> Option<Diagnostic> {
    let lr_no = finding.lr_no?;
    if (finding.lr > 1.0) != (lr_no > 1.0) {
        return None;
    }
    let (side, other) = if lr_no > 1.0 { ("above", "below") } else { ("below", "above") };
    let message = format!("`lr` is {} and `lr_no` is {lr_no}, both {side} 1", finding.lr);
    let help = "what is more likely with an answer is less likely without it";
    let help = Some(format!("{help}: one of them has to be {other} 1"));
    let span = file.spans.value(FilePart::Finding(cause, row), "lr_no");
    Some(Diagnostic { help, ..Diagnostic::new(Rule::SameSide, span, message) })
}

/// After so many pairs of tables no more are compared: who writes hundreds of findings for one cause counts something
/// twice, and a check has to end.
const MOST_COMPARED: usize = 1_000_000;

/// More findings than these that count the same are not named one by one.
const MOST_NAMED: usize = 5;

/// Looks for answers that count twice.
struct CountedTwice<'a> {
    file: Checking<'a>,
    requirements: Requirements<'a>,
    left: usize,
}

/// A finding with all that it asks for.
struct ExpandedFinding<'f> {
    finding: &'f Finding,
    tables: Vec<Vec<Requirement>>,
}

impl CountedTwice<'_> {
    fn look(&mut self, cause: Idx<Cause>, findings: &[Finding], found: &mut Vec<Diagnostic>) {
        let asking: Vec<_> = findings
            .iter()
            .map(|finding| ExpandedFinding {
                finding,
                tables: self.requirements.of_condition(&finding.when).unwrap_or_default(),
            })
            .collect();
        for (row, later) in asking.iter().enumerate() {
            if self.left == 0 {
                return;
            }
            let earlier = asking.iter().take(row).enumerate();
            let twice: Vec<_> = earlier.filter_map(|(at, earlier)| Some((at, self.counted(earlier, later)?))).collect();
            let Some((first, subjects)) = twice.first() else { continue };
            let line = |row| self.file.spans.line(FilePart::Finding(cause, row));
            let names: Vec<_> = subjects.iter().map(|subject| quote(self.name(*subject))).collect();
            let names = names.join(" and ");
            let message = format!("{names} counts twice: here and in the finding on line {}", line(*first));
            let others = twice.iter().skip(1).take(MOST_NAMED);
            let mut notes: Vec<_> =
                others.map(|(at, _)| format!("the finding on line {} counts it too", line(*at))).collect();
            if let Some(more @ 1..) = twice.len().checked_sub(1 + MOST_NAMED) {
                notes.push(format!("and so do {more} more"));
            }
            let help = Some("put them into one `group`, or let no answer make both yes".into());
            let span = self.file.spans.value(FilePart::Finding(cause, row), "when");
            found.push(Diagnostic { notes, help, ..Diagnostic::new(Rule::CountedTwice, span, message) });
        }
    }

    /// What counts in both of two findings; nothing when no answer counts twice.
    fn counted(&mut self, first: &ExpandedFinding<'_>, second: &ExpandedFinding<'_>) -> Option<BTreeSet<Subject>> {
        let one_group = first.finding.group.is_some() && first.finding.group == second.finding.group;
        // What points both ways does not add up.
        let one_side = (first.finding.lr > 1.0) == (second.finding.lr > 1.0);
        if one_group || !one_side {
            return None;
        }
        for table in &first.tables {
            for other in &second.tables {
                self.left = self.left.checked_sub(1)?;
                let shared = shared(table, other);
                if shared.is_some() {
                    return shared;
                }
            }
        }
        None
    }

    fn name(&self, subject: Subject) -> &str {
        match subject {
            Subject::Question(question) => &self.file.questionnaire.questions[question].id,
            Subject::Fact(fact) => &self.file.questionnaire.facts[fact].id,
        }
    }
}
