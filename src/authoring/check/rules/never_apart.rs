//! `never-apart`: a cause that no answers put above some other one, so that the questions do not distinguish the two.

use la_arena::Idx;

use crate::authoring::check::with_prover::ProvenFile;
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Cause, FilePart};

pub(in crate::authoring::check) fn warning(
    file: &ProvenFile<'_>,
    cause: Idx<Cause>,
    always_above: impl Iterator<Item = Idx<Cause>>,
) -> Diagnostic {
    let name = |cause: Idx<Cause>| quote(&file.parsed.questionnaire.causes[cause].id);
    let above: Vec<String> = always_above.map(name).collect();
    let message = format!("no answers put {} above {}", name(cause), above.join(", or above "));
    Diagnostic::new(Rule::NeverApart, file.parsed.spans.span(FilePart::Cause(cause)), message)
        .with_help("ask what tells them apart, or make one cause of them")
}
