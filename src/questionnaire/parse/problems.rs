//! Collects every problem of a file while it is read, instead of stopping at the first.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use crate::diagnostic::{Diagnostic, LineIndex, MOST_KEPT, Rule, nearest, quote};
use crate::questionnaire::parse::fields::TomlText;

/// The problems found so far, shared by everything that reads the file.
#[derive(Debug)]
pub(crate) struct Problems {
    list: RefCell<Vec<Diagnostic>>,
    /// The lines of the file, to name them in messages.
    pub(crate) lines: LineIndex,
    /// How many names were compared with misspelt ones.
    compared: Cell<usize>,
}

/// After this many comparisons no more names are suggested, so that a large file full of wrong names is read in time.
const MOST_COMPARED: usize = 1_000_000;

impl Problems {
    /// No problems yet, in a file with these bytes.
    pub(crate) fn new(bytes: &[u8]) -> Problems {
        Problems { lines: LineIndex::new(bytes), list: RefCell::default(), compared: Cell::default() }
    }

    pub(crate) fn push(&self, rule: Rule, span: Range<usize>, message: impl Into<String>) {
        self.keep(Diagnostic::new(rule, span, message));
    }

    pub(crate) fn push_with_help(
        &self,
        rule: Rule,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.keep(Diagnostic::new(rule, span, message).with_help(help));
    }

    /// Notes that a name does not exist, and suggests the one of `known` that may be meant.
    pub(crate) fn push_unknown<'a>(
        &self,
        rule: Rule,
        name: &TomlText<'_>,
        message: String,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        let left = MOST_COMPARED.saturating_sub(self.compared.get());
        let mut compared = 0;
        let known = known.into_iter().take(left).inspect(|_| compared += 1);
        let help = nearest(name.get_ref(), known).map(|near| format!("did you mean {}?", quote(near)));
        self.compared.set(self.compared.get() + compared);
        self.keep(Diagnostic { help, ..Diagnostic::new(rule, name.span(), message) });
    }

    fn keep(&self, problem: Diagnostic) {
        let mut list = self.list.borrow_mut();
        if list.len() < MOST_KEPT {
            list.push(problem);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.borrow().is_empty()
    }

    /// Takes out all problems, in file order and each once.
    pub(crate) fn sorted(&self) -> Vec<Diagnostic> {
        let mut list = self.list.take();
        list.sort_by_key(|problem| (problem.span.start, problem.rule));
        list.dedup();
        list
    }
}
