//! The state of each screen.

pub(in crate::app) mod question;
pub mod resume;
pub(in crate::app) mod results;
