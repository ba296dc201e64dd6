//! Pure evaluation: from answers to everything that follows from them.
//!
//! Begin with [`Evaluation`](evaluation::Evaluation): which questions are shown, and which conditions are yes, no or open.
//! [`Outcome`](outcome::Outcome) is made from it: alarms, ranking and urgency. The other modules explain an outcome or say
//! what could still change it. Nothing here knows a screen, a file or a clock, and equal answers give equal values.
//!
//! A module imports only from those above it in this list.

pub mod answers;
pub mod evaluation;
pub mod reachability;
pub mod answers_json;
pub mod ranking;
pub mod explanation;
pub mod naming;
pub mod outcome;
pub mod influence;
pub mod bounds;
pub mod settled;
pub mod open_questions;
pub mod passed_over;
