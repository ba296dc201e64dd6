//! Which warnings a file allows, and which of its `allow` have nothing to silence.

use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::parse::allow::{Allow, Allows};

/// A warning that the file allows, with the author's reason.
type Silenced = (Diagnostic, String);

/// Sets apart what the file allows. An `allow` that silences nothing is a warning too, unless nobody looked for what it
/// allows. Both lists are in file order.
pub(super) fn apply_allows(
    found: Vec<Diagnostic>,
    allows: &Allows,
    is_looked_for: impl Fn(Rule) -> bool,
) -> (Vec<Diagnostic>, Vec<Silenced>) {
    let mut sorting =
        Sorting { allows, used: vec![false; allows.all.len()], warnings: Vec::new(), silenced: Vec::new() };
    for warning in found {
        sorting.put(warning);
    }
    for warning in sorting.unused(|rule| rule != Rule::UnusedAllow && is_looked_for(rule)) {
        sorting.put(warning);
    }
    // Whether a warning of an unused `allow` may be silenced is known only now.
    let left = sorting.unused(|rule| rule == Rule::UnusedAllow);
    sorting.warnings.extend(left);
    let place = |warning: &Diagnostic| (warning.span.start, warning.rule);
    sorting.warnings.sort_by_key(place);
    sorting.silenced.sort_by_key(|(warning, _)| place(warning));
    (sorting.warnings, sorting.silenced)
}

struct Sorting<'a> {
    allows: &'a Allows,
    /// Which of them have silenced something.
    used: Vec<bool>,
    warnings: Vec<Diagnostic>,
    silenced: Vec<Silenced>,
}

impl Sorting<'_> {
    fn put(&mut self, warning: Diagnostic) {
        let around = self.allows.around(warning.span.start, warning.rule);
        match around.and_then(|at| Some((self.allows.all.get(at)?, self.used.get_mut(at)?))) {
            Some((allow, used)) => {
                *used = true;
                self.silenced.push((warning, allow.reason.clone()));
            }
            None => self.warnings.push(warning),
        }
    }

    /// The warnings of what silenced nothing, of these rules.
    fn unused(&self, is_wanted: impl Fn(Rule) -> bool) -> Vec<Diagnostic> {
        let all = self.allows.all.iter().zip(&self.used);
        all.filter(|(allow, used)| !**used && is_wanted(allow.rule)).map(|(allow, _)| unused(allow)).collect()
    }
}

fn unused(allow: &Allow) -> Diagnostic {
    let message = format!("there is no {} here to allow", quote(allow.rule.name()));
    let help = Some("take it out, or put it into the table that is warned of".into());
    Diagnostic { help, ..Diagnostic::new(Rule::UnusedAllow, allow.span.clone(), message) }
}
