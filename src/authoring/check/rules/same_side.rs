//! `same-side`: a finding whose `lr` and `lr_no` point the same way. What is more likely with an answer is less likely
//! without it, so one of the two is a slip.

use crate::diagnostic::{Diagnostic, Rule};
use crate::questionnaire::{FilePart, Finding, Parsed};

pub(in crate::authoring::check) fn check(file: &Parsed) -> Vec<Diagnostic> {
    let causes = file.questionnaire.causes.iter();
    let findings = causes.flat_map(|(id, cause)| {
        cause.findings.iter().enumerate().map(move |(row, finding)| (FilePart::Finding(id, row), finding))
    });
    findings.filter_map(|(part, finding)| warning(file, part, finding)).collect()
}

fn warning(file: &Parsed, part: FilePart, finding: &Finding) -> Option<Diagnostic> {
    let lr_no = finding.lr_no?;
    if (finding.lr > 1.0) != (lr_no > 1.0) {
        return None;
    }
    let (side, other) = if lr_no > 1.0 { ("above", "below") } else { ("below", "above") };
    let message = format!("`lr` is {} and `lr_no` is {lr_no}, both {side} 1", finding.lr);
    let why = "what is more likely with an answer is less likely without it";
    let help = format!("{why}: one of them has to be {other} 1");
    Some(Diagnostic::new(Rule::SameSide, file.spans.value(part, "lr_no"), message).with_help(help))
}
