//! Opens a page in a real browser.
//!
//! That needs Chromium, and packages from npm in `tests/browser` (`.ci/run` installs both). Without them a test says that it
//! is skipped; if the variable `CI` is set, it fails instead.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Chromium, and scripts from npm that examine a page.
pub(crate) struct Browser {
    program: PathBuf,
    scripts: Vec<String>,
}

impl Browser {
    /// The browser with the scripts at these paths among the packages. Says what is missing and returns `None` without them.
    pub(crate) fn with(scripts: &[&str]) -> Option<Browser> {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
        let mut programs = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
        let program = programs.find(|program| program.is_file());
        let packages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/node_modules");
        let read = |script: &&str| fs::read_to_string(packages.join(script)).map_err(|_| (*script).to_owned());
        match (program, scripts.iter().map(read).collect()) {
            (Some(program), Ok(scripts)) => Some(Browser { program, scripts }),
            (program, scripts) => {
                let missing = match (program, scripts) {
                    (Some(_), Err(script)) => format!("there is no {script} (.ci/run gets it)"),
                    _ => "there is no Chromium (apt-get install chromium)".to_owned(),
                };
                assert!(env::var_os("CI").is_none_or(|ci| ci.is_empty()), "{missing}");
                // Not with `eprintln!`, whose output is captured when the test passes.
                let _ = writeln!(std::io::stderr(), "SKIPPED: nothing was tried in a browser: {missing}");
                None
            }
        }
    }

    /// The scripts as elements of a page.
    pub(crate) fn scripts(&self) -> String {
        let element = |script: &String| format!("<script>{}</script>", script.replace("</script", "<\\/script"));
        self.scripts.iter().map(element).collect()
    }

    /// Opens a page with these arguments, and returns what the browser prints.
    pub(crate) fn run(&self, page: &str, name: &str, arguments: &[&str]) -> String {
        let path = scratch(&format!("{name}.html"));
        fs::write(&path, page).expect("a scratch file");
        let profile = scratch(&format!("{name}.profile"));
        let output = Command::new(&self.program)
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .args(arguments)
            .arg(format!("file://{}", path.display()))
            .output()
            .expect("the browser starts");
        let _ = fs::remove_dir_all(profile);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

pub(crate) fn scratch(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}
