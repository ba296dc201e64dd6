//! Tools for whoever writes a question file.
//!
//! [`check`](check::check) warns about what may not do what its author means, and [`Prover`](proof::Prover) proves for all
//! answers at once which causes, alarms and levels of urgency can come out. [`Case`](cases::Case) is an example person with
//! what has to come out for them, [`draw`](tree::draw) shows the whole file as a tree, and [`export`](fhir::export) writes it
//! for other programs that ask questions.
//!
//! Everything here takes a questionnaire, or the bytes of one, and returns values; only the command line prints them. No
//! patient's interview needs any of it.
//!
//! A module imports only from those above it in this list.

pub mod tree;
pub mod fhir;
pub mod proof;
pub mod check;
pub mod cases;
