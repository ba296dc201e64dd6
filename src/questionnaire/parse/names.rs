//! The ids of parts that are named in the same way: each well formed, and each given once.

use std::collections::HashMap;

use crate::diagnostic::{Rule, quote};
use crate::questionnaire::parse::fields::TomlText;
use crate::questionnaire::parse::problems::Problems;

/// Words that have a meaning of their own in a condition, and so cannot be ids.
pub(super) const RESERVED: [&str; 2] = ["none", "not-sure"];

/// Ids, with the part that each is of.
pub(super) struct Names<'t, T> {
    /// By id: the part, and the byte at which the id is given.
    known: HashMap<&'t str, (T, usize)>,
    /// In file order, so that of two equally near names the first is suggested.
    order: Vec<&'t str>,
}

impl<'t, T: Copy> Names<'t, T> {
    pub(super) fn new() -> Self {
        Names { known: HashMap::new(), order: Vec::new() }
    }

    /// Takes in an id, if there is one, and notes what is wrong with it. Of two equal ids, the first is the one that is
    /// named.
    pub(super) fn insert(&mut self, name: Option<&TomlText<'t>>, meaning: T, problems: &Problems) {
        let Some(name) = name else { return };
        let id = *name.get_ref();
        if RESERVED.contains(&id) {
            let message = format!("{} has a meaning of its own in conditions", quote(id));
            problems.push_with_help(Rule::ReservedId, name.span(), message, "choose another id");
        } else if !is_well_formed(id) {
            let message = format!("{} is not an id", quote(id));
            let help = "an id is a small letter, then small letters, digits, `_` and `-`";
            problems.push_with_help(Rule::BadId, name.span(), message, help);
        }
        if let Some((_, first)) = self.known.get(id) {
            let message = format!("the id {} is taken already, on line {}", quote(id), problems.lines.line(*first));
            problems.push_with_help(Rule::DuplicateId, name.span(), message, "give each its own id");
        } else {
            self.known.insert(id, (meaning, name.span().start));
            self.order.push(id);
        }
    }

    pub(super) fn get(&self, id: &str) -> Option<T> {
        self.known.get(id).map(|(meaning, _)| *meaning)
    }

    /// The part of this name; a problem if there is none. `what` is what it should be, such as "a question".
    pub(super) fn resolve(&self, name: &TomlText<'_>, what: &str, problems: &Problems) -> Option<T> {
        let meaning = self.get(name.get_ref());
        if meaning.is_none() {
            let message = format!("{} is not the id of {what}", quote(name.get_ref()));
            problems.push_unknown(Rule::UnknownName, name, message, self.order.iter().copied());
        }
        meaning
    }
}

fn is_well_formed(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-')
}
