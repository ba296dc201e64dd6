//! `twinge completions` and `twinge man`: shell completions and the manual page, made from the definition of the command line.

use std::io::{self, Write};

use clap::builder::PossibleValuesParser;
use clap::{Command, CommandFactory, ValueHint};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::cli::Cli;
use crate::diagnostic::Rule;

/// Writes the script that makes a shell complete the command line.
pub(super) fn completions(shell: Shell, output: &mut impl Write) -> io::Result<()> {
    let rules = Rule::ALL.iter().map(|rule| rule.name());
    let mut command = Cli::command().mut_subcommand("explain", |explain| {
        explain.mut_arg("rule", |rule| rule.value_parser(PossibleValuesParser::new(rules)))
    });
    // Into memory first, because `generate` panics when it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "twinge", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    let script = if shell == Shell::Bash {
        script.replacen(BASH_PREVIOUS, &format!("{BASH_PREVIOUS}{BASH_AFTER_EQUALS}"), 1)
    } else if shell == Shell::Fish {
        script + &fish_arguments(&command)
    } else {
        script
    };
    output.write_all(script.as_bytes())
}

const BASH_PREVIOUS: &str = "    prev=\"$3\"\n";

/// What `clap_complete` does not know: to bash, the `=` of `--format=json` is a word.
const BASH_AFTER_EQUALS: &str = "    if [[ \"${cur}\" == \"=\" ]]; then
        cur=\"\"
    elif [[ \"${prev}\" == \"=\" ]]; then
        prev=\"${COMP_WORDS[COMP_CWORD-2]}\"
    fi
";

/// What commands take without an option, which `clap_complete` leaves out for fish: so it would offer files for each.
fn fish_arguments(command: &Command) -> String {
    let lines = command.get_subcommands().filter_map(|subcommand| {
        let mut arguments = subcommand.get_positionals();
        let values: Vec<String> = match arguments.next() {
            Some(argument) if argument.get_value_hint() == ValueHint::FilePath => return None,
            Some(argument) => argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect(),
            None => Vec::new(),
        };
        let name = subcommand.get_name();
        Some(format!(
            "complete -c twinge -n \"__fish_twinge_using_subcommand {name}\" -f -a \"{}\"\n",
            values.join(" ")
        ))
    });
    lines.collect()
}

/// Writes the manual page: one page for the program with all its commands.
pub(super) fn man(output: &mut impl Write) -> io::Result<()> {
    let mut command = Cli::command();
    command.build();
    let version = concat!("twinge ", env!("CARGO_PKG_VERSION"));
    // An empty date would be left out, and the words after it would move to its place.
    let man = Man::new(command.clone()).date("\"\"").source(version).manual("User Commands");
    man.render_title(output)?;
    let mut page = ManPage::default();
    page.roff(Roff::new().control("SH", ["NAME"]));
    page.section(|buffer| man.render_name_section(buffer))?;
    page.roff(Roff::new().control("SH", ["SYNOPSIS"]));
    page.usage(&command);
    page.roff(Roff::new().control("SH", ["OPTIONS"]));
    page.section(|buffer| man.render_options_section(buffer))?;
    page.roff(Roff::new().control("SH", ["COMMANDS"]));
    for subcommand in command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help") {
        page.subcommand(subcommand)?;
    }
    for note in help_notes(&command) {
        page.roff(Roff::new().control("SH", [note.title.to_uppercase().as_str()]).text([roman(note.text)]));
        page.lines(&note.examples);
    }
    output.write_all(page.text.as_bytes())
}

/// A note after the help of a command: `title: text`, and the indented lines below it.
struct HelpNote {
    title: String,
    text: String,
    examples: Vec<String>,
}

fn help_notes(command: &Command) -> Vec<HelpNote> {
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let mut notes: Vec<HelpNote> = Vec::new();
    for line in after.lines().filter(|line| !line.is_empty()) {
        if let (Some(example), Some(note)) = (line.strip_prefix("  "), notes.last_mut()) {
            note.examples.push(example.to_owned());
        } else {
            // A colon in code begins no text.
            let titled = line.split_once(':').filter(|(title, _)| !title.contains('`'));
            let (title, text) = titled.unwrap_or(("", line));
            notes.push(HelpNote { title: title.to_owned(), text: text.trim_start().to_owned(), examples: Vec::new() });
        }
    }
    notes
}

/// The text of the manual page, in roff.
#[derive(Default)]
struct ManPage {
    text: String,
}

impl ManPage {
    /// A command: its usage, what it does, the options that only it has, and its notes.
    fn subcommand(&mut self, command: &Command) -> io::Result<()> {
        self.roff(Roff::new().control("SS", [command.get_name()]));
        self.usage(command);
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        self.roff(Roff::new().control("PP", []).text([roman(format!("{about}."))]));
        // Options that every command takes are described once, for the program.
        let own = command.clone().mut_args(|argument| {
            let is_told = argument.is_global_set() || argument.get_id() == "help";
            argument.hide(is_told)
        });
        self.section(|buffer| Man::new(own).render_options_section(buffer))?;
        for HelpNote { title, text, examples } in help_notes(command) {
            let title = if title.is_empty() { title } else { format!("{title}: ") };
            self.roff(Roff::new().control("PP", []).text([roman(format!("{title}{text}"))]));
            self.lines(&examples);
        }
        Ok(())
    }

    /// The usage of a command.
    fn usage(&mut self, command: &Command) {
        let usage = command.clone().render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ");
        let name = command.get_bin_name().unwrap_or(command.get_name());
        let arguments = usage.strip_prefix(name).unwrap_or(usage);
        self.roff(Roff::new().text([bold(name), roman(arguments)]));
    }

    /// Lines that are neither filled nor joined.
    fn lines(&mut self, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        let mut block = Roff::new();
        block.control("RS", ["4"]).control("nf", []);
        for line in lines {
            block.text([roman(line)]);
        }
        self.roff(block.control("fi", []).control("RE", []));
    }

    fn roff(&mut self, roff: &Roff) {
        self.text.push_str(without_preamble(&roff.render()));
    }

    /// The text of a section that `clap_mangen` renders, without its heading.
    fn section(&mut self, render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let mut rendered = Vec::new();
        render(&mut rendered)?;
        let rendered = String::from_utf8_lossy(&rendered);
        let section = without_preamble(&rendered);
        let body = if section.starts_with(".SH ") { section.split_once('\n').map(|(_, body)| body) } else { None };
        self.text.push_str(body.unwrap_or(section));
        Ok(())
    }
}

/// Without the macros for apostrophes, which every rendering begins with. The title of the page has them already.
fn without_preamble(roff: &str) -> &str {
    roff.split_once("\n.el .ds Aq '\n").map_or(roff, |(_, rest)| rest)
}
