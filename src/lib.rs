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
pub mod engine;
pub mod text;
pub mod interview;
pub mod report;
pub mod authoring;
pub mod app;

// ── edge ──
pub mod storage;
pub mod terminal;
pub mod cli;
