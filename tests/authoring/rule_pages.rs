//! Every rule has a page for `twinge explain`. Its wrong example breaks the rule, and its right one breaks none.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use crate::trees::parsed;
use twinge::authoring::cases;
use twinge::authoring::check::{ProofOptions, check, check_and_prove};
use twinge::diagnostic::rule_pages::{Examples, examples, list, page, title};
use twinge::diagnostic::{Diagnostic, Rule, Severity};

/// Rules without examples: a file of 16 MiB and bytes that are no text cannot be shown in a few lines.
const WITHOUT_EXAMPLE: [Rule; 2] = [Rule::TooLarge, Rule::NotUtf8];

/// The questions that the examples of cases answer.
const ASKED: &str = r#"format = 1
title = "A questionnaire"

[[question]]
id = "age"
ask = "How old are you?"
kind = "number"
min = 18
max = 120

[[question]]
id = "retired"
ask = "Are you retired?"
kind = "one"
when = { age = ">= 60" }
"#;

/// Every problem in an example, which is part of a question file or of a file of cases.
fn problems(rule: Rule, example: &str) -> Vec<Diagnostic> {
    if matches!(rule, Rule::BadAnswer | Rule::NotAsked) {
        let asked = parsed(ASKED);
        return cases::parse(example.as_bytes(), &asked).err().unwrap_or_default();
    }
    let frame = if example.starts_with("format") { "" } else { "format = 1\ntitle = \"A questionnaire\"\n" };
    let file = format!("{frame}{example}");
    let is_proven = rule.name().starts_with("never-") || rule.name().starts_with("always-");
    let checked = if is_proven {
        check_and_prove(file.as_bytes(), ProofOptions { stop: Arc::new(|| false), on_progress: &mut |_, _| {} })
    } else {
        check(file.as_bytes())
    };
    match checked {
        Ok(checked) => checked.warnings,
        Err(problems) => problems,
    }
}

fn with_examples() -> Vec<(Rule, Examples)> {
    Rule::ALL.iter().filter_map(|rule| Some((*rule, examples(*rule)?))).collect()
}

#[test]
fn every_rule_has_examples_that_can_be_shown() {
    let without: Vec<Rule> = Rule::ALL.iter().copied().filter(|rule| examples(*rule).is_none()).collect();
    assert_eq!(without, WITHOUT_EXAMPLE);
}

#[test]
fn a_wrong_example_breaks_its_rule_and_no_other() {
    for (rule, Examples { wrong, .. }) in with_examples() {
        let broken: BTreeSet<Rule> = problems(rule, wrong)
            .into_iter()
            // The examples of errors are so short that they get warnings too.
            .filter(|problem| rule.severity() == Severity::Warning || problem.rule.severity() == Severity::Error)
            .map(|problem| problem.rule)
            .collect();
        assert_eq!(broken, BTreeSet::from([rule]), "{}:\n{wrong}", rule.name());
    }
}

#[test]
fn a_right_example_breaks_no_rule() {
    for (rule, Examples { right, .. }) in with_examples() {
        let broken: Vec<_> = problems(rule, right)
            .into_iter()
            .filter(|problem| rule.severity() == Severity::Warning || problem.rule.severity() == Severity::Error)
            .collect();
        assert!(broken.is_empty(), "{}:\n{right}\n{broken:#?}", rule.name());
    }
}

#[test]
fn a_page_says_how_bad_it_is_what_it_means_and_how_to_silence_a_warning() {
    for rule in Rule::ALL {
        let page = page(*rule);
        let head = format!("{}[{}]: {}\n\n", rule.severity().name(), rule.name(), title(*rule));
        let text = page.strip_prefix(&head).unwrap_or_else(|| panic!("{page}"));
        assert!(text.split("\n\n").next().is_some_and(|paragraph| paragraph.len() > 60), "{page}");
        assert!(!page.contains("```") && !page.contains("\n\n\n") && page.ends_with('\n'), "{page}");
        let is_silenced = page.contains(&format!("\n    allow = {{ {} = ", rule.name()));
        assert_eq!(is_silenced, rule.severity() == Severity::Warning, "{page}");
        assert!(page.lines().all(|line| line.chars().count() <= 120), "{page}");
    }
}

#[test]
fn the_list_has_a_line_for_every_rule() {
    let list = list();
    let lines: Vec<_> = list.lines().collect();
    assert_eq!(lines.len(), Rule::ALL.len());
    for (line, rule) in lines.iter().zip(Rule::ALL) {
        let words: Vec<_> = line.split_whitespace().take(2).collect();
        assert_eq!(words, [rule.severity().name(), rule.name()]);
        assert!(line.ends_with(title(*rule)) && !title(*rule).is_empty(), "{line}");
    }
}

#[test]
fn every_page_belongs_to_a_rule() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/rule_pages");
    for entry in fs::read_dir(folder).expect("a folder of pages") {
        let path = entry.expect("it can be read").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(Rule::from_name(&name).is_some(), "{} is the page of no rule", path.display());
    }
}
