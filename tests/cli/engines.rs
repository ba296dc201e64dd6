//! The recipes of `docs/cohorts.md`, on the engines themselves.
//!
//! That needs Java, GNU parallel, and packages for Python (`.ci/run` installs them). Without them the test says that it is
//! skipped; if the variable `CI` is set, it fails instead.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_recipes_for_cohorts_give_the_results_of_a_plain_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = root.join("target/engines/bin/python");
    let python = if own.exists() { own } else { "python3".into() };
    let works = |command: &mut Command| command.output().is_ok_and(|output| output.status.success());
    let is_there = works(Command::new(&python).args(["-c", "import dask.bag, duckdb, pyarrow, pyspark"]))
        && works(Command::new("java").arg("-version"))
        && works(Command::new("parallel").arg("--version"));
    if !is_there {
        let missing = "Java, GNU parallel, or a package of tests/engines/requirements.txt";
        crate::skipped::skip("no recipe for cohorts was run", &format!("there is no {missing}"));
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("engines");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a scratch folder");
    let script = root.join("tests/engines/recipes.py");
    let page = root.join("docs/cohorts.md");
    let output = Command::new(python).arg(script).arg(page).arg(env!("CARGO_BIN_EXE_twinge")).arg(folder).output();
    let output = output.expect("Python starts");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
