//! `allow`: the warnings that an author does not want, each with the reason why it is fine as it is.
//!
//! It does not change what a questionnaire means, so none of it is in [`crate::questionnaire::Questionnaire`].

use std::ops::Range;

use crate::diagnostic::{Rule, Severity, quote};
use crate::questionnaire::parse::fields::Fields;
use crate::questionnaire::parse::spans::FilePart;

/// A warning that is silenced in one table of the file, and in the tables inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Allow {
    /// The table with the `allow`.
    pub(crate) part: FilePart,
    /// The rule of which no warning is wanted.
    pub(crate) rule: Rule,
    /// Why it is fine to break it here.
    pub(crate) reason: String,
    /// Where the rule is named, in bytes.
    pub(crate) span: Range<usize>,
}

/// Reads the `allow` of a table, if it has one.
pub(super) fn read(part: FilePart, fields: &mut Fields<'_, '_>) -> Vec<Allow> {
    let Some(value) = fields.value("allow") else { return Vec::new() };
    let entries = fields.entries("allow");
    let problems = fields.problems();
    if value.get_ref().is_table() && entries.is_empty() {
        let help = "write `allow = { rule = \"why it is fine\" }`";
        problems.push_with_help(Rule::Empty, value.span(), "`allow` is empty", help);
    }
    let mut allows = Vec::new();
    for (name, reason) in entries {
        match Rule::from_name(name.get_ref()) {
            None => {
                let warnings = Rule::ALL.iter().filter(|rule| rule.severity() == Severity::Warning);
                let message = format!("there is no rule {}", quote(name.get_ref()));
                problems.push_unknown(Rule::UnknownRule, &name, message, warnings.map(|rule| rule.name()));
            }
            Some(rule) if rule.severity() == Severity::Error => {
                let message = format!("{} is an error, which cannot be allowed", quote(rule.name()));
                let help = "mend what breaks the rule, and take this out";
                problems.push_with_help(Rule::BadAllow, name.span(), message, help);
            }
            Some(rule) => {
                let reason = fields.readable_text(rule.name(), reason);
                allows.extend(reason.map(|reason| Allow { part, rule, reason, span: name.span() }));
            }
        }
    }
    allows
}
