//! Whether there is colour: what the person asked for, on the command line or by the environment.

use std::ffi::OsStr;

/// When to use colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// As the environment asks for.
    #[default]
    Auto,
    /// Whatever the environment says.
    Always,
    /// Without any.
    Never,
}

impl Colour {
    /// Whether there is colour, given what each variable of the environment holds. `CLICOLOR_FORCE` stands above
    /// `NO_COLOR`, as it is the more deliberate wish, and `NO_COLOR` above `CLICOLOR` (no-color.org,
    /// bixense.com/clicolors). An empty variable says nothing.
    pub fn is_wanted<T: AsRef<OsStr>>(self, variable: impl Fn(&str) -> Option<T>) -> bool {
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.as_ref().is_empty());
        let is = |name: &str, expected: &str| variable(name).is_some_and(|value| value.as_ref() == expected);
        match self {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto if is_set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
            Colour::Auto => !is_set("NO_COLOR") && !is("CLICOLOR", "0"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(colour: Colour, environment: &[(&str, &str)], expected: bool) {
        let variable =
            |name: &str| environment.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned());
        assert_eq!(colour.is_wanted(variable), expected, "{colour:?} {environment:?}");
    }

    #[test]
    fn the_command_line_stands_above_the_environment() {
        check(Colour::Always, &[("NO_COLOR", "1")], true);
        check(Colour::Never, &[("CLICOLOR_FORCE", "1")], false);
    }

    #[test]
    fn the_environment_can_refuse_colour_and_insist_on_it() {
        check(Colour::Auto, &[], true);
        check(Colour::Auto, &[("NO_COLOR", "1")], false);
        check(Colour::Auto, &[("CLICOLOR", "0")], false);
        check(Colour::Auto, &[("CLICOLOR", "1")], true);
        check(Colour::Auto, &[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")], true);
        check(Colour::Auto, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], true);
        check(Colour::Auto, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "0")], false);
    }

    #[test]
    fn an_empty_variable_says_nothing() {
        check(Colour::Auto, &[("NO_COLOR", "")], true);
        check(Colour::Auto, &[("CLICOLOR", ""), ("CLICOLOR_FORCE", "")], true);
    }
}
