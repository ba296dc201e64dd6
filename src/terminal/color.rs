//! Whether to use color, as the command line or the environment asks for.

use std::ffi::OsStr;

use crate::app::theme::Theme;

/// The values of `--color`. The comments on them are part of its help.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorChoice {
    /// As the environment asks for.
    #[default]
    Auto,
    /// Whatever the environment says.
    Always,
    /// Without any.
    Never,
}

impl ColorChoice {
    /// Whether to use color, given the environment variables. `CLICOLOR_FORCE` overrides `NO_COLOR`, as the more deliberate
    /// wish, and `NO_COLOR` overrides `CLICOLOR` (no-color.org, bixense.com/clicolors). An empty variable counts as unset.
    pub fn is_wanted<T: AsRef<OsStr>>(self, variable: impl Fn(&str) -> Option<T>) -> bool {
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.as_ref().is_empty());
        let is = |name: &str, expected: &str| variable(name).is_some_and(|value| value.as_ref() == expected);
        match self {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if is_set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
            ColorChoice::Auto => !is_set("NO_COLOR") && !is("CLICOLOR", "0"),
        }
    }

    /// How the screens look here. Windows Terminal shows programs for Linux, too.
    #[must_use]
    pub fn theme(self) -> Theme {
        match self.is_wanted(|name| std::env::var_os(name)) {
            false => Theme::PLAIN,
            true if cfg!(windows) || std::env::var_os("WT_SESSION").is_some() => Theme::WINDOWS,
            true => Theme::COLORED,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(choice: ColorChoice, environment: &[(&str, &str)], expected: bool) {
        let variable =
            |name: &str| environment.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned());
        assert_eq!(choice.is_wanted(variable), expected, "{choice:?} {environment:?}");
    }

    #[test]
    fn the_command_line_overrides_the_environment() {
        check(ColorChoice::Always, &[("NO_COLOR", "1")], true);
        check(ColorChoice::Never, &[("CLICOLOR_FORCE", "1")], false);
    }

    #[test]
    fn the_environment_can_refuse_color_and_insist_on_it() {
        check(ColorChoice::Auto, &[], true);
        check(ColorChoice::Auto, &[("NO_COLOR", "1")], false);
        check(ColorChoice::Auto, &[("CLICOLOR", "0")], false);
        check(ColorChoice::Auto, &[("CLICOLOR", "1")], true);
        check(ColorChoice::Auto, &[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")], true);
        check(ColorChoice::Auto, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], true);
        check(ColorChoice::Auto, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "0")], false);
    }

    #[test]
    fn an_empty_variable_counts_as_unset() {
        check(ColorChoice::Auto, &[("NO_COLOR", "")], true);
        check(ColorChoice::Auto, &[("CLICOLOR", ""), ("CLICOLOR_FORCE", "")], true);
    }
}
