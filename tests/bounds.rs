//! What is said of answers that are not given yet: nothing that is answered leads out of it. And every factor of a
//! probability is told.

mod generate;

use generate::{Picks, Tree, Wishes, answer};
use proptest::prelude::*;
use twinge::bounds::Bounds;
use twinge::interview::{Interview, Place};
use twinge::outcome::Outcome;
use twinge::outlook::Free;
use twinge::questionnaire::{Answer, Questionnaire, parse};
use twinge::ranking::{Ranked, Step};
use twinge::situation::{Answers, Situation};
use twinge::still_open::still_open;

fn picks() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..500)
}

/// Answers so many questions as they are asked.
fn answer_some(interview: &mut Interview<'_>, picks: &mut Picks, most: usize) {
    for _ in 0..most {
        let Place::Question(question) = interview.next() else { return };
        let given = answer(picks, &interview.questionnaire().questions[question]);
        interview.answer(question, given);
    }
}

/// What is first, as it is shown.
fn first(questionnaire: &Questionnaire, outcome: &Outcome) -> Option<String> {
    let lines = outcome.lines(questionnaire);
    let line = lines.first()?;
    match line.family {
        Some(family) => Some(questionnaire.families[family].id.clone()),
        None => line.highest().map(|highest| questionnaire.causes[highest.cause].id.clone()),
    }
}

/// The probability, from nothing but the steps that are told.
fn recomputed(ranked: &Ranked) -> f64 {
    let mut value = f64::NAN;
    for step in ranked.account() {
        match step {
            Step::Base(p) => value = p,
            Step::Odds(odds) => value = odds,
            Step::Background(factor) | Step::Attribution(factor) | Step::Left(factor, _) => value *= factor,
            Step::Finding(weight) => value *= weight.factor(),
            Step::Cap(cap) => value *= cap.weight.exp(),
            Step::Present(probability) => {
                value /= 1.0 + value;
                assert!((value - probability).abs() < 1e-9, "{value} is told as {probability}");
            }
            Step::Result(probability) => {
                assert!((value - probability).abs() < 1e-9, "{value} is told as {probability}");
            }
        }
    }
    value
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_answer_leads_out_of_the_bounds(
        tree in picks(), given in picks(), asked in 0_usize..8, ways in prop::collection::vec(picks(), 6),
    ) {
        let questionnaire = Tree::grow(&mut Picks::new(tree), Wishes { tests_not_sure: true }).questionnaire();
        let mut interview = Interview::new(&questionnaire);
        answer_some(&mut interview, &mut Picks::new(given), asked);
        let settled = interview.is_settled();
        let bounds = Bounds::new(interview.situation(), Free::Unanswered);
        let before = interview.outcome();
        for (at, way) in ways.into_iter().enumerate() {
            let mut ahead = interview.clone();
            answer_some(&mut ahead, &mut Picks::new(way), if at % 2 == 0 { 100 } else { at });
            let outcome = ahead.outcome();
            for ranked in &outcome.ranking.causes {
                let reach = bounds.of(ranked.cause).expect("it was not out of play for certain");
                prop_assert!(reach.low <= ranked.probability + 1e-9 && ranked.probability <= reach.high + 1e-9,
                    "{:?} is outside {:?}", ranked, reach);
                prop_assert!(ranked.lift <= reach.lift + 1e-6, "{:?} is outside {:?}", ranked, reach);
                prop_assert!(reach.may_rank || !ranked.is_ranked);
            }
            for ranked in &before.ranking.causes {
                let stays = bounds.of(ranked.cause).is_some_and(|reach| reach.stays);
                prop_assert!(!stays || outcome.ranking.causes.iter().any(|other| other.cause == ranked.cause));
            }
            if settled {
                prop_assert_eq!(first(&questionnaire, &outcome), first(&questionnaire, &before));
                prop_assert_eq!(outcome.urgency, before.urgency);
            }
        }
    }

    #[test]
    fn no_answer_to_an_open_question_does_more_than_is_said(tree in picks(), given in picks(), other in picks()) {
        let questionnaire = Tree::grow(&mut Picks::new(tree), Wishes { tests_not_sure: false }).questionnaire();
        let mut interview = Interview::new(&questionnaire);
        answer_some(&mut interview, &mut Picks::new(given), 6);
        let outcome = interview.outcome();
        let Some(first) = outcome.ranking.ranked().next() else { return Ok(()) };
        let mut other = Picks::new(other);
        for open in still_open(interview.situation(), first.cause) {
            let asked = &questionnaire.questions[open.question];
            let mut given = answer(&mut other, asked);
            if let (Answer::Many { ticked, unsure }, Some(Answer::Many { ticked: known, unsure: doubted })) =
                (&mut given, interview.situation().answer(open.question))
            {
                // What was known stays as it was.
                *ticked = known | &(&*ticked & doubted);
                *unsure = &(&*unsure & doubted) - ticked;
            }
            let mut ahead = interview.clone();
            if given == Answer::NotSure {
                continue;
            }
            ahead.answer(open.question, given);
            let family = questionnaire.causes[first.cause].family;
            let outcome = ahead.outcome();
            let lines = outcome.lines(&questionnaire);
            let line = lines.iter().find(|line| {
                (family.is_some() && line.family == family) || line.members.iter().any(|it| it.cause == first.cause)
            });
            let Some(highest) = line.and_then(twinge::outcome::Line::highest) else { continue };
            prop_assert!(highest.probability <= open.high + 1e-9, "{} is above {:?}", highest.probability, open);
            prop_assert!(highest.probability >= open.low - 1e-9, "{} is below {:?}", highest.probability, open);
        }
    }

    #[test]
    fn the_probability_is_the_product_of_what_is_told(tree in picks(), given in picks()) {
        let questionnaire = Tree::grow(&mut Picks::new(tree), Wishes { tests_not_sure: true }).questionnaire();
        let mut interview = Interview::new(&questionnaire);
        answer_some(&mut interview, &mut Picks::new(given), 20);
        for ranked in interview.outcome().ranking.causes {
            prop_assert!((recomputed(&ranked) - ranked.probability).abs() < 1e-9);
        }
    }
}

#[test]
fn what_is_not_sure_widens_the_bounds_only_where_it_is_asked() {
    let questionnaire = parse(include_bytes!("trees/network.toml")).expect("valid");
    let (scope, cable) =
        (questionnaire.question("scope").expect("asked"), questionnaire.question("cable").expect("asked"));
    let line = questionnaire.causes.iter().find(|(_, cause)| cause.id == "line").expect("a cause").0;
    let mut answers = Answers::new();
    let width = |answers: &Answers| {
        let situation = Situation::new(&questionnaire, answers);
        let reach = Bounds::new(&situation, Free::Unsure).of(line).expect("in play");
        reach.high - reach.low
    };
    assert!(width(&answers) < 1e-9, "nothing is not sure yet");
    answers.set(cable, Answer::NotSure);
    assert!(width(&answers) < 1e-9, "the cable says nothing about the line");
    answers.set(scope, Answer::NotSure);
    assert!(width(&answers) > 0.3, "{}", width(&answers));
}
