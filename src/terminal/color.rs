//! Whether there is colour: what the person asked for, on the command line or by the environment.

use std::ffi::OsStr;

/// When to use colour.
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
    /// Whether there is colour, given what each variable of the environment holds. `CLICOLOR_FORCE` stands above
    /// `NO_COLOR`, as it is the more deliberate wish, and `NO_COLOR` above `CLICOLOR` (no-color.org,
    /// bixense.com/clicolors). An empty variable says nothing.
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
    fn the_command_line_stands_above_the_environment() {
        check(ColorChoice::Always, &[("NO_COLOR", "1")], true);
        check(ColorChoice::Never, &[("CLICOLOR_FORCE", "1")], false);
    }

    #[test]
    fn the_environment_can_refuse_colour_and_insist_on_it() {
        check(ColorChoice::Auto, &[], true);
        check(ColorChoice::Auto, &[("NO_COLOR", "1")], false);
        check(ColorChoice::Auto, &[("CLICOLOR", "0")], false);
        check(ColorChoice::Auto, &[("CLICOLOR", "1")], true);
        check(ColorChoice::Auto, &[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")], true);
        check(ColorChoice::Auto, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], true);
        check(ColorChoice::Auto, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "0")], false);
    }

    #[test]
    fn an_empty_variable_says_nothing() {
        check(ColorChoice::Auto, &[("NO_COLOR", "")], true);
        check(ColorChoice::Auto, &[("CLICOLOR", ""), ("CLICOLOR_FORCE", "")], true);
    }
}
