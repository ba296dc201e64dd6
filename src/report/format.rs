//! The formats that a report is written in.

pub(super) mod html;
pub(super) mod json;
pub(super) mod markdown;
pub(super) mod text;
