//! Pure evaluation: answers in, and out what follows from them.
//!
//! [`evaluation::Situation`] is where to begin: which questions are shown and which conditions hold. From it come the
//! [`ranking`], the [`outcome`] (causes, alarms and urgency together), the reasons for them, and what could still
//! change. Nothing here knows a screen, a file or a clock, and the same answers always give the same values.
//!
//! A module imports only from those above it in this list.

pub mod answers;
pub mod evaluation;
pub mod reachability;
pub mod answers_json;
pub mod ranking;
pub mod explanation;
pub mod outcome;
pub mod influence;
pub mod bounds;
pub mod settled;
pub mod open_questions;
