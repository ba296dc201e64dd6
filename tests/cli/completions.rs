//! Shell completions and the manual page.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::skipped::skip;

const COMMANDS: [&str; 11] =
    ["preview", "check", "tree", "export", "schema", "test", "forget", "score", "report", "completions", "man"];

fn written(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_twinge")).args(arguments).output().expect("the program starts");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{arguments:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// The page as groff renders it for `man`, and the warnings of groff. Without groff this says so and returns `None`; if the
/// variable `CI` is set, it fails instead.
fn groff(page: &str, arguments: &[&str]) -> Option<(String, String)> {
    let groff = Command::new("groff")
        .args(["-man", "-Tutf8", "-ww", "-P-c"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut groff) = groff else {
        skip("the manual page was not drawn", "there is no groff (apt-get install groff-base)");
        return None;
    };
    groff.stdin.take().expect("a pipe").write_all(page.as_bytes()).expect("it reads");
    let output = groff.wait_with_output().expect("it ends");
    let drawn = String::from_utf8(output.stdout).expect("text");
    // Bold letters are written as the letter, a backspace and the letter again.
    let mut plain = String::new();
    for c in drawn.chars() {
        if c == '\u{8}' {
            plain.pop();
        } else {
            plain.push(c);
        }
    }
    Some((plain, String::from_utf8_lossy(&output.stderr).into_owned()))
}

#[test]
fn every_shell_is_told_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = written(&["completions", shell]);
        for command in COMMANDS {
            assert!(script.contains(command), "{command} is not in that for {shell}");
        }
    }
}

#[test]
fn a_shell_that_nobody_knows_is_wrong_usage() {
    let output = Command::new(env!("CARGO_BIN_EXE_twinge")).args(["completions", "csh"]).output().expect("it starts");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("bash, elvish, fish, powershell, zsh"));
}

#[test]
fn the_manual_page_is_drawn_without_a_warning() {
    let Some((_, warnings)) = groff(&written(&["man"]), &["-z"]) else { return };
    assert_eq!(warnings, "");
    // A faulty page does make groff print a warning.
    assert!(groff(".TH a 1\n.nonsense\n", &["-z"]).is_some_and(|(_, warnings)| warnings.contains("nonsense")));
}

#[test]
fn the_manual_page_has_every_command_with_its_options_and_examples() {
    let Some((page, _)) = groff(&written(&["man"]), &["-rLL=80n"]) else { return };
    for command in COMMANDS {
        assert!(page.contains(&format!("\n   {command}\n       twinge {command}")), "{command} is not in\n{page}");
    }
    for text in [
        "       -f, --file <FILE>\n",
        "       --format <FORMAT> [default: text]\n",
        "       twinge test [OPTIONS] <CASES>...\n",
        "echo '{\"id\": \"a\", \"answers\": {\"age\": 54, \"place\": \"legs\"}}' | twinge score\n",
        "\nEXAMPLES\n           twinge                          answer the built-in questions\n",
        "\nEXIT STATUS\n       0 done, 1 problems found, 2 wrong usage",
    ] {
        assert!(page.contains(text), "{text}\nis not in\n{page}");
    }
    assert!(page.contains("`#:schema"), "{page}");
    let last = format!("twinge {}", env!("CARGO_PKG_VERSION"));
    assert!(page.trim_end().lines().last().is_some_and(|line| line.starts_with(&last)), "{page}");
}

#[test]
fn the_manual_page_tells_what_every_command_takes_once() {
    let page = written(&["man"]);
    for option in ["\\fB\\-\\-file\\fR", "\\fB\\-\\-version\\fR", "\\fB\\-\\-help\\fR"] {
        assert_eq!(page.matches(option).count(), 1, "{option}");
    }
    assert_eq!(page.matches(".SH OPTIONS").count(), 1);
    assert_eq!(page.matches(".ds Aq").count(), 2);
}
