//! The rules that warn: one file for each, under its name.

pub(super) mod always_yes;
pub(super) mod bad_doi;
pub(super) mod command_label;
pub(super) mod counted_twice;
pub(super) mod idle_question;
pub(super) mod late_alarm;
pub(super) mod never_apart;
pub(super) mod never_asked;
pub(super) mod never_counts;
pub(super) mod never_first;
pub(super) mod never_given;
pub(super) mod never_raised;
pub(super) mod never_unsure;
pub(super) mod never_urgent;
pub(super) mod never_worse;
pub(super) mod never_yes;
pub(super) mod no_effect;
pub(super) mod no_source;
pub(super) mod newer_toml;
pub(super) mod number_gap;
pub(super) mod same_side;
pub(super) mod same_text;
pub(super) mod told_not_ruled;
pub(super) mod unused_source;
