//! Compiles the built-in questions, so that the program need not parse them at every start.

#![expect(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::enum_variant_names,
    clippy::trivially_copy_pass_by_ref,
    reason = "of these two rooms only what parses and compiles is needed here, and none of it is public"
)]

mod diagnostic;
mod questionnaire;

use std::path::Path;
use std::{env, fs, io};

use questionnaire::{compiled, parse};

fn main() -> io::Result<()> {
    let source = "questions.toml";
    println!("cargo::rerun-if-changed={source}");
    let folder = env::var_os("OUT_DIR").unwrap_or_default();
    let whole = fs::read_to_string(source)?;
    let cover = whole.split("\n[[question]]").next().unwrap_or_default();
    for (name, text) in [("questions.bin", &*whole), ("cover.bin", cover)] {
        // A file with problems is left to the program, which parses it and shows them.
        let parsed = parse(text.as_bytes()).ok();
        let compiled = parsed.and_then(|questionnaire| compiled::write(&questionnaire).ok()).unwrap_or_default();
        fs::write(Path::new(&folder).join(name), compiled)?;
    }
    Ok(())
}
