//! Text to be read aloud: one sentence a line, without symbols.

use crate::app::view::text_and_scroll::{Line, Role};

/// Lines to be printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text {
    lines: Vec<String>,
}

/// A width, in columns, at which nothing is wrapped. The terminal wraps lines itself.
pub(super) const UNWRAPPED: usize = 1_000_000;

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        let mut lines = Text::default();
        lines.sentences(text);
        lines
    }
}

impl Text {
    /// Adds a line as it is.
    pub(super) fn line(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    /// Adds a text, each sentence on a line of its own.
    pub(super) fn sentences(&mut self, text: &str) {
        self.lines.extend(sentences(text));
    }

    /// Adds a blank line, unless the last one is blank.
    pub(super) fn blank(&mut self) {
        if self.lines.last().is_none_or(|last| !last.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// Adds the lines of a drawn page, one sentence a line. Headings get a colon; quiet lines and questions are not
    /// split.
    pub(super) fn page(&mut self, lines: &[Line]) {
        for line in lines {
            let said = line.text();
            let said = said.trim();
            match line.spans.last().map(|span| span.role) {
                None => {}
                Some(_) if said.is_empty() => {}
                Some(Role::Strong) if !said.ends_with(['.', '?', '!', ':']) => self.line(format!("{said}:")),
                Some(Role::Quiet) => self.line(said),
                Some(_) if said.ends_with('?') => self.line(said),
                Some(Role::Plain | Role::Strong | Role::Accent | Role::Selected | Role::Emergency) => {
                    self.sentences(said);
                }
            }
        }
    }

    /// Adds the lines of a drawn page without splitting them, for sources and lists.
    pub(super) fn list(&mut self, lines: &[Line]) {
        for line in lines {
            let said = line.text();
            let said = said.trim();
            let is_heading = line.spans.last().is_some_and(|span| span.role == Role::Strong);
            if !said.is_empty() {
                self.line(if is_heading { format!("{said}:") } else { said.to_owned() });
            }
        }
    }

    /// Adds the lines of another text.
    pub(super) fn append(&mut self, other: Text) {
        self.lines.extend(other.lines);
    }

    /// The lines, each with a line feed.
    pub(super) fn into_string(self) -> String {
        self.lines.into_iter().map(|line| line + "\n").collect()
    }
}

/// The sentences of a text.
fn sentences(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    for paragraph in text.split("\n\n") {
        let mut sentence = String::new();
        let mut words = paragraph.split_whitespace().peekable();
        while let Some(word) = words.next() {
            if !sentence.is_empty() {
                sentence.push(' ');
            }
            sentence.push_str(word);
            if words.peek().is_none_or(|next| ends(word) && begins(next)) {
                sentences.push(std::mem::take(&mut sentence));
            }
        }
    }
    sentences
}

/// Whether a sentence can end with a word: not with "e.g." or an initial.
fn ends(word: &str) -> bool {
    const SHORTENED: [&str; 5] = ["dr.", "vs.", "st.", "approx.", "no."];
    let word = word.trim_end_matches(['”', '"', '\'', '’', ')', ']']);
    let is_initial = word.chars().count() == 2 && word.chars().all(|c| c == '.' || c.is_uppercase());
    let has_inner_stop = word.strip_suffix('.').is_some_and(|word| word.contains('.') && !word.contains("://"));
    let is_shortened = is_initial || has_inner_stop || SHORTENED.contains(&word.to_lowercase().as_str());
    word.ends_with(['?', '!']) || (word.ends_with('.') && !is_shortened)
}

fn begins(word: &str) -> bool {
    word.trim_start_matches(['“', '"', '\'', '‘', '(', '[']).chars().next().is_some_and(|c| !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sentence_is_a_line() {
        assert_eq!(
            sentences("Call 999, 112 or 911. Do not wait! Is it\nworse? (Also at night.) Rest.\n\nThen walk"),
            ["Call 999, 112 or 911.", "Do not wait!", "Is it worse?", "(Also at night.)", "Rest.", "Then walk"]
        );
    }

    #[test]
    fn a_shortened_word_ends_no_sentence() {
        assert_eq!(
            sentences("Dr. Doe saw it, e.g. A and J. Roe at 3.5 km."),
            ["Dr. Doe saw it, e.g. A and J. Roe at 3.5 km."]
        );
        assert_eq!(sentences("It hurts. and then"), ["It hurts. and then"]);
    }
}
