//! What is said of answers that are not given yet: nothing that is answered leads out of it. And every factor of a
//! probability is told.

use crate::generate::{Picks, Tree, Wishes, answer};
use crate::trees::{network, parsed};
use la_arena::Idx;
use proptest::prelude::*;
use twinge::engine::answers::Answers;
use twinge::engine::bounds::Bounds;
use twinge::engine::evaluation::{Evaluation, is_unsure};
use twinge::engine::open_questions::open_questions;
use twinge::engine::outcome::{Outcome, RankingLine};
use twinge::engine::ranking::{BreakdownStep, Ranked};
use twinge::engine::reachability::FreeQuestions;
use twinge::interview::{InView, Interview};
use twinge::questionnaire::{Answer, Question, Questionnaire, Topic};

fn picks() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..500)
}

/// Answers so many questions as they are asked.
fn answer_some(interview: &mut Interview<'_>, picks: &mut Picks, most: usize) {
    for _ in 0..most {
        let InView::Question(question) = interview.next() else { return };
        let given = answer(picks, &interview.questionnaire().questions[question]);
        interview.answer(question, given);
    }
}

/// A clear answer to a question that was *not sure* or had none, if one is picked: what was known stays as it was.
fn surer(picks: &mut Picks, interview: &Interview<'_>, question: Idx<Question>) -> Option<Answer> {
    let mut given = answer(picks, &interview.questionnaire().questions[question]);
    if let (Answer::Many { ticked, unsure }, Some(Answer::Many { ticked: known, unsure: doubted })) =
        (&mut given, interview.evaluation().answer(question))
    {
        *ticked = known | &(&*ticked & doubted);
        *unsure = (&*unsure & doubted).iter().filter(|option| !ticked.contains(option)).collect();
    }
    (given != Answer::NotSure).then_some(given)
}

/// What is first, as it is shown.
fn first(questionnaire: &Questionnaire, outcome: &Outcome) -> Option<Topic> {
    outcome.lines(questionnaire).first().map(|line| line.topic)
}

/// Nothing came out that the bounds leave no room for.
fn is_within(bounds: &Bounds, outcome: &Outcome) -> Result<(), TestCaseError> {
    for ranked in &outcome.ranking.causes {
        let Some(reach) = bounds.of_cause(ranked.cause) else {
            prop_assert!(false, "{:?} was out of play for certain", ranked);
            continue;
        };
        prop_assert!(
            reach.low <= ranked.probability + 1e-9 && ranked.probability <= reach.high + 1e-9,
            "{:?} is outside {:?}",
            ranked,
            reach
        );
        let lifts = (reach.low_lift - 1e-6)..=(reach.high_lift + 1e-6);
        prop_assert!(lifts.contains(&ranked.lift), "{:?} is outside {:?}", ranked, reach);
        prop_assert!(reach.may_rank || !ranked.is_ranked, "{:?} is outside {:?}", ranked, reach);
    }
    for (cause, reach) in bounds.all() {
        let found = outcome.ranking.causes.iter().find(|ranked| ranked.cause == cause);
        prop_assert!(!reach.stays_in_play || found.is_some(), "{:?} did not stay", reach);
        prop_assert!(!reach.stays_ranked || found.is_some_and(|it| it.is_ranked), "{:?} was not ranked", reach);
    }
    Ok(())
}

/// The probability, from nothing but the steps that are told.
fn recomputed(ranked: &Ranked, questionnaire: &Questionnaire) -> f64 {
    let mut value = f64::NAN;
    for step in ranked.breakdown(&questionnaire.causes[ranked.cause]) {
        match step {
            BreakdownStep::Base(p) => value = p,
            BreakdownStep::Odds(odds) => value = odds,
            BreakdownStep::Background(factor) | BreakdownStep::Attribution(factor) | BreakdownStep::Left(factor, _) => {
                value *= factor;
            }
            BreakdownStep::Finding(weight) => value *= weight.factor(),
            BreakdownStep::Cap(cap) => value *= pxfm::f_exp(cap.weight),
            BreakdownStep::Present(probability) => {
                value /= 1.0 + value;
                assert!((value - probability).abs() < 1e-9, "{value} is told as {probability}");
            }
            BreakdownStep::Result(probability) => {
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
        let bounds = Bounds::new(interview.evaluation(), FreeQuestions::Unanswered);
        let before = interview.outcome().clone();
        for (at, way) in ways.into_iter().enumerate() {
            let mut ahead = interview.clone();
            answer_some(&mut ahead, &mut Picks::new(way), if at % 2 == 0 { 100 } else { at });
            let outcome = ahead.outcome();
            is_within(&bounds, outcome)?;
            if settled {
                prop_assert_eq!(first(&questionnaire, outcome), first(&questionnaire, &before));
                prop_assert_eq!(outcome.urgency, before.urgency);
            }
        }
    }

    #[test]
    fn nothing_that_was_not_sure_leads_out_of_the_bounds(tree in picks(), given in picks(), ways in prop::collection::vec(picks(), 4)) {
        let questionnaire = Tree::grow(&mut Picks::new(tree), Wishes { tests_not_sure: true }).questionnaire();
        let mut interview = Interview::new(&questionnaire);
        answer_some(&mut interview, &mut Picks::new(given), 20);
        let evaluation = interview.evaluation();
        let is_doubted = |question: &Idx<Question>| evaluation.answer(*question).is_some_and(is_unsure);
        let doubted: Vec<_> = evaluation.shown_questions().filter(is_doubted).collect();
        let bounds = Bounds::new(evaluation, FreeQuestions::Unsure);
        is_within(&bounds, interview.outcome())?;
        for way in ways {
            let mut way = Picks::new(way);
            let mut ahead = interview.clone();
            for question in &doubted {
                if ahead.evaluation().is_shown(*question)
                    && let Some(given) = surer(&mut way, &ahead, *question)
                {
                    ahead.answer(*question, given);
                }
            }
            is_within(&bounds, ahead.outcome())?;
        }
    }

    #[test]
    fn no_answer_to_an_open_question_does_more_than_is_said(tree in picks(), given in picks(), other in picks()) {
        let questionnaire = Tree::grow(&mut Picks::new(tree), Wishes { tests_not_sure: true }).questionnaire();
        let mut interview = Interview::new(&questionnaire);
        answer_some(&mut interview, &mut Picks::new(given), 6);
        let outcome = interview.outcome().clone();
        let Some(first) = outcome.named().next() else { return Ok(()) };
        let topic = Topic::for_cause(first.cause, &questionnaire);
        let mut other = Picks::new(other);
        for open in open_questions(interview.evaluation(), first.cause).found {
            let Some(given) = surer(&mut other, &interview, open.question) else { continue };
            let mut ahead = interview.clone();
            ahead.answer(open.question, given);
            let outcome = ahead.outcome();
            let lines = outcome.lines(&questionnaire);
            let line = lines.iter().find(|line| line.topic == topic);
            let probability = line.and_then(RankingLine::highest).map_or(0.0, |highest| highest.probability);
            prop_assert!(probability <= open.high + 1e-9, "{} is above {:?}", probability, open);
            prop_assert!(probability >= open.low - 1e-9, "{} is below {:?}", probability, open);
        }
    }

    #[test]
    fn the_probability_is_the_product_of_what_is_told(tree in picks(), given in picks()) {
        let questionnaire = Tree::grow(&mut Picks::new(tree), Wishes { tests_not_sure: true }).questionnaire();
        let mut interview = Interview::new(&questionnaire);
        answer_some(&mut interview, &mut Picks::new(given), 20);
        for ranked in &interview.outcome().ranking.causes {
            prop_assert!((recomputed(ranked, &questionnaire) - ranked.probability).abs() < 1e-9);
        }
    }
}

#[test]
fn what_is_not_sure_widens_the_bounds_only_where_it_is_asked() {
    let questionnaire = network();
    let (scope, cable) =
        (questionnaire.question("scope").expect("asked"), questionnaire.question("cable").expect("asked"));
    let line = questionnaire.causes.iter().find(|(_, cause)| cause.id == "line").expect("a cause").0;
    let mut answers = Answers::new();
    let width = |answers: &Answers| {
        let evaluation = Evaluation::new(&questionnaire, answers);
        let reach = Bounds::new(&evaluation, FreeQuestions::Unsure).of_cause(line).expect("in play");
        reach.high - reach.low
    };
    assert!(width(&answers) < 1e-9, "nothing is not sure yet");
    answers.set(cable, Answer::NotSure);
    assert!(width(&answers) < 1e-9, "the cable says nothing about the line");
    answers.set(scope, Answer::NotSure);
    assert!(width(&answers) > 0.3, "{}", width(&answers));
}

#[test]
fn a_member_of_a_family_that_may_stay_at_its_base_rate_keeps_the_line_no_higher() {
    let text = r#"
format = 1
title = "A family"
question = [
  { id = "sure", ask = "Sure?", kind = "one" },
  { id = "more", ask = "More?", kind = "many", options = [{ id = "a", say = "A" }, { id = "b", say = "B" }] },
]
[family.kin]
name = "Kin"
[[cause]]
id = "low"
name = "Low"
family = "kin"
base = [{ p = 0.1 }]
findings = [{ lr = 2.0, when = { sure = "yes" }, grade = "C" }]
[[cause]]
id = "high"
name = "High"
family = "kin"
base = [{ p = 0.3 }]
findings = [{ lr = 2.0, when = { more = "a" }, grade = "C" }]
[[cause]]
id = "other"
name = "Other"
base = [{ p = 0.2 }]
findings = [{ lr = 1.5, when = { sure = "yes" }, grade = "C" }]
"#;
    let questionnaire = parsed(text);
    let question = |id| questionnaire.question(id).expect("asked");
    let option = |id, option| questionnaire.questions[question(id)].option(option).expect("an option");
    let mut interview = Interview::new(&questionnaire);
    interview.answer(question("sure"), Answer::One(option("sure", "yes")));
    let low = questionnaire.causes.iter().find(|(_, cause)| cause.id == "low").expect("a cause").0;
    let open = open_questions(interview.evaluation(), low).found;
    let said: Vec<_> = open.iter().map(|open| (open.question, format!("{:.2}-{:.2}", open.low, open.high))).collect();
    assert_eq!(said, [(question("more"), "0.18-0.46".to_owned())]);
    interview.answer(question("more"), Answer::Many { ticked: [option("more", "b")].into(), unsure: [].into() });
    let outcome = interview.outcome();
    let kin =
        outcome.lines(&questionnaire).into_iter().find(|line| line.topic == Topic::for_cause(low, &questionnaire));
    assert_eq!(kin.and_then(|line| line.highest()).map(|highest| highest.cause), Some(low));
}

#[test]
fn an_only_cause_is_not_settled_while_it_may_be_for_nobody() {
    let text = r#"
format = 1
title = "For some"
question = [{ id = "sure", ask = "Sure?", kind = "one" }, { id = "adult", ask = "Adult?", kind = "one" }]
ranking = { when = { adult = "yes" } }
[[cause]]
id = "only"
name = "Only"
base = [{ p = 0.1 }]
findings = [{ lr = 2.0, when = { sure = "yes" }, grade = "C" }]
"#;
    let questionnaire = parsed(text);
    let mut interview = Interview::new(&questionnaire);
    for (id, is_settled_now) in [("sure", false), ("adult", true)] {
        let question = questionnaire.question(id).expect("asked");
        interview.answer(question, Answer::One(questionnaire.questions[question].option("yes").expect("an option")));
        assert_eq!(interview.is_settled(), is_settled_now, "after {id}");
    }
}

#[test]
fn options_that_may_come_to_be_offered_may_take_an_answer_away() {
    let text = r#"
format = 1
title = "Two lists"
question = [
  { id = "taken", ask = "Taken?", kind = "many", options = [{ id = "a", say = "A" }, { id = "b", say = "B" }] },
  { id = "new", ask = "New?", kind = "many", from = "taken" },
]
[[cause]]
id = "only"
name = "Only"
base = [{ p = 0.1 }]
findings = [{ lr = 9.0, when = { new = "a" }, grade = "C" }]
"#;
    let questionnaire = parsed(text);
    let [taken, new] = ["taken", "new"].map(|id| questionnaire.question(id).expect("asked"));
    let [a, b] = ["a", "b"].map(|id| questionnaire.questions[taken].option(id).expect("an option"));
    let mut interview = Interview::new(&questionnaire);
    interview.answer(taken, Answer::Many { ticked: [a].into(), unsure: [b].into() });
    interview.answer(new, Answer::Many { ticked: [a].into(), unsure: [].into() });
    let bounds = Bounds::new(interview.evaluation(), FreeQuestions::Unsure);
    is_within(&bounds, interview.outcome()).expect("it is so now");
    interview.answer(taken, Answer::Many { ticked: [a, b].into(), unsure: [].into() });
    assert_eq!(interview.outcome().ranking.ranked().count(), 0, "what is new is to be answered again");
    is_within(&bounds, interview.outcome()).expect("it could become so");
}
