//! Which questions an interview passes over, in any tree.

use crate::generate::{Picks, Tree, Wishes, answer};
use crate::interviews::begun;
use proptest::prelude::*;
use twinge::engine::answers::Answers;
use twinge::interview::{InView, Interview};
use twinge::questionnaire::{Alarm, Questionnaire};

const ANY: Wishes = Wishes { tests_not_sure: true };

fn picks() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..500)
}

/// A random tree that passes over as much as it can with this threshold.
fn tree(picks: &mut Picks, enough: f64) -> Questionnaire {
    Questionnaire { enough, ..Tree::grow(picks, ANY).questionnaire() }
}

/// The alarms that lead, or all of them where no level leads.
fn leading(interview: &Interview<'_>) -> Vec<String> {
    let questionnaire = interview.questionnaire();
    let any_leads = questionnaire.urgencies.values().any(|level| level.leads);
    let alarms = interview.outcome().alarms.iter().map(|alarm| &questionnaire.alarms[*alarm]);
    let leads = |alarm: &&Alarm| !any_leads || questionnaire.urgencies[alarm.urgency].leads;
    alarms.filter(leads).map(|alarm| alarm.id.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_answer_to_what_was_passed_over_raises_an_alarm_that_leads(numbers in picks(), enough in 0.01_f64..0.99) {
        let mut picks = Picks::new(numbers);
        let questionnaire = tree(&mut picks, enough);
        let mut interview = begun(&mut picks, &questionnaire);
        let leading_before = leading(&interview);
        let passed_over = interview.passed_over().clone();
        for question in passed_over {
            if interview.evaluation().is_shown(question) && interview.evaluation().answer(question).is_none() {
                interview.answer(question, answer(&mut picks, &questionnaire.questions[question]));
            }
        }
        prop_assert_eq!(leading(&interview), leading_before);
    }

    #[test]
    fn nothing_that_hangs_on_what_was_passed_over_raises_an_alarm_that_leads(
        numbers in picks(),
        enough in 0.01_f64..0.99,
    ) {
        let mut picks = Picks::new(numbers);
        let questionnaire = tree(&mut picks, enough);
        let mut interview = Interview::new(&questionnaire);
        while let InView::Question(question) = interview.next() {
            interview.answer(question, answer(&mut picks, &questionnaire.questions[question]));
        }
        let leading_at_the_end = leading(&interview);
        interview.ask_all();
        while let InView::Question(question) = interview.next() {
            interview.answer(question, answer(&mut picks, &questionnaire.questions[question]));
        }
        prop_assert_eq!(leading(&interview), leading_at_the_end);
    }

    #[test]
    fn what_is_passed_over_depends_on_the_answers_and_not_on_their_order(numbers in picks(), enough in 0.01_f64..0.5) {
        let mut picks = Picks::new(numbers);
        let questionnaire = tree(&mut picks, enough);
        let interview = begun(&mut picks, &questionnaire);
        let mut backwards = Answers::new();
        for question in interview.answers().questions().collect::<Vec<_>>().into_iter().rev() {
            let given = interview.answers().get(question).expect("an answer").clone();
            match interview.answers().offered(question) {
                Some(offered) => backwards.set_offered(question, given, offered.clone()),
                None => backwards.set(question, given),
            }
        }
        let resumed = Interview::resumed(&questionnaire, backwards);
        prop_assert_eq!(resumed.passed_over(), interview.passed_over());
    }

    #[test]
    fn everything_is_asked_where_every_chance_is_enough(numbers in picks()) {
        let mut picks = Picks::new(numbers);
        let questionnaire = tree(&mut picks, 0.0);
        prop_assert!(begun(&mut picks, &questionnaire).passed_over().is_empty());
    }

    #[test]
    fn only_questions_that_are_shown_and_unanswered_are_passed_over(numbers in picks(), enough in 0.01_f64..0.99) {
        let mut picks = Picks::new(numbers);
        let questionnaire = tree(&mut picks, enough);
        let interview = begun(&mut picks, &questionnaire);
        for question in interview.passed_over() {
            prop_assert!(interview.evaluation().is_shown(*question));
            prop_assert!(interview.evaluation().answer(*question).is_none());
        }
    }
}
