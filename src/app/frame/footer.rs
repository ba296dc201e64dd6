//! The line of keys at the bottom of each screen.

use unicode_width::UnicodeWidthStr;

use crate::app::blocks::Role;
use crate::app::frame::text::Line;
use crate::app::keymap::Binding;

/// The keys that are never left out, by what they do.
const ALWAYS: [&str; 2] = ["keys", "quit"];

/// Nor these, where there are 76 columns or more.
const ALMOST_ALWAYS: [&str; 2] = ["answers", "results"];

/// As many of the keys that work now as fit, those first that are used most, and always the last ones.
pub(super) fn keys<'k>(bindings: impl Iterator<Item = &'k &'static Binding>, columns: usize) -> Line {
    const GAP: usize = 2;
    let entries: Vec<(&str, &str)> = bindings
        .filter(|binding| !binding.short.is_empty())
        .map(|binding| (binding.footer_name(), binding.short))
        .collect();
    let width = |(key, short): &(&str, &str)| key.width() + 1 + short.width() + GAP;
    let is_wide = columns >= usize::from(crate::app::frame::TWO_PARTS) - 2;
    let is_kept = |(_, short): &(&str, &str)| ALWAYS.contains(short) || (is_wide && ALMOST_ALWAYS.contains(short));
    let mut room = (columns + GAP).saturating_sub(entries.iter().filter(|entry| is_kept(entry)).map(width).sum());
    let mut line = Line::default();
    for entry in &entries {
        if !is_kept(entry) {
            match room.checked_sub(width(entry)) {
                Some(left) => room = left,
                // What comes after it is used less, but may be shorter.
                None => continue,
            }
        }
        if !line.spans.is_empty() {
            line = line.and(Role::Plain, " ".repeat(GAP));
        }
        line = line.and(Role::Strong, entry.0).and(Role::Quiet, format!(" {}", entry.1));
    }
    line
}
