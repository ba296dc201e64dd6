//! Texts as they go on a page: each on one line, joined with others, and cut to a length.

use crate::diagnostic::visible;

/// The first items, as many as fit into so many characters but at least one, and how many are left out.
pub(super) fn first_that_fit(items: &[String], most: usize) -> (&[String], usize) {
    let mut characters = 0;
    let fits = items.iter().take_while(|item| {
        characters += item.chars().count() + 2;
        characters <= most
    });
    let shown = fits.count().max(1).min(items.len());
    (items.get(..shown).unwrap_or(items), items.len() - shown)
}

/// "a; b; and 3 more".
pub(super) fn joined_as_fit(items: &[String], most: usize) -> String {
    let (shown, left) = first_that_fit(items, most);
    joined(shown, left)
}

/// The same for items of which some were left out before.
pub(super) fn joined(shown: &[String], left: usize) -> String {
    let more = (left > 0).then(|| format!("and {left} more"));
    let mut text = String::new();
    for item in shown.iter().map(String::as_str).chain(more.as_deref()) {
        // A question needs no further sign at its end.
        let between = if text.ends_with('?') { " " } else { "; " };
        text.push_str(if text.is_empty() { "" } else { between });
        text.push_str(item);
    }
    text
}

/// A text of at most so many characters, cut after a whole word with an ellipsis.
pub(super) fn cut_to_words(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most).collect();
    format!("{}…", kept.rsplit_once(' ').map_or(kept.as_str(), |(whole, _)| whole))
}

/// A text on one line, with nothing in it that could act on whatever displays it.
pub(super) fn one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

pub(super) fn each_on_one_line(texts: &[impl AsRef<str>]) -> Vec<String> {
    texts.iter().map(|text| one_line(text.as_ref())).collect()
}
