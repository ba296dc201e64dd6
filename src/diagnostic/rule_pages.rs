//! What each rule means: a page for every one, with an example of what breaks it and of what does not.
//!
//! The pages are files of their own beside this one, in the part of Markdown that they need: a heading, paragraphs, and
//! examples between fences.

use std::fmt::Write as _;

use crate::diagnostic::{Rule, Severity};

/// The examples of a page: parts of a question file, or of a file of cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Examples {
    /// What breaks the rule.
    pub wrong: &'static str,
    /// The same without that.
    pub right: &'static str,
}

/// The page of a rule, for a terminal.
#[must_use]
pub fn page(rule: Rule) -> String {
    let mut page = format!("{}[{}]: {}\n", rule.severity().name(), rule.name(), title(rule));
    let mut is_example = false;
    for line in rule.page().lines().skip(1) {
        match line {
            line if line.starts_with("```") => is_example = !is_example,
            "" => page.push('\n'),
            line if is_example => page.extend(["    ", line, "\n"]),
            line => page.extend([line, "\n"]),
        }
    }
    if rule.severity() == Severity::Warning {
        let _ = write!(
            page,
            "\nIf it is fine as it is, say why, in its table or in one around it:\n\n    allow = {{ {} = \"why it is fine\" }}\n",
            rule.name()
        );
    }
    // The blank lines before and behind a fence are one.
    while page.contains("\n\n\n") {
        page = page.replace("\n\n\n", "\n\n");
    }
    page
}

/// Every rule in a line.
#[must_use]
pub fn list() -> String {
    let longest = Rule::ALL.iter().map(|rule| rule.name().len()).max().unwrap_or(0);
    let line = |rule: &Rule| format!("{:7}  {:longest$}  {}\n", rule.severity().name(), rule.name(), title(*rule));
    Rule::ALL.iter().map(line).collect()
}

/// What breaking a rule means, in a line.
#[must_use]
pub fn title(rule: Rule) -> &'static str {
    rule.page().lines().next().unwrap_or_default().trim_start_matches("# ")
}

/// The examples of a rule, if it can be shown in a few lines.
#[must_use]
pub fn examples(rule: Rule) -> Option<Examples> {
    let mut examples = rule.page().split("```toml\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0));
    Some(Examples { wrong: examples.next()?, right: examples.next()? })
}
