//! Which warnings a file allows, and which of its `allow` have nothing to silence.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::parse::allow::Allow;
use crate::questionnaire::{FilePart, Parsed};

/// A warning that the file allows, with the author's reason.
type Silenced = (Diagnostic, String);

/// Sets apart what the file allows. An `allow` that silences nothing is a warning too, unless nobody looked for what it
/// allows. Both lists are in file order.
pub(super) fn apply_allows(
    found: Vec<Diagnostic>,
    parsed: &Parsed,
    is_looked_for: impl Fn(Rule) -> bool,
) -> (Vec<Diagnostic>, Vec<Silenced>) {
    let by_part = parsed.allows.iter().enumerate().map(|(at, allow)| ((allow.part, allow.rule), at)).collect();
    let used = vec![false; parsed.allows.len()];
    let mut sorting = Sorting { allows: &parsed.allows, by_part, used, warnings: Vec::new(), silenced: Vec::new() };
    for warning in found {
        sorting.put(parsed.spans.part_at(warning.span.start), warning);
    }
    for allow in sorting.unused(|rule| rule != Rule::UnusedAllow && is_looked_for(rule)) {
        sorting.put(allow.part, unused(allow));
    }
    // Whether a warning of an unused `allow` may be silenced is known only now.
    let left = sorting.unused(|rule| rule == Rule::UnusedAllow);
    sorting.warnings.extend(left.into_iter().map(unused));
    let place = |warning: &Diagnostic| (warning.span.start, warning.rule);
    sorting.warnings.sort_by_key(place);
    sorting.silenced.sort_by_key(|(warning, _)| place(warning));
    (sorting.warnings, sorting.silenced)
}

struct Sorting<'a> {
    allows: &'a [Allow],
    /// The position in that list of the `allow` of a rule in a table.
    by_part: HashMap<(FilePart, Rule), usize>,
    /// Which of them have silenced something.
    used: Vec<bool>,
    warnings: Vec<Diagnostic>,
    silenced: Vec<Silenced>,
}

impl<'a> Sorting<'a> {
    /// Takes in a warning of a part of the file. The nearest `allow` of its rule around the part silences it.
    fn put(&mut self, part: FilePart, warning: Diagnostic) {
        let mut around = std::iter::successors(Some(part), |part| part.parent());
        let nearest = around.find_map(|part| self.by_part.get(&(part, warning.rule)).copied());
        match nearest.and_then(|at| Some((self.allows.get(at)?, self.used.get_mut(at)?))) {
            Some((allow, used)) => {
                *used = true;
                self.silenced.push((warning, allow.reason.clone()));
            }
            None => self.warnings.push(warning),
        }
    }

    /// Those of these rules that silenced nothing.
    fn unused(&self, is_wanted: impl Fn(Rule) -> bool) -> Vec<&'a Allow> {
        let all = self.allows.iter().zip(&self.used);
        all.filter(|(allow, used)| !**used && is_wanted(allow.rule)).map(|(allow, _)| allow).collect()
    }
}

fn unused(allow: &Allow) -> Diagnostic {
    let message = format!("there is no {} here to allow", quote(allow.rule.name()));
    let help = Some("take it out, or put it into the table that is warned of".into());
    Diagnostic { help, ..Diagnostic::new(Rule::UnusedAllow, allow.span.clone(), message) }
}
