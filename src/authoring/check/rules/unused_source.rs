//! `unused-source`: a source that no figure, alarm or advice names, so that nobody who reads the results sees it.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{FilePart, Parsed, Questionnaire, Source};

pub(in crate::authoring::check) fn check(file: &Parsed) -> Vec<Diagnostic> {
    let used = used(&file.questionnaire);
    let unused = file.questionnaire.sources.iter().filter(|(id, _)| !used.contains(id));
    let warnings = unused.map(|(id, source)| {
        let message = format!("nothing names the source {}", quote(&source.id));
        Diagnostic::new(Rule::UnusedSource, file.spans.span(FilePart::Source(id)), message)
            .with_help("name it where it is used, or take it out")
    });
    warnings.collect()
}

fn used(questionnaire: &Questionnaire) -> BTreeSet<Idx<Source>> {
    let alarms = questionnaire.alarms.values().flat_map(|alarm| &alarm.sources);
    let causes = questionnaire.causes.values().flat_map(|cause| {
        let base = cause.base.iter().flat_map(|row| &row.sources);
        let adjust = cause.adjust.iter().flat_map(|row| &row.sources);
        let findings = cause.findings.iter().flat_map(|finding| &finding.sources);
        let advice = cause.advice.iter().flat_map(|advice| &advice.sources);
        base.chain(adjust).chain(findings).chain(advice)
    });
    alarms.chain(causes).copied().collect()
}
