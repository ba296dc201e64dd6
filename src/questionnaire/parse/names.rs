//! The ids of one kind of thing: whether each is well formed and given once, and what it stands for.

use std::collections::HashMap;

use crate::diagnostic::{Rule, quote};
use crate::questionnaire::parse::fields::{Problems, TomlText};

/// Ids that mean something by themselves in a condition.
pub(super) const RESERVED: [&str; 2] = ["none", "not-sure"];

/// Names, what they stand for, and where they were given.
pub(super) struct Names<'t, T> {
    known: HashMap<&'t str, (T, usize)>,
    /// In file order, so that of two equally near names the first is suggested.
    order: Vec<&'t str>,
}

impl<'t, T: Copy> Names<'t, T> {
    pub(super) fn new() -> Self {
        Names { known: HashMap::new(), order: Vec::new() }
    }

    /// Takes a name in, and notes what is wrong with it. Of two equal names the first counts.
    pub(super) fn insert(&mut self, name: &TomlText<'t>, meaning: T, problems: &Problems) {
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

    /// What a name stands for; a problem when it stands for nothing. `what` is "a question", say.
    pub(super) fn resolve(&self, name: &TomlText<'_>, what: &str, problems: &Problems) -> Option<T> {
        let meaning = self.get(name.get_ref());
        if meaning.is_none() {
            let message = format!("{} is not the id of {what}", quote(name.get_ref()));
            problems.push_unknown(Rule::UnknownName, name, message, self.all());
        }
        meaning
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &'t str> {
        self.order.iter().copied()
    }
}

fn is_well_formed(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-')
}
