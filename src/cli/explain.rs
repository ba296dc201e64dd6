//! `twinge explain`: the page about a rule of `check`.

use clap::Args;

use crate::cli::Failure;
use crate::diagnostic::{Rule, nearest, quote, rule_pages};

/// Which rule to explain.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The name of a rule, as `check` shows it; without one, all rules are listed
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

impl ExplainArgs {
    /// The page of the rule, or the list of all.
    pub(super) fn text(&self) -> Result<String, Failure> {
        let Some(name) = &self.rule else { return Ok(rule_pages::list()) };
        if let Some(rule) = Rule::from_name(name) {
            return Ok(rule_pages::page(rule));
        }
        let near = nearest(name, Rule::ALL.iter().map(|rule| rule.name()));
        let help = match near {
            Some(near) => format!("did you mean {}?", quote(near)),
            None => "`twinge explain` lists them all".into(),
        };
        Err(Failure::Usage(format!("there is no rule {}; {help}\n", quote(name))))
    }
}
