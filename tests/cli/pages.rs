//! The pages hang together: links, paths and names in them are right, and the README stays short.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::docs::{README, page, root};

/// The README is read by everyone, so it has at most so many bytes.
const LONGEST_README: usize = 10_000;

#[test]
fn the_readme_is_short() {
    let length = page(README).len();
    assert!(length <= LONGEST_README, "the README has {length} bytes, and should have at most {LONGEST_README}");
}

/// Every page that is meant to be read, by its path.
fn pages() -> Vec<String> {
    let docs = fs::read_dir(root().join("docs")).expect("a folder of pages");
    let docs = docs.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned());
    let beside = [README, "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"];
    let docs = docs.filter(|name| !name.contains("pictures"));
    docs.map(|name| format!("docs/{name}")).chain(beside.map(str::to_owned)).collect()
}

/// A page without its blocks of code.
fn prose(path: &str) -> String {
    page(path).split("```").step_by(2).collect()
}

/// What a link to a heading is called.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn every_link_leads_to_a_file_and_a_heading_that_exist() {
    for path in pages() {
        let text = prose(&path);
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.contains("://")) {
            let (file, heading) = link.split_once('#').map_or((link, None), |(file, heading)| (file, Some(heading)));
            let own = root().join(&path);
            let target = if file.is_empty() { own } else { own.with_file_name("").join(file) };
            assert!(target.exists(), "{path} links to {link}, which does not exist");
            let Some(heading) = heading else { continue };
            let text = fs::read_to_string(&target).expect("a page");
            let mut headings =
                text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#'));
            assert!(headings.any(|line| anchor(line.trim()) == heading), "{path} links to {link}, a missing heading");
        }
    }
}

/// What a page sets as code within a line.
fn code_spans(path: &str) -> Vec<String> {
    prose(path).split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_path_that_a_page_names_exists() {
    const FOLDERS: [&str; 6] = ["src/", "tests/", "docs/", "benches/", "examples/", ".ci/"];
    let mut known = 0;
    for path in pages() {
        for span in code_spans(&path) {
            let is_pattern = span.contains(['<', '*', '…', ' ']);
            if FOLDERS.iter().any(|folder| span.starts_with(folder)) && !is_pattern {
                assert!(root().join(&span).exists(), "{path} names {span}, which does not exist");
                known += 1;
            }
        }
    }
    assert!(known > 20, "only {known} paths were found");
}

/// Every word of the Rust source.
fn words_of_the_source() -> BTreeSet<String> {
    let mut folders: Vec<PathBuf> = ["src", "tests", "benches", "examples"].map(|name| root().join(name)).into();
    let mut words = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(path).expect("source is text");
                words.extend(text.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned));
            }
        }
    }
    words
}

#[test]
fn every_name_of_the_code_that_a_page_mentions_is_in_the_code() {
    let known = words_of_the_source();
    let mut seen = 0;
    for path in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        for span in code_spans(path) {
            let is_name = span.chars().all(|c| c.is_alphanumeric() || "_:()!".contains(c));
            let is_type = span.starts_with(char::is_uppercase) && span.contains(char::is_lowercase);
            if !is_name || !(is_type || span.contains("::") || span.ends_with("()")) {
                continue;
            }
            for word in span.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()) {
                assert!(known.contains(word), "{path} mentions `{span}`, but there is no {word}");
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "only {seen} names were found");
}
