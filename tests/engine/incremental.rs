//! An interview carries each answer only to what looks at it. After every step it knows what it would know if
//! everything were worked out anew.

use crate::generate::{Picks, Tree, Wishes, answer};
use la_arena::Idx;
use proptest::prelude::*;
use twinge::engine::bounds::{Bounds, CauseBounds};
use twinge::engine::evaluation::Evaluation;
use twinge::engine::outcome::{Outcome, Topic};
use twinge::engine::ranking::{NOTABLE, WORTH_LIFT, WORTH_PROBABILITY};
use twinge::engine::reachability::{FreeQuestions, Reachability};
use twinge::interview::{Change, InView, Interview};
use twinge::questionnaire::{Cause, Question, Questionnaire, Truth, parse};

fn picks() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..500)
}

/// What is told of a step that gave an answer or took one back.
enum Told {
    /// The answer is the first to its question: that it moves the ranking goes without saying.
    First(Change),
    /// There was one before.
    Other(Change),
}

fn give(interview: &mut Interview<'_>, question: Idx<Question>, picks: &mut Picks) -> Told {
    let is_first = interview.evaluation().answer(question).is_none();
    let change = interview.answer(question, answer(picks, &interview.questionnaire().questions[question]));
    if is_first { Told::First(change) } else { Told::Other(change) }
}

/// Does one thing or another, as a person would.
fn step(interview: &mut Interview<'_>, picks: &mut Picks) -> Option<Told> {
    let questionnaire = interview.questionnaire();
    let shown: Vec<_> = interview.evaluation().shown_questions().collect();
    match (picks.below(6), interview.next()) {
        (0 | 1, InView::Question(next)) => Some(give(interview, next, picks)),
        (2, _) if !shown.is_empty() => Some(Told::Other(interview.retract(picks.of(&shown)))),
        (3, _) => {
            interview.back();
            None
        }
        (4, _) if !shown.is_empty() => {
            let question = picks.of(&shown);
            interview.would_interrupt(question, answer(picks, &questionnaire.questions[question]));
            None
        }
        (_, _) if !shown.is_empty() => {
            let question = picks.of(&shown);
            Some(give(interview, question, picks))
        }
        _ => None,
    }
}

/// Whether nothing that can still be answered changes what comes first or how urgent it is: by its definition, from
/// bounds on everything.
fn is_settled(evaluation: &Evaluation<'_>) -> bool {
    let questionnaire = evaluation.questionnaire();
    let outcome = Outcome::new(evaluation);
    let bounds = Bounds::new(evaluation, FreeQuestions::Unanswered);
    let Some(first) = outcome.ranking.ranked().next() else { return false };
    let line = Topic::for_cause(first.cause, questionnaire);
    let is_kin = |cause: Idx<Cause>| Topic::for_cause(cause, questionnaire) == line;
    let mut lines = bounds.lines(questionnaire);
    let Some((low, _)) = lines.remove(&line) else { return false };
    if low <= 0.0 || lines.values().any(|(_, high)| high + 1e-9 >= low) {
        return false;
    }
    let level_of = |cause: Idx<Cause>| questionnaire.causes[cause].urgency;
    let reachability = Reachability::new(evaluation, FreeQuestions::Unanswered);
    let alarms = || questionnaire.alarms.values();
    let counts = |reach: &CauseBounds| {
        reach.may_rank && (reach.high >= NOTABLE || (reach.lift >= WORTH_LIFT && reach.high >= WORTH_PROBABILITY))
    };
    let of_causes = bounds.all().filter(|(_, reach)| counts(reach)).filter_map(|(cause, _)| level_of(cause));
    let of_alarms = alarms().filter(|alarm| reachability.condition(&alarm.when).yes).map(|alarm| alarm.urgency);
    let could: Vec<_> = of_alarms.chain(of_causes).collect();
    let stays = |cause: Idx<Cause>| bounds.of(cause).is_some_and(|reach| reach.stays_ranked && reach.low >= NOTABLE);
    let stay = outcome.ranking.ranked().filter(|ranked| stays(ranked.cause));
    let held = outcome.alarms.iter().map(|alarm| questionnaire.alarms[*alarm].urgency);
    let certain = held.chain(stay.filter_map(|ranked| level_of(ranked.cause))).max();
    let cautious = questionnaire.cautious_urgency();
    let is_open = alarms().any(|alarm| evaluation.truth(&alarm.when) == Truth::Open);
    let of_first = bounds.all().map(|(cause, _)| cause).filter(|cause| certain.is_none() && is_kin(*cause));
    let highest = could.iter().copied().chain(cautious.filter(|_| is_open || certain.is_none()));
    let highest = highest.chain(of_first.filter_map(level_of)).max();
    let lowest = certain.or_else(|| could.iter().copied().chain(cautious).min());
    outcome.urgency == certain.max(highest) && outcome.urgency == lowest
}

/// Takes so many steps, and looks after each whether everything is as if it were worked out anew.
fn walk(questionnaire: &Questionnaire, picks: &mut Picks, steps: usize) -> Result<(), TestCaseError> {
    let mut interview = Interview::new(questionnaire);
    for _ in 0..steps {
        let earlier = interview.answers().clone();
        let told = step(&mut interview, picks);
        let anew = Interview::resumed(questionnaire, interview.answers().clone());
        prop_assert!(interview.knows_the_same_as(&anew), "{:#?}\nis not\n{:#?}", interview, anew);
        let evaluation = Evaluation::new(questionnaire, interview.answers());
        prop_assert_eq!(interview.raised_alarms().collect::<Vec<_>>(), Outcome::new(&evaluation).alarms);
        prop_assert_eq!(interview.is_settled(), is_settled(&evaluation));
        let plain = Change::between(&Evaluation::new(questionnaire, &earlier), &evaluation);
        match told {
            Some(Told::First(change)) => prop_assert_eq!(change, Change { moves: Vec::new(), ..plain }),
            Some(Told::Other(change)) => prop_assert_eq!(change, plain),
            None => prop_assert_eq!(interview.answers(), &earlier),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_step_comes_to_what_it_would_if_all_were_worked_out_anew(tree in picks(), way in picks()) {
        let questionnaire = Tree::grow(&mut Picks::new(tree), Wishes { tests_not_sure: true }).questionnaire();
        walk(&questionnaire, &mut Picks::new(way), 24)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn so_it_is_in_a_tree_with_families_explanations_and_long_ways(seed in any::<u64>(), way in picks()) {
        let questionnaire = parse(crate::grow::tree(60, seed).as_bytes()).expect("a valid tree");
        walk(&questionnaire, &mut Picks::new(way), 60)?;
    }
}
