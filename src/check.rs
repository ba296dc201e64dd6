//! What is worth a second look in a question file that can be used: its warnings.
//!
//! Each part of the check has a room of its own, and says which rules it looks for. What is found is put in file order,
//! and what the file itself allows is set apart.

mod findings;
mod idle;
mod interval;
mod late;
mod looks;
mod options;
mod overlap;
mod silence;
mod sources;

use crate::diagnostic::{Diagnostic, Rule};
use crate::questionnaire::allow::Allows;
use crate::questionnaire::{Places, Questionnaire, parse};

/// A question file that can be used, and what is odd about it.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What the file means.
    pub questionnaire: Questionnaire,
    /// What may not do what the author means, in file order.
    pub warnings: Vec<Diagnostic>,
    /// The warnings that the file allows, each with the author's reason, in file order.
    pub silenced: Vec<(Diagnostic, String)>,
}

/// What every part of the check looks at.
#[derive(Debug, Clone, Copy)]
struct Checking<'a> {
    questionnaire: &'a Questionnaire,
    places: &'a Places,
}

/// A part of the check.
struct Room {
    /// The rules whose breaches it finds.
    looks_for: &'static [Rule],
    look: fn(Checking<'_>, &mut Vec<Diagnostic>),
}

/// Every part of the check.
const ROOMS: [Room; 5] = [idle::ROOM, late::ROOM, options::ROOM, findings::ROOM, sources::ROOM];

/// Checks a question file.
///
/// # Errors
///
/// Every problem in a file that cannot be used, in file order. Warnings are found only in one that can.
pub fn check(bytes: &[u8]) -> Result<Checked, Vec<Diagnostic>> {
    let questionnaire = parse(bytes)?;
    let places = Places::of(bytes);
    let checking = Checking { questionnaire: &questionnaire, places: &places };
    let mut found = Vec::new();
    for room in &ROOMS {
        (room.look)(checking, &mut found);
    }
    let is_looked_for = |rule| ROOMS.iter().any(|room| room.looks_for.contains(&rule));
    let (warnings, silenced) = silence::silence(found, &Allows::of(bytes), is_looked_for);
    Ok(Checked { questionnaire, warnings, silenced })
}
