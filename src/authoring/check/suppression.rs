//! Sets apart the warnings that a file allows. `unused-allow`: an `allow` that silences nothing, and so says of the file what
//! is no longer true.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::parse::allow::Allow;
use crate::questionnaire::{FilePart, Parsed};

/// A warning that the file allows, with the author's reason.
type Silenced = (Diagnostic, String);

/// The warnings that the file does not allow, and those that it does, each in file order. An `allow` that silences nothing
/// is a warning too, unless its rule was not checked.
pub(super) fn apply_allows(
    found: Vec<Diagnostic>,
    parsed: &Parsed,
    was_checked: impl Fn(Rule) -> bool,
) -> (Vec<Diagnostic>, Vec<Silenced>) {
    let by_part = parsed.allows.iter().enumerate().map(|(at, allow)| ((allow.part, allow.rule), at)).collect();
    let used = vec![false; parsed.allows.len()];
    let mut suppression =
        Suppression { allows: &parsed.allows, by_part, used, warnings: Vec::new(), silenced: Vec::new() };
    for warning in found {
        suppression.add(parsed.spans.part_at(warning.span.start), warning);
    }
    for allow in suppression.unused(|rule| rule != Rule::UnusedAllow && was_checked(rule)) {
        suppression.add(allow.part, unused_allow(allow));
    }
    // An `allow` of `unused-allow` may have been used by one of those, so these come last.
    let left = suppression.unused(|rule| rule == Rule::UnusedAllow);
    suppression.warnings.extend(left.into_iter().map(unused_allow));
    let place = |warning: &Diagnostic| (warning.span.start, warning.rule);
    suppression.warnings.sort_by_key(place);
    suppression.silenced.sort_by_key(|(warning, _)| place(warning));
    (suppression.warnings, suppression.silenced)
}

struct Suppression<'a> {
    allows: &'a [Allow],
    /// The place in that list of the `allow` of a rule in a table.
    by_part: HashMap<(FilePart, Rule), usize>,
    /// Whether each `allow` has silenced something.
    used: Vec<bool>,
    warnings: Vec<Diagnostic>,
    silenced: Vec<Silenced>,
}

impl<'a> Suppression<'a> {
    /// Sorts in a warning about a part of the file. The nearest `allow` of its rule around the part silences it.
    fn add(&mut self, part: FilePart, warning: Diagnostic) {
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

    /// Every `allow` of the wanted rules that silenced nothing.
    fn unused(&self, is_wanted: impl Fn(Rule) -> bool) -> Vec<&'a Allow> {
        let all = self.allows.iter().zip(&self.used);
        all.filter(|(allow, used)| !**used && is_wanted(allow.rule)).map(|(allow, _)| allow).collect()
    }
}

fn unused_allow(allow: &Allow) -> Diagnostic {
    let message = format!("there is no {} here to allow", quote(allow.rule.name()));
    Diagnostic::new(Rule::UnusedAllow, allow.span.clone(), message)
        .with_help("take it out, or put it into the table that is warned of")
}
