//! Words that every surface shares (counts, likelihoods, ranges), and reading lines of bounded length.

pub mod bounded_lines;
pub mod wording;
