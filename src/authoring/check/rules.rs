//! The rules that warn, one subject in each file.

pub(super) mod findings;
pub(super) mod idle_question;
pub(super) mod late_alarm;
pub(super) mod never_conditions;
pub(super) mod never_outcomes;
pub(super) mod no_effect;
pub(super) mod sources;
