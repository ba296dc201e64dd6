//! `never-worse`: an alarm that is never raised together with one that its `worse` names, so that it cannot get worse in that
//! way.

use la_arena::Idx;

use crate::authoring::check::with_prover::ProvenFile;
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Alarm, FilePart};

pub(in crate::authoring::check) fn warning(file: &ProvenFile<'_>, id: Idx<Alarm>, worse: Idx<Alarm>) -> Diagnostic {
    let alarms = &file.parsed.questionnaire.alarms;
    let span = file.parsed.spans.value(FilePart::Alarm(id), "worse");
    let [id, worse] = [id, worse].map(|alarm| quote(&alarms[alarm].id));
    let message = format!("{id} and {worse} are never raised together, whatever is answered");
    Diagnostic::new(Rule::NeverWorse, span, message)
        .with_help(format!("take {worse} out of `worse`, or mend one of the conditions"))
}
