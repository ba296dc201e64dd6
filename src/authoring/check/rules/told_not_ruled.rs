//! `told-not-ruled`: an alarm whose text tells when to do what a higher level says, while no alarm of that level takes over.
//! The person would have to notice by themselves that it got worse.
//!
//! A text speaks of a level when it has a number that the text of the level has too, such as 999.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Alarm, FilePart, Parsed};

pub(in crate::authoring::check) fn check(file: &Parsed) -> Vec<Diagnostic> {
    let questionnaire = &file.questionnaire;
    let problem = |(id, alarm): (_, &Alarm)| {
        let own = numbers(&questionnaire.urgencies[alarm.urgency].say);
        let told: BTreeSet<&str> = numbers(&alarm.say).difference(&own).copied().collect();
        let mut higher = questionnaire.urgencies.iter().filter(|(level, _)| *level > alarm.urgency);
        let (level, urgency) = higher.find(|(_, urgency)| !numbers(&urgency.say).is_disjoint(&told))?;
        if alarm.worse.iter().any(|worse| questionnaire.alarms[*worse].urgency >= level) {
            return None;
        }
        let number = numbers(&urgency.say).intersection(&told).next().copied()?;
        let (alarm, level) = (quote(&alarm.id), quote(&urgency.id));
        let message = format!(
            "{alarm} speaks of {number}, a number of the level {level}, but its `worse` names no alarm of that level"
        );
        let help = format!("write an alarm of {level} for what the text says, and name it in `worse`");
        let span = file.spans.value(FilePart::Alarm(id), "say");
        Some(Diagnostic::new(Rule::ToldNotRuled, span, message).with_help(help))
    };
    questionnaire.alarms.iter().filter_map(problem).collect()
}

/// The numbers in a text that could be called: those of at least three digits.
fn numbers(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() >= 3).collect()
}
