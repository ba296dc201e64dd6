//! Where a sentence ends.

/// The sentences of a text.
#[must_use]
pub fn sentences(text: &str) -> Vec<String> {
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
