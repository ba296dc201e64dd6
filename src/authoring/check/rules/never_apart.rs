//! `never-apart`: a cause that no answers put above some other one, so that the questions do not distinguish the two.

use la_arena::Idx;

use crate::authoring::check::with_prover::ProvenFile;
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Cause, FilePart};
use crate::text::wording::counted;

/// The message names so many of the causes above it.
const NAMED: usize = 5;

pub(in crate::authoring::check) fn warning(
    file: &ProvenFile<'_>,
    cause: Idx<Cause>,
    always_above: &[Idx<Cause>],
) -> Diagnostic {
    let name = |cause: Idx<Cause>| quote(&file.parsed.questionnaire.causes[cause].id);
    let mut above: Vec<String> = always_above.iter().take(NAMED).copied().map(name).collect();
    if always_above.len() > NAMED {
        above.push(format!("any of {}", counted(always_above.len() - NAMED, "other")));
    }
    let message = format!("no answers put {} above {}", name(cause), above.join(", or above "));
    Diagnostic::new(Rule::NeverApart, file.parsed.spans.span(FilePart::Cause(cause)), message)
        .with_help("ask what tells them apart, or make one cause of them")
}
