//! The state of those screens that have more than a scroll position.

pub(in crate::app) mod question;
pub mod resume;
pub(in crate::app) mod results;
