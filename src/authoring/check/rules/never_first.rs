//! `never-first`: a cause that no answers put first in the ranking, so that nobody is told that it is the likely one.

use la_arena::Idx;

use crate::authoring::check::with_prover::ProvenFile;
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Cause, FilePart, Truth};

pub(in crate::authoring::check) fn warning(
    file: &mut ProvenFile<'_>,
    id: Idx<Cause>,
    is_never_ranked: bool,
) -> Diagnostic {
    let cause = &file.parsed.questionnaire.causes[id];
    let note = if !is_never_ranked {
        None
    } else if file.prover.can_be(&cause.when, Truth::Yes) == Some(false) {
        Some("it is never in play: its own `when` is never yes")
    } else if cause.findings.is_empty() {
        Some("nothing speaks on it: it has no findings and no `when` of its own")
    } else {
        Some("nothing speaks on it: none of its findings is ever yes, or no with an `lr_no`, while it is in play")
    };
    let message = format!("{} never comes first, whatever is answered", quote(&cause.id));
    Diagnostic::new(Rule::NeverFirst, file.parsed.spans.span(FilePart::Cause(id)), message)
        .with_notes(note.map(str::to_owned).into_iter().collect())
        .with_help("give it findings that set it apart, or take it out")
}
