//! The lines that stay on the terminal when an interview ends: how urgent it is, and the first causes.

use std::fmt::Write as _;

use crate::interview::Interview;
use crate::questionnaire::Urgency;
use crate::text::wording;

/// This many causes are named.
const NAMED: usize = 3;

/// The result in a few lines; empty while there are no answers.
#[must_use]
pub fn summary(interview: &Interview<'_>) -> String {
    if interview.answers().is_empty() {
        return String::new();
    }
    let questionnaire = interview.questionnaire();
    let outcome = interview.outcome();
    let mut text = String::new();
    let is_open = !outcome.open_alarms.is_empty();
    if let Some(level) = outcome.urgency {
        let level: &Urgency = &questionnaire.urgencies[level];
        if level.interrupts {
            text.push_str(&wording::loud_word(level));
            text.push_str(". ");
        }
        if is_open {
            // Without this the level would sound like a result.
            text.push_str("So far: ");
        }
        text.push_str(&level.say);
        text.push('\n');
    }
    let mut told = Vec::new();
    for (_, alarm) in outcome.alarms_to_tell(questionnaire) {
        let said = alarm.title.as_ref().unwrap_or(&alarm.say);
        if !told.contains(&said) {
            told.push(said);
            let _ = writeln!(text, "! {said}");
        }
    }
    for (_, alarm) in outcome.unsure_alarms_to_tell(questionnaire) {
        let said = alarm.title.as_ref().unwrap_or(&alarm.say);
        if !told.contains(&said) {
            told.push(said);
            let _ = writeln!(text, "? Not sure: {said}");
        }
    }
    if is_open {
        text.push_str("Some questions about danger signs have no clear answer yet.\n");
    }
    if outcome.is_led_by_alarm(questionnaire) && !outcome.named.is_empty() {
        let _ = writeln!(text, "{}:", wording::causes_heading(true));
    }
    for (at, line) in outcome.lines(questionnaire).into_iter().take(NAMED).enumerate() {
        let Some(highest) = line.highest() else { continue };
        let likelihood = wording::likelihood(highest.likelihood());
        let about = wording::frequency(highest.probability);
        let of_family = line.family().map(|_| format!(" ({})", questionnaire.causes[highest.cause].name));
        let shown = format!("{}{}", line.topic.name(questionnaire), of_family.unwrap_or_default());
        let _ = writeln!(text, "{}. {shown}: {likelihood}, {about}", at + 1);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{Answer, parse};

    const FILE: &str = r#"
format = 1
title = "T"
question = [
  { id = "age", ask = "Age?", kind = "number", min = 0, max = 120 },
  { id = "cold", ask = "Cold?", kind = "one" },
  { id = "smoke", ask = "Smoke?", kind = "one" },
]
urgency = [{ id = "low", say = "Wait." }, { id = "mid", say = "Ask." }, { id = "high", say = "Call now.", interrupts = true }]
alarm = [
  { id = "fire", when = { smoke = "yes" }, urgency = "high", title = "Something burns", say = "Run." },
  { id = "frost", when = { smoke = "yes", cold = "yes" }, urgency = "high", title = "Something burns", say = "Stay." },
  { id = "ember", when = { smoke = "yes", cold = "yes" }, urgency = "mid", title = "Something burns", say = "Look." },
]
[family.parts]
name = "A part"
[[cause]]
id = "fuse"
name = "The fuse"
family = "parts"
base = [{ p = 0.2 }]
findings = [{ lr = 4.0, when = { cold = "yes" }, grade = "C" }]
[[cause]]
id = "wire"
name = "A wire"
base = [{ p = 0.05 }]
findings = [{ lr = 2.0, when = { cold = "yes" }, grade = "C" }]
"#;

    #[track_caller]
    fn check(answers: &[(&str, &str)], expected: &str) {
        let questionnaire = parse(FILE.as_bytes()).expect("valid");
        let mut interview = Interview::new(&questionnaire);
        for (question, option) in answers {
            let question = questionnaire.question(question).expect("it is asked");
            let asked = &questionnaire.questions[question];
            interview.answer(question, Answer::One(asked.option(option).expect("an option")));
        }
        assert_eq!(summary(&interview), expected);
    }

    #[test]
    fn nothing_is_said_before_the_first_answer() {
        check(&[], "");
    }

    #[test]
    fn the_first_causes_follow_the_urgency() {
        check(
            &[("cold", "yes"), ("smoke", "no")],
            "Ask.\n1. A part (The fuse): quite possible, about 5 in 10\n2. A wire: less likely, about 1 in 10\n",
        );
    }

    #[test]
    fn an_emergency_is_told_in_words_and_its_alarm_by_name() {
        check(&[("cold", "no"), ("smoke", "yes")], "HIGH. Call now.\n! Something burns\n");
    }

    #[test]
    fn alarms_that_share_a_title_are_told_once() {
        check(
            &[("cold", "yes"), ("smoke", "yes")],
            "HIGH. Call now.\n! Something burns\n\
                1. A part (The fuse): quite possible, about 5 in 10\n2. A wire: less likely, about 1 in 10\n",
        );
    }

    #[test]
    fn open_danger_questions_are_told() {
        check(&[("cold", "no")], "So far: Ask.\nSome questions about danger signs have no clear answer yet.\n");
    }
}
