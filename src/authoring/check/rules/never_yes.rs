//! `never-yes`: a condition, or one of its tables, that no answers make *yes*, so that what it decides about never happens.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::authoring::check::with_prover::ProvenFile;
use crate::diagnostic::{Diagnostic, Rule};
use crate::questionnaire::{Condition, FilePart, Question, Truth};
use crate::text::wording::counted;

/// Whether a condition is never *yes*.
pub(in crate::authoring::check) fn check(file: &mut ProvenFile<'_>, part: FilePart, condition: &Condition) -> bool {
    let can_be_yes = file.prover.can_be(condition, Truth::Yes);
    let is_never = file.is_never(can_be_yes);
    // The rules never-asked, never-raised and never-given warn about these.
    if is_never && !matches!(part, FilePart::Question(_) | FilePart::Alarm(_) | FilePart::Advice(..)) {
        let message = "this condition is never yes".to_owned();
        let tested = file.parsed.questionnaire.questions_behind(condition.tests());
        warn(file, part, tested, message, "mend it, or take out what it stands in");
    }
    is_never
}

/// Checks the tables of a condition, of which one is enough to make it *yes*.
pub(in crate::authoring::check) fn check_tables(file: &mut ProvenFile<'_>, part: FilePart, condition: &Condition) {
    let tables = condition.tables.len();
    for (at, table) in condition.tables.iter().enumerate().filter(|_| tables > 1) {
        let can_be_yes = file.prover.can_table_be_yes(table);
        if file.is_never(can_be_yes) {
            let message = format!("table {} of {} of this condition is never yes", at + 1, counted(tables, "table"));
            let tested = file.parsed.questionnaire.questions_behind(table.iter());
            warn(file, part, tested, message, "mend the table, or take it out");
        }
    }
}

fn warn(file: &mut ProvenFile<'_>, part: FilePart, tested: BTreeSet<Idx<Question>>, message: String, help: &str) {
    let notes = file.notes_on_unasked(tested);
    let span = file.parsed.spans.value(part, "when");
    file.warnings.push(Diagnostic::new(Rule::NeverYes, span, message).with_notes(notes).with_help(help));
}
