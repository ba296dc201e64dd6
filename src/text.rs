//! How the program puts things into words and lines, the same on screens, in line mode, in reports and in what the
//! command line prints.
//!
//! [`wording`] has the words: answers, likelihoods, ranges, counts. The functions here lay out a text that somebody else
//! wrote. [`bounded_lines`] is the other direction: it reads lines of input without trusting their length.
//!
//! Strings go in, strings come out. Nothing here knows a screen, a format of a report, or the width of a terminal.

pub mod bounded_lines;
mod sentences;
pub mod wording;

use std::path::Path;

use textwrap::Options;

use crate::diagnostic::visible;
pub use sentences::sentences;

/// Breaks a text into lines. The first begins with `sign`, the others with `indent` spaces.
#[must_use]
pub fn hanging<'a>(sign: &'a str, indent: usize, text: &str, options: impl Into<Options<'a>>) -> Vec<String> {
    let indent = " ".repeat(indent);
    let options: Options<'_> = options.into();
    let lines = textwrap::wrap(text, options.initial_indent(sign).subsequent_indent(&indent));
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// A text as a sentence: with a full stop, unless it ends in something else that closes a sentence.
#[must_use]
pub fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '：', '।', '؟', '۔']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// A list without its repetitions: “a; b; a” becomes “a; b”.
#[must_use]
pub fn each_once(list: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in list.split("; ") {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.join("; ")
}

/// A path as it is shown to a person, with nothing in it that could act on a terminal.
#[must_use]
pub fn path(path: &Path) -> String {
    visible(&path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_says_each_part_once() {
        assert_eq!(each_once("numb; weak; numb; weak; sore"), "numb; weak; sore");
        assert_eq!(each_once(""), "");
    }

    #[test]
    fn a_sentence_gets_a_full_stop_unless_it_has_an_end_of_its_own_script() {
        assert_eq!(sentence("Rest"), "Rest.");
        for ended in ["Rest.", "Rest?", "休んでください。", "आराम करें।", "هل يؤلمك؟"]
        {
            assert_eq!(sentence(ended), ended);
        }
    }
}
