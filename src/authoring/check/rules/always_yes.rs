//! `always-yes`: a condition that no answers make *no*, so that it tells nobody apart.

use crate::authoring::check::with_prover::ProvenFile;
use crate::diagnostic::{Diagnostic, Rule};
use crate::questionnaire::{Condition, FilePart, Truth};

pub(in crate::authoring::check) fn check(file: &mut ProvenFile<'_>, part: FilePart, condition: &Condition) {
    let can_be_no = file.prover.can_be(condition, Truth::No);
    if file.is_never(can_be_no) {
        let span = file.parsed.spans.value(part, "when");
        let message = "this condition is never no: it is yes whatever is answered, and open until then";
        let help = "ask for less, or allow it if being answered is what you ask";
        file.warnings.push(Diagnostic::new(Rule::AlwaysYes, span, message).with_help(help));
    }
}
