//! `twinge`: a terminal questionnaire that ranks causes, with reasons and advice.
//!
//! ```text
//! questions.toml ──parse──▶ Questionnaire ──▶ Interview (answers) ──▶ Ranking ──▶ screens, report, JSON
//! ```
//!
//! One direction, no way back. A module imports only from those above it in this list. Everything above the line is the
//! core: text in, values out, with no terminal, no file and no clock.

#![warn(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "bad input never panics; tests, which are meant to, are not asked"
)]

// ── core ──
pub mod diagnostic;
pub mod questionnaire;
pub mod schema;
pub mod situation;
pub mod outlook;
pub mod record;
pub mod draft;
pub mod grounds;
pub mod reasons;
pub mod ranking;
pub mod outcome;
pub mod influence;
pub mod bounds;
pub mod prospects;
pub mod still_open;
pub mod proof;
pub mod story;
pub mod interview;
pub mod wording;
pub mod closing;
pub mod app;
pub mod cases;
pub mod lines;
pub mod score;
pub mod report;
pub mod tree;
pub mod check;
pub mod replay;
pub mod explain;

// ── edge ──
pub mod atomic;
pub mod store;
pub mod filing;
pub mod keeper;
pub mod tui;
pub mod linear;
pub mod front;
pub mod cli;
