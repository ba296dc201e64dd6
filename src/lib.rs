//! The engine of `twinge`, a questionnaire that ranks likely causes and explains the ranking, and the program on top of it.
//!
//! The engine knows nothing about medicine. Questions, causes, likelihoods and advice come from a question file in TOML; one
//! about muscle spasms is built in. Everything flows one way:
//!
//! ```text
//! question file ── parse ──▶ Questionnaire ──┐
//!                                            ├──▶ Evaluation ──▶ Outcome ──▶ screens, reports, JSON
//! person ──────── answer ──▶ Answers ────────┘
//! ```
//!
//! # Where to begin
//!
//! [`questionnaire::parse`] reads a question file. An [`engine::evaluation::Evaluation`] of some answers says which questions
//! are asked and which conditions hold, and an [`engine::outcome::Outcome`] is what comes out: alarms, ranking and urgency.
//!
//! ```
//! use twinge::engine::evaluation::Evaluation;
//! use twinge::engine::outcome::Outcome;
//! use twinge::questionnaire::parse;
//! use twinge::report::AnswersFile;
//!
//! let questionnaire = parse(twinge::cli::BUILT_IN.as_bytes()).expect("the built-in questions have no problems");
//! let answers = r#"{"age": 68, "where": ["calf"], "cramp": ["night", "knot"], "walk": "no"}"#;
//! let answers = AnswersFile::read(answers.as_bytes(), &questionnaire)?.answers;
//!
//! let outcome = Outcome::new(&Evaluation::new(&questionnaire, &answers));
//! let first = outcome.ranking.ranked().next().expect("the answers say something about a cause");
//! assert_eq!(questionnaire.causes[first.cause].name, "Night leg cramps");
//! assert!(first.low < first.probability && first.probability < first.high);
//! # Ok::<(), String>(())
//! ```
//!
//! To ask one question after another, use [`interview::Interview`]. To show an interview as screens, use [`app::App`], which
//! needs no terminal. To find what is wrong with a question file, use [`authoring::check`].
//!
//! # Rooms
//!
//! A room imports only from those before it, and a test makes sure of that:
//!
//! 1. [`diagnostic`]: a problem in a file: which rule it breaks, where, and how it is shown.
//! 2. [`questionnaire`]: reading a question file, and what it means.
//! 3. [`engine`]: what follows from the answers.
//! 4. [`text`]: words that all output shares.
//! 5. [`interview`]: one interview over time.
//! 6. [`report`]: the report for a doctor or pharmacist, and scores.
//! 7. [`authoring`]: checks, proofs, cases and drawings for whoever writes a question file.
//! 8. [`app`]: the screens as values, and the same line by line.
//! 9. [`storage`]: files on disk.
//! 10. [`terminal`]: the terminal.
//! 11. [`cli`]: the command line.
//!
//! The first eight are the core, which touches no terminal, no file and no clock. `ARCHITECTURE.md` in the repository says
//! more.

#![forbid(unsafe_code)]
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
