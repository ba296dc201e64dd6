//! `never-counts`: a row of `base` or `adjust` that is never the first to be *yes*, so that its figure is never used.

use crate::authoring::check::with_prover::ProvenFile;
use crate::diagnostic::{Diagnostic, Rule};
use crate::questionnaire::{Condition, FilePart, Truth};

pub(in crate::authoring::check) fn check(file: &mut ProvenFile<'_>) {
    for (id, cause) in file.parsed.questionnaire.causes.iter() {
        let base: Vec<&Condition> = cause.base.iter().map(|row| &row.when).collect();
        check_rows(file, &base, |row| FilePart::Base(id, row));
        let adjust: Vec<&Condition> = cause.adjust.iter().map(|row| &row.when).collect();
        check_rows(file, &adjust, |row| FilePart::Adjust(id, row));
    }
}

fn check_rows(file: &mut ProvenFile<'_>, rows: &[&Condition], part: impl Fn(usize) -> FilePart) {
    let can_be_first = file.prover.can_be_first_yes(rows.iter().copied());
    for ((at, row), can_be_first) in rows.iter().enumerate().zip(can_be_first).skip(1) {
        // The rule never-yes warns about a row that is never *yes*.
        if row.is_always() || file.prover.can_be(row, Truth::Yes) != Some(true) {
            continue;
        }
        if file.is_never(can_be_first) {
            let span = file.parsed.spans.value(part(at), "when");
            let message = "this row never counts: whenever it holds, one before it does";
            let warning = Diagnostic::new(Rule::NeverCounts, span, message);
            file.warnings.push(warning.with_help("put it further up, or take it out"));
        }
    }
}
