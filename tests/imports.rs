//! Rules about the source itself: the core touches no terminal, no file and no clock, and imports run one way.

use std::fs;
use std::path::{Path, PathBuf};

const FORBIDDEN_IN_THE_CORE: [&str; 10] = [
    "ratatui",
    "crossterm",
    "signal_hook",
    "std::fs",
    "std::time",
    "std::env",
    "std::process",
    "std::net",
    "std::thread",
    "clap",
];

fn source() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The modules in the order of `lib.rs`, each with whether it belongs to the core.
fn modules() -> Vec<(String, bool)> {
    let text = fs::read_to_string(source().join("lib.rs")).expect("lib.rs");
    let mut is_core = true;
    let mut modules = Vec::new();
    for line in text.lines() {
        if line.contains("── edge ──") {
            is_core = false;
        }
        if let Some(name) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')) {
            modules.push((name.to_owned(), is_core));
        }
    }
    modules
}

/// Every file of a module, with its code but not its comments.
fn files(module: &str) -> Vec<(PathBuf, String)> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                collect(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let mut paths = vec![source().join(format!("{module}.rs"))];
    collect(&source().join(module), &mut paths);
    let code = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    };
    paths.iter().map(|path| (path.clone(), code(path))).collect()
}

/// The modules of the crate that some code names: `crate::a::…`, `use crate::a;`, `use crate::{a, b::…};`.
fn imports(code: &str) -> Vec<String> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    for (at, before) in code.match_indices("crate::") {
        let rest = &code[at + before.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let group = group.split(';').next().unwrap_or(group);
            found.extend(group.split(|c| !is_name(c)).filter(|name| !name.is_empty()).map(str::to_owned));
        } else {
            found.extend(rest.split(|c| !is_name(c)).next().map(str::to_owned));
        }
    }
    found
}

#[test]
fn every_way_to_import_is_seen() {
    let code = "use crate::a;\nuse crate::b::C;\nuse crate::{d, e::F};\nlet g = crate::h::i();";
    let found = imports(code);
    for name in ["a", "b", "d", "e", "h"] {
        assert!(found.contains(&name.to_owned()), "{name} is not in {found:?}");
    }
}

#[test]
fn the_core_names_no_terminal_no_file_and_no_clock() {
    let core: Vec<_> = modules().into_iter().filter(|(_, is_core)| *is_core).collect();
    assert!(core.len() > 5 && modules().len() > core.len(), "lib.rs says which modules are the core");
    for (module, _) in core {
        for (path, code) in files(&module) {
            for name in FORBIDDEN_IN_THE_CORE {
                assert!(!code.contains(name), "{} names {name}", path.display());
            }
        }
    }
}

#[test]
fn a_module_imports_only_from_those_above_it() {
    let order: Vec<String> = modules().into_iter().map(|(module, _)| module).collect();
    for (at, module) in order.iter().enumerate() {
        for (path, code) in files(module) {
            for below in order.iter().skip(at + 1) {
                assert!(!imports(&code).contains(below), "{} imports {below} from below it", path.display());
            }
        }
    }
}

#[test]
fn every_file_of_the_source_belongs_to_a_module_that_lib_rs_names() {
    let known: Vec<String> = modules().into_iter().map(|(module, _)| module).collect();
    for entry in fs::read_dir(source()).expect("src") {
        let path = entry.expect("it can be read").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(name == "lib" || name == "main" || known.contains(&name), "{} is in no module", path.display());
    }
}
