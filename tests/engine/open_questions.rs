//! Which open questions can move a cause to another place: all that can, or in a very large file those that matter most.

use std::fmt::Write as _;

use crate::generate::{Picks, Tree, Wishes, answer};
use crate::trees::parsed;
use proptest::prelude::*;
use twinge::engine::open_questions::open_questions;
use twinge::engine::outcome::{Outcome, RankingLine};
use twinge::interview::{InView, Interview};
use twinge::questionnaire::{Answer, Kind, Topic};

/// The probability of each line, in order.
fn lines(interview: &Interview<'_>) -> Vec<(Topic, f64)> {
    let outcome: &Outcome = interview.outcome();
    let lines = outcome.lines(interview.questionnaire());
    lines.iter().filter_map(|line| Some((line.topic, RankingLine::highest(line)?.probability))).collect()
}

/// The probability of a line; 0 where it is not shown.
fn probability(lines: &[(Topic, f64)], topic: Topic) -> f64 {
    lines.iter().find(|(line, _)| *line == topic).map_or(0.0, |(_, probability)| *probability)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_other_question_moves_the_line_past_another(
        tree in prop::collection::vec(any::<u16>(), 0..500),
        given in prop::collection::vec(any::<u16>(), 0..500),
    ) {
        let questionnaire = Tree::grow(&mut Picks::new(tree), Wishes { tests_not_sure: true }).questionnaire();
        let mut interview = Interview::new(&questionnaire);
        let mut picks = Picks::new(given);
        for _ in 0..4 {
            let InView::Question(question) = interview.next() else { break };
            interview.answer(question, answer(&mut picks, &questionnaire.questions[question]));
        }
        let Some(first) = interview.outcome().named().next().map(|first| first.cause) else { return Ok(()) };
        let topic = Topic::for_cause(first, &questionnaire);
        let before = lines(&interview);
        let open = open_questions(interview.evaluation(), first);
        prop_assert_eq!(open.untried, 0);
        let unnamed: Vec<_> = interview
            .evaluation()
            .shown_questions()
            .filter(|question| interview.evaluation().answer(*question).is_none())
            .filter(|question| open.found.iter().all(|open| open.question != *question))
            .collect();
        for question in unnamed {
            let Kind::One(options) = &questionnaire.questions[question].kind else { continue };
            for (option, _) in options.iter() {
                let mut ahead = interview.clone();
                ahead.answer(question, Answer::One(option));
                let after = lines(&ahead);
                let moved = (probability(&after, topic) - probability(&before, topic)).abs();
                let is_first = after.iter().all(|(_, other)| *other <= probability(&after, topic) + 1e-9);
                prop_assert!(moved < 0.005 || is_first, "{} moves it from {:?} to {:?}",
                    questionnaire.questions[question].id, before, after);
            }
        }
    }
}

#[test]
fn of_very_many_questions_those_that_matter_most_are_tried_and_the_others_counted() {
    const QUESTIONS: usize = 1_000;
    let mut file = "format = 1\ntitle = \"T\"\n".to_owned();
    for at in 0..QUESTIONS {
        let _ = write!(file, "[[question]]\nid = \"q{at}\"\nask = \"Q?\"\nkind = \"one\"\n");
    }
    for cause in ["a", "b"] {
        let _ = write!(file, "[[cause]]\nid = \"{cause}\"\nname = \"N\"\nbase = [{{ p = 0.1 }}]\nfindings = [\n");
        for at in 0..QUESTIONS {
            let lr = if at == QUESTIONS - 1 { 9 } else { 2 };
            let lr = if cause == "a" { f64::from(lr) } else { 1.0 / f64::from(lr) };
            let _ = writeln!(file, "  {{ lr = {lr:.3}, when = {{ q{at} = \"yes\" }}, grade = \"C\" }},");
        }
        file.push_str("]\n");
    }
    let questionnaire = parsed(file);
    let mut interview = Interview::new(&questionnaire);
    let first = questionnaire.question("q0").expect("asked");
    let yes = questionnaire.questions[first].option("yes").expect("an option");
    interview.answer(first, Answer::One(yes));
    // So that the second cause has a line, which the first can fall behind.
    let cause = questionnaire.causes.iter().next().expect("a cause").0;
    let open = open_questions(interview.evaluation(), cause);
    let conditions = questionnaire.conditions().count();
    let tried = QUESTIONS - 1 - open.untried;
    assert!(open.untried > 0 && tried > 0);
    assert!(2 * tried * conditions <= 2_000_000, "{tried} questions are tried, each with {conditions} conditions");
}
