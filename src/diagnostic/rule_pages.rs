//! The pages of `twinge explain`: what each rule means, with an example that breaks it and one that does not.
//!
//! Each page is a Markdown file in the folder `rule_pages/`, made of a heading, paragraphs and fenced examples only.

use std::fmt::Write as _;

use crate::diagnostic::{Rule, Severity};

/// The two examples of a page: parts of a question file, or of a file of cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Examples {
    /// It breaks the rule.
    pub wrong: &'static str,
    /// It does not.
    pub right: &'static str,
}

/// The page of a rule as text for a terminal.
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
    // A fence that is left out leaves two blank lines, of which one is enough.
    while page.contains("\n\n\n") {
        page = page.replace("\n\n\n", "\n\n");
    }
    page
}

/// A list of every rule, one on each line.
#[must_use]
pub fn list() -> String {
    let longest = Rule::ALL.iter().map(|rule| rule.name().len()).max().unwrap_or(0);
    let line = |rule: &Rule| format!("{:7}  {:longest$}  {}\n", rule.severity().name(), rule.name(), title(*rule));
    Rule::ALL.iter().map(line).collect()
}

/// What is wrong when a rule is broken, in a few words.
#[must_use]
pub fn title(rule: Rule) -> &'static str {
    rule.page().lines().next().unwrap_or_default().trim_start_matches("# ")
}

/// The examples of a rule; `None` if it has none, because they would be too long.
#[must_use]
pub fn examples(rule: Rule) -> Option<Examples> {
    let mut examples = rule.page().split("```toml\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0));
    Some(Examples { wrong: examples.next()?, right: examples.next()? })
}
