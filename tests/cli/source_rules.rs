//! Rules about the source itself: the core names no terminal, no file and no clock, and imports run one way.

use std::fs;
use std::path::{Path, PathBuf};

const FORBIDDEN_IN_THE_CORE: [&str; 15] = [
    // Its buffers know no terminal (`ratatui_core`); this and its backends do.
    "ratatui::",
    "ratatui_core::terminal",
    "crossterm",
    "signal_hook",
    "std::fs",
    "std::time",
    // Its calendar may be used, but neither its clock nor its time zones.
    "jiff::{",
    "jiff::Timestamp",
    "jiff::Zoned",
    "jiff::tz",
    "std::env",
    "std::process",
    "std::net",
    "std::thread",
    "clap",
];

fn source() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The rooms whose modules are in an order, too.
const ORDERED: [&str; 3] = ["engine", "report", "authoring"];

/// The modules that a file declares, in its order, each with whether it is part of the core.
fn modules(file: &str) -> Vec<(String, bool)> {
    let text = fs::read_to_string(source().join(file)).expect("a file that declares modules");
    let mut is_core = true;
    let mut modules = Vec::new();
    for line in text.lines() {
        if line.contains("── edge ──") {
            is_core = false;
        }
        let declaration = line.strip_suffix(';').and_then(|line| line.split_once("mod "));
        if let Some((_, name)) =
            declaration.filter(|(visibility, _)| visibility.is_empty() || visibility.starts_with("pub"))
        {
            modules.push((name.to_owned(), is_core));
        }
    }
    modules
}

/// Every file of a module: its path, and its code without comments.
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

/// The modules under a path that some code names: under `crate`, those in `crate::a::…`, `use crate::a;` and
/// `use crate::{a, b::…};`; under `crate::engine`, those in `crate::engine::a::…`, and so on.
fn imports(code: &str, under: &str) -> Vec<String> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let under = format!("{under}::");
    let mut found = Vec::new();
    for (at, before) in code.match_indices(&under) {
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
    let found = imports(code, "crate");
    for name in ["a", "b", "d", "e", "h"] {
        assert!(found.contains(&name.to_owned()), "{name} is not in {found:?}");
    }
}

#[test]
fn the_core_names_no_terminal_no_file_and_no_clock() {
    let rooms = modules("lib.rs");
    let core: Vec<_> = rooms.iter().filter(|(_, is_core)| *is_core).collect();
    assert!(core.len() > 5 && rooms.len() > core.len(), "lib.rs says which rooms are the core");
    for (room, _) in core {
        for (path, code) in files(room) {
            for name in FORBIDDEN_IN_THE_CORE {
                assert!(!code.contains(name), "{} names {name}", path.display());
            }
        }
    }
}

#[track_caller]
fn check_order(under: &str, folder: &str, order: &[String]) {
    for (at, module) in order.iter().enumerate() {
        for (path, code) in files(&format!("{folder}{module}")) {
            for below in order.iter().skip(at + 1) {
                assert!(!imports(&code, under).contains(below), "{} imports {below} from below it", path.display());
            }
        }
    }
}

#[test]
fn a_room_imports_only_from_those_above_it() {
    let order: Vec<String> = modules("lib.rs").into_iter().map(|(room, _)| room).collect();
    check_order("crate", "", &order);
}

#[test]
fn inside_a_room_with_an_order_a_module_imports_only_from_those_above_it() {
    for room in ORDERED {
        let order: Vec<String> = modules(&format!("{room}.rs")).into_iter().map(|(module, _)| module).collect();
        assert!(order.len() > 2, "{room}.rs declares its modules");
        check_order(&format!("crate::{room}"), &format!("{room}/"), &order);
    }
}

#[test]
fn every_file_of_the_source_belongs_to_a_room_that_lib_rs_names() {
    let known: Vec<String> = modules("lib.rs").into_iter().map(|(room, _)| room).collect();
    for entry in fs::read_dir(source()).expect("src") {
        let path = entry.expect("it can be read").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(
            ["lib", "main", "build"].contains(&&*name) || known.contains(&name),
            "{} is in no room",
            path.display()
        );
    }
}
