//! `no-source`: a figure of grade A or B without a source. It claims to be published, or worked out from what is, and
//! nobody can look it up.

use crate::diagnostic::{Diagnostic, Rule};
use crate::questionnaire::{FilePart, Grade, Parsed};

pub(in crate::authoring::check) fn check(file: &Parsed) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for (id, cause) in file.questionnaire.causes.iter() {
        let base = cause.base.iter().enumerate();
        let base = base.map(|(row, it)| (FilePart::Base(id, row), it.grade, &it.sources));
        let adjust = cause.adjust.iter().enumerate();
        let adjust = adjust.map(|(row, it)| (FilePart::Adjust(id, row), it.grade, &it.sources));
        let findings = cause.findings.iter().enumerate();
        let findings = findings.map(|(row, it)| (FilePart::Finding(id, row), Some(it.grade), &it.sources));
        let figures = base.chain(adjust).chain(findings);
        for (part, grade, _) in figures.filter(|(.., sources)| sources.is_empty()) {
            let grade = match grade {
                Some(Grade::A) => "A, a published figure,",
                Some(Grade::B) => "B, worked out from published figures,",
                Some(Grade::C) | None => continue,
            };
            let span = file.spans.value(part, "grade");
            let warning = Diagnostic::new(Rule::NoSource, span, format!("grade {grade} without a source"));
            warnings.push(warning.with_help("name where it comes from; what is judged is of grade C"));
        }
    }
    warnings
}
