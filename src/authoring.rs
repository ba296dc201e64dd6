//! Tools for whoever writes a question file: warnings, proofs, example cases, and a drawing of the tree.
//!
//! A module imports only from those above it in this list.

pub mod tree;
pub mod proof;
pub mod check;
pub mod cases;
